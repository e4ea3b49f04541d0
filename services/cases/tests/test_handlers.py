import asyncio
from datetime import timedelta
from typing import Any

import pytest

from chassis.clock import FakeClock
from chassis.codec import decode, encode
from chassis.errors import RetryLater
from chassis.ids import derived_id
from chassis.keyring import FakeKeyring
from chassis.storage import FakeStorage
from chassis.timers import FakeTimers
from chassis.tokens import Identity, TicketInvalid
from contracts.cases import CaseAssigned, CaseChanged, CaseRequested
from contracts.envelope import Message
from contracts.keys import DataKeyCreated
from services.cases.domain import CaseMovedOn, SurveyDone, SurveyNotOpen
from services.cases.handlers import FROM_THE_LOG, FROM_TIMERS, CaseUnknown, Desk
from services.cases.storage import FakeCaseStore, Scope
from services.cases.tests.examples import (
    ANN,
    AT,
    BEN,
    CASE,
    COMPANY,
    EMAIL,
    OTHER_COMPANY,
    OTHER_TENANT,
    PORTAL,
    SECRET,
    TENANT,
    FakePeople,
    admitted,
    bot,
    contact,
    ended,
    message,
    opened,
    portal,
    technician,
)

HERE = Scope(TENANT, (COMPANY,))
MINUTE = timedelta(minutes=1)
CUSTOMER = admitted().customer
STRANGER = admitted(derived_id("another case")).customer


class House:
    """A desk on fakes, and the bus in front of it."""

    def __init__(self) -> None:
        self.storage = FakeStorage()
        self.people = FakePeople(technician(ANN, "Ann"), technician(BEN, "Ben"))
        self.clock = FakeClock(AT)
        self.keyring = FakeKeyring()
        self.timers = FakeTimers()
        self.desk = Desk(
            self.storage,
            FakeCaseStore(self.storage),
            self.people,
            self.keyring,
            self.timers,
            clock=self.clock,
            ask_for=MINUTE,
        )
        self.seq = 0

    async def hears(self, *log: Message) -> None:
        for entry in log:
            self.seq += 1
            await self.handle(entry, self.seq, once=entry.id)

    async def handle(self, entry: Message, seq: int, *, once: str | None) -> None:
        handler = FROM_THE_LOG[type(entry)]
        await self.storage.transact(lambda tx: handler(self.desk, tx, entry), once=once, seq=seq)

    async def fires(self, timer_id: str) -> None:
        _, kind, payload = self.timers.scheduled.pop(timer_id)
        handler = FROM_TIMERS[kind]
        await self.storage.transact(lambda tx: handler(self.desk, tx, payload))

    @property
    def told(self) -> list[str]:
        return [event.type for event in self.storage.emitted]

    @property
    def last(self) -> CaseChanged:
        event = self.storage.emitted[-1]
        assert isinstance(event, CaseChanged)
        return event


@pytest.fixture
def house() -> House:
    return House()


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
    assert house.told == told == ["case.opened", "case.described", "case.chat_ended"]


async def test_a_beginning_and_an_end_are_safe_even_without_an_inbox(house: House) -> None:
    await house.hears(opened(), ended())
    for entry in (opened(), ended(at=AT + timedelta(hours=1))):
        await house.handle(entry, 9, once=None)
    assert house.told == ["case.opened", "case.chat_ended"]
    assert (await house.desk.look_up(HERE, CASE)).now.ended_at == AT


async def test_the_problem_is_what_the_customer_wrote_before_the_first_reply(house: House) -> None:
    await house.hears(
        opened(), message("My lamp"), message("is dark"), message("Hello!", by="technician")
    )
    await house.hears(message("since Monday"))
    text = (await house.desk.look_up(HERE, CASE)).text
    assert [line.text for line in text.problem] == ["My lamp", "is dark"]
    assert text.preview == "My lamp is dark"


async def test_deciding_tells_who_decided_and_behind_which_entry(house: House) -> None:
    await house.hears(opened(), message("help"), message("Hello!", by="technician"))
    await house.desk.act("assign", HERE, ANN, CASE, 1)
    event = house.last
    assert isinstance(event, CaseAssigned)
    assert (event.technician_id, event.actor.id, event.after_seq) == (ANN, ANN, 3)
    assert event.case.assigned_at == AT


async def test_a_double_click_tells_once(house: House) -> None:
    await house.hears(opened())
    first = await house.desk.act("assign", HERE, ANN, CASE, 1)
    second = await house.desk.act("assign", HERE, ANN, CASE, 1)
    assert first == second
    assert house.told == ["case.opened", "case.assigned"]


