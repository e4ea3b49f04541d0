"""Writing to the log. What is accepted here is never lost, on either kind of broker."""

import asyncio
import time
from collections.abc import Callable
from typing import Final

from chassis import metrics
from chassis.codec import Record, encode
from chassis.erasure import ConversationDeleted
from chassis.errors import RetryLater
from chassis.failpoints import failpoint
from chassis.keyring import Erased, KeySource
from chassis.producer import Producer
from contracts.chat import CaseLookedAt, ConversationEntry, Signal, StaffConnected
from contracts.topics import CHAT_LOG
from services.chat.positions import partition_of, seq_of
from services.chat.watermarks import Watermarks

_SECONDS = metrics.LOG_SECONDS.labels("chat", CHAT_LOG.name)

STORED_SECONDS: Final = 5.0
"""How long the store may take on a broker that cannot be trusted alone; then the sender tries again."""


class LogAway(RetryLater):
    """The log is not being followed at the moment, or began anew while the entry was on its way."""


class NotStored(RetryLater):
    """The log has it and the store has not: it is not accepted, and may be sent again under its id."""


class Log:
    """Appends to `chat-log`.

    `through` tells how far a partition has been read here: a record that is given an earlier
    position stands in another log than the one that is followed.
    """

    def __init__(
        self,
        producer: Producer,
        keyring: KeySource,
        through: Callable[[int], int],
        stored: Watermarks | None = None,
    ) -> None:
        """With `stored`, an entry is accepted only when the store has it."""
        self._producer = producer
        self._keyring = keyring
        self._through = through
        self._stored = stored
        self.epoch: int | None = None
        """The epoch of the log that is followed, if one is."""

    async def append(self, entry: ConversationEntry) -> int:
        """The position of an entry, once it is accepted; raises RetryLater while it cannot be."""
        return await (await self.begin(entry))

    async def begin(self, entry: ConversationEntry) -> "asyncio.Task[int]":
        """Hand an entry to Kafka, in the order of the calls; the task ends when it is accepted.

        Raises `ConversationDeleted`: what was erased does not begin again.
        """
        if self.epoch is None:
            raise LogAway
        try:
            record = await encode(entry, self._keyring)
        except Erased as error:
            raise ConversationDeleted from error
        return asyncio.create_task(self._deliver(record, self.epoch))

    async def signal(self, signal: Signal | CaseLookedAt | StaffConnected) -> None:
        """Tell every relay something of the moment; raises `ConversationDeleted` and RetryLater."""
        try:
            record = await encode(signal, self._keyring)
        except Erased as error:
            raise ConversationDeleted from error
        await self._producer.send(record)

    async def accepted(self, partition: int, seq: int) -> None:
        """Returns when what stands at this position of the log is accepted; raises NotStored."""
        if self._stored is None:
            return
        try:
            async with asyncio.timeout(STORED_SECONDS):
                await self._stored.reached(partition, seq)
        except TimeoutError as error:
            raise NotStored from error

    async def _deliver(self, record: Record, epoch: int) -> int:
        partition = partition_of(record.key, CHAT_LOG.partitions)
        before, started = self._through(partition), time.perf_counter()
        position = await self._producer.send(record)
        _SECONDS.observe(time.perf_counter() - started)
        await failpoint("relay.after_log")
        seq = seq_of(epoch, position.offset)
        if seq <= before or position.partition != partition:
            raise LogAway
        await self.accepted(partition, seq)
        return seq
