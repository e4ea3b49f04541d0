"""Portal's store: every record by its id, and the few other ways in which one is looked for."""
# ruff: noqa: ARG002 - the fake is handed transactions that it does not need

from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, Final, Protocol, TypeVar

from chassis.erasure import Holdings, purging
from chassis.mongo import Collection, Database, Document, DuplicateKey, Filter, Index
from chassis.storage import FakeStorage, MongoTx, Tx
from chassis.synthetic import PREFIX, is_synthetic
from services.portal.domain import (
    Account,
    Admission,
    Attempts,
    Company,
    Portal,
    Session,
    SigningKey,
    Technician,
)

Record = Account | Admission | Attempts | Company | Portal | Session | SigningKey | Technician
R = TypeVar("R", bound=Record)

COLLECTIONS: Final[dict[type[Record], str]] = {
    Account: "accounts",
    Admission: "admissions",
    Attempts: "attempts",
    Company: "companies",
    Portal: "portals",
    Session: "sessions",
    SigningKey: "signing_keys",
    Technician: "technicians",
}
UNIQUE: Final[dict[type[Record], tuple[str, ...]]] = {
    Portal: ("subdomain", "skeleton", "company_id"),
    Technician: ("email",),
}
INDEXES: Final[dict[str, list[Index]]] = {
    "accounts": [],
    "admissions": [Index([("expires_at", 1)], name="purge", expireAfterSeconds=0)],
    "attempts": [Index([("expires_at", 1)], name="purge", expireAfterSeconds=0)],
    "companies": [Index([("tenant", 1), ("name", 1)], name="of_account")],
    "portals": [Index([(field, 1)], name=field, unique=True) for field in UNIQUE[Portal]],
    "sessions": [
        Index([("technician_id", 1), ("used_at", -1)], name="of_technician"),
        Index([("expires_at", 1)], name="purge", expireAfterSeconds=0),
    ],
    "signing_keys": [],
    "technicians": [
        Index([("email", 1)], name="email", unique=True),
        Index([("tenant", 1), ("name", 1)], name="of_account"),
        Index([("tenant", 1), ("companies", 1), ("available", 1), ("active", 1)], name="on_duty"),
    ],
}


class PortalStore(Protocol):
    """`tx` is the transaction to be part of; reads may stand alone, with None."""

    async def put(self, tx: Tx, record: Record) -> None:
        """Insert or replace; raises `DuplicateKey` when a unique value is another record's."""
        ...

    async def get(self, tx: Tx | None, kind: type[R], record_id: str) -> R | None:
        """The record of this id."""
        ...

    async def remove(self, tx: Tx, kind: type[Record], record_id: str) -> None:
        """Delete the record of this id, if there."""
        ...

    async def ids(self, kind: type[Record]) -> list[str]:
        """The ids of all records of a kind, in order."""
        ...

    async def portal_named(self, tx: Tx | None, subdomain: str) -> Portal | None:
        """The portal of a subdomain, whosoever it is."""
        ...

    async def portals_of(self, tx: Tx | None, companies: Iterable[str]) -> list[Portal]:
        """The portals of these companies."""
        ...

    async def companies_of(self, tx: Tx | None, tenant: str, ids: Iterable[str]) -> list[Company]:
        """Those of the account's companies that have one of these ids, by name."""
        ...

    async def technician_mailed(self, tx: Tx | None, email: str) -> Technician | None:
        """The technician who signs in with this email."""
        ...

    async def technicians_of(self, tx: Tx | None, tenant: str) -> list[Technician]:
        """The account's technicians, by name."""
        ...

    async def anyone_on_duty(self, tx: Tx | None, tenant: str, company_id: str) -> bool:
        """Whether an available technician has access to the company."""
        ...

    async def sessions_of(self, tx: Tx | None, technician_id: str) -> list[Session]:
        """A person's sessions, the last used first."""
        ...

    async def synthetic(self, tx: Tx | None, before: datetime, limit: int) -> list[Admission]:
        """Some synthetic customers that were let in before a moment."""
        ...


# ---- MongoDB -------------------------------------------------------------------------------------


