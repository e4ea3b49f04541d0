"""What cases does with what the conversation log tells, what customers ask for, and what the clock brings.

What technicians ask for stands in `technicians.py`.
"""

import hashlib
import hmac
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, Final, Protocol, cast

from chassis.audit import noted
from chassis.clock import Clock
from chassis.erasure import ConversationDeleted
from chassis.handling import Placed
from chassis.ids import derived_id, new_id
from chassis.keyring import DataKey, Erased
from chassis.links import CaseRef
from chassis.storage import Tx
from chassis.tokens import Identity, Ticket, TicketInvalid
from contracts.audit import AuditDetail, AuditNoted
from contracts.cases import ProblemLine
from contracts.chat import (
    BotSpoke,
    ContactGiven,
    ConversationEnded,
    ConversationEntry,
    ConversationOpened,
    MessageDeleted,
    MessageSent,
)
from contracts.envelope import Actor, Message
from contracts.keys import DataKeyCreated
from services.cases import domain, merging, queue
from services.cases.domain import Case, Change, SurveyView
from services.cases.keeping import (
    STOP_ASKING,
    SYSTEM,
    WAKE,
    CaseUnknown,
    Cause,
    Keeper,
    because_of,
)
from services.cases.relating import target_of
from services.cases.storage import Scope


class Keys(Protocol):
    """Makes data keys; `chassis.keyring.Keyring` does."""

    async def create(self, key_id: str) -> DataKey:
        """The key of this id, made if there is none; raises `Erased`."""
        ...

    async def check(self, key_id: str) -> None:
        """Raises `Erased` for what was erased."""
        ...


