import asyncio
from contextvars import Context
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from chassis import asking
from chassis.codec import decode, encode
from chassis.errors import RetryLater
from chassis.handling import Placed
from chassis.ids import derived_id
from chassis.tokens import Identity
from contracts.cases import CaseAssigned, CaseResolved
from contracts.envelope import Actor, Origin
from services.cases.actions import Assign
from services.cases.domain import CaseMovedOn
from services.cases.keeping import CaseUnknown
from services.cases.tests.examples import (
    ANN,
    AT,
    BEN,
    CASE,
    EMAIL,
    OTHER_COMPANY,
    OTHER_TENANT,
    SECRET,
    admitted,
    contact,
    deleted,
    ended,
    message,
    opened,
    technician,
)
from services.cases.tests.house import CUSTOMER, House, resolved, who


async def test_a_conversation_becomes_a_case_that_is_told_of(house: House) -> None:
    await house.hears(opened())
    assert house.told == ["case.opened"]
    event = house.last
    assert (event.key, event.aggregate_version, event.after_seq) == (CASE, 1, 1)
    assert (event.case.number, event.case.state, event.case.live) == (1001, "unassigned", True)
    assert event.causation_id == opened().id
    assert event.text.customer.email == "cleo@example.com"


async def test_numbers_count_up(house: House) -> None:
    await house.hears(opened(), opened(derived_id("second")))
    assert house.last.case.number == 1002


async def test_a_log_read_twice_tells_nothing_twice(house: House) -> None:
    log = [opened(), message("help"), message("sure", by="technician"), ended()]
    await house.hears(*log)
    told = list(house.told)
    await house.hears(*log)
    assert house.told == told
    assert told == ["case.opened", "case.described", "case.answered", "case.chat_ended"]


async def test_a_beginning_and_an_end_are_safe_even_without_an_inbox(house: House) -> None:
    await house.hears(opened(), ended())
    for entry in (opened(), ended(at=AT + timedelta(hours=1))):
        await house.handle(entry, 9, once=None)
    assert house.told == ["case.opened", "case.chat_ended"]
    assert (await house.case()).now.ended_at == AT


async def test_the_problem_is_what_the_customer_wrote_before_the_first_reply(house: House) -> None:
    await house.hears(
        opened(), message("My lamp"), message("is dark"), message("Hello!", by="technician")
    )
    await house.hears(message("since Monday"))
    text = (await house.case()).text
    assert [line.text for line in text.problem] == ["My lamp", "is dark"]
    assert text.preview == "My lamp is dark"


async def test_what_is_said_in_a_row_is_told_once_and_comes_to_the_same(
    house: House,
) -> None:
    at_once = House()
    said = [message("My lamp"), message("is dark"), message("Hello!", by="technician")]
    said += [message(f"still dark {n}") for n in range(3)]
    await house.hears(opened(), *said)
    await at_once.hears(opened())
    run = [Placed(entry, seq) for seq, entry in enumerate(said, start=2)]
    await at_once.storage.transact(lambda tx: at_once.desk.hear(tx, run))
    one_by_one, together = await house.case(), await at_once.case()
    assert at_once.told == ["case.opened", "case.described", "case.answered", "case.heard"]
    assert (together.now, together.text, together.after_seq) == (
        one_by_one.now,
        one_by_one.text,
        one_by_one.after_seq,
    )
    assert together.now.unanswered == 3
    assert [event.aggregate_version for event in at_once.storage.emitted] == [1, 2, 3, 4]


async def test_a_deleted_message_leaves_the_problem_and_its_preview(house: House) -> None:
    secret = message("My password is lamp")
    await house.hears(opened(), message("My lamp is dark"), secret)
    await house.hears(deleted(secret), deleted(secret))
    assert house.told == ["case.opened", "case.described", "case.described", "case.described"]
    event = house.last
    assert [line.text for line in event.text.problem] == ["My lamp is dark"]
    assert event.text.preview == "My lamp is dark"
    assert (event.aggregate_version, event.case.state_version) == (4, 1)
    case = await house.case()
    assert (case.text, case.after_seq) == (event.text, 4)
    past = await house.history.read(None, CASE)
    assert "password" not in repr([(entry.text, entry.personal) for entry in past])


