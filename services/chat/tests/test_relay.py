"""Nothing missing, nothing twice, in order: the relay between log, store and sockets, in any interleaving."""

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import replace
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from aiokafka import ConsumerRecord

from chassis.clock import SystemClock
from chassis.codec import encode
from chassis.dead_letters import DeadLetter, Death, StillDead
from chassis.ids import derived_id
from chassis.keyring import FakeKeyring
from chassis.tail import Batch
from chassis.tokens import Identity
from contracts.chat import ConversationEntry, MessageSent
from contracts.topics import CHAT_LOG, Topic
from services.chat import recent, relay
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
    activity,
    bot,
    contact,
    deleted,
    ended,
    message,
    opened,
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


@pytest.fixture(autouse=True)
def little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that memory may forget is forgotten at once."""
    monkeypatch.setattr(recent, "KEPT_SECONDS", 0.0)
    monkeypatch.setattr(relay, "IDLE_CONVERSATIONS", 2)
    monkeypatch.setattr(relay, "ARRIVAL_SECONDS", 0.001)
    monkeypatch.setattr(relay, "PAGE_ENTRIES", 3)


class Interleaving:
    """A writer, the fan-out, the persister and viewers, taking turns by chance."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.bench = Bench()
        self.ids = conversations(4)
        self.viewers = [Viewer(self.bench, self.random.choice(self.ids)) for _ in range(8)]
        self.writing = True

    async def write(self) -> None:
        for it in self.ids:
            await self.bench.append(opened(it))
        for _ in range(160):
            await self.bench.append(_something(self.random, self.random.choice(self.ids)))
            await self._pause(12)
        self.writing = False

    async def read(self) -> None:
        bench = self.bench
        while self.writing or bench.relay.next_offset(bench.partition) < len(bench.log):
            await bench.fan_out(self.random.randint(1, 6))
            await self._pause()

    async def persist(self) -> None:
        while self.writing or self.bench.stored < len(self.bench.log):
            await self.bench.persist(self.random.randint(0, 8), again=self.random.randint(0, 4))
            await self._pause(12)

    async def look(self, viewer: Viewer) -> None:
        while self.writing:
            await viewer.connect()
            await self._pause(8)
            viewer.disconnect()
            await self._pause(4)

    async def _pause(self, longest: int = 6) -> None:
        for _ in range(self.random.randint(0, longest)):
            await asyncio.sleep(0)


@pytest.mark.parametrize("seed", range(25))
async def test_every_viewer_sees_exactly_the_view_of_the_log(seed: int) -> None:
    it = Interleaving(seed)
    await asyncio.gather(it.write(), it.read(), it.persist(), *map(it.look, it.viewers))
    for viewer in it.viewers:
        await viewer.connect()
        assert viewer.shown == it.bench.view(viewer._conversation_id)
        assert viewer.texts == it.bench.texts(viewer._conversation_id)
    for conversation in it.ids:
        newcomer = Viewer(it.bench, conversation)
        await newcomer.connect()
        assert newcomer.texts == it.bench.texts(conversation)
        assert not any(await it.bench.kept(conversation))


def _something(  # noqa: PLR0911 - one for each kind
    random: Random, conversation: str
) -> ConversationEntry:
    name = str(random.randint(0, 60))
    match random.randint(0, 19):
        case 0:
            return ended(name, conversation=conversation)
        case 1:
            return activity(name, conversation=conversation)
        case 2:
            return message(name, "something else", conversation=conversation)
        case 3:
            return contact(
                name, random.choice(["a@example.com", "b@example.com"]), conversation=conversation
            )
        case 4 | 5:
            return deleted(message(name, conversation=conversation).id, conversation=conversation)
        case 6:
            return bot(random.choice(["greeting", "ask_email"]), conversation=conversation)
        case _:
            return message(name, "hello", conversation=conversation)


async def test_what_leaves_memory_while_a_conversation_is_loaded_is_looked_up_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bench, (conversation,) = Bench(), conversations(1)
    for entry in (opened(conversation), *_messages(conversation, 5)):
        await bench.append(entry)
    await bench.fan_out(3)
    await bench.persist(3)
    await bench.fan_out(3)
    load = bench.archive.load

    async def overtaken(conversation_id: str) -> Any:
        found = await load(conversation_id)
        await bench.persist(3)
        return found

    monkeypatch.setattr(bench.archive, "load", overtaken)
    live = await bench.relay.conversation(conversation)
    assert [mark.seq for mark in live.fold.marks.values()] == [seq_of(EPOCH, n) for n in range(6)]