class Desk:
    """The use cases; what changes a case and what tells of it are one transaction."""

    def __init__(self, keeper: Keeper, keys: Keys, clock: Clock) -> None:
        self._keeper = keeper
        self._store = keeper.store
        self._keys = keys
        self._clock = clock
        self.people = keeper.people

    # ---- what the conversation log tells ----

    async def open(self, tx: Tx, opened: ConversationOpened) -> None:
        """A customer's conversation begins: a case of it, once."""
        if await self._store.get(tx, _scope_of(opened), opened.conversation_id) is not None:
            return
        change = domain.open_case(opened, await self._store.next_number(opened.tenant))
        change = replace(change, case=replace(change.case, after_seq=tx.seq))
        await self._keeper.begin(tx, change, because_of(opened, self._clock))
        # A customer who says nothing is asked nothing, and must not wait unseen for ever.
        await self._keeper.wait_for_bot(tx, change.case, opened.time)

    async def hear(self, tx: Tx, said: Sequence[Placed[MessageSent]]) -> None:
        """Somebody wrote: the customer tells the problem or comes back, a technician replies.

        What one of them said in a row is one change of the case: in a flood it is told once.
        """
        cases = await self._store.get_all(tx, {it.message.conversation_id for it in said})
        for _, in_a_row in groupby(said, key=lambda it: (it.message.key, it.message.author)):
            await self._hear(tx, cases, list(in_a_row))

    async def forget(self, tx: Tx, deleted: MessageDeleted) -> None:
        """A message was deleted, which may have been part of the problem: that of today and of every day before."""
        message_id, said_at = deleted.message_id, deleted.customer_said_at
        case = await self._follow(
            tx, deleted, lambda case: domain.forget_message(case, message_id, said_at)
        )
        await self._keeper.history.forget(tx, case.id, message_id)
        tx.emit(_deletion_noted(self._clock, deleted, case))

    async def end_chat(self, tx: Tx, ended: ConversationEnded) -> None:
        """The live chat ended, whoever ended it."""
        gone = ended.by == "gone"

        def end(case: Case) -> list[Change]:
            return domain.end_chat(case, ended.time, gone=gone, origin=ended.origin)

        await self._follow(tx, ended, end)

    async def wait_for_email(self, tx: Tx, spoke: BotSpoke) -> None:
        """The bot spoke: when it asked for an address, its customer has the whole wait from then on."""
        case = await self._follow(tx, spoke, lambda _: [])
        if spoke.code == "ask_email":
            await self._keeper.wait_for_bot(tx, case, spoke.time)

    async def learn_email(self, tx: Tx, given: ContactGiven) -> None:
        """The customer told the bot their address."""
        await self._follow(tx, given, lambda case: domain.learn_email(case, given.email))

    # ---- what the clock brings ----

    async def stop_asking(self, tx: Tx, payload: Mapping[str, Any]) -> None:
        """The bot has waited long enough; the case may have become ready, or been erased, before."""
        case = await self._timed(tx, payload)
        if case is not None and case.now.changed_by is None:
            await self._keeper.keep(tx, case, case, domain.become_ready(case), self._by_itself())

    async def wake(self, tx: Tx, payload: Mapping[str, Any]) -> None:
        """A snooze is over; somebody may have decided otherwise meanwhile."""
        case = await self._timed(tx, payload)
        if case is not None and case.now.state_version == payload["state_version"]:
            stays = self._keeper.assignee_stays(case)
            changes = domain.wake(case, "due", assignee_stays=stays)
            await self._keeper.keep(tx, case, case, changes, self._by_itself())

    # ---- what customers ask for ----

    async def submit(self, customer: Identity, ticket: Ticket, secret: str, question: str) -> Case:
        """A request: key first, then the case. The same ticket again finds it done.

        Raises `TicketInvalid` and `ConversationDeleted`.
        """
        if not _redeems(customer, ticket, secret):
            raise TicketInvalid
        try:
            key = await self._keys.create(ticket.conversation_id)
        except Erased as error:
            raise ConversationDeleted from error
        cause = self._decision_of(customer)

        async def work(tx: Tx) -> Case:
            scope = Scope(ticket.tenant, (ticket.company_id,))
            known = await self._store.get(tx, scope, ticket.conversation_id)
            return known or await self._take_request(tx, ticket, question, key, cause)

        return cast(Case, await self._keeper.storage.transact(work))

    async def stop_waiting(
        self, customer: Identity, case_id: str, question: str, email: str
    ) -> Case:
        """The live chat becomes a request; raises `CaseUnknown` and `CaseMovedOn`."""
        cause = self._decision_of(customer)

        def stop(case: Case) -> list[Change]:
            return domain.stop_waiting(case, question, email, cause.time)

        scope = await self._own_scope(customer, case_id)
        return await self._keeper.decide(scope, case_id, stop, cause)

    async def answer_survey(
        self, customer: Identity, case_id: str, rating: int, comment: str
    ) -> tuple[Case, SurveyView]:
        """How it was; raises `CaseUnknown`, `SurveyDone` and `SurveyNotOpen`."""
        cause = self._decision_of(customer)
        scope = await self._own_scope(customer, case_id)
        return await self._rate(scope, case_id, rating, comment, cause)

    async def look_up_own(self, customer: Identity, case_id: str) -> tuple[Case, SurveyView]:
        """A customer's own case with its survey; raises `CaseUnknown`."""
        scope = await self._own_scope(customer, case_id)
        return self._with_survey(await self._through(await self._look_up(scope, case_id)))

    async def answer_linked(
        self, link: CaseRef, rating: int, comment: str
    ) -> tuple[Case, SurveyView]:
        """As `answer_survey`, by the link of a mail, whose reader is taken for the customer."""
        cause = Cause(self._clock.now(), Actor(kind="customer", via="mail"), new_id())
        await self._check_not_deleted(link.case_id)
        return await self._rate(Scope(link.tenant, None), link.case_id, rating, comment, cause)

    async def look_up_linked(self, link: CaseRef) -> tuple[Case, SurveyView]:
        """The case that a mail links to, with its survey; raises `CaseUnknown`."""
        await self._check_not_deleted(link.case_id)
        case = await self._look_up(Scope(link.tenant, None), link.case_id)
        return self._with_survey(await self._through(case))

    async def _through(self, case: Case) -> Case:
        """A merged case as its customer may know it: under its number, and as far as what it goes on in."""
        return merging.seen_by_customer(case, await target_of(self._store, None, case))

    async def _own_scope(self, customer: Identity, case_id: str) -> Scope:
        """What a customer may see, raises `CaseUnknown`; of what was deleted they are told so."""
        if customer.conversation != case_id:
            raise CaseUnknown
        await self._check_not_deleted(case_id)
        return Scope(customer.tenant, None)

    async def _check_not_deleted(self, case_id: str) -> None:
        try:
            await self._keys.check(case_id)
        except Erased as error:
            raise ConversationDeleted from error

    async def _rate(
        self, scope: Scope, case_id: str, rating: int, comment: str, cause: Cause
    ) -> tuple[Case, SurveyView]:
        def answer(case: Case) -> list[Change]:
            return [domain.answer_survey(case, rating, comment, offered=self._has_survey(case))]

        return self._with_survey(await self._keeper.decide(scope, case_id, answer, cause))

    def as_customer(self, case: Case) -> tuple[Case, SurveyView]:
        """A case of any moment with its survey. Whether there is one, is told by the portal as it is today."""
        return self._with_survey(case)

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
        tx.emit(key_created(key, change.case, cause))
        return await self._keeper.begin(tx, change, cause)

    # ---- shared ----

    async def _follow(
        self,
        tx: Tx,
        entry: ConversationEntry,
        step: Callable[[Case], Sequence[Change]],
    ) -> Case:
        """Change the case of an entry, which knows of that place in the conversation from now on."""
        # An entry comes after its conversation's beginning, on the same key. One that does not is a fault to
        # be looked at: it is tried again, then a dead letter, and can be replayed from there.
        case = await self._store.get(tx, _scope_of(entry), entry.conversation_id)
        if case is None:
            raise await self._unknown(entry)
        here = replace(case, after_seq=max(case.after_seq, tx.seq))
        return await self._keeper.keep(tx, case, here, step(here), because_of(entry, self._clock))

    async def _hear(
        self, tx: Tx, cases: dict[str, Case], run: Sequence[Placed[MessageSent]]
    ) -> None:
        """What one author said in a row, in one conversation."""
        first, last = run[0].message, run[-1].message
        case = cases.get(last.conversation_id)
        if case is None or case.tenant != last.tenant:
            raise await self._unknown(last)
        here = replace(case, after_seq=max(case.after_seq, run[-1].seq))
        changes: Sequence[Change] = ()
        lines: list[ProblemLine] = []
        match last.author.kind:
            case "customer":
                lines = [_line_of(it.message) for it in run]
                changes = self._hear_customer(here, lines)
            case "technician":
                changes = self._hear_technician(tx, here, first)
        kept = await self._keeper.keep(tx, case, here, changes, because_of(last, self._clock))
        cases[case.id] = kept
        if last.author.kind in {"customer", "technician"}:
            await self._pass_on(tx, cases, kept, last, lines)

    async def _pass_on(
        self,
        tx: Tx,
        cases: dict[str, Case],
        case: Case,
        last: MessageSent,
        lines: Sequence[ProblemLine],
    ) -> None:
        """What is said in the conversation of a merged case is heard by the one it goes on in (X26)."""
        target = await target_of(self._store, tx, case)
        if target.id == case.id:
            return
        if lines:
            stays = self._keeper.assignee_stays(target)
            changes = merging.pass_on(target, lines, assignee_stays=stays)
        else:
            changes = domain.hear_technician(target, last.author.id)
        kept = await self._keeper.keep(tx, target, target, changes, because_of(last, self._clock))
        if kept.id in cases:
            cases[kept.id] = kept

    def _hear_technician(self, tx: Tx, case: Case, message: MessageSent) -> list[Change]:
        queue.note_answered(tx, case, message.time)
        return domain.hear_technician(case, message.author.id)

    async def _unknown(self, entry: ConversationEntry) -> CaseUnknown:
        """That there is no case of an entry; raises `Erased` where it was deleted, and the entry is passed over."""
        await self._keys.check(entry.conversation_id)
        return CaseUnknown()

    def _hear_customer(self, case: Case, lines: Sequence[ProblemLine]) -> list[Change]:
        away = case.now.state in {"resolved", "snoozed"}
        stays = away and self._keeper.assignee_stays(case)
        return domain.hear_customer(case, lines, assignee_stays=stays)

    async def _timed(self, tx: Tx, payload: Mapping[str, Any]) -> Case | None:
        return await self._store.get(tx, Scope(payload["tenant"], None), payload["case_id"])

    async def _look_up(self, scope: Scope, case_id: str) -> Case:
        case = await self._store.get(None, scope, case_id)
        if case is None:
            raise CaseUnknown
        return case

    def _by_itself(self) -> Cause:
        return Cause(self._clock.now(), SYSTEM, new_id())

    def _decision_of(self, customer: Identity) -> Cause:
        actor = Actor(kind="customer", id=customer.id, via="portal")
        return Cause(self._clock.now(), actor, new_id())


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


