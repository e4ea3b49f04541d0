"""The desk socket on the real service, with the embedded broker and MongoDB."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from typing import Any

import pytest
from prometheus_client import REGISTRY
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from chassis.clock import FakeClock, SystemClock
from chassis.ids import new_id
from chassis.settings import Settings
from services.chat.app import Patience
from services.chat.outbound import Limits
from services.chat.relay import Relay
from services.chat.tests.world import Customer, Instance, Person, running
from tests.support.neighbours import Neighbours, eventually

pytestmark = [pytest.mark.tansu, pytest.mark.mongo]


@pytest.fixture
async def chat(settings: Settings, neighbours: Neighbours) -> AsyncIterator[Instance]:
    patience = Patience(authentication_seconds=0.5)
    async with running(settings, patience=patience) as instance:
        yield instance


@pytest.fixture
async def customer(chat: Instance, neighbours: Neighbours) -> Customer:
    """A customer whose conversation is open."""
    customer = Customer(neighbours)
    await customer.opens(chat)
    return customer


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
                await asyncio.gather(
                    *(
                        browser.post(
                            f"/api/chat/conversations/{customer.conversation}/messages",
                            json={"client_id": new_id(), "text": text},
                        )
                        for text in wanted[start : start + 50]
                    )
                )
    async with running(settings) as chat, Person.at(chat, customer.token) as cleo:
        await cleo.watches(customer.conversation)
        pages = cleo.of("entries")
        assert [page["complete"] for page in pages] == [False] * (len(pages) - 1) + [True]
        assert max(len(page["entries"]) for page in pages) <= 200
        seqs = [it["seq"] for it in cleo.shows(customer.conversation)]
        assert seqs == sorted(set(seqs))
        assert sorted(cleo.texts(customer.conversation)) == sorted(wanted)


# ---- whom it is not for --------------------------------------------------------------------------


async def test_another_customer_and_another_company_see_nothing(
    chat: Instance, neighbours: Neighbours, customer: Customer
) -> None:
    stranger = Customer(neighbours)
    foreign = await neighbours.employ("Eve", companies=(new_id(),))
    for token in (stranger.token, neighbours.token(foreign)):
        async with Person.at(chat, token) as person:
            await person.say(t="watch", conversation=customer.conversation)
            assert (await person.hears("error"))["code"] == "conversation_unknown"
            await person.say(
                t="send", conversation=customer.conversation, client_id=new_id(), text="hello"
            )
            await person.hears("error", lambda f: "client_id" in f)


@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c"])
async def test_a_forged_token_closes_with_4001(chat: Instance, token: str) -> None:
    async with Person.at(chat) as person:
        await person.say(t="auth", token=token, protocol=1)
        assert await person.leaves() == 4001
        assert person.of("error")[0]["code"] == "token_invalid"


async def test_an_old_token_closes_with_4001(chat: Instance, neighbours: Neighbours) -> None:
    clock = FakeClock(SystemClock().now())
    clock.advance(-3600)
    old = neighbours.signed_at(clock).access(Customer(neighbours).identity)[0]
    async with Person.at(chat) as person:
        await person.say(t="auth", token=old, protocol=1)
        assert await person.leaves() == 4001
        assert person.of("error")[0]["code"] == "token_expired"


async def test_a_token_that_runs_out_closes_unless_it_was_renewed(
    chat: Instance, neighbours: Neighbours, customer: Customer
) -> None:
    clock = FakeClock(SystemClock().now())
    clock.advance(-599)
    short = neighbours.signed_at(clock).access(customer.identity)[0]
    async with Person.at(chat, short) as kept, Person.at(chat, short) as lost:
        await kept.say(t="renew", token=customer.token)
        await kept.hears("ready", lambda f: f is not kept.of("ready")[0])
        assert await lost.leaves() == 4001
        assert lost.of("error")[0]["code"] == "token_expired"
        await kept.watches(customer.conversation)


async def test_a_renewal_for_somebody_else_closes(
    chat: Instance, neighbours: Neighbours, customer: Customer
) -> None:
    async with Person.at(chat, customer.token) as cleo:
        await cleo.say(t="renew", token=Customer(neighbours).token)
        assert await cleo.leaves() == 4001


async def test_who_says_nothing_is_closed_with_4008(chat: Instance) -> None:
    async with Person.at(chat) as person:
        assert await person.leaves() == 4008
        assert person.of("error")[0]["code"] == "authentication_timeout"


async def test_a_page_of_another_origin_is_turned_away(chat: Instance, settings: Settings) -> None:
    url = f"ws://{chat.address}/ws"
    with pytest.raises(InvalidStatus):
        await connect(url, origin="https://evil.example")  # type: ignore[arg-type]
    for origin in (settings.public_url, f"http://{chat.address}"):
        async with connect(url, origin=origin):  # type: ignore[arg-type]
            pass


async def test_one_person_has_so_many_sockets_and_no_more(
    settings: Settings, neighbours: Neighbours
) -> None:
    customer = Customer(neighbours)
    async with (
        running(settings, sockets_per_person=2) as chat,
        Person.at(chat, customer.token),
        Person.at(chat, customer.token),
        Person.at(chat) as third,
    ):
        await third.say(t="auth", token=customer.token, protocol=1)
        assert await third.leaves() == 4009
        assert third.of("error")[0]["code"] == "too_many_sockets"


# ---- bad input -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x" * 10_001, "text_too_long"),
        ("bell \x07", "control_characters"),
        ("  \u200b ", "text_empty"),
    ],
)
async def test_a_text_that_cannot_be_accepted_is_refused_and_nothing_else_happens(
    chat: Instance, customer: Customer, text: str, code: str
) -> None:
    client_id = new_id()
    async with Person.at(chat, customer.token) as cleo:
        await cleo.watches(customer.conversation)
        await cleo.say(t="send", conversation=customer.conversation, client_id=client_id, text=text)
        error = await cleo.hears("error")
        assert (error["code"], error["client_id"], error["retry"]) == (code, client_id, False)
        await cleo.writes(customer.conversation, "still here")
        await cleo.sees(customer.conversation, "still here")
        assert cleo.texts(customer.conversation) == ["still here"]


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("{", "frame_invalid"),
        ('{"t":"dance"}', "frame_invalid"),
        ('{"t":"watch","conversation":"../etc"}', "frame_invalid"),
        (b"\x00\x01", "frame_invalid"),
        (json.dumps({"t": "renew", "token": "x" * 70_000}), "frame_too_large"),
    ],
)
async def test_a_broken_or_too_large_frame_closes_with_4009(
    chat: Instance, customer: Customer, frame: str | bytes, code: str
) -> None:
    async with Person.at(chat, customer.token) as cleo:
        await cleo.socket.send(frame)
        assert await cleo.leaves() == 4009
        assert cleo.of("error")[0]["code"] == code


async def test_a_frame_before_authentication_closes_with_4009(
    chat: Instance, customer: Customer
) -> None:
    async with Person.at(chat) as person:
        await person.say(t="watch", conversation=customer.conversation)
        assert await person.leaves() == 4009


async def test_another_protocol_closes_with_4009(chat: Instance, customer: Customer) -> None:
    async with Person.at(chat) as person:
        await person.say(t="auth", token=customer.token, protocol=2)
        assert await person.leaves() == 4009
        assert person.of("error")[0]["code"] == "protocol_unsupported"


async def test_more_frames_than_a_person_causes_close_with_4009(
    chat: Instance, customer: Customer
) -> None:
    async with Person.at(chat, customer.token) as cleo:
        for _ in range(100):
            await cleo.say(t="unwatch", conversation=customer.conversation)
        assert await cleo.leaves() == 4009
        assert cleo.of("error")[0]["code"] == "rate_limited"


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
