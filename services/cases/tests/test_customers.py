"""Customers at the real service: requests, the end of a wait, the bot, the survey."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response

from chassis.ids import new_id
from chassis.tokens import Identity
from contracts.chat import ConversationEntry
from services.cases.app import create
from services.cases.settings import CasesSettings
from services.cases.tests.examples import SECRET, bot, contact, ended
from tests.support.neighbours import Neighbours, eventually, running

pytestmark = [pytest.mark.tansu, pytest.mark.mongo]
QUESTION = "My lamp is dark"


class House:
    """The service with its neighbours, one technician, and customers who come."""

    def __init__(self, app: FastAPI, neighbours: Neighbours, ann: Identity) -> None:
        self.app = app
        self.neighbours = neighbours
        self.ann = ann

    @asynccontextmanager
    async def customer(self, case_id: str) -> AsyncIterator["Page"]:
        browser = self.neighbours.client(self.app, self.neighbours.customer(case_id))
        async with browser:
            yield Page(browser, self.neighbours, case_id)

    @asynccontextmanager
    async def console(self) -> AsyncIterator[AsyncClient]:
        async with self.neighbours.client(self.app, self.ann) as browser:
            yield browser

    async def hears(self, entry: ConversationEntry) -> None:
        here = {"tenant": self.neighbours.tenant, "company_id": self.neighbours.company}
        await self.neighbours.say(entry.model_copy(update={"id": new_id(), **here}))

    async def press(self, action: str, case_id: str, state_version: int) -> Response:
        async with self.console() as console:
            body = {"state_version": state_version}
            return await console.post(f"/api/cases/cases/{case_id}/{action}", json=body)


class Page:
    """What a customer does in the browser."""

    def __init__(self, browser: AsyncClient, neighbours: Neighbours, case_id: str) -> None:
        self.browser = browser
        self.case_id = case_id
        self._neighbours = neighbours

    async def submit(self, question: str = QUESTION, **changes: str) -> Response:
        ticket = self._neighbours.ticket(self.case_id, SECRET, "request")
        body = {"ticket": ticket, "secret": SECRET, "question": question, **changes}
        return await self.browser.post("/api/cases/requests", json=body)

    async def stop_waiting(self, question: str = QUESTION, **more: str) -> Response:
        path = f"/api/cases/cases/{self.case_id}/request"
        return await self.browser.post(path, json={"question": question, **more})

    async def rate(self, rating: Any = 5, comment: str = "Quick") -> Response:
        path = f"/api/cases/cases/{self.case_id}/survey"
        return await self.browser.post(path, json={"rating": rating, "comment": comment})

    async def look(self) -> Response:
        return await self.browser.get(f"/api/cases/customer/{self.case_id}")

    async def sees(self, **expected: Any) -> dict[str, Any]:
        """Wait until the case is as expected."""
        answer = await eventually(
            self.look, lambda a: a.is_success and expected.items() <= a.json().items()
        )
        return dict(answer.json())


def code(answer: Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def fields(answer: Response) -> list[tuple[str, str]]:
    assert code(answer) == (422, "invalid_input")
    return [(wrong["field"], wrong["code"]) for wrong in answer.json()["error"]["fields"]]


@pytest.fixture
async def house(settings: CasesSettings, neighbours: Neighbours) -> AsyncIterator[House]:
    await neighbours.list_portal()
    ann = await neighbours.employ("Ann")
    async with running(create(settings)) as app:
        yield House(app, neighbours, ann)


# ---- requests ------------------------------------------------------------------------------------


async def test_a_request_is_a_case_in_the_console_and_for_its_customer(house: House) -> None:
    async with house.customer(new_id()) as page, house.console() as console:
        answer = await page.submit()
        assert (answer.status_code, answer.json()) == (
            201,
            {"case_id": page.case_id, "number": 1001},
        )
        shown = await page.sees()
        times = {name: shown.pop(name) for name in ("created_at", "requested_at")}
        assert times["created_at"] == times["requested_at"]
        assert times["created_at"].endswith("Z")
        assert shown == {
            "case_id": page.case_id,
            "number": 1001,
            "type": "request",
            "live": False,
            "state": "unassigned",
            "email_known": True,
            "survey": "closed",
            "rating": None,
            "ended_at": None,
            "resolved_at": None,
        }
        (case,) = (await console.get("/api/cases/cases")).json()["cases"]
        assert (case["type"], case["preview"]) == ("request", QUESTION)


async def test_many_clicks_at_once_are_one_request(house: House) -> None:
    async with house.customer(new_id()) as page, house.console() as console:
        answers = await asyncio.gather(*(page.submit() for _ in range(8)))
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.json()["number"] for answer in answers}) == 1
        assert (await console.get("/api/cases/cases")).json()["counts"]["all"] == 1


async def test_a_request_takes_a_ticket_for_requests_and_its_secret(house: House) -> None:
    async with house.customer(new_id()) as page, house.console() as console:
        live = house.neighbours.ticket(page.case_id, SECRET, "live")
        foreign = house.neighbours.ticket(new_id(), SECRET, "request")
        for wrong in ({"ticket": live}, {"ticket": foreign}, {"ticket": "x"}, {"secret": "t" * 43}):
            assert code(await page.submit(**wrong)) == (403, "ticket_invalid")
        assert (await console.get("/api/cases/cases")).json()["counts"]["all"] == 0
        assert code(await page.look()) == (404, "case_unknown")


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("", "required"),
        (" \n ", "required"),
        ("x" * 100_000, "too_long"),
        ("a\x07", "control_characters"),
    ],
)
async def test_a_question_that_cannot_be_taken_changes_nothing(
    house: House, question: str, wrong: str
) -> None:
    case_id = await house.neighbours.open_chat()
    async with house.customer(case_id) as chatting, house.customer(new_id()) as asking:
        before = await chatting.sees(state="unassigned")
        assert fields(await asking.submit(question)) == [("question", wrong)]
        assert fields(await chatting.stop_waiting(question)) == [("question", wrong)]
        assert (await chatting.look()).json() == before
        assert code(await asking.look()) == (404, "case_unknown")


# ---- the end of a wait ---------------------------------------------------------------------------


async def test_who_stops_waiting_leaves_a_request(house: House) -> None:
    case_id = await house.neighbours.open_chat()
    async with house.customer(case_id) as page, house.console() as console:
        await page.sees(type="live_chat", live=True)
        for _ in range(2):
            answer = await page.stop_waiting()
            assert (answer.status_code, answer.json()) == (
                200,
                {"case_id": case_id, "number": 1001},
            )
        shown = await page.sees(type="request", live=False, state="unassigned")
        assert shown["requested_at"] > shown["created_at"]
        case = (await console.get(f"/api/cases/cases/{case_id}")).json()
        assert [line["text"] for line in case["problem"]] == [QUESTION]


async def test_a_technician_who_was_faster_is_named(house: House) -> None:
    case_id = await house.neighbours.open_chat()
    async with house.customer(case_id) as page:
        await page.sees(state="unassigned")
        assert (await house.press("assign", case_id, 1)).is_success
        refused = await page.stop_waiting()
        assert code(refused) == (409, "case_moved_on")
        params = {"name": "Ann", "state": "assigned", "who": "technician"}
        assert refused.json()["error"]["params"] == params
        assert (await page.look()).json()["type"] == "live_chat"


@pytest.mark.parametrize("attempt", range(3))
async def test_of_a_customer_who_leaves_and_a_technician_who_comes_one_wins(
    house: House, attempt: int
) -> None:
    case_id = await house.neighbours.open_chat()
    async with house.customer(case_id) as page:
        await page.sees(state="unassigned")
        left, taken = await asyncio.gather(page.stop_waiting(), house.press("assign", case_id, 1))
        assert taken.is_success, attempt
        # Either the technician took a live chat, or the request that it had become a moment before.
        assert (taken.json()["type"] == "request") == left.is_success


async def test_a_closed_page_makes_a_request(house: House) -> None:
    case_id = await house.neighbours.open_chat(email="")
    async with house.customer(case_id) as page:
        await page.sees(state="pending")
        await house.hears(ended(case_id, by="gone"))
        await page.sees(type="request", live=False, state="unassigned")


# ---- the bot -------------------------------------------------------------------------------------


async def test_a_pending_case_is_ready_once_the_address_is_given(house: House) -> None:
    case_id = await house.neighbours.open_chat(email="")
    async with house.customer(case_id) as page, house.console() as console:
        await page.sees(state="pending", email_known=False)
        listed = (await console.get("/api/cases/cases?list=all")).json()
        assert [case["state"] for case in listed["cases"]] == ["pending"]
        assert listed["counts"] == {"unassigned": 0, "mine": 0, "all": 1}
        await house.hears(contact("cleo@example.com", case_id=case_id))
        await page.sees(state="unassigned", email_known=True)
        case = (await console.get("/api/cases/cases")).json()["cases"][0]
        assert case["customer"]["email"] == "cleo@example.com"


async def test_a_pending_case_is_ready_once_the_bot_has_waited_long_enough(house: House) -> None:
    case_id = await house.neighbours.open_chat(email="")
    async with house.customer(case_id) as page:
        await page.sees(state="pending")
        await house.hears(bot("ask_email", case_id=case_id))
        await page.sees(state="unassigned", email_known=False)


# ---- the survey ----------------------------------------------------------------------------------


async def test_the_survey_is_open_after_the_resolution_and_answered_once(house: House) -> None:
    case_id = await house.neighbours.open_chat()
    async with house.customer(case_id) as page, house.console() as console:
        await page.sees(survey="closed")
        assert code(await page.rate()) == (409, "survey_not_open")
        await house.press("assign", case_id, 1)
        await house.press("resolve", case_id, 2)
        await page.sees(survey="open", state="resolved")
        answer = await page.rate(4)
        assert answer.status_code == 200
        assert (answer.json()["survey"], answer.json()["rating"]) == ("answered", 4)
        assert code(await page.rate(1)) == (409, "survey_answered")
        case = (await console.get(f"/api/cases/cases/{case_id}")).json()
        assert (case["rating"], case["rating_comment"]) == (4, "Quick")
        await house.press("reopen", case_id, 3)
        await page.sees(survey="closed", rating=None)


@pytest.mark.parametrize(
    ("rating", "comment", "wrong"),
    [
        (0, "", ("rating", "invalid")),
        (6, "", ("rating", "invalid")),
        ("5", "", ("rating", "invalid")),
        (True, "", ("rating", "invalid")),
        (5, "x" * 2_001, ("comment", "too_long")),
        (5, "a\x07", ("comment", "control_characters")),
    ],
)
async def test_an_answer_that_cannot_be_taken_names_its_field(
    house: House, rating: Any, comment: str, wrong: tuple[str, str]
) -> None:
    async with house.customer(new_id()) as page:
        assert fields(await page.rate(rating, comment)) == [wrong]


# ---- whose case it is ----------------------------------------------------------------------------


async def test_another_customers_case_is_unknown_and_staff_has_no_business_here(
    house: House,
) -> None:
    case_id = await house.neighbours.open_chat()
    async with house.customer(case_id) as own, house.customer(new_id()) as other:
        before = await own.sees()
        stranger = Page(other.browser, house.neighbours, case_id)
        for attempt in (stranger.look, stranger.stop_waiting, stranger.rate):
            assert code(await attempt()) == (404, "case_unknown")
        async with house.console() as console:
            staff = Page(console, house.neighbours, case_id)
            for attempt in (staff.look, staff.stop_waiting, staff.rate, staff.submit):
                assert code(await attempt()) == (401, "token_invalid")
        assert (await own.look()).json() == before


# ---- who is available (S57) ----------------------------------------------------------------------


async def test_what_waits_is_hidden_from_who_is_not_available(house: House) -> None:
    waiting, mine = [await house.neighbours.open_chat() for _ in range(2)]
    async with house.customer(waiting) as one, house.customer(mine) as two, house.console() as ann:
        await one.sees()
        await two.sees()
        await house.press("assign", mine, 1)
        await house.neighbours.list_again(house.ann, 2, available=False)
        listed = await eventually(
            lambda: ann.get("/api/cases/cases?list=all"), lambda a: not a.json()["incoming"]
        )
        assert [case["id"] for case in listed.json()["cases"]] == [mine]
        assert listed.json()["counts"] == {"unassigned": 0, "mine": 1, "all": 1}
        assert (await ann.get("/api/cases/cases")).json()["cases"] == []
        assert code(await ann.get(f"/api/cases/cases/{waiting}")) == (404, "case_unknown")
        assert code(await house.press("assign", waiting, 1)) == (404, "case_unknown")
        assert (await house.press("resolve", mine, 2)).is_success
