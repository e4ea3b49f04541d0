"""The real service: its REST interface, MongoDB, and the embedded broker."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any, Protocol

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response

from chassis.codec import decode
from chassis.ids import new_id
from chassis.keyring import Keyring
from chassis.mongo import Database
from chassis.tail import Tail
from chassis.tokens import Identity
from contracts.cases import CaseChanged
from contracts.topics import CASE_EVENTS
from services.cases.app import create
from services.cases.settings import CasesSettings
from tests.support.neighbours import Neighbours, eventually, running

pytestmark = [pytest.mark.tansu, pytest.mark.mongo]


@pytest.fixture
async def app(settings: CasesSettings, neighbours: Neighbours) -> AsyncIterator[FastAPI]:
    async with running(create(settings)) as app:
        yield app


class Console:
    """What a technician does in the browser."""

    def __init__(self, browser: AsyncClient, me: Identity) -> None:
        self.browser = browser
        self.me = me

    async def cases(self, **query: str) -> dict[str, Any]:
        answer = await self.browser.get("/api/cases/cases", params=query)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def press(self, action: str, case_id: str, state_version: int) -> Response:
        body = {"state_version": state_version}
        return await self.browser.post(f"/api/cases/cases/{case_id}/{action}", json=body)

    async def sees(self, case_id: str) -> None:
        """Wait until the case is there."""
        await eventually(
            lambda: self.browser.get(f"/api/cases/cases/{case_id}"), lambda a: a.status_code == 200
        )


class SignIn(Protocol):
    """Employs a technician and opens a browser for them."""

    async def __call__(self, name: str, to: FastAPI | None = None) -> Console: ...


@pytest.fixture
async def signed_in(neighbours: Neighbours, app: FastAPI) -> AsyncIterator[SignIn]:
    async with AsyncExitStack() as stack:

        async def sign_in(name: str, to: FastAPI | None = None) -> Console:
            me = await neighbours.employ(name)
            for place in (app, to or app):
                await known(place, me)
            return Console(await stack.enter_async_context(neighbours.client(to or app, me)), me)

        yield sign_in


async def known(app: FastAPI, me: Identity) -> None:
    """Wait until this instance has heard of the technician."""

    async def look() -> object:
        return app.state.desk.people.technician(me.id)

    await eventually(look, bool)


async def test_a_conversation_becomes_a_case_in_the_lists(
    neighbours: Neighbours, signed_in: SignIn
) -> None:
    ann = await signed_in("Ann")
    case_id = await neighbours.open_chat()
    await ann.sees(case_id)
    listed = await ann.cases(list="unassigned")
    assert listed["counts"] == {"unassigned": 1, "mine": 0, "all": 1}
    assert (listed["next"], listed["incoming"]) == (None, True)
    (case,) = listed["cases"]
    assert case["created_at"].endswith("Z")
    assert case.pop("contact_id")
    assert case | {"created_at": "", "updated_at": "", "portal": {}} == {
        "id": case_id,
        "number": 1001,
        "version": 1,
        "state_version": 1,
        "type": "live_chat",
        "live": True,
        "state": "unassigned",
        "assignee": None,
        "company_id": neighbours.company,
        "portal": {},
        "customer": {"first_name": "Cleo", "last_name": "Cox", "email": "cleo@example.com"},
        "preview": "",
        "problem": [],
        "created_at": "",
        "updated_at": "",
        "assigned_at": None,
        "requested_at": None,
        "ended_at": None,
        "resolved_at": None,
        "rating": None,
        "rating_comment": "",
        "changed_by": None,
        "title": "",
        "snoozed_until": None,
        "labels": [],
        "flagged": False,
        "priority": "normal",
        "muted": False,
        "spam": False,
        "customer_at": None,
        "waiting_since": None,
        "unanswered": 0,
        "contact_verified": False,
        "followed_up": False,
        "refers_to": None,
        "refers_from": None,
        "merged_into": None,
        "merged": [],
        "sla": None,
    }


async def test_a_list_is_narrowed_down_and_sorted(
    neighbours: Neighbours, signed_in: SignIn
) -> None:
    """S44, S63, S64: by what the case says, in the order that is asked for; nonsense is refused by name."""
    ann = await signed_in("Ann")
    first, second = [await neighbours.open_chat() for _ in range(2)]
    for case_id in (first, second):
        await ann.sees(case_id)
    assert (
        await ann.browser.post(f"/api/cases/cases/{first}/flag", json={"flagged": True})
    ).is_success

    async def ids(**query: Any) -> list[str]:
        return [case["id"] for case in (await ann.cases(list="all", **query))["cases"]]

    assert await ids(flagged="true") == [first]
    assert await ids(sort="updated") == [first, second]
    assert await ids(sort="created", direction="asc") == [first, second]
    assert await ids(state=["unassigned", "snoozed"], category="active") == [second, first]
    assert await ids(follow_up="closed") == []
    assert await ids(customer="cle cox") == [second, first]
    assert await ids(q="cleo", sort="relevance", limit="1") == [second]
    for query, code in {
        "colour=red": "invalid_input",
        "state=lost": "invalid_input",
        "customer=c": "search_too_short",
        "sort=relevance": "sort_needs_search",
    }.items():
        answer = await ann.browser.get(f"/api/cases/cases?{query}")
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, code)


async def test_a_case_goes_from_list_to_list(neighbours: Neighbours, signed_in: SignIn) -> None:
    ann = await signed_in("Ann")
    case_id = await neighbours.open_chat()
    await ann.sees(case_id)
    assigned = (await ann.press("assign", case_id, 1)).json()
    assert assigned["assignee"] == {"id": ann.me.id, "name": "Ann"}
    assert [c["id"] for c in (await ann.cases(list="mine"))["cases"]] == [case_id]
    await ann.press("resolve", case_id, 2)
    listed = await ann.cases(list="all")
    assert listed["counts"] == {"unassigned": 0, "mine": 0, "all": 1}
    assert listed["cases"][0]["state"] == "resolved"
    reopened = (await ann.press("reopen", case_id, 3)).json()
    assert (reopened["state"], reopened["assignee"]["id"]) == ("assigned", ann.me.id)


async def test_who_comes_second_is_told_who_has_it(
    neighbours: Neighbours, signed_in: SignIn
) -> None:
    ann, ben = await signed_in("Ann"), await signed_in("Ben")
    case_id = await neighbours.open_chat()
    await ann.sees(case_id)
    assert (await ann.press("assign", case_id, 1)).status_code == 200
    assert (await ann.press("assign", case_id, 1)).status_code == 200
    refusal = await ben.press("assign", case_id, 1)
    assert refusal.status_code == 409
    error = refusal.json()["error"]
    assert error["code"] == "case_moved_on"
    assert error["message"] == "Ann was here first: this case is assigned now."
    assert error["params"]["by"] == {"id": ann.me.id, "name": "Ann"}
    assert error["params"]["case"]["assignee"] == {"id": ann.me.id, "name": "Ann"}


@pytest.mark.parametrize("count", [2, 50])
async def test_of_many_who_assign_in_the_same_instant_one_wins(
    settings: CasesSettings, neighbours: Neighbours, app: FastAPI, signed_in: SignIn, count: int
) -> None:
    async with running(create(settings.model_copy(update={"instance": "2"}))) as second:
        people = [await signed_in(f"T{n}", (app, second)[n % 2]) for n in range(count)]
        case_id = await neighbours.open_chat()
        await people[0].sees(case_id)
        answers = await asyncio.gather(*(one.press("assign", case_id, 1) for one in people))
    winners = [answer.json() for answer in answers if answer.status_code == 200]
    losers = [answer.json()["error"] for answer in answers if answer.status_code == 409]
    assert (len(winners), len(losers)) == (1, count - 1)
    winner = winners[0]["assignee"]
    assert {error["params"]["by"]["id"] for error in losers} == {winner["id"]}
    assert {error["params"]["case"]["assignee"]["id"] for error in losers} == {winner["id"]}
    assert {error["params"]["name"] for error in losers} == {winner["name"]}


@pytest.mark.parametrize(
    ("query", "field"),
    [({"list": "nobody's"}, "list"), ({"after": "x"}, "after"), ({"limit": "101"}, "limit")],
)
async def test_a_wrong_question_is_refused_by_name(
    signed_in: SignIn, query: dict[str, str], field: str
) -> None:
    ann = await signed_in("Ann")
    answer = await ann.browser.get("/api/cases/cases", params=query)
    assert answer.status_code == 422
    assert [wrong["field"] for wrong in answer.json()["error"]["fields"]] == [field]


async def test_a_case_of_another_company_or_account_is_unknown(
    neighbours: Neighbours, app: FastAPI, signed_in: SignIn
) -> None:
    ann = await signed_in("Ann")
    case_id = await neighbours.open_chat()
    await ann.sees(case_id)
    strangers = [
        Identity("technician", new_id(), neighbours.tenant, "X", "technician", (new_id(),)),
        Identity("technician", new_id(), new_id(), "X", "administrator", (neighbours.company,)),
    ]
    for stranger in strangers:
        async with neighbours.client(app, stranger) as browser:
            console = Console(browser, stranger)
            assert (await console.press("assign", case_id, 1)).status_code == 404
            shown = await browser.get(f"/api/cases/cases/{case_id}")
            assert (shown.status_code, shown.json()["error"]["code"]) == (404, "case_unknown")
            assert (await console.cases(list="all"))["counts"]["all"] == 0


async def test_a_customer_has_no_business_here(neighbours: Neighbours, app: FastAPI) -> None:
    customer = Identity("customer", new_id(), neighbours.tenant, "Cleo", conversation=new_id())
    async with neighbours.client(app, customer) as browser:
        assert (await browser.get("/api/cases/cases")).status_code == 401
        browser.headers.pop("authorization")
        assert (await browser.get("/api/cases/cases")).status_code == 401


async def test_pages_lead_to_each_other(neighbours: Neighbours, signed_in: SignIn) -> None:
    ann = await signed_in("Ann")
    made = [await neighbours.open_chat() for _ in range(3)]
    for case_id in made:
        await ann.sees(case_id)
    first = await ann.cases(list="all", limit="2")
    second = await ann.cases(list="all", limit="2", after=first["next"])
    assert {c["id"] for c in first["cases"] + second["cases"]} == set(made)
    assert second["next"] is None


async def test_what_happens_is_told_on_the_bus_in_its_order(
    settings: CasesSettings, neighbours: Neighbours, signed_in: SignIn
) -> None:
    ann = await signed_in("Ann")
    case_id = await neighbours.open_chat()
    await ann.sees(case_id)
    for version, action in enumerate(("assign", "resolve", "reopen"), start=1):
        await ann.press(action, case_id, version)
    events = await read_events(settings, 4)
    assert [event.type for event in events] == [
        "case.opened",
        "case.assigned",
        "case.resolved",
        "case.reopened",
    ]
    assert [event.aggregate_version for event in events] == [1, 2, 3, 4]
    assert {event.key for event in events} == {case_id}
    assert {event.after_seq >> 40 for event in events} == {1}


async def read_events(settings: CasesSettings, count: int) -> list[CaseChanged]:
    events: list[CaseChanged] = []
    async with (
        asyncio.timeout(60),
        Database.connect(settings.mongo, settings.database("cases")) as database,
        Tail(settings, [CASE_EVENTS]) as tail,
    ):
        keyring = Keyring(database, settings)
        async for batch in tail:
            for record in batch.records:
                event = await decode(record.value, record.headers, keyring)
                assert isinstance(event, CaseChanged)
                events.append(event)
            if len(events) >= count:
                return events
    raise AssertionError
