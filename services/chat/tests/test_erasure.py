"""A deleted conversation is gone from memory, store and sockets at once, and does not begin again."""

import asyncio

import pytest

from chassis.clock import SystemClock
from chassis.codec import decode, encode
from chassis.ids import new_id
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.settings import Settings
from chassis.tail import Tail
from chassis.tokens import Identity
from contracts.chat import Author, ConversationEnded
from contracts.envelope import Actor, Message
from contracts.erasure import CaseDeleted, ErasureAnswered, ErasureRequested
from contracts.topics import ERASURES
from services.chat.storage import CONVERSATIONS, CURSORS, ENTRIES, TICKETS
from services.chat.tests.world import Customer, Instance, Person
from tests.support.neighbours import Neighbours, eventually

pytestmark = [pytest.mark.tansu, pytest.mark.mongo]


def of(customer: Customer, neighbours: Neighbours) -> dict[str, object]:
    return {
        "id": new_id(),
        "time": SystemClock().now(),
        "tenant": neighbours.tenant,
        "key": customer.conversation,
        "aggregate_version": 1,
        "actor": Actor(kind="system", via="cases"),
        "correlation_id": new_id(),
        "company_id": neighbours.company,
        "conversation_id": customer.conversation,
    }


async def say(chat: Instance, message: Message) -> None:
    parts = chat.app.state.chat
    await parts.producer.send(await encode(message, parts.keyring))


async def delete(chat: Instance, customer: Customer, neighbours: Neighbours) -> None:
    """What cases says when an administrator deletes the case."""
    about = of(customer, neighbours)
    deleted = CaseDeleted.model_validate(about | {"number": 1001, "technician_id": new_id()})
    await say(chat, deleted)
    asked = about | {"id": new_id(), "attempt": 1}
    await say(chat, ErasureRequested.model_validate(asked))


async def answer_of(settings: Settings) -> ErasureAnswered:
    async with asyncio.timeout(60), Tail(settings, [ERASURES]) as tail:
        async for batch in tail:
            for record in batch.records:
                message = await decode(record.value, record.headers, FakeKeyring())
                if isinstance(message, ErasureAnswered):
                    return message
    raise AssertionError


async def test_whoever_looks_at_it_is_told_and_nothing_stays(
    chat: Instance, settings: Settings, neighbours: Neighbours
) -> None:
    customer, other = Customer(neighbours), Customer(neighbours)
    ada: Identity = await neighbours.employ("Ada")
    for one in (customer, other):
        await one.opens(chat)
    async with (
        Person.at(chat, customer.token) as cleo,
        Person.at(chat, other.token) as dora,
        Person.at(chat, neighbours.token(ada)) as console,
    ):
        for person, of_whom in ((cleo, customer), (console, customer), (dora, other)):
            await person.watches(of_whom.conversation)
            await person.writes(of_whom.conversation, "hello")
        await cleo.say(t="cursor", conversation=customer.conversation, read=2**50)
        await looks_at(console, customer, neighbours)
        await delete(chat, customer, neighbours)
        told = await console.hears("deleted")
        assert (told["case_id"], told["number"]) == (customer.conversation, 1001)
        for person in (cleo, console):
            error = await person.hears("error")
            assert (error["code"], error["conversation"], error["retry"]) == (
                "conversation_deleted",
                customer.conversation,
                False,
            )
        await console.hears("presence", lambda it: not it["people"])
        await looks_at(console, other, neighbours)
        await refuses_whatever_comes_late(chat, customer, cleo)
        await dora.writes(other.conversation, "still here")
        assert not dora.of("error")
    answer = await answer_of(settings)
    removed = {store.store: store.removed for store in answer.stores}
    assert (answer.service, removed["data_key"], removed[ENTRIES]) == ("chat", 1, 4)
    async with Database.connect(settings.mongo, settings.database("chat")) as database:
        assert await keeps_only(database, other)


async def looks_at(console: Person, customer: Customer, neighbours: Neighbours) -> None:
    case = {"conversation": customer.conversation, "company": neighbours.company}
    await console.say(t="look", **case)
    await console.hears(
        "presence", lambda it: it["case_id"] == customer.conversation and bool(it["people"])
    )


async def refuses_whatever_comes_late(chat: Instance, customer: Customer, cleo: Person) -> None:
    late = new_id()
    await cleo.say(t="send", conversation=customer.conversation, client_id=late, text="too late")
    refused = await cleo.hears("error", lambda frame: frame.get("client_id") == late)
    assert (refused["code"], refused["retry"]) == ("conversation_deleted", False)
    async with chat.browser(customer.token) as browser:
        body = {"ticket": customer.ticket(), "secret": customer.secret}
        again = await browser.post("/api/chat/conversations", json=body)
        look = await browser.get(f"/api/chat/conversations/{customer.conversation}")
    for answer in (again, look):
        assert (answer.status_code, answer.json()["error"]["code"]) == (
            410,
            "conversation_deleted",
        )


async def keeps_only(database: Database, other: Customer) -> bool:
    async def found() -> set[str]:
        rows = await database.collection(ENTRIES).find({})
        rows += await database.collection(CURSORS).find({})
        ids = {row["conversation_id"] for row in rows}
        for name in (CONVERSATIONS, TICKETS):
            ids |= {row["_id"] for row in await database.collection(name).find({})}
        return ids

    return await eventually(found, lambda ids: ids == {other.conversation}) != set()


async def test_what_is_still_on_its_way_when_it_is_erased_is_not_stored(
    chat: Instance, settings: Settings, neighbours: Neighbours
) -> None:
    """An entry without a word in it could be read without the key."""
    customer, other = Customer(neighbours), Customer(neighbours)
    await customer.opens(chat)
    ended = ConversationEnded.model_validate(
        of(customer, neighbours)
        | {"aggregate_version": 0, "author": Author(kind="system"), "by": "gone"}
    )
    late = await encode(ended, chat.app.state.chat.keyring)
    await delete(chat, customer, neighbours)
    await answer_of(settings)
    await chat.app.state.chat.producer.send(late)
    await other.opens(chat)
    async with Database.connect(settings.mongo, settings.database("chat")) as database:
        assert await keeps_only(database, other)
