"""The service's own record: every conversation entry by entry, its case, and what was mailed of it.

What people wrote, and who the customer is, stand sealed with the data key of the case. They are
opened when somebody reads, and cannot be opened any more once the key was destroyed.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Final, Protocol, cast

import orjson

from chassis.erasure import Holdings, purging
from chassis.keyring import Erased, KeySource
from chassis.mongo import Database, Document, Index, Insert, Update
from chassis.storage import FakeStorage, Tx, session_of
from contracts.chat import Visitor
from services.transcripts.domain import Addressee, Case, Entry, Head

ENTRIES, CASES, MAILS = "entries", "cases", "mails"
INDEXES: Final[Mapping[str, Sequence[Index]]] = {
    ENTRIES: [Index([("conversation_id", 1), ("seq", 1)], name="conversation")],
    CASES: [],
    MAILS: [Index([("case_id", 1), ("at", 1)], name="of_case")],
}
_OPENED_AT_ONCE: Final = 200
"""Entries that are decrypted before others get their turn: about five milliseconds."""
_OPEN_ENTRY: Final = ("seq", "time", "kind", "author", "technician_id", "name", "code", "version")
_OPEN_CASE: Final = (
    "tenant",
    "company_id",
    "version",
    "number",
    "portal_address",
    "created_at",
    "resolved_at",
    "assignee_id",
    "assignee_name",
    "contact_verified",
)
_LATER: Final[Document] = {"version": 0, "contact_verified": False}
"""What a row of before has not."""


@dataclass(frozen=True, slots=True)
class Mailing:
    """A transcript that was asked to be mailed. The same `id` again is the same mail."""

    id: str
    case_id: str
    at: datetime
    to: Addressee


class RecordStore(Protocol):
    """`tx` is the transaction to be part of; a read may stand alone, with None."""

    async def add(self, tx: Tx, entries: Sequence[Entry]) -> None:
        """Keep entries; of copies the one with the first position is kept."""
        ...

    async def empty(self, tx: Tx, entry_id: str) -> None:
        """Let go of what was written in an entry, if it is there."""
        ...

    async def entries(self, conversation_id: str) -> list[Entry]:
        """All entries of a conversation, by position; none once it was erased."""
        ...

    async def last_seq(self, conversation_id: str) -> int:
        """The last position that is recorded of a conversation; 0 when there is none."""
        ...

    async def case(self, tx: Tx | None, case_id: str) -> Case | None:
        """The case as it was last told; None when it is unknown or was erased."""
        ...

    async def put_cases(self, tx: Tx, cases: Sequence[Case]) -> None:
        """Keep what became of cases, unless as much is known already."""
        ...

    async def was_mailed(self, tx: Tx | None, mail_id: str) -> bool:
        """Whether this mail was asked for before."""
        ...

    async def put_mailing(self, tx: Tx, mailing: Mailing) -> int:
        """Keep it; returns how many of its case there have been. Of two at once, one has to wait."""
        ...

    async def mailed_since(self, tx: Tx, case_id: str, since: datetime, limit: int) -> int:
        """How many mails of a case were asked for behind a time, up to `limit`."""
        ...


class MongoRecordStore:
    """The store on the service's own database."""

    def __init__(self, database: Database, keyring: KeySource) -> None:
        self._database = database
        self._keyring = keyring
        self._entries = database.collection(ENTRIES)
        self._cases = database.collection(CASES)
        self._mails = database.collection(MAILS)

    async def prepare(self) -> None:
        """Create what is missing of collections and indexes."""
        await self._database.ensure_indexes(INDEXES)

    def holdings(self) -> Holdings:
        """What is kept of a case, and how it is purged. Rendered files are handed out and kept nowhere."""
        return {
            ENTRIES: purging(self._entries, "conversation_id"),
            CASES: purging(self._cases, "_id"),
            MAILS: purging(self._mails, "case_id"),
        }

    # ---- entries ----

    async def add(self, tx: Tx, entries: Sequence[Entry]) -> None:
        session, firsts = session_of(tx), _firsts(entries)
        known = await self._entries.find(
            {"_id": {"$in": list(firsts)}}, projection={"seq": 1}, session=session
        )
        for row in known:
            entry = firsts.pop(row["_id"])
            if entry.seq < row["seq"]:
                replacement = await self._row_of(entry)
                await self._entries.replace_one({"_id": entry.id}, replacement, session=session)
        rows = [{"_id": entry.id, **await self._row_of(entry)} for entry in firsts.values()]
        await self._entries.write([Insert(row) for row in rows], session=session)

    async def _row_of(self, entry: Entry) -> Document:
        row = {name: getattr(entry, name) for name in _OPEN_ENTRY}
        row |= {"conversation_id": entry.conversation_id, "text": await self._sealed(entry)}
        if entry.head is None:
            return row
        head, bound = orjson.dumps(asdict(entry.head)), _head_of(entry.id)
        return row | {"head": await self._keyring.seal(entry.conversation_id, head, bound)}

    async def empty(self, tx: Tx, entry_id: str) -> None:
        session = session_of(tx)
        await self._entries.update_one({"_id": entry_id}, {"$set": {"text": None}}, session=session)

    async def entries(self, conversation_id: str) -> list[Entry]:
        rows = await self._entries.find(
            {"conversation_id": conversation_id}, sort=[("conversation_id", 1), ("seq", 1)]
        )
        entries: list[Entry] = []
        try:
            for start in range(0, len(rows), _OPENED_AT_ONCE):
                some = rows[start : start + _OPENED_AT_ONCE]
                entries += [await self._opened(row) for row in some]
                await asyncio.sleep(0)
        except Erased:
            return []
        return entries

    async def last_seq(self, conversation_id: str) -> int:
        last = await self._entries.find_one(
            {"conversation_id": conversation_id},
            sort=[("conversation_id", -1), ("seq", -1)],
            projection={"seq": 1},
        )
        return last["seq"] if last else 0

    async def _sealed(self, entry: Entry) -> bytes | None:
        if not entry.text:
            return None
        bound = entry.id.encode()
        return await self._keyring.seal(entry.conversation_id, entry.text.encode(), bound)

    async def _opened(self, row: Document) -> Entry:
        box, entry_id = row["text"], row["_id"]
        text = (
            b""
            if box is None
            else await self._keyring.open(row["conversation_id"], box, entry_id.encode())
        )
        open_part = {name: (_LATER | row)[name] for name in _OPEN_ENTRY}
        return Entry(
            id=entry_id,
            conversation_id=row["conversation_id"],
            text=text.decode(),
            head=await self._opened_head(row),
            **open_part,
        )

    async def _opened_head(self, row: Document) -> Head | None:
        if "head" not in row:
            return None
        bound = _head_of(row["_id"])
        plain = await self._keyring.open(row["conversation_id"], row["head"], bound)
        return Head(**orjson.loads(plain))

    # ---- cases ----

    async def case(self, tx: Tx | None, case_id: str) -> Case | None:
        session = None if tx is None else session_of(tx)
        row = await self._cases.find_one({"_id": case_id}, session=session)
        if row is None:
            return None
        try:
            plain = await self._keyring.open(case_id, row["customer"], case_id.encode())
        except Erased:
            return None
        told = orjson.loads(plain)
        open_part = {name: (_LATER | row)[name] for name in _OPEN_CASE}
        customer = Visitor.model_validate(told["customer"])
        return Case(id=case_id, customer=customer, locale=told["locale"], **open_part)

    async def put_cases(self, tx: Tx, cases: Sequence[Case]) -> None:
        session, latest = session_of(tx), _latest(cases)
        known = await self._cases.find(
            {"_id": {"$in": list(latest)}}, projection={"version": 1}, session=session
        )
        versions = {row["_id"]: row["version"] for row in known}
        news = [case for case in latest.values() if case.version > versions.get(case.id, 0)]
        updates = [
            Update({"_id": case.id}, {"$set": await self._fields_of(case)}, upsert=True)
            for case in news
        ]
        await self._cases.write(updates, session=session)

    async def _fields_of(self, case: Case) -> Document:
        told = {"customer": case.customer.model_dump(), "locale": case.locale}
        box = await self._keyring.seal(case.id, orjson.dumps(told), case.id.encode())
        return {name: getattr(case, name) for name in _OPEN_CASE} | {"customer": box}

    # ---- mails ----

    async def was_mailed(self, tx: Tx | None, mail_id: str) -> bool:
        session = None if tx is None else session_of(tx)
        found = await self._mails.find_one({"_id": mail_id}, projection={"_id": 1}, session=session)
        return found is not None

    async def put_mailing(self, tx: Tx, mailing: Mailing) -> int:
        session = session_of(tx)
        row = {"_id": mailing.id, "case_id": mailing.case_id, "at": mailing.at, "to": mailing.to}
        await self._mails.insert_one(row, session=session)
        # Written in the case, so that transactions of one case conflict and none counts past another.
        counted = await self._cases.find_one_and_update(
            {"_id": mailing.case_id}, {"$inc": {"mails": 1}}, session=session
        )
        # Only what can be read is mailed, so the case is there.
        return int(cast(Document, counted)["mails"])

    async def mailed_since(self, tx: Tx, case_id: str, since: datetime, limit: int) -> int:
        query = mails_query(case_id, since)
        rows = await self._mails.find(
            query, projection={"_id": 1}, limit=limit, session=session_of(tx)
        )
        return len(rows)


