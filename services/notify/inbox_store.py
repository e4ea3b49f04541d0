"""The store of the technicians' inboxes: ids and codes, forgotten when they are old, purged with their case."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import timedelta
from typing import Any, Final, Protocol

from chassis.erasure import Holdings, purging
from chassis.mongo import Database, Document, Index
from chassis.storage import FakeStorage, Tx, session_of
from services.notify.inbox import Entry

ENTRIES: Final = "inbox_entries"
KEPT: Final = timedelta(days=60)
"""For how long a line is kept unless the settings say otherwise."""
MOST_COUNTED: Final = 100
"""Unread lines are counted so far, by an index that holds nothing else: no count that could be wrong is kept."""

_THERE: Final = {"gone": False}
_UNREAD: Final = {"gone": False, "read": False}
_IN_ORDER: Final = [("technician_id", 1), ("position", -1), ("company_id", 1)]
INDEXES: Final[dict[str, list[Index]]] = {
    ENTRIES: [
        Index(_IN_ORDER, name="there", partialFilterExpression=_THERE),
        Index(_IN_ORDER, name="unread", partialFilterExpression=_UNREAD),
        Index([("case_id", 1)], name="of_case"),
        Index([("expires_at", 1)], name="purge", expireAfterSeconds=0),
    ],
}
_FIELDS: Final = [field.name for field in fields(Entry) if field.name != "id"]


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose inbox is meant, and what of it they may see at this moment."""

    tenant: str
    technician_id: str
    companies: Sequence[str]


class InboxStore(Protocol):
    """`tx` is the transaction to be part of."""

    async def find(self, tx: Tx, entry_id: str) -> Entry | None:
        """The line, one that is gone included."""
        ...

    async def put(self, tx: Tx, entry: Entry) -> None:
        """Keep a line, in the place of one with its id."""
        ...

    async def of_case(self, tx: Tx, case_id: str) -> list[Entry]:
        """Every line about a case, whoever's it is."""
        ...

    async def page(
        self, owner: Owner, *, after: str | None, limit: int, unread: bool
    ) -> list[Entry]:
        """The newest lines behind the position `after`."""
        ...

    async def unread(self, owner: Owner) -> int:
        """How many lines are unread, counted to `MOST_COUNTED`."""
        ...

    async def mark(self, owner: Owner, entry_id: str, *, read: bool) -> bool:
        """Read, or unread again; False where there is no such line."""
        ...

    async def mark_read(
        self, owner: Owner, *, through: str | None = None, case_id: str | None = None
    ) -> None:
        """Everything through a position is read, or everything about a case."""
        ...

    async def remove(self, owner: Owner, entry_id: str) -> bool:
        """The line is shown no more; False where there is no such line."""
        ...


def unread_query(owner: Owner) -> Document:
    """What MongoDB is asked for the unread."""
    return {**list_query(owner, None), "read": False}


def list_query(owner: Owner, after: str | None) -> Document:
    """What MongoDB is asked for a page."""
    behind = {} if after is None else {"position": {"$lt": after}}
    seen = {"tenant": owner.tenant, "company_id": {"$in": list(owner.companies)}}
    return {"technician_id": owner.technician_id, **seen, **_THERE, **behind}


