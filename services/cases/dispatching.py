"""Gives cases out by itself (S37), and offers again what somebody left behind who vanished (X4).

It does not wait for news: it looks at what waits and at who could come, every half second and at once when
something here has changed. Whatever the reason (a case came in, somebody became available, a case was
resolved, a switch was turned, a process died in between), what can be assigned is. One instance has the
lease; should two believe so, transactions on the account's plan keep them from giving one case twice, or
more to somebody than they take.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from chassis.clock import Clock
from chassis.errors import RetryLater
from chassis.ids import new_id
from chassis.leases import Lease, Leases
from chassis.logs import logger
from chassis.storage import Tx
from contracts.portal import DirectoryEntry, TechnicianListed
from services.cases import assignment
from services.cases.assignment import Plan, Room, Routing, Waiting, waiting_of
from services.cases.assignment_store import AssignmentStore, Place
from services.cases.decisions import Asked
from services.cases.domain import Case
from services.cases.keeping import SYSTEM, Cause, Keeper
from services.cases.storage import Scope

LEASE: Final = "assignment"
LOOK_SECONDS: Final = 0.5
REMEMBERED: Final = 10_000

_log = logger(__name__)


class Dispatcher:
    """Looks, decides and keeps; each case in a transaction of its own."""

    def __init__(self, keeper: Keeper, store: AssignmentStore, clock: Clock) -> None:
        self._keeper = keeper
        self._store = store
        self._people = keeper.people
        self._clock = clock
        self._changed = asyncio.Event()
        self._told: dict[str, str] = {}
        """What was told last of cases that nobody can have: the id of that decision."""

    def note(self) -> None:
        """A case has changed: look at once."""
        self._changed.set()

    def note_entry(self, entry: DirectoryEntry) -> None:
        """The directory has changed: somebody may have come, or gone."""
        if isinstance(entry, TechnicianListed):
            self._changed.set()

    async def is_routed(self, case: Case) -> bool:
        """Whether who gets the case is decided here."""
        plan = await self._store.plan(None, case.tenant)
        return case.now.portal_id in plan.automatic

    async def run(self, leases: Leases) -> None:
        """Look, for ever; without a database it waits."""
        lease: Lease | None = None
        await leases.prepare()
        while True:
            with suppress(RetryLater):
                lease = await _held(leases, lease)
                if lease is not None:
                    await self.look()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), LOOK_SECONDS)
            self._changed.clear()

    async def look(self) -> int:
        """Do all that is to do now; returns how many cases somebody got or lost."""
        if not self._people.loaded:
            return 0
        moved = await self._offer_again()
        for plan in await self._store.switched_on():
            for portal_id in sorted(plan.automatic):
                portal = self._people.portal(portal_id)
                if portal is not None and portal.tenant == plan.tenant:
                    place = Place(plan.tenant, portal.company_id, portal_id)
                    moved += await self._assign(place)
        if len(self._told) > REMEMBERED:
            self._told.clear()
        return moved

    # ---- giving out ----

    async def _assign(self, place: Place) -> int:
        # Chats first: somebody sits in front of them.
        waiting = [
            *await self._store.waiting(place, live=True),
            *await self._store.waiting(place, live=False),
        ]
        given, foreseen = 0, await self._foresee(place) if waiting else None
        for case in waiting:
            if foreseen is None or self._told.get(case.case_id) == foreseen.of(case):
                continue
            if await self._tried(place.tenant, case.case_id):
                given, foreseen = given + 1, await self._foresee(place)
        return given

    async def _foresee(self, place: Place) -> "_Sight":
        """What decisions would go by now. Looking alone locks nothing."""
        plan = await self._store.plan(None, place.tenant)
        return await self._look_round(None, plan, place.company_id)

    async def _tried(self, tenant: str, case_id: str) -> bool:
        """Whether somebody got the case. One that cannot be given keeps none of the others waiting."""
        try:
            got = await self._keeper.storage.transact(lambda tx: self._route(tx, tenant, case_id))
        except RetryLater:
            raise
        except Exception:  # noqa: BLE001 - one case's fault must not keep the others waiting
            _log.exception("assignment_failed", case=case_id)
            return False
        return bool(got)

    async def _route(self, tx: Tx, tenant: str, case_id: str) -> bool:
        plan = await self._store.next(tx, tenant)
        case = await self._keeper.store.get(tx, Scope(tenant, None), case_id)
        if case is None or not _waits(case, plan):
            return False
        waiting, sight = waiting_of(case), await self._look_round(tx, plan, case.company_id)
        routing = sight.decide(waiting)
        tx.afterwards(lambda: self._remember(waiting, routing))
        if routing.technician_id is not None:
            await self._store.give(tx, tenant, routing.technician_id, plan.given)
        elif await self._keeper.history.has(tx, assignment.routing_id(waiting, routing)):
            return False
        cause = self._by_itself()
        asked = Asked(None, cause.time, case.now.state_version)
        changes = assignment.route(case, routing, asked, sight.without_access)
        await self._keeper.keep(tx, case, case, changes, cause)
        return routing.technician_id is not None

    async def _look_round(self, tx: Tx | None, plan: Plan, company_id: str) -> "_Sight":
        able = list(self._people.technicians_with_access(plan.tenant, company_id))
        loads: dict[str, Room] = {}
        if any(it.available for it in able):
            ids = [it.technician_id for it in able]
            loads = await self._store.loads(tx, plan.tenant, ids)
        everybody = len(list(self._people.technicians(plan.tenant)))
        return _Sight(plan, able, loads, everybody - len(able))

    def _remember(self, case: Waiting, routing: Routing) -> None:
        """That nobody can have a case is decided once, and not again each time it is looked at."""
        if routing.technician_id is None:
            self._told[case.case_id] = assignment.routing_id(case, routing)
        else:
            self._told.pop(case.case_id, None)

    # ---- offering again ----

    async def _offer_again(self) -> int:
        """The chats of those who vanished are everybody's again, if their customers wait."""
        away = sorted(
            (it.tenant, it.technician_id)
            for it in self._people.staff()
            if it.away_since is not None and not it.available
        )
        moved = 0
        for tenant, people in groupby(away, key=lambda it: it[0]):
            for case_id in await self._store.chats_of(tenant, [it[1] for it in people]):
                moved += bool(
                    await self._keeper.storage.transact(
                        lambda tx, t=tenant, c=case_id: self._take_back(tx, t, c)  # type: ignore[misc]
                    )
                )
        return moved

    async def _take_back(self, tx: Tx, tenant: str, case_id: str) -> bool:
        case = await self._keeper.store.get(tx, Scope(tenant, None), case_id)
        holder = case and case.now.assignee_id and self._people.technician(case.now.assignee_id)
        if not case or not holder or holder.away_since is None or holder.available:
            return False
        cause = self._by_itself()
        changes = assignment.offer_again(case, cause.time)
        await self._keeper.keep(tx, case, case, changes, cause)
        return bool(changes)

    def _by_itself(self) -> Cause:
        return Cause(self._clock.now(), SYSTEM, new_id())


async def _held(leases: Leases, lease: Lease | None) -> Lease | None:
    if lease is None or not await leases.renew(lease):
        return await leases.acquire(LEASE)
    return lease


def _waits(case: Case, plan: Plan) -> bool:
    return case.now.state == "unassigned" and case.now.portal_id in plan.automatic


@dataclass(frozen=True, slots=True)
class _Sight:
    """What a decision goes by."""

    plan: Plan
    able: Sequence[TechnicianListed]
    loads: Mapping[str, Room]
    without_access: int

    def decide(self, case: Waiting) -> Routing:
        return assignment.decide(case, self.able, self.loads, self.plan)

    def of(self, case: Waiting) -> str:
        """The id of the decision that would be made."""
        return assignment.routing_id(case, self.decide(case))
