"""The desk socket on the real service, with the embedded broker and MongoDB."""

import asyncio
import json
import socket
from contextlib import AsyncExitStack, suppress
from typing import Any

import pytest
from prometheus_client import REGISTRY
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from chassis.ids import new_id
from chassis.settings import Settings
from services.chat.app import Patience
from services.chat.outbound import Limits
from services.chat.relay import Relay
from services.chat.tests.world import Customer, Instance, Person, running
from tests.support.neighbours import Neighbours, eventually

pytestmark = [pytest.mark.tansu, pytest.mark.mongo]


# ---- talking -------------------------------------------------------------------------------------


async def test_a_customer_and_a_technician_talk(
    chat: Instance, neighbours: Neighbours, customer: Customer
) -> None:
    ada = await neighbours.employ("Ada")
    async with (
        Person.at(chat, customer.token) as cleo,
        Person.at(chat, neighbours.token(ada)) as technician,
    ):
        conversation = customer.conversation
        assert [it["kind"] for it in await cleo.watches(conversation)] == ["opened"]
        await technician.watches(conversation)
        ack = await cleo.writes(conversation, "it does not start")
        seen = await technician.sees(conversation, "it does not start")
        assert (seen["id"], seen["seq"], seen["time"]) == (ack["id"], ack["seq"], ack["time"])
        assert seen["author"]["name"] == "Cleo Cox"
        await technician.writes(conversation, "is it plugged in")
        answer = await cleo.sees(conversation, "is it plugged in")
        assert answer["author"] == {"kind": "technician", "id": ada.id, "name": "Ada"}


async def test_a_resend_is_the_same_message(chat: Instance, customer: Customer) -> None:
    client_id = new_id()
    async with Person.at(chat, customer.token) as one, Person.at(chat, customer.token) as two:
        await one.watches(customer.conversation)
        first = await one.writes(customer.conversation, "hello", client_id)
        again = await two.writes(customer.conversation, "hello", client_id)
        assert (again["id"], again["seq"], again["time"]) == (
            first["id"],
            first["seq"],
            first["time"],
        )
        await one.writes(customer.conversation, "more")
        await one.sees(customer.conversation, "more")
        assert one.texts(customer.conversation) == ["hello", "more"]


async def test_two_sends_of_the_same_at_once_are_one(chat: Instance, customer: Customer) -> None:
    client_id = new_id()
    async with Person.at(chat, customer.token) as one, Person.at(chat, customer.token) as two:
        await one.watches(customer.conversation)
        await asyncio.gather(
            one.writes(customer.conversation, "hello", client_id),
            two.writes(customer.conversation, "hello", client_id),
        )
        await one.writes(customer.conversation, "more")
        await one.sees(customer.conversation, "more")
        assert one.texts(customer.conversation) == ["hello", "more"]


async def test_another_text_under_the_same_id_is_refused(
    chat: Instance, customer: Customer
) -> None:
    client_id = new_id()
    async with Person.at(chat, customer.token) as cleo:
        await cleo.watches(customer.conversation)
        await cleo.writes(customer.conversation, "yes", client_id)
        await cleo.say(t="send", conversation=customer.conversation, client_id=client_id, text="no")
        error = await cleo.hears("error")
        assert (error["code"], error["client_id"]) == ("message_conflict", client_id)
        assert not error["retry"]


async def test_messages_sent_without_waiting_keep_their_order(
    chat: Instance, customer: Customer
) -> None:
    wanted = [f"line {n}" for n in range(50)]
    async with Person.at(chat, customer.token) as cleo:
        await cleo.watches(customer.conversation)
        for text in wanted:
            await cleo.say(
                t="send", conversation=customer.conversation, client_id=new_id(), text=text
            )
        await cleo.sees(customer.conversation, wanted[-1])
        assert cleo.texts(customer.conversation) == wanted


