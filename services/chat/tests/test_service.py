"""Chat among its neighbours: what cases, notify and portal say reaches conversations and consoles."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from chassis.clock import SystemClock
from chassis.codec import decode
from chassis.devstack.tansu import Tansu
from chassis.ids import new_id
from chassis.settings import Settings
from chassis.tail import Tail
from chassis.tokens import Identity
from contracts.cases import (
    CaseAssigned,
    CaseReopened,
    CaseRequested,
    CaseResolved,
)
from contracts.chat import BotSpoke, ConversationOpened, MessageSent
from contracts.envelope import Actor, Message
from contracts.topics import CHAT_LOG, DATA_KEYS
from services.chat.positions import epoch_of, partition_of
from services.chat.tests.telling import activities, happened, say
from services.chat.tests.world import Customer, Instance, Person, running
from tests.support.neighbours import Neighbours

pytestmark = [pytest.mark.tansu, pytest.mark.mongo]


def last_line(person: Person, customer: Customer, kind: str) -> dict[str, Any] | None:
    shown = [e for e in person.shows(customer.conversation) if e["kind"] == kind]
    return shown[-1] if shown else None


def ends(person: Person, customer: Customer) -> list[dict[str, Any]]:
    return [e for e in person.shows(customer.conversation) if e["kind"] == "ended"]


# ---- the life of the case ------------------------------------------------------------------------


async def test_who_takes_the_case_has_joined_however_often_the_event_comes(
    chat: Instance, neighbours: Neighbours, customer: Customer, ada: Identity
) -> None:
    async with Person.at(chat, customer.token) as cleo:
        await cleo.watches(customer.conversation)
        event = happened(CaseAssigned, customer, neighbours, technician_id=ada.id)
        for _ in range(2):
            await say(chat, event)
        await cleo.finds(lambda: activities(cleo, customer) or None)
        await cleo.writes(customer.conversation, "hello")
        await cleo.sees(customer.conversation, "hello")
        (joined,) = [e for e in cleo.shows(customer.conversation) if e["kind"] == "activity"]
        assert (joined["code"], joined["params"]) == (
            "joined",
            {"technician_id": ada.id, "name": "Ada"},
        )
        assert joined["author"] == {"kind": "system", "id": None, "name": ""}


async def test_who_takes_a_case_whose_chat_has_ended_joins_nobody(
    chat: Instance, neighbours: Neighbours, customer: Customer, ada: Identity
) -> None:
    """The log counts, also where cases had not heard of the end when the case was taken."""
    async with Person.at(chat, customer.token) as cleo:
        await cleo.watches(customer.conversation)
        await cleo.say(t="end", conversation=customer.conversation, client_id=new_id())
        await cleo.finds(lambda: ends(cleo, customer) or None)
        await say(chat, happened(CaseAssigned, customer, neighbours, technician_id=ada.id))
        taken = await cleo.finds(lambda: last_line(cleo, customer, "activity"))
        assert (taken["code"], taken["params"]["name"]) == ("taken", "Ada")


async def test_resolving_ends_the_live_chat_and_the_customer_hears_no_more_than_that(
    chat: Instance, neighbours: Neighbours, customer: Customer, ada: Identity
) -> None:
    async with (
        Person.at(chat, customer.token) as cleo,
        Person.at(chat, neighbours.token(ada)) as technician,
    ):
        await cleo.watches(customer.conversation)
        await technician.watches(customer.conversation)
        await say(chat, happened(CaseResolved, customer, neighbours, technician_id=ada.id))
        await say(chat, happened(CaseReopened, customer, neighbours, 2, technician_id=ada.id))
        await technician.finds(
            lambda: activities(technician, customer) == ["resolved", "ended", "reopened"] or None
        )
        await cleo.writes(customer.conversation, "thank you")
        assert (await cleo.sees(customer.conversation, "thank you"))["late"]
        assert activities(cleo, customer) == ["resolved", "ended"]


async def test_who_stops_waiting_leaves_the_chat(
    chat: Instance, neighbours: Neighbours, customer: Customer
) -> None:
    async with Person.at(chat, customer.token) as cleo:
        await cleo.watches(customer.conversation)
        who = Actor(kind="customer", id=customer.identity.id, via="portal")
        now = SystemClock().now()
        status = {"case_type": "request", "live": False, "requested_at": now, "ended_at": now}
        event = happened(
            CaseRequested, customer, neighbours, reason="customer", actor=who, status=status
        )
        await say(chat, event)
        ended = await cleo.finds(lambda: next(iter(ends(cleo, customer)), None))
        assert ended["params"] == {"by": "request"}
        assert ended["case_version"] == event.aggregate_version
        assert ended["author"] == {
            "kind": "customer",
            "id": customer.identity.id,
            "name": "Cleo Cox",
        }


async def test_a_request_that_never_was_a_chat_holds_up_nothing_and_stays_without_a_conversation(
    chat: Instance, neighbours: Neighbours, customer: Customer, ada: Identity
) -> None:
    request = Customer(neighbours)
    while partition_of(request.conversation, 12) != partition_of(customer.conversation, 12):
        request = Customer(neighbours)
    await neighbours.make_key(request.conversation)
    status = {"case_type": "request", "live": False, "requested_at": SystemClock().now()}
    async with (
        Person.at(chat, customer.token) as cleo,
        Person.at(chat, neighbours.token(ada)) as technician,
    ):
        await cleo.watches(customer.conversation)
        await neighbours.say(
            happened(CaseAssigned, request, neighbours, technician_id=ada.id, status=status)
        )
        await say(chat, happened(CaseAssigned, customer, neighbours, technician_id=ada.id))
        await cleo.finds(lambda: activities(cleo, customer) or None)
        frame = await technician.hears(
            "case", lambda f: bool(f["case"]["id"] == request.conversation)
        )
        assert frame["case"]["type"] == "request"
    assert await chat.app.state.chat.store.load(request.conversation) is None


# ---- customers who wait, and are gone --------------------------------------------------------------


async def test_a_page_that_is_closed_ends_the_chat_after_the_grace_unless_somebody_came(
    chat: Instance, neighbours: Neighbours, ada: Identity
) -> None:
    await neighbours.list_portal(grace=2)
    await chat.lists(neighbours.portal)
    gone, met, here = (Customer(neighbours) for _ in range(3))
    for it in (gone, met, here):
        await it.opens(chat)
    async with Person.at(chat, met.token) as person:
        await person.watches(met.conversation)
        await say(chat, happened(CaseAssigned, met, neighbours, technician_id=ada.id))
        await person.finds(lambda: activities(person, met) or None)
    async with (
        Person.at(chat, neighbours.token(ada)) as technician,
        Person.at(chat, here.token) as cleo,
    ):
        async with Person.at(chat, gone.token) as leaving:
            await leaving.watches(gone.conversation)
        for it in (gone, met, here):
            await technician.watches(it.conversation)
        ended = await technician.finds(lambda: next(iter(ends(technician, gone)), None))
        assert ended["params"] == {"by": "gone"}
        assert ended["author"]["kind"] == "system"
        await asyncio.sleep(2.5)
        assert ends(technician, met) == ends(technician, here) == []
        assert cleo.closed_with is None


# ---- people --------------------------------------------------------------------------------------


async def test_consoles_see_who_becomes_available(
    chat: Instance, neighbours: Neighbours, ada: Identity
) -> None:
    async with Person.at(chat, neighbours.token(ada)) as technician:
        await neighbours.list_again(ada, 2, available=False)
        # The directory of the start may still be on its way to the socket, and says that she is available.
        frame = await technician.hears("technician", lambda it: not it["available"])
        assert frame == {"t": "technician", "id": ada.id, "name": "Ada", "available": False}


async def test_who_loses_rights_loses_the_socket(
    chat: Instance, neighbours: Neighbours, ada: Identity
) -> None:
    async with Person.at(chat, neighbours.token(ada)) as technician:
        later = SystemClock().now() + timedelta(seconds=1)
        await neighbours.list_again(ada, 2, not_before=later)
        assert await technician.leaves() == 4001
        assert technician.of("error")[0]["code"] == "token_expired"


# ---- after a restart -----------------------------------------------------------------------------


async def test_a_restart_loses_nothing_and_goes_on_in_the_same_log(
    settings: Settings, neighbours: Neighbours
) -> None:
    customer = Customer(neighbours)
    async with running(settings) as chat, chat.browser(customer.token) as browser:
        await customer.opens(chat)
        first = await customer.posts(browser, "before")
    async with running(settings) as chat, Person.at(chat, customer.token) as cleo:
        await cleo.watches(customer.conversation)
        ack = await cleo.writes(customer.conversation, "after")
        await cleo.sees(customer.conversation, "after")
        assert cleo.texts(customer.conversation) == ["before", "after"]
        assert first < ack["seq"]
        assert epoch_of(first) == epoch_of(ack["seq"])


async def test_a_broker_that_forgot_everything_gets_a_new_epoch_and_the_recent_past(
    settings: Settings, neighbours: Neighbours, broker: Tansu
) -> None:
    customer = Customer(neighbours)
    async with running(settings) as chat, chat.browser(customer.token) as browser:
        await customer.opens(chat)
        first = await customer.posts(browser, "before")
    broker.stop()
    broker.start()
    await neighbours.settle(settings)
    async with running(settings) as chat, Person.at(chat, customer.token) as cleo:
        shown = await cleo.watches(customer.conversation, after=first)
        assert [it["kind"] for it in shown] == ["bot"]
        ack = await cleo.writes(customer.conversation, "after")
        assert epoch_of(ack["seq"]) == epoch_of(first) + 1
        await cleo.sees(customer.conversation, "after")
        assert cleo.texts(customer.conversation) == ["after"]
        async with Person.at(chat, customer.token) as other:
            await other.watches(customer.conversation)
            assert other.texts(customer.conversation) == ["before", "after"]
        await _has_recent_past(settings, chat, customer)


async def _has_recent_past(settings: Settings, chat: Instance, customer: Customer) -> None:
    """The other services find on the fresh broker what they may not have read before."""
    keys, replayed, fresh = set[str](), list[Message](), list[Message]()
    async with Tail(settings, [DATA_KEYS, CHAT_LOG]) as tail:
        async for batch in tail:
            for record in batch.records:
                if batch.topic == DATA_KEYS.name:
                    keys.add(record.key.decode())
                else:
                    keyring = chat.app.state.chat.keyring
                    message = await decode(record.value, record.headers, keyring)
                    again = "replay" in dict(record.headers)
                    (replayed if again else fresh).append(message)
            if keys and fresh:
                break
    assert customer.conversation in keys
    assert [type(it) for it in replayed] == [ConversationOpened, MessageSent, BotSpoke]
    assert [it.text for it in fresh if isinstance(it, MessageSent)] == ["after"]