async def test_a_deleted_message_waits_for_no_answer(house: House) -> None:
    first, second = message("My lamp"), message("My password is lamp", at=AT + timedelta(minutes=1))
    await house.hears(opened(), first, second)
    assert (await house.case()).now.unanswered == 2
    await house.hears(deleted(second).model_copy(update={"customer_said_at": second.time}))
    assert (await house.case()).now.unanswered == 1
    # Whoever wrote nothing else wrote something nevertheless, and still waits.
    await house.hears(deleted(first).model_copy(update={"customer_said_at": first.time}))
    now = (await house.case()).now
    assert (now.unanswered, now.waiting_since) == (1, AT)


async def test_what_was_answered_counts_no_less_when_it_is_deleted(house: House) -> None:
    first = message("My lamp")
    await house.hears(
        opened(), first, message("Yes?", by="technician", at=AT + timedelta(minutes=1))
    )
    await house.hears(
        message("One", at=AT + timedelta(minutes=2)), message("Two", at=AT + timedelta(minutes=2))
    )
    await house.hears(deleted(first).model_copy(update={"customer_said_at": first.time}))
    assert (await house.case()).now.unanswered == 2


async def test_a_deleted_answer_changes_no_problem(house: House) -> None:
    answer = message("Hello!", by="technician")
    await house.hears(opened(), message("My lamp"), answer, deleted(answer))
    assert house.told[:3] == ["case.opened", "case.described", "case.answered"]
    assert len(house.told) == 3


async def test_what_the_conversation_tells_of_the_staff_is_noted_with_from_where(
    house: House,
) -> None:
    """Nobody asks cases then, so that only the conversation knows from where it was done."""
    answer, there = message("Hello!", by="technician"), Origin(address="192.0.2.7", user_agent="F")
    over = ended(by="technician").model_copy(
        update={"actor": Actor(kind="technician", id=ANN, via="desk"), "origin": there}
    )
    gone = deleted(answer).model_copy(update={"origin": there})
    await house.hears(opened(), answer, gone, over)
    from_where = {it.action: (it.address, it.user_agent) for it in house.storage.noted}
    assert from_where["conversation.message_deleted"] == ("192.0.2.7", "F")
    assert from_where["case.chat_ended"] == ("192.0.2.7", "F")
    assert all("192.0.2.7" not in repr(it) for it in await house.history.read(None, CASE))


async def test_who_ends_a_chat_by_resolving_its_case_tells_from_where(house: House) -> None:
    await house.hears(opened(), message("help"))
    await house.act("assign", ANN, 1)
    asking.begin({"type": "http", "headers": [], "client": ("192.0.2.7", 50_000)})
    await house.act("resolve", ANN, 2)
    event = house.last
    assert isinstance(event, CaseResolved)
    assert event.origin == Origin(address="192.0.2.7")
    assert await told_of_the_end(house, event) == {"case.chat_ended": "192.0.2.7"}


async def told_of_the_end(house: House, event: CaseResolved) -> dict[str, str]:
    """What is noted once chat has written the end into the conversation, from where."""
    house.storage.noted.clear()
    over = ended(by="resolved").model_copy(update={"actor": event.actor, "origin": event.origin})
    await asyncio.create_task(house.hears(over), context=Context())
    return {it.action: it.address for it in house.storage.noted}


async def test_deciding_tells_who_decided_and_behind_which_entry(house: House) -> None:
    await house.hears(opened(), message("help"), message("Hello!", by="technician"))
    await house.act("assign", ANN, 1)
    event = house.last
    assert isinstance(event, CaseAssigned)
    assert (event.technician_id, event.actor.id, event.after_seq) == (ANN, ANN, 3)
    assert event.case.assigned_at == AT


async def test_a_double_click_tells_once(house: House) -> None:
    await house.hears(opened())
    first = await house.act("assign", ANN, 1)
    second = await house.act("assign", ANN, 1)
    assert first == second
    assert house.told == ["case.opened", "case.assigned"]


