"""What the bot and customers do to a case, and who sees it, on fakes."""

from datetime import timedelta
from typing import Any

import pytest

from chassis.erasure import ConversationDeleted
from chassis.ids import derived_id
from chassis.links import CaseRef
from chassis.tokens import Identity, TicketInvalid
from contracts.cases import CaseChanged, CaseRequested
from contracts.keys import DataKeyCreated
from services.cases.domain import CaseMovedOn, SurveyDone, SurveyNotOpen
from services.cases.keeping import CaseUnknown
from services.cases.storage import Scope
from services.cases.tests.examples import (
    ANN,
    AT,
    BEN,
    CASE,
    COMPANY,
    EMAIL,
    OTHER_TENANT,
    PORTAL,
    SECRET,
    TENANT,
    admitted,
    bot,
    contact,
    ended,
    message,
    opened,
    portal,
    technician,
)
from services.cases.tests.house import CUSTOMER, MINUTE, STRANGER, House, resolved, who

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


async def test_a_customer_who_says_nothing_is_pending_no_longer_than_they_should(
    house: House,
) -> None:
    await house.hears(opened(email=""))
    due, _, _ = house.timers.scheduled[CASE]
    assert due == AT + MINUTE
    await house.fires(CASE)
    assert (house.told, house.last.case.state) == (["case.opened", "case.ready"], "unassigned")


async def test_a_case_that_is_pending_no_more_is_not_waited_for_by_a_late_question(
    house: House,
) -> None:
    await house.hears(opened(email=""))
    await house.fires(CASE)
    await house.hears(message("help"), bot("ask_email"))
    assert house.timers.scheduled == {}


async def test_a_pending_case_that_was_taken_meanwhile_stays_with_its_technician(
    house: House,
) -> None:
    await house.hears(opened(email=""), message("help"), bot("ask_email"))
    await house.act("assign", ANN, 1)
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
    with pytest.raises(ConversationDeleted):
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
    await house.act("assign", ANN, 1)
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
    house.people.known_portals[PORTAL] = portal(survey=False)
    with pytest.raises(SurveyNotOpen):
        await house.desk.answer_survey(CUSTOMER, CASE, 5, "")
    assert (await house.desk.look_up_own(CUSTOMER, CASE))[1] == "off"


# ---- who has the link of a mail ------------------------------------------------------------------


LINK = CaseRef(TENANT, CASE)


async def test_a_link_shows_its_case_and_answers_its_survey_once(house: House) -> None:
    await resolved(house)
    assert (await house.desk.look_up_linked(LINK))[1] == "open"
    case, survey = await house.desk.answer_linked(LINK, 4, "By mail")
    assert (case.now.rating, survey) == (4, "answered")
    assert (house.last.type, house.last.case.rating) == ("case.survey_answered", 4)
    assert (house.last.actor.kind, house.last.actor.via) == ("customer", "mail")
    for attempt in (
        house.desk.answer_linked(LINK, 1, ""),
        house.desk.answer_survey(CUSTOMER, CASE, 1, ""),
    ):
        with pytest.raises(SurveyDone):
            await attempt
    assert (await house.desk.look_up_own(CUSTOMER, CASE))[0].now.rating == 4


async def test_a_link_of_another_account_or_of_no_case_opens_nothing(house: House) -> None:
    await resolved(house)
    for link in (CaseRef(OTHER_TENANT, CASE), CaseRef(TENANT, derived_id("nowhere"))):
        with pytest.raises(CaseUnknown):
            await house.desk.look_up_linked(link)
        with pytest.raises(CaseUnknown):
            await house.desk.answer_linked(link, 5, "")
    assert house.last.case.rating is None


async def test_a_survey_that_is_not_open_is_not_answered_by_a_link(house: House) -> None:
    await house.hears(opened())
    with pytest.raises(SurveyNotOpen):
        await house.desk.answer_linked(LINK, 5, "")


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
    assert house.technicians.scope_of(who(ANN)) == Scope(TENANT, (COMPANY,), incoming=sees)


async def test_where_nothing_is_hidden_who_is_not_available_assigns_what_waits(
    house: House,
) -> None:
    house.people.people[ANN] = technician(ANN, "Ann", available=False)
    house.people.hides_incoming = False
    await house.hears(opened())
    case = await house.act("assign", ANN, 1)
    assert case.now.assignee_id == ANN


async def test_who_is_not_available_cannot_assign_what_is_hidden_from_them(house: House) -> None:
    await house.hears(opened())
    house.people.people[BEN] = technician(BEN, "Ben", available=False)
    with pytest.raises(CaseUnknown):
        await house.act("assign", BEN, 1)
    await house.act("assign", ANN, 1)
    assert (await house.act("resolve", BEN, 2)).now.state == "resolved"


async def test_its_customer_is_told_that_a_case_was_deleted(house: House) -> None:
    await house.hears(opened())
    await house.keyring.erase(CASE)
    link = CaseRef(TENANT, CASE)
    for asking in (
        house.desk.look_up_own(CUSTOMER, CASE),
        house.desk.answer_survey(CUSTOMER, CASE, 5, ""),
        house.desk.stop_waiting(CUSTOMER, CASE, "Where is it?", ""),
        house.desk.look_up_linked(link),
        house.desk.answer_linked(link, 5, ""),
    ):
        with pytest.raises(ConversationDeleted):
            await asking
    with pytest.raises(CaseUnknown):
        await house.desk.look_up_own(STRANGER, CASE)
