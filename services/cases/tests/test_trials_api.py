"""What is tried on the last month, on the real service (N9): from who came to work to what is answered."""

from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from chassis.ids import new_id
from services.cases.tests.test_api import SignIn, app, known, signed_in
from tests.support.neighbours import Neighbours, eventually

__all__ = ["app", "signed_in"]
pytestmark = [pytest.mark.tansu, pytest.mark.mongo]
HOLDS = {"seconds": 60, "times": 3}


async def tried(ada: AsyncClient, what: str, **body: Any) -> dict[str, Any]:
    answer = await ada.post(f"/api/cases/{what}/trial", json=body)
    found: dict[str, Any] = answer.raise_for_status().json()
    return found


async def test_a_trial_goes_by_who_was_there_and_what_was_decided(
    neighbours: Neighbours, signed_in: SignIn, app: FastAPI
) -> None:
    ann = await signed_in("Ann")
    admin = await neighbours.employ("Ada", role="administrator", available=False)
    await neighbours.list_portal()
    await known(app, admin)
    at = f"assignment/portals/{neighbours.portal}"
    async with neighbours.client(app, admin) as ada:
        case_id = await neighbours.open_chat()
        await eventually(ann.cases, lambda it: [c["id"] for c in it["cases"]] == [case_id])
        # Who was available is kept behind the back of the directory that tells it.
        shown = await eventually(
            lambda: tried(ada, at), lambda it: bool(it["waits"] and not it["assumed"])
        )
        assert (shown["at_once"], shown["next"]) == (1, None)
        assert [(it["person"]["name"], it["before"], it["after"]) for it in shown["people"]] == [
            ("Ann", 0, 1)
        ]
        assert [it["case_id"] for it in shown["changed"]] == [case_id]
        assert shown["known_since"]
        rung = await tried(ada, "ringing", before=HOLDS, patience={"seconds": 1, "times": 0})
        assert (rung["waits"], rung["before"]) == (1, {"waits": 0, "again": 0, "mailed": 0})
        missing = await ada.post(f"/api/cases/assignment/portals/{new_id()}/trial", json={})
        assert (missing.status_code, missing.json()["error"]["code"]) == (404, "not_in_account")
        wrong = await ada.post(f"/api/cases/{at}/trial", json={"after": "1-1-1~nonsense"})
        assert wrong.json()["error"]["code"] == "cursor_invalid"
        await snoozes(ada, ann.browser)
    assert (await ann.browser.post(f"/api/cases/{at}/trial", json={})).status_code == 403


async def snoozes(ada: AsyncClient, ann: AsyncClient) -> None:
    """The account's times, which everybody reads and administrators alone decide."""
    times = {"morning": "07:30", "weekday": 4, "reply_days": 3}
    assert (await ann.get("/api/cases/snoozing")).json()["morning"] == "09:00"
    assert (await ann.put("/api/cases/snoozing", json=times)).status_code == 403
    assert (await ada.put("/api/cases/snoozing", json=times)).json() == times
    assert (await ann.get("/api/cases/snoozing")).json() == times
    for wrong in ({"morning": "24:00"}, {"weekday": 7}, {"reply_days": 0}, {"typo": 1}):
        refused = await ada.put("/api/cases/snoozing", json=times | wrong)
        assert refused.status_code == 422
    shown = await tried(ada, "snoozing", times=times, time_zone="Europe/Berlin")
    assert (shown["cases"], shown["snoozes"], shown["next"]) == (1, 0, None)
