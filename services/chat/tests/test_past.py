"""What the customer had before them at any moment (N6), on random conversations."""

from dataclasses import replace
from datetime import datetime, timedelta

import orjson
from hypothesis import given
from hypothesis import strategies as st

from contracts.chat import Author, ConversationEntry, MessageDeleted, MessageSent
from services.chat.fold import Fold
from services.chat.past import seen_by_customer
from services.chat.tests.examples import (
    NOON,
    activity,
    bot,
    contact,
    deleted,
    ended,
    message,
    opened,
)
from services.chat.views import Line, line

WORDS = ["lamp", "invoice", "parcel", "refund"]
SAID = [message(it, text=it) for it in WORDS]
SAID += [message(f"re {it}", text=f"re {it}", author="technician") for it in WORDS]
ENTRIES: list[ConversationEntry] = [
    *SAID, *(deleted(it.id) for it in SAID), contact("address"), bot(), bot("ask_email"),
    activity("joined"), activity("resolved", "resolved"), activity("reopened", "reopened"),
    ended("customer"),
]  # fmt: skip
Log = list[ConversationEntry]
LOGS = st.lists(st.sampled_from(ENTRIES), unique_by=lambda it: it.id, max_size=20).map(
    lambda entries: [
        it.model_copy(update={"time": NOON + timedelta(minutes=minute)})
        for minute, it in enumerate([opened(), *entries])
    ]
)


def name_of(author: Author) -> str:
    return str(author.id)


def shown(log: Log) -> list[Line]:
    """The conversation as whoever reads it now is shown it."""
    fold = Fold()
    view = [it for seq, entry in enumerate(log, 100) if (it := fold.apply(seq, entry))]
    return [line(replace(it, deleted=fold.deletions.get(it.id)), name_of) for it in view]


def deleted_behind(log: Log, place: int) -> set[str]:
    """The messages that stood there at that place of the log and were deleted later."""
    there = {it.id for it in log[:place] if isinstance(it, MessageSent)}
    gone = {it.message_id for it in log[:place] if isinstance(it, MessageDeleted)}
    later = {it.message_id for it in log[place:] if isinstance(it, MessageDeleted)}
    return (there & later) - gone


@given(LOGS, st.integers(0, 20))
def test_what_was_seen_then_is_found_again_but_for_words_that_are_gone(
    log: Log, place: int
) -> None:
    place = min(place, len(log) - 1) + 1
    then = [it for it in shown(log[:place]) if it.customer_sees]
    found = seen_by_customer(shown(log), log[place - 1].time + timedelta(seconds=30))
    gone = deleted_behind(log, place)
    assert [it.seq for it in found] == [it.seq for it in then]
    for now, before in zip(map(_json, found), map(_json, then), strict=True):
        if now["id"] not in gone:
            assert now == before
            continue
        assert (now["text"], now["gone"], "deleted" in now) == ("", True, False)
        assert before["text"] in {*WORDS, *(f"re {it}" for it in WORDS)}


@given(LOGS, st.integers(0, 20))
def test_the_past_and_what_came_behind_it_are_the_present(log: Log, place: int) -> None:
    at = log[min(place, len(log) - 1)].time
    now = [it for it in shown(log) if it.customer_sees]
    before = {it.seq for it in seen_by_customer(shown(log), at)}
    assert before == {it.seq for it in now if _time(it, log) <= at}
    assert seen_by_customer(shown(log), log[-1].time) == now


def test_nothing_that_is_not_the_customers_is_in_their_past() -> None:
    hidden = replace(shown([opened()])[0], customer_sees=False)
    assert seen_by_customer([hidden], NOON + timedelta(days=1)) == []


def _json(it: Line) -> dict[str, object]:
    found: dict[str, object] = orjson.loads(it.json)
    return found


def _time(it: Line, log: Log) -> datetime:
    return log[it.seq - 100].time
