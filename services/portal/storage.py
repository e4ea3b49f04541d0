"""Portal's store: every record by its id, and the few other ways in which one is looked for."""
# ruff: noqa: ARG002 - the fake is handed transactions that it does not need

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from chassis.erasure import Holdings, purging
from chassis.mongo import Collection, Database, Document, DuplicateKey, Filter
from chassis.storage import FakeStorage, MongoTx, Tx
from chassis.synthetic import PREFIX, is_synthetic
from services.portal.domain import (
    Admission,
    Company,
    Portal,
    Session,
    Technician,
)
from services.portal.domain_audit import AuditEntry, AuditFilter, place_of
from services.portal.domain_keys import ApiKey
from services.portal.records import (
    COLLECTIONS,
    UNIQUE,
    R,
    Record,
    record_of,
    unique_if_set,
    without_id,
)


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

    async def portal_looking(self, tx: Tx | None, skeleton: str) -> Portal | None:
        """The portal whose subdomain looks like this, whosoever it is."""
        ...

    async def portal_mailed(self, tx: Tx | None, mail_address: str) -> Portal | None:
        """The portal that takes its mail at this address of its own, whosoever it is."""
        ...

    async def companies_in(self, tx: Tx | None, tenant: str) -> list[Company]:
        """The account's companies, by name."""
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

    async def api_keys_of(self, tx: Tx | None, tenant: str) -> list[ApiKey]:
        """The account's API keys, the newest first."""
        ...

    async def add_entry(self, tx: Tx, entry: AuditEntry) -> None:
        """A line of the audit log; one that is there already stays as it is."""
        ...

    async def entries_of(
        self, tenant: str, wanted: AuditFilter, after: str | None, limit: int
    ) -> list[AuditEntry]:
        """The account's lines that match, newest first, from behind the place `after`."""
        ...


# ---- MongoDB -------------------------------------------------------------------------------------


