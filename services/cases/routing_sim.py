"""Automatic assignment switched on, tried on what cases lived through (S37, N9): pure.

Each time that a case of the portal waited in the span, it is decided who would have got it and when: round
robin among those who have access and room, by the rules by which the desk decides. Cases are taken in the
order in which they were first heard of, and whoever would have got one has it for as long as it was really
worked on: from then until it was really put aside. All other cases are with whoever really had them.

Who was available is asked of `attendance`; of whom nobody knows, it is assumed that they were, and the
decision is told apart. Access and capacity are those of today.

A trial goes on where its last part ended, with what everybody has then: `Desk` is all of that.
"""

import base64
import binascii
import json
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final

from contracts.cases import Weighed
from services.cases.assignment import Kind, Plan, chosen_of
from services.cases.attendance import Attendance
from services.cases.history import Entry
from services.cases.whatif import CursorInvalid, Life

MOST_LETTERS: Final = 2_000_000
"""Of a desk as it is written: that of some ten thousand cases at once."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Work:
    """A stretch of time in which somebody has a case."""

    kind: Kind
    since: datetime
    until: datetime


@dataclass(slots=True)
class Desk:
    """Who has how much, and whose turn it was, as the trial has come to it."""

    works: dict[str, list[Work]] = field(default_factory=dict)
    turns: dict[str, int] = field(default_factory=dict)
    given: int = 0

    def load(self, technician_id: str, kind: Kind, at: datetime) -> int:
        """How much of a kind somebody has at a moment."""
        mine = self.works.get(technician_id, ())
        return sum(it.kind == kind and it.since <= at < it.until for it in mine)

    def book(self, technician_id: str, works: Iterable[Work]) -> None:
        """Somebody has a case."""
        self.works.setdefault(technician_id, []).extend(works)

    def forget(self, before: datetime) -> None:
        """What is over by then matters no more."""
        kept = {who: [it for it in mine if it.until > before] for who, mine in self.works.items()}
        self.works = {who: mine for who, mine in kept.items() if mine}

    def ends(self, after: datetime, before: datetime) -> set[datetime]:
        """When something ends between two moments."""
        return {
            it.until for mine in self.works.values() for it in mine if after < it.until < before
        }


@dataclass(frozen=True, slots=True)
class Waited:
    """One wait: how it really ended, and how it would have. None where nobody took it, or would have got it."""

    at: datetime
    taken_at: datetime | None
    taken_by: str | None
    given_at: datetime | None
    given_to: str | None
    ended: datetime
    """When the wait was really over, whatever ended it."""
    assumed: bool
    """Of somebody who was weighed it is not known whether they were available."""

    @property
    def really(self) -> timedelta:
        """How long it really lasted."""
        return self.ended - self.at

    @property
    def instead(self) -> timedelta:
        """How long it would have lasted; as long as it did, where nobody would have got it."""
        return (self.given_at or self.ended) - self.at


@dataclass(frozen=True, slots=True)
class Tried:
    """One case that waited in the span."""

    case_id: str
    number: int
    waits: tuple[Waited, ...]


@dataclass(frozen=True, slots=True)
class Team:
    """What a decision goes by besides the desk."""

    portal_id: str
    plan: Plan
    able: Callable[[str], Sequence[str]]
    """The technicians with access to a company, by their ids."""
    attendance: Attendance


def judge_of(team: Team, desk: Desk) -> Callable[[Life], Tried | None]:
    """What `whatif.replay` asks of each case; the desk grows with it."""
    return lambda life: _judge(team, desk, life)


def _judge(team: Team, desk: Desk, life: Life) -> Tried | None:
    waits: list[Waited] = []
    pieces = list(_pieces(life))
    # Cases come by their first event of the span, so what was over before it matters to none of those to come.
    desk.forget(next(it.time for it in life.entries if it.time >= life.since))
    for place, piece in enumerate(pieces):
        if piece.until <= life.since:
            continue
        waiting = piece.state == "unassigned" and piece.portal_id == team.portal_id
        if waiting and piece.since >= life.since:
            after = pieces[place + 1] if place + 1 < len(pieces) else None
            waits.append(_waited(team, desk, piece, after))
        elif piece.state == "assigned" and piece.holder and not _is_given(waits, piece):
            desk.book(piece.holder, piece.works(piece.since))
    return Tried(life.case_id, life.entries[0].now.number, tuple(waits)) if waits else None


def _is_given(waits: Sequence[Waited], piece: "_Piece") -> bool:
    """Whether whoever really had it then took it from the wait before, which somebody else would have ended."""
    return bool(waits) and waits[-1].ended == piece.since and waits[-1].given_to is not None


# ---- one decision --------------------------------------------------------------------------------


def _waited(team: Team, desk: Desk, wait: "_Piece", after: "_Piece | None") -> Waited:
    taken = after if after is not None and after.state == "assigned" else None
    given_at, chosen, assumed = _given(team, desk, wait)
    if given_at is not None and chosen is not None:
        desk.given += 1
        desk.turns[chosen] = desk.given
        works = wait.works(given_at) + (taken.works(taken.since) if taken else [])
        desk.book(chosen, works)
    return Waited(
        at=wait.since,
        taken_at=taken.since if taken else None,
        taken_by=taken.holder if taken else None,
        given_at=given_at,
        given_to=chosen,
        ended=wait.until,
        assumed=assumed,
    )


def _given(team: Team, desk: Desk, wait: "_Piece") -> tuple[datetime | None, str | None, bool]:
    """When somebody would have got it, and who; as soon as anybody can."""
    assumed = False
    for at in _moments(team, desk, wait):
        weighed, unknown = _weighed(team, desk, wait, at)
        assumed = assumed or unknown
        routing = chosen_of(wait.kind_at(at), weighed)
        if routing.technician_id is not None:
            return at, routing.technician_id, unknown
    return None, None, assumed


def _moments(team: Team, desk: Desk, wait: "_Piece") -> Iterator[datetime]:
    """Its beginning, and whenever somebody has more room or comes, while it waits."""
    yield wait.since
    others = desk.ends(wait.since, wait.until)
    yield from sorted(others | team.attendance.arrivals(wait.since, wait.until))


def _weighed(team: Team, desk: Desk, wait: "_Piece", at: datetime) -> tuple[list[Weighed], bool]:
    kind = wait.kind_at(at)
    weighed, unknown = [], False
    for who in team.able(wait.company_id):
        available = team.attendance.of(who, at)
        unknown = unknown or available is None
        load, capacity = desk.load(who, kind, at), team.plan.room_of(who).of(kind)
        if available is False:
            verdict = "not_available"
        elif wait.put_back_by == who:
            verdict = "gave_back"
        else:
            verdict = "later" if load < capacity else "at_capacity"
        turn = desk.turns.get(who, 0)
        weighed.append(
            Weighed(technician_id=who, verdict=verdict, load=load, capacity=capacity, turn=turn)
        )
    return weighed, unknown


# ---- what a case lived through -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch in which a case was in one state, with one technician or none."""

    state: str
    holder: str | None
    portal_id: str
    company_id: str
    put_back_by: str | None
    since: datetime
    until: datetime
    kinds: tuple[tuple[datetime, Kind], ...]
    """What it counted as from when on."""

    def kind_at(self, at: datetime) -> Kind:
        """What it counted as at a moment."""
        place = bisect_right([since for since, _ in self.kinds], at)
        return self.kinds[max(0, place - 1)][1]

    def works(self, since: datetime) -> list[Work]:
        """What whoever has it from a moment on has of it, until the end of the stretch."""
        changes = [at for at, _ in self.kinds if since < at < self.until]
        edges = [since, *changes, self.until]
        pairs = pairwise(edges)
        return [Work(self.kind_at(begin), begin, end) for begin, end in pairs if begin < end]


