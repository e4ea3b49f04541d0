"""The REST interface of chat on the real service, with the embedded broker and MongoDB."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from httpx import AsyncClient, Response

from chassis.clock import FakeClock, SystemClock
from chassis.ids import new_id
from chassis.tokens import Device
from services.chat.tests.world import NAMELESS, Customer, Frame, Instance, Person
from tests.support.neighbours import Neighbours, eventually

pytestmark = [pytest.mark.tansu, pytest.mark.mongo]


@pytest.fixture
def customer(neighbours: Neighbours) -> Customer:
    return Customer(neighbours)


@pytest.fixture
async def browser(chat: Instance, customer: Customer) -> AsyncIterator[AsyncClient]:
    async with chat.browser(customer.token) as browser:
        yield browser


def place(customer: Customer, rest: str = "") -> str:
    return f"/api/chat/conversations/{customer.conversation}{rest}"


async def redeem(browser: AsyncClient, ticket: str, secret: str) -> Response:
    body = {"ticket": ticket, "secret": secret}
    return await browser.post("/api/chat/conversations", json=body)


def code(answer: Response) -> str:
    return str(answer.json()["error"]["code"])


# ---- opening -------------------------------------------------------------------------------------


async def test_a_ticket_opens_one_conversation_however_often_it_is_redeemed(
    browser: AsyncClient, customer: Customer
) -> None:
    ticket = customer.ticket()
    answers = await asyncio.gather(*(redeem(browser, ticket, customer.secret) for _ in range(3)))
    answers.append(await redeem(browser, customer.ticket(), customer.secret))
    assert [it.status_code for it in answers] == [201] * 4
    assert [it.json() for it in answers] == [
        {"conversation_id": customer.conversation, "state": "live"}
    ] * 4
    entries = (await browser.get(place(customer, "/entries"))).json()["entries"]
    assert [it["kind"] for it in entries] == ["opened"]


async def test_a_ticket_is_of_no_use_to_others(
    chat: Instance, browser: AsyncClient, customer: Customer, neighbours: Neighbours
) -> None:
    clock = FakeClock(SystemClock().now())
    clock.advance(-3600)
    wrong = [
        await redeem(browser, customer.ticket(), "another secret"),
        await redeem(browser, "nonsense", customer.secret),
        await redeem(browser, customer.token, customer.secret),
        await redeem(browser, Customer(neighbours).ticket(), customer.secret),
        await redeem(browser, customer.ticket(signer=neighbours.signed_at(clock)), customer.secret),
        await redeem(browser, customer.ticket(kind="request"), customer.secret),
    ]
    async with chat.browser(Customer(neighbours).token) as stranger:
        wrong.append(await redeem(stranger, customer.ticket(), customer.secret))
    assert [(it.status_code, code(it)) for it in wrong] == [(403, "ticket_invalid")] * 7
    assert (await browser.get(place(customer))).status_code == 404


async def test_the_first_secret_keeps_the_conversation(
    browser: AsyncClient, customer: Customer
) -> None:
    """Even a properly signed ticket for another secret does not take it over."""
    assert (await redeem(browser, customer.ticket(), customer.secret)).status_code == 201
    customer.secret = new_id()
    assert code(await redeem(browser, customer.ticket(), customer.secret)) == "ticket_invalid"


# ---- reading -------------------------------------------------------------------------------------


async def test_a_conversation_is_shown_with_its_device_to_staff_only(
    chat: Instance, browser: AsyncClient, customer: Customer, neighbours: Neighbours
) -> None:
    await redeem(browser, customer.ticket(device=Device(user_agent="a phone")), customer.secret)
    mine = (await browser.get(place(customer))).json()
    assert (mine["state"], mine["ended_at"], mine["device"]) == ("live", None, None)
    ada = await neighbours.employ("Ada")
    async with chat.browser(neighbours.token(ada)) as console:
        seen = (await console.get(place(customer))).json()
    assert seen["device"]["user_agent"] == "a phone"
    assert seen["opened_at"] == mine["opened_at"]


async def test_entries_come_in_pages_that_join(
    chat: Instance, browser: AsyncClient, customer: Customer
) -> None:
    await customer.opens(chat)
    for n in range(7):
        await customer.posts(browser, f"line {n}")
    entries, after, more = [], 0, True
    while more:
        page = (
            await browser.get(place(customer, "/entries"), params={"after": after, "limit": 3})
        ).json()
        assert len(page["entries"]) <= 3
        assert page["through"] >= after
        entries += page["entries"]
        after, more = page["through"], page["more"]
    texts = [it["text"] for it in entries if it["kind"] == "message"]
    assert texts == [f"line {n}" for n in range(7)]


async def test_a_strangers_conversation_is_unknown(
    chat: Instance, customer: Customer, neighbours: Neighbours
) -> None:
    await customer.opens(chat)
    message, end = {"client_id": new_id(), "text": "hello"}, {"client_id": new_id()}
    eve = await neighbours.employ("Eve", companies=(new_id(),))
    for token in (Customer(neighbours).token, neighbours.token(eve)):
        async with chat.browser(token) as stranger:
            answers = [
                await stranger.get(place(customer)),
                await stranger.get(place(customer, "/entries")),
                await stranger.post(place(customer, "/messages"), json=message),
                await stranger.post(place(customer, "/end"), json=end),
            ]
        assert [(it.status_code, code(it)) for it in answers] == [(404, "conversation_unknown")] * 4


async def test_without_a_token_nothing_is_told(chat: Instance, customer: Customer) -> None:
    async with AsyncClient(base_url=f"http://{chat.address}") as nobody:
        assert code(await nobody.get(place(customer))) == "token_invalid"


# ---- writing -------------------------------------------------------------------------------------


async def test_a_message_sent_again_is_the_same(
    chat: Instance, browser: AsyncClient, customer: Customer
) -> None:
    await customer.opens(chat)
    body = {"client_id": new_id(), "text": "hello"}
    first = await browser.post(place(customer, "/messages"), json=body)
    again = await browser.post(place(customer, "/messages"), json=body)
    assert (first.status_code, again.json()) == (201, first.json())
    other = await browser.post(place(customer, "/messages"), json=body | {"text": "goodbye"})
    assert (other.status_code, code(other)) == (409, "message_conflict")


async def test_an_address_is_given_once_and_thanked_for(
    chat: Instance, browser: AsyncClient, customer: Customer
) -> None:
    await customer.opens(chat, visitor=NAMELESS)
    body = {"client_id": new_id(), "email": "Cleo@Example.com"}
    first = await browser.post(place(customer, "/contact"), json=body)
    again = await browser.post(place(customer, "/contact"), json=body)
    assert (first.status_code, again.json()) == (201, first.json())
    other = await browser.post(place(customer, "/contact"), json=body | {"email": "eve@b.de"})
    assert (other.status_code, code(other)) == (409, "message_conflict")
    entries = (await browser.get(place(customer, "/entries"))).json()["entries"]
    assert [(it["kind"], it.get("code"), it.get("params")) for it in entries[1:]] == [
        ("contact", None, {"email": "Cleo@example.com"}),
        ("bot", "email_thanks", None),
    ]


async def test_an_address_that_is_none_names_the_field_and_technicians_give_none(
    chat: Instance, browser: AsyncClient, customer: Customer, neighbours: Neighbours
) -> None:
    await customer.opens(chat)
    body = {"client_id": new_id(), "email": "nobody"}
    answer = await browser.post(place(customer, "/contact"), json=body)
    (found,) = answer.json()["error"]["fields"]
    assert (answer.status_code, found["field"], found["code"]) == (422, "email", "invalid_email")
    ada, right = await neighbours.employ("Ada"), body | {"email": "eve@example.com"}
    for token in (Customer(neighbours).token, neighbours.token(ada)):
        async with chat.browser(token) as stranger:
            refused = await stranger.post(place(customer, "/contact"), json=right)
            assert refused.status_code in {401, 403, 404}
    assert len((await browser.get(place(customer, "/entries"))).json()["entries"]) == 1


async def test_ending_is_done_once(
    chat: Instance, browser: AsyncClient, customer: Customer
) -> None:
    await customer.opens(chat)
    ends = [await browser.post(place(customer, "/end"), json={"client_id": new_id()})]
    await _ended(browser, customer)
    ends.append(await browser.post(place(customer, "/end"), json={"client_id": new_id()}))
    assert [it.status_code for it in ends] == [200, 200]
    assert ends[0].json() == ends[1].json()


async def _ended(browser: AsyncClient, customer: Customer) -> None:
    async with asyncio.timeout(40):
        while (await browser.get(place(customer))).json()["state"] != "ended":
            await asyncio.sleep(0.02)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({"client_id": "x", "text": "hello"}, ("client_id", "invalid")),
        ({"text": "hello"}, ("client_id", "required")),
        ({"client_id": new_id(), "text": ""}, ("text", "required")),
        ({"client_id": new_id(), "text": "x" * 40_000}, ("text", "too_long")),
        ({"client_id": new_id(), "text": "\x07"}, ("text", "control_characters")),
    ],
)
async def test_what_cannot_be_accepted_names_the_field(
    chat: Instance,
    browser: AsyncClient,
    customer: Customer,
    body: dict[str, Any],
    problem: tuple[str, str],
) -> None:
    await customer.opens(chat)
    answer = await browser.post(place(customer, "/messages"), json=body)
    assert (answer.status_code, code(answer)) == (422, "invalid_input")
    (found,) = answer.json()["error"]["fields"]
    assert (found["field"], found["code"]) == problem
    assert len((await browser.get(place(customer, "/entries"))).json()["entries"]) == 1


# ---- deleting ------------------------------------------------------------------------------------


async def test_a_message_is_deleted_for_both_sides_by_its_author_or_an_administrator(
    chat: Instance, customer: Customer, neighbours: Neighbours
) -> None:
    await customer.opens(chat)
    ada, ben, root = (
        await neighbours.employ("Ada"),
        await neighbours.employ("Ben"),
        await neighbours.employ("Root", role="administrator"),
    )
    async with (
        Person.at(chat, customer.token) as cleo,
        Person.at(chat, neighbours.token(ada)) as console,
        chat.browser(customer.token) as her,
        chat.browser(neighbours.token(ada)) as adas,
        chat.browser(neighbours.token(ben)) as bens,
        chat.browser(neighbours.token(root)) as roots,
    ):
        await cleo.watches(customer.conversation)
        question, client_id = (
            (await cleo.writes(customer.conversation, "my secret"))["id"],
            new_id(),
        )
        answer = (await console.writes(customer.conversation, "wrong window", client_id))["id"]
        refused = [
            (await her.delete(place(customer, f"/messages/{question}")), "token_invalid"),
            (await adas.delete(place(customer, f"/messages/{question}")), "deletion_not_allowed"),
            (await bens.delete(place(customer, f"/messages/{answer}")), "deletion_not_allowed"),
            (await roots.delete(place(customer, f"/messages/{new_id()}")), "message_unknown"),
        ]
        assert [code(it) for it, _ in refused] == [expected for _, expected in refused]
        done = [await adas.delete(place(customer, f"/messages/{answer}")) for _ in range(2)]
        done += [await roots.delete(place(customer, f"/messages/{answer}"))]
        assert [it.status_code for it in done] == [200] * 3
        assert done[0].json() == done[1].json() == done[2].json()
        assert (await roots.delete(place(customer, f"/messages/{question}"))).status_code == 200
        gone = await cleo.hears("entry", lambda f: _deletes(f, question))
        assert gone["entry"]["author"]["name"] == "Root"
        assert (await chat.logged(customer.conversation, gone["entry"]["id"])).origin.address
        # Whoever did not hear that it was accepted sends it again, and is answered as if it still were there.
        again = await console.writes(customer.conversation, "wrong window", client_id)
        assert again["id"] == answer
        for _ in range(2):
            seen = (await her.get(place(customer, "/entries"))).json()["entries"]
            messages = [it for it in seen if it["kind"] == "message"]
            assert [it["text"] for it in messages] == ["", ""]
            assert [it["deleted"]["by"]["name"] for it in messages] == ["Root", "Ada"]
            # The second look is into the store: the conversation is read there from its beginning.
            chat.app.state.chat.relay._live.clear()
            await _stored(chat, customer)


def _deletes(frame: Frame, message_id: str) -> bool:
    entry = frame["entry"]
    return bool(entry["kind"] == "deleted" and entry["params"]["message_id"] == message_id)


async def _stored(chat: Instance, customer: Customer) -> None:
    """Until the store has blanked both messages and memory has let go of them."""
    parts = chat.app.state.chat

    async def deletions() -> int:
        found = await parts.store.load(customer.conversation)
        return len(found.deletions) if found else 0

    await eventually(deletions, lambda count: count == 2)
