"""Chat's archive: every entry of the log as it stood there, and what is known of a conversation.

An entry is kept as its record, ciphertext included; it is decrypted where it is read. All times
are UTC, all positions as in `positions`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from chassis.codec import Headers
from chassis.erasure import Holdings, purging
from chassis.mongo import Database, Document, Index
from contracts.chat import Author
from services.chat.domain import Place
from services.chat.fold import Bounds, Deletion

CONVERSATIONS, ENTRIES, CURSORS, TICKETS, LOG = (
    "conversations",
    "entries",
    "cursors",
    "tickets",
    "log",
)
INDEXES: Final[Mapping[str, Sequence[Index]]] = {
    CONVERSATIONS: [],
    ENTRIES: [
        Index([("conversation_id", 1), ("seq", 1)], name="conversation"),
        # A fresh broker is given the recent past again, in the order of the log.
        Index([("stored_at", 1), ("seq", 1)], name="recent"),
    ],
    CURSORS: [Index([("conversation_id", 1)], name="conversation")],
    # A ticket is valid for minutes; a day later nobody can bring it again.
    TICKETS: [
        Index([("at", 1)], name="purge", expireAfterSeconds=int(timedelta(days=1).total_seconds()))
    ],
    LOG: [],
}
_WATERMARKS: Final = "watermarks"
_EPOCHS: Final = "epochs"


@dataclass(frozen=True, slots=True)
class Row:
    """An entry in the archive: its record, and what it is found by."""

    id: str
    conversation_id: str
    seq: int
    value: bytes
    headers: Headers
    stored_at: datetime
    retracts: str | None = None
    """It is no entry of its own, but a contradicting copy of this message."""
    deleted: Deletion | None = None
    """It is a message that was deleted; its record has no text any more."""


@dataclass(slots=True)
class Change:
    """What a batch of entries says of one conversation."""

    place: Place
    opened_seq: int | None = None
    ended: tuple[int, datetime] | None = None
    joined: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Stored:
    """A conversation as the archive knows it."""

    place: Place
    bounds: Bounds
    ended_at: datetime | None
    joined: frozenset[str]
    positions: Mapping[str, int]
    """Every entry's id with its position."""
    deletions: Mapping[str, Deletion] = field(default_factory=dict)
    """By the message that was deleted."""


NEWEST_FIRST = [("stored_at", -1), ("seq", -1)]


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far somebody has received and read a conversation."""

    conversation_id: str
    kind: str
    participant_id: str
    delivered: int
    read: int


@dataclass(frozen=True, slots=True)
class Epochs:
    """The last epoch that may have been used, and the last one whose log was given the recent past."""

    proposed: int = 0
    begun: int = 0


class ChatStore(Protocol):
    """Every method raises DatabaseAway while the database is away."""

    async def add(self, rows: Sequence[Row]) -> set[str]:
        """Keep what is new; returns the ids that were there already."""
        ...

    async def change(self, changes: Iterable[Change]) -> None:
        """Note what entries say of their conversations; again is no change."""
        ...

    async def positions(self, ids: Sequence[str]) -> Mapping[str, int]:
        """The position of each of these entries that is there."""
        ...

    async def copies(self, conversation_id: str, message_id: str) -> Sequence[Row]:
        """A message with the contradicting copies of it, in order."""
        ...

    async def delete(self, rows: Sequence[Row], deletion: Deletion) -> None:
        """Put these records, which have no text, in place of those that have; the first deletion stays."""
        ...

    async def load(self, conversation_id: str) -> Stored | None:
        """What is known of a conversation."""
        ...

    async def entry(self, entry_id: str) -> Row | None:
        """One entry."""
        ...

    async def page(
        self, conversation_id: str, after: int, through: int, limit: int
    ) -> Sequence[Row]:
        """Entries with `after < seq <= through`, in order."""
        ...

    async def recent(self, since: datetime, after: int, limit: int) -> Sequence[Row]:
        """Entries stored from `since` on, or at `since` behind the position `after`, in the order of the log."""
        ...

    async def newest(self) -> datetime | None:
        """When the last entry was stored; None for an empty archive."""
        ...

    async def advance(self, watermarks: Mapping[int, int]) -> None:
        """All entries of a partition up to its watermark are stored; it never goes back."""
        ...

    async def watermarks(self) -> Mapping[int, int]:
        """The watermark of each partition."""
        ...

    async def epochs(self) -> Epochs:
        """Which epochs there have been."""
        ...

    async def note_epochs(self, epochs: Epochs) -> None:
        """Remember that they were proposed or begun; neither ever goes back."""
        ...

    async def move(self, cursors: Sequence[Cursor]) -> None:
        """Move cursors forward; they never go back."""
        ...

    async def cursors(self, conversation_id: str) -> Sequence[Cursor]:
        """The cursors of everybody in a conversation."""
        ...

    async def redeem(self, conversation_id: str, secret_hash: str, now: datetime) -> str:
        """Note by which secret a conversation was opened first; returns that secret's hash."""
        ...


