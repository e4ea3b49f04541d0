"""A case with bytes planted wherever a person can write is deleted, and nothing of it is found anywhere.

The desk runs as in production, one process a service, on a MongoDB of its own whose files are searched.
"""

import asyncio
import base64
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pymongo import MongoClient

from chassis.devstack.mongod import Mongod
from chassis.devstack.process import Unavailable
from chassis.keyring import NONCE_BYTES
from contracts.topics import DATA_KEYS, SERVICES, TOPICS
from tests.erasure.looking import documents_about, files_with, records_with, types_about
from tests.replay.settling import forget_groups
from tests.support.desk import Desk
from tests.support.journal import Journal
from tests.support.mail import MailServer
from tests.support.people import Customer, Technician, until_answered
from tests.support.topics import read_all
from tests.support.waiting import until, until_heard

pytestmark = [pytest.mark.mongo, pytest.mark.timeout(600)]

NAME, WORDS, REPLY, QUESTION, REMARK = (
    "Zqnameplanted",
    "zqwordsplanted",
    "zqreplyplanted",
    "zqquestionplanted",
    "zqremarkplanted",
)
MARKS = [mark.encode() for mark in (NAME, NAME.lower(), WORDS, REPLY, QUESTION, REMARK)]
CONTROL = "zqfoundifsearched"
PATIENCE_SECONDS = 180.0


