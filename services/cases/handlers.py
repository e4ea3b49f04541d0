"""What cases does: with what the conversation log tells, and with what technicians ask for."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Literal, Protocol, cast

from chassis.clock import Clock
from chassis.errors import DeskbusError, RetryLater
from chassis.ids import new_id
from chassis.storage import Storage, Tx
from contracts.cases import CaseChanged, ProblemLine
from contracts.chat import ConversationEnded, ConversationEntry, ConversationOpened, MessageSent
from contracts.envelope import Actor, Message
from contracts.portal import TechnicianListed
from services.cases import domain
from services.cases.domain import Case, Change, ListName
from services.cases.storage import CaseStore, Counts, Page, Scope

Action = Literal["assign", "resolve", "reopen"]


class People(Protocol):
    """What cases needs to know of technicians; `chassis.directory.Directory` knows it."""

    loaded: bool
    """Whether everybody is known who was there at the start."""

    def technician(self, technician_id: str) -> TechnicianListed | None:
        """The technician of this id."""
        ...

    def technicians_with_access(self, tenant: str, company_id: str) -> Iterable[TechnicianListed]:
        """The active technicians who may see a company's cases."""
        ...


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


class Desk:
    """The use cases; what changes a case and what tells of it are one transaction."""

    def __init__(self, storage: Storage, store: CaseStore, people: People, clock: Clock) -> None:
        self._storage = storage
        self._store = store
        self.people = people
        self._clock = clock

    # ---- what the conversation log tells ----

    async def open(self, tx: Tx, opened: ConversationOpened) -> None:
        """A customer's conversation begins: a case of it, once."""
        if await self._store.get(tx, _scope_of(opened), opened.conversation_id) is not None:
            return
        change = domain.open_case(opened, await self._store.next_number(opened.tenant))
        change = replace(change, case=replace(change.case, after_seq=tx.seq))
        await self._store.add(tx, change.case)
        tx.emit(announced(change, self._because_of(opened)))

    async def hear(self, tx: Tx, message: MessageSent) -> None:
        """Somebody wrote: the customer tells the problem or comes back, a technician replies."""
        case = await self._known(tx, message)
        here = replace(case, after_seq=max(case.after_seq, tx.seq))
        if message.author.kind == "technician":
            await self._keep(tx, case, domain.hear_technician(here), [], self._because_of(message))
        if message.author.kind == "customer":
            line = ProblemLine(text=message.text, time=domain.whole_milliseconds(message.time))
            stays = case.now.state == "resolved" and self._assignee_stays(case)
            changes = domain.hear_customer(here, line, assignee_stays=stays)
            await self._keep(tx, case, here, changes, self._because_of(message))

    async def end_chat(self, tx: Tx, ended: ConversationEnded) -> None:
        """The live chat ended, whoever ended it."""
        case = await self._known(tx, ended)
        here = replace(case, after_seq=max(case.after_seq, tx.seq))
        change = domain.end_chat(here, ended.time)
        await self._keep(tx, case, here, [change] if change else [], self._because_of(ended))

    # ---- what technicians ask for ----

    async def act(
        self, action: Action, scope: Scope, technician_id: str, case_id: str, state_version: int
    ) -> Case:
        """Decide on a case as it was at `state_version`; raises `CaseUnknown` and `CaseMovedOn`.

        It may be repeated after a lost answer: what is already as wanted is a success.
        """

        async def work(tx: Tx) -> Case:
            case = await self._store.get(tx, scope, case_id)
            if case is None:
                raise CaseUnknown
            cause = self._decision_of(technician_id)
            change = DECISIONS[action](case, technician_id, state_version, cause.time)
            if change is None:
                return case
            await self._keep(tx, case, case, [change], cause)
            return change.case

        # Without an inbox id no work is skipped, so there always is a case.
        return cast(Case, await self._storage.transact(work))

    async def look_up(self, scope: Scope, case_id: str) -> Case:
        """The case as it is; raises `CaseUnknown`."""
        case = await self._store.get(None, scope, case_id)
        if case is None:
            raise CaseUnknown
        return case

    async def list_cases(
        self, listed: ListName, scope: Scope, technician_id: str, after: str | None, limit: int
    ) -> tuple[Page, Counts]:
        """One page of a list, newest submitted first, and how long every list is."""
        page = await self._store.page(scope, listed, technician_id, after, limit)
        return page, await self._store.counts(scope, technician_id)

    # ---- shared ----

    async def _known(self, tx: Tx, entry: ConversationEntry) -> Case:
        # An entry comes after its conversation's beginning, on the same key. One that does not is a fault to
        # be looked at: it is tried again, then a dead letter, and can be replayed from there.
        case = await self._store.get(tx, _scope_of(entry), entry.conversation_id)
        if case is None:
            raise CaseUnknown
        return case

    async def _keep(
        self, tx: Tx, before: Case, here: Case, changes: Iterable[Change], cause: Cause
    ) -> None:
        after = here
        for change in changes:
            after = change.case
            tx.emit(announced(change, cause))
        if after != before:
            await self._store.save(tx, before, after)

    def _assignee_stays(self, case: Case) -> bool:
        """Whether the last assignee can still work on the case."""
        if not self.people.loaded:
            raise RetryLater
        able = self.people.technicians_with_access(case.tenant, case.company_id)
        return any(
            person.active and person.technician_id == case.now.assignee_id for person in able
        )

    def _because_of(self, message: Message) -> Cause:
        return Cause(self._clock.now(), message.actor, message.correlation_id, message.id)

    def _decision_of(self, technician_id: str) -> Cause:
        actor = Actor(kind="technician", id=technician_id, via="console")
        return Cause(self._clock.now(), actor, new_id())


def announced(change: Change, cause: Cause) -> CaseChanged:
    """The event that tells of a change."""
    case = change.case
    fields: dict[str, Any] = {
        "id": new_id(),
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
    }
    if "technician_id" in change.event.model_fields:
        fields["technician_id"] = case.now.changed_by
    return change.event(**fields)


def _scope_of(entry: ConversationEntry) -> Scope:
    return Scope(entry.tenant, (entry.company_id,))


# ---- what is handled, and by whom ----------------------------------------------------------------

DECISIONS: Final[Mapping[Action, Callable[[Case, str, int, datetime], Change | None]]] = {
    "assign": domain.assign,
    "resolve": domain.resolve,
    "reopen": domain.reopen,
}
FROM_THE_LOG: Final[Mapping[type[Message], Callable[[Desk, Tx, Any], Awaitable[None]]]] = {
    ConversationOpened: Desk.open,
    MessageSent: Desk.hear,
    ConversationEnded: Desk.end_chat,
}
