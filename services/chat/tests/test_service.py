"""Chat among its neighbours: what cases, notify and portal say reaches conversations and consoles."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any, TypeVar

import pytest

from chassis.clock import SystemClock
from chassis.codec import decode, encode
from chassis.devstack.tansu import Tansu
from chassis.ids import new_id
from chassis.settings import Settings
from chassis.tail import Tail
from chassis.tokens import Identity
from contracts.cases import (
    CaseAssigned,
    CaseChanged,
    CaseDescribed,
    CaseOpened,
    CaseReady,
    CaseReopened,
    CaseRequested,
    CaseResolved,
)
from contracts.chat import BotSpoke, ConversationOpened, MessageSent
from contracts.envelope import Actor, Message
from contracts.notify import AlertRaised, InboxChanged
from contracts.topics import CHAT_LOG, DATA_KEYS
from services.chat.positions import epoch_of, partition_of
from services.chat.tests import case_examples
from services.chat.tests.world import Customer, Instance, Person, running
from tests.support.neighbours import Neighbours

pytestmark = [pytest.mark.tansu, pytest.mark.mongo]

C = TypeVar("C", bound=CaseChanged)


@pytest.fixture
async def chat(settings: Settings, neighbours: Neighbours) -> AsyncIterator[Instance]:
    async with running(settings) as instance:
        yield instance


@pytest.fixture
async def customer(chat: Instance, neighbours: Neighbours) -> Customer:
    customer = Customer(neighbours)
    await customer.opens(chat)
    return customer


@pytest.fixture
async def ada(neighbours: Neighbours) -> Identity:
    return await neighbours.employ("Ada")


def happened(
    kind: type[C], customer: Customer, neighbours: Neighbours, version: int = 1, **fields: Any
) -> C:
    """An event of the customer's case."""
    return case_examples.happened(
        kind,
        version,
        conversation=customer.conversation,
        tenant=neighbours.tenant,
        company=neighbours.company,
        time=SystemClock().now(),
        **fields,
    )


async def say(chat: Instance, message: Message) -> None:
    """Put a neighbour's message on its topic, sealed with the key that chat has made."""
    parts = chat.app.state.chat
    await parts.producer.send(await encode(message, parts.keyring))


def activities(person: Person, customer: Customer) -> list[str]:
    shown = person.shows(customer.conversation)
    return [str(e.get("code", e["kind"])) for e in shown if e["kind"] in ("activity", "ended")]


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


async def test_what_waits_is_not_shown_to_who_is_not_available(
    chat: Instance, neighbours: Neighbours, customer: Customer, ada: Identity
) -> None:
    ben = await neighbours.employ("Ben", available=False)
    async with (
        Person.at(chat, neighbours.token(ada)) as available,
        Person.at(chat, neighbours.token(ben)) as away,
    ):
        pending = {"state": "pending"}
        await say(chat, happened(CaseOpened, customer, neighbours, status=pending))
        await say(chat, happened(CaseReady, customer, neighbours, 2))
        await say(chat, alert(customer, neighbours, ada, ben))
        assigned = {"state": "assigned"}
        await say(
            chat,
            happened(CaseAssigned, customer, neighbours, 3, technician_id=ada.id, status=assigned),
        )
        for technician in (available, away):
            await technician.hears("case", lambda f: bool(f["event"] == "case.assigned"))
        await available.hears("alert")
        assert [it["event"] for it in available.of("case")] == [
            "case.opened",
            "case.ready",
            "case.assigned",
        ]
        assert [it["event"] for it in away.of("case")] == ["case.assigned"]
        assert away.of("alert") == []
        await neighbours.list_again(ben, 2, available=True)
        await away.hears("technician", lambda f: bool(f["id"] == ben.id and f["available"]))
        await say(chat, happened(CaseReopened, customer, neighbours, 4, technician_id=None))
        await away.hears("case", lambda f: bool(f["event"] == "case.reopened"))


async def test_a_case_that_comes_back_to_nobody_is_withdrawn_from_who_does_not_see_it(
    chat: Instance, neighbours: Neighbours, customer: Customer, ada: Identity
) -> None:
    """Without it, a list would go on showing as resolved what waits."""
    ben = await neighbours.employ("Ben", available=False)
    eve = await neighbours.employ("Eve", available=False, companies=(new_id(),))
    async with (
        Person.at(chat, neighbours.token(ada)) as available,
        Person.at(chat, neighbours.token(ben)) as away,
        Person.at(chat, neighbours.token(eve)) as elsewhere,
    ):
        back = happened(CaseReopened, customer, neighbours, 4, technician_id=None)
        await say(chat, back)
        withdrawn = await away.hears("withdrawn")
        assert withdrawn == {"t": "withdrawn", "case_id": customer.conversation}
        await available.hears("case", lambda f: bool(f["event"] == "case.reopened"))
        # What waited before was not in sight, so there is nothing to withdraw.
        await say(chat, happened(CaseDescribed, customer, neighbours, 5))
        resolved = {"state": "resolved"}
        last = happened(
            CaseResolved, customer, neighbours, 6, technician_id=ada.id, status=resolved
        )
        await say(chat, last)
        await away.hears("case", lambda f: bool(f["event"] == "case.resolved"))
        assert (away.of("case")[0]["event"], len(away.of("withdrawn"))) == ("case.resolved", 1)
        assert available.of("withdrawn") == elsewhere.of("withdrawn") == []


