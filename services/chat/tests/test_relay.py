"""Nothing missing, nothing twice, in order: the relay between log, store and sockets, in any interleaving."""

import asyncio
import json
from dataclasses import replace
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from chassis.codec import encode
from chassis.deaths import DeadLetter, Death, StillDead
from contracts.chat import ConversationEntry
from contracts.topics import CHAT_LOG
from services.chat import keeping, recent, relay
from services.chat.positions import seq_of
from services.chat.tests.bench import EPOCH, Bench, Viewer, conversations, record_at
from services.chat.tests.examples import (
    TENANT,
    activity,
    bot,
    contact,
    deleted,
    ended,
    message,
    opened,
)


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


async def test_a_deletion_that_comes_again_counts_where_it_stood_first() -> None:
    bench, (conversation,) = Bench(), conversations(1)
    late = message("1", "hello", conversation=conversation)
    for entry in (opened(conversation), deleted(late.id, conversation=conversation), late):
        await bench.append(entry)
    await bench.append(deleted(late.id, conversation=conversation))
    await bench.fan_out(4)
    await bench.persist(2)
    await bench.persist(2)
    viewer = Viewer(bench, conversation)
    await viewer.connect()
    assert viewer.texts == bench.texts(conversation) == {late.id: "hello"}


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


async def test_the_relay_gets_its_turn_while_a_large_batch_is_read() -> None:
    bench, (conversation,) = Bench(), conversations(1)
    bench.keyring.random = SimpleNamespace(choice=lambda _: 0)  # type: ignore[assignment]
    await bench.append(opened(conversation))
    for number in range(99):
        await bench.append(message(str(number), conversation=conversation))
    turns = 0

    async def take_turns() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    relaying = asyncio.create_task(take_turns())
    await bench.persist(100)
    relaying.cancel()
    assert turns >= 100 / keeping.READ_AT_ONCE
    assert len(bench.store.rows) == 100