def _head_of(entry_id: str) -> bytes:
    return f"{entry_id} head".encode()


def _firsts(entries: Sequence[Entry]) -> dict[str, Entry]:
    """Each entry at its first position."""
    return {entry.id: entry for entry in sorted(entries, key=lambda it: it.seq, reverse=True)}


def _latest(cases: Sequence[Case]) -> dict[str, Case]:
    """Each case as it was last."""
    return {case.id: case for case in sorted(cases, key=lambda it: it.version)}


def mails_query(case_id: str, since: datetime) -> Document:
    """The mails of a case behind a time."""
    return {"case_id": case_id, "at": {"$gt": since}}


class FakeRecordStore:
    """The same promises in memory."""

    def __init__(self, storage: FakeStorage) -> None:
        self._entries: dict[str, Entry] = storage.table(ENTRIES)
        self._cases: dict[str, Case] = storage.table(CASES)
        self._mails: dict[str, Mailing] = storage.table(MAILS)

    async def add(self, tx: Tx, entries: Sequence[Entry]) -> None:  # noqa: ARG002
        for entry in entries:
            known = self._entries.get(entry.id)
            if known is None or entry.seq < known.seq:
                self._entries[entry.id] = entry

    async def empty(self, tx: Tx, entry_id: str) -> None:  # noqa: ARG002
        if known := self._entries.get(entry_id):
            self._entries[entry_id] = replace(known, text="")

    async def entries(self, conversation_id: str) -> list[Entry]:
        found = [it for it in self._entries.values() if it.conversation_id == conversation_id]
        return sorted(found, key=lambda it: it.seq)

    async def last_seq(self, conversation_id: str) -> int:
        return max((it.seq for it in await self.entries(conversation_id)), default=0)

    async def case(self, tx: Tx | None, case_id: str) -> Case | None:  # noqa: ARG002
        return self._cases.get(case_id)

    async def put_cases(self, tx: Tx, cases: Sequence[Case]) -> None:  # noqa: ARG002
        for case in cases:
            known = self._cases.get(case.id)
            if known is None or known.version < case.version:
                self._cases[case.id] = case

    async def was_mailed(self, tx: Tx | None, mail_id: str) -> bool:  # noqa: ARG002
        return mail_id in self._mails

    async def put_mailing(self, tx: Tx, mailing: Mailing) -> int:  # noqa: ARG002
        self._mails[mailing.id] = mailing
        return sum(it.case_id == mailing.case_id for it in self._mails.values())

    async def mailed_since(self, tx: Tx, case_id: str, since: datetime, limit: int) -> int:  # noqa: ARG002
        of_case = [it for it in self._mails.values() if it.case_id == case_id]
        return min(limit, sum(it.at > since for it in of_case))
