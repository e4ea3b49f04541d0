"""Notify's store: the waits that may be told again, every decision, and every mail, kept for good.

Waits and decisions hold nothing personal. Of a mail, recipient and content are sealed with the data
key of its case; the content goes as soon as the mail server has the mail, or will never have it.
"""

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any, Final, Protocol, cast

from chassis.erasure import Holdings, purging
from chassis.keyring import Erased, KeySource
from chassis.mongo import Database, Document, Index
from chassis.storage import FakeStorage, Tx, session_of
from contracts.notify import AlertEscalated, AlertRaised, MailContent, Routed, SlaAlerted
from services.notify.domain import Decision, Mail, Waiting

Alert = AlertRaised | AlertEscalated | SlaAlerted
WAITS, DECISIONS, MAILS, STREAMS = "waits", "decisions", "mails", "streams"
# What has no index is asked for by id alone. Neither ledger expires: a replay of any age tells nobody twice.
INDEXES: Final[dict[str, list[Index]]] = {
    WAITS: [],
    DECISIONS: [Index([("case_id", 1), ("decided_at", 1)], name="of_case")],
    MAILS: [
        # Only mails that somebody has to look at again are in it.
        Index([("due", 1)], name="due", sparse=True),
        Index([("case_id", 1), ("requested_at", 1)], name="of_case"),
    ],
    STREAMS: [],
}
KEPT_WITH_CONTENT: Final = frozenset({"requested", "sending", "waiting", "unknown"})

_DECISION_FIELDS: Final = [
    field.name for field in fields(Decision) if field.name not in ("id", "considered")
]
_OPEN_FIELDS: Final = [
    field.name for field in fields(Mail) if field.name not in ("id", "recipient")
]


class AlertStore(Protocol):
    """`tx` is the transaction to be part of."""

    async def was_decided(self, tx: Tx, alert_id: str) -> bool:
        """Whether the ledger has this alert."""
        ...

    async def record(self, tx: Tx, alert: Alert) -> None:
        """Enter the alert, with its reasons, into the ledger."""
        ...

    async def decisions_on(self, case_id: str) -> list[Decision]:
        """The alerts about a case, the first decided first."""
        ...

    async def put_wait(self, tx: Tx, waiting: Waiting) -> None:
        """Keep a wait, or what became of it."""
        ...

    async def wait_of(self, tx: Tx, case_id: str) -> Waiting | None:
        """The wait of a case, while somebody waits."""
        ...

    async def end_wait(self, tx: Tx, case_id: str) -> None:
        """Forget the wait of a case, if there is one."""
        ...

    async def next_version(self, tx: Tx, case_id: str) -> int:
        """The `aggregate_version` of the next event about a case: alerts and mails share one stream."""
        ...


class MailStore(Protocol):
    """`tx` is the transaction to be part of; a read may stand alone, with None."""

    async def put(self, tx: Tx, mail: Mail, content: MailContent) -> None:
        """Enter a mail, in the place of one with its id."""
        ...

    async def find(self, tx: Tx | None, mail_id: str) -> Mail | None:
        """The mail; raises `Erased`."""
        ...

    async def save(self, tx: Tx, mail: Mail) -> None:
        """Keep what became of a mail that was read in the same transaction."""
        ...

    async def content(self, mail: Mail) -> MailContent:
        """What the mail says, until it is settled; raises `Erased`."""
        ...

    async def due(self, now: datetime, limit: int) -> list[str]:
        """The ids of mails that somebody has to look at, the longest due first."""
        ...

    async def hold(self, mail: Mail, until: datetime) -> None:
        """Keep the claim of a try for longer, while it is that try's."""
        ...

    async def forget(self, mail_id: str) -> None:
        """A mail of an erased case is never looked at again, and nothing it said is kept."""
        ...

    async def of_case(self, case_id: str) -> list[Mail]:
        """The mails of a case, the first requested first; none of an erased one."""
        ...

    async def next_version(self, tx: Tx, case_id: str) -> int:
        """As in `AlertStore`."""
        ...


# ---- MongoDB -------------------------------------------------------------------------------------


