"""Who has the link of a mail, at the real service."""

import base64
from collections.abc import AsyncIterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from httpx import ASGITransport, AsyncClient, Response

from chassis.ids import new_id
from chassis.links import CaseRef, Links
from chassis.mongo import Database
from chassis.purposes import purpose_key
from services.cases.app import create
from services.cases.settings import CasesSettings
from services.cases.storage import CASES
from tests.support.neighbours import PORTAL_ADDRESS, Neighbours, eventually, running

pytestmark = [pytest.mark.tansu, pytest.mark.mongo]


class Mailbox:
    """Somebody with a mail, who is not signed in; and a technician."""

    def __init__(
        self, settings: CasesSettings, neighbours: Neighbours, reader: AsyncClient, ann: AsyncClient
    ) -> None:
        self.links, self.neighbours = Links(settings), neighbours
        self.reader, self.ann = reader, ann

    async def case(self) -> str:
        """A new case, once it is there."""
        case_id = await self.neighbours.open_chat()
        path = f"/api/cases/cases/{case_id}"
        await eventually(lambda: self.ann.get(path), lambda answer: answer.is_success)
        return case_id

    def token(self, case_id: str, tenant: str = "") -> str:
        ref = CaseRef(tenant or self.neighbours.tenant, case_id)
        return self.links.to_case(ref).partition("#")[2]

    async def open(self, token: str) -> Response:
        return await self.reader.post("/api/cases/link", json={"token": token})

    async def rate(self, token: str, rating: Any = 5, comment: str = "Quick") -> Response:
        body = {"token": token, "rating": rating, "comment": comment}
        return await self.reader.post("/api/cases/link/survey", json=body)

    async def press(self, action: str, case_id: str, state_version: int) -> None:
        path = f"/api/cases/cases/{case_id}/{action}"
        (await self.ann.post(path, json={"state_version": state_version})).raise_for_status()


@pytest.fixture
async def mailbox(settings: CasesSettings, neighbours: Neighbours) -> AsyncIterator[Mailbox]:
    await neighbours.list_company("Demo Ltd")
    await neighbours.list_portal()
    ann = await neighbours.employ("Ann")
    async with (
        running(create(settings)) as app,
        AsyncClient(transport=ASGITransport(app), base_url="http://desk.example") as reader,
        neighbours.client(app, ann) as console,
    ):
        yield Mailbox(settings, neighbours, reader, console)


def code(answer: Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


async def test_a_link_tells_how_the_case_is_and_nothing_of_who_asked(mailbox: Mailbox) -> None:
    case_id = await mailbox.case()
    answer = await mailbox.open(mailbox.token(case_id))
    shown = answer.json()
    assert shown.pop("received_at").endswith("Z")
    assert shown == {
        "number": 1001,
        "company": "Demo Ltd",
        "portal_address": PORTAL_ADDRESS,
        "state": "received",
        "technician": "",
        "assigned_at": None,
        "resolved_at": None,
        "survey": "closed",
        "rating": None,
    }
    assert answer.headers["cache-control"] == "no-store"
    assert not any(word in answer.text for word in ("Cleo", "Cox", "example.com", case_id))


async def test_a_link_follows_its_case_and_answers_the_survey_once(mailbox: Mailbox) -> None:
    case_id = await mailbox.case()
    token = mailbox.token(case_id)
    assert code(await mailbox.rate(token)) == (409, "survey_not_open")
    await mailbox.press("assign", case_id, 1)
    shown = (await mailbox.open(token)).json()
    assert (shown["state"], shown["technician"]) == ("in_progress", "Ann")
    await mailbox.press("resolve", case_id, 2)
    shown = (await mailbox.open(token)).json()
    assert (shown["state"], shown["technician"], shown["survey"]) == ("resolved", "Ann", "open")
    answered = (await mailbox.rate(token, 4)).json()
    assert (answered["survey"], answered["rating"]) == ("answered", 4)
    assert code(await mailbox.rate(token, 1)) == (409, "survey_answered")
    case = (await mailbox.ann.get(f"/api/cases/cases/{case_id}")).json()
    assert (case["rating"], case["rating_comment"]) == (4, "Quick")


async def test_a_link_is_about_its_own_case_only(mailbox: Mailbox) -> None:
    case_id, other = await mailbox.case(), await mailbox.case()
    for case in (case_id, other):
        await mailbox.press("assign", case, 1)
        await mailbox.press("resolve", case, 2)
    assert (await mailbox.rate(mailbox.token(case_id), 2)).is_success
    assert (await mailbox.open(mailbox.token(other))).json()["survey"] == "open"


async def test_a_forged_link_is_refused_and_changes_nothing(
    mailbox: Mailbox, settings: CasesSettings
) -> None:
    case_id = await mailbox.case()
    token = mailbox.token(case_id)
    elsewhere = AESSIV(purpose_key(settings.secret_key(), "something else"))
    forged = [
        "",
        token[:-1],
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        "A" * 64,
        case_id,
        base64.urlsafe_b64encode(elsewhere.encrypt(bytes(32), None)).decode(),
    ]
    for attempt in forged:
        assert code(await mailbox.open(attempt)) == (403, "link_invalid")
        assert code(await mailbox.rate(attempt)) == (403, "link_invalid")
    assert (await mailbox.open(token)).json()["rating"] is None


async def test_a_case_that_is_gone_or_of_another_account_is_unknown(mailbox: Mailbox) -> None:
    case_id = await mailbox.case()
    for token in (mailbox.token(new_id()), mailbox.token(case_id, tenant=new_id())):
        assert code(await mailbox.open(token)) == (404, "case_unknown")
        assert code(await mailbox.rate(token)) == (404, "case_unknown")


@pytest.mark.parametrize(
    ("rating", "comment", "field"),
    [(0, "", "rating"), ("5", "", "rating"), (5, "x" * 2_001, "comment")],
)
async def test_an_answer_that_cannot_be_taken_names_its_field(
    mailbox: Mailbox, settings: CasesSettings, rating: Any, comment: str, field: str
) -> None:
    case_id = await mailbox.case()
    refused = await mailbox.rate(mailbox.token(case_id), rating, comment)
    assert code(refused) == (422, "invalid_input")
    assert [wrong["field"] for wrong in refused.json()["error"]["fields"]] == [field]
    async with Database.connect(settings.mongo, settings.database("cases")) as database:
        row = await database.collection(CASES).find_one({"_id": case_id})
    assert row is not None
    assert row["rating"] is None
