"""Dead letters: kept where they died, shown, and handled again when an administrator asks for it.

A record that cannot be handled is written into the service's own database first and then to
`<topic>-dlq`, and is acknowledged after both. The topic is for other tools; the collection is what
is listed and replayed, because the embedded broker forgets its topics, and a topic cannot tell what became
of a record. The id is made from topic, key and value: the same record that dies again, after a crash
or a republication, is the same dead letter. What was sealed stays sealed here.

A replay is a note in the rows (`asked`), so a crash loses none: whichever instance reads the
partition takes it up (`chassis/replays.py`), and its effect is known to the inbox by the message's id.
"""

import asyncio
import hashlib
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from chassis.clock import Clock
from chassis.deaths import (
    Asker,
    DeadLetter,
    Death,
    Outcome,
    Replay,
    Wanted,
    letter_of,
    replay_of,
)
from chassis.logs import logger
from chassis.mongo import Database, Document, DuplicateKey, Index, Session
from chassis.producer import Producer
from contracts.topics import Topic

DEAD_LETTERS, REPLAYS = "dead_letters", "replays"
KEPT: Final = timedelta(days=90)
"""As long as the dead-letter topics keep theirs."""
REPLAYED_KEPT: Final = timedelta(days=30)
MOST_AT_ONCE: Final = 1_000
"""Of more than so many, a replay takes the oldest; the next one takes the next."""
COUNTED: Final = 1_000
"""Counting ends here: whoever has more knows enough."""
_REMEMBERED: Final = 20
_HEX: Final = 32

INDEXES: Final[dict[str, list[Index]]] = {
    DEAD_LETTERS: [
        Index([("tenant", 1), ("open", 1), ("place", -1)], name="listed"),
        Index([("open", 1), ("place", -1)], name="everybodys"),
        Index(
            [("topic", 1), ("partition", 1), ("offset", 1)],
            name="asked",
            partialFilterExpression={"state": "asked"},
        ),
        Index([("key", 1)], name="key"),
        Index([("purge_at", 1)], name="purge", expireAfterSeconds=0),
    ],
    REPLAYS: [Index([("at", 1)], name="purge", expireAfterSeconds=int(KEPT.total_seconds()))],
}

_log = logger(__name__)


