"""Who finds what in their inbox, and what they do with it: on fakes, through the bus's own tables."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from chassis.ids import new_id
from chassis.tokens import Identity
from contracts.cases import CaseChanged
from contracts.envelope import Actor
from contracts.notify import InboxChanged
from services.notify import inbox
from services.notify.inbox import Entry
from services.notify.inbox_store import KEPT
from services.notify.inboxes import InboxEntryUnknown
from services.notify.tests.examples import (
    ANN,
    ANNS,
    AT,
    BEN,
    CAT,
    COMPANY,
    OTHER_COMPANY,
    TENANT,
    due_soon,
    given,
    handed_on,
    noted,
    opened,
    overdue,
    resolved,
    technician,
    undone,
    woken,
)
from services.notify.tests.examples import reopened as back
from services.notify.tests.house import House

BENS = Identity("technician", BEN, TENANT, "Ben", companies=(COMPANY,))


def told(event: CaseChanged) -> list[tuple[str, str]]:
    found = inbox.entries_of(event, technician, AT, KEPT)
    return [(entry.technician_id, entry.kind) for entry in found]


async def kinds(house: House, of: Identity = ANNS, *, unread: bool = False) -> list[str]:
    page = await house.inboxes.page(of, None, 20, unread=unread)
    return [entry.kind for entry in page.entries]


# ---- who is told of what -------------------------------------------------------------------------


def test_who_is_called_in_a_note_is_told_and_who_wrote_it_is_not() -> None:
    assert told(noted(ANN, CAT, BEN)) == [(ANN, "mentioned"), (CAT, "mentioned")]
    assert told(noted()) == []


def test_who_is_given_a_case_is_told_by_colleagues_and_by_the_desk() -> None:
    assert told(given(ANN)) == told(given(ANN, by=None)) == [(ANN, "assigned")]
    assert told(handed_on(ANN)) == [(ANN, "transferred")]


def test_who_has_a_case_is_told_that_it_is_due_soon_and_that_it_is_overdue() -> None:
    assert told(due_soon(ANN)) == [(ANN, "sla_warned")]
    assert told(overdue(ANN)) == [(ANN, "sla_breached")]
    assert told(overdue(None)) == []


async def test_a_warning_and_its_breach_are_two_lines_each_once() -> None:
    house = House()
    warned, late = due_soon(ANN), overdue(ANN)
    await house.hears(warned, late, warned, late)
    assert sorted(await kinds(house)) == ["sla_breached", "sla_warned"]


def test_nobody_is_told_of_what_they_did_themselves() -> None:
    assert told(given(ANN, by=ANN)) == told(handed_on(ANN, by=ANN)) == []
    assert told(woken(ANN, by=ANN)) == []


def test_who_has_a_case_is_told_that_it_is_back() -> None:
    assert told(woken(ANN)) == [(ANN, "woken")]
    assert told(back(4, state="assigned", assignee_id=ANN)) == [(ANN, "reopened")]
    assert told(woken(None)) == told(back(4)) == []


def test_of_spam_only_a_mention_is_told() -> None:
    assert told(noted(ANN, spam=True)) == [(ANN, "mentioned")]
    assert told(given(ANN, spam=True)) == told(handed_on(ANN, spam=True)) == []


def test_whose_a_muted_case_becomes_is_told_so_and_of_nothing_else_but_a_mention() -> None:
    assert told(noted(ANN, muted=True)) == [(ANN, "mentioned")]
    assert told(given(ANN, muted=True)) == [(ANN, "assigned")]
    assert told(handed_on(ANN, muted=True)) == [(ANN, "transferred")]
    awake = woken(ANN)
    quiet = awake.case.model_copy(update={"muted": True})
    assert told(awake.model_copy(update={"case": quiet})) == []
    assert told(back(4, state="assigned", assignee_id=ANN, muted=True)) == []


def test_who_may_not_see_the_case_any_more_is_told_nothing() -> None:
    def gone(technician_id: str) -> object:
        return technician(technician_id, active=False)

    def elsewhere(technician_id: str) -> object:
        return technician(technician_id, companies=(OTHER_COMPANY,))

    for people in (gone, elsewhere, lambda _: None):
        assert inbox.entries_of(given(ANN), people, AT, KEPT) == []  # type: ignore[arg-type]


def test_who_is_away_finds_it_when_they_are_back() -> None:
    def away(technician_id: str) -> object:
        return technician(technician_id, available=False)

    assert len(inbox.entries_of(given(ANN), away, AT, KEPT)) == 1  # type: ignore[arg-type]


def test_what_an_inbox_would_have_forgotten_is_entered_by_no_replay() -> None:
    almost = AT + KEPT - timedelta(seconds=1)
    assert len(inbox.entries_of(given(ANN), technician, almost, KEPT)) == 1
    assert inbox.entries_of(given(ANN), technician, AT + KEPT, KEPT) == []


def test_entries_hold_nothing_personal() -> None:
    event = noted(ANN)
    (entry,) = inbox.entries_of(event, technician, AT, KEPT)
    for secret in (event.note, event.text.customer.first_name, event.text.customer.email):
        assert secret not in repr(entry)
    assert entry.note_id == event.note_id


# ---- once ----------------------------------------------------------------------------------------


async def test_a_transfer_with_a_note_is_one_entry_that_leads_to_the_note() -> None:
    house = House()
    note = noted(ANN)
    cause = {"correlation_id": note.correlation_id}
    await house.hears(note, handed_on(ANN).model_copy(update=cause))
    (entry,) = (await house.inboxes.page(ANNS, None, 20, unread=False)).entries
    assert (entry.kind, entry.note_id, entry.by) == ("transferred", note.note_id, BEN)


EVENTS = [noted(ANN, CAT), given(ANN), handed_on(CAT), woken(ANN), given(BEN, by=ANN), undone(3)]


@given_any(st.lists(st.sampled_from(EVENTS), max_size=12))
async def test_however_often_and_in_whatever_order_an_event_is_read_it_is_entered_once(
    replay: list[CaseChanged],
) -> None:
    house = House()
    await house.hears(*EVENTS)
    kept = dict(house.storage.table("inbox_entries"))
    told_once = [it for it in house.storage.emitted if isinstance(it, InboxChanged)]
    await house.hears(*replay)
    assert house.storage.table("inbox_entries") == kept
    assert [it for it in house.storage.emitted if isinstance(it, InboxChanged)] == told_once


async def test_a_replay_brings_nothing_back_and_makes_nothing_unread() -> None:
    house = House()
    events = [noted(ANN), given(ANN)]
    await house.hears(*events)
    newest, oldest = (await house.inboxes.page(ANNS, None, 20, unread=False)).entries
    await house.inboxes.remove(ANNS, newest.id)
    await house.inboxes.mark(ANNS, oldest.id, read=True)
    await house.hears(*events)
    page = await house.inboxes.page(ANNS, None, 20, unread=False)
    assert ([it.id for it in page.entries], page.unread) == ([oldest.id], 0)


async def test_each_change_is_told_to_consoles_and_what_is_no_change_is_not() -> None:
    house = House()
    await house.hears(given(ANN, version=3), opened(), resolved(), undone(3))
    changes = [it for it in house.storage.emitted if isinstance(it, InboxChanged)]
    assert [(it.technician_id, it.kind) for it in changes] == [(ANN, "assigned"), (ANN, "")]
    assert len({it.id for it in changes}) == 2


async def test_what_was_undone_is_no_news_but_a_note_stays_said() -> None:
    house = House()
    await house.hears(given(ANN, version=3), noted(ANN, version=4), undone(3), undone(4))
    assert await kinds(house) == ["mentioned"]


async def test_nothing_is_decided_before_everybody_is_known() -> None:
    house = House()
    house.people.loaded = False
    with pytest.raises(Exception, match=r".*") as refused:
        await house.hears(given(ANN))
    assert type(refused.value).__name__ == "RetryLater"
    house.people.loaded = True
    await house.hears(given(ANN))
    assert await kinds(house) == ["assigned"]


# ---- what its owner does -------------------------------------------------------------------------


async def test_an_entry_is_read_made_unread_and_removed_by_its_owner_alone() -> None:
    house = House()
    await house.hears(given(ANN))
    (entry,) = (await house.inboxes.page(ANNS, None, 20, unread=False)).entries
    for read in (True, False):
        await house.inboxes.mark(ANNS, entry.id, read=read)
        assert (await house.inboxes.page(ANNS, None, 20, unread=True)).unread == int(not read)
    for stranger in (BENS, Identity("technician", ANN, new_id(), "Ann", companies=(COMPANY,))):
        with pytest.raises(InboxEntryUnknown):
            await house.inboxes.mark(stranger, entry.id, read=True)
        with pytest.raises(InboxEntryUnknown):
            await house.inboxes.remove(stranger, entry.id)
    await house.inboxes.remove(ANNS, entry.id)
    assert await kinds(house) == []
    with pytest.raises(InboxEntryUnknown):
        await house.inboxes.remove(ANNS, entry.id)


async def test_who_lost_the_company_sees_nothing_of_it() -> None:
    house = House()
    await house.hears(given(ANN))
    elsewhere = Identity("technician", ANN, TENANT, "Ann", companies=(OTHER_COMPANY,))
    page = await house.inboxes.page(elsewhere, None, 20, unread=False)
    assert (page.entries, page.unread) == ([], 0)


def entry(number: int) -> Entry:
    (made,) = inbox.entries_of(given(ANN), technician, AT, KEPT)
    at = AT + timedelta(seconds=number)
    return replace(made, id=new_id(), number=number + 1, at=at)


async def test_all_is_read_up_to_what_was_on_screen_and_not_what_came_since() -> None:
    house = House()
    first, shown, since = (entry(number) for number in range(3))
    for each in (first, shown, since):
        await house.storage.transact(lambda tx, e=each: house.inbox.put(tx, e))  # type: ignore[misc]
    left = await house.inboxes.mark_read(ANNS, through=shown.position, case_id=None)
    assert left == 1
    unread = await house.inboxes.page(ANNS, None, 20, unread=True)
    assert [it.id for it in unread.entries] == [since.id]
    assert await house.inboxes.mark_read(ANNS, through=None, case_id=since.case_id) == 0


def test_a_position_is_that_of_the_time_as_it_is_stored() -> None:
    event = given(ANN).model_copy(update={"time": AT.replace(microsecond=999_999)})
    (made,) = inbox.entries_of(event, technician, AT, KEPT)
    assert made.at == AT.replace(microsecond=999_000)


async def test_a_key_of_the_account_is_named_as_the_cause() -> None:
    event = given(ANN).model_copy(update={"actor": Actor(kind="technician", id=CAT, via="api")})
    (made,) = inbox.entries_of(event, technician, AT, KEPT)
    assert made.by == CAT
    (made,) = inbox.entries_of(given(ANN, by=None), technician, AT, KEPT)
    assert made.by is None
