"""The real service: a contact, cases made by hand, and a merge, through the REST interface."""

from typing import Any

import pytest

from chassis.ids import new_id
from services.cases.tests.test_api import Console, SignIn, app, signed_in
from tests.support.neighbours import Neighbours, eventually

__all__ = ["app", "signed_in"]
pytestmark = [pytest.mark.tansu, pytest.mark.mongo]


async def made(ann: Console, portal: str, problem: str) -> dict[str, Any]:
    """A call that was noted; the portal may not be known here at once."""
    body = {
        "client_id": new_id(),
        "type": "call",
        "portal_id": portal,
        "customer": {"first_name": "Cleo", "email": "Cleo@Example.com"},
        "problem": problem,
    }
    answer = await eventually(
        lambda: ann.browser.post("/api/cases/cases", json=body), lambda it: it.status_code == 201
    )
    return dict(answer.json())


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


async def test_calls_of_one_customer_are_known_together_and_merged(
    neighbours: Neighbours, signed_in: SignIn
) -> None:
    await neighbours.list_portal()
    ann = await signed_in("Ann")
    one = await made(ann, neighbours.portal, "The invoice is wrong.")
    two = await made(ann, neighbours.portal, "The invoice is still wrong.")
    # Whoever noted it has read it.
    assert (one["assignee"]["name"], one["unanswered"], one["waiting_since"]) == ("Ann", 0, None)
    related = (await ann.browser.get(f"/api/cases/cases/{two['id']}/related")).json()
    assert [it["id"] for it in related["cases"]] == [one["id"]]
    found = (await ann.browser.get("/api/cases/contacts", params={"q": "cleo"})).json()
    (contact,) = found["contacts"]
    assert (contact["id"], contact["cases"]) == (one["contact_id"], 2)
    body = {"state_version": 1, "into": one["id"], "into_state_version": 1}
    place = f"/api/cases/cases/{two['id']}"
    for stale in ("state_version", "into_state_version"):
        late = await ann.browser.post(f"{place}/merge", json={**body, stale: 9})
        assert code(late) == (409, "case_moved_on")
    merged = await ann.browser.post(f"{place}/merge", json=body)
    assert (merged.json()["state"], merged.json()["merged_into"]) == ("resolved", one["id"])
    for action in ("reopen", "open"):
        refused = await ann.press(action, two["id"], 2)
        assert code(refused) == (409, "case_is_merged")
    late = await ann.browser.post(f"{place}/unmerge", json={"state_version": 1})
    assert code(late) == (409, "case_moved_on")
    free = await ann.browser.post(f"{place}/unmerge", json={"state_version": 2})
    assert (free.json()["state"], free.json()["merged_into"]) == ("assigned", None)
    again = await ann.browser.post(f"{place}/unmerge", json={"state_version": 3})
    assert code(again) == (409, "case_not_merged")
