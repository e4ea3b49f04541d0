"""Other times of ringing tried on what cases lived through (X4, N9): pure, from a life to how often it would have rung.

A live chat that nobody has rings when its wait begins, then again after so many seconds, so many times; then
those who could come are mailed. While its case is muted it does none of that. Whether it would have been
taken sooner had it rung sooner nobody knows: each wait is taken to last as long as it did.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.cases.history import Entry
from services.cases.whatif import Life


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds lie between two rings, and how often it rings again before people are mailed."""

    seconds: float
    times: int


@dataclass(frozen=True, slots=True)
class Rung:
    """How often it rang again, and whether people were mailed then."""

    again: int
    mailed: bool


@dataclass(frozen=True, slots=True)
class Rerung:
    """One wait of a live chat under two patiences, and how long it lasted."""

    at: datetime
    lasted: timedelta
    before: Rung
    after: Rung


@dataclass(frozen=True, slots=True)
class Tried:
    """One case whose live chat waited in the span."""

    case_id: str
    number: int
    waits: tuple[Rerung, ...]

    @property
    def changed(self) -> Rerung | None:
        """The first wait that would have been mailed otherwise, or rung otherwise."""
        mailed = (it for it in self.waits if it.before.mailed != it.after.mailed)
        rung = (it for it in self.waits if it.before != it.after)
        return next(mailed, None) or next(rung, None)


@dataclass(frozen=True, slots=True)
class Sum:
    """Waits that rang again, how often all of them did, and how many ended up as a mail."""

    waits: int
    again: int
    mailed: int


def tried(life: Life, before: Patience, after: Patience) -> Tried | None:
    """What would have rung; None for a case whose chat waited for nobody in the span."""
    waits = [
        Rerung(
            wait[0].time,
            until - wait[0].time,
            _rung(wait, until, before),
            _rung(wait, until, after),
        )
        for wait, until in _waits(life)
        if wait[0].time >= life.since
    ]
    return Tried(life.case_id, life.entries[0].now.number, tuple(waits)) if waits else None


def total(tries: Iterable[Tried]) -> tuple[Sum, Sum]:
    """All of them together, as it was and as it would have been."""
    waits = [it for one in tries for it in one.waits]
    return _sum([it.before for it in waits]), _sum([it.after for it in waits])


def _sum(rung: Sequence[Rung]) -> Sum:
    return Sum(
        waits=sum(it.again > 0 for it in rung),
        again=sum(it.again for it in rung),
        mailed=sum(it.mailed for it in rung),
    )


def _waits(life: Life) -> Iterator[tuple[Sequence[Entry], datetime]]:
    """Each stretch in which a live chat waited for somebody, and when it was over."""
    wait: list[Entry] = []
    for entry in life.entries:
        waits = entry.now.state == "unassigned" and entry.now.live
        if wait and not waits:
            yield wait, entry.time
            wait = []
        elif waits:
            wait.append(entry)
    if wait:
        yield wait, life.until


def _rung(wait: Sequence[Entry], until: datetime, patience: Patience) -> Rung:
    began, span = wait[0].time, timedelta(seconds=patience.seconds)
    rings = [began + span * (count + 1) for count in range(patience.times)]
    again = sum(at < until and not _is_quiet(wait, at) for at in rings)
    mailed = began + span * (patience.times + 1)
    return Rung(again, mailed < until and not _is_quiet(wait, mailed))


def _is_quiet(wait: Sequence[Entry], at: datetime) -> bool:
    last = next(it for it in reversed(wait) if it.time <= at)
    return last.now.muted or last.now.spam
