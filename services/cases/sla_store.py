"""The service levels of portals (X10), and the open cases that a change of one concerns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, Protocol

from chassis.mongo import Database, Document, Index
from chassis.office_hours import OfficeHours
from chassis.storage import FakeStorage, Tx, session_of
from services.cases.decisions import UNRESOLVED
from services.cases.domain import Case
from services.cases.sla import NOTHING, Policy, Targets
from services.cases.storage import CASES

LEVELS: Final = "service_levels"
DEFAULT: Final = ""
"""In the place of a portal's id: that of all portals which have none of their own."""
INDEXES: Final[dict[str, list[Index]]] = {
    LEVELS: [Index([("tenant", 1)], name="of_account")],
    CASES: [
        # The open cases are few among all that there ever were, so the index is small.
        Index(
            [("tenant", 1), ("_id", 1)],
            name="recounted",
            partialFilterExpression={"state": {"$in": sorted(UNRESOLVED)}},
        )
    ],
}


@dataclass(frozen=True, slots=True)
class Recount:
    """How far the open cases are counted anew by the present policy."""

    done: int
    total: int
    finished: bool


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """What a portal promises, or the account for all others. `version` grows with each edit."""

    tenant: str
    portal_id: str
    policy: Policy
    version: int
    changed_at: datetime
    recount: Recount | None = None
    removed: bool = False
    """Nothing of its own is promised any more; it is remembered for its version alone."""


class ServiceLevels(Protocol):
    """`tx` is the transaction to be part of; a read may stand alone, with None."""

    async def get(self, tx: Tx | None, tenant: str, portal_id: str) -> ServiceLevel | None:
        """What is kept for this portal, removed or not."""
        ...

    async def all(self, tenant: str) -> list[ServiceLevel]:
        """What the portals of an account promise of their own, and what all others do."""
        ...

    async def put(self, tx: Tx, level: ServiceLevel) -> None:
        """Keep it as it is given."""
        ...

    async def policy_of(self, tx: Tx | None, tenant: str, portal_id: str) -> Policy:
        """What counts for a case of this portal."""
        ...

    async def open_cases(
        self, tx: Tx | None, tenant: str, after: str, limit: int
    ) -> list[tuple[str, str]]:
        """Cases that are not resolved, with their portals, behind an id."""
        ...

    async def count_open(self, tenant: str) -> int:
        """How many cases of an account are not resolved."""
        ...


def _key(tenant: str, portal_id: str) -> str:
    return f"{tenant}/{portal_id}"


def _in_force(levels: Sequence[ServiceLevel]) -> Policy:
    """The portal's own policy before that of the account."""
    own = sorted((it for it in levels if not it.removed), key=lambda it: it.portal_id == DEFAULT)
    return own[0].policy if own else NOTHING


# ---- MongoDB -------------------------------------------------------------------------------------