class DeadLetters:
    """One service's dead letters."""

    def __init__(
        self, database: Database, clock: Clock, service: str, producer: Producer | None = None
    ) -> None:
        """`producer` is needed by who buries."""
        self.service = service
        self._database = database
        self._letters = database.collection(DEAD_LETTERS)
        self._replays = database.collection(REPLAYS)
        self._clock = clock
        self._producer = producer
        self._asked = asyncio.Event()

    async def prepare(self) -> None:
        """Create what is missing of collections and indexes."""
        await self._database.ensure_indexes(INDEXES)

    # ---- burying ---------------------------------------------------------------------------------

    async def bury(self, topic: Topic, record: Any, seq: int, death: Death) -> None:
        """Keep a record that cannot be handled, as it came; raises RetryLater."""
        await self._keep(record, seq, death)
        told = {
            "dead-reason": death.reason,
            "dead-code": death.code,
            "dead-service": self.service,
            "dead-topic": record.topic,
            "dead-partition": str(record.partition),
            "dead-offset": str(record.offset),
        }
        headers = [*record.headers, *((name, text.encode()) for name, text in told.items())]
        if self._producer is not None:
            await self._producer.send_raw(
                topic.dead_letter_topic, record.key, record.value or b"", headers
            )
        _log.error("record_dead_lettered", **told)

    async def _keep(self, record: Any, seq: int, death: Death) -> None:
        row_id, now = _id_of(record), self._clock.now()
        died = self._died(row_id, death, now)
        told = dict(record.headers)
        fixed = {
            "tenant": _text(told.get("tenant")),
            "topic": record.topic,
            "partition": record.partition,
            "offset": record.offset,
            "seq": seq,
            "key": record.key,
            "value": record.value,
            "headers": [[name, value] for name, value in record.headers],
            "type": _text(told.get("type")),
            "written_at": datetime.fromtimestamp((record.timestamp or 0) / 1_000, UTC),
            "replays": [],
        }
        if await self._letters.update_one(
            {"_id": row_id}, {"$setOnInsert": fixed | died}, upsert=True
        ):
            # It was here before. One that was replayed is dead anew; one that is asked for stays asked for.
            await self._letters.update_one({"_id": row_id, "open": False}, {"$set": died})

    def _died(self, row_id: str, death: Death, now: datetime) -> Document:
        return {
            "state": "dead",
            "open": True,
            "code": death.code,
            "reason": death.reason,
            "tries": death.tries,
            "died_at": now,
            "place": f"{round(now.timestamp() * 1_000):012x}{row_id}",
            "purge_at": now + KEPT,
        }

    # ---- looking ---------------------------------------------------------------------------------

    async def page(
        self, tenant: str | None, wanted: Wanted, *, open_: bool, after: str | None, limit: int
    ) -> tuple[list[DeadLetter], str | None]:
        """The newest dead letters behind `after`, and where the next page begins, if there is one."""
        query = list_query(tenant, wanted, open_=open_, after=after)
        rows = await self._letters.find(query, sort=[("place", -1)], limit=limit + 1)
        behind = rows[limit - 1]["place"] if len(rows) > limit else None
        return [letter_of(row) for row in rows[:limit]], behind

    async def get(self, tenant: str | None, letter_id: str) -> DeadLetter | None:
        """One dead letter, if it is the tenant's or nobody's."""
        row = await self._letters.find_one({"_id": letter_id, **_of(tenant)})
        return None if row is None else letter_of(row)

    async def counts(self, tenant: str | None) -> dict[tuple[str, str], int]:
        """How many are open, by topic and state, up to `COUNTED` of all."""
        found = await self._letters.aggregate(
            [
                {"$match": {**_of(tenant), "open": True}},
                {"$limit": COUNTED},
                {"$group": {"_id": {"topic": "$topic", "state": "$state"}, "n": {"$sum": 1}}},
            ]
        )
        return {(row["_id"]["topic"], row["_id"]["state"]): row["n"] for row in found}

    async def replay(self, replay_id: str) -> Replay | None:
        """A replay that was asked for."""
        row = await self._replays.find_one({"_id": replay_id})
        return None if row is None else replay_of(row)

    # ---- asking for a replay ---------------------------------------------------------------------

    async def ask(self, replay_id: str, by: Asker, wanted: Wanted) -> Replay:
        """Have dead letters handled again; the same id again is the same replay.

        The note of who asked and the marks on the letters are one transaction: a crash leaves both or neither.
        """

        async def attempt(session: Session) -> Replay:
            return await self._ask(replay_id, by, wanted, session)

        try:
            replay = await self._database.with_transaction(attempt)
        except DuplicateKey:
            there = await self.replay(replay_id)
            if there is None:
                raise
            return there
        _log.info("replay_asked", service=self.service, replay=replay_id, letters=replay.total)
        self._asked.set()
        return replay

    async def _ask(self, replay_id: str, by: Asker, wanted: Wanted, session: Session) -> Replay:
        query = {**_of(by.tenant), "open": True, "state": "dead", **wanted.query()}
        rows = await self._letters.find(
            query, sort=[("place", 1)], limit=MOST_AT_ONCE, projection={"_id": 1}, session=session
        )
        note = {"id": replay_id, "by": by.id, "name": by.name, "at": self._clock.now()}
        row = {
            "_id": replay_id,
            "tenant": by.tenant,
            **{name: note[name] for name in ("by", "name", "at")},
            "wanted": {**wanted.query()},
            "total": len(rows),
            "outcomes": {},
        }
        await self._replays.insert_one(row, session=session)
        ids = [found["_id"] for found in rows]
        asked = {"$set": {"state": "asked", "replay": note}}
        await self._letters.update_many({"_id": {"$in": ids}}, asked, session=session)
        return replay_of(row)

    async def wait_for_asked(self, seconds: float) -> None:
        """Returns when this instance was asked for a replay, or after so long: others may have been."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._asked.wait()
        self._asked.clear()

    async def asked(self, topic: str, partitions: Iterable[int]) -> list[DeadLetter]:
        """What is to be handled again of these partitions, in the order in which it was written."""
        rows = await self._letters.find(asked_query(topic, partitions), sort=[("offset", 1)])
        return [letter_of(row) for row in rows]

    # ---- what became of it -----------------------------------------------------------------------

    async def note_waiting(self, letter: DeadLetter, waits_for: str) -> None:
        """The replay goes on when what it needs is back; administrators see why it takes so long."""
        if letter.replay is not None and letter.replay.get("waits_for") != waits_for:
            waits = {"$set": {"replay.waits_for": waits_for}}
            await self._letters.update_one({"_id": letter.id, "state": "asked"}, waits)

    async def settle(self, letter: DeadLetter, outcome: Outcome, death: Death | None) -> None:
        """Note how a replay ended, on the letter and on the replay; again is no change."""
        now, asked = self._clock.now(), letter.replay or {}
        ended = {**asked, "ended_at": now, "outcome": outcome}
        ended["reason"] = death.reason if death else ""
        after = (
            self._died(letter.id, death, now)
            if death
            else {"state": outcome, "open": False, "purge_at": now + REPLAYED_KEPT}
        )
        change = {
            "$set": after,
            "$push": {"replays": {"$each": [ended], "$slice": -_REMEMBERED}},
        }

        async def attempt(session: Session) -> None:
            mine = {"_id": letter.id, "state": "asked", "replay.id": asked.get("id")}
            if await self._letters.update_one(mine, change, session=session):
                await self._replays.update_one(
                    {"_id": asked.get("id")},
                    {"$inc": {f"outcomes.{outcome}": 1}},
                    session=session,
                )

        await self._database.with_transaction(attempt)
        # An erased letter has been purged meanwhile, perhaps; who asked is in the replay's own row.
        _log.info(
            "dead_letter_replayed",
            service=self.service,
            letter=letter.id,
            topic=letter.topic,
            outcome=outcome,
            by=asked.get("by"),
        )


def list_query(tenant: str | None, wanted: Wanted, *, open_: bool, after: str | None) -> Document:
    """What MongoDB is asked for a page."""
    behind = {"place": {"$lt": after}} if after is not None else {}
    return {**_of(tenant), "open": open_, **wanted.query(), **behind}


def buried_query(case_id: str) -> Document:
    """What died under the key of a case, whatever the topic."""
    return {"key": case_id.encode()}


def asked_query(topic: str, partitions: Iterable[int]) -> Document:
    """What MongoDB is asked for the replays of some partitions."""
    return {"state": "asked", "topic": topic, "partition": {"$in": sorted(partitions)}}


def _of(tenant: str | None) -> Document:
    # Whose an unreadable record is, nobody can tell: every administrator sees that it is there.
    return {} if tenant is None else {"tenant": {"$in": [tenant, ""]}}


def _id_of(record: Any) -> str:
    digest = hashlib.sha256()
    for part in (record.topic.encode(), record.key or b"", record.value or b""):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:_HEX]


def _text(header: bytes | None) -> str:
    """A header that is text and short, else nothing: what cannot be read is not repeated."""
    try:
        text = (header or b"").decode("ascii")
    except UnicodeDecodeError:
        return ""
    return text if len(text) <= 64 and text.isprintable() else ""  # noqa: PLR2004 - a name's length
