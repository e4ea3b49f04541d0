"""Deleting a case at the real service: who may, what is left, and the receipt."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response

from chassis.clock import SystemClock
from chassis.ids import new_id
from chassis.mongo import Database
from chassis.tokens import Identity
from contracts.envelope import Actor
from contracts.erasure import ErasureAnswered, StorePurged
from contracts.topics import DATA_KEYS, SERVICES
from services.cases.app import create
from services.cases.history import HISTORY
from services.cases.settings import CasesSettings
from services.cases.storage import CASES
from services.cases.tests.examples import SECRET
from tests.support.neighbours import Neighbours, eventually, running
from tests.support.topics import read_all

pytestmark = [pytest.mark.tansu, pytest.mark.mongo]


class Office:
    """The service with an administrator, a technician, and a request of a customer."""

    def __init__(self, app: FastAPI, neighbours: Neighbours, ada: Identity, ann: Identity) -> None:
        self.app = app
        self.neighbours = neighbours
        self.ada = ada
        self.ann = ann
        self.case_id = new_id()

    def browser(self, person: Identity) -> AsyncClient:
        return self.neighbours.client(self.app, person)

    async def ask(
        self, method: str, path: str, person: Identity | None = None, **request: Any
    ) -> Response:
        async with self.browser(person or self.ada) as browser:
            return await browser.request(method, f"/api/cases{path}", **request)

    async def submit(self) -> Response:
        ticket = self.neighbours.ticket(self.case_id, SECRET, "request")
        body = {"ticket": ticket, "secret": SECRET, "question": "Where is my lamp?"}
        return await self.ask("POST", "/requests", self.customer, json=body)

    async def delete(self, person: Identity | None = None, version: int = 1) -> Response:
        params = {"state_version": version}
        return await self.ask("DELETE", f"/cases/{self.case_id}", person, params=params)

    async def receipt(self) -> dict[str, Any]:
        answer = await self.ask("GET", f"/erasures/{self.case_id}")
        return dict(answer.raise_for_status().json())

    @property
    def customer(self) -> Identity:
        return self.neighbours.customer(self.case_id)

    async def others_answer(self, attempt: int, removed: int) -> None:
        """The other services, of which none is running, have purged what they hold."""
        for service in SERVICES:
            if service != "cases":
                await self.neighbours.say(self._answer(service, attempt, removed))

    def _answer(self, service: str, attempt: int, removed: int) -> ErasureAnswered:
        return ErasureAnswered(
            id=new_id(),
            time=SystemClock().now(),
            tenant=self.neighbours.tenant,
            key=self.case_id,
            aggregate_version=attempt,
            actor=Actor(kind="system", via=service),
            correlation_id=new_id(),
            company_id=self.neighbours.company,
            conversation_id=self.case_id,
            service=service,
            attempt=attempt,
            stores=(StorePurged(store="things", removed=removed),),
        )


@pytest.fixture
async def office(settings: CasesSettings, neighbours: Neighbours) -> AsyncIterator[Office]:
    await neighbours.list_portal()
    ada = await neighbours.employ("Ada", role="administrator")
    ann = await neighbours.employ("Ann")
    quick = settings.model_copy(update={"erase_again_seconds": 1.0})
    async with running(create(quick)) as app:
        here = Office(app, neighbours, ada, ann)
        assert (await here.submit()).status_code == 201
        yield here


def code(answer: Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


async def test_only_an_administrator_deletes_what_is_as_it_was_looked_at(
    office: Office, neighbours: Neighbours
) -> None:
    for path in (f"/erasures/{office.case_id}", "/erasures"):
        assert code(await office.ask("GET", path, office.ann)) == (403, "administrators_only")
    assert code(await office.delete(office.ann)) == (403, "administrators_only")
    assert code(await office.delete(office.customer)) == (401, "token_invalid")
    moved_on = await office.delete(version=7)
    assert code(moved_on) == (409, "case_moved_on")
    assert moved_on.json()["error"]["params"]["case"]["id"] == office.case_id
    boss = await neighbours.employ("Boss", role="administrator", companies=(new_id(),))
    await eventually(lambda: office.delete(boss), lambda a: code(a) == (404, "case_unknown"))
    live = Office(office.app, neighbours, office.ada, office.ann)
    live.case_id = await neighbours.open_chat()
    path = f"/cases/{live.case_id}"
    await eventually(lambda: live.ask("GET", path), lambda answer: answer.is_success)
    assert code(await live.delete()) == (409, "chat_not_ended")
    assert code(await office.ask("GET", f"/erasures/{office.case_id}")) == (404, "case_unknown")


async def test_a_deleted_case_is_gone_for_everybody_and_leaves_a_receipt(
    office: Office, settings: CasesSettings
) -> None:
    begun = (await office.delete()).raise_for_status().json()
    assert (begun["number"], begun["requested_by"]) == (1001, {"id": office.ada.id, "name": "Ada"})
    again = (await office.delete(version=5)).raise_for_status().json()
    assert again["requested_at"] == begun["requested_at"]
    assert code(await office.ask("GET", f"/cases/{office.case_id}")) == (404, "case_unknown")
    listed = (await office.ask("GET", "/cases", params={"list": "all"})).json()
    assert (listed["cases"], listed["counts"]["all"]) == ([], 0)
    own = f"/customer/{office.case_id}"
    assert code(await office.ask("GET", own, office.customer)) == (410, "conversation_deleted")
    assert code(await office.submit()) == (410, "conversation_deleted")
    await eventually(office.receipt, lambda it: "cases" in purged(it) and it["key"]["tombstones"])
    (shown,) = (await office.ask("GET", "/erasures")).json()["erasures"]
    assert shown["case_id"] == office.case_id
    assert "Cleo" not in str(shown)
    await holds_nothing(settings, office.case_id)
    records = await read_all(settings.kafka, [DATA_KEYS])
    assert records[-1].value is None
    assert records[-1].key == office.case_id.encode()


def purged(receipt: dict[str, Any]) -> set[str]:
    return {it["service"] for it in receipt["services"] if it["state"] == "purged"}


async def holds_nothing(settings: CasesSettings, case_id: str) -> None:
    async with Database.connect(settings.mongo, settings.database("cases")) as database:
        for name, query in (
            (CASES, {"_id": case_id}),
            (HISTORY, {"case_id": case_id}),
            ("data_keys", {"_id": case_id}),
            ("outbox", {"key": case_id, "lasting": {"$ne": True}}),
        ):
            assert await database.collection(name).find(query) == [], name


async def test_it_is_complete_when_a_second_look_of_all_has_found_nothing(office: Office) -> None:
    await office.delete()
    assert (await office.receipt())["state"] in ("purging", "incomplete")
    await office.others_answer(1, removed=3)
    await eventually(office.receipt, lambda it: it["purged_at"] is not None)
    asked = await eventually(office.receipt, lambda it: it["attempt"] > 1)
    assert asked["completed_at"] is None
    await office.others_answer(asked["attempt"], removed=0)
    done = await eventually(office.receipt, lambda it: it["state"] == "complete")
    removed = {
        it["service"]: sum(store["removed"] for store in it["stores"]) for it in done["services"]
    }
    assert removed["chat"] == 3
    assert removed["cases"] >= 3
    # The embedded broker forgets by ending, so no time is named.
    assert {topic["gone_by"] for topic in done["topics"]} == {None}
