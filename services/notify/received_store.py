"""The mails that came in, each as it came: sealed with the key of its case, and gone with it.

A mail is one transaction with the event that tells of it, its bytes included. GridFS knows no transactions, so
a mail lies in pieces of its own, each a document that MongoDB takes; `CHUNK` is below what one may hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from pydantic import BaseModel

from chassis.erasure import Holdings, purging
from chassis.keyring import Erased, KeySource
from chassis.mongo import Database, Document, Index
from chassis.storage import FakeStorage, Tx, session_of
from services.notify.incoming import Attachment

RECEIVED: Final = "received"
PIECES: Final = "received_pieces"
INDEXES: Final[dict[str, list[Index]]] = {
    RECEIVED: [
        Index([("case_id", 1), ("received_at", 1)], name="of_case"),
        # By a keyed digest of the address, which tells nobody whose it is.
        Index([("sender_digest", 1), ("received_at", 1)], name="of_sender"),
    ],
    PIECES: [Index([("case_id", 1)], name="of_case")],
}
CHUNK: Final = 4 * 1024 * 1024


class _File(BaseModel):
    name: str
    content_type: str
    size: int


class _Box(BaseModel):
    """What is personal in a row."""

    name: str
    address: str
    subject: str
    message_id: str
    attachments: list[_File]


@dataclass(frozen=True, slots=True)
class Received:
    """A mail that is kept."""

    id: str
    tenant: str
    company_id: str
    case_id: str
    received_at: datetime
    opens: bool
    """Whether its case began with it."""
    automatic: bool
    answered: bool
    """Whether it gets an acknowledgement, if it opens a case."""
    sender_digest: str
    size: int
    """In bytes, as it came."""
    name: str
    address: str
    subject: str
    message_id: str
    attachments: tuple[Attachment, ...]


class ReceivedStore(Protocol):
    """`tx` is the transaction to be part of; a read may stand alone, with None."""

    async def has(self, tx: Tx, mail_id: str) -> bool:
        """Whether the mail is kept already."""
        ...

    async def add(self, tx: Tx, mail: Received, raw: bytes) -> None:
        """Keep a mail, as it came."""
        ...

    async def sent_by(self, tx: Tx, sender_digest: str, since: datetime, limit: int) -> int:
        """How many mails a sender has sent since then, `limit` at most."""
        ...

    async def opening(self, tx: Tx | None, case_id: str) -> Received | None:
        """The mail that a case began with; None for a case that began otherwise."""
        ...

    async def find(self, mail_id: str) -> Received | None:
        """The mail; None too where its case was erased."""
        ...

    async def of_case(self, case_id: str) -> list[Received]:
        """The mails of a case, the first received first; none of an erased one."""
        ...

    async def raw(self, mail: Received) -> bytes:
        """The mail as it came; raises `Erased`."""
        ...


class MongoReceivedStore:
    """The store on the service's own database."""

    def __init__(self, database: Database, keyring: KeySource) -> None:
        self._database = database
        self._keyring = keyring
        self._rows = database.collection(RECEIVED)
        self._pieces = database.collection(PIECES)

    async def prepare(self) -> None:
        """Create what is missing of collections and indexes."""
        await self._database.ensure_indexes(INDEXES)

    def holdings(self) -> Holdings:
        """What is kept of a case, and how it is purged."""
        return {
            PIECES: purging(self._pieces, "case_id"),
            RECEIVED: purging(self._rows, "case_id"),
        }

    async def has(self, tx: Tx, mail_id: str) -> bool:
        only = {"_id": 1}
        found = await self._rows.find_one({"_id": mail_id}, projection=only, session=session_of(tx))
        return found is not None

    async def add(self, tx: Tx, mail: Received, raw: bytes) -> None:
        box = await self._keyring.seal(mail.case_id, _box(mail), _bound(mail.id))
        await self._rows.insert_one(_row(mail) | {"sealed": box}, session=session_of(tx))
        for place, start in enumerate(range(0, len(raw), CHUNK)):
            piece_id = _piece_id(mail.id, place)
            piece = await self._keyring.seal(
                mail.case_id, raw[start : start + CHUNK], _bound(piece_id)
            )
            row = {"_id": piece_id, "case_id": mail.case_id, "sealed": piece}
            await self._pieces.insert_one(row, session=session_of(tx))

    async def sent_by(self, tx: Tx, sender_digest: str, since: datetime, limit: int) -> int:
        rows = await self._rows.find(
            sender_query(sender_digest, since),
            limit=limit,
            projection={"_id": 1},
            session=session_of(tx),
        )
        return len(rows)

    async def opening(self, tx: Tx | None, case_id: str) -> Received | None:
        first = await self._rows.find_one(
            {"case_id": case_id},
            sort=[("received_at", 1)],
            session=None if tx is None else session_of(tx),
        )
        return await self._opened(first) if first and first["opens"] else None

    async def find(self, mail_id: str) -> Received | None:
        row = await self._rows.find_one({"_id": mail_id})
        return None if row is None else await self._opened(row)

    async def of_case(self, case_id: str) -> list[Received]:
        rows = await self._rows.find({"case_id": case_id}, sort=[("received_at", 1)])
        opened = [await self._opened(row) for row in rows]
        return [mail for mail in opened if mail is not None]

    async def raw(self, mail: Received) -> bytes:
        pieces = []
        for place in range(_count(mail.size)):
            piece_id = _piece_id(mail.id, place)
            row = await self._pieces.find_one({"_id": piece_id})
            if row is None:
                raise Erased(mail.case_id)
            pieces.append(await self._keyring.open(mail.case_id, row["sealed"], _bound(piece_id)))
        return b"".join(pieces)

    async def _opened(self, row: Document) -> Received | None:
        bound = _bound(row["_id"])
        try:
            box = _Box.model_validate_json(
                await self._keyring.open(row["case_id"], row["sealed"], bound)
            )
        except Erased:
            return None
        return Received(
            id=row["_id"],
            **{name: row[name] for name in _OPEN},
            name=box.name,
            address=box.address,
            subject=box.subject,
            message_id=box.message_id,
            attachments=tuple(
                Attachment(it.name, it.content_type, it.size) for it in box.attachments
            ),
        )