class MongoPortalStore:
    """The store on portal's own database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, tx: Tx, record: Record) -> None:
        # $set, not a replacement: a newer version beside this one may have written more fields.
        change = {"$set": without_id(record)}
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

    async def portal_looking(self, tx: Tx | None, skeleton: str) -> Portal | None:
        return await self._one(tx, Portal, {"skeleton": skeleton})

    async def portal_mailed(self, tx: Tx | None, mail_address: str) -> Portal | None:
        return await self._one(tx, Portal, {"mail_address": mail_address})

    async def companies_in(self, tx: Tx | None, tenant: str) -> list[Company]:
        return await self._many(tx, Company, {"tenant": tenant}, "name")

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

    async def api_keys_of(self, tx: Tx | None, tenant: str) -> list[ApiKey]:
        return await self._many(tx, ApiKey, {"tenant": tenant}, "created_at", descending=True)

    async def add_entry(self, tx: Tx, entry: AuditEntry) -> None:
        once = {"$setOnInsert": without_id(entry)}
        await self._of(AuditEntry).update_one(
            {"_id": entry.id}, once, upsert=True, session=_session(tx)
        )

    async def entries_of(
        self, tenant: str, wanted: AuditFilter, after: str | None, limit: int
    ) -> list[AuditEntry]:
        found = await self._of(AuditEntry).find(
            audit_query(tenant, wanted, after), sort=[("place", -1)], limit=limit
        )
        return [record_of(AuditEntry, document) for document in found]

    def holdings(self) -> Holdings:
        """What is kept of a conversation, and how it is purged: who was let in, by no name."""
        return {COLLECTIONS[Admission]: purging(self._of(Admission), "_id")}

    async def synthetic(self, tx: Tx | None, before: datetime, limit: int) -> list[Admission]:
        # By the range of their ids, of which there never are more than a few.
        query = {"_id": {"$gte": PREFIX, "$lt": PREFIX + "~"}, "created_at": {"$lt": before}}
        found = await self._of(Admission).find(query, limit=limit, session=_session(tx))
        return [record_of(Admission, document) for document in found]

    def _of(self, kind: type[Any]) -> Collection:
        return self._database.collection(COLLECTIONS[kind])

    async def _one(self, tx: Tx | None, kind: type[R], query: Filter) -> R | None:
        found = await self._of(kind).find_one(query, session=_session(tx))
        return None if found is None else record_of(kind, found)

    async def _many(
        self, tx: Tx | None, kind: type[R], query: Filter, by: str, *, descending: bool = False
    ) -> list[R]:
        order = [(by, -1 if descending else 1)]
        found = await self._of(kind).find(query, sort=order, session=_session(tx))
        return [record_of(kind, document) for document in found]


def _on_duty(tenant: str, company_id: str) -> Filter:
    return {"tenant": tenant, "companies": company_id, "available": True, "active": True}


def audit_query(tenant: str, wanted: AuditFilter, after: str | None) -> Filter:
    """The lines of an account that match, behind the place `after`; the test of the plans asks it too."""
    equal = {name: getattr(wanted, name) for name in ("by_id", "group", "action", "case_id")}
    query: Document = {"tenant": tenant, **{k: v for k, v in equal.items() if v is not None}}
    ends = [after] if after is not None else []
    if wanted.until is not None:
        ends.append(place_of(wanted.until))
    place: Document = {"$lt": min(ends)} if ends else {}
    if wanted.since is not None:
        place["$gte"] = place_of(wanted.since)
    return {**query, "place": place} if place else query


def _session(tx: Tx | None) -> Any:
    return tx.session if isinstance(tx, MongoTx) else None


# ---- the fake ------------------------------------------------------------------------------------


class FakePortalStore:
    """The store in memory; its rows are rolled back with the transactions of `storage`."""

    def __init__(self, storage: FakeStorage) -> None:
        self._storage = storage

    async def put(self, tx: Tx, record: Record) -> None:
        for field in (*UNIQUE.get(type(record), ()), *unique_if_set(record)):
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

    async def portal_looking(self, tx: Tx | None, skeleton: str) -> Portal | None:
        return next((p for p in self._all(Portal) if p.skeleton == skeleton), None)

    async def portal_mailed(self, tx: Tx | None, mail_address: str) -> Portal | None:
        return next((p for p in self._all(Portal) if p.mail_address == mail_address), None)

    async def companies_in(self, tx: Tx | None, tenant: str) -> list[Company]:
        found = [c for c in self._all(Company) if c.tenant == tenant]
        return sorted(found, key=lambda company: company.name)

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

    async def api_keys_of(self, tx: Tx | None, tenant: str) -> list[ApiKey]:
        found = [key for key in self._all(ApiKey) if key.tenant == tenant]
        return sorted(found, key=lambda key: key.created_at, reverse=True)

    async def add_entry(self, tx: Tx, entry: AuditEntry) -> None:
        self._rows(AuditEntry).setdefault(entry.id, entry)

    async def entries_of(
        self, tenant: str, wanted: AuditFilter, after: str | None, limit: int
    ) -> list[AuditEntry]:
        found = [e for e in self._all(AuditEntry) if e.tenant == tenant and _matches(e, wanted)]
        behind = [e for e in found if after is None or e.place < after]
        return sorted(behind, key=lambda entry: entry.place, reverse=True)[:limit]

    def _rows(self, kind: type[Any]) -> dict[str, Any]:
        return self._storage.table(COLLECTIONS[kind])

    def _all(self, kind: type[R]) -> list[R]:
        return list(self._rows(kind).values())


def _matches(entry: AuditEntry, wanted: AuditFilter) -> bool:
    equal = all(
        getattr(wanted, name) in (None, getattr(entry, name))
        for name in ("by_id", "group", "action", "case_id")
    )
    since = wanted.since is None or entry.place >= place_of(wanted.since)
    return equal and since and (wanted.until is None or entry.place < place_of(wanted.until))