def _line_of(message: MessageSent) -> ProblemLine:
    return ProblemLine(
        text=message.text, time=domain.whole_milliseconds(message.time), message_id=message.id
    )


def _scope_of(entry: ConversationEntry) -> Scope:
    return Scope(entry.tenant, (entry.company_id,))


def _deletion_noted(clock: Clock, deleted: MessageDeleted, case: Case) -> AuditNoted:
    """For the audit log, which chat has no transaction for: who deleted a message, and of which case."""
    number = AuditDetail(name="number", value=str(case.now.number))
    return noted(
        clock,
        deleted.type,
        deleted.actor,
        deleted.tenant,
        case_id=case.id,
        company_id=case.company_id,
        subject_id=deleted.message_id,
        details=[number],
        origin=deleted.origin,
    )


# ---- what is handled, and by whom ----------------------------------------------------------------

FROM_THE_LOG: Final[Mapping[type[Message], Callable[[Desk, Tx, Any], Awaitable[None]]]] = {
    ConversationOpened: Desk.open,
    MessageDeleted: Desk.forget,
    ConversationEnded: Desk.end_chat,
    BotSpoke: Desk.wait_for_email,
    ContactGiven: Desk.learn_email,
}
SAID_IN_THE_LOG: Final[
    Mapping[type[Message], Callable[[Desk, Tx, Sequence[Placed[Any]]], Awaitable[None]]]
] = {MessageSent: Desk.hear}
FROM_TIMERS: Final = {STOP_ASKING: Desk.stop_asking, WAKE: Desk.wake}
