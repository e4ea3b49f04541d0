"""From the outbox to the topics: each key's messages in the order of their versions.

Rows are found by being unpublished, never by a cursor, so a transaction that commits late is not
passed over. Instances share the keys by leased shards. A row is marked only after Kafka has it: a
crash in between publishes it again, under the same id, which consumers know.
"""

import asyncio
import math
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from chassis import metrics, tracing
from chassis.clock import Clock
from chassis.failpoints import failpoint
from chassis.leases import LEASE_SECONDS, Lease, Leases
from chassis.logs import logger
from chassis.mongo import Database, DatabaseAway, Document
from chassis.producer import Producer
from chassis.storage import INDEXES, OUTBOX, SHARDS

POLL_SECONDS = 0.05
"""How soon a row is found that another instance committed; our own commits wake the publisher at once."""
ALONE_SECONDS = 0.5
"""How soon it is where there is no other instance: looking costs more than anything else in a desk at rest."""
_BATCH = 500
_SHARE_SECONDS = LEASE_SECONDS / 5
_FIRST_BACKOFF, _LAST_BACKOFF = 0.2, 2.0
_MEMBER = "outbox.member."
_SHARD = "outbox.shard."

_ORDER = [("shard", 1), ("key", 1), ("aggregate_version", 1), ("created_at", 1), ("place", 1)]

_log = logger(__name__)


@dataclass
class _Stop:
    """A key that waits after a failure, while the others go on."""

    until: float
    backoff: float


