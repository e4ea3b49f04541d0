"""What cases does: with what the conversation log tells, and with what technicians and customers ask for."""

import hashlib
import hmac
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, Literal, Protocol, cast

from chassis.clock import Clock
from chassis.errors import DeskbusError, RetryLater
from chassis.ids import derived_id, new_id
from chassis.keyring import DataKey, Erased
from chassis.links import CaseRef
from chassis.storage import Storage, Tx
from chassis.timers import Timers
from chassis.tokens import Identity, Ticket, TicketInvalid
from contracts.cases import CaseChanged, ProblemLine
from contracts.chat import (
    BotSpoke,
    ContactGiven,
    ConversationEnded,
    ConversationEntry,
    ConversationOpened,
    MessageSent,
)
from contracts.envelope import Actor, Message
from contracts.keys import DataKeyCreated
from contracts.portal import CompanyListed, PortalListed, TechnicianListed
from services.cases import domain, queue
from services.cases.domain import Case, Change, ListName, SurveyView
from services.cases.storage import CaseStore, Counts, Page, Scope

Action = Literal["assign", "resolve", "reopen"]
STOP_ASKING: Final = "stop_asking"
SYSTEM: Final = Actor(kind="system", via="cases")


class People(Protocol):
    """What cases needs to know of the account; `chassis.directory.Directory` knows it."""

    loaded: bool
    """Whether everybody is known who was there at the start."""

    def technician(self, technician_id: str) -> TechnicianListed | None:
        """The technician of this id."""
        ...

    def sees_incoming(self, technician_id: str) -> bool:
        """Whether a technician sees the cases that wait for one (S57)."""
        ...

    def technicians_with_access(self, tenant: str, company_id: str) -> Iterable[TechnicianListed]:
        """The active technicians who may see a company's cases."""
        ...

    def portal(self, portal_id: str) -> PortalListed | None:
        """The portal of this id."""
        ...

    def company(self, company_id: str) -> CompanyListed | None:
        """The company of this id."""
        ...


