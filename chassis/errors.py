"""Errors carry a stable code and an HTTP status, and are rendered here for HTTP and sockets alike."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from pydantic_core import ErrorDetails

Rendered = dict[str, Any]


class DeskbusError(Exception):
    """Something a caller is told about; subclasses stand beside the code that raises them."""

    code: ClassVar[str] = "internal"
    status: ClassVar[int] = 500
    text: ClassVar[str] = "Something went wrong on our side."

    def __init__(self, **params: Any) -> None:
        self.params = params
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """The English sentence; other languages are made from the code and the params."""
        return self.text.format_map(self.params)


class RetryLater(DeskbusError):
    """What is needed is away for now; the same request will work later."""

    code = "unavailable"
    status = 503
    text = "This is not available for the moment. Please try again."


class NotFound(DeskbusError):
    """There is no such thing, or it is not the caller's."""

    code = "not_found"
    status = 404
    text = "There is nothing here."


class MethodNotAllowed(DeskbusError):
    """The path exists, the method does not."""

    code = "method_not_allowed"
    status = 405
    text = "This address does not take that method."


class TooLarge(DeskbusError):
    """The request's body is larger than any request needs to be."""

    code = "too_large"
    status = 413
    text = "This is too large to be accepted."


class Internal(DeskbusError):
    """A defect: what happened is in the log, under the request's id."""


class Invalid(DeskbusError):
    """What was sent does not have the form that was asked for.

    `fields` are `{"field", "code", "params"}`; no value that was sent is ever repeated.
    """

    code = "invalid_input"
    status = 422
    text = "Some of what was entered cannot be accepted."

    def __init__(self, fields: Sequence[Mapping[str, Any]] = (), **params: Any) -> None:
        super().__init__(**params)
        self.fields = [dict(field) for field in fields]


def render(error: DeskbusError) -> Rendered:
    """The error as JSON: `code`, `message`, `params`, and `fields` when some were invalid."""
    body: Rendered = {"code": error.code, "message": error.message, "params": error.params}
    if isinstance(error, Invalid):
        body["fields"] = error.fields
    return body


def all_error_codes() -> frozenset[str]:
    """The codes of every error class that has been imported, but for those of tests."""
    kinds = _family(DeskbusError)
    return frozenset(k.code for k in kinds if "tests" not in k.__module__.split("."))


def _family(kind: type[DeskbusError]) -> Iterator[type[DeskbusError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _family(child)


# ---- pydantic's errors in our words --------------------------------------------------------------

_PLACES = {"body", "query", "path", "header", "cookie"}
_OWN_CODES = {"control_characters", "invalid_email", "required"}


def invalid_from(errors: Sequence[ErrorDetails]) -> Invalid:
    """The refusal that tells which fields pydantic did not accept, and why; of each reason once."""
    unions = {place for error in errors if (place := _union(error["loc"])) is not None}
    fields: list[dict[str, Any]] = []
    for error in errors:
        told = _field(error, unions)
        if told not in fields:
            fields.append(told)
    return Invalid(fields)


def _union(location: tuple[int | str, ...]) -> tuple[int | str, ...] | None:
    """The field that takes one of several kinds: pydantic writes the kind behind it, such as `literal['reply']`."""
    kinds = (at for at, part in enumerate(location) if isinstance(part, str) and "[" in part)
    return next((location[:at] for at in kinds), None)


def _field(error: ErrorDetails, unions: Iterable[tuple[int | str, ...]]) -> dict[str, Any]:
    code, params = _reason(error)
    location = error["loc"]
    # Which of its kinds a value is not, says nothing to who sent it.
    field = next((it for it in unions if location[: len(it)] == it), location)
    return {"field": _name(field), "code": code, "params": params}


def _name(location: Sequence[int | str]) -> str:
    parts = location[1:] if location and location[0] in _PLACES else location
    return ".".join(str(part) for part in parts)


def _reason(error: ErrorDetails) -> tuple[str, dict[str, Any]]:
    kind, context = error["type"], error.get("ctx", {})
    if kind in _OWN_CODES:
        return kind, {}
    if kind == "missing" or (kind == "string_too_short" and context.get("min_length") == 1):
        return "required", {}
    if kind == "string_too_long":
        return "too_long", {"max": context["max_length"]}
    return "invalid", {}
