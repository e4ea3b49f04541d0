"""What a route's description says beyond its signature: its errors with their codes, who may call it, and examples.

It is made from what the code says anyway: whom a route admits, what it takes, and which errors its use
case names with `@fails`. A test holds every answer of every other test against it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from string import Formatter
from typing import Any, Final, TypeVar

from fastapi import APIRouter, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from chassis.admits import Admits
from chassis.errors import DeskbusError, Internal, Invalid, RetryLater, TooLarge, render
from chassis.examples import EXAMPLES, REQUEST_ID, example_of
from chassis.scopes import ApiKeyInvalid, KeyRateLimited, NotForApiKeys, ScopeMissing
from chassis.tokens import AdministratorsOnly, TokenExpired, TokenInvalid

Errors = tuple[type[DeskbusError], ...]
F = TypeVar("F", bound=Callable[..., Any])
Operation = dict[str, Any]

_ALWAYS: Final[Errors] = (RetryLater, Internal)
_PERSON: Final[Errors] = (TokenInvalid, TokenExpired, ApiKeyInvalid, KeyRateLimited)
_ERROR: Final = {"$ref": "#/components/schemas/ErrorBody"}
SECURITY: Final = {
    "AccessToken": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "An access token of ten minutes, of a technician or a customer.",
    },
    "ApiKey": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "dbk_...",
        "description": (
            "An API key, which an administrator creates under Settings. It is good for the scopes and "
            "companies that it was given, and for so many requests a minute at each service."
        ),
    },
}


def fails(*errors: type[DeskbusError]) -> Callable[[F], F]:
    """Says which errors a route's use case raises, beside those that follow from its signature."""

    def mark(endpoint: F) -> F:
        endpoint.fails = errors  # type: ignore[attr-defined]
        return endpoint

    return mark


# ---- what a route can answer ---------------------------------------------------------------------


def errors_of(route: APIRoute) -> list[type[DeskbusError]]:
    """Every error that the route answers with, each once."""
    found = dict.fromkeys(
        (*_implied(route), *getattr(route.endpoint, "fails", ()), *_ALWAYS),
    )
    return sorted(found, key=lambda error: (error.status, error.code))


def admission_of(route: APIRoute) -> Admits | None:
    """Whom the route lets in; None for everybody."""
    return next((it for it in _calls(route.dependant) if isinstance(it, Admits)), None)


def _implied(route: APIRoute) -> Iterator[type[DeskbusError]]:
    admits = admission_of(route)
    if admits is not None:
        yield from _PERSON
        yield ScopeMissing if admits.scope else NotForApiKeys
        if admits.administrators:
            yield AdministratorsOnly
    if _takes(route.dependant):
        yield Invalid
    if route.body_field is not None:
        yield TooLarge


def _calls(dependant: Dependant) -> Iterator[Any]:
    yield dependant.call
    for inner in dependant.dependencies:
        yield from _calls(inner)


def _takes(dependant: Dependant) -> bool:
    """Whether anything that is sent can be wrong. A path parameter that takes any text cannot."""
    own = (*dependant.query_params, *dependant.body_params, *dependant.path_params)
    return bool(own) or any(map(_takes, dependant.dependencies))


# ---- the description -----------------------------------------------------------------------------


def describe(app: FastAPI, routers: Iterable[APIRouter]) -> None:
    """Have the service's OpenAPI document say all of it."""
    plain = app.openapi
    app.state.described = routes = routes_of(routers)

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            _complete(plain(), routes)
        return app.openapi_schema or {}

    app.openapi = openapi  # type: ignore[method-assign]


def routes_of(routers: Iterable[APIRouter]) -> list[APIRoute]:
    """The routes that are described."""
    routes = [route for router in routers for route in router.routes]
    return [it for it in routes if isinstance(it, APIRoute) and it.include_in_schema]


def _complete(document: dict[str, Any], routes: Iterable[APIRoute]) -> None:
    components = document.setdefault("components", {})
    components["securitySchemes"] = SECURITY
    schemas = components.setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    for route in routes:
        for method in route.methods or ():
            operation = document["paths"][route.path_format][method.lower()]
            _complete_operation(operation, route, components)