class MongoServiceLevels:
    """The levels in the service's own database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._rows = database.collection(LEVELS)
        self._cases = database.collection(CASES)

    async def prepare(self) -> None:
        """Create what is missing of collection and indexes."""
        await self._database.ensure_indexes(INDEXES)

    async def get(self, tx: Tx | None, tenant: str, portal_id: str) -> ServiceLevel | None:
        session = None if tx is None else session_of(tx)
        row = await self._rows.find_one({"_id": _key(tenant, portal_id)}, session=session)
        return None if row is None else _level(row)

    async def all(self, tenant: str) -> list[ServiceLevel]:
        rows = await self._rows.find({"tenant": tenant}, hint="of_account")
        return [level for level in map(_level, rows) if not level.removed]

    async def put(self, tx: Tx, level: ServiceLevel) -> None:
        row = {"_id": _key(level.tenant, level.portal_id), **_row(level)}
        await self._rows.replace_one({"_id": row["_id"]}, row, upsert=True, session=session_of(tx))

    async def policy_of(self, tx: Tx | None, tenant: str, portal_id: str) -> Policy:
        keys = [_key(tenant, portal_id), _key(tenant, DEFAULT)]
        session = None if tx is None else session_of(tx)
        rows = await self._rows.find({"_id": {"$in": keys}}, session=session)
        return _in_force([_level(row) for row in rows])

    async def open_cases(
        self, tx: Tx | None, tenant: str, after: str, limit: int
    ) -> list[tuple[str, str]]:
        rows = await self._cases.find(
            {"_id": {"$gt": after}, **open_query(tenant)},
            sort=[("_id", 1)],
            limit=limit,
            hint="recounted",
            projection={"portal_id": 1},
            session=None if tx is None else session_of(tx),
        )
        return [(row["_id"], row["portal_id"]) for row in rows]

    async def count_open(self, tenant: str) -> int:
        counted: list[Document] = [{"$match": open_query(tenant)}, {"$count": "cases"}]
        rows = await self._cases.aggregate(counted)
        return int(rows[0]["cases"]) if rows else 0


def open_query(tenant: str) -> Document:
    """What MongoDB is asked for the cases of an account that are not resolved."""
    return {"tenant": tenant, "state": {"$in": sorted(UNRESOLVED)}}


def _row(level: ServiceLevel) -> Document:
    policy, recount = level.policy, level.recount
    return {
        "tenant": level.tenant,
        "portal_id": level.portal_id,
        "version": level.version,
        "changed_at": level.changed_at,
        "removed": level.removed,
        "targets": _targets_row(policy.targets),
        "by_priority": {name: _targets_row(it) for name, it in policy.by_priority.items()},
        "warn_percent": policy.warn_percent,
        "hours": policy.hours and _hours_row(policy.hours),
        "recount": recount
        and {"done": recount.done, "total": recount.total, "finished": recount.finished},
    }


def _level(row: Document) -> ServiceLevel:
    policy = Policy(
        targets=Targets(**row["targets"]),
        by_priority={name: Targets(**it) for name, it in row["by_priority"].items()},
        warn_percent=row["warn_percent"],
        hours=row["hours"] and _hours(row["hours"]),
    )
    same: dict[str, Any] = {
        name: row[name] for name in ("tenant", "portal_id", "version", "changed_at", "removed")
    }
    return ServiceLevel(**same, policy=policy, recount=row["recount"] and Recount(**row["recount"]))


def _targets_row(targets: Targets) -> Document:
    return {
        "first_response": targets.first_response,
        "next_response": targets.next_response,
        "resolution": targets.resolution,
    }


def _hours_row(hours: OfficeHours) -> Document:
    return {
        "zone": hours.zone,
        "week": [[list(it) for it in day] for day in hours.week],
        "holidays": sorted(day.isoformat() for day in hours.holidays),
    }


def _hours(row: Document) -> OfficeHours:
    week = tuple(tuple((begin, end) for begin, end in day) for day in row["week"])
    return OfficeHours(row["zone"], week, frozenset(map(date.fromisoformat, row["holidays"])))


# ---- in memory -----------------------------------------------------------------------------------


class FakeServiceLevels:
    """The same promises in memory."""

    def __init__(self, storage: FakeStorage) -> None:
        self._rows: dict[str, ServiceLevel] = storage.table(LEVELS)
        self._cases: dict[str, Case] = storage.table(CASES)

    async def get(self, tx: Tx | None, tenant: str, portal_id: str) -> ServiceLevel | None:  # noqa: ARG002
        return self._rows.get(_key(tenant, portal_id))

    async def all(self, tenant: str) -> list[ServiceLevel]:
        return [it for it in self._rows.values() if it.tenant == tenant and not it.removed]

    async def put(self, tx: Tx, level: ServiceLevel) -> None:  # noqa: ARG002
        self._rows[_key(level.tenant, level.portal_id)] = replace(level)

    async def policy_of(self, tx: Tx | None, tenant: str, portal_id: str) -> Policy:  # noqa: ARG002
        keys = (_key(tenant, portal_id), _key(tenant, DEFAULT))
        return _in_force([self._rows[key] for key in keys if key in self._rows])

    async def open_cases(
        self,
        tx: Tx | None,  # noqa: ARG002
        tenant: str,
        after: str,
        limit: int,
    ) -> list[tuple[str, str]]:
        found = sorted(it.id for it in self._open(tenant) if it.id > after)[:limit]
        return [(case_id, self._cases[case_id].now.portal_id) for case_id in found]

    async def count_open(self, tenant: str) -> int:
        return len(self._open(tenant))

    def _open(self, tenant: str) -> list[Case]:
        cases = self._cases.values()
        return [it for it in cases if it.tenant == tenant and it.now.state in UNRESOLVED]