def _pieces(life: Life) -> Iterator[_Piece]:
    entries = life.entries
    at = 0
    while at < len(entries):
        end = at + 1
        while end < len(entries) and _same(entries[at], entries[end]):
            end += 1
        first, until = entries[at], entries[end].time if end < len(entries) else life.until
        yield _Piece(
            state=first.now.state,
            holder=first.now.assignee_id,
            portal_id=first.now.portal_id,
            company_id=first.company_id,
            put_back_by=first.now.changed_by,
            since=first.time,
            until=until,
            kinds=tuple((it.time, _kind(it)) for it in entries[at:end]),
        )
        at = end


def _same(one: Entry, other: Entry) -> bool:
    return (one.now.state, one.now.assignee_id) == (other.now.state, other.now.assignee_id)


def _kind(entry: Entry) -> Kind:
    return "chats" if entry.now.live else "cases"


# ---- a desk on its way ---------------------------------------------------------------------------


def packed(desk: Desk) -> str:
    """The desk as it is handed to whoever asks, who hands it back for the next part."""
    written = {
        "turns": desk.turns,
        "given": desk.given,
        "works": {
            who: [[it.kind, _number(it.since), _number(it.until)] for it in mine]
            for who, mine in desk.works.items()
        },
    }
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(written).encode())).decode()


def unpacked(text: str) -> Desk:
    """The desk that was handed out; raises `CursorInvalid`."""
    try:
        inflating = zlib.decompressobj()
        written = inflating.decompress(base64.urlsafe_b64decode(text), MOST_LETTERS)
        if inflating.unconsumed_tail:
            raise CursorInvalid
        return _desk(json.loads(written))
    except (ValueError, TypeError, KeyError, OverflowError, zlib.error, binascii.Error) as error:
        raise CursorInvalid from error


def _desk(written: Mapping[str, Mapping[str, object]]) -> Desk:
    desk = Desk(given=int(str(written["given"])))
    desk.turns = {str(who): int(str(turn)) for who, turn in written["turns"].items()}
    for who, works in written["works"].items():
        if not isinstance(works, list):
            raise CursorInvalid
        desk.book(str(who), [_work(*it) for it in works])
    return desk


def _work(kind: str, since: int, until: int) -> Work:
    return Work("chats" if kind == "chats" else "cases", _time(since), _time(until))


def _number(time: datetime) -> int:
    return (time - _EPOCH) // _MILLISECOND


def _time(number: int) -> datetime:
    return _EPOCH + _MILLISECOND * number