async def test_what_is_decoded_while_its_conversation_left_and_came_back_reaches_who_watches_now(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bench, (conversation,) = Bench(), conversations(1)
    for entry in (opened(conversation), *_messages(conversation, 2)):
        await bench.append(entry)
    await bench.fan_out(1)
    await bench.relay.conversation(conversation)
    viewer, opening = Viewer(bench, conversation), bench.keyring.open

    async def interrupted(*arguments: Any) -> bytes:
        monkeypatch.setattr(bench.keyring, "open", opening)
        bench.relay._live.clear()
        await viewer.connect()
        return await opening(*arguments)

    monkeypatch.setattr(bench.keyring, "open", interrupted)
    await bench.fan_out(2)
    assert viewer.shown == bench.view(conversation)


def _messages(conversation: str, count: int) -> list[ConversationEntry]:
    return [message(str(n), conversation=conversation) for n in range(count)]


async def test_what_was_stored_is_what_is_shown_however_often_it_was_stored() -> None:
    bench, (conversation,) = Bench(), conversations(1)
    first = message("a", "yes", conversation=conversation)
    for entry in (
        opened(conversation),
        first,
        first,
        message("a", "no", conversation=conversation),
    ):
        await bench.append(entry)
    for again in (0, 4, 2):
        await bench.persist(4, again=again)
    await bench.fan_out(4)
    viewer = Viewer(bench, conversation)
    await viewer.connect()
    assert viewer.shown == bench.view(conversation)
    assert len(viewer.shown) == 3


async def test_a_deletion_takes_the_text_back_from_memory_too() -> None:
    bench, (conversation,) = Bench(), conversations(1)
    unwanted = message("a", "my password", conversation=conversation)
    for entry in (opened(conversation), unwanted):
        await bench.append(entry)
    await bench.fan_out(2)
    present = Viewer(bench, conversation)
    await present.connect()
    assert present.texts == {unwanted.id: "my password"}
    await bench.append(deleted(unwanted.id, conversation=conversation))
    await bench.fan_out(1)
    assert present.texts == {unwanted.id: ""}
    pushed: list[str] = []
    newcomer = Viewer(bench, conversation)
    newcomer.push = pushed.append  # type: ignore[method-assign, assignment]
    await newcomer.connect()
    assert "my password" not in "".join(pushed)
    (_, seen, _) = json.loads(pushed[0])["entries"]
    assert seen["deleted"]["by"]["name"] == "Ada"


async def test_a_record_that_nobody_can_read_is_dead_lettered_and_holds_up_nothing() -> None:
    bench, (conversation,) = Bench(), conversations(1)
    await bench.append(opened(conversation))
    headers = [("type", b"conversation.message"), ("conversation", conversation.encode())]
    bench.log.append(record_at(1, b"not JSON", headers))
    bench.entries.append(bench.entries[0])
    await bench.append(message("after", conversation=conversation))
    await bench.fan_out(3)
    await bench.persist(3)
    assert bench.graveyard.buried == [(seq_of(EPOCH, 1), Death("unreadable", "not JSON", 1))]
    viewer = Viewer(bench, conversation)
    await viewer.connect()
    assert [seq for seq, _ in viewer.shown] == [seq_of(EPOCH, 0), seq_of(EPOCH, 2)]


async def test_a_dead_letter_that_can_be_read_by_now_is_stored_at_its_place() -> None:
    bench, (conversation,) = Bench(), conversations(1)
    await bench.append(opened(conversation))
    entry = message("late", conversation=conversation)
    record = await encode(entry, bench.keyring)
    await bench.append(message("after", conversation=conversation))
    await bench.fan_out(2)
    await bench.persist(2)
    letter = DeadLetter(
        id="",
        tenant=TENANT,
        topic=CHAT_LOG.name,
        partition=bench.partition,
        offset=9,
        seq=seq_of(EPOCH - 1, 9),
        key=conversation.encode(),
        value=record.value,
        headers=record.headers,
        type=entry.type,
        written_at=entry.time,
        died_at=entry.time,
        death=Death("unreadable", "invalid fields", 1),
        state="asked",
        place="",
    )
    for _ in range(2):
        assert await bench.keeping.again(letter) == "done"
    assert await bench.store.positions([entry.id]) == {entry.id: letter.seq}
    with pytest.raises(StillDead, match="not JSON"):
        await bench.keeping.again(replace(letter, value=b"not JSON"))


async def test_a_key_that_cannot_be_had_sends_watchers_back_instead_of_leaving_a_gap() -> None:
    bench, (conversation,) = Bench(), conversations(1)
    await bench.append(opened(conversation))
    await bench.fan_out(1)
    viewer = Viewer(bench, conversation)
    await viewer.connect()
    await bench.append(message("a", conversation=conversation))
    keys, bench.keyring._keys = bench.keyring._keys, {}
    await bench.fan_out(1)
    assert viewer.closing
    bench.keyring._keys = keys
    await viewer.connect()
    assert viewer.shown == bench.view(conversation)


async def test_memory_ends_where_the_store_begins() -> None:
    bench, (conversation,) = Bench(), conversations(1)
    await bench.append(opened(conversation))
    for n in range(50):
        await bench.append(message(str(n), conversation=conversation))
    await bench.fan_out(51)
    assert len(bench.relay._recent[bench.partition]) == 51
    await bench.persist(30)
    assert len(bench.relay._recent[bench.partition]) == 21
    await bench.persist(30)
    assert len(bench.relay._recent[bench.partition]) == 0