def _complete_operation(operation: Operation, route: APIRoute, components: dict[str, Any]) -> None:
    operation["summary"] = route.name.replace("_", " ").capitalize().replace("api key", "API key")
    _tell_who(operation, admission_of(route))
    told = operation["responses"]
    good = {status: answer for status, answer in told.items() if status.startswith("2")}
    bad = _by_status(errors_of(route)).items()
    refused = {status: _refusal(errors, told.get(status), components) for status, errors in bad}
    operation["responses"] = good | refused
    _exemplify(operation, components["schemas"])


def _tell_who(operation: Operation, admits: Admits | None) -> None:
    if admits is None:
        operation.pop("security", None)
        return
    operation["security"] = [{"AccessToken": []}]
    people = (
        "administrators" if admits.administrators else " and ".join(f"{it}s" for it in admits.kinds)
    )
    told = f"For {people}."
    if admits.scope:
        operation["security"].append({"ApiKey": [admits.scope]})
        told = f"For {people}, and for API keys with the scope `{admits.scope}`."
    operation["description"] = f"{operation.get('description', '')}\n\n{told}".strip()


def _by_status(errors: Iterable[type[DeskbusError]]) -> dict[str, list[type[DeskbusError]]]:
    found: dict[str, list[type[DeskbusError]]] = {}
    for error in errors:
        found.setdefault(str(error.status), []).append(error)
    return found


def _refusal(
    errors: list[type[DeskbusError]], told: Mapping[str, Any] | None, components: dict[str, Any]
) -> dict[str, Any]:
    """One response. What many routes answer stands once, among the components; a schema of its own is kept."""
    own = (told or {}).get("content", {}).get("application/json", {}).get("schema", _ERROR)
    answer = _answer(errors, own if own == _ERROR or len(errors) == 1 else {"anyOf": [own, _ERROR]})
    if own != _ERROR:
        _add_params(answer, example_of(own, components["schemas"]))
    status = str(errors[0].status)
    if own != _ERROR and status != str(Invalid.status):
        return answer
    name = "-".join((status, *(error.code for error in errors)))
    components.setdefault("responses", {})[name] = _answer(errors, _ERROR)
    return {"$ref": f"#/components/responses/{name}"}


def _add_params(answer: dict[str, Any], example: dict[str, Any]) -> None:
    """A schema of its own says what the params of its error are, which it names by the code."""
    own = example["error"]
    shown = answer["content"]["application/json"]["examples"][own["code"]]["value"]["error"]
    shown["params"] = {**own["params"], **shown["params"]}


def _answer(errors: list[type[DeskbusError]], schema: Mapping[str, Any]) -> dict[str, Any]:
    """The codes in its description, and each as an example."""
    examples = {error.code: {"value": {"error": error_example(error)}} for error in errors}
    answer: dict[str, Any] = {
        "description": "\n".join(f"- `{error.code}`: {_first_line(error)}" for error in errors),
        "content": {"application/json": {"schema": schema, "examples": examples}},
    }
    if any(error.status in (KeyRateLimited.status, RetryLater.status) for error in errors):
        seconds = {"schema": {"type": "integer"}, "description": "Seconds to wait."}
        answer["headers"] = {"Retry-After": seconds}
    return answer


def _first_line(error: type[DeskbusError]) -> str:
    return (error.__doc__ or error.text).strip().partition("\n")[0]


def error_example(error: type[DeskbusError]) -> dict[str, Any]:
    """What the error looks like on its way to a caller."""
    names = [name for _, name, _, _ in Formatter().parse(error.text) if name]
    params = {name: EXAMPLES.get(name, "...") for name in names}
    code, text = error.code, error.text.format_map(params)
    shown = {"code": code, "message": text, "params": params, "request_id": REQUEST_ID}
    if issubclass(error, Invalid):
        invalid = Invalid([{"field": "name", "code": "required", "params": {}}])
        return {**render(invalid), "request_id": REQUEST_ID}
    return shown


# ---- examples ------------------------------------------------------------------------------------


def _exemplify(operation: Operation, schemas: Mapping[str, Any]) -> None:
    for parameter in operation.get("parameters", []):
        example = example_of(parameter["schema"], schemas, parameter["name"])
        if example is not None and "example" not in parameter:
            parameter["example"] = example
    bodies = [operation.get("requestBody", {})]
    bodies += [it for status, it in operation["responses"].items() if status.startswith("2")]
    for body in bodies:
        content = body.get("content", {}).get("application/json")
        if content and content.get("schema"):
            content["example"] = example_of(content["schema"], schemas)