class MongoInboxStore:
    """The store on the service's own database; a line expires so long after what it tells of."""

    def __init__(self, database: Database, kept: timedelta = KEPT) -> None:
        self._database = database
        self._entries = database.collection(ENTRIES)
        self._kept = kept

    async def prepare(self) -> None:
        """Create what is missing of collection and indexes."""
        await self._database.ensure_indexes(INDEXES)

    def holdings(self) -> Holdings:
        """What is kept of a case, and how it is purged."""
        return {ENTRIES: purging(self._entries, "case_id")}

    async def find(self, tx: Tx, entry_id: str) -> Entry | None:
        row = await self._entries.find_one({"_id": entry_id}, session=session_of(tx))
        return None if row is None else _entry(row)

    async def put(self, tx: Tx, entry: Entry) -> None:
        row = asdict(entry) | {
            "position": entry.position,
            "expires_at": entry.at + self._kept,
        }
        del row["id"]
        await self._entries.replace_one({"_id": entry.id}, row, upsert=True, session=session_of(tx))

    async def of_case(self, tx: Tx, case_id: str) -> list[Entry]:
        rows = await self._entries.find({"case_id": case_id}, session=session_of(tx))
        return [_entry(row) for row in rows]

    async def page(
        self, owner: Owner, *, after: str | None, limit: int, unread: bool
    ) -> list[Entry]:
        query = list_query(owner, after) | ({"read": False} if unread else {})
        rows = await self._entries.find(
            query, sort=[("position", -1)], limit=limit, hint="unread" if unread else "there"
        )
        return [_entry(row) for row in rows]

    async def unread(self, owner: Owner) -> int:
        rows = await self._entries.find(
            unread_query(owner), projection={"_id": 1}, limit=MOST_COUNTED, hint="unread"
        )
        return len(rows)

    async def mark(self, owner: Owner, entry_id: str, *, read: bool) -> bool:
        query = {"_id": entry_id, **list_query(owner, None)}
        return await self._entries.update_one(query, {"$set": {"read": read}}) == 1

    async def mark_read(
        self, owner: Owner, *, through: str | None = None, case_id: str | None = None
    ) -> None:
        query = unread_query(owner)
        if through is not None:
            query["position"] = {"$lte": through}
        if case_id is not None:
            query["case_id"] = case_id
        await self._entries.update_many(query, {"$set": {"read": True}})

    async def remove(self, owner: Owner, entry_id: str) -> bool:
        query = {"_id": entry_id, **list_query(owner, None)}
        return await self._entries.update_one(query, {"$set": {"gone": True}}) == 1


def _entry(row: Document) -> Entry:
    return Entry(id=row["_id"], **{name: row[name] for name in _FIELDS})


class FakeInboxStore:
    """The same promises in memory, but for age: nothing expires here."""

    def __init__(self, storage: FakeStorage) -> None:
        self._entries: dict[str, Entry] = storage.table(ENTRIES)

    async def find(self, tx: Tx, entry_id: str) -> Entry | None:  # noqa: ARG002
        return self._entries.get(entry_id)

    async def put(self, tx: Tx, entry: Entry) -> None:  # noqa: ARG002
        self._entries[entry.id] = entry

    async def of_case(self, tx: Tx, case_id: str) -> list[Entry]:  # noqa: ARG002
        return [entry for entry in self._entries.values() if entry.case_id == case_id]

    async def page(
        self, owner: Owner, *, after: str | None, limit: int, unread: bool
    ) -> list[Entry]:
        found = [
            entry
            for entry in self._entries.values()
            if _sees(owner, entry)
            and not (unread and entry.read)
            and (after is None or entry.position < after)
        ]
        return sorted(found, key=lambda entry: entry.position, reverse=True)[:limit]

    async def unread(self, owner: Owner) -> int:
        return len(await self.page(owner, after=None, limit=MOST_COUNTED, unread=True))

    async def mark(self, owner: Owner, entry_id: str, *, read: bool) -> bool:
        return self._change(owner, entry_id, read=read)

    async def mark_read(
        self, owner: Owner, *, through: str | None = None, case_id: str | None = None
    ) -> None:
        for entry in list(self._entries.values()):
            meant = case_id in {None, entry.case_id} and not (through and entry.position > through)
            if _sees(owner, entry) and meant:
                self._change(owner, entry.id, read=True)

    async def remove(self, owner: Owner, entry_id: str) -> bool:
        return self._change(owner, entry_id, gone=True)

    def _change(self, owner: Owner, entry_id: str, **change: Any) -> bool:
        entry = self._entries.get(entry_id)
        if entry is None or not _sees(owner, entry):
            return False
        self._entries[entry_id] = replace(entry, **change)
        return True


def _sees(owner: Owner, entry: Entry) -> bool:
    mine = (entry.tenant, entry.technician_id) == (owner.tenant, owner.technician_id)
    return mine and entry.company_id in owner.companies and not entry.gone
