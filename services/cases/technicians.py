"""What technicians ask of cases: lists, one case, its timeline, and every action, on one case or on many."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, Final, Literal

from chassis.clock import Clock
from chassis.errors import DeskbusError
from chassis.ids import derived_id, new_id
from chassis.storage import Tx
from chassis.tokens import Identity
from contracts.cases import CaseEdited, CaseResolved
from contracts.envelope import Actor
from contracts.portal import TechnicianListed
from services.cases import actions, decisions, follow_ups, queue, search
from services.cases.actions import Act, Doing
from services.cases.changes import Marked, changes_of, tells_changes
from services.cases.decisions import UNDOABLE, Asked, Moment, NothingToUndo
from services.cases.domain import Case, CaseMovedOn, Change
from services.cases.filters import Wanted
from services.cases.history import Entry, text_at
from services.cases.keeping import CaseUnknown, Cause, Keeper
from services.cases.labels import Labels, LabelUnknown
from services.cases.listing import MOST_CANDIDATES, Listing, read_page
from services.cases.merging import check_free
from services.cases.snoozing import NINE, SnoozeTimes
from services.cases.storage import Page, Scope
from services.cases.tallies import Counts

LONGEST_TIMELINE: Final = 500


_TAKING: Final = (actions.Assign, actions.Open, actions.Reopen)
_UNDOABLE: Final = frozenset(event.type_name() for event in UNDOABLE)

Outcome = Literal["done", "unchanged", "moved_on", "unknown", "refused"]
"""How an action on one of many cases ended."""


class TechnicianCannotTake(DeskbusError):
    """A case can be given only to an active technician with access to its company."""

    code = "technician_cannot_take"
    status = 422
    text = "This technician has no access to the case. Please choose another one."


class NeedsTechnician(DeskbusError):
    """Only people have cases; a program names one with `transfer`."""

    code = "needs_technician"
    status = 422
    text = "An API key cannot take a case. Give the case to a technician instead."


class MomentUnknown(DeskbusError):
    """The case did not exist at that moment."""

    code = "moment_unknown"
    status = 404
    text = "The case did not exist at that time."


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of one of many cases; `version` names the change, to take it back."""

    case_id: str
    outcome: Outcome
    case: Case | None = None
    version: int | None = None
    code: str = ""