class _MongoStreams:
    """The version that each case's stream of events has reached."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._streams = database.collection(STREAMS)

    async def prepare(self) -> None:
        """Create what is missing of collections and indexes."""
        await self._database.ensure_indexes(INDEXES)

    async def next_version(self, tx: Tx, case_id: str) -> int:
        row = await self._streams.find_one_and_update(
            {"_id": case_id}, {"$inc": {"version": 1}}, upsert=True, session=session_of(tx)
        )
        # An upsert always finds something.
        return int(cast(Document, row)["version"])


class MongoAlertStore(_MongoStreams):
    """The store of alerts on the service's own database."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._waits = database.collection(WAITS)
        self._decisions = database.collection(DECISIONS)

    def holdings(self) -> Holdings:
        """What is kept of a case, and how it is purged."""
        return {
            WAITS: purging(self._waits, "_id"),
            DECISIONS: purging(self._decisions, "case_id"),
            STREAMS: purging(self._streams, "_id"),
        }

    async def was_decided(self, tx: Tx, alert_id: str) -> bool:
        known = await self._decisions.find_one(
            {"_id": alert_id}, projection={"_id": 1}, session=session_of(tx)
        )
        return known is not None

    async def record(self, tx: Tx, alert: Alert) -> None:
        await self._decisions.insert_one(entry(alert), session=session_of(tx))

    async def decisions_on(self, case_id: str) -> list[Decision]:
        rows = await self._decisions.find({"case_id": case_id}, sort=[("decided_at", 1)])
        return [decision(row) for row in rows]

    async def put_wait(self, tx: Tx, waiting: Waiting) -> None:
        row = asdict(waiting)
        case_id = row.pop("case_id")
        await self._waits.replace_one({"_id": case_id}, row, upsert=True, session=session_of(tx))

    async def wait_of(self, tx: Tx, case_id: str) -> Waiting | None:
        row = await self._waits.find_one({"_id": case_id}, session=session_of(tx))
        return None if row is None else Waiting(case_id=row.pop("_id"), **row)

    async def end_wait(self, tx: Tx, case_id: str) -> None:
        await self._waits.delete_one({"_id": case_id}, session=session_of(tx))


def entry(alert: Alert) -> Document:
    """A line of the ledger: what was decided when, and from which facts."""
    line: Document = {
        "_id": alert.id,
        "tenant": alert.tenant,
        "company_id": alert.company_id,
        "case_id": alert.conversation_id,
        "alert": alert.alert,
        "decided_at": alert.time,
        "considered": [routed.model_dump() for routed in alert.considered],
    }
    if isinstance(alert, SlaAlerted):
        line |= {"promise": alert.promise, "because": alert.because}
    return line


def decision(line: Mapping[str, Any]) -> Decision:
    """The line as it was entered."""
    known = {name: line[name] for name in _DECISION_FIELDS if name in line}
    considered = tuple(Routed.model_validate(routed) for routed in line["considered"])
    return Decision(id=line["_id"], considered=considered, **known)


class MongoMailStore(_MongoStreams):
    """The store of mails on the service's own database."""

    def __init__(self, database: Database, keyring: KeySource) -> None:
        super().__init__(database)
        self._keyring = keyring
        self._mails = database.collection(MAILS)

    def holdings(self) -> Holdings:
        """What is kept of a case, and how it is purged: mails that still wait to be sent as well."""
        return {MAILS: purging(self._mails, "case_id")}

    async def put(self, tx: Tx, mail: Mail, content: MailContent) -> None:
        row = _changing(mail) | {
            "recipient": await self._seal(mail, "recipient", mail.recipient),
        }
        if mail.state in KEPT_WITH_CONTENT:
            row["content"] = await self._seal(mail, "content", content.model_dump_json())
        await self._mails.replace_one({"_id": mail.id}, row, upsert=True, session=session_of(tx))

    async def find(self, tx: Tx | None, mail_id: str) -> Mail | None:
        session = None if tx is None else session_of(tx)
        row = await self._mails.find_one(
            {"_id": mail_id}, projection={"content": 0}, session=session
        )
        return None if row is None else await self._opened(row)

    async def save(self, tx: Tx, mail: Mail) -> None:
        gone = {} if mail.state in KEPT_WITH_CONTENT else {"content": ""}
        if mail.due is None:
            gone["due"] = ""
        update = {"$set": _changing(mail)} | ({"$unset": gone} if gone else {})
        await self._mails.update_one({"_id": mail.id}, update, session=session_of(tx))

    async def content(self, mail: Mail) -> MailContent:
        row = await self._mails.find_one({"_id": mail.id}, projection={"content": 1})
        if row is None or "content" not in row:
            raise Erased(mail.case_id)
        box = row["content"]
        plain = await self._keyring.open(mail.case_id, box, _bound(mail.id, "content"))
        return MailContent.model_validate_json(plain)

    async def due(self, now: datetime, limit: int) -> list[str]:
        rows = await self._mails.find(
            {"due": {"$lte": now}}, sort=[("due", 1)], limit=limit, projection={"_id": 1}
        )
        return [row["_id"] for row in rows]

    async def hold(self, mail: Mail, until: datetime) -> None:
        mine = {"_id": mail.id, "state": "sending", "attempts": mail.attempts}
        await self._mails.update_one(mine, {"$set": {"due": until}})

    async def forget(self, mail_id: str) -> None:
        nothing_left = {"due": "", "recipient": "", "content": ""}
        await self._mails.update_one({"_id": mail_id}, {"$unset": nothing_left})

    async def of_case(self, case_id: str) -> list[Mail]:
        rows = await self._mails.find(
            {"case_id": case_id}, sort=[("requested_at", 1)], projection={"content": 0}
        )
        try:
            return [await self._opened(row) for row in rows]
        except Erased:
            return []

    async def _seal(self, mail: Mail, part: str, text: str) -> bytes:
        return await self._keyring.seal(mail.case_id, text.encode(), _bound(mail.id, part))

    async def _opened(self, row: Document) -> Mail:
        mail_id, box = row["_id"], row.get("recipient")
        if box is None:
            raise Erased(row["case_id"])
        recipient = await self._keyring.open(row["case_id"], box, _bound(mail_id, "recipient"))
        # Who asked for it was not always kept.
        known = {"due": None} | {name: row[name] for name in _OPEN_FIELDS if name in row}
        return Mail(id=mail_id, recipient=recipient.decode(), **known)