async def test_where_nothing_is_hidden_who_is_not_available_sees_what_waits_and_hears_nothing(
    chat: Instance, neighbours: Neighbours, customer: Customer, ada: Identity
) -> None:
    ben = await neighbours.employ("Ben", available=False)
    async with (
        Person.at(chat, neighbours.token(ada)) as available,
        Person.at(chat, neighbours.token(ben)) as away,
    ):
        await neighbours.list_account(hide_incoming=False)
        for person in (available, away):
            told = await person.hears("account")
            assert told == {"t": "account", "hide_incoming": False}
        await say(chat, happened(CaseOpened, customer, neighbours))
        await say(chat, alert(customer, neighbours, ada, ben))
        await available.hears("alert")
        await away.hears("case", lambda f: bool(f["event"] == "case.opened"))
        await neighbours.list_account(2, hide_incoming=True)
        await away.hears("account", lambda f: bool(f["hide_incoming"]))
        await say(chat, happened(CaseReady, customer, neighbours, 2))
        await available.hears("case", lambda f: bool(f["event"] == "case.ready"))
        assert [it["event"] for it in away.of("case")] == ["case.opened"]
        assert away.of("alert") == []


async def test_cases_and_alerts_reach_those_they_are_for(
    chat: Instance, neighbours: Neighbours, customer: Customer, ada: Identity
) -> None:
    ben = await neighbours.employ("Ben")
    eve = await neighbours.employ("Eve", companies=(new_id(),))
    async with (
        Person.at(chat, customer.token) as cleo,
        Person.at(chat, neighbours.token(ada)) as told,
        Person.at(chat, neighbours.token(ben)) as untold,
        Person.at(chat, neighbours.token(eve)) as foreign,
    ):
        await cleo.watches(customer.conversation)
        await say(chat, happened(CaseOpened, customer, neighbours))
        await say(chat, inbox_changed(customer, neighbours, ada))
        await say(chat, alert(customer, neighbours, ada))
        frame = await told.hears("case")
        assert frame["event"] == "case.opened"
        assert frame["case"]["id"] == customer.conversation
        assert frame["case"]["preview"] == "it does not start"
        assert (await told.hears("alert")) == {
            "t": "alert",
            "kind": "waiting",
            "case_id": customer.conversation,
            "number": 1001,
        }
        await untold.hears("case")
        await say(chat, happened(CaseAssigned, customer, neighbours, 2, technician_id=ada.id))
        await untold.hears("case", lambda f: bool(f["event"] == "case.assigned"))
        assert untold.of("alert") == untold.of("inbox") == cleo.of("inbox") == []
        assert told.of("inbox") == [
            {"t": "inbox", "case_id": customer.conversation, "kind": "mentioned"}
        ]
        await cleo.finds(lambda: activities(cleo, customer) or None)
        assert cleo.of("case") == cleo.of("alert") == []
        assert foreign.of("case") == foreign.of("alert") == []


async def test_an_alert_that_is_published_twice_rings_once(
    chat: Instance, neighbours: Neighbours, customer: Customer, ada: Identity
) -> None:
    first = alert(customer, neighbours, ada)
    last = alert(customer, neighbours, ada).model_copy(update={"number": 1002})
    async with Person.at(chat, neighbours.token(ada)) as told:
        for message in (first, first, last):
            await say(chat, message)
        # All on one partition: once the last is heard, both copies of the first were read.
        await told.hears("alert", lambda f: bool(f["number"] == last.number))
        assert [f["number"] for f in told.of("alert")] == [first.number, last.number]


def inbox_changed(customer: Customer, neighbours: Neighbours, whose: Identity) -> InboxChanged:
    known = alert(customer, neighbours).model_dump(
        exclude={"id", "type", "alert", "number", "told", "considered"}
    )
    entry = {"technician_id": whose.id, "entry_id": new_id(), "kind": "mentioned"}
    return InboxChanged(id=new_id(), **known, **entry)


def alert(customer: Customer, neighbours: Neighbours, *told: Identity) -> AlertRaised:
    return AlertRaised(
        id=new_id(),
        time=SystemClock().now(),
        tenant=neighbours.tenant,
        key=customer.conversation,
        aggregate_version=1,
        actor=Actor(kind="system", via="test"),
        correlation_id=new_id(),
        company_id=neighbours.company,
        conversation_id=customer.conversation,
        alert="waiting",
        number=1001,
        told=tuple(it.id for it in told),
        considered=(),
    )


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