@dataclass
class Scene:
    """A desk with a chat and a request to be deleted, and a chat that stays."""

    desk: Desk
    http: httpx.AsyncClient
    ada: Technician
    greta: Technician
    chat: Customer
    request: Customer
    stays: Customer

    @property
    def deleted(self) -> list[str]:
        return [self.chat.conversation, self.request.conversation]

    async def ask(self, method: str, path: str, who: Technician, **query: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {await who.access()}"}
        url = f"{self.desk.url('cases')}/api/cases{path}"
        return await until_answered(self.http, method, url, headers=headers, params=query)

    async def delete(self, case_id: str, who: Technician, version: int) -> httpx.Response:
        return await self.ask("DELETE", f"/cases/{case_id}", who, state_version=version)

    async def receipt(self, case_id: str) -> dict[str, Any]:
        answer = await self.ask("GET", f"/erasures/{case_id}", self.ada)
        found: dict[str, Any] = answer.raise_for_status().json()
        return found


@pytest.fixture
def mongod(tmp_path: Path) -> Iterator[Mongod]:
    try:
        server = Mongod(tmp_path / "mongo")
    except Unavailable as missing:
        pytest.skip(str(missing))
    with server:
        yield server


@asynccontextmanager
async def scene(
    kafka: str, mongod: Mongod, folder: Path, *, embedded: bool
) -> AsyncIterator[Scene]:
    async with MailServer() as mail, httpx.AsyncClient(timeout=30) as http:
        settings = {
            "DESKBUS_SMTP": mail.address,
            "DESKBUS_SMTP_SECURITY": "none",
            "DESKBUS_MAIL_FROM": "desk@example.com",
            "DESKBUS_ERASE_AGAIN_SECONDS": "3",
        }
        logs = folder / "services"
        logs.mkdir()
        async with Desk(kafka, mongod.url, "desk", logs, settings, embedded=embedded) as desk:
            yield await plant(desk, http)


async def plant(desk: Desk, http: httpx.AsyncClient) -> Scene:
    """Bytes that can be searched for, wherever a customer or a technician can write."""
    journal = Journal()
    ada, greta = (Technician(desk, http, f"{name}@example.com") for name in ("ada", "greta"))
    for technician in (ada, greta):
        await technician.sign_in()
        await technician.set_available(available=True)
    greta.connect(journal)
    chat, stays = Customer(desk, http, NAME), Customer(desk, http, "Stays")
    request = Customer(desk, http, NAME)
    for customer in (chat, stays):
        await talk(customer, greta, journal)
    await request.request(f"{QUESTION}: where is it?")
    one = Scene(desk, http, ada, greta, chat, request, stays)
    await greta.act(await greta.case(chat.conversation), "resolve")

    async def is_over() -> bool:
        case = await greta.case(chat.conversation)
        return bool(case["state"] == "resolved" and not case["live"])

    await until("the chat is over", is_over)
    await chat.answer_survey(2, REMARK)
    await greta.mail_transcript(chat.conversation, "customer")
    for customer in (chat, stays):
        assert customer.socket is not None
        await customer.socket.close()
    assert greta.socket is not None
    await greta.socket.close()
    return one


async def talk(customer: Customer, greta: Technician, journal: Journal) -> None:
    client = await customer.enter(journal)
    await client.type(customer.conversation)

    async def is_written() -> bool:
        return all(it.seq is not None for it in journal.of(customer.conversation))

    client.send(customer.conversation, f"{WORDS}: my lamp is dark")
    await until("it is written", is_written)
    await until_heard(greta, customer.conversation)
    await greta.act(await greta.case(customer.conversation), "assign")
    assert greta.socket is not None
    await greta.socket.watch(customer.conversation)
    greta.socket.send(customer.conversation, f"{REPLY}: is it plugged in?")
    await until("it is answered", is_written)
    await until_heard(greta, customer.conversation)
    await client.read(customer.conversation)


# ---- the proof -----------------------------------------------------------------------------------


async def test_on_the_embedded_broker(own_tansu: str, mongod: Mongod, tmp_path: Path) -> None:
    async with scene(own_tansu, mongod, tmp_path, embedded=True) as desk:
        await prove(desk, mongod, tmp_path)


@pytest.mark.kafka
async def test_on_kafka(own_kafka: str, mongod: Mongod, tmp_path: Path) -> None:
    async with scene(own_kafka, mongod, tmp_path, embedded=False) as desk:
        await prove(desk, mongod, tmp_path)


async def prove(one: Scene, mongod: Mongod, folder: Path) -> None:
    raw_keys = [bare_key(one.desk, case_id) for case_id in one.deleted]
    assert documents_about(one.desk, one.deleted)
    await only_administrators_delete(one)
    one.desk.kill("notify")
    for case_id in one.deleted:
        version = (await one.ada.case(case_id))["state_version"]
        begun = (await one.delete(case_id, one.ada, version)).raise_for_status().json()
        assert (begun["state"], begun["case_id"]) == ("purging", case_id)
        again = await one.delete(case_id, one.ada, version)
        assert again.json()["number"] == begun["number"]
        await is_gone_at_once(one, case_id)
    for case_id in one.deleted:
        await is_complete(one, case_id)
    await lets_nobody_in(one)
    assert documents_about(one.desk, one.deleted) == []
    assert documents_about(one.desk, [one.stays.conversation])
    await the_topics_hold_nothing(one)
    await a_replay_rebuilds_nothing(one, folder)
    await the_files_hold_nothing(one, mongod, folder, raw_keys)


def bare_key(desk: Desk, case_id: str) -> bytes:
    """The data key itself, which must not be anywhere but in memory."""
    with MongoClient[dict[str, Any]](desk.mongo) as client:
        row = client[desk.database("transcripts")]["data_keys"].find_one({"_id": case_id})
    assert row is not None
    box = base64.b64decode(row["wrapped"])
    secret = AESGCM(base64.b64decode(desk.secret))
    return secret.decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], case_id.encode())


async def only_administrators_delete(one: Scene) -> None:
    case = await one.greta.case(one.chat.conversation)
    refused = await one.delete(case["id"], one.greta, case["state_version"])
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "administrators_only")
    live = await one.ada.case(one.stays.conversation)
    refused = await one.delete(live["id"], one.ada, live["state_version"])
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "chat_not_ended")


async def is_gone_at_once(one: Scene, case_id: str) -> None:
    assert (await one.ask("GET", f"/cases/{case_id}", one.ada)).status_code == 404
    listed = await one.ada.all_cases()
    assert case_id not in {case["id"] for case in listed}
    counts = (await one.ask("GET", "/cases", one.ada, list="all")).json()["counts"]
    assert counts["all"] == len(listed)


