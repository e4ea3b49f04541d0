"""What administrators decide about automatic assignment (S37, X3), what they see of it, and what they try (N9)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from time import monotonic
from typing import Any, Final

from chassis.audit import facts, noted
from chassis.clock import Clock
from chassis.errors import DeskbusError
from chassis.storage import Storage, Tx
from chassis.tokens import Identity
from contracts.envelope import Actor
from contracts.portal import PortalListed, TechnicianListed
from services.cases.assignment import OwnRoom, Plan, Room
from services.cases.assignment_store import AssignmentStore
from services.cases.directory import People
from services.cases.routing_trial import Tried, tried
from services.cases.whatif import Bounds, Past, Slice, Span, replay


class NotInAccount(DeskbusError):
    """There is no such portal or technician in the account."""

    code = "not_in_account"
    status = 404
    text = "Your account has no such portal or technician any more."


@dataclass(frozen=True, slots=True)
class Overview:
    """What an account has decided, with those it is about and what they have to do now."""

    plan: Plan
    portals: Sequence[PortalListed]
    technicians: Sequence[TechnicianListed]
    loads: dict[str, Room]


class Assigning:
    """The use cases; each change is one transaction with its line in the audit log."""

    def __init__(
        self, storage: Storage, store: AssignmentStore, people: People, past: Past, clock: Clock
    ) -> None:
        self._storage = storage
        self._past = past
        self._store = store
        self.people = people
        self._clock = clock

    async def show(self, administrator: Identity) -> Overview:
        """What holds now, and who has how much to do."""
        tenant = administrator.tenant
        technicians = sorted(self.people.technicians(tenant), key=lambda it: it.name.casefold())
        portals = sorted(self.people.portals(tenant), key=lambda it: it.address)
        ids = [it.technician_id for it in technicians]
        loads = await self._store.loads(None, tenant, ids)
        return Overview(await self._store.plan(None, tenant), portals, technicians, loads)

    async def switch(self, administrator: Identity, portal_id: str, *, automatic: bool) -> Overview:
        """Have a portal's cases assigned by themselves, or not; raises `NotInAccount`."""
        portal = self.people.portal(portal_id)
        if portal is None or portal.tenant != administrator.tenant:
            raise NotInAccount
        await self._change(
            administrator,
            "assignment.switched",
            lambda plan: plan.switched(portal_id, automatic=automatic),
            portal_id,
            lambda plan: {"portal": portal.address, "automatic": portal_id in plan.automatic},
        )
        return await self.show(administrator)

    async def set_capacity(self, administrator: Identity, room: Room) -> Overview:
        """How much everybody takes for whom nothing else was decided."""
        await self._change(
            administrator,
            "assignment.capacity_changed",
            lambda plan: replace(plan, capacity=room),
            administrator.tenant,
            lambda plan: {"chats": plan.capacity.chats, "cases": plan.capacity.cases},
        )
        return await self.show(administrator)

    async def set_own(self, administrator: Identity, technician_id: str, own: OwnRoom) -> Overview:
        """How much one technician takes; raises `NotInAccount`."""
        person = self.people.technician(technician_id)
        if person is None or person.tenant != administrator.tenant or not person.active:
            raise NotInAccount

        def told(plan: Plan) -> dict[str, Any]:
            has = plan.own.get(technician_id, OwnRoom())
            return {"technician": person.name, "chats": has.chats, "cases": has.cases}

        await self._change(
            administrator,
            "assignment.technician_changed",
            lambda plan: plan.with_own(technician_id, own),
            technician_id,
            told,
        )
        return await self.show(administrator)

    async def try_out(self, administrator: Identity, room: Room, after: str | None) -> Slice[Tried]:
        """A slice of the last month with another capacity for all, changing nothing; raises `CursorInvalid`."""
        tenant = administrator.tenant
        plan = replace(await self._store.plan(None, tenant), capacity=room)
        span = Span(tenant, tuple(administrator.companies), self._clock.now())
        judge = partial(tried, plan=plan)
        return await replay(self._past, span, judge, after=after, bounds=Bounds(), now=monotonic)

    async def _change(
        self,
        administrator: Identity,
        action: str,
        changed: Callable[[Plan], Plan],
        subject_id: str,
        told: Callable[[Plan], dict[str, Any]],
    ) -> None:
        async def work(tx: Tx) -> None:
            before = await self._store.plan(tx, administrator.tenant)
            after = changed(before)
            if after == before:
                return
            await self._store.keep(tx, after)
            tx.emit(
                noted(
                    self._clock,
                    action,
                    Actor(kind="technician", id=administrator.id, via=administrator.via),
                    administrator.tenant,
                    subject_id=subject_id,
                    details=facts(told(after), told(before)),
                )
            )

        await self._storage.transact(work)


# ---- what is asked for, and by which route -------------------------------------------------------

HANDLES: Final[dict[str, Any]] = {
    "GET /api/cases/assignment": Assigning.show,
    "PUT /api/cases/assignment/capacity": Assigning.set_capacity,
    "POST /api/cases/assignment/trial": Assigning.try_out,
    "PUT /api/cases/assignment/portals/{portal_id}": Assigning.switch,
    "PUT /api/cases/assignment/technicians/{technician_id}": Assigning.set_own,
}
