"""A case that a technician makes (S43): for a call, a mail that came elsewhere, or from a conversation.

It has no conversation of its own. One that was made from another case's conversation, or from a message of
it on (a split, X26), refers to that: whoever looks at it sees what was said there. What the customer goes on
to write there stays with the case whose conversation it is.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, Protocol, cast

from chassis.clock import Clock
from chassis.errors import DeskbusError, RetryLater
from chassis.ids import derived_id, new_id
from chassis.keyring import DataKey
from chassis.storage import Tx
from chassis.tokens import Identity
from contracts.cases import CaseOpened, CaseState, CaseText, ProblemLine
from contracts.chat import Visitor
from contracts.envelope import Actor
from contracts.portal import PortalListed
from contracts.relations import CaseSplit
from services.cases.domain import Case, Change, step, whole_milliseconds
from services.cases.handlers import key_created
from services.cases.keeping import CaseUnknown, Cause, Keeper
from services.cases.problem import preview
from services.cases.storage import Scope

Kind = Literal["call", "email", "request"]


class PortalNotYours(DeskbusError):
    """A case belongs to a portal of a company that its technician has access to."""

    code = "portal_not_yours"
    status = 422
    text = "There is no such portal among those that you work for. Please choose another one."


@dataclass(frozen=True, slots=True)
class Wanted:
    """The case as its technician wants it. `client_id` is the same on every try."""

    client_id: str
    kind: Kind
    portal_id: str
    customer: Visitor
    title: str
    problem: str
    locale: str
    keep: bool
    """Whether it is its maker's; else it waits in Unassigned."""
    refers_to: str | None = None
    refers_from: str | None = None


class Keys(Protocol):
    """Makes data keys; `chassis.keyring.Keyring` does."""

    async def create(self, key_id: str) -> DataKey:
        """The key of this id, made if there is none; raises `Erased`."""
        ...


def open_by_hand(  # noqa: PLR0913, PLR0917 - what a new case is made of
    case_id: str, wanted: Wanted, portal: PortalListed, by: str | None, at: datetime, number: int
) -> Change:
    """The new case: its maker's, or with `by` None one that waits for somebody."""
    now = whole_milliseconds(at)
    status: dict[str, Any] = {
        "number": number,
        "case_type": wanted.kind,
        "live": False,
        "state": "assigned" if by else "unassigned",
        "state_version": 1,
        "assignee_id": by,
        "portal_id": portal.portal_id,
        "portal_address": portal.address,
        "created_at": now,
        "assigned_at": now if by else None,
        "requested_at": now if wanted.kind == "request" else None,
        "ended_at": None,
        "resolved_at": None,
        "rating": None,
        "changed_by": by,
        "refers_to": wanted.refers_to,
        "refers_from": wanted.refers_from,
        "customer_at": now,
        # Whoever keeps what they note has read it; from anybody else it waits for an answer.
        "waiting_since": None if by else now,
        "unanswered": 0 if by else 1,
    }
    problem = (ProblemLine(text=wanted.problem, time=now),)
    text = CaseText(
        customer=wanted.customer,
        preview=preview(problem),
        problem=problem,
        locale=wanted.locale,
        title=wanted.title,
    )
    case = Case(case_id, portal.tenant, portal.company_id, 1, CaseState(**status), text)
    return Change(CaseOpened, case)


def note_split(case: Case, made: Case, by: str | None) -> Change:
    """The case whose conversation another one was made from says so."""
    tells = {"technician_id": by, "into_id": made.id, "into_number": made.now.number}
    return step(case, CaseSplit, tells)


class Making:
    """The use case."""

    def __init__(self, keeper: Keeper, keys: Keys, clock: Clock) -> None:
        self._keeper = keeper
        self._keys = keys
        self._clock = clock

    async def make(self, technician: Identity, scope: Scope, wanted: Wanted) -> Case:
        """Make a case; the same `client_id` again finds it made. Raises `PortalNotYours` and `CaseUnknown`."""
        portal = self._portal(technician, wanted.portal_id)
        case_id = derived_id("case by hand", technician.id, wanted.client_id)
        key = await self._keys.create(case_id)
        actor = Actor(kind="technician", id=technician.id, via=technician.via)
        cause = Cause(self._clock.now(), actor, new_id())
        # A program has no cases of its own.
        by = technician.id if wanted.keep and technician.scopes is None else None

        async def work(tx: Tx) -> Case:
            known = await self._keeper.store.get(tx, Scope(scope.tenant, None), case_id)
            if known is not None:
                return known
            source = await self._source(tx, scope, wanted.refers_to)
            number = await self._keeper.store.next_number(scope.tenant)
            change = open_by_hand(case_id, wanted, portal, by, cause.time, number)
            tx.emit(key_created(key, change.case, cause))
            made = await self._keeper.begin(tx, change, cause)
            if source is not None:
                split = note_split(source, made, technician.id)
                await self._keeper.keep(tx, source, source, [split], cause)
            return made

        return cast(Case, await self._keeper.storage.transact(work))

    def _portal(self, technician: Identity, portal_id: str) -> PortalListed:
        if not self._keeper.people.loaded:
            raise RetryLater
        portal = self._keeper.people.portal(portal_id)
        mine = portal and portal.tenant == technician.tenant
        if portal is None or not mine or portal.company_id not in technician.companies:
            raise PortalNotYours
        return portal

    async def _source(self, tx: Tx, scope: Scope, case_id: str | None) -> Case | None:
        if case_id is None:
            return None
        source = await self._keeper.store.get(tx, scope, case_id)
        if source is None:
            raise CaseUnknown
        return source


HANDLES: Final[dict[str, Any]] = {"POST /api/cases/cases": Making.make}
