"""Mails to the customer on fakes: written once, an answer like any other, and what becomes of them."""

from datetime import timedelta

import pytest

from chassis.ids import derived_id, new_id
from contracts.envelope import Actor
from contracts.follow_ups import CaseFollowedUp, FollowUpChanged
from services.cases import follow_ups
from services.cases.actions import Mail, Note, Title
from services.cases.domain import CaseMovedOn
from services.cases.filters import CaseFilter, Wanted, fits
from services.cases.follow_up_desk import FROM_LEDGER, FollowUps
from services.cases.follow_ups import CustomerWithoutAddress, MailWasSent
from services.cases.merging import CaseIsMerged
from services.cases.schemas_timeline import timeline_view
from services.cases.sla import Policy, Targets
from services.cases.tests.examples import (
    ANN,
    AT,
    BEN,
    CASE,
    COMPANY,
    SECRET,
    TENANT,
    admitted,
    message,
    opened,
)
from services.cases.tests.house import HERE, House, who
from services.cases.tests.test_sla_desk import promise

MAIL = Mail(client_id=derived_id("mail"), subject="Your lamp", text="It shines again.\n\nBye")
MAIL_ID = derived_id("mail", CASE, ANN, MAIL.client_id)
ACTIVE, CLOSED = (Wanted("all", ANN, CaseFilter(follow_up=it)) for it in ("active", "closed"))


@pytest.fixture
async def house() -> House:
    """A request that nobody has yet."""
    house = House()
    entry = admitted()
    await house.desk.submit(entry.customer, entry.ticket, SECRET, "My lamp is dark")
    return house


def mailed(house: House) -> list[CaseFollowedUp]:
    return [it for it in house.storage.emitted if isinstance(it, CaseFollowedUp)]


def became(state: str, reason: str = "", mail_id: str = MAIL_ID) -> FollowUpChanged:
    return FollowUpChanged(
        id=new_id(),
        time=AT,
        tenant=TENANT,
        key=CASE,
        aggregate_version=1,
        actor=Actor(kind="system", via="notify"),
        correlation_id=new_id(),
        company_id=COMPANY,
        conversation_id=CASE,
        mail_id=mail_id,
        state=state,
        attempts=1,
        reason=reason,
    )


async def learns(house: House, *told: FollowUpChanged) -> None:
    desk = FollowUps(house.keeper, house.clock)
    for one in told:
        await house.storage.transact(lambda tx, it=one: FROM_LEDGER[type(it)](desk, tx, it))  # type: ignore[misc]


async def test_a_mail_is_part_of_the_record_and_written_once_however_often_it_is_asked_for(
    house: House,
) -> None:
    await house.act(MAIL, ANN, 1)
    again = await house.act(MAIL, ANN, 1)
    (event,) = mailed(house)
    assert (event.id, event.mail_id, event.technician_id) == (MAIL_ID, MAIL_ID, ANN)
    assert (event.recipient, event.subject, event.body) == (
        again.text.customer.email,
        "Your lamp",
        MAIL.text,
    )
    case, entries = await house.technicians.timeline(who(BEN), CASE, 0)
    shown = [it for it in timeline_view(case, entries, house.people, {}).entries if it.follow_up]
    assert [(it.follow_up and it.follow_up.text, it.person and it.person.name) for it in shown] == [
        (MAIL.text, "Ann")
    ]
    assert all(MAIL.text not in str(it.tells) for it in entries)


async def test_a_repetition_is_the_same_mail_even_when_the_case_has_moved_on(house: House) -> None:
    await house.act(MAIL, ANN, 1)
    await house.act("assign", BEN, 1)
    await house.act(MAIL, ANN, 1)
    assert len(mailed(house)) == 1


async def test_what_was_changed_after_a_lost_answer_is_not_taken_for_sent(house: House) -> None:
    await house.act(MAIL, ANN, 1)
    for changed in ({"text": "It shines."}, {"subject": "Lamp"}):
        with pytest.raises(MailWasSent):
            await house.act(MAIL.model_copy(update=changed), ANN, 1)
    assert [it.body for it in mailed(house)] == [MAIL.text]


async def test_nobody_writes_about_a_state_that_is_gone(house: House) -> None:
    await house.act("resolve", BEN, 1)
    with pytest.raises(CaseMovedOn):
        await house.act(MAIL, ANN, 1)
    assert mailed(house) == []
    await house.act(MAIL, ANN, 2)
    assert (await house.case()).now.state == "resolved"


async def test_a_mail_changes_neither_state_nor_assignee(house: House) -> None:
    before = (await house.case()).now
    after = (await house.act(MAIL, ANN, 1)).now
    assert (after.state, after.assignee_id, after.state_version) == (
        before.state,
        before.assignee_id,
        before.state_version,
    )


async def test_without_an_address_there_is_no_mail() -> None:
    house = House()
    await house.hears(opened(email=""), message("My lamp is dark"))
    with pytest.raises(CustomerWithoutAddress):
        await house.act(MAIL, ANN, 1)


