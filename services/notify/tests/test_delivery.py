"""The promise of the delivery ledger, in every order of events: whatever breaks, no server gets a mail twice."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from services.notify import domain
from services.notify.domain import CLAIM, Mail, Outcome, Persistence
from services.notify.mail_news import announced
from services.notify.tests.examples import AT, mail

PERSISTENCE = Persistence(timedelta(seconds=10), timedelta(hours=1), timedelta(hours=24))
ANSWERS = {
    "taken": Outcome("accepted", "250"),
    "taken, answer lost": Outcome("unknown", "disconnected"),
    "not taken, answer lost": Outcome("unknown", "timeout"),
    "not now": Outcome("waiting", "451"),
    "never": Outcome("failed", "550"),
}


def line(**different: object) -> Mail:
    return replace(domain.requested(mail(), AT), **different)  # type: ignore[arg-type]


def claimed(seen: Mail, seconds: float = 0) -> Mail | None:
    return domain.claimed(seen, AT + timedelta(seconds=seconds), PERSISTENCE)


def sending(attempts: int = 1) -> Mail:
    return line(state="sending", attempts=attempts, due=AT + CLAIM)


# ---- one step at a time --------------------------------------------------------------------------


def test_a_mail_is_claimed_once() -> None:
    first = claimed(line())
    assert first is not None
    assert (first.state, first.attempts, first.due) == ("sending", 1, AT + CLAIM)
    assert claimed(first) is None


def test_a_broken_try_is_taken_up_again_if_nothing_had_left() -> None:
    again = claimed(sending(), CLAIM.total_seconds())
    assert again is not None
    assert (again.state, again.attempts, again.reason) == ("sending", 2, "interrupted")


def test_a_try_that_broke_behind_the_hand_over_is_unknown_for_good() -> None:
    lost = claimed(replace(sending(), handed=True), CLAIM.total_seconds())
    assert lost is not None
    assert (lost.state, lost.reason, lost.due) == ("unknown", "interrupted", None)
    assert claimed(lost, 1e6) is None


def test_who_lost_the_claim_may_not_hand_over() -> None:
    assert domain.handed_over(sending(2), attempt=1) is None
    assert domain.handed_over(line(state="unknown", attempts=1), attempt=1) is None
    handed = domain.handed_over(sending(2), attempt=2)
    assert handed is not None
    assert handed.handed


@pytest.mark.parametrize("outcome", [o for o in ANSWERS.values() if o.state != "waiting"])
def test_an_answer_is_noted(outcome: Outcome) -> None:
    settled = domain.settled(sending(), 1, outcome, AT, PERSISTENCE)
    assert settled is not None
    assert (settled.state, settled.reason, settled.due) == (outcome.state, outcome.reason, None)
    assert domain.settled(settled, 1, outcome, AT, PERSISTENCE) is None


def test_the_truth_that_comes_late_counts() -> None:
    lost = line(state="unknown", attempts=1, due=None, handed=True)
    settled = domain.settled(lost, 1, ANSWERS["taken"], AT, PERSISTENCE)
    assert settled is not None
    assert settled.state == "accepted"


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 10), (2, 20), (3, 40), (9, 2560), (10, 3600), (500, 3600)]
)
def test_the_waits_double_up_to_an_hour(attempts: int, seconds: int) -> None:
    settled = domain.settled(sending(attempts), attempts, ANSWERS["not now"], AT, PERSISTENCE)
    assert settled is not None
    assert settled.due == AT + timedelta(seconds=seconds)


def test_after_a_day_it_is_given_up() -> None:
    late = AT + timedelta(hours=24)
    settled = domain.settled(sending(), 1, ANSWERS["not now"], late, PERSISTENCE)
    assert settled is not None
    assert (settled.state, settled.reason, settled.due) == ("failed", "451", None)


def test_tries_that_only_ever_break_off_are_given_up_too() -> None:
    found = claimed(sending(1000), timedelta(hours=25).total_seconds())
    assert found is not None
    assert (found.state, found.reason, found.due) == ("failed", "interrupted", None)


def test_each_change_is_told_once() -> None:
    tried = sending()
    first = announced(tried, 2)
    assert announced(tried, 2).id == first.id
    assert announced(replace(tried, attempts=2), 4).id != first.id
    assert (first.state, first.attempts, first.aggregate_version) == ("sending", 1, 2)


# ---- all of it together --------------------------------------------------------------------------

TRIES = 3


@dataclass(frozen=True)
class Process:
    """Somebody who claimed the mail; it may stand still for any time between two of its steps."""

    attempt: int
    handed: bool = False
    outcome: Outcome | None = None


@dataclass(frozen=True)
class World:
    """One mail, one server, and processes that die, stand still, and wake up at the worst moment."""

    mail: Mail
    now: datetime = AT
    processes: tuple[Process, ...] = ()
    taken: int = 0

    def without(self, process: Process) -> "World":
        return replace(self, processes=tuple(p for p in self.processes if p is not process))

    def with_one(self, process: Process) -> "World":
        return replace(self, processes=(*self.processes, process))


def successors(world: World) -> Iterator[World]:
    """Everything that can happen next."""
    yield from somebody_looks(world)
    for process in world.processes:
        left = world.without(process)
        yield left
        if process.outcome is not None:
            yield settles(left, process.attempt, process.outcome)
        elif process.handed:
            for answer, outcome in ANSWERS.items():
                told = left.with_one(replace(process, outcome=outcome))
                yield replace(told, taken=told.taken + answer.startswith("taken"))
        else:
            yield from goes_to_the_server(left, process)


def somebody_looks(world: World) -> Iterator[World]:
    """As late as need be: a claim has lapsed, or a wait has passed."""
    if world.mail.due is None or world.mail.attempts >= TRIES:
        return
    now = max(world.now, world.mail.due)
    found = domain.claimed(world.mail, now, PERSISTENCE)
    assert found is not None
    after = replace(world, mail=found, now=now)
    yield after.with_one(Process(found.attempts)) if found.state == "sending" else after


def goes_to_the_server(left: World, process: Process) -> Iterator[World]:
    for refusal in (ANSWERS["not now"], ANSWERS["never"]):
        yield left.with_one(replace(process, outcome=refusal))
    handed = domain.handed_over(left.mail, process.attempt)
    if handed is not None:
        yield replace(left, mail=handed).with_one(replace(process, handed=True))


def settles(left: World, attempt: int, outcome: Outcome) -> World:
    settled = domain.settled(left.mail, attempt, outcome, left.now, PERSISTENCE)
    return replace(left, mail=settled or left.mail)


def test_in_every_order_of_events_no_server_gets_it_twice_and_what_is_said_is_true() -> None:
    seen = {World(line())}
    ahead = list(seen)
    while ahead:
        for world in successors(ahead.pop()):
            if world in seen:
                continue
            seen.add(world)
            ahead.append(world)
            assert world.taken <= 1, world
            if world.mail.state == "accepted":
                assert world.taken == 1, world
            if world.mail.state in {"requested", "waiting", "failed"}:
                assert world.taken == 0, world
    # Else the walk would have ended before anything interesting.
    states = {world.mail.state for world in seen}
    assert states == {"requested", "sending", "waiting", "accepted", "failed", "unknown"}
    assert any(len(world.processes) == TRIES for world in seen)