class Technicians:
    """The use cases of technicians, each within what they may see at this moment."""

    def __init__(self, keeper: Keeper, labels: Labels, clock: Clock) -> None:
        self._keeper = keeper
        self._labels = labels
        self._clock = clock
        self.people = keeper.people

    def scope_of(self, technician: Identity) -> Scope:
        """What a technician may see at this moment."""
        incoming = self.people.sees_incoming(technician.id)
        return Scope(technician.tenant, tuple(technician.companies), incoming=incoming)

    # ---- looking ----

    async def look_up(self, technician: Identity, case_id: str) -> Case:
        """The case as it is; raises `CaseUnknown`."""
        case = await self._keeper.store.get(None, self.scope_of(technician), case_id)
        if case is None:
            raise CaseUnknown
        return case

    async def list_cases(
        self, technician: Identity, wanted: Wanted, how: Listing
    ) -> tuple[Page, Counts]:
        """One page of a list, and how long the three lists are; raises `SearchTooShort` and `SortNeedsSearch`."""
        scope, store = self.scope_of(technician), self._keeper.store
        return await read_page(store, scope, wanted, how), await store.counts(scope, technician.id)

    async def search(self, technician: Identity, query: str, limit: int) -> list[Case]:
        """The cases that fit best among the newest candidates (S63); raises `SearchTooShort`."""
        terms = search.terms_of(query)
        scope = self.scope_of(technician)
        found = await self._keeper.store.candidates(scope, terms, MOST_CANDIDATES)
        # Sorting keeps the order of equals: newest submitted first.
        fitting = sorted(found, key=lambda case: search.relevance(case, terms), reverse=True)
        return fitting[:limit]

    async def team(self, technician: Identity, case_id: str) -> list[TechnicianListed]:
        """Who can be given the case; raises `CaseUnknown`."""
        case = await self.look_up(technician, case_id)
        return list(self.people.technicians_with_access(case.tenant, case.company_id))

    async def timeline(
        self, technician: Identity, case_id: str, after: int
    ) -> tuple[Case, list[Entry]]:
        """What happened to the case behind a version, in order, and the case as it is; raises `CaseUnknown`."""
        case = await self.look_up(technician, case_id)
        entries = await self._keeper.history.read(None, case_id, after=after)
        return case, entries[:LONGEST_TIMELINE]

    async def changes(
        self, case_id: str, entries: Sequence[Entry], after: int
    ) -> Mapping[str, Sequence[Marked]]:
        """From what to what marks were changed, by the entries of such a timeline; only its reader has them."""
        if not tells_changes(entries):
            return {}
        last = entries[-1].version
        whole = (
            entries if after == 0 else await self._keeper.history.read(None, case_id, through=last)
        )
        return changes_of(whole, after)

    async def look_back(
        self, technician: Identity, case_id: str, *, version: int | None, at: datetime | None
    ) -> Case:
        """The case as it was at a version, or at a time (N6); raises `CaseUnknown` and `MomentUnknown`."""
        case = await self.look_up(technician, case_id)
        entries = await self._keeper.history.read(None, case_id, through=version)
        past = [entry for entry in entries if at is None or entry.time <= at]
        text = text_at(past)
        if text is None:
            raise MomentUnknown
        last = past[-1]
        return Case(
            case_id, case.tenant, case.company_id, last.version, last.now, text, last.after_seq
        )

    # ---- acting ----

    async def act(
        self,
        technician: Identity,
        case_id: str,
        action: Act,
        state_version: int,
        event_id: str | None = None,
    ) -> Case:
        """Decide on a case as it was at `state_version` (0 for marks and notes, which outdate nothing).

        Raises `CaseUnknown`, `CaseMovedOn` and the errors of the action. It may be repeated after a lost
        answer: what is already as wanted is a success. What is done under an `event_id` is done once.
        """
        cause = self._cause_of(technician)
        scope = self.scope_of(technician)
        await self._check(technician, action)
        note_id = _note_id(technician, case_id, action)
        times = await self._times(technician, action)

        async def work(tx: Tx) -> Case:
            case = await self._keeper.store.get(tx, scope, case_id)
            if case is None:
                raise CaseUnknown
            if isinstance(action, actions.WRITTEN) and await self._keeper.history.has(tx, note_id):
                await self._check_same(tx, case, action, note_id)
                return case
            if event_id is not None and await self._keeper.history.has(tx, event_id):
                return case
            changes = self._changes(technician, case, action, cause, state_version, note_id, times)
            if isinstance(action, actions.Mail):
                queue.note_answered(tx, case, cause.time)
            return await self._keeper.keep(tx, case, case, named(changes, event_id), cause)

        kept = await self._keeper.storage.transact(work)
        assert kept is not None  # noqa: S101 - without an inbox id no work is skipped
        return kept

    async def act_on_many(
        self,
        technician: Identity,
        cases: Sequence[tuple[str, int]],
        action: Act,
        client_id: str | None = None,
    ) -> list[Decided]:
        """The same on many cases, each decided by itself (X25): one that moved on keeps none of the others.

        The same `client_id` again does nothing twice, and is told the versions of the first time.
        """
        await self._check(technician, action)
        return [await self._act_on_one(technician, case, action, client_id) for case in cases]

    async def _act_on_one(
        self, technician: Identity, case: tuple[str, int], action: Act, client_id: str | None
    ) -> Decided:
        case_id, state_version = case
        event_id = client_id and derived_id("many", case_id, technician.id, client_id)
        act = partial(self.act, technician, case_id, action, state_version, event_id)
        return await self.decided(technician, case_id, act, event_id)

    async def undo_many(
        self, technician: Identity, changes: Sequence[tuple[str, int]]
    ) -> list[Decided]:
        """Take back one's own change of each case, where nobody has gone on from there; again is the same."""
        return [
            await self.decided(
                technician, case_id, partial(self.undo, technician, case_id, version)
            )
            for case_id, version in changes
        ]

    async def undo(self, technician: Identity, case_id: str, version: int) -> Case:
        """Take one's own change back that made this version; raises `NothingToUndo` and `CaseMovedOn`."""
        cause = self._cause_of(technician)
        case = await self.look_up(technician, case_id)
        history = await self._keeper.history.read(None, case_id)
        if any(entry.tells.get("undone") == version for entry in history):
            return case
        entries = [entry for entry in history if entry.version <= version]
        if not _is_undoable(entries, version, technician):
            raise NothingToUndo

        def take_back(now: Case) -> list[Change]:
            check_free(now)
            asked = Asked(technician.id, cause.time, now.now.state_version)
            return decisions.undo(now, asked, _moment(_before_last(entries)), _moment(entries))

        return await self._keeper.decide(self.scope_of(technician), case_id, take_back, cause)

    # ---- shared ----

    async def decided(
        self,
        technician: Identity,
        case_id: str,
        act: Callable[[], Awaitable[Case]],
        event_id: str | None = None,
    ) -> Decided:
        """What became of one of many, whatever was done with it; `event_id` is that of what may be done already."""
        try:
            before = await self.look_up(technician, case_id)
            case = await act()
        except CaseMovedOn as news:
            return Decided(case_id, "moved_on", news.case, code="case_moved_on")
        except CaseUnknown as error:
            return Decided(case_id, "unknown", code=error.code)
        except DeskbusError as error:
            return Decided(case_id, "refused", code=error.code)
        if case.version != before.version:
            return Decided(case_id, "done", case, version=case.version)
        version = await self._version_of(case_id, event_id)
        return Decided(case_id, "unchanged" if version is None else "done", case, version)

    async def _version_of(self, case_id: str, event_id: str | None) -> int | None:
        """The version that was made under this id before."""
        if event_id is None:
            return None
        history = await self._keeper.history.read(None, case_id)
        return next((it.version for it in history if it.id == event_id), None)

    def _changes(  # noqa: PLR0913, PLR0917 - a decision has that many sides
        self,
        technician: Identity,
        case: Case,
        action: Act,
        cause: Cause,
        state_version: int,
        note_id: str,
        times: SnoozeTimes,
    ) -> list[Change]:
        if technician.scopes is not None and isinstance(action, _TAKING):
            raise NeedsTechnician
        if isinstance(action, actions.Transfer):
            self._check_can_take(case, action.to)
        if isinstance(action, actions.Note):
            for mentioned in action.mentions:
                self._check_can_take(case, mentioned)
        decided_on = state_version or case.now.state_version
        doing = Doing(Asked(technician.id, cause.time, decided_on), note_id, times)
        return actions.apply(action, case, doing)

    async def _times(self, technician: Identity, action: Act) -> SnoozeTimes:
        """By what a case is put off; nothing else has to know."""
        if not isinstance(action, actions.Snooze):
            return NINE
        return await self._keeper.snoozing.times(None, technician.tenant)

    async def _check(self, technician: Identity, action: Act) -> None:
        if not isinstance(action, actions.Label):
            return
        if not await self._labels.has_all(technician.tenant, action.add):
            raise LabelUnknown

    async def _check_same(self, tx: Tx, case: Case, action: Act, mail_id: str) -> None:
        if isinstance(action, actions.Mail):
            entries = await self._keeper.history.read(tx, case.id)
            follow_ups.check_same(entries, mail_id, action.subject, action.text)

    def _check_can_take(self, case: Case, technician_id: str | None) -> None:
        able = self.people.technicians_with_access(case.tenant, case.company_id)
        if technician_id and not any(it.technician_id == technician_id for it in able):
            raise TechnicianCannotTake

    def _cause_of(self, technician: Identity) -> Cause:
        actor = Actor(kind="technician", id=technician.id, via=technician.via)
        return Cause(self._clock.now(), actor, new_id())


