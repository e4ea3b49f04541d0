"""Holds every answer of a service's own tests against its description: an error that is not named there fails the test.

So that a route's errors are those that it has, and not those that somebody once wrote down.
"""

from collections.abc import Iterator

import pytest
from fastapi import Request
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute

from chassis import app as chassis_app
from chassis.describing import errors_of
from chassis.errors import DeskbusError


def undocumented(request: Request, error: DeskbusError) -> str | None:
    """The route and the code that its description lacks."""
    route = request.scope.get("route")
    endpoint = getattr(route, "endpoint", None)
    if not isinstance(route, APIRoute) or not endpoint.__module__.startswith("services."):
        return None
    if (error.status, error.code) in {(it.status, it.code) for it in errors_of(route)}:
        return None
    return f"{request.method} {route.path} answers {error.status} {error.code}; name it with @fails"


@pytest.fixture(autouse=True)
def answers_are_documented(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    found: list[str] = []
    plain = chassis_app.refuse

    def watched(request: Request, error: DeskbusError) -> JSONResponse:
        lacking = undocumented(request, error)
        if lacking and lacking not in found:
            found.append(lacking)
        return plain(request, error)

    monkeypatch.setattr(chassis_app, "refuse", watched)
    yield
    assert not found, found