class MongoPortalStore:
    """The store on portal's own database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, tx: Tx, record: Record) -> None:
        # $set, not a replacement: a newer version beside this one may have written more fields.
        change = {"$set": _without_id(record)}
        collection = self._of(type(record))
        await collection.update_one({"_id": record.id}, change, upsert=True, session=_session(tx))

    async def get(self, tx: Tx | None, kind: type[R], record_id: str) -> R | None:
        return await self._one(tx, kind, {"_id": record_id})

    async def remove(self, tx: Tx, kind: type[Record], record_id: str) -> None:
        await self._of(kind).delete_one({"_id": record_id}, session=_session(tx))

    async def ids(self, kind: type[Record]) -> list[str]:
        found = await self._of(kind).find({}, sort=[("_id", 1)], projection={"_id": 1}, hint="_id_")
        return [document["_id"] for document in found]

    async def portal_named(self, tx: Tx | None, subdomain: str) -> Portal | None:
        return await self._one(tx, Portal, {"subdomain": subdomain})

    async def portals_of(self, tx: Tx | None, companies: Iterable[str]) -> list[Portal]:
        return await self._many(tx, Portal, {"company_id": {"$in": list(companies)}}, "company_id")

    async def companies_of(self, tx: Tx | None, tenant: str, ids: Iterable[str]) -> list[Company]:
        return await self._many(tx, Company, {"tenant": tenant, "_id": {"$in": list(ids)}}, "name")

    async def technician_mailed(self, tx: Tx | None, email: str) -> Technician | None:
        return await self._one(tx, Technician, {"email": email})

    async def technicians_of(self, tx: Tx | None, tenant: str) -> list[Technician]:
        return await self._many(tx, Technician, {"tenant": tenant}, "name")

    async def anyone_on_duty(self, tx: Tx | None, tenant: str, company_id: str) -> bool:
        found = await self._one(tx, Technician, _on_duty(tenant, company_id))
        return found is not None

    async def sessions_of(self, tx: Tx | None, technician_id: str) -> list[Session]:
        query = {"technician_id": technician_id}
        return await self._many(tx, Session, query, "used_at", descending=True)

    def holdings(self) -> Holdings:
        """What is kept of a conversation, and how it is purged: who was let in, by no name."""
        return {COLLECTIONS[Admission]: purging(self._of(Admission), "_id")}

    async def synthetic(self, tx: Tx | None, before: datetime, limit: int) -> list[Admission]:
        # By the range of their ids, of which there never are more than a few.
        query = {"_id": {"$gte": PREFIX, "$lt": PREFIX + "~"}, "created_at": {"$lt": before}}
        found = await self._of(Admission).find(query, limit=limit, session=_session(tx))
        return [_record(Admission, document) for document in found]

    def _of(self, kind: type[Any]) -> Collection:
        return self._database.collection(COLLECTIONS[kind])

    async def _one(self, tx: Tx | None, kind: type[R], query: Filter) -> R | None:
        found = await self._of(kind).find_one(query, session=_session(tx))
        return None if found is None else _record(kind, found)

    async def _many(
        self, tx: Tx | None, kind: type[R], query: Filter, by: str, *, descending: bool = False
    ) -> list[R]:
        order = [(by, -1 if descending else 1)]
        found = await self._of(kind).find(query, sort=order, session=_session(tx))
        return [_record(kind, document) for document in found]


def _on_duty(tenant: str, company_id: str) -> Filter:
    return {"tenant": tenant, "companies": company_id, "available": True, "active": True}


def _session(tx: Tx | None) -> Any:
    return tx.session if isinstance(tx, MongoTx) else None


def _without_id(record: Record) -> Document:
    return {name: value for name, value in asdict(record).items() if name != "id"}


def _record(kind: type[R], document: Document) -> R:
    # What a record of an older version lacks has its default.
    values = {name: _frozen(document[name]) for name in _names(kind) if name in document}
    return kind(id=document["_id"], **values)


def _names(kind: type[Any]) -> list[str]:
    return [field.name for field in fields(kind) if field.name != "id"]


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


# ---- the fake ------------------------------------------------------------------------------------


class FakePortalStore:
    """The store in memory; its rows are rolled back with the transactions of `storage`."""

    def __init__(self, storage: FakeStorage) -> None:
        self._storage = storage

    async def put(self, tx: Tx, record: Record) -> None:
        for field in UNIQUE.get(type(record), ()):
            for other in self._all(type(record)):
                same = getattr(other, field) == getattr(record, field)
                if same and other.id != record.id:
                    raise DuplicateKey
        self._rows(type(record))[record.id] = record

    async def get(self, tx: Tx | None, kind: type[R], record_id: str) -> R | None:
        found: R | None = self._rows(kind).get(record_id)
        return found

    async def remove(self, tx: Tx, kind: type[Record], record_id: str) -> None:
        self._rows(kind).pop(record_id, None)

    async def ids(self, kind: type[Record]) -> list[str]:
        return sorted(self._rows(kind))

    async def portal_named(self, tx: Tx | None, subdomain: str) -> Portal | None:
        return next((p for p in self._all(Portal) if p.subdomain == subdomain), None)

    async def portals_of(self, tx: Tx | None, companies: Iterable[str]) -> list[Portal]:
        wanted = set(companies)
        found = [portal for portal in self._all(Portal) if portal.company_id in wanted]
        return sorted(found, key=lambda portal: portal.company_id)

    async def companies_of(self, tx: Tx | None, tenant: str, ids: Iterable[str]) -> list[Company]:
        wanted = set(ids)
        found = [c for c in self._all(Company) if c.tenant == tenant and c.id in wanted]
        return sorted(found, key=lambda company: company.name)

    async def technician_mailed(self, tx: Tx | None, email: str) -> Technician | None:
        return next((t for t in self._all(Technician) if t.email == email), None)

    async def technicians_of(self, tx: Tx | None, tenant: str) -> list[Technician]:
        found = [t for t in self._all(Technician) if t.tenant == tenant]
        return sorted(found, key=lambda technician: technician.name)

    async def anyone_on_duty(self, tx: Tx | None, tenant: str, company_id: str) -> bool:
        return any(
            t.available and t.active and company_id in t.companies
            for t in await self.technicians_of(tx, tenant)
        )

    async def sessions_of(self, tx: Tx | None, technician_id: str) -> list[Session]:
        found = [s for s in self._all(Session) if s.technician_id == technician_id]
        return sorted(found, key=lambda session: session.used_at, reverse=True)

    async def synthetic(self, tx: Tx | None, before: datetime, limit: int) -> list[Admission]:
        found = [a for a in self._all(Admission) if is_synthetic(a.id) and a.created_at < before]
        return found[:limit]

    def _rows(self, kind: type[Any]) -> dict[str, Any]:
        return self._storage.table(COLLECTIONS[kind])

    def _all(self, kind: type[R]) -> list[R]:
        return list(self._rows(kind).values())