class MongoChatStore:
    """The archive in MongoDB. Nothing here is in a transaction: each write is complete by itself and repeatable."""

    def __init__(self, database: Database) -> None:
        self._conversations = database.collection(CONVERSATIONS)
        self._entries = database.collection(ENTRIES)
        self._cursors = database.collection(CURSORS)
        self._tickets = database.collection(TICKETS)
        self._log = database.collection(LOG)

    def holdings(self) -> Holdings:
        """What is kept of a conversation, and how it is purged."""
        return {
            CONVERSATIONS: purging(self._conversations, "_id"),
            ENTRIES: purging(self._entries, "conversation_id"),
            CURSORS: purging(self._cursors, "conversation_id"),
            TICKETS: purging(self._tickets, "_id"),
        }

    async def add(self, rows: Sequence[Row]) -> set[str]:
        return await self._entries.insert_many_new([_document(row) for row in rows])

    async def change(self, changes: Iterable[Change]) -> None:
        for change in changes:
            await self._conversations.update_one(
                {"_id": change.place.id}, _update(change), upsert=True
            )

    async def positions(self, ids: Sequence[str]) -> Mapping[str, int]:
        found = await self._entries.find({"_id": {"$in": list(ids)}}, projection={"seq": 1})
        return {document["_id"]: document["seq"] for document in found}

    async def copies(self, conversation_id: str, message_id: str) -> Sequence[Row]:
        found = await self._entries.find(
            copies_query(conversation_id, message_id), sort=[("conversation_id", 1), ("seq", 1)]
        )
        return [_row(document) for document in found]

    async def delete(self, rows: Sequence[Row], deletion: Deletion) -> None:
        noted = _noted(deletion)
        for row in rows:
            await self._entries.update_one(
                {"_id": row.id, "deleted": {"$exists": False}},
                {"$set": {"value": row.value, "deleted": noted}},
            )

    async def load(self, conversation_id: str) -> Stored | None:
        found = await self._conversations.find_one({"_id": conversation_id})
        if found is None:
            return None
        ids = await self._entries.find(
            {"conversation_id": conversation_id},
            projection={"seq": 1, "deleted": 1},
            sort=[("seq", 1)],
        )
        return _stored(found, ids)

    async def entry(self, entry_id: str) -> Row | None:
        found = await self._entries.find_one({"_id": entry_id})
        return None if found is None else _row(found)

    async def page(
        self, conversation_id: str, after: int, through: int, limit: int
    ) -> Sequence[Row]:
        found = await self._entries.find(
            {"conversation_id": conversation_id, "seq": {"$gt": after, "$lte": through}},
            sort=[("seq", 1)],
            limit=limit,
        )
        return [_row(document) for document in found]

    async def recent(self, since: datetime, after: int, limit: int) -> Sequence[Row]:
        found = await self._entries.find(
            recent_query(since, after),
            sort=[("stored_at", 1), ("seq", 1)],
            limit=limit,
        )
        return [_row(document) for document in found]

    async def newest(self) -> datetime | None:
        found = await self._entries.find({}, sort=NEWEST_FIRST, limit=1)
        return _row(found[0]).stored_at if found else None

    async def advance(self, watermarks: Mapping[int, int]) -> None:
        highest = {f"partitions.{partition}": seq for partition, seq in watermarks.items()}
        await self._log.update_one({"_id": _WATERMARKS}, {"$max": highest}, upsert=True)

    async def watermarks(self) -> Mapping[int, int]:
        found = await self._log.find_one({"_id": _WATERMARKS})
        partitions = found["partitions"] if found else {}
        return {int(partition): seq for partition, seq in partitions.items()}

    async def epochs(self) -> Epochs:
        found = await self._log.find_one({"_id": _EPOCHS})
        return Epochs(found["proposed"], found["begun"]) if found else Epochs()

    async def note_epochs(self, epochs: Epochs) -> None:
        highest = {"proposed": epochs.proposed, "begun": epochs.begun}
        await self._log.update_one({"_id": _EPOCHS}, {"$max": highest}, upsert=True)

    async def move(self, cursors: Sequence[Cursor]) -> None:
        for cursor in cursors:
            key = f"{cursor.conversation_id}/{cursor.kind}/{cursor.participant_id}"
            whose = {
                "conversation_id": cursor.conversation_id,
                "kind": cursor.kind,
                "participant_id": cursor.participant_id,
            }
            positions = {"delivered": cursor.delivered, "read": cursor.read}
            update = {"$setOnInsert": whose, "$max": positions}
            await self._cursors.update_one({"_id": key}, update, upsert=True)

    async def cursors(self, conversation_id: str) -> Sequence[Cursor]:
        found = await self._cursors.find({"conversation_id": conversation_id})
        return [
            Cursor(conversation_id, it["kind"], it["participant_id"], it["delivered"], it["read"])
            for it in found
        ]

    async def redeem(self, conversation_id: str, secret_hash: str, now: datetime) -> str:
        first = await self._tickets.find_one_and_update(
            {"_id": conversation_id},
            {"$setOnInsert": {"secret_hash": secret_hash, "at": now}},
            upsert=True,
        )
        return str(first["secret_hash"]) if first else secret_hash


