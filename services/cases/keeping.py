"""Keeping what became of a case: its state, its history and the events that tell of it, in one transaction."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, Protocol, cast

from chassis.asking import origin
from chassis.clock import Clock
from chassis.errors import DeskbusError, RetryLater
from chassis.ids import new_id
from chassis.storage import Storage, Tx
from chassis.timers import Timers
from contracts.cases import CaseChanged, CaseResolved, Through
from contracts.envelope import Actor, Message
from services.cases import queue
from services.cases.clocks import Clocks, NoPolicies
from services.cases.clocks import timer_of as sla_timer
from services.cases.directory import People
from services.cases.domain import Case, Change, whole_milliseconds
from services.cases.history import History, entry_of
from services.cases.rules import wait_timer
from services.cases.snoozing_store import NineOClock, Snoozing
from services.cases.storage import CaseStore, Scope

STOP_ASKING: Final = "stop_asking"
WAKE: Final = "wake"
SYSTEM: Final = Actor(kind="system", via="cases")


class CaseUnknown(DeskbusError):
    """There is no such case, or it is not one that the caller may see."""

    code = "case_unknown"
    status = 404
    text = "There is no such case."


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something changed: what its events tell of it."""

    time: datetime
    actor: Actor
    correlation_id: str
    causation_id: str | None = None
    through: Through | None = None


def because_of(message: Message, clock: Clock) -> Cause:
    """What another service said is the cause."""
    return Cause(clock.now(), message.actor, message.correlation_id, message.id)


class Linking(Protocol):
    """Knows whose a case is; `contact_book.ContactBook` does."""

    async def link(self, tx: Tx, before: Case | None, case: Case) -> str | None:
        """The contact of a case, found or made by the address of its customer."""
        ...


class NoContacts:
    """For a desk that knows nobody again."""

    async def link(self, tx: Tx, before: Case | None, case: Case) -> str | None:  # noqa: ARG002
        return case.now.contact_id


Follow = Callable[[Tx, Case | None, Case, Sequence[CaseChanged]], Awaitable[None]]
"""Is told of a case before (None for a new one) and after a transaction, and of the events that tell of it."""


async def _nobody(tx: Tx, before: Case | None, after: Case, told: Sequence[CaseChanged]) -> None:
    """Nobody follows."""


IsRouted = Callable[[Case], Awaitable[bool]]
"""Whether the desk decides by itself who gets a case that waits."""


async def _by_hand(case: Case) -> bool:  # noqa: ARG001
    """Nothing is assigned by itself."""
    return False


