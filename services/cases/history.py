"""The history of every case: each event with the state after it, kept for as long as the case is.

It is the archive behind the timeline, the notes, undo and the case of any moment (N6). A row is written in
the transaction of the change that it tells of. What is personal in it (the text where it changed, and a
note) is one box, sealed with the data key of the case.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Protocol

from pydantic import BaseModel

from chassis.erasure import Holdings, purging
from chassis.keyring import Erased, KeySource
from chassis.mongo import Database, Document, DuplicateKey, Index, Insert
from chassis.storage import FakeStorage, Tx, later, session_of, written
from contracts.cases import CaseChanged, CaseState, CaseText, Through
from contracts.envelope import Actor, Message
from services.cases.problem import without_message

HISTORY: Final = "history"
INDEXES: Final[dict[str, list[Index]]] = {
    HISTORY: [
        Index([("case_id", 1), ("version", 1)], name="of_case", unique=True),
        # What an account's cases lived through in some span of time: for audits, and rules that are tried out.
        Index([("tenant", 1), ("time", 1)], name="of_account"),
    ],
}
_SEALED_AS: Final = b"history"
_EVERY_EVENT: Final = frozenset({*Message.model_fields, *CaseChanged.model_fields, "origin"})
"""What no event has as its own; from where something was done stands in the audit log alone."""


class _Box(BaseModel):
    """What is personal in a row."""

    text: CaseText | None = None
    personal: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of a case, with the case right after it."""

    id: str
    case_id: str
    tenant: str
    company_id: str
    version: int
    type: str
    time: datetime
    actor: Actor
    after_seq: int
    now: CaseState
    text: CaseText | None
    """What the case said after it; None where that was the same as before."""
    tells: dict[str, Any]
    """The event's own fields, without those that are personal."""
    personal: dict[str, Any] = field(default_factory=dict, repr=False)
    """The event's own fields that are personal, such as a note."""
    through: Through | None = None
    """The macro or rule that made the change."""

    @property
    def note(self) -> str:
        """The private note that the event is about; empty for any other."""
        return str(self.personal.get("note", ""))


def entry_of(event: CaseChanged, *, text_changed: bool) -> Entry:
    """What the history keeps of an event."""
    own = {*type(event).model_fields} - _EVERY_EVENT
    sealed = own & event.personal_fields()
    return Entry(
        id=event.id,
        case_id=event.conversation_id,
        tenant=event.tenant,
        company_id=event.company_id,
        version=event.aggregate_version,
        type=event.type,
        time=event.time,
        actor=event.actor,
        after_seq=event.after_seq,
        now=event.case,
        text=event.text if text_changed else None,
        tells=event.model_dump(mode="json", include=own - sealed),
        personal=event.model_dump(mode="json", include=sealed),
        through=event.through,
    )


def text_at(entries: Iterable[Entry]) -> CaseText | None:
    """What a case said at the end of these entries of its beginning."""
    text = None
    for entry in entries:
        text = entry.text or text
    return text


def _without(entries: Iterable[Entry], message_id: str) -> list[Entry]:
    """Those that have to be kept anew, because a message that was deleted is part of them."""
    return [
        replace(entry, text=without_message(entry.text, message_id))
        for entry in entries
        if entry.text and any(line.message_id == message_id for line in entry.text.problem)
    ]


class History(Protocol):
    """`tx` is the transaction to be part of; a read may stand alone, with None."""

    async def append(self, tx: Tx, entry: Entry) -> None:
        """Keep what happened."""
        ...

    async def read(
        self, tx: Tx | None, case_id: str, *, after: int = 0, through: int | None = None
    ) -> list[Entry]:
        """What happened behind version `after`, through version `through`, in order."""
        ...

    async def forget(self, tx: Tx, case_id: str, message_id: str) -> None:
        """A message was deleted: what the case said at any time is kept without it."""
        ...

    async def has(self, tx: Tx | None, entry_id: str) -> bool:
        """Whether something with this id was kept."""
        ...

    async def of_types(self, case_id: str, types: Sequence[str]) -> list[Entry]:
        """What happened to a case of these types of events, in order."""
        ...