def copies_query(conversation_id: str, message_id: str) -> Document:
    """A message and what contradicts it, among the entries of its conversation."""
    either = [{"_id": message_id}, {"retracts": message_id}]
    return {"conversation_id": conversation_id, "$or": either}


def recent_query(since: datetime, after: int) -> Document:
    """Entries behind a place in the order of storing."""
    behind = [{"stored_at": {"$gt": since}}, {"seq": {"$gt": after}}]
    return {"stored_at": {"$gte": since}, "$or": behind}


# ---- documents -----------------------------------------------------------------------------------


def _document(row: Row) -> Document:
    document: dict[str, Any] = {
        "_id": row.id,
        "conversation_id": row.conversation_id,
        "seq": row.seq,
        "value": row.value,
        "headers": [[name, value] for name, value in row.headers],
        "stored_at": row.stored_at,
    }
    return document if row.retracts is None else document | {"retracts": row.retracts}


def _row(document: Document) -> Row:
    return Row(
        id=document["_id"],
        conversation_id=document["conversation_id"],
        seq=document["seq"],
        value=document["value"],
        headers=[(name, value) for name, value in document["headers"]],
        stored_at=document["stored_at"],
        retracts=document.get("retracts"),
        deleted=_deletion(document.get("deleted")),
    )


def _noted(deletion: Deletion) -> Document:
    by = {"kind": deletion.by.kind, "id": deletion.by.id}
    return {"seq": deletion.seq, "by": by, "at": deletion.time}


def _deletion(noted: Document | None) -> Deletion | None:
    return Deletion(noted["seq"], Author(**noted["by"]), noted["at"]) if noted else None


def _update(change: Change) -> Document:
    update: Document = {
        "$setOnInsert": {"tenant": change.place.tenant, "company_id": change.place.company_id}
    }
    first: Document = {}
    if change.opened_seq is not None:
        first["opened_seq"] = change.opened_seq
    if change.ended is not None:
        # Documents compare field by field, so the first end wins together with its time.
        first["ended"] = {"seq": change.ended[0], "at": change.ended[1]}
    if first:
        update["$min"] = first
    if change.joined:
        update["$addToSet"] = {"joined": {"$each": sorted(change.joined)}}
    return update


def _stored(document: Document, entries: Sequence[Document]) -> Stored:
    end = document.get("ended")
    return Stored(
        place=Place(document["_id"], document["tenant"], document["company_id"]),
        bounds=Bounds(document.get("opened_seq"), end["seq"] if end else None),
        ended_at=end["at"] if end else None,
        joined=frozenset(document.get("joined", ())),
        positions={it["_id"]: it["seq"] for it in entries},
        deletions={
            it["_id"]: deletion for it in entries if (deletion := _deletion(it.get("deleted")))
        },
    )
