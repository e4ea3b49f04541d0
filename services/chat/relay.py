"""The relay: the log's end in memory, and every conversation that somebody is looking at.

It reads all partitions of the log, without a group, from where the store ends. On the way of a
message to the sockets there is no database, and one encoding however many sockets receive it. A
conversation is loaded from the store when somebody first asks for it, and continued from the end
of the log, which is kept in memory until the store has it and for a while longer.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from itertools import islice
from typing import Final
from weakref import WeakValueDictionary

from aiokafka import ConsumerRecord

from chassis import metrics, tracing
from chassis.codec import decode_head
from chassis.errors import RetryLater
from chassis.logs import logger
from chassis.tail import Batch
from contracts.chat import ConversationEntry, ConversationOpened, MessageDeleted
from contracts.topics import CHAT_LOG
from services.chat.archive import Archive, Page, recent_page
from services.chat.conversation import Live, Receiver, TechnicianName, Watch
from services.chat.domain import ConversationUnknown, Place
from services.chat.fold import BodyUnknown, Fold, Shown, fingerprint
from services.chat.log import LogAway
from services.chat.positions import offset_of, partition_of, seq_of
from services.chat.recent import Kept, Recent
from services.chat.views import Line, deleted_line, entry_frame, line
from services.chat.watermarks import Watermarks

PARTITIONS: Final = CHAT_LOG.partitions
PAGE_ENTRIES: Final = 200
IDLE_CONVERSATIONS: Final = 2_000
"""Conversations stay in memory up to this many, watched ones beyond it too."""
EVICTED_AT_ONCE: Final = 16
ERASED_REMEMBERED: Final = 1_000
ARRIVAL_SECONDS: Final = 1.0
"""How long an unknown conversation may still be on its way to this instance."""
BACKLOG_RECORDS: Final = 50_000
"""A partition whose store is this far behind takes no more: memory has an end."""

_SECONDS = metrics.FANOUT_SECONDS.labels("chat")
_FRAMES = metrics.FANOUT_FRAMES.labels("chat")

_log = logger(__name__)


class StoreBehind(RetryLater):
    """The store has been away for so long that nothing more can be held for it."""


class Relay:
    """Follows the log and serves conversations from it."""

    def __init__(
        self, archive: Archive, technician_name: TechnicianName, watermarks: Watermarks
    ) -> None:
        self._archive = archive
        self._technician_name = technician_name
        self._watermarks = watermarks
        self._epoch = 0
        self._recent: dict[int, Recent] = {}
        self._live: OrderedDict[str, Live] = OrderedDict()
        self._loading: dict[str, asyncio.Task[Live | None]] = {}
        self._erased: OrderedDict[str, None] = OrderedDict()
        self._arrivals: WeakValueDictionary[str, asyncio.Event] = WeakValueDictionary()
        watermarks.on_advance(self._stored)

    # ---- following the log -----------------------------------------------------------------------

    def begin(self, epoch: int, stored: Mapping[int, int]) -> None:
        """Follow the log of this epoch, from where the store ends; the same again goes on where it was."""
        if epoch == self._epoch:
            return
        for live in list(self._live.values()):
            self._forget(live, "log")
        self._epoch = epoch
        for partition in range(PARTITIONS):
            base = max(seq_of(epoch, -1), stored.get(partition, 0))
            self._recent[partition] = Recent(floor=base, through=base)

    def next_offset(self, partition: int) -> int:
        """Where reading goes on."""
        return offset_of(self._recent[partition].through + 1)

    def through(self, partition: int) -> int:
        """The last position that was read."""
        return self._recent[partition].through

    async def take(self, batch: Batch) -> None:
        """Pass on the next records of a partition."""
        recent = self._recent[batch.partition]
        for record in batch.records:
            seq = seq_of(self._epoch, record.offset)
            if seq > recent.through:
                await self._pass_on(recent, seq, record)
                recent.through = seq
        recent.trim(self._watermarks.stored(batch.partition))

    async def _pass_on(self, recent: Recent, seq: int, record: ConsumerRecord) -> None:
        head = decode_head(record.headers)
        if head.replay or not head.conversation:
            return
        kept = Kept(seq, head.conversation, record.value, record.headers, time.monotonic())
        recent.keep(kept)
        if arrival := self._arrivals.pop(head.conversation, None):
            arrival.set()
        if live := self._live.get(head.conversation):
            with tracing.follow("chat-log fan-out", record.headers):
                await self._deliver(live, kept)
            _SECONDS.observe(time.time() - record.timestamp / 1e3)

    async def _deliver(self, live: Live, kept: Kept) -> None:
        try:
            await self._fold(live, kept)
        except RetryLater as error:
            # Nobody may miss an entry: whoever watches comes back and gets it from the store.
            _log.warning("conversation_dropped", reason=type(error).__name__)
            self._forget(live, "unavailable")
        # Asked for anew, because it may have left memory and come back while the entry was decoded.
        if kept.line and (now := self._live.get(live.id)):
            self._offer(now, kept.line)

    def _offer(self, live: Live, entry: Line) -> None:
        frame = entry_frame(live.id, entry)
        for watch in tuple(live.watches):
            watch.offer(entry, frame)
        _FRAMES.inc(len(live.watches))

    async def _fold(self, live: Live, kept: Kept) -> None:
        entry = await self._archive.decode(kept.value, kept.headers)
        if entry is None:
            return
        try:
            shown = live.apply(kept.seq, entry)
        except BodyUnknown:
            shown = await self._apply_again(live, kept.seq, entry)
        kept.line = line(shown, live.name_of) if shown else None
        if isinstance(entry, MessageDeleted):
            self._take_back(live, entry.message_id)

    def _take_back(self, live: Live, message_id: str) -> None:
        """Who comes from now on gets the message without its text."""
        deletion, mark = live.fold.deletions.get(message_id), live.fold.marks.get(message_id)
        for kept in self._reading(live.partition).of(live.id):
            if deletion and mark and kept.seq == mark.seq and kept.line:
                kept.line = deleted_line(kept.line, deletion, live.name_of)

    async def _apply_again(self, live: Live, seq: int, entry: ConversationEntry) -> Shown | None:
        """An id of long ago came again: only the store can say whether with the same body."""
        first = await self._archive.entry(entry.id)
        # A first copy that cannot be read any more cannot be contradicted.
        live.fold.learn(entry.id, fingerprint(first[1] if first else entry))
        return live.apply(seq, entry)

    def _stored(self, partition: int, seq: int) -> None:
        # Compared with None, because an empty one is false.
        if (recent := self._recent.get(partition)) is not None:
            recent.trim(seq)

    # ---- conversations ---------------------------------------------------------------------------

    async def conversation(self, conversation_id: str) -> Live:
        """A conversation in memory, loaded when it is not; raises ConversationUnknown and RetryLater."""
        # It may leave memory again before whoever loaded it gets its turn.
        while (live := self._live.get(conversation_id)) is None:
            await self._load_or_wait(conversation_id)
        self._live.move_to_end(conversation_id)
        return live

    async def known(self, conversation_id: str) -> Live | None:
        """A conversation, if it is there already."""
        return self._live.get(conversation_id) or await self._load_once(conversation_id)

    def has_room(self, partition: int) -> bool:
        """Whether the store is near enough to the log to take more."""
        return len(self._recent[partition]) < BACKLOG_RECORDS

    async def _load_or_wait(self, conversation_id: str) -> Live:
        # Registered before the first look, so that no arrival between the two is missed.
        arrival = self._arrivals.setdefault(conversation_id, asyncio.Event())
        if live := await self._load_once(conversation_id):
            return live
        with suppress(TimeoutError):
            await asyncio.wait_for(arrival.wait(), ARRIVAL_SECONDS)
        if live := await self._load_once(conversation_id):
            return live
        raise ConversationUnknown

    async def _load_once(self, conversation_id: str) -> Live | None:
        """Many may ask at the same time; the store is asked once."""
        task = self._loading.get(conversation_id)
        if task is None:
            task = asyncio.create_task(self._load(conversation_id))
            self._loading[conversation_id] = task
            task.add_done_callback(lambda _: self._loading.pop(conversation_id, None))
        return await asyncio.shield(task)

    async def _load(self, conversation_id: str) -> Live | None:
        partition = partition_of(conversation_id, PARTITIONS)
        while True:
            recent = self._reading(partition)
            complete = max(recent.floor, self._watermarks.stored(partition))
            live = await self._archive.load(conversation_id)
            live = await self._continued(live, conversation_id, recent)
            # Nothing was awaited since the last record was folded in, so none is between it and the next.
            if recent is self._recent.get(partition) and recent.floor <= complete:
                return self._install(live) if live else None

    def _reading(self, partition: int) -> Recent:
        recent = self._recent.get(partition)
        if recent is None:
            raise LogAway
        return recent

    async def _continued(
        self, live: Live | None, conversation_id: str, recent: Recent
    ) -> Live | None:
        """The conversation with what memory has behind the store."""
        folded = 0
        while todo := [kept for kept in recent.of(conversation_id) if kept.seq > folded]:
            for kept in todo:
                live = live or await self._new(kept)
                if live:
                    await self._fold(live, kept)
                folded = kept.seq
        return live

    async def _new(self, kept: Kept) -> Live | None:
        entry = await self._archive.decode(kept.value, kept.headers)
        if not isinstance(entry, ConversationOpened):
            return None
        place = Place(entry.conversation_id, entry.tenant, entry.company_id)
        partition = partition_of(place.id, PARTITIONS)
        return Live(place, partition, Fold(), self._technician_name)

    def _install(self, live: Live) -> Live | None:
        if live.id in self._erased:
            # Its loading began before it was erased.
            return None
        self._live[live.id] = live
        excess = max(0, len(self._live) - IDLE_CONVERSATIONS)
        for oldest in list(islice(self._live.values(), min(excess, EVICTED_AT_ONCE))):
            if oldest.watches or oldest.pending:
                self._live.move_to_end(oldest.id)
            else:
                del self._live[oldest.id]
        return live

    def _forget(self, live: Live, reason: str) -> None:
        if self._live.get(live.id) is live:
            del self._live[live.id]
        for watch in tuple(live.watches):
            watch.receiver.resume(reason)
        live.watches.clear()

    def erase(self, conversation_id: str) -> list[Receiver]:
        """Drop a conversation whose key was destroyed; returns who watched it."""
        self._erased[conversation_id] = None
        if len(self._erased) > ERASED_REMEMBERED:
            self._erased.popitem(last=False)
        for recent in self._recent.values():
            for kept in recent.of(conversation_id):
                kept.line = None
        live = self._live.pop(conversation_id, None)
        watching = [watch.receiver for watch in live.watches] if live else []
        if live:
            live.watches.clear()
        return watching

    # ---- reading and watching --------------------------------------------------------------------

    async def page(self, live: Live, after: int, limit: int = PAGE_ENTRIES) -> Page:
        """The next part of a conversation: from the store as long as memory does not reach back to it."""
        while after >= self._reading(live.partition).floor:
            if self._live.get(live.id) is live:
                return self._page_from_memory(live, after, limit)
            # It left memory, so what came since is not decided on in there.
            live = await self.conversation(live.id)
        recent = self._reading(live.partition)
        complete = max(recent.floor, self._watermarks.stored(live.partition))
        return await self._archive.page(live, after, complete, limit)

    def _page_from_memory(self, live: Live, after: int, limit: int) -> Page:
        recent = self._reading(live.partition)
        lines = [
            kept.line
            for kept in recent.of(live.id)
            if kept.line and after < kept.seq <= recent.through
        ]
        return recent_page(lines, max(after, recent.through), limit)

    def attach(self, live: Live, receiver: Receiver, sent: int) -> Watch | None:
        """Pass live entries on from behind `sent`, unless the conversation left memory in the meantime."""
        if self._live.get(live.id) is not live:
            return None
        watch = Watch(receiver, sent)
        live.watches.add(watch)
        return watch

    def detach(self, conversation_id: str, watch: Watch) -> None:
        """Pass nothing more on."""
        if live := self._live.get(conversation_id):
            live.watches.discard(watch)

    async def entry(self, live: Live, entry_id: str) -> tuple[int, ConversationEntry] | None:
        """An entry at its first position, from memory or from the store."""
        mark = live.fold.marks.get(entry_id)
        for kept in self._reading(live.partition).of(live.id):
            if mark and kept.seq == mark.seq:
                entry = await self._archive.decode(kept.value, kept.headers)
                return (kept.seq, entry) if entry else None
        return await self._archive.entry(entry_id)

    def in_memory(self, conversation_id: str) -> Live | None:
        """The conversation, if somebody looks at it here, or did a moment ago."""
        return self._live.get(conversation_id)
