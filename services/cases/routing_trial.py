"""Another capacity tried on what cases lived through (X3, N9): pure, from a life to what would have been decided.

Each wait of a case in which the desk decided is decided again, by what that decision went by: who was
available, who had how much, whose turn it was. The loads are those of that day. Had others been given
before, they would have been others, which no look at single cases can tell; so the answer is what the
very decision would have been, and no forecast of a month.

Where automatic assignment was off, nothing is known of who was available. What is known is told: how many
waits people ended by taking the case, and how long those had lasted.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from contracts.cases import CaseAssigned, CaseRouted, Weighed
from services.cases.assignment import KINDS, Kind, Plan, chosen_of
from services.cases.history import Entry
from services.cases.whatif import Life

ROUTED: Final = CaseRouted.type_name()
TAKEN: Final = CaseAssigned.type_name()


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of a decision: whom it chose, if anybody, and the outcome in a word."""

    technician_id: str | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Redecided:
    """The first decision of one wait, as it was and as it would have been."""

    at: datetime
    before: Decided
    after: Decided


@dataclass(frozen=True, slots=True)
class Tried:
    """One case. `by_hand` is how long each wait lasted that somebody ended by taking the case."""

    case_id: str
    number: int
    decisions: tuple[Redecided, ...]
    by_hand: tuple[timedelta, ...]

    @property
    def changed(self) -> Redecided | None:
        """The first that would have been another."""
        return next((it for it in self.decisions if it.before != it.after), None)


def tried(life: Life, plan: Plan) -> Tried | None:
    """What would have been decided by a plan; None for a case that never waited in the span."""
    decisions, by_hand = [], []
    for wait in _waits(life.entries):
        if wait[0].time < life.since:
            continue
        routed = next((it for it in wait if it.type == ROUTED), None)
        if routed is not None:
            decisions.append(_redecided(routed, plan))
        elif wait[-1].type == TAKEN and wait[-1].actor.kind == "technician":
            by_hand.append(wait[-1].time - wait[0].time)
    if not decisions and not by_hand:
        return None
    return Tried(life.case_id, life.entries[0].now.number, tuple(decisions), tuple(by_hand))


def total(tries: Iterable[Tried]) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """How many decisions had which outcome, and would have had."""
    decisions = [it for one in tries for it in one.decisions]
    before = Counter(it.before.outcome for it in decisions)
    return before, Counter(it.after.outcome for it in decisions)


def _waits(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Each stretch in which the case waited, with the event that began it and the one that ended it."""
    wait: list[Entry] = []
    for entry in entries:
        waiting = entry.now.state == "unassigned"
        if waiting or wait:
            wait.append(entry)
        if wait and not waiting:
            yield wait
            wait = []
    if wait:
        yield wait


def _redecided(entry: Entry, plan: Plan) -> Redecided:
    tells: Mapping[str, Any] = entry.tells
    before = Decided(tells["technician_id"], tells["outcome"])
    kind: Kind = tells["kind"] if tells["kind"] in KINDS else "cases"
    weighed = [_weighed(Weighed.model_validate(it), kind, plan) for it in tells["considered"]]
    routing = chosen_of(kind, weighed)
    return Redecided(entry.time, before, Decided(routing.technician_id, routing.outcome))


def _weighed(it: Weighed, kind: Kind, plan: Plan) -> Weighed:
    capacity = plan.room_of(it.technician_id).of(kind)
    if it.verdict in {"not_available", "gave_back"}:
        return it.model_copy(update={"capacity": capacity})
    verdict = "later" if it.load < capacity else "at_capacity"
    return it.model_copy(update={"capacity": capacity, "verdict": verdict})
