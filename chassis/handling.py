"""What becomes of one record: its effect, exactly once, before anybody acknowledges it.

| what happens                                   | what is done                                     |
|------------------------------------------------|--------------------------------------------------|
| no handler for its type, unknown type, erased  | passed over                                      |
| `RetryLater`: database, broker or key is away  | tried for ever with back-off                     |
| `VersionGap`: an earlier message is missing    | set aside until that one was handled             |
| `Poison`: it can never be read                 | to the dead letters at once                      |
| anything else                                  | five tries, then to the dead letters             |

A dead letter that an administrator replays takes the same way, but for a failure that ends it sooner.

Records that have come together are one transaction. When anything in it goes wrong, nothing of it was
done, and each takes the way above by itself.
"""

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Generic, TypeVar

from aiokafka import ConsumerRecord

from chassis import metrics, tracing
from chassis.codec import Headers, Poison, UnknownType, decode
from chassis.dead_letters import DeadLetters
from chassis.deaths import DeadLetter, Death, Outcome, StillDead
from chassis.errors import DeskbusError, RetryLater
from chassis.failpoints import failpoint
from chassis.keyring import Erased, KeySource
from chassis.logs import logger
from chassis.parking import Parking
from chassis.storage import Storage, Tx
from chassis.synthetic import is_synthetic
from contracts.envelope import Message
from contracts.erasure import ErasureRequested
from contracts.topics import Topic

TRIES = 5
OUTCOMES = ("done", "skipped", "parked", "retried", "dead_lettered")
REPLAY_TRIES = 2
"""Whoever replays is there to press again; many letters must not wait for one."""
_FIRST_BACKOFF, _LAST_BACKOFF = 0.2, 10.0
_FIRST_RETRY = 0.1
M = TypeVar("M", bound=Message)
_ERASE = ErasureRequested.type_name().encode()

Handler = Callable[[Tx, Message], Awaitable[None]]
RunHandler = Callable[[Tx, Sequence["Placed[Any]"]], Awaitable[None]]
"""Handles several messages of one type at once, perhaps of several keys; those of a key are in their order."""
Seq = Callable[[ConsumerRecord], Awaitable[int]]
"""The position of a record of the conversation log; 0 on every other topic."""

Tell = Callable[[str | None], None]
"""Told what the record waits for, or None once it waits no more."""

_log = logger(__name__)


class VersionGap(Exception):
    """Raised by a handler whose projection has not seen the version before this one."""


@dataclass(frozen=True, slots=True)
class Placed(Generic[M]):
    """A message with its position in the conversation log; 0 on every other topic."""

    message: M
    seq: int


@dataclass(frozen=True)
class Subscription:
    """The handlers of one topic, by the type of message: each has one, which takes one message or a run of them."""

    topic: Topic
    handlers: Mapping[type[Message], Handler] = field(default_factory=dict)
    run_handlers: Mapping[type[Message], RunHandler] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.topic.dead_letters:
            raise ValueError(f"{self.topic.name} has no dead letters; read it with chassis.tail.")

    @property
    def types(self) -> set[type[Message]]:
        """What is handled."""
        return {*self.handlers, *self.run_handlers}

    async def handle(self, tx: Tx, placed: Iterable[Placed[Message]]) -> None:
        """Hands messages to their handlers, in this order; what has none is passed over."""
        for kind, run in groupby(placed, key=lambda it: type(it.message)):
            if handle_run := self.run_handlers.get(kind):
                await handle_run(tx, list(run))
            elif handle := self.handlers.get(kind):
                for it in run:
                    tx.seq = it.seq
                    await handle(tx, it.message)