class Keys(Protocol):
    """Makes data keys; `chassis.keyring.Keyring` does."""

    async def create(self, key_id: str) -> DataKey:
        """The key of this id, made if there is none; raises `Erased`."""
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

    def __init__(  # noqa: PLR0913 - what it stands on, each from the composition root
        self,
        storage: Storage,
        store: CaseStore,
        people: People,
        keys: Keys,
        timers: Timers,
        *,
        clock: Clock,
        ask_for: timedelta,
    ) -> None:
        self._storage = storage
        self._store = store
        self.people = people
        self._keys = keys
        self._timers = timers
        self._clock = clock
        self._ask_for = ask_for

    # ---- what the conversation log tells ----

    async def open(self, tx: Tx, opened: ConversationOpened) -> None:
        """A customer's conversation begins: a case of it, once."""
        if await self._store.get(tx, _scope_of(opened), opened.conversation_id) is not None:
            return
        change = domain.open_case(opened, await self._store.next_number(opened.tenant))
        change = replace(change, case=replace(change.case, after_seq=tx.seq))
        await self._store.add(tx, change.case)
        queue.note_opened(tx, change.case)
        tx.emit(announced(change, self._because_of(opened)))
        # A customer who says nothing is asked nothing, and must not wait unseen for ever.
        await self._wait(tx, change.case, opened.time)

    async def hear(self, tx: Tx, message: MessageSent) -> None:
        """Somebody wrote: the customer tells the problem or comes back, a technician replies."""
        case = await self._known(tx, message)
        here = replace(case, after_seq=max(case.after_seq, tx.seq))
        if message.author.kind == "technician":
            queue.note_answered(tx, case, message.time)
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
        changes = domain.end_chat(here, ended.time, gone=ended.by == "gone")
        await self._keep(tx, case, here, changes, self._because_of(ended))

    async def wait_for_email(self, tx: Tx, spoke: BotSpoke) -> None:
        """The bot spoke: when it asked for an address, its customer has the whole wait from then on."""
        case = await self._known(tx, spoke)
        if spoke.code == "ask_email":
            await self._wait(tx, case, spoke.time)
        here = replace(case, after_seq=max(case.after_seq, tx.seq))
        await self._keep(tx, case, here, [], self._because_of(spoke))

    async def learn_email(self, tx: Tx, given: ContactGiven) -> None:
        """The customer told the bot their address."""
        case = await self._known(tx, given)
        here = replace(case, after_seq=max(case.after_seq, tx.seq))
        changes = domain.learn_email(here, given.email)
        await self._keep(tx, case, here, changes, self._because_of(given))

    async def stop_asking(self, tx: Tx, payload: Mapping[str, Any]) -> None:
        """The bot has waited long enough; the case may have become ready, or been erased, before."""
        case = await self._store.get(tx, Scope(payload["tenant"], None), payload["case_id"])
        if case is not None:
            cause = Cause(self._clock.now(), SYSTEM, new_id())
            await self._keep(tx, case, case, domain.become_ready(case), cause)

    # ---- what technicians ask for ----

    async def act(
        self, action: Action, scope: Scope, technician_id: str, case_id: str, state_version: int
    ) -> Case:
        """Decide on a case as it was at `state_version`; raises `CaseUnknown` and `CaseMovedOn`.

        It may be repeated after a lost answer: what is already as wanted is a success.
        """
        cause = self._decision_of("technician", technician_id)

        def decide(case: Case) -> Change | None:
            return DECISIONS[action](case, technician_id, state_version, cause.time)

        return await self._decide(scope, case_id, decide, cause)

    def scope_of(self, technician: Identity) -> Scope:
        """What a technician may see at this moment."""
        incoming = self.people.sees_incoming(technician.id)
        return Scope(technician.tenant, tuple(technician.companies), incoming=incoming)

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

    # ---- what customers ask for ----

    async def submit(self, customer: Identity, ticket: Ticket, secret: str, question: str) -> Case:
        """A request: key first, then the case. The same ticket again finds it done; raises `TicketInvalid`."""
        if not _redeems(customer, ticket, secret):
            raise TicketInvalid
        try:
            key = await self._keys.create(ticket.conversation_id)
        except Erased as error:
            raise TicketInvalid from error
        cause = self._decision_of("customer", customer.id)

        async def work(tx: Tx) -> Case:
            scope = Scope(ticket.tenant, (ticket.company_id,))
            known = await self._store.get(tx, scope, ticket.conversation_id)
            return known or await self._take_request(tx, ticket, question, key, cause)

        return cast(Case, await self._storage.transact(work))

    async def stop_waiting(
        self, customer: Identity, case_id: str, question: str, email: str
    ) -> Case:
        """The live chat becomes a request; raises `CaseUnknown` and `CaseMovedOn`."""
        cause = self._decision_of("customer", customer.id)

        def stop(case: Case) -> Change | None:
            return domain.stop_waiting(case, question, email, cause.time)

        return await self._decide(_own_scope(customer, case_id), case_id, stop, cause)

    async def answer_survey(
        self, customer: Identity, case_id: str, rating: int, comment: str
    ) -> tuple[Case, SurveyView]:
        """How it was; raises `CaseUnknown`, `SurveyDone` and `SurveyNotOpen`."""
        cause = self._decision_of("customer", customer.id)
        return await self._rate(_own_scope(customer, case_id), case_id, rating, comment, cause)

    async def look_up_own(self, customer: Identity, case_id: str) -> tuple[Case, SurveyView]:
        """A customer's own case with its survey; raises `CaseUnknown`."""
        return self._with_survey(await self.look_up(_own_scope(customer, case_id), case_id))

    async def answer_linked(
        self, link: CaseRef, rating: int, comment: str
    ) -> tuple[Case, SurveyView]:
        """As `answer_survey`, by the link of a mail, whose reader is taken for the customer."""
        cause = Cause(self._clock.now(), Actor(kind="customer", via="mail"), new_id())
        return await self._rate(Scope(link.tenant, None), link.case_id, rating, comment, cause)

    async def look_up_linked(self, link: CaseRef) -> tuple[Case, SurveyView]:
        """The case that a mail links to, with its survey; raises `CaseUnknown`."""
        return self._with_survey(await self.look_up(Scope(link.tenant, None), link.case_id))

    async def _rate(
        self, scope: Scope, case_id: str, rating: int, comment: str, cause: Cause
    ) -> tuple[Case, SurveyView]:
        def answer(case: Case) -> Change:
            return domain.answer_survey(case, rating, comment, offered=self._has_survey(case))

        return self._with_survey(await self._decide(scope, case_id, answer, cause))

    def _with_survey(self, case: Case) -> tuple[Case, SurveyView]:
        return case, domain.survey_of(case, offered=self._has_survey(case))

    def _has_survey(self, case: Case) -> bool:
        portal = self.people.portal(case.now.portal_id)
        return portal is not None and portal.survey

    async def _take_request(
        self, tx: Tx, ticket: Ticket, question: str, key: DataKey, cause: Cause
    ) -> Case:
        number = await self._store.next_number(ticket.tenant)
        change = domain.open_request(ticket, question, cause.time, number)
        await self._store.add(tx, change.case)
        queue.note_opened(tx, change.case)
        tx.emit(key_created(key, change.case, cause), announced(change, cause))
        return change.case

    # ---- shared ----

    async def _decide(
        self, scope: Scope, case_id: str, step: Callable[[Case], Change | None], cause: Cause
    ) -> Case:
        async def work(tx: Tx) -> Case:
            case = await self._store.get(tx, scope, case_id)
            if case is None:
                raise CaseUnknown
            change = step(case)
            if change is None:
                return case
            queue.note_changes(tx, [change])
            await self._keep(tx, case, case, [change], cause)
            return change.case

        # Without an inbox id no work is skipped, so there always is a case.
        return cast(Case, await self._storage.transact(work))

    async def _wait(self, tx: Tx, case: Case, since: datetime) -> None:
        """A pending case is so for a while and no longer."""
        if case.now.state == "pending":
            payload = {"tenant": case.tenant, "case_id": case.id}
            await self._timers.schedule(tx, case.id, since + self._ask_for, STOP_ASKING, payload)

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

    def _decision_of(self, kind: Literal["technician", "customer"], person_id: str) -> Cause:
        via = "console" if kind == "technician" else "portal"
        return Cause(self._clock.now(), Actor(kind=kind, id=person_id, via=via), new_id())


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
    if "reason" in change.event.model_fields:
        fields["reason"] = change.reason
    return change.event(**fields)


def key_created(key: DataKey, case: Case, cause: Cause) -> DataKeyCreated:
    """The wrapped key of a case that no conversation has made one for, told to every service."""
    return DataKeyCreated(
        id=derived_id("key.created", key.key_id),
        time=cause.time,
        tenant=case.tenant,
        key=key.key_id,
        aggregate_version=0,
        actor=SYSTEM,
        correlation_id=cause.correlation_id,
        key_id=key.key_id,
        wrapped=key.wrapped,
    )


def _redeems(customer: Identity, ticket: Ticket, secret: str) -> bool:
    own = (customer.conversation, customer.tenant) == (ticket.conversation_id, ticket.tenant)
    given = hashlib.sha256(secret.encode()).hexdigest()
    return own and ticket.kind == "request" and hmac.compare_digest(given, ticket.secret_hash)


def _own_scope(customer: Identity, case_id: str) -> Scope:
    if customer.conversation != case_id:
        raise CaseUnknown
    return Scope(customer.tenant, None)


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
    BotSpoke: Desk.wait_for_email,
    ContactGiven: Desk.learn_email,
}
FROM_TIMERS: Final = {STOP_ASKING: Desk.stop_asking}
