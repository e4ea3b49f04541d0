"""Service levels at the real service: set, seen on a case, rung by the timer, tried on the past."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import Response

from chassis.clock import SystemClock
from chassis.ids import new_id
from chassis.tokens import Identity
from services.cases.app import create
from services.cases.settings import CasesSettings
from services.cases.tests.examples import SECRET
from tests.support.neighbours import Neighbours, eventually, running

pytestmark = [pytest.mark.tansu, pytest.mark.mongo]
WEEK = [[{"begin": "00:00", "end": "24:00"}]] * 7
LEVEL = {
    "targets": {"first_response": 30, "resolution": 480},
    "hours": {"zone": "Europe/Berlin", "week": WEEK, "holidays": ["2020-12-25"]},
}


class Office:
    def __init__(self, app: FastAPI, neighbours: Neighbours, ada: Identity) -> None:
        self.app = app
        self.neighbours = neighbours
        self.ada = ada

    async def ask(
        self, method: str, path: str, person: Identity | None = None, **request: Any
    ) -> Response:
        async with self.neighbours.client(self.app, person or self.ada) as browser:
            return await browser.request(method, f"/api/cases{path}", **request)

    async def set(self, portal_id: str, level: dict[str, Any]) -> Response:
        return await self.ask("PUT", f"/service-levels/{portal_id}", json=level)

    async def submit(self) -> str:
        case_id = new_id()
        customer = self.neighbours.customer(case_id)
        ticket = self.neighbours.ticket(case_id, SECRET, "request")
        body = {"ticket": ticket, "secret": SECRET, "question": "Where is my lamp?"}
        (await self.ask("POST", "/requests", customer, json=body)).raise_for_status()
        return case_id

    async def sla(self, case_id: str) -> Any:
        return (await self.ask("GET", f"/cases/{case_id}")).raise_for_status().json()["sla"]


@pytest.fixture
async def office(neighbours: Neighbours, settings: CasesSettings) -> AsyncIterator[Office]:
    app = create(settings, clock=SystemClock())
    async with running(app):
        ada = await neighbours.employ("Ada", role="administrator")
        await neighbours.list_portal()

        async def look() -> bool:
            known = app.state.desk.people
            return bool(known.technician(ada.id) and known.portals(ada.tenant))

        await eventually(look, bool)
        yield Office(app, neighbours, ada)


async def test_what_is_promised_is_kept_shown_and_counted(office: Office) -> None:
    portal_id = office.neighbours.portal
    before = await office.submit()
    assert await office.sla(before) is None
    saved = await office.set("default", LEVEL)
    assert saved.status_code == 200, saved.text
    assert saved.json()["targets"] == {
        "first_response": 30,
        "next_response": None,
        "resolution": 480,
    }
    after = await office.submit()
    due = await office.sla(after)
    assert due["kind"] == "first_response"
    assert [clock["kind"] for clock in due["clocks"]] == ["first_response", "resolution"]
    # The one from before is counted anew, by the timer of the edit.
    found = await eventually(lambda: office.sla(before), bool)
    assert found["kind"] == "first_response"
    shown = (await office.ask("GET", "/service-levels")).json()
    assert shown["default"]["hours"]["week"] == WEEK
    assert [place["portal"]["id"] for place in shown["portals"]] == [portal_id]
    assert shown["portals"][0]["level"] is None
    candidate = {"level": {"targets": {"first_response": 1}}}
    answer = await office.ask("POST", "/service-levels/default/trial", json=candidate)
    trial = answer.raise_for_status().json()
    assert (trial["cases"], trial["next"], trial["cut"]) == (2, None, False)
    assert (await office.ask("DELETE", "/service-levels/default")).status_code == 204
    await eventually(lambda: office.sla(after), lambda sla: sla is None)


async def test_a_preview_tells_the_next_due_times(office: Office) -> None:
    answer = await office.ask("POST", "/service-levels/preview", json=LEVEL)
    preview = answer.raise_for_status().json()
    assert preview["open"] is True
    assert set(preview["due"]) == {"first_response", "resolution"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours": {"zone": "Europe/Atlantis", "week": WEEK}},
        {"hours": {"zone": "UTC", "week": [[]] * 7}},
        {"hours": {"zone": "UTC", "week": WEEK[:6]}},
        {"hours": {"zone": "UTC", "week": [[{"begin": "09:00", "end": "09:00"}]] * 7}},
        {"targets": {"first_response": 0}},
        {"warn_percent": 91},
        {"typo": 1},
    ],
)
async def test_what_cannot_be_promised_is_refused_and_changes_nothing(
    office: Office, wrong: dict[str, Any]
) -> None:
    answer = await office.set("default", {**LEVEL, **wrong})
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "invalid_input"
    assert (await office.ask("GET", "/service-levels")).json()["default"] is None


async def test_only_administrators_decide_and_only_on_their_own(office: Office) -> None:
    greta = await office.neighbours.employ("Greta")
    assert (await office.ask("GET", "/service-levels", greta)).status_code == 403
    answer = await office.set(new_id(), LEVEL)
    assert answer.json()["error"]["code"] == "portal_not_found"
    body = {"level": LEVEL, "after": "1-1-1"}
    assert (await office.ask("POST", "/service-levels/default/trial", json=body)).status_code == 200
    body["after"] = "nonsense"
    answer = await office.ask("POST", "/service-levels/default/trial", json=body)
    assert answer.json()["error"]["code"] == "cursor_invalid"
