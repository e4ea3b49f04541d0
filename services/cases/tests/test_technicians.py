"""What technicians ask for, on fakes: actions, many at once, undo, notes, the past."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chassis.ids import derived_id, new_id
from contracts.cases import CaseNoted
from contracts.kept import KeptChanged
from services.cases.actions import (
    Flag,
    Label,
    Note,
    Prioritise,
    Resolve,
    Snooze,
    Spam,
    Title,
    Transfer,
)
from services.cases.decisions import NothingToUndo
from services.cases.domain import CaseMovedOn
from services.cases.labels import LabelTaken, LabelUnknown
from services.cases.technicians import MomentUnknown, TechnicianCannotTake
from services.cases.tests.examples import (
    ANN,
    AT,
    BEN,
    CASE,
    OTHER_COMPANY,
    OTHER_TENANT,
    TENANT,
    message,
    opened,
    technician,
)
from services.cases.tests.house import House, who

NOTE = Note(client_id=derived_id("client"), text="The lamp is ours", mentions=(BEN,))


@pytest.fixture
async def house() -> House:
    house = House()
    await house.hears(opened(), message("My lamp is dark"))
    return house


async def test_a_snooze_wakes_by_itself(house: House) -> None:
    await house.act("assign", ANN, 1)
    await house.act(Snooze(until=AT + timedelta(hours=1)), ANN, 2)
    due, _, _ = house.timers.scheduled[f"wake/{CASE}"]
    assert due == AT + timedelta(hours=1)
    await house.fires(f"wake/{CASE}")
    assert house.told[-1] == "case.woken"
    assert (await house.case()).now.assignee_id == ANN


async def test_a_snooze_that_was_ended_does_not_fire(house: House) -> None:
    await house.act(Snooze(until=AT + timedelta(hours=1)), ANN, 1)
    timer = house.timers.scheduled[f"wake/{CASE}"]
    await house.act("open", ANN, 2)
    assert f"wake/{CASE}" not in house.timers.scheduled
    house.timers.scheduled["late"] = timer
    told = list(house.told)
    await house.fires("late")
    assert house.told == told


async def test_a_note_is_kept_once_and_calls_whom_it_mentions(house: House) -> None:
    await house.act(NOTE, ANN)
    await house.act(NOTE, ANN)
    (note,) = [event for event in house.storage.emitted if isinstance(event, CaseNoted)]
    assert (note.note, note.mentions, note.after_seq) == (NOTE.text, (BEN,), 2)
    _, entries = await house.technicians.timeline(who(BEN), CASE, 0)
    assert [entry.note for entry in entries if entry.note] == [NOTE.text]


async def test_only_who_may_see_the_case_can_get_it_or_be_called(house: House) -> None:
    stranger = derived_id("stranger")
    house.people.people[stranger] = technician(stranger, "Sam", companies=(OTHER_COMPANY,))
    call = Note(client_id=CASE, text="Look", mentions=(stranger,))
    for action in (Transfer(to=stranger), Transfer(to=derived_id("nobody")), call):
        with pytest.raises(TechnicianCannotTake):
            await house.act(action, ANN, 1)
    assert (await house.case()).now.state == "unassigned"


async def test_the_team_of_a_case_are_those_who_may_see_it(house: House) -> None:
    stranger = derived_id("stranger")
    house.people.people[stranger] = technician(stranger, "Sam", companies=(OTHER_COMPANY,))
    team = await house.technicians.team(who(ANN), CASE)
    assert {one.technician_id for one in team} == {ANN, BEN}


async def test_labels_have_one_name_each_and_strangers_have_none_of_them(house: House) -> None:
    urgent = await house.labels.add(TENANT, "Möbel", "red")
    with pytest.raises(LabelTaken):
        await house.labels.add(TENANT, "mobel", "blue")
    theirs = await house.labels.add(OTHER_TENANT, "Möbel", "red")
    await house.act(Label(add=(urgent.id,)), ANN)
    with pytest.raises(LabelUnknown):
        await house.act(Label(add=(theirs.id,)), ANN)
    assert (await house.case()).now.labels == (urgent.id,)


async def test_every_console_is_told_of_a_label(house: House) -> None:
    made = await house.label_desk.add(who(ANN), "Invoice", "red")
    await house.label_desk.change(who(ANN), replace(made, title="Bill"))
    with pytest.raises(LabelUnknown):
        await house.label_desk.change(who(ANN), replace(made, id=new_id()))
    told = [it for it in house.storage.emitted if isinstance(it, KeptChanged)]
    assert [(it.what, it.subject_id, it.technician_id) for it in told] == [
        ("label", made.id, None)
    ] * 2


async def test_many_are_decided_each_by_itself(house: House) -> None:
    second, third = derived_id("second"), derived_id("third")
    await house.hears(opened(second), opened(third))
    await house.act("assign", BEN, 1, case_id=second)
    wanted = [(CASE, 1), (second, 1), (third, 1), (derived_id("no case"), 1)]
    results = await house.technicians.act_on_many(who(ANN), wanted, Resolve())
    assert [it.outcome for it in results] == ["done", "moved_on", "done", "unknown"]
    again = await house.technicians.act_on_many(who(ANN), wanted[:1], Resolve())
    assert [it.outcome for it in again] == ["unchanged"]
    assert [it.code for it in results] == ["", "case_moved_on", "", "case_unknown"]


async def test_many_under_one_id_are_done_once_and_told_the_same_again(house: House) -> None:
    second, client_id = derived_id("second"), derived_id("many")
    await house.hears(opened(second))
    wanted = [(CASE, 1), (second, 1)]
    first = await house.technicians.act_on_many(who(ANN), wanted, Resolve(), client_id)
    # Somebody goes on with one of them before the lost answer is asked for once more.
    await house.act("reopen", BEN, 2, case_id=second)
    again = await house.technicians.act_on_many(who(ANN), wanted, Resolve(), client_id)
    assert [(it.outcome, it.version) for it in again] == [(it.outcome, it.version) for it in first]
    assert [it.outcome for it in first] == ["done", "done"]
    assert (await house.case(second)).now.assignee_id == BEN
    # Another id, and another technician with the same one, are others.
    for by, other in ((ANN, derived_id("other")), (BEN, client_id)):
        (late,) = await house.technicians.act_on_many(who(by), wanted[1:], Resolve(), other)
        assert late.outcome == "moved_on"


async def test_many_are_taken_back_where_nobody_has_gone_on(house: House) -> None:
    second, third = derived_id("second"), derived_id("third")
    await house.hears(opened(second), opened(third))
    wanted = [(CASE, 1), (second, 1), (third, 1)]
    done = await house.technicians.act_on_many(who(ANN), wanted, Resolve())
    await house.act("reopen", BEN, 2, case_id=second)
    changes = [(it.case_id, it.version or 0) for it in done]
    theirs = await house.technicians.undo_many(who(BEN), changes[:1])
    assert [(it.outcome, it.code) for it in theirs] == [("refused", "nothing_to_undo")]
    back = await house.technicians.undo_many(who(ANN), [*changes, (derived_id("none"), 2)])
    assert [it.outcome for it in back] == ["done", "moved_on", "done", "unknown"]
    assert [(await house.case(it)).now.state for it in (CASE, second, third)] == [
        "unassigned", "assigned", "unassigned",
    ]  # fmt: skip
    again = await house.technicians.undo_many(who(ANN), changes[:1])
    assert [it.outcome for it in again] == ["unchanged"]


async def test_spam_that_is_none_is_taken_back_as_a_whole(house: House) -> None:
    """Open again and still marked, it would be in nobody's list."""
    second = derived_id("second")
    await house.hears(opened(second))
    await house.act("assign", ANN, 1)
    await house.act("resolve", ANN, 2)
    done = await house.technicians.act_on_many(who(ANN), [(CASE, 3), (second, 1)], Spam())
    changes = [(it.case_id, it.version or 0) for it in done]
    back = await house.technicians.undo_many(who(ANN), changes)
    found = [(it.outcome, it.case.now.state, it.case.now.spam) for it in back if it.case]
    assert found == [("done", "resolved", False), ("done", "unassigned", False)]


