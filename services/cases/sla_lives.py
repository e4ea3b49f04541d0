"""What a policy makes of the life of a case: its clocks at the end, and which promises were kept (X10, N9). Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from contracts.cases import CaseAnswered, SlaClock
from services.cases.history import Entry
from services.cases.sla import KINDS, Kind, Outline, Policy, follow, outline
from services.cases.whatif import Life

ANSWERED: Final = CaseAnswered.type_name()
MOMENT: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Ended:
    """A promise that was kept, or was not; one that nobody kept ends when it fell due."""

    kind: str
    at: datetime
    kept: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """How many promises of a kind were kept, and how many were not."""

    met: int = 0
    breached: int = 0


@dataclass(frozen=True, slots=True)
class Tried:
    """One case under two policies; `first_at` is when it began."""

    case_id: str
    number: int
    first_at: datetime
    before: Mapping[Kind, Tally]
    after: Mapping[Kind, Tally]

    @property
    def changes(self) -> bool:
        """Whether it would have gone otherwise."""
        return self.before != self.after


def lived(
    entries: Iterable[Entry], policy: Policy, until: datetime
) -> tuple[tuple[SlaClock, ...], list[Ended]]:
    """The clocks as they stand at `until`, and every promise that ended before, the last of each cycle."""
    clocks: tuple[SlaClock, ...] = ()
    ends: list[Ended] = []
    before: Outline | None = None
    answered = False
    for entry in entries:
        answered = answered or entry.type == ANSWERED
        here = outline(entry.now, answered=answered)
        if here == before:
            continue
        # What is done at the very moment at which it falls due is done in time.
        before, was = here, _told(clocks, entry.time - MOMENT)
        clocks = follow(was, entry.now, entry.time, policy, answered=answered)
        ends = _ended(ends, was, clocks)
    clocks = _told(clocks, until)
    late = [
        Ended(clock.kind, clock.breached_at, kept=False)
        for clock in clocks
        if clock.breached_at is not None and clock.met_at is None
    ]
    return clocks, ends + late


def _told(clocks: tuple[SlaClock, ...], at: datetime) -> tuple[SlaClock, ...]:
    """As the timer would have said meanwhile."""
    return tuple(
        clock.model_copy(update={"breached_at": clock.due_at})
        if clock.due_at is not None and clock.due_at <= at and clock.breached_at is None
        else clock
        for clock in clocks
    )


def _ended(
    ends: Sequence[Ended], was: tuple[SlaClock, ...], clocks: tuple[SlaClock, ...]
) -> list[Ended]:
    known = {clock.kind: clock for clock in was}
    ended = list(ends)
    for clock in clocks:
        old = known.get(clock.kind)
        if (
            old is not None
            and old.met_at is not None
            and clock.met_at is None
            and clock.kind == "resolution"
        ):
            # Reopened: what counts is when it is resolved for good.
            ended = [it for it in ended if it.kind != clock.kind]
        if clock.met_at is not None and (old is None or old.met_at is None):
            ended.append(Ended(clock.kind, clock.met_at, kept=clock.breached_at is None))
    return ended


# ---- trying one out ------------------------------------------------------------------------------


def tallied(ends: Iterable[Ended], since: datetime) -> dict[Kind, Tally]:
    """How many of each kind ended well and badly since a moment; kinds without any are left out."""
    counted = Counter((it.kind, it.kept) for it in ends if it.at >= since)
    tallies = {kind: Tally(counted[kind, True], counted[kind, False]) for kind in KINDS}
    return {kind: it for kind, it in tallies.items() if it != Tally()}


def tried(life: Life, before: Policy, after: Policy) -> Tried:
    """What a case's promises would have come to under two policies, since the span began."""

    def under(policy: Policy) -> dict[Kind, Tally]:
        return tallied(lived(life.entries, policy, life.until)[1], life.since)

    first = life.entries[0]
    return Tried(life.case_id, first.now.number, first.time, under(before), under(after))


def total(tallies: Iterable[Mapping[Kind, Tally]]) -> dict[Kind, Tally]:
    """All of them together, every kind named."""
    met: Counter[Kind] = Counter()
    breached: Counter[Kind] = Counter()
    for one in tallies:
        for kind, tally in one.items():
            met[kind] += tally.met
            breached[kind] += tally.breached
    return {kind: Tally(met[kind], breached[kind]) for kind in KINDS}
