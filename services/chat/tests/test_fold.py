"""The fold over a conversation's log: the same view however often and in which pieces the log is read."""

from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.chat import ConversationEnded, ConversationEntry, MessageSent
from services.chat.fold import BodyUnknown, Bounds, Fold, Shown, fingerprint, shown
from services.chat.tests.examples import (
    activity,
    bot,
    contact,
    deleted,
    ended,
    journey,
    message,
    opened,
)

View = list[Shown]
Log = list[tuple[int, ConversationEntry]]


def _view(log: Log) -> View:
    """What somebody sees who reads it now: deletions count for what stands before them."""
    fold = Fold()
    view = [entry for seq, it in log if (entry := fold.apply(seq, it))]
    return [it if it.retracts else replace(it, deleted=fold.deletions.get(it.id)) for it in view]


def _at_once(view: View) -> View:
    """The entries as they were shown when they came, before anything was deleted."""
    return [replace(it, deleted=None) for it in view]


def _numbered(entries: list[ConversationEntry]) -> Log:
    return list(enumerate(entries, start=100))


# ---- what comes out ------------------------------------------------------------------------------


def test_a_journey_is_shown_in_full_and_the_message_behind_the_end_is_late() -> None:
    view = _view(_numbered(journey()))
    assert [it.seq for it in view] == list(range(100, 108))
    assert [it.late for it in view] == [False] * 7 + [True]


def test_a_resend_counts_once_at_its_first_position() -> None:
    view = _view(_numbered([opened(), message("a"), message("b"), message("a")]))
    assert [it.seq for it in view] == [100, 101, 102]


def test_another_body_under_the_same_id_is_retracted_where_it_was_found() -> None:
    first, second = message("a", "yes"), message("a", "no")
    view = _view(_numbered([opened(), first, second]))
    assert view[1].entry == first
    assert (view[2].seq, view[2].retracts) == (102, first.id)
    assert view[2].id != first.id


def test_another_address_under_the_same_id_is_retracted_too() -> None:
    first, second = contact("a", "cleo@example.com"), contact("a", "eve@example.com")
    view = _view(_numbered([opened(), first, first, second]))
    assert [(it.seq, it.retracts) for it in view[1:]] == [(101, None), (103, first.id)]


def test_what_the_bot_said_twice_is_shown_once_whatever_its_words_were() -> None:
    view = _view(_numbered([opened(), bot(text="Hello"), bot(text="Hi"), bot("ask_email")]))
    assert [it.seq for it in view] == [100, 101, 103]


def test_only_the_first_end_counts() -> None:
    view = _view(_numbered([opened(), ended("customer"), ended("technician"), message("a")]))
    assert [it.seq for it in view] == [100, 101, 103]
    assert view[-1].late


def test_only_messages_can_be_late() -> None:
    view = _view(
        _numbered([opened(), ended("customer"), activity("resolved", "resolved"), contact("a")])
    )
    assert not any(it.late for it in view)


def test_a_deleted_message_says_who_deleted_it_and_the_first_deletion_counts() -> None:
    unwanted = message("a", author="technician")
    deletion, other = deleted(unwanted.id), deleted(unwanted.id)
    view = _view(_numbered([opened(), unwanted, deletion, other, message("b")]))
    assert [it.seq for it in view] == [100, 101, 102, 104]
    assert [it.deleted and it.deleted.seq for it in view] == [None, 102, None, None]
    assert view[1].deleted
    assert view[1].deleted.by == deletion.author


def test_a_deleted_message_does_not_come_back_by_being_sent_again() -> None:
    yes, no = message("a", "yes"), message("a", "no")
    view = _view(_numbered([opened(), yes, deleted(yes.id), yes, no]))
    assert [it.seq for it in view] == [100, 101, 102]


def test_what_contradicted_a_message_before_its_deletion_stays_retracted() -> None:
    yes, no = message("a", "yes"), message("a", "no")
    log = _numbered([opened(), yes, no, deleted(yes.id)])
    assert [(it.seq, it.retracts) for it in _view(log)][2] == (102, yes.id)


def test_a_deletion_of_what_comes_later_deletes_nothing() -> None:
    view = _view(_numbered([opened(), deleted(message("a").id), message("a")]))
    assert [it.deleted for it in view] == [None] * 3


def test_the_customer_does_not_meet_who_deletes() -> None:
    fold = Fold()
    for seq, entry in _numbered([opened(), message("a"), deleted(message("a").id)]):
        fold.apply(seq, entry)
    assert not fold.joined


def test_the_customer_meets_who_joined_and_who_wrote() -> None:
    fold = Fold()
    for seq, entry in _numbered([opened(), message("m", author="technician")]):
        fold.apply(seq, entry)
    assert fold.joined == {message("m", author="technician").author.id}


def test_a_restored_fold_asks_for_a_body_that_only_the_store_knows() -> None:
    fold = Fold.restore(Bounds(100), [(message("a").id, 101)], ())
    with pytest.raises(BodyUnknown):
        fold.apply(105, message("a", "no"))
    fold.learn(message("a").id, fingerprint(message("a")))
    contradicted = fold.apply(105, message("a", "no"))
    assert contradicted is not None
    assert contradicted.retracts == message("a").id


