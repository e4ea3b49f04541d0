"""Whom the desk socket turns away, and for what: with the code that says why."""

import json

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from chassis.clock import FakeClock, SystemClock
from chassis.ids import new_id
from chassis.settings import Settings
from services.chat.app import Patience
from services.chat.tests.world import Customer, Instance, Person, running
from tests.support.neighbours import Neighbours

pytestmark = [pytest.mark.tansu, pytest.mark.mongo]


@pytest.fixture
def patience() -> Patience:
    return Patience(authentication_seconds=0.5)


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