_OPEN: Final = (
    "tenant",
    "company_id",
    "case_id",
    "received_at",
    "opens",
    "automatic",
    "answered",
    "sender_digest",
    "size",
)


def sender_query(sender_digest: str, since: datetime) -> Document:
    """What a sender has sent since then."""
    return {"sender_digest": sender_digest, "received_at": {"$gt": since}}


def _row(mail: Received) -> Document:
    return {"_id": mail.id} | {name: getattr(mail, name) for name in _OPEN}


def _box(mail: Received) -> bytes:
    files = [
        _File(name=it.name, content_type=it.content_type, size=it.size) for it in mail.attachments
    ]
    box = _Box(
        name=mail.name,
        address=mail.address,
        subject=mail.subject,
        message_id=mail.message_id,
        attachments=files,
    )
    return box.model_dump_json().encode()


def _bound(row_id: str) -> bytes:
    return f"received mail {row_id}".encode()


def _piece_id(mail_id: str, place: int) -> str:
    return f"{mail_id}/{place}"


def _count(size: int) -> int:
    return -(-size // CHUNK)


class FakeReceivedStore:
    """The same promises in memory, but for keys: nothing is erased here."""

    def __init__(self, storage: FakeStorage) -> None:
        self._rows: dict[str, Received] = storage.table(RECEIVED)
        self._raw: dict[str, bytes] = storage.table(PIECES)

    async def has(self, tx: Tx, mail_id: str) -> bool:  # noqa: ARG002
        return mail_id in self._rows

    async def add(self, tx: Tx, mail: Received, raw: bytes) -> None:  # noqa: ARG002
        self._rows[mail.id] = mail
        self._raw[mail.id] = raw

    async def sent_by(self, tx: Tx, sender_digest: str, since: datetime, limit: int) -> int:  # noqa: ARG002
        sent = [it for it in self._rows.values() if it.sender_digest == sender_digest]
        return min(limit, sum(it.received_at > since for it in sent))

    async def opening(self, tx: Tx | None, case_id: str) -> Received | None:  # noqa: ARG002
        first = next(iter(self._of(case_id)), None)
        return first if first and first.opens else None

    async def find(self, mail_id: str) -> Received | None:
        return self._rows.get(mail_id)

    async def of_case(self, case_id: str) -> list[Received]:
        return list(self._of(case_id))

    async def raw(self, mail: Received) -> bytes:
        return self._raw[mail.id]

    def _of(self, case_id: str) -> Sequence[Received]:
        found = [it for it in self._rows.values() if it.case_id == case_id]
        return sorted(found, key=lambda it: it.received_at)
