"""Which log this is, and what a fresh one is given.

A broker that has forgotten everything begins again at offset 0. Chat, whose positions must grow,
issues the next epoch, and gives the other services again what they may not have read before the
broker was lost: the recent past of the archive, and the data keys that it is sealed with.
"""

from datetime import datetime

from chassis.clock import Clock
from chassis.codec import decode_head, encode
from chassis.errors import RetryLater
from chassis.keyring import Erased, Keyring
from chassis.logs import logger
from chassis.producer import Producer
from chassis.settings import Settings
from chassis.topics import admin, issue_epoch, provision, read_epoch
from contracts.topics import CHAT_LOG, TOPICS
from services.chat.domain import data_key_created
from services.chat.settings import REPLAYED
from services.chat.storage import ChatStore, Epochs, Row

PAGE = 200

_log = logger(__name__)


class ForeignLog(RetryLater):
    """The broker's log is older than positions that were handed out: it belongs to another database."""


class EpochKeeper:
    """Finds or issues the epoch of the broker's log."""

    def __init__(
        self,
        settings: Settings,
        store: ChatStore,
        keyring: Keyring,
        producer: Producer,
        clock: Clock,
    ) -> None:
        self._settings = settings
        self._store = store
        self._keyring = keyring
        self._producer = producer
        self._clock = clock

    async def begin(self) -> int:
        """The epoch of the log that is there, which has the recent past by then; raises RetryLater."""
        async with admin(self._settings) as client:
            await provision(client, TOPICS)
        known = await self._store.epochs()
        epoch = await read_epoch(self._settings) or await self._issue(known.proposed + 1)
        if epoch < known.begun:
            raise ForeignLog
        if epoch > known.begun:
            await self._store.note_epochs(Epochs(epoch, known.begun))
            # Counted back from the last entry, not from now: a desk that was off for a week was read by nobody.
            if newest := await self._store.newest():
                await self._replay(newest - REPLAYED)
            await self._store.note_epochs(Epochs(epoch, epoch))
        return epoch

    async def _issue(self, epoch: int) -> int:
        # Noted first: a number that may have been used by a log that was lost is never used again.
        await self._store.note_epochs(Epochs(proposed=epoch))
        return await issue_epoch(self._settings, self._producer, epoch, self._clock)

    async def _replay(self, since: datetime) -> None:
        sealed: set[str] = set()
        after, count = -1, 0
        while rows := await self._store.recent(since, after, PAGE):
            for row in rows:
                if row.conversation_id not in sealed:
                    await self._publish_key(row)
                    sealed.add(row.conversation_id)
                await self._publish(row)
            since, after, count = rows[-1].stored_at, rows[-1].seq, count + len(rows)
        _log.info("recent_past_republished", entries=count, conversations=len(sealed))

    async def _publish(self, row: Row) -> None:
        if row.retracts is None:
            headers = [*row.headers, ("replay", b"1")]
            key = row.conversation_id.encode()
            await self._producer.send_raw(CHAT_LOG.name, key, row.value, headers)

    async def _publish_key(self, row: Row) -> None:
        try:
            key = await self._keyring.create(row.conversation_id)
        except Erased:
            return
        tenant = decode_head(row.headers).tenant
        created = data_key_created(key.key_id, key.wrapped, tenant, self._clock.now())
        await self._producer.send(await encode(created, self._keyring))