async def is_complete(one: Scene, case_id: str) -> None:
    async def is_done() -> bool:
        return bool((await one.receipt(case_id))["state"] == "complete")

    await until("everybody has purged, and looked again", is_done, PATIENCE_SECONDS)
    receipt = await one.receipt(case_id)
    assert [it["service"] for it in receipt["services"]] == list(SERVICES)
    assert {it["state"] for it in receipt["services"]} == {"purged"}
    stores = {
        (it["service"], store["store"]): store["removed"]
        for it in receipt["services"]
        for store in it["stores"]
    }
    assert all(
        stores[service, "data_key"] for service in ("chat", "cases", "notify", "transcripts")
    )
    assert stores["portal", "admissions"] == 1
    assert stores["cases", "cases"] == 1
    (tombstone,) = receipt["key"]["tombstones"]
    records = await read_all(one.desk.kafka, [DATA_KEYS])
    written = [it for it in records if it.key == case_id.encode() and it.value is None]
    assert [(it.partition, it.offset) for it in written] == [
        (tombstone["partition"], tombstone["offset"])
    ]
    if case_id == one.chat.conversation:
        assert stores["chat", "entries"] >= 4
        assert stores["transcripts", "entries"] >= 4
        assert stores["notify", "mails"] == 1


async def lets_nobody_in(one: Scene) -> None:
    """The customer's browser still has its token and its secret."""
    customer, token = one.chat, await one.chat.access()
    headers = {"Authorization": f"Bearer {token}"}
    late = {"client_id": customer.conversation, "text": "too late"}
    url = f"{one.desk.url('chat')}/api/chat/conversations/{customer.conversation}"
    renewal = {"conversation_id": customer.conversation, "secret": customer._secret}
    answers = [
        await until_answered(one.http, "GET", url, headers=headers),
        await until_answered(one.http, "POST", f"{url}/messages", headers=headers, json=late),
        await until_answered(
            one.http,
            "GET",
            f"{one.desk.url('cases')}/api/cases/customer/{customer.conversation}",
            headers=headers,
        ),
        await until_answered(
            one.http,
            "POST",
            f"{one.desk.url('portal')}/api/portal/customer/token",
            json=renewal,
        ),
    ]
    told = [(it.status_code, it.json()["error"]["code"]) for it in answers]
    assert told == [(410, "conversation_deleted")] * len(answers)


async def the_topics_hold_nothing(one: Scene) -> None:
    records = await read_all(one.desk.kafka, TOPICS)
    assert records_with(records, MARKS) == []
    for case_id in one.deleted:
        assert "case.deleted" in types_about(records, case_id)


async def a_replay_rebuilds_nothing(one: Scene, folder: Path) -> None:
    """A desk that was empty reads every topic from its beginning, with the same secret."""
    await one.desk.stop()
    logs = folder / "rebuilt"
    logs.mkdir()
    if not one.desk.embedded:
        await forget_groups(one.desk.kafka)
    again = Desk(
        one.desk.kafka,
        one.desk.mongo,
        "again",
        logs,
        one.desk.settings,
        embedded=one.desk.embedded,
        secret=one.desk.secret,
    )
    async with again:

        async def has_read_all() -> bool:
            return bool(documents_about(again, [one.stays.conversation])) and knows(
                again, one.deleted
            )

        await until("the other desk has read all", has_read_all, PATIENCE_SECONDS)

        async def nothing_is_left() -> bool:
            return documents_about(again, one.deleted) == []

        await until("nothing of it was rebuilt", nothing_is_left, PATIENCE_SECONDS)
        assert any("chat.entries" in it for it in documents_about(again, [one.stays.conversation]))


def knows(desk: Desk, ids: list[str]) -> bool:
    """Whether every service has heard of the erasures."""
    with MongoClient[dict[str, Any]](desk.mongo) as client:
        erased = [client[desk.database(it)]["erased_keys"] for it in SERVICES]
        return all(it.count_documents({"_id": {"$in": ids}}) == len(ids) for it in erased)


async def the_files_hold_nothing(
    one: Scene, mongod: Mongod, folder: Path, raw_keys: list[bytes]
) -> None:
    """Blocks that MongoDB has given up are in its files still: what stands there is ciphertext."""
    with MongoClient[dict[str, Any]](mongod.url) as client:
        client["control"]["things"].insert_one({"text": f"{CONTROL} {'filler ' * 20}"})
        client.admin.command("fsync")
    await asyncio.to_thread(mongod.stop)
    assert files_with(folder / "mongo", [CONTROL.encode()]), "the search itself finds nothing"
    marks = [*MARKS, *raw_keys]
    assert files_with(folder / "mongo", marks) == []
    for logs in ("services", "rebuilt"):
        assert files_with(folder / logs, marks) == []