class Handling:
    """Handles the records of one subscription."""

    def __init__(  # noqa: PLR0913 - what it stands on, each from the composition root
        self,
        subscription: Subscription,
        storage: Storage,
        keyring: KeySource,
        dead_letters: DeadLetters,
        parking: Parking,
        *,
        seq: Seq,
    ) -> None:
        self._topic = subscription.topic
        self._subscription = subscription
        self._types = {kind.type_name().encode() for kind in subscription.types}
        self._storage = storage
        self._keyring = keyring
        self._dead_letters = dead_letters
        self._parking = parking
        self._seq = seq
        self._service = parking.service
        self._opened: set[int] = set()
        for outcome in OUTCOMES:
            # A count that begins only with the first dead letter could not be seen to rise.
            metrics.CONSUME_RECORDS.labels(self._service, self._topic.name, outcome)
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        """A record and a replay of one partition take turns: what is parked is read and written by both."""

    async def handle(self, record: ConsumerRecord, tell: Tell) -> None:
        """Returns when the record may be acknowledged, however long that takes."""
        started = time.perf_counter()
        outcome = "skipped" if self._is_foreign(record) else await self._traced(record, tell)
        labels = (self._service, self._topic.name)
        metrics.CONSUME_RECORDS.labels(*labels, outcome).inc()
        metrics.CONSUME_SECONDS.labels(*labels).observe(time.perf_counter() - started)

    async def handle_together(self, records: Sequence[ConsumerRecord]) -> bool:
        """Handles records in one transaction; False if each must be handled by itself.

        So must those that are traced: what follows from each belongs to a trace of its own.
        """
        started = time.perf_counter()
        ours = [record for record in records if not self._is_foreign(record)]
        if len(ours) == 1 or any(tracing.is_traced(record.headers) for record in ours):
            return False
        try:
            await self._attempt_all(ours)
        except Exception as error:  # noqa: BLE001 - whichever it was, and why, is found out one by one
            self._note("records_handled_apart", records[0], error)
            return False
        labels = (self._service, self._topic.name)
        metrics.CONSUME_RECORDS.labels(*labels, "done").inc(len(ours))
        metrics.CONSUME_RECORDS.labels(*labels, "skipped").inc(len(records) - len(ours))
        metrics.CONSUME_SECONDS.labels(*labels).observe(time.perf_counter() - started)
        return True

    async def _traced(self, record: ConsumerRecord, tell: Tell) -> str:
        name, place = f"{self._topic.name} process", f"{record.partition}:{record.offset}"
        with tracing.follow(name, record.headers, service=self._service, place=place):
            return await self._settle(record, tell)

    def _is_foreign(self, record: ConsumerRecord) -> bool:
        """Seen by the header alone, so that what does not concern this service costs next to nothing."""
        named = dict(record.headers).get("type")
        if named is not None and named not in self._types:
            return True
        return named != _ERASE and _is_synthetic(record)

    async def again(self, letter: DeadLetter) -> Outcome:
        """Handle a dead letter; raises `StillDead` with the reason of now, and `RetryLater`."""
        failures = 0
        while True:
            try:
                return await self._attempt(letter, letter.seq)
            except (UnknownType, Erased):
                return "skipped"
            except Poison as error:
                raise StillDead(_unreadable(error)) from error
            except RetryLater:
                raise
            except Exception as error:
                failures += 1
                self._note("replay_failed", letter, error)
                if failures >= REPLAY_TRIES:
                    raise StillDead(_failed(error, failures)) from error
            await asyncio.sleep(_backoff(_FIRST_RETRY, failures))

    async def _settle(self, record: ConsumerRecord, tell: Tell) -> str:
        death: Death | None = None
        failures = waits = 0
        while True:
            try:
                if death is not None:
                    return await self._bury(record, death)
                return await self._attempt(record, await self._seq(record))
            except (UnknownType, Erased):
                return "skipped"
            except Poison as error:
                death = _unreadable(error)
                continue
            except RetryLater as error:
                tell(error.code if type(error) is RetryLater else type(error).__name__)
                delay, waits = _backoff(_FIRST_BACKOFF, waits), waits + 1
                self._note("record_waits", record, error)
            except Exception as error:  # noqa: BLE001 - a fault in one handler must not end the lane
                delay, failures = _backoff(_FIRST_RETRY, failures), failures + 1
                self._note("record_failed", record, error)
                if failures >= TRIES:
                    death = _failed(error, failures)
            metrics.CONSUME_RECORDS.labels(self._service, self._topic.name, "retried").inc()
            await asyncio.sleep(delay)

    def close(self, partition: int) -> None:
        """The partition is another instance's from now on, and with it what is parked of it."""
        self._opened.discard(partition)

    async def _attempt(self, record: ConsumerRecord | DeadLetter, seq: int) -> Outcome:
        async with self._turns[record.partition]:
            await self._open(record.partition)
            message = await decode(record.value, record.headers, self._keyring)
            try:
                if not await self._apply(message, seq):
                    return "skipped"
            except VersionGap:
                await self._parking.park(record, message)
                return "parked"
            await failpoint("consumer.after_effect")
            await self._release(message.key)
            return "done"

    async def _open(self, partition: int) -> None:
        if partition not in self._opened:
            await self._parking.open(self._topic.name, partition)
            self._opened.add(partition)

    async def _apply(self, message: Message, seq: int = 0) -> bool:
        if type(message) not in self._subscription.types:
            return False

        async def work(tx: Tx) -> None:
            await self._subscription.handle(tx, [Placed(message, seq)])

        await self._storage.transact(work, once=message.id, seq=seq)
        return True

    async def _attempt_all(self, records: Sequence[ConsumerRecord]) -> None:
        if not records:
            return
        async with AsyncExitStack() as turns:
            for partition in sorted({record.partition for record in records}):
                await turns.enter_async_context(self._turns[partition])
                await self._open(partition)
            placed = [await self._placed(record) for record in records]
            # Keys have nothing to do with each other, and each keeps its order.
            placed.sort(key=lambda it: it.message.key)
            await self._apply_all(placed)
            await failpoint("consumer.after_effect")
            for key in dict.fromkeys(it.message.key for it in placed):
                await self._release(key)

    async def _placed(self, record: ConsumerRecord) -> Placed[Message]:
        seq = await self._seq(record)
        return Placed(await decode(record.value, record.headers, self._keyring), seq)

    async def _apply_all(self, placed: Sequence[Placed[Message]]) -> None:
        async def work(tx: Tx, new: set[str]) -> None:
            # Of a message that stands in the log twice the first is the one that counts.
            firsts = {it.message.id: it for it in reversed(placed)}
            await self._subscription.handle(
                tx, [it for it in placed if it.message.id in new and firsts[it.message.id] is it]
            )

        await self._storage.transact_all(work, [it.message.id for it in placed])

    # ---- messages that wait for an earlier one --------------------------------------------------

    async def _release(self, key: str) -> None:
        """After a message of a key was handled: perhaps it is what others of that key waited for."""
        for parked in await self._parking.waiting(self._topic.name, key):
            if not await self._apply_parked(parked.value, parked.headers):
                return
            await self._parking.remove(parked)

    async def _apply_parked(self, value: bytes, headers: Headers) -> bool:
        try:
            await self._apply(await decode(value, headers, self._keyring))
        except (UnknownType, Erased):
            return True
        except VersionGap:
            return False
        except RetryLater:
            raise
        except Exception:  # noqa: BLE001 - the record in hand is innocent of it; the parked one stays where it is
            _log.exception("parked_record_failed", service=self._service, topic=self._topic.name)
            return False
        return True

    # ---- dead letters ---------------------------------------------------------------------------

    async def _bury(self, record: ConsumerRecord, death: Death) -> str:
        await self._dead_letters.bury(self._topic, record, await self._seq(record), death)
        return "dead_lettered"

    def _note(self, event: str, record: ConsumerRecord | DeadLetter, error: Exception) -> None:
        # The class alone: an exception's text may quote what the message says.
        _log.warning(
            event,
            service=self._service,
            topic=record.topic,
            partition=record.partition,
            offset=record.offset,
            error=type(error).__name__,
        )


def _is_synthetic(record: ConsumerRecord) -> bool:
    """Of a synthetic customer there is no case, alert, mail or transcript; but what it wrote is erased."""
    return bool(record.key) and is_synthetic(record.key.decode(errors="replace"))


def _unreadable(error: Poison) -> Death:
    return Death("unreadable", str(error), 1)


def _failed(error: Exception, tries: int) -> Death:
    # The class alone: an exception's text may quote what the message says.
    name = type(error).__name__
    return Death(error.code if isinstance(error, DeskbusError) else "failed", name, tries)


def _backoff(first: float, before: int) -> float:
    """Seconds, jittered so that partitions do not come back all at once."""
    backoff = min(first * 2.0 ** min(before, 10), _LAST_BACKOFF)
    return backoff * random.uniform(0.75, 1.0)  # noqa: S311 - jitter, not a secret