async def test_either_side_ends_the_chat_once_and_later_messages_are_late(
    chat: Instance, neighbours: Neighbours, customer: Customer
) -> None:
    ada = await neighbours.employ("Ada")
    async with (
        Person.at(chat, customer.token) as cleo,
        Person.at(chat, neighbours.token(ada)) as technician,
    ):
        for person in (cleo, technician):
            await person.watches(customer.conversation)
        await technician.say(t="end", conversation=customer.conversation, client_id=new_id())
        first = await technician.hears("ack")
        ended = await cleo.finds(
            lambda: next(
                (e for e in cleo.shows(customer.conversation) if e["kind"] == "ended"), None
            )
        )
        assert ended["params"] == {"by": "technician"}
        assert (await chat.logged(customer.conversation, ended["id"])).origin.address
        await cleo.say(t="end", conversation=customer.conversation, client_id=new_id())
        again = await cleo.hears("ack")
        assert (again["id"], again["seq"]) == (first["id"], first["seq"])
        await cleo.writes(customer.conversation, "are you there")
        assert (await technician.sees(customer.conversation, "are you there"))["late"]
        await technician.say(
            t="send", conversation=customer.conversation, client_id=new_id(), text="no"
        )
        assert (await technician.hears("error"))["code"] == "conversation_ended"


async def test_typing_and_cursors_reach_the_other_side_only(
    chat: Instance, neighbours: Neighbours, customer: Customer
) -> None:
    ada = await neighbours.employ("Ada")
    conversation = customer.conversation
    async with (
        Person.at(chat, customer.token) as cleo,
        Person.at(chat, neighbours.token(ada)) as technician,
    ):
        await cleo.watches(conversation)
        await technician.watches(conversation)
        await technician.say(t="typing", conversation=conversation, on=True)
        await cleo.say(t="typing", conversation=conversation, on=True)
        assert (await technician.hears("typing"))["who"]["name"] == "Cleo Cox"
        ack = await technician.writes(conversation, "hello")
        await cleo.sees(conversation, "hello")
        await cleo.say(t="cursor", conversation=conversation, delivered=ack["seq"], read=0)
        moved = await technician.hears("cursor")
        assert (moved["delivered"], moved["read"]) == (ack["seq"], 0)
        # The customer had not met Ada when she typed, and nobody is told what they do themselves.
        assert cleo.of("typing") == cleo.of("cursor") == []
        await technician.say(t="typing", conversation=conversation, on=False)
        assert (await cleo.hears("typing"))["who"]["name"] == "Ada"


async def test_who_goes_on_typing_after_a_message_is_seen_to(
    chat: Instance, neighbours: Neighbours, customer: Customer
) -> None:
    """The bound of one sign a second is for going on, not for beginning anew."""
    ada = await neighbours.employ("Ada")
    conversation = customer.conversation
    async with (
        Person.at(chat, customer.token) as cleo,
        Person.at(chat, neighbours.token(ada)) as technician,
    ):
        await cleo.watches(conversation)
        await technician.watches(conversation)
        for text in ("one", "two"):
            await cleo.say(t="typing", conversation=conversation, on=True)
            await cleo.say(t="typing", conversation=conversation, on=True)
            await cleo.writes(conversation, text)
        await cleo.say(t="typing", conversation=conversation, on=False)
        await technician.hears("typing", lambda frame: not frame["on"])
        assert [frame["on"] for frame in technician.of("typing")] == [True, True, False]


async def test_a_cursor_never_goes_back_nor_beyond_the_log_and_is_kept(
    chat: Instance, settings: Settings, customer: Customer
) -> None:
    conversation = customer.conversation
    async with Person.at(chat, customer.token) as cleo, Person.at(chat, customer.token) as other:
        await cleo.watches(conversation)
        ack = await cleo.writes(conversation, "hello")
        await cleo.sees(conversation, "hello")
        await cleo.say(t="cursor", conversation=conversation, delivered=2**52, read=ack["seq"])
        await cleo.say(t="cursor", conversation=conversation, delivered=5, read=5)

        async def cursors() -> list[dict[str, Any]]:
            other.frames.clear()
            await other.watches(conversation)
            return list(other.of("entries")[-1]["cursors"])

        (cursor,) = await eventually(cursors, bool)
        assert cursor["read"] == ack["seq"]
        assert ack["seq"] <= cursor["delivered"] < 2**52
        store = chat.app.state.chat.store
        await eventually(lambda: store.cursors(conversation), bool)
        (stored,) = await store.cursors(conversation)
        assert (stored.delivered, stored.read) == (cursor["delivered"], cursor["read"])


# ---- coming back ---------------------------------------------------------------------------------