async def test_of_fifty_technicians_one_wins_and_the_others_hear_who(house: House) -> None:
    await house.hears(opened())
    everyone = [derived_id("technician", str(n)) for n in range(50)]
    claims = (house.desk.act("assign", HERE, person, CASE, 1) for person in everyone)
    results = await asyncio.gather(*claims, return_exceptions=True)
    winner = (await house.desk.look_up(HERE, CASE)).now.assignee_id
    losers = [r for r in results if isinstance(r, CaseMovedOn)]
    assert len(losers) == 49
    assert {loser.case.now.assignee_id for loser in losers} == {winner}
    assert house.told.count("case.assigned") == 1


@pytest.mark.parametrize(
    "scope", [Scope(OTHER_TENANT, (COMPANY,)), Scope(TENANT, (OTHER_COMPANY,))]
)
async def test_a_case_of_others_is_unknown(house: House, scope: Scope) -> None:
    await house.hears(opened())
    with pytest.raises(CaseUnknown):
        await house.desk.act("assign", scope, ANN, CASE, 1)
    with pytest.raises(CaseUnknown):
        await house.desk.look_up(scope, CASE)


async def resolved(house: House) -> None:
    await house.hears(opened(), message("help"))
    await house.desk.act("assign", HERE, ANN, CASE, 1)
    await house.desk.act("resolve", HERE, ANN, CASE, 2)
    await house.hears(message("Bye", by="technician"), ended())


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
        await house.desk.act("resolve", HERE, ANN, CASE, 1)
    assert house.told == ["case.opened"]
    assert (await house.desk.look_up(HERE, CASE)).version == 1


# ---- the bot -------------------------------------------------------------------------------------


async def test_a_case_without_an_address_is_pending_until_it_is_given(house: House) -> None:
    await house.hears(opened(email=""), message("help"), bot("greeting"), bot("ask_email"))
    assert house.last.case.state == "pending"
    await house.hears(contact(EMAIL))
    assert house.told[-2:] == ["case.contact_changed", "case.ready"]
    assert (house.last.case.state, house.last.text.customer.email) == ("unassigned", EMAIL)
    assert house.last.after_seq == 5
    await house.fires(CASE)
    assert house.told[-1] == "case.ready"
    assert house.told.count("case.ready") == 1


async def test_the_bot_waits_from_its_question_on_and_no_longer_than_it_should(
    house: House,
) -> None:
    asked_at = AT + timedelta(seconds=5)
    await house.hears(opened(email=""), message("help"), bot("ask_email", at=asked_at))
    due, _, _ = house.timers.scheduled[CASE]
    assert due == asked_at + MINUTE
    await house.fires(CASE)
    assert house.told[-1] == "case.ready"
    assert (house.last.actor.kind, house.last.case.state) == ("system", "unassigned")


async def test_a_pending_case_that_was_taken_meanwhile_stays_with_its_technician(
    house: House,
) -> None:
    await house.hears(opened(email=""), message("help"), bot("ask_email"))
    await house.desk.act("assign", HERE, ANN, CASE, 1)
    await house.fires(CASE)
    assert house.told[-1] == "case.assigned"


async def test_the_bot_asks_nobody_whose_address_is_known(house: House) -> None:
    await house.hears(opened(), message("help"), bot("greeting"))
    assert house.timers.scheduled == {}
    assert house.told == ["case.opened", "case.described"]


# ---- requests ------------------------------------------------------------------------------------


async def submit(house: House, question: str = "My lamp is dark") -> Any:
    ticket = admitted().ticket
    return await house.desk.submit(CUSTOMER, ticket, SECRET, question)


async def test_a_request_is_a_case_with_a_key_of_its_own(house: House) -> None:
    case = await submit(house)
    key, opening = house.storage.emitted
    assert isinstance(key, DataKeyCreated)
    assert isinstance(opening, CaseChanged)
    assert (key.key_id, key.wrapped) == (CASE, (await house.keyring.create(CASE)).wrapped)
    assert (opening.type, opening.case.case_type, opening.case.number) == (
        "case.opened",
        "request",
        1001,
    )
    assert (opening.actor.kind, opening.text.locale, opening.text.preview) == (
        "customer",
        "de",
        "My lamp is dark",
    )
    assert case.now.requested_at == AT


async def test_the_same_ticket_again_is_the_same_request(house: House) -> None:
    first = await submit(house)
    assert await submit(house, "Another question") == first
    assert house.told == ["key.created", "case.opened"]


@pytest.mark.parametrize(
    ("customer", "kind", "secret"),
    [(CUSTOMER, "live", SECRET), (CUSTOMER, "request", "t" * 43), (STRANGER, "request", SECRET)],
)
async def test_a_ticket_that_is_not_for_this_leaves_nothing(
    house: House, customer: Identity, kind: Any, secret: str
) -> None:
    with pytest.raises(TicketInvalid):
        await house.desk.submit(customer, admitted(kind=kind).ticket, secret, "Help")
    assert house.told == []


