"""Schemathesis against the whole REST interface of a running desk: what is described is what is answered.

For every route, input made from its description and input that breaks it, the same in every run: no
answer is a failure of ours, has a status that is not described, or another form than its description says.
Where a key opens a route, an integrator with every scope and an administrator take turns.
"""

import contextlib
import itertools
import json
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from chassis.scopes import SCOPES
from contracts.topics import SERVICES
from services.describe import DOCS
from tests.support.whole import Client, Whole, begin_chat

pytestmark = [pytest.mark.mongo, pytest.mark.tansu]
EXAMPLES = 2
"""Of each kind for each route; there are some ninety routes."""
CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SCHEMA = schemathesis.openapi.from_path(DOCS / "openapi.json")
OPERATIONS: dict[str, Any] = {
    found.ok().label: found.ok() for found in SCHEMA.get_all_operations() if isinstance(found, Ok)
}
SETTINGS = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class People:
    """Who may call what, and something real that the addresses can name."""

    def __init__(self, desk: Whole) -> None:
        self.client = Client(desk)
        self.administrator = self.client.sign_in("ada@example.com")
        body = {"available": True}
        path = "/api/portal/me/availability"
        self.client.ask("PUT", path, self.administrator, json=body).raise_for_status()
        wanted = {
            "name": "Integrator",
            "scopes": SCOPES,
            "companies": [],
            "all_companies": True,
            "rate_per_minute": 6000,
        }
        made = self.client.ask("POST", "/api/portal/api-keys", self.administrator, json=wanted)
        self.integrator = made.raise_for_status().json()["secret"]
        for service in SERVICES:
            self.client.until("GET", f"/api/{service}/operations", self.integrator)
        self.customer = begin_chat(self.client)
        self.places = {
            "case_id": self.customer.conversation,
            "conversation_id": self.customer.conversation,
            "subdomain": "demo",
            "form": "txt",
        }

    def headers(self, operation: Any) -> Iterator[Mapping[str, str]]:
        """Those of the callers whom the route is for, one after the other, for ever."""
        raw = operation.definition.raw
        tokens = []
        if raw.get("security"):
            customers = "For customers." in raw["description"]
            tokens = [self.customer.token if customers else self.administrator]
        if any("ApiKey" in it for it in raw.get("security", ())):
            tokens.insert(0, self.integrator)
        return itertools.cycle([{"authorization": f"Bearer {it}"} for it in tokens] or [{}])


@pytest.fixture(scope="module")
def people(desk: Whole) -> Iterator[People]:
    people = People(desk)
    yield people
    people.client.http.close()


@pytest.mark.parametrize("label", OPERATIONS)
def test_a_route_answers_as_it_is_described(people: People, desk: Whole, label: str) -> None:
    operation, headers = OPERATIONS[label], people.headers(OPERATIONS[label])
    named = {name: value for name, value in people.places.items() if "{" + name + "}" in label}

    def ask(case: Any) -> None:
        response = case.call(base_url=desk.address, headers=next(headers), timeout=20)
        # That something is away for now is an answer; that we failed is none.
        assert response.status_code != httpx.codes.INTERNAL_SERVER_ERROR, response.text
        case.validate_response(response, checks=CHECKS)

    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        _run(operation, mode, {}, ask)
        if named:
            _run(operation, mode, named, ask)


def _run(operation: Any, mode: GenerationMode, places: Mapping[str, str], ask: Any) -> None:
    wanted = {"path_parameters": dict(places)} if places else {}
    strategy = operation.as_strategy(generation_mode=mode, **wanted)
    # Where nothing is taken, or everything that is taken was named, there is nothing to get wrong.
    with contextlib.suppress(Unsatisfiable):
        SETTINGS(given(case=strategy)(ask))()


def test_no_route_is_left_out() -> None:
    document = json.loads((DOCS / "openapi.json").read_text())
    described = {f"{m.upper()} {p}" for p, methods in document["paths"].items() for m in methods}
    assert set(OPERATIONS) == described