def _bound(mail_id: str, part: str) -> bytes:
    return f"mail {part} {mail_id}".encode()


def _changing(mail: Mail) -> Document:
    row = {name: getattr(mail, name) for name in _OPEN_FIELDS}
    if mail.due is None:
        del row["due"]
    return row


# ---- in memory -----------------------------------------------------------------------------------


class _FakeStreams:
    def __init__(self, storage: FakeStorage) -> None:
        self._streams: dict[str, int] = storage.table(STREAMS)

    async def next_version(self, tx: Tx, case_id: str) -> int:  # noqa: ARG002
        self._streams[case_id] = self._streams.get(case_id, 0) + 1
        return self._streams[case_id]


class FakeAlertStore(_FakeStreams):
    """The same promises in memory."""

    def __init__(self, storage: FakeStorage) -> None:
        super().__init__(storage)
        self._waits: dict[str, Waiting] = storage.table(WAITS)
        self._decisions: dict[str, Mapping[str, Any]] = storage.table(DECISIONS)

    async def was_decided(self, tx: Tx, alert_id: str) -> bool:  # noqa: ARG002
        return alert_id in self._decisions

    async def record(self, tx: Tx, alert: Alert) -> None:  # noqa: ARG002
        self._decisions[alert.id] = entry(alert)

    async def decisions_on(self, case_id: str) -> list[Decision]:
        found = [decision(line) for line in self._decisions.values() if line["case_id"] == case_id]
        return sorted(found, key=lambda it: it.decided_at)

    async def put_wait(self, tx: Tx, waiting: Waiting) -> None:  # noqa: ARG002
        self._waits[waiting.case_id] = waiting

    async def wait_of(self, tx: Tx, case_id: str) -> Waiting | None:  # noqa: ARG002
        return self._waits.get(case_id)

    async def end_wait(self, tx: Tx, case_id: str) -> None:  # noqa: ARG002
        self._waits.pop(case_id, None)


class FakeMailStore(_FakeStreams):
    """The same promises in memory, but for keys: nothing is erased here."""

    def __init__(self, storage: FakeStorage) -> None:
        super().__init__(storage)
        self._mails: dict[str, Mail] = storage.table(MAILS)
        self._contents: dict[str, MailContent] = storage.table("contents")

    async def put(self, tx: Tx, mail: Mail, content: MailContent) -> None:  # noqa: ARG002
        self._mails[mail.id] = mail
        self._contents[mail.id] = content

    async def find(self, tx: Tx | None, mail_id: str) -> Mail | None:  # noqa: ARG002
        return self._mails.get(mail_id)

    async def save(self, tx: Tx, mail: Mail) -> None:  # noqa: ARG002
        self._mails[mail.id] = mail

    async def content(self, mail: Mail) -> MailContent:
        return self._contents[mail.id]

    async def due(self, now: datetime, limit: int) -> list[str]:
        looked_at = [(mail.due, mail.id) for mail in self._mails.values() if mail.due]
        return [mail_id for due, mail_id in sorted(looked_at) if due <= now][:limit]

    async def hold(self, mail: Mail, until: datetime) -> None:
        now = self._mails[mail.id]
        if (now.state, now.attempts) == ("sending", mail.attempts):
            self._mails[mail.id] = replace(now, due=until)

    async def forget(self, mail_id: str) -> None:
        self._mails[mail_id] = replace(self._mails[mail_id], due=None)

    async def of_case(self, case_id: str) -> list[Mail]:
        found = [mail for mail in self._mails.values() if mail.case_id == case_id]
        return sorted(found, key=lambda mail: mail.requested_at)