async def test_what_was_erased_does_not_begin_again(house: House) -> None:
    await house.keyring.erase(CASE)
    with pytest.raises(TicketInvalid):
        await submit(house)


async def test_who_stops_waiting_leaves_a_request_once(house: House) -> None:
    await house.hears(opened(), message("help"))
    house.clock.advance(90)
    for _ in range(2):
        case = await house.desk.stop_waiting(CUSTOMER, CASE, "Please write", "")
    assert (case.now.case_type, case.now.live) == ("request", False)
    assert house.told == ["case.opened", "case.described", "case.requested"]
    event = house.last
    assert isinstance(event, CaseRequested)
    assert (event.reason, event.case.requested_at) == ("customer", AT + timedelta(seconds=90))
    await house.hears(ended(by="request"))
    assert house.told[-1] == "case.requested"


async def test_a_technician_who_was_faster_keeps_the_case(house: House) -> None:
    await house.hears(opened(), message("help"))
    await house.desk.act("assign", HERE, ANN, CASE, 1)
    with pytest.raises(CaseMovedOn) as refused:
        await house.desk.stop_waiting(CUSTOMER, CASE, "Please write", "")
    assert refused.value.case.now.assignee_id == ANN
    assert house.told[-1] == "case.assigned"


async def test_a_closed_page_makes_a_request_of_a_chat_that_nobody_took(house: House) -> None:
    await house.hears(opened(), message("help"))
    await house.hears(ended(by="gone", at=AT + MINUTE))
    event = house.last
    assert isinstance(event, CaseRequested)
    assert (event.reason, event.case.requested_at, event.case.live) == ("gone", AT + MINUTE, False)
    assert event.case.created_at == AT
    assert event.text.preview == "help"


# ---- customers and their own case ----------------------------------------------------------------


async def test_a_customer_sees_and_changes_their_own_case_only(house: House) -> None:
    await resolved(house)
    for attempt in (
        house.desk.look_up_own(STRANGER, CASE),
        house.desk.stop_waiting(STRANGER, CASE, "Please write", ""),
        house.desk.answer_survey(STRANGER, CASE, 1, ""),
    ):
        with pytest.raises(CaseUnknown):
            await attempt
    case, survey = await house.desk.look_up_own(CUSTOMER, CASE)
    assert (case.id, survey) == (CASE, "open")


async def test_the_survey_is_answered_once_and_the_case_has_it_at_once(house: House) -> None:
    await resolved(house)
    await house.desk.answer_survey(CUSTOMER, CASE, 5, "Quick")
    assert house.told[-1] == "case.survey_answered"
    assert (house.last.case.rating, house.last.text.rating_comment) == (5, "Quick")
    with pytest.raises(SurveyDone):
        await house.desk.answer_survey(CUSTOMER, CASE, 1, "")
    assert (await house.desk.look_up_own(CUSTOMER, CASE))[1] == "answered"


async def test_without_a_survey_none_is_answered(house: House) -> None:
    await resolved(house)
    house.people.portals[PORTAL] = portal(survey=False)
    with pytest.raises(SurveyNotOpen):
        await house.desk.answer_survey(CUSTOMER, CASE, 5, "")
    assert (await house.desk.look_up_own(CUSTOMER, CASE))[1] == "off"


# ---- who is available (S57) ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("listed", "sees"),
    [
        (technician(ANN, "Ann"), True),
        (technician(ANN, "Ann", available=False), False),
        (None, False),
    ],
)
async def test_only_who_is_available_sees_what_waits(house: House, listed: Any, sees: bool) -> None:
    house.people.people = {ANN: listed} if listed else {}
    ann = Identity("technician", ANN, TENANT, "Ann", companies=[COMPANY])
    assert house.desk.scope_of(ann) == Scope(TENANT, (COMPANY,), incoming=sees)


async def test_who_is_not_available_cannot_assign_what_is_hidden_from_them(house: House) -> None:
    await house.hears(opened())
    hidden = Scope(TENANT, (COMPANY,), incoming=False)
    with pytest.raises(CaseUnknown):
        await house.desk.act("assign", hidden, ANN, CASE, 1)
    await house.desk.act("assign", HERE, ANN, CASE, 1)
    assert (await house.desk.act("resolve", hidden, ANN, CASE, 2)).now.state == "resolved"


async def test_versions_of_events_have_no_gap(house: House) -> None:
    await resolved(house)
    await house.hears(message("not fixed"))
    assert [event.aggregate_version for event in house.storage.emitted] == [1, 2, 3, 4, 5, 6]


async def test_every_event_survives_the_wire_and_hides_the_customer(house: House) -> None:
    await resolved(house)
    await house.desk.answer_survey(CUSTOMER, CASE, 5, "Cleo was happy")
    await house.desk.act("reopen", HERE, BEN, CASE, 3)
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