class Keeper:
    """The one way in which a case changes, whoever changes it."""

    def __init__(  # noqa: PLR0913 - what it stands on, each from the composition root
        self,
        storage: Storage,
        store: CaseStore,
        history: History,
        people: People,
        timers: Timers,
        *,
        ask_for: timedelta,
        contacts: Linking | None = None,
        clocks: Clocks | None = None,
    ) -> None:
        self.storage = storage
        self.store = store
        self.history = history
        self.people = people
        self.timers = timers
        self.clocks = clocks or Clocks(NoPolicies(), timers)
        self._ask_for = ask_for
        self.follow: Follow = _nobody
        """Called with what a transaction does to a case, as a part of it."""
        self.is_routed: IsRouted = _by_hand
        """Asked when a case begins to wait, so that whoever is told of it waits for the decision."""
        self._contacts = contacts or NoContacts()
        self.snoozing: Snoozing = NineOClock()
        """When a case comes back that is put off."""
        self.turned: Callable[[], None] = _nothing
        """Called once a case has begun, or has another state or assignee."""

    async def decide(
        self, scope: Scope, case_id: str, step: Callable[[Case], Sequence[Change]], cause: Cause
    ) -> Case:
        """Change a case as `step` says; raises `CaseUnknown` and what `step` raises."""

        async def work(tx: Tx) -> Case:
            case = await self.store.get(tx, scope, case_id)
            if case is None:
                raise CaseUnknown
            return await self.keep(tx, case, case, step(case), cause)

        # Without an inbox id no work is skipped, so there always is a case.
        return cast(Case, await self.storage.transact(work))

    async def begin(self, tx: Tx, change: Change, cause: Cause) -> Case:
        """Keep a new case."""
        linked = dated(await self._linked(tx, None, change), cause)
        change = await self.clocks.followed(tx, None, linked, cause.time)
        await self.store.add(tx, change.case)
        queue.note_opened(tx, change.case)
        tx.afterwards(self.turned)
        told = await self._tell(tx, None, change, cause)
        await self.clocks.watch(tx, None, change.case)
        await self.follow(tx, None, change.case, [told])
        return change.case

    async def keep(
        self, tx: Tx, before: Case, here: Case, changes: Iterable[Change], cause: Cause
    ) -> Case:
        """Keep what became of `before`; `here` is the same case at its present place in the conversation."""
        after, told = here, []
        for decided in changes:
            linked = dated(await self._linked(tx, after, decided), cause)
            change = await self.clocks.followed(tx, after, linked, cause.time)
            told.append(await self._tell(tx, after, change, cause))
            after = change.case
        for change in [dated(it, cause) for it in self.clocks.late(before, after)]:
            told.append(await self._tell(tx, after, change, cause))
            after = change.case
        if after != before:
            await self.store.save(tx, before, after)
            await self._sleep(tx, before, after)
            await self.clocks.watch(tx, before, after)
            await self.follow(tx, before, after, told)
        if after.now.state_version != before.now.state_version or after.now.live != before.now.live:
            tx.afterwards(self.turned)
        return after

    async def wait_for_bot(self, tx: Tx, case: Case, since: datetime) -> None:
        """A case that is pending for its bot is so for a while and no longer."""
        if case.now.state == "pending" and case.now.changed_by is None:
            due = since + self._ask_for
            await self.timers.schedule(tx, case.id, due, STOP_ASKING, _ref(case))

    def assignee_stays(self, case: Case) -> bool:
        """Whether the last assignee can still work on the case; raises `RetryLater` before one can know."""
        if not self.people.loaded:
            raise RetryLater
        able = self.people.technicians_with_access(case.tenant, case.company_id)
        return any(
            person.active and person.technician_id == case.now.assignee_id for person in able
        )

    async def _linked(self, tx: Tx, before: Case | None, change: Change) -> Change:
        """The change with the contact of its case, which those that were decided with it do not know yet."""
        case = change.case
        if before is not None and case.now.contact_id is None:
            case = _of_contact(case, before.now.contact_id)
        contact_id = await self._contacts.link(tx, before, case)
        return replace(change, case=_of_contact(case, contact_id))

    async def _tell(self, tx: Tx, before: Case | None, change: Change, cause: Cause) -> CaseChanged:
        event = announced(change, cause, routing=await self._is_routed(before, change.case))
        queue.note_change(tx, change)
        text_changed = before is None or before.text != change.case.text
        await self.history.append(tx, entry_of(event, text_changed=text_changed))
        tx.emit(event)
        return event

    async def _is_routed(self, before: Case | None, case: Case) -> bool:
        """Whether a wait begins here that the desk ends by itself."""
        same = before is not None and (
            (before.now.state, before.now.live) == (case.now.state, case.now.live)
        )
        return case.now.state == "unassigned" and not same and await self.is_routed(case)

    async def _sleep(self, tx: Tx, before: Case, after: Case) -> None:
        """What sleeps wakes by a timer, which counts for this sleep alone."""
        was, now = _wakes_at(before), _wakes_at(after)
        if now is not None:
            payload = {**_ref(after), "state_version": after.now.state_version}
            await self.timers.schedule(tx, _wake_timer(after.id), now, WAKE, payload)
        elif was is not None:
            await self.timers.cancel(tx, _wake_timer(after.id))


def _of_contact(case: Case, contact_id: str | None) -> Case:
    if contact_id == case.now.contact_id:
        return case
    # Whoever it is now, nobody has made sure of that.
    known = {"contact_id": contact_id, "contact_verified": False}
    return replace(case, now=case.now.model_copy(update=known))


def _nothing() -> None:
    """Nobody wants to know."""


def dated(change: Change, cause: Cause) -> Change:
    """The change with the time of its cause, at which the case changed last."""
    now = change.case.now.model_copy(update={"updated_at": whole_milliseconds(cause.time)})
    return replace(change, case=replace(change.case, now=now))


def announced(change: Change, cause: Cause, *, routing: bool = False) -> CaseChanged:
    """The event that tells of a change."""
    case = change.case
    fields: dict[str, Any] = {
        # A note is its event: writing it once more finds it there.
        "id": change.tells.get("note_id") or change.event_id or new_id(),
        "time": cause.time,
        "tenant": case.tenant,
        "key": case.id,
        "aggregate_version": case.version,
        "actor": cause.actor,
        "correlation_id": cause.correlation_id,
        "causation_id": cause.causation_id,
        "company_id": case.company_id,
        "conversation_id": case.id,
        "after_seq": case.after_seq,
        "case": case.now,
        "text": case.text,
        "through": cause.through,
        "routing": routing,
    }
    if change.event is CaseResolved and case.now.live and cause.actor.kind == "technician":
        fields["origin"] = origin()
    return change.event(**fields, **change.tells)


def timers_of(case_id: str) -> list[str]:
    """The ids of all timers that a case may have."""
    return [case_id, _wake_timer(case_id), wait_timer(case_id), sla_timer(case_id)]


def _ref(case: Case) -> dict[str, Any]:
    return {"tenant": case.tenant, "case_id": case.id}


def _wake_timer(case_id: str) -> str:
    """Not the case's own id, which is that of the timer of its bot."""
    return f"wake/{case_id}"


def _wakes_at(case: Case) -> datetime | None:
    return case.now.snoozed_until if case.now.state == "snoozed" else None