# ---- however it is read --------------------------------------------------------------------------


def _entries() -> st.SearchStrategy[ConversationEntry]:
    names = st.sampled_from(["a", "b", "c", "d"])
    return st.one_of(
        st.builds(message, names, st.sampled_from(["yes", "no"])),
        st.builds(ended, names),
        st.builds(activity, names),
        st.builds(contact, names, st.sampled_from(["cleo@example.com", "eve@example.com"])),
        st.builds(bot, st.sampled_from(["greeting", "ask_email"]), st.sampled_from(["", "Hi"])),
        st.builds(lambda name: deleted(message(name).id), names),
        st.just(opened()),
    )


def _logs() -> st.SearchStrategy[Log]:
    return st.lists(_entries(), max_size=14).map(lambda rest: _numbered([opened(), *rest]))


@given(_logs(), st.data())
def test_reading_again_from_any_earlier_position_changes_nothing(
    log: Log, data: st.DataObject
) -> None:
    fold, seen, place = Fold(), dict[str, Shown](), 0
    for stop in [*data.draw(st.lists(st.integers(0, len(log)), max_size=6)), len(log)]:
        reached = max(place, stop)
        for seq, entry in log[place:reached]:
            if it := fold.apply(seq, entry):
                (it,) = _at_once([it])
                assert seen.setdefault(it.id, it) == it
        # A crash: the next reader begins at an earlier position, never beyond the one reached.
        place = data.draw(st.integers(0, reached))
    for seq, entry in log[place:]:
        fold.apply(seq, entry)
    view = _view(log)
    assert sorted(seen.values(), key=lambda it: it.seq) == _at_once(view)
    assert fold.deletions == {it.id: it.deleted for it in view if it.deleted}


@given(_logs(), _logs(), st.randoms(use_true_random=False))
def test_other_conversations_between_the_entries_change_nothing(
    ours: Log, theirs: Log, random: Random
) -> None:
    folds, views = (Fold(), Fold()), (View(), View())
    queue = sorted([0] * len(ours) + [1] * len(theirs), key=lambda _: random.random())
    left = (iter(ours), iter(theirs))
    for which in queue:
        seq, entry = next(left[which])
        if it := folds[which].apply(seq, entry):
            views[which].append(it)
    assert views == (_at_once(_view(ours)), _at_once(_view(theirs)))


def _stored(log: Log, fold: Fold) -> View:
    """How a store shows what it holds: each entry by itself, at the first position of its id."""
    first: dict[str, tuple[int, ConversationEntry]] = {}
    for seq, entry in log:
        first.setdefault(entry.id, (seq, entry))
    return [
        it
        for seq, entry in first.values()
        if (it := shown(seq, entry, fold.bounds, fold.deletions.get(entry.id)))
    ]


@given(_logs())
def test_a_store_that_knows_only_bounds_and_deletions_shows_the_same_entries(log: Log) -> None:
    fold = Fold()
    for seq, entry in log:
        fold.apply(seq, entry)
    assert _stored(log, fold) == [it for it in _view(log) if not it.retracts]


@given(_logs(), st.data())
def test_a_fold_restored_from_the_store_continues_as_if_it_had_read_everything(
    log: Log, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(log)))
    overlap = data.draw(st.integers(0, cut))
    before = Fold()
    for seq, entry in log[:cut]:
        before.apply(seq, entry)
    after = Fold.restore(
        before.bounds,
        ((i, mark.seq) for i, mark in before.marks.items()),
        before.joined,
        before.deletions,
    )
    bodies = {e.id: fingerprint(e) for _, e in reversed(log)}
    tail: View = []
    for seq, entry in log[cut - overlap :]:
        try:
            it = after.apply(seq, entry)
        except BodyUnknown:
            after.learn(entry.id, bodies[entry.id])
            it = after.apply(seq, entry)
        if it and it.seq >= 100 + cut:
            tail.append(it)
    view = _view(log)
    assert _at_once(tail) == [it for it in _at_once(view) if it.seq >= 100 + cut]
    assert after.deletions == {it.id: it.deleted for it in view if it.deleted}


@given(_logs())
def test_late_messages_are_never_dropped(log: Log) -> None:
    ids = {e.id for _, e in log if isinstance(e, MessageSent)}
    assert ids == {
        it.id for it in _view(log) if isinstance(it.entry, MessageSent) and not it.retracts
    }


@given(_logs())
def test_the_view_is_ordered_by_position_and_ends_at_most_once(log: Log) -> None:
    view = _view(log)
    assert all(a.seq < b.seq for a, b in pairwise(view))
    assert sum(isinstance(it.entry, ConversationEnded) for it in view) <= 1


def test_an_entry_whose_mark_came_before_its_meaning_still_ends_the_conversation() -> None:
    """A store that is read while it is written may know an entry's id, and not yet that it was the end."""
    last = ended("the end")
    fold = Fold.restore(Bounds(1, None), [(last.id, 5)], ())
    assert fold.apply(5, last) is not None
    assert fold.ended