async def test_a_merged_case_is_answered_where_it_goes_on(house: House) -> None:
    target = derived_id("target")
    await house.hears(opened(target), message("My lamp", case_id=target))
    await house.act("resolve", ANN, 1)
    await house.relating.merge(who(ANN), HERE, (CASE, 2), (target, 1))
    with pytest.raises(CaseIsMerged):
        await house.act(MAIL, ANN, 3)


async def test_while_a_chat_is_live_a_mail_can_be_written_too() -> None:
    house = House()
    await house.hears(opened(), message("My lamp is dark"))
    case = await house.act(MAIL, ANN, 1)
    assert (case.now.live, case.now.followed_up, case.now.waiting_since) == (True, True, None)


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("", "Re: My lamp is dark [#1]"),
        ("Dark lamp", "Re: Dark lamp [#1]"),
        ("x" * 200, f"Re: {'x' * 79}… [#1]"),
    ],
)
async def test_a_subject_is_made_from_the_case_and_names_its_number(
    house: House, title: str, subject: str
) -> None:
    await house.act(Title(title=title), ANN)
    await house.act(Mail(client_id=CASE, text="Hi"), ANN, 1)
    number = (await house.case()).now.number
    assert mailed(house)[0].subject == subject.replace("#1]", f"#{number}]")


# ---- it is an answer -----------------------------------------------------------------------------


async def test_a_mail_closes_the_follow_up_until_the_customer_writes(house: House) -> None:
    assert fits(await house.case(), ACTIVE)
    await house.act(MAIL, ANN, 1)
    assert fits(await house.case(), CLOSED)
    assert house.told[-2:] == ["case.followed_up", "case.answered"]
    await house.hears(message("Still dark"))
    assert fits(await house.case(), ACTIVE)


async def test_a_mail_to_a_request_keeps_the_promise_of_a_first_response(house: House) -> None:
    await promise(house, Policy(Targets(first_response=30)))
    house.clock.advance(60)
    await house.act(MAIL, ANN, 1)
    (clock,) = (await house.case()).now.sla_clocks
    assert (clock.kind, clock.met_at, clock.due_at) == (
        "first_response",
        AT + timedelta(seconds=60),
        None,
    )


# ---- what becomes of it --------------------------------------------------------------------------


async def test_each_state_is_told_once_and_nothing_of_what_is_on_its_way(house: House) -> None:
    await house.act(MAIL, ANN, 1)
    states = ("requested", "sending", "waiting", "sending", "waiting", "accepted", "accepted")
    await learns(house, *(became(state) for state in states))
    _, entries = await house.technicians.timeline(who(BEN), CASE, 0)
    told = [it.tells for it in entries if it.type == "case.follow_up_changed"]
    assert [(it["state"], it["technician_id"]) for it in told] == [
        ("waiting", ANN),
        ("accepted", ANN),
    ]
    assert fits(await house.case(), CLOSED)


async def test_a_mail_that_came_back_was_no_follow_up(house: House) -> None:
    await house.act(MAIL, ANN, 1)
    await learns(house, became("failed", "550"))
    assert fits(await house.case(), ACTIVE)
    assert house.told[-1] == "case.follow_up_changed"
    _, entries = await house.technicians.timeline(who(BEN), CASE, 0)
    assert entries[-1].tells["reason"] == "550"


async def test_unless_another_one_was_written_since(house: House) -> None:
    await house.act(MAIL, ANN, 1)
    await house.act(MAIL.model_copy(update={"client_id": new_id()}), BEN, 1)
    await learns(house, became("failed", "550"))
    assert fits(await house.case(), CLOSED)


async def test_what_becomes_of_a_mail_outdates_no_decision(house: House) -> None:
    await house.act(MAIL, ANN, 1)
    await learns(house, became("failed", "550"))
    assert (await house.act("assign", ANN, 1)).now.assignee_id == ANN


async def test_the_past_has_the_mail_as_it_stood(house: House) -> None:
    """Through a version, the last state that was told is the one that held."""
    written = await house.act(MAIL, ANN, 1)
    await learns(house, became("accepted", "250"))
    entries = await house.keeper.history.read(None, CASE, through=written.version)
    assert not any(it.type == "case.follow_up_changed" for it in entries)
    assert [it.personal["body"] for it in entries if it.type == "case.followed_up"] == [MAIL.text]


async def test_a_note_and_a_mail_of_one_client_id_are_two_things(house: House) -> None:
    await house.act(MAIL, ANN, 1)
    await house.act(Note(client_id=MAIL.client_id, text="Sent"), ANN)
    _, entries = await house.technicians.timeline(who(BEN), CASE, 0)
    assert [it.type for it in entries][-2:] == ["case.answered", "case.noted"]


def test_a_piece_of_news_has_one_id() -> None:
    assert follow_ups.news_id(became("failed")) == follow_ups.news_id(became("failed", "550"))
    assert follow_ups.news_id(became("failed")) != follow_ups.news_id(became("waiting"))