class Publisher:
    """Publishes one database's outbox. Run `run` in the background; any number of instances may."""

    def __init__(
        self,
        database: Database,
        producer: Producer,
        clock: Clock,
        instance: str,
        *,
        committed: asyncio.Event | None = None,
    ) -> None:
        """`committed` is the storage's event of that name: without it our own commits are found by polling."""
        self._database = database
        self._service = database.name.rpartition("_")[2]
        self._outbox = database.collection(OUTBOX)
        self._producer = producer
        self._clock = clock
        self._leases = Leases(database, clock, instance)
        self._instance = instance
        self._prepared = False
        self._committed = committed or asyncio.Event()
        self._is_told = committed is not None
        self._alone = False
        self._held: dict[int, Lease] = {}
        self._membership: Lease | None = None
        self._next_share = 0.0
        self._stopped: dict[str, _Stop] = {}
        self._rows = metrics.OUTBOX_ROWS.labels(self._service)
        self._stopped_keys = metrics.OUTBOX_STOPPED_KEYS.labels(self._service)

    async def run(self) -> None:
        """Publishes for ever; without a database it waits."""
        try:
            while True:
                await self._turn()
        finally:
            with suppress(DatabaseAway):
                await self.leave()

    async def _turn(self) -> None:
        try:
            self._committed.clear()
            if not await self.publish_pending():
                await self._wait()
        except DatabaseAway:
            _log.warning("publisher_waits_for_database", service=self._service)
            await asyncio.sleep(_FIRST_BACKOFF)

    async def _wait(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._pause()):
                await self._committed.wait()

    def _pause(self) -> float:
        """What failed is tried again soon, too."""
        return ALONE_SECONDS if self._alone and not self._stopped else POLL_SECONDS

    async def publish_pending(self) -> int:
        """Publishes what is there for the shards held; returns how many rows."""
        await self._share()
        rows = await self._pending()
        self._rows.set(len(rows))
        self._stopped_keys.set(len(self._stopped))
        # A frozen process may have lost its shards since it took them: ask before anything is sent.
        await self._forget_lost()
        mine = [row for row in rows if row["shard"] in self._held]
        by_key = [list(group) for _, group in groupby(mine, key=lambda row: row["key"])]
        sent: list[str] = []
        try:
            await self._publish_keys(by_key, sent)
        finally:
            # All at once, because each of these commands waits for the journal.
            await self._mark(sent)
        return sum(len(rows) for rows in by_key)

    async def _publish_keys(self, by_key: list[list[Document]], sent: list[str]) -> None:
        publishing = (self._publish_key(rows, sent) for rows in by_key)
        for error in await asyncio.gather(*publishing, return_exceptions=True):
            # All have ended before the first error is told: nobody may be sending when the next turn begins.
            if isinstance(error, BaseException):
                raise error

    async def _pending(self) -> list[Document]:
        now = time.monotonic()
        waiting = [key for key, stop in self._stopped.items() if stop.until > now]
        if not self._held or len(waiting) >= _BATCH:
            # So many at once are not faults of keys: the broker is away.
            return []
        query: Document = {"pending": True, "shard": {"$in": sorted(self._held)}}
        if waiting:
            query["key"] = {"$nin": waiting}
        return await self._outbox.find(query, sort=_ORDER, limit=_BATCH)

    async def _forget_lost(self) -> None:
        kept = await self._leases.still_held(self._held.values())
        self._held = {shard: lease for shard, lease in self._held.items() if lease.name in kept}

    async def _publish_key(self, rows: list[Document], sent: list[str]) -> None:
        """One after the other: a record that is late must not be overtaken by the next of its key."""
        key, lease = rows[0]["key"], self._held[rows[0]["shard"]]
        try:
            for row in rows:
                if not lease.is_fresh():
                    break
                await self._send(row)
                sent.append(row["_id"])
                self._stopped.pop(key, None)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with this key, the others go on
            self._stop(key, error)

    async def _send(self, row: Document) -> None:
        headers = [(name, bytes(value)) for name, value in row["headers"]]
        if row.get("replay"):
            # A replay is nobody's request of today, whoever asked when it was written.
            headers = [*tracing.without(headers), ("replay", b"1")]
        value = bytes(row["value"])
        await self._producer.send_raw(row["topic"], row["key"].encode(), value, headers)
        waited = self._clock.now() - row["created_at"]
        metrics.PUBLISH_SECONDS.labels(self._service).observe(waited.total_seconds())
        await failpoint("publisher.after_publish")

    async def _mark(self, ids: list[str]) -> None:
        if ids:
            published = {
                "$set": {"published_at": self._clock.now()},
                "$unset": {"pending": "", "replay": ""},
            }
            await self._outbox.update_many({"_id": {"$in": ids}}, published)

    def _stop(self, key: str, error: Exception) -> None:
        before = self._stopped.get(key)
        backoff = min(before.backoff * 2, _LAST_BACKOFF) if before else _FIRST_BACKOFF
        self._stopped[key] = _Stop(time.monotonic() + backoff, backoff)
        _log.warning(
            "key_not_published", service=self._service, key=key, error=type(error).__name__
        )

    async def republish(self, span: timedelta) -> int:
        """Makes what was published last pending again, marked as a replay; for a broker that lost it.

        The span ends with the newest row, not now: a desk that was off for a week has been read by
        nobody in that week.
        """
        newest = await self._outbox.find(
            {"published_at": {"$type": "date"}}, sort=[("published_at", -1)], limit=1
        )
        if not newest:
            return 0
        since = newest[0]["published_at"] - span
        pending = await self._outbox.update_many(
            {"published_at": {"$gte": since}},
            {"$set": {"pending": True, "replay": True}, "$unset": {"published_at": ""}},
        )
        self._committed.set()
        return pending

    # ---- sharing the shards with other instances ------------------------------------------------

    async def _share(self) -> None:
        if time.monotonic() < self._next_share and all(
            lease.is_fresh() for lease in self._held.values()
        ):
            return
        self._next_share = time.monotonic() + _SHARE_SECONDS
        await self._prepare()
        await self._renew()
        if self._membership is None:
            self._membership = await self._leases.acquire(_MEMBER + self._instance)
        members = await self._leases.holders(_MEMBER)
        self._alone = self._is_told and len(members) == 1
        await self._take_and_give(math.ceil(SHARDS / max(1, len(members))))

    async def _prepare(self) -> None:
        if not self._prepared:
            await self._database.ensure_indexes(INDEXES)
            await self._leases.prepare()
            self._prepared = True

    async def _renew(self) -> None:
        mine = [*self._held.values(), *([self._membership] if self._membership else [])]
        kept = await self._leases.renew_all(mine)
        self._held = {shard: it for shard, it in self._held.items() if it.name in kept}
        if self._membership and self._membership.name not in kept:
            self._membership = None

    async def _take_and_give(self, fair: int) -> None:
        while len(self._held) > fair:
            _, lease = self._held.popitem()
            await self._leases.release(lease)
        for shard in range(SHARDS):
            if len(self._held) < fair and shard not in self._held:
                lease_or_none = await self._leases.acquire(f"{_SHARD}{shard}")
                if lease_or_none is not None:
                    self._held[shard] = lease_or_none

    async def leave(self) -> None:
        """Gives the shards to the others at once instead of after the lease."""
        if self._membership is not None:
            await self._leases.release(self._membership)
        for lease in self._held.values():
            await self._leases.release(lease)
        self._held.clear()
