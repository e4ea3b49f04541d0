"""Automatic assignment on the real service: from the switch to the case on a technician's list."""

import pytest
from fastapi import FastAPI

from services.cases.tests.test_api import SignIn, app, known, signed_in
from tests.support.neighbours import Neighbours, eventually

__all__ = ["app", "signed_in"]
pytestmark = [pytest.mark.tansu, pytest.mark.mongo]


async def test_a_chat_is_given_to_who_is_available_and_both_are_told_why(
    neighbours: Neighbours, signed_in: SignIn, app: FastAPI
) -> None:
    ann = await signed_in("Ann")
    admin = await neighbours.employ("Ada", role="administrator", available=False)
    await neighbours.list_portal()
    await known(app, admin)
    async with neighbours.client(app, admin) as ada:
        at = f"/api/cases/assignment/portals/{neighbours.portal}"
        switched = await eventually(
            lambda: ada.put(at, json={"automatic": True}), lambda it: it.status_code == 200
        )
        assert [it["automatic"] for it in switched.json()["portals"]] == [True]
        case_id = await neighbours.open_chat()
        await eventually(
            lambda: ann.cases(list="mine"), lambda it: [c["id"] for c in it["cases"]] == [case_id]
        )
        timeline = await ann.browser.get(f"/api/cases/cases/{case_id}/timeline")
        routed = timeline.json()["entries"][1]
        assert (routed["type"], routed["by"], routed["person"]) == ("case.routed", "system", None)
        assert {it["name"] for it in routed["people"]} == {"Ann", "Ada"}
        found = (await ada.get("/api/cases/assignment")).json()
        assert {it["name"]: it["load"]["chats"] for it in found["technicians"]} == {
            "Ann": 1,
            "Ada": 0,
        }
        own = await ada.put(
            f"/api/cases/assignment/technicians/{ann.me.id}", json={"chats": 0, "cases": None}
        )
        assert next(it for it in own.json()["technicians"] if it["name"] == "Ann")["capacity"] == {
            "chats": 0,
            "cases": 20,
        }
        missing = await ada.put("/api/cases/assignment/portals/nothing", json={"automatic": True})
        assert (missing.status_code, missing.json()["error"]["code"]) == (404, "not_in_account")
        wrong = await ada.put("/api/cases/assignment/capacity", json={"chats": -1, "cases": 5})
        assert wrong.status_code == 422
    refused = await ann.browser.get("/api/cases/assignment")
    assert refused.status_code == 403