async def test_of_fifty_technicians_one_wins_and_the_others_hear_who(house: House) -> None:
    await house.hears(opened())
    everyone = [derived_id("technician", str(n)) for n in range(50)]
    house.people.people = {person: technician(person, "One") for person in everyone}
    claims = (house.act("assign", person, 1) for person in everyone)
    results = await asyncio.gather(*claims, return_exceptions=True)
    winner = (await house.case()).now.assignee_id
    losers = [r for r in results if isinstance(r, CaseMovedOn)]
    assert len(losers) == 49
    assert {loser.case.now.assignee_id for loser in losers} == {winner}
    assert house.told.count("case.assigned") == 1


@pytest.mark.parametrize("stranger", [who(ANN, OTHER_TENANT), who(ANN, companies=(OTHER_COMPANY,))])
async def test_a_case_of_others_is_unknown(house: House, stranger: Identity) -> None:
    await house.hears(opened())
    with pytest.raises(CaseUnknown):
        await house.technicians.act(stranger, CASE, Assign(), 1)
    for look in (house.technicians.look_up, partial(house.technicians.timeline, after=0)):
        with pytest.raises(CaseUnknown):
            await look(stranger, CASE)


async def test_a_customer_who_comes_back_gets_their_technician(house: House) -> None:
    await resolved(house)
    await house.hears(message("not fixed"))
    assert house.told[-1] == "case.reopened"
    assert (house.last.case.state, house.last.case.assignee_id) == ("assigned", ANN)
    assert house.last.actor.kind == "customer"


@pytest.mark.parametrize(
    "now", [technician(ANN, "Ann", active=False), technician(ANN, "Ann", companies=()), None]
)
async def test_a_customer_whose_technician_is_gone_waits_again(house: House, now: Any) -> None:
    await resolved(house)
    house.people.people.pop(ANN)
    if now is not None:
        house.people.people[ANN] = now
    await house.hears(message("not fixed"))
    assert (house.last.case.state, house.last.case.assignee_id) == ("unassigned", None)


async def test_nobody_is_taken_for_gone_before_everybody_is_known(house: House) -> None:
    await resolved(house)
    house.people.loaded = False
    with pytest.raises(RetryLater):
        await house.hears(message("not fixed"))
    house.people.loaded = True
    await house.hears(message("not fixed"))
    assert house.last.case.assignee_id == ANN


async def test_an_entry_of_an_unknown_conversation_is_not_swallowed(house: House) -> None:
    with pytest.raises(CaseUnknown):
        await house.hears(message("who am I?"))
    assert house.told == []


async def test_what_failed_leaves_nothing(house: House) -> None:
    await house.hears(opened())
    with pytest.raises(CaseMovedOn):
        await house.act("reopen", ANN, 1)
    assert house.told == ["case.opened"]
    assert (await house.case()).version == 1


async def test_versions_of_events_have_no_gap(house: House) -> None:
    await resolved(house)
    await house.hears(message("not fixed"))
    versions = [event.aggregate_version for event in house.storage.emitted]
    assert versions == list(range(1, len(versions) + 1))
    kept = await house.history.read(None, CASE)
    assert [entry.version for entry in kept] == versions


async def test_every_event_survives_the_wire_and_hides_the_customer(house: House) -> None:
    await resolved(house)
    await house.desk.answer_survey(CUSTOMER, CASE, 5, "Cleo was happy")
    await house.act("reopen", BEN, 3)
    waiting, asking = derived_id("waiting"), derived_id("asking")
    await house.hears(opened(waiting, email=""), contact(EMAIL, case_id=waiting))
    await house.desk.stop_waiting(admitted(waiting).customer, waiting, "Cleo asks", "")
    await house.desk.submit(admitted(asking).customer, admitted(asking).ticket, SECRET, "Cleo?")
    for case_id in (CASE, waiting):
        await house.keyring.create(case_id)
    for event in house.storage.emitted:
        record = await encode(event, house.keyring)
        assert b"cleo" not in record.value.lower()
        assert await decode(record.value, record.headers, house.keyring) == event
