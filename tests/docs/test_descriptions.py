"""Every route is described so that an integrator needs nothing else: what it does, who may, examples, and each error."""

from collections.abc import Iterator
from string import Formatter
from typing import Any

import pytest
from fastapi.routing import APIRoute
from jsonschema import Draft202012Validator

from chassis.describing import admission_of, errors_of
from chassis.docs import merged_openapi
from services import describe
from services.cases.moved_on import CaseHasMovedOn
from tests.test_error_catalogs import import_everything

APPS = describe._apps()
DOCUMENT = merged_openapi(APPS)
Operation = dict[str, Any]


def operations() -> Iterator[tuple[str, Operation]]:
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


OPERATIONS = dict(operations())
ROUTES: dict[str, APIRoute] = {
    f"{method} {route.path}": route
    for app in APPS.values()
    for route in app.state.described
    for method in route.methods
}


def resolved(part: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in part:
        return part
    _, _, kind, name = part["$ref"].split("/")
    found: dict[str, Any] = DOCUMENT["components"][kind][name]
    return found


def bodies(operation: Operation) -> Iterator[dict[str, Any]]:
    """What is sent and what is answered as JSON."""
    for part in (operation.get("requestBody", {}), *operation["responses"].values()):
        content = resolved(part).get("content", {}).get("application/json")
        if content and content.get("schema"):
            yield content


@pytest.mark.parametrize("route", OPERATIONS)
def test_a_route_says_what_it_does_and_who_may(route: str) -> None:
    operation = OPERATIONS[route]
    assert operation["summary"]
    sentences = operation["description"].partition("\n\nFor ")[0]
    assert sentences.endswith((".", ")", ":")) or "\n" in sentences, sentences
    # A scheme of its own for programs, so that a generated client knows which key to send.
    for requirement in operation.get("security", []):
        assert set(requirement) <= set(DOCUMENT["components"]["securitySchemes"])


@pytest.mark.parametrize("route", OPERATIONS)
def test_a_route_has_examples_that_are_valid(route: str) -> None:
    for content in bodies(OPERATIONS[route]):
        schema = {**content["schema"], "components": DOCUMENT["components"]}
        examples = [it["value"] for it in content.get("examples", {}).values()]
        for example in [*examples, *([content["example"]] if "example" in content else [])]:
            Draft202012Validator(schema).validate(example)
        assert examples or "example" in content, route


@pytest.mark.parametrize("route", OPERATIONS)
def test_what_is_shown_as_a_request_is_accepted(route: str) -> None:
    """Also by the rules that a schema cannot tell."""
    content = (
        OPERATIONS[route].get("requestBody", {}).get("content", {}).get("application/json", {})
    )
    field = ROUTES[route].body_field
    if field and "example" in content:
        _, errors = field.validate(content["example"], {}, loc=("body",))
        assert not errors


@pytest.mark.parametrize("route", OPERATIONS)
def test_a_route_names_its_errors_by_their_codes(route: str) -> None:
    responses = OPERATIONS[route]["responses"]
    assert {"503", "500"} <= set(responses)
    for status, response in responses.items():
        if not status.startswith("2"):
            content = resolved(response)["content"]["application/json"]
            assert all(it["value"]["error"]["code"] for it in content["examples"].values())


@pytest.mark.parametrize("route", OPERATIONS)
def test_an_error_is_shown_with_its_own_params(route: str) -> None:
    """Not with those of another one of the same status."""
    for error in errors_of(ROUTES[route]):
        response = resolved(OPERATIONS[route]["responses"][str(error.status)])
        shown = response["content"]["application/json"]["examples"][error.code]["value"]["error"]
        named = {name for _, name, _, _ in Formatter().parse(error.text) if name}
        assert named <= set(shown["params"])
        assert set(shown["params"]) == named or error.code == CaseHasMovedOn.code, error.code


def test_the_description_is_made_of_every_route() -> None:
    described = {
        f"{method} {route.path}"
        for app in APPS.values()
        for route in app.state.described
        for method in route.methods
    }
    assert described == set(OPERATIONS)


def test_a_route_for_nobody_in_particular_asks_for_no_token() -> None:
    for app in APPS.values():
        for route in app.state.described:
            for method in route.methods:
                operation = OPERATIONS[f"{method} {route.path}"]
                assert ("security" in operation) == (admission_of(route) is not None)


def test_every_error_that_is_named_has_a_code_of_its_own() -> None:
    import_everything()
    for app in APPS.values():
        for route in app.state.described:
            codes = [(error.status, error.code) for error in errors_of(route)]
            assert len(codes) == len(set(codes)), route.path