async def test_a_case_that_was_resolved_by_itself_keeps_its_mark(house: House) -> None:
    await house.act(Spam(), ANN)
    await house.act("reopen", ANN, 2)
    house.clock.advance(60)
    done = await house.act("resolve", ANN, 3)
    back = await house.technicians.undo(who(ANN), CASE, done.version)
    assert (back.now.state, back.now.spam) == ("assigned", True)


async def test_what_was_done_is_taken_back_by_who_did_it(house: House) -> None:
    await house.act("assign", ANN, 1)
    done = await house.act("resolve", ANN, 2)
    with pytest.raises(NothingToUndo):
        await house.technicians.undo(who(BEN), CASE, done.version)
    back = await house.technicians.undo(who(ANN), CASE, done.version)
    assert (back.now.state, back.now.assignee_id, back.now.resolved_at) == ("assigned", ANN, None)
    assert await house.technicians.undo(who(ANN), CASE, done.version) == back


async def test_what_somebody_went_on_from_is_not_taken_back(house: House) -> None:
    done = await house.act("resolve", ANN, 1)
    await house.act("reopen", BEN, 2)
    with pytest.raises(CaseMovedOn):
        await house.technicians.undo(who(ANN), CASE, done.version)


async def test_the_past_is_the_case_as_it_was(house: House) -> None:
    moments = [await house.case()]
    for action in (Flag(), Title(title="Dark lamp"), Prioritise(priority="high")):
        house.clock.advance(60)
        moments.append(await house.act(action, ANN))
    for moment in moments:
        past = await house.technicians.look_back(who(ANN), CASE, version=moment.version, at=None)
        assert (past.now, past.text, past.version) == (moment.now, moment.text, moment.version)
    at = AT + timedelta(minutes=2, seconds=30)
    past = await house.technicians.look_back(who(ANN), CASE, version=None, at=at)
    assert (past.text.title, past.now.priority) == ("Dark lamp", "normal")
    early = AT - timedelta(days=1)
    with pytest.raises(MomentUnknown):
        await house.technicians.look_back(who(ANN), CASE, version=None, at=early)


async def test_the_history_of_a_life_ends_in_the_present(house: House) -> None:
    await house.act("assign", ANN, 1)
    await house.hears(message("Sure", by="technician"), message("Thanks"))
    await house.act(NOTE, BEN)
    await house.act(Transfer(to=BEN, note="Yours"), ANN, 2)
    now = await house.case()
    past = await house.technicians.look_back(who(ANN), CASE, version=None, at=None)
    assert (past.now, past.text, past.version) == (now.now, now.text, now.version)
