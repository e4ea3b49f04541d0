"""A message comes back from its record, and nobody without the key reads what is personal."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from chassis.codec import (
    Poison,
    Record,
    UnknownFields,
    UnknownType,
    decode,
    decode_head,
    encode,
)
from chassis.ids import new_id
from chassis.keyring import Erased, FakeKeyring, KeyUnknown
from contracts.chat import (
    Author,
    ConversationEnded,
    ConversationOpened,
    Device,
    MessageSent,
    Visitor,
)
from contracts.envelope import Actor
from contracts.erasure import CaseDeleted
from contracts.portal import CompanyListed

CASE = new_id()
ENVELOPE: dict[str, Any] = {
    "id": new_id(),
    "time": datetime(2026, 1, 5, 9, 0, 0, 123000, tzinfo=UTC),
    "tenant": new_id(),
    "key": CASE,
    "aggregate_version": 0,
    "actor": Actor(kind="customer", id=new_id(), via="portal"),
    "correlation_id": new_id(),
    "company_id": new_id(),
    "conversation_id": CASE,
}
CUSTOMER = Author(kind="customer", id=new_id())
SENT = MessageSent(**ENVELOPE, author=CUSTOMER, client_id=new_id(), text="My printer is on fire 🔥")
OPENED = ConversationOpened(
    **ENVELOPE,
    author=CUSTOMER,
    portal_id=new_id(),
    portal_address="demo.example.com",
    locale="de",
    visitor=Visitor(first_name="Max", last_name="Muster", email="max@example.com"),
    device=Device(user_agent="Firefox"),
)


@pytest.fixture
async def keyring() -> FakeKeyring:
    ring = FakeKeyring()
    await ring.create(CASE)
    return ring


def altered(record: Record, **changes: Any) -> bytes:
    return json.dumps({**json.loads(record.value), **changes}).encode()


@pytest.mark.parametrize("message", [SENT, OPENED], ids=lambda m: m.type)
async def test_a_message_comes_back_equal(message: MessageSent, keyring: FakeKeyring) -> None:
    record = await encode(message, keyring)
    assert (record.topic, record.key) == ("chat-log", CASE)
    assert await decode(record.value, record.headers, keyring) == message


async def test_personal_fields_are_only_in_the_box(keyring: FakeKeyring) -> None:
    for message, words in ((SENT, ["printer"]), (OPENED, ["Max", "Muster", "max@", "Firefox"])):
        record = await encode(message, keyring)
        seen = record.value + b"".join(value for _, value in record.headers)
        assert not [word for word in words if word.encode() in seen]
        assert json.loads(record.value)["sealed"]["key"] == CASE


async def test_times_are_written_in_utc_with_z(keyring: FakeKeyring) -> None:
    record = await encode(SENT, keyring)
    assert json.loads(record.value)["time"] == "2026-01-05T09:00:00.123000Z"


async def test_the_headers_tell_a_relay_what_to_filter_by(keyring: FakeKeyring) -> None:
    head = decode_head((await encode(SENT, keyring, replay=True)).headers)
    assert (head.type, head.tenant, head.company) == (SENT.type, SENT.tenant, SENT.company_id)
    assert (head.conversation, head.audience, head.replay) == (CASE, "everyone", True)


def test_headers_that_say_nothing_show_nothing() -> None:
    assert decode_head([]).audience == "services"
    assert decode_head([("audience", b"all"), ("tenant", b"\xff")]).audience == "services"


async def test_what_nobody_may_know_without_a_key_needs_none(keyring: FakeKeyring) -> None:
    values = {**ENVELOPE, "conversation_id": None, "key": "company:1"}
    company = CompanyListed(**values, name="Acme")
    record = await encode(company, FakeKeyring())
    assert await decode(record.value, record.headers, FakeKeyring()) == company


@pytest.mark.parametrize(
    "change", [{"colour": "red"}, {"author": {"kind": "system", "mood": "good"}}]
)
async def test_a_producer_may_not_invent_fields(
    change: dict[str, Any], keyring: FakeKeyring
) -> None:
    invented = MessageSent.model_validate({**SENT.model_dump(), **change})
    with pytest.raises(UnknownFields):
        await encode(invented, keyring)


async def test_a_replay_keeps_what_a_newer_version_added(keyring: FakeKeyring) -> None:
    newer = altered(await encode(SENT, keyring), colour="red")
    message = await decode(newer, [], keyring)
    record = await encode(message, keyring, replay=True)
    assert json.loads(record.value)["colour"] == "red"


async def test_an_unknown_type_is_not_poison(keyring: FakeKeyring) -> None:
    with pytest.raises(UnknownType):
        await decode(b'{"type": "conversation.sung"}', [("type", b"conversation.sung")], keyring)


@pytest.mark.parametrize("value", [None, b"", b"{", b"[]", b"\xff", b"{}", b'{"type": 7}'])
async def test_what_is_no_message_is_poison(value: bytes | None, keyring: FakeKeyring) -> None:
    with pytest.raises(Poison):
        await decode(value, [], keyring)


@pytest.mark.parametrize(
    "change",
    [
        {"tenant": "acme"},
        {"text": "in the clear"},
        {"sealed": None},
        {"sealed": {"key": CASE, "box": "%"}},
        {"sealed": {"key": CASE, "box": "AAAA"}},
        {"sealed": {"key": {"$ne": 1}, "box": "AAAA"}},
        {"id": new_id()},
    ],
    ids=lambda change: next(iter(change)),
)
async def test_what_breaks_the_contract_or_the_box_is_poison(
    change: dict[str, Any], keyring: FakeKeyring
) -> None:
    value = altered(await encode(SENT, keyring), **change)
    with pytest.raises(Poison) as caught:
        await decode(value, [], keyring)
    assert "printer" not in repr(caught.value)
    assert "clear" not in repr(caught.value)


async def test_the_header_and_the_value_agree_on_the_type(keyring: FakeKeyring) -> None:
    record = await encode(SENT, keyring)
    with pytest.raises(Poison):
        await decode(record.value, [("type", b"conversation.opened")], keyring)


async def test_a_box_does_not_open_in_another_message(keyring: FakeKeyring) -> None:
    other = SENT.model_copy(update={"id": new_id()})
    stolen = json.loads((await encode(SENT, keyring)).value)["sealed"]
    value = altered(await encode(other, keyring), sealed=stolen)
    with pytest.raises(Poison):
        await decode(value, [], keyring)


async def test_a_key_that_is_not_here_yet_is_worth_waiting_for(keyring: FakeKeyring) -> None:
    record = await encode(SENT, keyring)
    with pytest.raises(KeyUnknown):
        await decode(record.value, record.headers, FakeKeyring())


async def test_what_was_erased_stays_unreadable(keyring: FakeKeyring) -> None:
    record = await encode(SENT, keyring)
    await keyring.erase(CASE)
    with pytest.raises(Erased):
        await decode(record.value, record.headers, keyring)
    with pytest.raises(Erased):
        await keyring.create(CASE)


async def test_nothing_is_said_or_heard_of_an_erased_conversation(keyring: FakeKeyring) -> None:
    ended = ConversationEnded(**ENVELOPE, author=CUSTOMER, by="customer")
    record = await encode(ended, keyring)
    await keyring.erase(CASE)
    with pytest.raises(Erased):
        await decode(record.value, record.headers, keyring)
    with pytest.raises(Erased):
        await encode(ended, keyring)


async def test_that_it_was_deleted_can_be_told_without_its_key(keyring: FakeKeyring) -> None:
    await keyring.erase(CASE)
    told = CaseDeleted(**ENVELOPE | {"number": 1001, "technician_id": new_id()})
    record = await encode(told, keyring)
    assert await decode(record.value, record.headers, keyring) == told
