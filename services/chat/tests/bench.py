"""One partition of the log with all that reads it, and viewers who come and go: what the relay is tried on."""

import asyncio
import json
import time
from collections.abc import Sequence
from random import Random
from types import SimpleNamespace
from typing import Any

from aiokafka import ConsumerRecord

from chassis.clock import SystemClock
from chassis.codec import encode
from chassis.deaths import Death
from chassis.ids import derived_id
from chassis.keyring import FakeKeyring
from chassis.tail import Batch
from chassis.tokens import Identity
from contracts.chat import ConversationEntry, MessageSent
from contracts.topics import CHAT_LOG, Topic
from services.chat.archive import Archive
from services.chat.conversation import Watch
from services.chat.domain import ConversationUnknown
from services.chat.fold import Fold
from services.chat.keeping import Keeping
from services.chat.positions import partition_of, seq_of
from services.chat.relay import Relay
from services.chat.tests.examples import (
    COMPANY,
    TENANT,
)
from services.chat.tests.fakes import FakeChatStore
from services.chat.watching import follow
from services.chat.watermarks import Watermarks

EPOCH = 3
STAFF = Identity("technician", derived_id("staff"), TENANT, "Ada", companies=(COMPANY,))


class Graveyard:
    """Takes dead letters."""

    def __init__(self) -> None:
        self.buried: list[tuple[int, Death]] = []

    async def bury(self, topic: Topic, record: ConsumerRecord, seq: int, death: Death) -> None:
        assert topic == CHAT_LOG
        assert record.value is not None
        self.buried.append((seq, death))


class UnhurriedKeyring(FakeKeyring):
    """Lets others have their turn, as the real one does when a key is not in memory."""

    random = Random(0)

    async def open(self, key_id: str, box: bytes, associated: bytes) -> bytes:
        for _ in range(self.random.choice((0, 0, 0, 1, 4, 9))):
            await asyncio.sleep(0)
        return await super().open(key_id, box, associated)


class Bench:
    """One partition of a log, with everything that reads it."""

    def __init__(self) -> None:
        self.keyring = UnhurriedKeyring()
        self.store = FakeChatStore()
        self.watermarks = Watermarks()
        self.graveyard = Graveyard()
        self.archive = Archive(self.store, self.keyring, lambda _: "Ada")
        self.keeping = Keeping(
            self.store,
            self.archive,
            self.keyring,
            self.graveyard,  # type: ignore[arg-type]
            SystemClock(),
        )
        self.log: list[ConsumerRecord] = []
        self.entries: list[ConversationEntry] = []
        self.partition = partition_of(conversations(1)[0], CHAT_LOG.partitions)
        self.relay = Relay(self.archive, lambda _: "Ada", self.watermarks)
        self.relay.begin(EPOCH, {})
        self.stored = 0

    async def append(self, entry: ConversationEntry) -> None:
        await self.keyring.create(entry.conversation_id)
        record = await encode(entry, self.keyring)
        self.entries.append(entry)
        self.log.append(record_at(len(self.log), record.value, record.headers))

    async def fan_out(self, count: int) -> None:
        done = self.relay.next_offset(self.partition)
        batch = self.log[done : done + count]
        await self.relay.take(Batch(CHAT_LOG.name, self.partition, batch))

    async def persist(self, count: int, *, again: int = 0) -> None:
        """Store the next records, and some of those before once more."""
        begin, end = max(0, self.stored - again), min(len(self.log), self.stored + count)
        await self.keeping.keep(EPOCH, self.log[begin:end])
        self.stored = max(self.stored, end)
        reached = {self.partition: seq_of(EPOCH, self.stored - 1)}
        await self.store.advance(reached)
        self.watermarks.advance(reached)

    def view(self, conversation_id: str) -> list[tuple[int, str]]:
        """What everybody must see in the end, as position and id."""
        fold = Fold()
        shown = [
            fold.apply(seq_of(EPOCH, offset), entry)
            for offset, entry in enumerate(self.entries)
            if entry.conversation_id == conversation_id
        ]
        return [(it.seq, it.id) for it in shown if it]

    def texts(self, conversation_id: str) -> dict[str, str]:
        """What every message must say in the end: nothing, when it was deleted."""
        fold, texts = Fold(), dict[str, str]()
        for offset, entry in enumerate(self.entries):
            if entry.conversation_id == conversation_id:
                fold.apply(seq_of(EPOCH, offset), entry)
                if isinstance(entry, MessageSent):
                    texts.setdefault(entry.id, entry.text)
        return texts | dict.fromkeys(fold.deletions, "")

    async def kept(self, conversation_id: str) -> list[str]:
        """Every text that the store has of the messages that were deleted."""
        rows = [it for it in self.store.rows.values() if it.conversation_id == conversation_id]
        gone = {message_id for message_id, text in self.texts(conversation_id).items() if not text}
        entries = [
            await self.archive.decode(it.value, it.headers)
            for it in rows
            if it.id in gone or it.retracts in gone
        ]
        return [it.text for it in entries if isinstance(it, MessageSent)]


def record_at(offset: int, value: bytes, headers: Sequence[tuple[str, bytes]]) -> ConsumerRecord:
    return ConsumerRecord(
        topic=CHAT_LOG.name,
        partition=0,
        offset=offset,
        timestamp=int(time.time() * 1e3),
        timestamp_type=0,
        key=b"",
        value=value,
        checksum=None,
        serialized_key_size=0,
        serialized_value_size=len(value),
        headers=tuple(headers),
    )


def conversations(count: int) -> list[str]:
    """Ids of conversations that share one partition."""
    ids = (derived_id("conversation", str(n)) for n in range(10_000))
    return [it for it in ids if partition_of(it, CHAT_LOG.partitions) == 0][:count]


class Viewer:
    """A client that keeps what it was shown, loses its connection now and then, and comes back."""

    def __init__(self, bench: Bench, conversation_id: str) -> None:
        self.identity = STAFF
        self.closing = False
        self.watches: dict[str, Watch] = {}
        self.shown: list[tuple[int, str]] = []
        self.texts: dict[str, str] = {}
        """What the messages say, as a client has them that takes their text away when it hears of a deletion."""
        self._bench = bench
        self._conversation_id = conversation_id

    def push(self, text: str) -> None:
        frame = json.loads(text)
        entries = frame["entries"] if frame["t"] == "entries" else [frame["entry"]]
        self.shown += [(entry["seq"], entry["id"]) for entry in entries]
        for entry in entries:
            if entry["kind"] == "message":
                self.texts[entry["id"]] = entry["text"]
            elif entry["kind"] == "deleted" and entry["params"]["message_id"] in self.texts:
                self.texts[entry["params"]["message_id"]] = ""

    def resume(self, _: str) -> None:
        self.closing = True

    async def room(self) -> None:
        await asyncio.sleep(0)

    async def connect(self) -> None:
        """Watch from behind what was shown last."""
        self.closing = False
        after = self.shown[-1][0] if self.shown else 0
        chat: Any = SimpleNamespace(relay=self._bench.relay)
        socket: Any = self
        try:
            await follow(chat, socket, self._conversation_id, after)
        except ConversationUnknown:
            self.closing = True

    def disconnect(self) -> None:
        for watch in self.watches.values():
            self._bench.relay.detach(self._conversation_id, watch)
        self.watches.clear()