def named(changes: list[Change], event_id: str | None) -> list[Change]:
    """The changes, the last of them under an id by which it is found again."""
    if event_id is None or not changes:
        return changes
    return [*changes[:-1], replace(changes[-1], event_id=event_id)]


def _note_id(technician: Identity, case_id: str, action: Act) -> str:
    if isinstance(action, actions.WRITTEN):
        return derived_id(action.do, case_id, technician.id, action.client_id)
    return new_id()


def _is_undoable(entries: Sequence[Entry], version: int, technician: Identity) -> bool:
    if len(entries) < 2 or entries[-1].version != version:  # noqa: PLR2004 - the change, and what was before it
        return False
    last = entries[-1]
    return last.type in _UNDOABLE and last.actor.id == technician.id


def _before_last(entries: Sequence[Entry]) -> Sequence[Entry]:
    """What there was before the last act: a macro is one, with all that it did, and so is marking as spam."""
    changes = 2 if _are_spam(*entries[-2:]) else 1
    since = entries[-1].tells.get("since", entries[-1].version - changes)
    return [entry for entry in entries if entry.version <= since]


def _are_spam(marked: Entry, resolved: Entry) -> bool:
    """Whether somebody said that it is spam: the case is marked, and resolved because of it."""
    return (
        (marked.type, resolved.type) == (CaseEdited.type_name(), CaseResolved.type_name())
        and (marked.actor, marked.time) == (resolved.actor, resolved.time)
        and marked.tells["fields"] == ["spam"]
        and marked.now.spam
    )


def _moment(entries: Sequence[Entry]) -> Moment:
    text = text_at(entries)
    assert text is not None  # noqa: S101 - every history begins with a text
    return Moment(entries[-1].version, entries[-1].now, text)


# ---- what is asked for, and by which route -------------------------------------------------------

HANDLES: Final[dict[str, Any]] = {
    "GET /api/cases/cases": Technicians.list_cases,
    "GET /api/cases/search": Technicians.search,
    "GET /api/cases/cases/{id}": Technicians.look_up,
    "GET /api/cases/cases/{id}/technicians": Technicians.team,
    "GET /api/cases/cases/{id}/timeline": Technicians.timeline,
    "GET /api/cases/cases/{id}/past": Technicians.look_back,
    "POST /api/cases/cases/{id}/{action}": Technicians.act,
    "POST /api/cases/cases/{id}/undo": Technicians.undo,
    "POST /api/cases/many": Technicians.act_on_many,
    "POST /api/cases/many/undo": Technicians.undo_many,
}