async def test_who_comes_back_gets_exactly_the_rest(chat: Instance, customer: Customer) -> None:
    async with Person.at(chat, customer.token) as cleo:
        await cleo.watches(customer.conversation)
        for n in range(5):
            await cleo.writes(customer.conversation, f"before {n}")
        last = (await cleo.sees(customer.conversation, "before 2"))["seq"]
        async with Person.at(chat, customer.token) as back:
            shown = await back.watches(customer.conversation, after=last)
            assert [it["text"] for it in shown] == ["before 3", "before 4"]


async def test_a_long_past_comes_in_pages_in_order(
    settings: Settings, neighbours: Neighbours
) -> None:
    """From the store, because a second start has nothing in memory."""
    customer, wanted = Customer(neighbours), [f"line {n}" for n in range(450)]
    async with running(settings) as chat:
        await customer.opens(chat)
        async with chat.browser(customer.token) as browser:
            for start in range(0, len(wanted), 50):
                texts = wanted[start : start + 50]
                await asyncio.gather(*(customer.posts(browser, text) for text in texts))
    async with running(settings) as chat, Person.at(chat, customer.token) as cleo:
        await cleo.watches(customer.conversation)
        pages = cleo.of("entries")
        assert [page["complete"] for page in pages] == [False] * (len(pages) - 1) + [True]
        assert max(len(page["entries"]) for page in pages) <= 200
        seqs = [it["seq"] for it in cleo.shows(customer.conversation)]
        assert seqs == sorted(set(seqs))
        assert sorted(cleo.texts(customer.conversation)) == sorted(wanted)


# ---- slow, and stopped ---------------------------------------------------------------------------


async def test_a_socket_that_does_not_read_is_told_to_resume(
    settings: Settings, neighbours: Neighbours
) -> None:
    customer = Customer(neighbours)
    patience = Patience(limits=Limits(frames=20))
    async with running(settings, patience=patience) as chat:
        await customer.opens(chat)
        conversation = customer.conversation
        async with connect(
            f"ws://{chat.address}/ws", sock=_narrow(chat), max_queue=1, compression=None
        ) as deaf:
            await deaf.send(json.dumps({"t": "auth", "token": customer.token, "protocol": 1}))
            await deaf.send(json.dumps({"t": "watch", "conversation": conversation}))
            hub = chat.app.state.desk.hub
            relay = chat.app.state.chat.relay
            await eventually(lambda: _watchers(relay, conversation), bool)
            (slow,) = hub.of(customer.identity.id)
            async with chat.browser(customer.token) as browser:
                for _ in range(400):
                    if slow.closing:
                        break
                    await browser.post(
                        f"/api/chat/conversations/{conversation}/messages",
                        json={"client_id": new_id(), "text": "x" * 10_000},
                    )
            assert slow.closing
            frames = await _rest(deaf)
            assert frames[-1] == {"t": "resume", "reason": "slow"}
            assert deaf.close_code == 4000
            told = {"service": "chat", "reason": "slow"}
            assert (REGISTRY.get_sample_value("deskbus_sockets_resumed_total", told) or 0) >= 1
            last = [f["entry"]["seq"] for f in frames if f["t"] == "entry"][-1]
        async with Person.at(chat, customer.token) as back:
            rest = await back.watches(conversation, after=last)
            assert rest
            assert [f["seq"] for f in rest] == sorted(f["seq"] for f in rest)


async def _rest(connection: ClientConnection) -> list[dict[str, Any]]:
    """Everything that comes until the close."""
    frames = []
    with suppress(ConnectionClosed):
        while True:
            frames.append(json.loads(await connection.recv()))
    return frames


def _narrow(chat: Instance) -> socket.socket:
    """A connection that takes little in advance, so that a reader's pause is soon felt."""
    narrow = socket.socket()
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    host, port = chat.address.split(":")
    narrow.connect((host, int(port)))
    narrow.setblocking(False)
    return narrow


async def _watchers(relay: Relay, conversation: str) -> int:
    live = relay.in_memory(conversation)
    return len(live.watches) if live else 0


async def test_an_instance_that_stops_sends_everybody_elsewhere(
    settings: Settings, neighbours: Neighbours
) -> None:
    async with AsyncExitStack() as people:
        async with running(settings) as chat:
            cleo = await people.enter_async_context(Person.at(chat, Customer(neighbours).token))
        assert await cleo.leaves() == 4000
        assert cleo.of("resume") == [{"t": "resume", "reason": "restart"}]
