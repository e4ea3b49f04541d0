"""Other snooze times tried on what cases lived through (S36, N9): pure, from a life to how long it would have slept.

Each time that a case was put off is told twice: how its sleep ended, and how it would have ended. A customer's
message ends a sleep whenever it comes, and so does a technician who did not wait for its end. What technicians
did once the case was back in truth is no measure of what they would have done had it come back later, so it
ends nothing.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from contracts.cases import CaseSnoozed, CaseWoken
from services.cases.history import Entry
from services.cases.snoozing import Choice, SnoozeTimes, chosen
from services.cases.whatif import Life

SNOOZED: Final = CaseSnoozed.type_name()
WOKEN: Final = CaseWoken.type_name()
Ending = Literal["reply", "due", "technician", "asleep"]
"""The customer wrote, its time came, a technician did not wait for that, or it sleeps still."""


@dataclass(frozen=True, slots=True)
class Sleep:
    """How a sleep ended and when; one that goes on ends with the span."""

    ending: Ending
    ended: datetime


@dataclass(frozen=True, slots=True)
class Resnoozed:
    """One time that a case was put off, as it was and as it would have been."""

    at: datetime
    before: Sleep
    after: Sleep


@dataclass(frozen=True, slots=True)
class Tried:
    """One case. `concluded` is how often what was chosen had to be concluded from the time that came of it."""

    case_id: str
    number: int
    sleeps: tuple[Resnoozed, ...]
    concluded: int

    @property
    def changed(self) -> Resnoozed | None:
        """The first that would have been another."""
        return next((it for it in self.sleeps if it.before != it.after), None)


@dataclass(frozen=True, slots=True)
class Sum:
    """How many sleeps ended which way, and how long all of them lasted."""

    endings: Counter[Ending]
    slept: timedelta


def tried(life: Life, times: SnoozeTimes, zone: str) -> Tried | None:
    """What would have been with other times; None for a case that nobody put off in the span.

    `zone` is that of whoever tries, for what was put off before the desk kept in whose zone that was.
    """
    sleeps, concluded = [], 0
    for place, entry in enumerate(life.entries):
        if entry.type != SNOOZED or entry.time < life.since:
            continue
        concluded += not entry.tells.get("choice")
        back = _back(entry, times, zone)
        sleeps.append(_resnoozed(entry, life.entries[place + 1 :], back, life.until))
    if not sleeps:
        return None
    return Tried(life.case_id, life.entries[0].now.number, tuple(sleeps), concluded)


def total(tries: Iterable[Tried]) -> tuple[Sum, Sum]:
    """How the sleeps ended altogether, and how they would have."""
    sleeps = [it for one in tries for it in one.sleeps]
    return _sum((it.at, it.before) for it in sleeps), _sum((it.at, it.after) for it in sleeps)


def _sum(sleeps: Iterable[tuple[datetime, Sleep]]) -> Sum:
    endings: Counter[Ending] = Counter()
    slept = timedelta()
    for at, sleep in sleeps:
        endings[sleep.ending] += 1
        slept += sleep.ended - at
    return Sum(endings, slept)


def _back(entry: Entry, times: SnoozeTimes, zone: str) -> datetime | None:
    """When the case would have come back by itself."""
    here = entry.tells.get("zone") or zone
    until = entry.now.snoozed_until
    choice: Choice | Literal["time"] = entry.tells.get("choice") or chosen(until, here, entry.time)
    return until if choice == "time" else times.until(choice, here, entry.time)


def _resnoozed(
    entry: Entry, later: Sequence[Entry], back: datetime | None, until: datetime
) -> Resnoozed:
    before = _slept(entry, later, until)
    ends = [before] if before.ending in {"reply", "technician"} else []
    if before.ending != "reply" and (wrote := _wrote(entry, later)) is not None:
        ends.append(Sleep("reply", wrote))
    if back is not None:
        ends.append(Sleep("due", back))
    ends.append(Sleep("asleep", until))
    # Of what is at the same moment, the first counts: the customer's message before the clock.
    return Resnoozed(entry.time, before, min(ends, key=lambda it: it.ended))


def _slept(entry: Entry, later: Sequence[Entry], until: datetime) -> Sleep:
    """How the sleep ended in truth; to be put off anew ends it too."""
    end = next((it for it in later if it.now.state != "snoozed" or it.type == SNOOZED), None)
    if end is None:
        return Sleep("asleep", until)
    reason: Ending = end.tells["reason"] if end.type == WOKEN else "technician"
    # The clock may have been late by a moment, which no other times would have changed.
    due = entry.now.snoozed_until if reason == "due" else None
    return Sleep(reason, due or end.time)


def _wrote(entry: Entry, later: Iterable[Entry]) -> datetime | None:
    """When the customer wrote next."""
    known = entry.now.customer_at
    return next((it.time for it in later if it.now.customer_at != known), None)
