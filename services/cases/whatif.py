"""What if (N9): a candidate (an SLA policy, a rule) is tried on what cases lived through lately, changing nothing.

How to plug in: write a pure judge, `Callable[[Life], R | None]`, which is given one case with its whole
history and answers what the candidate would have done (None where that is nothing to tell), and call

    slice = await replay(past, span, judge, after=cursor, bounds=Bounds(), now=monotonic)

`slice.outcomes` are the answers for the cases of this slice; whoever asked goes on with `after=slice.next`
until that is None, adding up as it likes. So nothing is kept on the server, a restart breaks nothing,
`slice.progress` is a progress bar, and to stop is not to ask again. `slice.cut` says that there were more
cases than are looked at. The cursor carries the span, so every slice looks at the same one.

A life holds every event from the beginning of the case, because what came before decides what an event
meant; `life.recent` are those of the span. Entries come without what is sealed (`text` is None, `personal`
empty), as long as the span does not say `sealed=True`: opening costs a decryption an entry, so ask for
it only where a condition needs words.

A case belongs to the slice in which its first event of the span stands, so it is judged once.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final, Generic, Protocol, TypeVar

from chassis.errors import DeskbusError
from chassis.storage import FakeStorage
from services.cases.domain import whole_milliseconds
from services.cases.history import HISTORY, Entry, MongoHistory

MONTH: Final = timedelta(days=30)
MOST_EVENTS: Final = 2_000
"""Of one case; what it lived through later is left out."""
CURSOR: Final = r"^[0-9a-f]{1,12}-[0-9a-f]{1,12}-[0-9a-f]{1,8}$"
_PAGE: Final = 500
_MILLISECOND: Final = timedelta(milliseconds=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

R = TypeVar("R")


class CursorInvalid(DeskbusError):
    """It is not the `next` of a slice."""

    code = "cursor_invalid"
    status = 422
    text = "This trial cannot be continued. Please start it again."


@dataclass(frozen=True, slots=True)
class Span:
    """Whose past, and from when until when (exclusive)."""

    tenant: str
    companies: tuple[str, ...]
    until: datetime
    portal_id: str | None = None
    """Only cases of this portal."""
    sealed: bool = False
    """Whether the judge needs what is sealed."""
    length: timedelta = MONTH

    @property
    def since(self) -> datetime:
        """Its beginning (inclusive)."""
        return self.until - self.length


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is looked at: cases in all slices together, seconds in one."""

    cases: int = 10_000
    seconds: float = 2.0


@dataclass(frozen=True, slots=True)
class Life:
    """A case with all that it lived through, in order, and when the span begins."""

    case_id: str
    entries: tuple[Entry, ...]
    since: datetime
    until: datetime

    @property
    def recent(self) -> tuple[Entry, ...]:
        """What happened within the span."""
        return tuple(entry for entry in self.entries if entry.time >= self.since)


@dataclass(frozen=True, slots=True)
class Touched:
    """An event of the span: which case, and when."""

    case_id: str
    time: datetime


@dataclass(frozen=True, slots=True)
class Slice(Generic[R]):
    """A part of the answer. `next` continues behind it; None at the end."""

    outcomes: list[R]
    cases: int
    """How many cases were judged so far, in this slice and those before it."""
    next: str | None
    progress: float
    """From 0 to 1."""
    cut: bool
    """There were more cases than are looked at: the rest is left out."""
    span: Span


class Past(Protocol):
    """What cases lived through. It can only be read."""

    async def touched(self, span: Span, after: datetime, limit: int) -> list[Touched]:
        """The first events of the span that come after an instant, by time."""
        ...

    async def life(self, case_id: str, span: Span) -> list[Entry]:
        """The first `MOST_EVENTS` events of a case before the span's end, in order; none of an erased one."""
        ...


@dataclass(frozen=True, slots=True)
class _Place:
    """Everything through `through` was looked at, which were so many cases."""

    until: datetime
    through: datetime
    cases: int

    def __str__(self) -> str:
        return f"{_number(self.until):x}-{_number(self.through):x}-{self.cases:x}"