class MongoHistory:
    """The history on the service's own database."""

    def __init__(self, database: Database, keyring: KeySource) -> None:
        self._database = database
        self._keyring = keyring
        self._rows = database.collection(HISTORY)

    async def prepare(self) -> None:
        """Create what is missing of collection and indexes."""
        await self._database.ensure_indexes(INDEXES)

    def holdings(self) -> Holdings:
        """What is kept of a case, and how it is purged."""
        return {HISTORY: purging(self._rows, "case_id")}

    async def append(self, tx: Tx, entry: Entry) -> None:
        row = {
            "_id": entry.id,
            "case_id": entry.case_id,
            "tenant": entry.tenant,
            "company_id": entry.company_id,
            "version": entry.version,
            "type": entry.type,
            "time": entry.time,
            "actor": entry.actor.model_dump(),
            "after_seq": entry.after_seq,
            "now": entry.now.model_dump(),
            "tells": entry.tells,
        }
        if entry.through is not None:
            row["through"] = entry.through.model_dump(mode="json")
        if entry.text is not None or entry.personal:
            row["sealed"] = await self._sealed(entry)
        later(tx, self._rows, Insert(row))

    async def read(
        self, tx: Tx | None, case_id: str, *, after: int = 0, through: int | None = None
    ) -> list[Entry]:
        versions = {"$gt": after} | ({} if through is None else {"$lte": through})
        rows = await self._rows.find(
            {"case_id": case_id, "version": versions},
            sort=[("version", 1)],
            session=None if tx is None else await written(tx),
        )
        try:
            return [await self._opened(row) for row in rows]
        except Erased:
            return []

    async def touched(self, query: Document, limit: int) -> list[Document]:
        """The case and the time of what an account's cases lived through, by time; `query` names tenant and time."""
        only = {"case_id": 1, "time": 1}
        return await self._rows.find(
            query, sort=[("time", 1)], limit=limit, projection=only, hint="of_account"
        )

    async def life(self, case_id: str, until: datetime, limit: int, *, sealed: bool) -> list[Entry]:
        """A case from its beginning; without what is sealed it costs no decryption."""
        query: Document = {"case_id": case_id, "time": {"$lt": until}}
        rows = await self._rows.find(query, sort=[("version", 1)], limit=limit, hint="of_case")
        if not sealed:
            return [_entry(row, _Box()) for row in rows]
        try:
            return [await self._opened(row) for row in rows]
        except Erased:
            return []

    async def forget(self, tx: Tx, case_id: str, message_id: str) -> None:
        for entry in _without(await self.read(tx, case_id), message_id):
            sealed = {"$set": {"sealed": await self._sealed(entry)}}
            await self._rows.update_one({"_id": entry.id}, sealed, session=session_of(tx))

    async def of_types(self, case_id: str, types: Sequence[str]) -> list[Entry]:
        query = {"case_id": case_id, "type": {"$in": [*types]}}
        rows = await self._rows.find(query, sort=[("version", 1)], hint="of_case")
        try:
            return [await self._opened(row) for row in rows]
        except Erased:
            return []

    async def has(self, tx: Tx | None, entry_id: str) -> bool:
        session = None if tx is None else await written(tx)
        return await self._rows.find_one({"_id": entry_id}, session=session) is not None

    async def _sealed(self, entry: Entry) -> bytes:
        box = _Box(text=entry.text, personal=entry.personal).model_dump_json().encode()
        return await self._keyring.seal(entry.case_id, box, _SEALED_AS)

    async def _opened(self, row: Document) -> Entry:
        box = _Box()
        if "sealed" in row:
            opened = await self._keyring.open(row["case_id"], row["sealed"], _SEALED_AS)
            box = _Box.model_validate_json(opened)
        return _entry(row, box)


def _entry(row: Document, box: _Box) -> Entry:
    same = ("case_id", "tenant", "company_id", "version", "type", "time", "after_seq", "tells")
    return Entry(
        id=row["_id"],
        actor=Actor.model_validate(row["actor"]),
        now=CaseState.model_validate(row["now"]),
        text=box.text,
        personal=box.personal,
        through=Through.model_validate(row["through"]) if "through" in row else None,
        **{name: row[name] for name in same},
    )


class FakeHistory:
    """The same promises in memory."""

    def __init__(self, storage: FakeStorage) -> None:
        self._rows: dict[str, Entry] = storage.table(HISTORY)

    async def append(self, tx: Tx, entry: Entry) -> None:  # noqa: ARG002
        if entry.id in self._rows:
            raise DuplicateKey(entry.id)
        self._rows[entry.id] = entry

    async def read(
        self,
        tx: Tx | None,  # noqa: ARG002
        case_id: str,
        *,
        after: int = 0,
        through: int | None = None,
    ) -> list[Entry]:
        found = [
            row
            for row in self._rows.values()
            if row.case_id == case_id and after < row.version <= (through or row.version)
        ]
        return sorted(found, key=lambda row: row.version)

    async def forget(self, tx: Tx, case_id: str, message_id: str) -> None:
        for entry in _without(await self.read(tx, case_id), message_id):
            self._rows[entry.id] = entry

    async def of_types(self, case_id: str, types: Sequence[str]) -> list[Entry]:
        return [it for it in await self.read(None, case_id) if it.type in types]

    async def has(self, tx: Tx | None, entry_id: str) -> bool:  # noqa: ARG002
        return entry_id in self._rows
