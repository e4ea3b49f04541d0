"""What accounts have decided about automatic assignment, whose turn it is, and which cases it is about.

An account has one document. Each automatic assignment writes it before it looks at anything, so that those
of one account come one behind the other, however many instances there are: none of them sees a technician
with room for one more that another is just filling. Technicians who take cases by hand do not wait for it.
"""
# ruff: noqa: ARG002 - the fake is handed transactions that it does not need

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, Protocol, cast

from chassis.mongo import Database, Document, Index
from chassis.storage import FakeStorage, Tx, session_of, written
from services.cases.assignment import OwnRoom, Plan, Room, Waiting, waiting_of
from services.cases.domain import Case
from services.cases.sorting import key_of
from services.cases.storage import CASES

ASSIGNMENT: Final = "assignment"
AT_ONCE: Final = 50
"""How many of the longest waiting cases of a kind are looked at in a portal at a time."""
INDEXES: Final[dict[str, list[Index]]] = {
    ASSIGNMENT: [Index([("on", 1)], name="on", partialFilterExpression={"on": True})],
    CASES: [
        # What technicians have to do now. All that is asked for stands in it.
        Index(
            [("tenant", 1), ("assignee_id", 1), ("live", 1)],
            name="load",
            partialFilterExpression={"state": "assigned"},
        ),
        Index(
            [("tenant", 1), ("company_id", 1), ("live", 1), ("submitted", 1)],
            name="to_assign",
            partialFilterExpression={"state": "unassigned"},
        ),
    ],
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where cases wait: a portal, by its company."""

    tenant: str
    company_id: str
    portal_id: str


class AssignmentStore(Protocol):
    """`tx` is the transaction to be part of; a read may stand alone, with None."""

    async def plan(self, tx: Tx | None, tenant: str) -> Plan:
        """What an account has decided; that of one that never did is the default."""
        ...

    async def switched_on(self) -> list[Plan]:
        """The accounts that have automatic assignment in some portal."""
        ...

    async def keep(self, tx: Tx, plan: Plan) -> None:
        """Keep what an account has decided; whose turn it is stays as it is."""
        ...

    async def next(self, tx: Tx, tenant: str) -> Plan:
        """The plan for one more decision, alone with it: no other one of the account is made meanwhile."""
        ...

    async def give(self, tx: Tx, tenant: str, technician_id: str, turn: int) -> None:
        """It was this technician's turn."""
        ...

    async def loads(
        self, tx: Tx | None, tenant: str, technicians: Iterable[str]
    ) -> dict[str, Room]:
        """How many live chats and other cases technicians have; who has none may be missing."""
        ...

    async def waiting(self, place: Place, *, live: bool) -> list[Waiting]:
        """The cases of a portal that wait for a technician, the first submitted first."""
        ...

    async def chats_of(self, tenant: str, technicians: Iterable[str]) -> list[str]:
        """The live chats that technicians have."""
        ...


# ---- MongoDB -------------------------------------------------------------------------------------


class MongoAssignmentStore:
    """The store on the service's own database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._plans = database.collection(ASSIGNMENT)
        self._cases = database.collection(CASES)

    async def prepare(self) -> None:
        """Create what is missing of collections and indexes."""
        await self._database.ensure_indexes(INDEXES)

    async def plan(self, tx: Tx | None, tenant: str) -> Plan:
        session = None if tx is None else session_of(tx)
        row = await self._plans.find_one({"_id": tenant}, session=session)
        return Plan(tenant) if row is None else _plan(row)

    async def switched_on(self) -> list[Plan]:
        return [_plan(row) for row in await self._plans.find({"on": True}, hint="on")]

    async def keep(self, tx: Tx, plan: Plan) -> None:
        update = {"$set": _decided(plan)}
        await self._plans.update_one(
            {"_id": plan.tenant}, update, upsert=True, session=session_of(tx)
        )

    async def next(self, tx: Tx, tenant: str) -> Plan:
        row = await self._plans.find_one_and_update(
            {"_id": tenant}, {"$inc": {"given": 1}}, upsert=True, session=session_of(tx)
        )
        # An upsert always finds something.
        return _plan(cast(Document, row))

    async def give(self, tx: Tx, tenant: str, technician_id: str, turn: int) -> None:
        update = {"$set": {f"turns.{technician_id}": turn}}
        await self._plans.update_one({"_id": tenant}, update, session=session_of(tx))

    async def loads(
        self, tx: Tx | None, tenant: str, technicians: Iterable[str]
    ) -> dict[str, Room]:
        session = None if tx is None else await written(tx)
        chat = {"$cond": ["$live", 1, 0]}
        counted = {"_id": "$assignee_id", "chats": {"$sum": chat}, "all": {"$sum": 1}}
        rows = await self._cases.aggregate(
            [{"$match": load_query(tenant, technicians)}, {"$group": counted}], session=session
        )
        return {row["_id"]: Room(row["chats"], row["all"] - row["chats"]) for row in rows}

    async def waiting(self, place: Place, *, live: bool) -> list[Waiting]:
        rows = await self._cases.find(
            waiting_query(place, live=live),
            sort=[("submitted", 1)],
            limit=AT_ONCE,
            projection=dict.fromkeys(("portal_id", "live", "state_version", "changed_by"), 1),
            hint="to_assign",
        )
        return [
            Waiting(row["_id"], row["live"], row["state_version"], row["changed_by"])
            for row in rows
            if row["portal_id"] == place.portal_id
        ]

    async def chats_of(self, tenant: str, technicians: Iterable[str]) -> list[str]:
        rows = await self._cases.find(
            load_query(tenant, technicians) | {"live": True}, projection={"_id": 1}, hint="load"
        )
        return [row["_id"] for row in rows]


def load_query(tenant: str, technicians: Iterable[str]) -> Document:
    """What technicians have to do now."""
    return {"tenant": tenant, "assignee_id": {"$in": list(technicians)}, "state": "assigned"}


def waiting_query(place: Place, *, live: bool) -> Document:
    """What waits in a company, chats or all else."""
    return {
        "tenant": place.tenant,
        "company_id": place.company_id,
        "state": "unassigned",
        "live": live,
    }


def _decided(plan: Plan) -> Document:
    return {
        "on": bool(plan.automatic),
        "automatic": sorted(plan.automatic),
        "chats": plan.capacity.chats,
        "cases": plan.capacity.cases,
        "own": {it: {"chats": own.chats, "cases": own.cases} for it, own in plan.own.items()},
    }


def _plan(row: Mapping[str, Any]) -> Plan:
    new = Plan(row["_id"])
    return Plan(
        tenant=row["_id"],
        automatic=frozenset(row.get("automatic", ())),
        capacity=Room(row.get("chats", new.capacity.chats), row.get("cases", new.capacity.cases)),
        own={it: OwnRoom(**own) for it, own in row.get("own", {}).items()},
        given=row.get("given", 0),
        turns=row.get("turns", {}),
    )


# ---- in memory -----------------------------------------------------------------------------------


class FakeAssignmentStore:
    """The same promises in memory, on the cases of `FakeCaseStore`."""

    def __init__(self, storage: FakeStorage) -> None:
        self._plans: dict[str, Plan] = storage.table(ASSIGNMENT)
        self._cases: dict[str, Case] = storage.table(CASES)

    async def plan(self, tx: Tx | None, tenant: str) -> Plan:
        return self._plans.get(tenant, Plan(tenant))

    async def switched_on(self) -> list[Plan]:
        return [plan for plan in self._plans.values() if plan.automatic]

    async def keep(self, tx: Tx, plan: Plan) -> None:
        now = await self.plan(tx, plan.tenant)
        self._plans[plan.tenant] = replace(plan, given=now.given, turns=now.turns)

    async def next(self, tx: Tx, tenant: str) -> Plan:
        plan = await self.plan(tx, tenant)
        self._plans[tenant] = replace(plan, given=plan.given + 1)
        return self._plans[tenant]

    async def give(self, tx: Tx, tenant: str, technician_id: str, turn: int) -> None:
        plan = self._plans[tenant]
        self._plans[tenant] = replace(plan, turns={**plan.turns, technician_id: turn})

    async def loads(
        self, tx: Tx | None, tenant: str, technicians: Iterable[str]
    ) -> dict[str, Room]:
        return {it: _load(self._assigned(tenant, [it])) for it in technicians}

    async def waiting(self, place: Place, *, live: bool) -> list[Waiting]:
        found = [
            case
            for case in self._cases.values()
            if (case.tenant, case.company_id) == (place.tenant, place.company_id)
            and (case.now.portal_id, case.now.state) == (place.portal_id, "unassigned")
            and case.now.live == live
        ]
        return [waiting_of(case) for case in sorted(found, key=partial(key_of, "created"))][
            :AT_ONCE
        ]

    async def chats_of(self, tenant: str, technicians: Iterable[str]) -> list[str]:
        return [case.id for case in self._assigned(tenant, technicians) if case.now.live]

    def _assigned(self, tenant: str, technicians: Iterable[str]) -> list[Case]:
        wanted = set(technicians)
        return [
            case
            for case in self._cases.values()
            if case.tenant == tenant
            and case.now.state == "assigned"
            and case.now.assignee_id in wanted
        ]


def _load(cases: Sequence[Case]) -> Room:
    chats = sum(case.now.live for case in cases)
    return Room(chats, len(cases) - chats)
