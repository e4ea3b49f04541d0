"""The bot on the desk socket, on the real service with the embedded broker and MongoDB."""

import asyncio

import pytest

from chassis.ids import new_id
from services.chat.tests.world import NAMELESS, Customer, Instance, Person
from tests.support.neighbours import Neighbours

pytestmark = [pytest.mark.tansu, pytest.mark.mongo]


def bot_codes(person: Person, conversation: str) -> list[str]:
    return [it["code"] for it in person.shows(conversation) if it["kind"] == "bot"]


async def hears_bot(person: Person, conversation: str, *codes: str) -> None:
    await person.finds(lambda: bot_codes(person, conversation) == [*codes] or None)


async def test_the_first_message_is_greeted_once_by_the_time_it_is_accepted(
    chat: Instance, neighbours: Neighbours, customer: Customer
) -> None:
    await neighbours.list_portal(greeting="Welcome to the shop")
    await chat.lists(neighbours.portal)
    conversation, client_id = customer.conversation, new_id()
    async with Person.at(chat, customer.token) as cleo:
        await cleo.watches(conversation)
        await asyncio.gather(
            *(cleo.writes(conversation, it) for it in ("hello", "are you there")),
            cleo.writes(conversation, "please", client_id),
        )
        await cleo.writes(conversation, "please", client_id)
        await cleo.writes(conversation, "anybody")
        await cleo.sees(conversation, "anybody")
        kinds = [it["kind"] for it in cleo.shows(conversation)]
        assert kinds[:2] == ["opened", "message"]
        (greeting,) = [it for it in cleo.shows(conversation) if it["kind"] == "bot"]
        assert (greeting["code"], greeting["text"]) == ("greeting", "Welcome to the shop")
        assert greeting["author"] == {"kind": "system", "id": None, "name": ""}


async def test_the_bot_asks_for_an_address_and_thanks_for_it(
    chat: Instance, neighbours: Neighbours
) -> None:
    customer, ada = Customer(neighbours), await neighbours.employ("Ada")
    conversation = await customer.opens(chat, visitor=NAMELESS)
    async with (
        Person.at(chat, customer.token) as cleo,
        Person.at(chat, neighbours.token(ada)) as technician,
    ):
        for person in (cleo, technician):
            await person.watches(conversation)
        await cleo.writes(conversation, "hello")
        asked = ["greeting", "ask_email", "ask_email_why"]
        await hears_bot(cleo, conversation, *asked)
        assert all("text" not in it for it in cleo.shows(conversation) if it["kind"] == "bot")
        client_id = new_id()
        answer = {"t": "contact", "conversation": conversation, "client_id": client_id}
        for _ in range(2):
            await cleo.say(**answer, email=" Cleo@Example.com ")
        await cleo.hears("ack", lambda f: bool(f["client_id"] == client_id))
        for person in (cleo, technician):
            await hears_bot(person, conversation, *asked, "email_thanks")
            (given,) = [it for it in person.shows(conversation) if it["kind"] == "contact"]
            assert given["params"] == {"email": "Cleo@example.com"}
            assert (given["client_id"], given["author"]["kind"]) == (client_id, "customer")
        await cleo.say(**answer, email="eve@example.com")
        assert (await cleo.hears("error"))["code"] == "message_conflict"
        await cleo.writes(conversation, "and now")
        assert bot_codes(cleo, conversation) == [*asked, "email_thanks"]


async def test_who_gives_an_address_first_is_not_asked_for_it(
    chat: Instance, neighbours: Neighbours
) -> None:
    customer = Customer(neighbours)
    conversation = await customer.opens(chat, visitor=NAMELESS)
    async with Person.at(chat, customer.token) as cleo:
        await cleo.watches(conversation)
        await cleo.say(
            t="contact", conversation=conversation, client_id=new_id(), email="cleo@example.com"
        )
        await cleo.hears("ack")
        await cleo.writes(conversation, "hello")
        await hears_bot(cleo, conversation, "email_thanks", "greeting")


@pytest.mark.parametrize(
    ("email", "code"),
    [
        ("not an address", "invalid_email"),
        ("", "invalid_email"),
        ("x" * 300 + "@example.com", "invalid_email"),
        ("cleo@example.com\u0007", "control_characters"),
    ],
)
async def test_what_is_no_address_is_refused_and_the_socket_stays_open(
    chat: Instance, customer: Customer, email: str, code: str
) -> None:
    async with Person.at(chat, customer.token) as cleo:
        frame = {"t": "contact", "conversation": customer.conversation, "client_id": new_id()}
        await cleo.say(**frame, email=email)
        error = await cleo.hears("error")
        assert (error["code"], error["client_id"]) == (code, frame["client_id"])
        assert not error["retry"]
        assert [it["kind"] for it in await cleo.watches(customer.conversation)] == ["opened"]


async def test_an_address_is_the_customers_to_give(
    chat: Instance, neighbours: Neighbours, customer: Customer
) -> None:
    ada = await neighbours.employ("Ada")
    async with Person.at(chat, neighbours.token(ada)) as technician:
        await technician.watches(customer.conversation)
        await technician.say(
            t="contact",
            conversation=customer.conversation,
            client_id=new_id(),
            email="eve@example.com",
        )
        assert (await technician.hears("error"))["code"] == "conversation_unknown"


async def test_the_bot_is_silent_once_somebody_of_the_desk_has_written_or_the_chat_has_ended(
    chat: Instance, neighbours: Neighbours, customer: Customer
) -> None:
    ada, other = await neighbours.employ("Ada"), Customer(neighbours)
    await other.opens(chat)
    async with (
        Person.at(chat, customer.token) as cleo,
        Person.at(chat, other.token) as late,
        Person.at(chat, neighbours.token(ada)) as technician,
    ):
        await cleo.watches(customer.conversation)
        await late.watches(other.conversation)
        await technician.writes(customer.conversation, "good morning")
        await cleo.sees(customer.conversation, "good morning")
        await late.say(t="end", conversation=other.conversation, client_id=new_id())
        await late.finds(lambda: len(late.shows(other.conversation)) == 2 or None)
        for person, it in ((cleo, customer), (late, other)):
            for text in ("hello", "hello again"):
                await person.writes(it.conversation, text)
            await person.sees(it.conversation, "hello again")
            assert bot_codes(person, it.conversation) == []
