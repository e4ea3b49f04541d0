"""What is to happen later, as rows: a restart forgets nothing, and a test moves the clock.

A timer fires by calling its handler in the transaction that removes it, so it has one effect
however many instances look. Handlers check the version of what they touch, as for any command.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Protocol

from chassis import tracing
from chassis.clock import Clock
from chassis.erasure import Holdings, purging_by_id
from chassis.errors import RetryLater
from chassis.leases import Lease, Leases
from chassis.logs import logger
from chassis.mongo import Database, Document, Index
from chassis.storage import Storage, Tx, session_of

TIMERS = "timers"
INDEXES = {TIMERS: [Index([("due", 1)], name="due")]}
POLL_SECONDS = 0.5
_BATCH = 100
_FIRST_BACKOFF, _LAST_BACKOFF = 1.0, 300.0

TimerHandler = Callable[[Tx, dict[str, Any]], Awaitable[None]]
"""Called with the payload once the timer is due."""

_log = logger(__name__)


class Timers(Protocol):
    """Sets timers as part of a transaction."""

    async def schedule(
        self, tx: Tx, timer_id: str, due: datetime, kind: str, payload: dict[str, Any]
    ) -> None:
        """Sets the timer, or sets it anew when there is one with this id."""
        ...

    async def cancel(self, tx: Tx, timer_id: str) -> None:
        """Removes the timer if it is still there."""
        ...


class MongoTimers:
    """Timers of one service. `run` fires them, on the instance that has the lease."""

    def __init__(
        self,
        database: Database,
        storage: Storage,
        clock: Clock,
        instance: str,
        name: str = TIMERS,
    ) -> None:
        """Those of another `name` stand in a collection of their own, and keep no others waiting."""
        self._name = name
        self._database = database
        self._timers = database.collection(name)
        self._now_due = asyncio.Event()
        self._storage = storage
        self._clock = clock
        self._leases = Leases(database, clock, instance)
        self._lease: Lease | None = None

    async def prepare(self) -> None:
        await self._database.ensure_indexes({self._name: INDEXES[TIMERS]})
        await self._leases.prepare()

    async def schedule(
        self, tx: Tx, timer_id: str, due: datetime, kind: str, payload: dict[str, Any]
    ) -> None:
        row = {"_id": timer_id, "due": due, "kind": kind, "payload": payload, "failures": 0}
        await self._timers.replace_one({"_id": timer_id}, row, upsert=True, session=session_of(tx))
        if due <= self._clock.now():
            tx.afterwards(self._now_due.set)

    async def cancel(self, tx: Tx, timer_id: str) -> None:
        await self._timers.delete_one({"_id": timer_id}, session=session_of(tx))

    def holdings(self, ids: Callable[[str], list[str]]) -> Holdings:
        """The timers of a case, and how they are purged; `ids` are theirs."""
        return {self._name: purging_by_id(self._timers, ids)}

    def holdings_below(self, prefix: Callable[[str], str]) -> Holdings:
        """The same of timers whose ids begin with what is made from the case's."""

        async def purge(case_id: str) -> int:
            first = prefix(case_id)
            last = first[:-1] + chr(ord(first[-1]) + 1)
            return await self._timers.delete_many({"_id": {"$gte": first, "$lt": last}})

        return {self._name: purge}

    async def run(self, handlers: Mapping[str, TimerHandler]) -> None:
        """Fires what is due, for ever; without a database it waits."""
        await self.prepare()
        while True:
            try:
                fired = await self.fire_due(handlers) if await self._leads() else 0
            except RetryLater:
                fired = 0
            if not fired:
                await self._wait()

    async def fire_due(self, handlers: Mapping[str, TimerHandler]) -> int:
        """Fires what is due by now, the oldest first; returns how many it tried."""
        due = {"due": {"$lte": self._clock.now()}}
        rows = await self._timers.find(due, sort=[("due", 1)], limit=_BATCH)
        for row in rows:
            await self._fire(row, handlers)
        return len(rows)

    async def _wait(self) -> None:
        """Until something is due that was set here, or for a moment: others set timers too."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._now_due.wait(), POLL_SECONDS)
        self._now_due.clear()

    async def _leads(self) -> bool:
        if self._lease is None or not await self._leases.renew(self._lease):
            self._lease = await self._leases.acquire(self._name)
        return self._lease is not None

    async def _fire(self, row: Document, handlers: Mapping[str, TimerHandler]) -> None:
        async def work(tx: Tx) -> None:
            # Another instance may have fired it, or a handler set it anew, since the row was read.
            as_read = {"_id": row["_id"], "due": row["due"]}
            if await self._timers.delete_one(as_read, session=session_of(tx)):
                await handlers[row["kind"]](tx, row["payload"])

        try:
            with tracing.begin(f"timer {row['kind']}"):
                await self._storage.transact(work)
        except RetryLater:
            raise
        except Exception:  # noqa: BLE001 - one timer's fault must not keep the others from firing
            _log.exception("timer_failed", kind=row["kind"], timer=row["_id"])
            await self._postpone(row)

    async def _postpone(self, row: Document) -> None:
        backoff = min(_FIRST_BACKOFF * 2 ** row["failures"], _LAST_BACKOFF)
        later = {
            "$set": {"due": self._clock.now() + timedelta(seconds=backoff)},
            "$inc": {"failures": 1},
        }
        await self._timers.update_one({"_id": row["_id"], "due": row["due"]}, later)


class FakeTimers:
    """Timers in memory: `scheduled` holds what is set, by id."""

    def __init__(self) -> None:
        self.scheduled: dict[str, tuple[datetime, str, dict[str, Any]]] = {}

    async def schedule(
        self,
        tx: Tx,  # noqa: ARG002 - as the protocol has it
        timer_id: str,
        due: datetime,
        kind: str,
        payload: dict[str, Any],
    ) -> None:
        self.scheduled[timer_id] = (due, kind, payload)

    async def cancel(self, tx: Tx, timer_id: str) -> None:  # noqa: ARG002 - as the protocol has it
        self.scheduled.pop(timer_id, None)