async def replay(  # noqa: PLR0913 - what a trial consists of
    past: Past,
    span: Span,
    judge: Callable[[Life], R | None],
    *,
    after: str | None,
    bounds: Bounds,
    now: Callable[[], float],
) -> Slice[R]:
    """One slice of a trial, from its beginning or behind `after`; `now` is a monotonic clock in seconds.

    Raises `CursorInvalid`.
    """
    place = _place(span, after)
    span = replace(span, until=place.until)
    started, ends = place.through, now() + bounds.seconds
    outcomes: list[R] = []
    judged: set[str] = set()
    while place.through < span.until:
        for through, case_ids in await _page(past, span, place.through):
            for case_id in case_ids - judged:
                judged.add(case_id)
                life = await _new_life(past, span, case_id, started)
                if life is None:
                    continue
                if place.cases >= bounds.cases:
                    return Slice(outcomes, place.cases, None, 1.0, cut=True, span=span)
                place = replace(place, cases=place.cases + 1)
                if (outcome := judge(life)) is not None:
                    outcomes.append(outcome)
            place = replace(place, through=through)
            if now() >= ends and through < span.until:
                return Slice(outcomes, place.cases, str(place), _share(place, span), False, span)
    return Slice(outcomes, place.cases, None, 1.0, cut=False, span=span)


async def _page(past: Past, span: Span, after: datetime) -> list[tuple[datetime, set[str]]]:
    """The cases of the next events by moment; the last moment of a full page may go on, and is left for the next."""
    rows = await past.touched(span, after, _PAGE)
    moments: dict[datetime, set[str]] = {}
    for row in rows:
        moments.setdefault(row.time, set()).add(row.case_id)
    if len(rows) < _PAGE:
        moments.setdefault(span.until, set())
    elif len(moments) > 1:
        moments.popitem()
    return list(moments.items())


async def _new_life(past: Past, span: Span, case_id: str, started: datetime) -> Life | None:
    """The life of a case that no earlier slice has judged."""
    entries = await past.life(case_id, span)
    first = next((entry.time for entry in entries if entry.time >= span.since), None)
    if first is None or first <= started:
        return None
    return Life(case_id, tuple(entries), span.since, span.until)


def _place(span: Span, after: str | None) -> _Place:
    if after is None:
        until = whole_milliseconds(span.until)
        return _Place(until, until - span.length - _MILLISECOND, 0)
    if not re.match(CURSOR, after):
        raise CursorInvalid
    ends, looked, cases = (int(part, 16) for part in after.split("-"))
    try:
        return _Place(_EPOCH + _MILLISECOND * ends, _EPOCH + _MILLISECOND * looked, cases)
    except OverflowError as error:
        raise CursorInvalid from error


def _share(place: _Place, span: Span) -> float:
    return max(0.0, min(1.0, (place.through - span.since) / span.length))


def _number(time: datetime) -> int:
    return (time - _EPOCH) // _MILLISECOND


# ---- where the past is read ----------------------------------------------------------------------


class MongoPast:
    """The past on the history of cases."""

    def __init__(self, history: MongoHistory) -> None:
        self._history = history

    async def touched(self, span: Span, after: datetime, limit: int) -> list[Touched]:
        rows = await self._history.touched(_query(span, after), limit)
        return [Touched(row["case_id"], row["time"]) for row in rows]

    async def life(self, case_id: str, span: Span) -> list[Entry]:
        return await self._history.life(case_id, span.until, MOST_EVENTS, sealed=span.sealed)


def _query(span: Span, after: datetime) -> dict[str, object]:
    query: dict[str, object] = {
        "tenant": span.tenant,
        "time": {"$gt": max(after, span.since - _MILLISECOND), "$lt": span.until},
        "company_id": {"$in": list(span.companies)},
    }
    return query if span.portal_id is None else {**query, "now.portal_id": span.portal_id}


class FakePast:
    """The same promises in memory."""

    def __init__(self, storage: FakeStorage) -> None:
        self._rows: dict[str, Entry] = storage.table(HISTORY)

    async def touched(self, span: Span, after: datetime, limit: int) -> list[Touched]:
        found = [entry for entry in self._kept() if _touches(span, entry, after)]
        rows = [Touched(entry.case_id, entry.time) for entry in found]
        return sorted(rows, key=lambda row: row.time)[:limit]

    async def life(self, case_id: str, span: Span) -> list[Entry]:
        mine = [entry for entry in self._kept() if entry.case_id == case_id]
        known = [
            _without_seals(entry, sealed=span.sealed) for entry in mine if entry.time < span.until
        ]
        return sorted(known, key=lambda entry: entry.version)[:MOST_EVENTS]

    def _kept(self) -> list[Entry]:
        """As a database keeps times."""
        return [replace(it, time=whole_milliseconds(it.time)) for it in self._rows.values()]


def _touches(span: Span, entry: Entry, after: datetime) -> bool:
    within = max(after, span.since - _MILLISECOND) < entry.time < span.until
    own = entry.tenant == span.tenant and entry.company_id in span.companies
    return within and own and span.portal_id in {None, entry.now.portal_id}


def _without_seals(entry: Entry, *, sealed: bool) -> Entry:
    return entry if sealed else replace(entry, text=None, personal={})
