"""Whatever fails, nothing is skipped, nothing takes effect twice, and every key keeps its order.

On real Kafka (groups) and on the embedded broker (explicit partitions).
"""

import asyncio
import os
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiokafka import ConsumerRecord

from chassis import bus as bus_module
from chassis.bus import Bus, Handler, Subscription, VersionGap
from chassis.codec import encode
from chassis.devstack.tansu import Tansu
from chassis.errors import RetryLater
from chassis.failpoints import arm
from chassis.ids import new_id
from chassis.keyring import FakeKeyring
from chassis.lanes import Lane
from chassis.mongo import Database, Document
from chassis.producer import Producer
from chassis.settings import Settings
from chassis.storage import MongoStorage, Tx, session_of
from chassis.tests.brokers import SECRET, own_topic, read_all, settings_for
from chassis.tests.consuming import EFFECTS, PARTITIONS
from chassis.tests.door import Door
from chassis.tests.messages import alert, said
from chassis.topics import admin, issue_epoch, provision, wait_for_epoch
from contracts.chat import MessageSent
from contracts.envelope import Message
from contracts.notify import AlertRaised
from contracts.topics import BUS_EPOCH, PORTAL_DIRECTORY, Topic

FOLLOWING = "following"


class Desk:
    """A topic, and one service that consumes it. What took effect is in `effects`, in its order."""

    def __init__(
        self, settings: Settings, database: Database, topic: Topic, producer: Producer
    ) -> None:
        self.settings = settings
        self.database = database
        self.topic = topic
        self.producer = producer
        self.keyring = FakeKeyring()
        self.effects = database.collection("effects")
        self.faults: dict[str, Exception] = {}
        self.tries: dict[str, int] = defaultdict(int)
        self.exits: list[int] = []

    async def send(self, *messages: Message) -> None:
        records = [await encode(message, self.keyring) for message in messages]
        sent = [self.producer.send_nowait(replace(r, topic=self.topic.name)) for r in records]
        await asyncio.gather(*sent)

    async def handle(self, tx: Tx, message: Message) -> None:
        self.tries[message.id] += 1
        row: Document = {"_id": new_id(), "message": message.id, "key": message.key}
        row["n"] = message.number if isinstance(message, AlertRaised) else 0
        await self.effects.insert_one(row, session=session_of(tx))
        if fault := self.faults.get(message.id):
            raise fault

    async def follow(self, tx: Tx, message: Message) -> None:
        """A projection that wants each version in its turn."""
        following, session = self.database.collection(FOLLOWING), session_of(tx)
        seen = await following.find_one({"_id": message.key}, session=session) or {"version": 0}
        if message.aggregate_version != seen["version"] + 1:
            raise VersionGap
        changed = {"$set": {"version": message.aggregate_version}}
        await following.update_one({"_id": message.key}, changed, upsert=True, session=session)
        await self.handle(tx, message)

    @asynccontextmanager
    async def consuming(
        self,
        handler: Handler | None = None,
        *,
        instance: str = "1",
        database: Database | None = None,
    ) -> AsyncIterator[Bus]:
        settings = self.settings.model_copy(update={"instance": instance})
        storage = MongoStorage(database or self.database, self.keyring)
        bus = Bus(
            settings,
            storage,
            self.keyring,
            self.producer,
            f"{self.topic.name}-service",
            end_process=self.exits.append,
        )
        handlers: dict[type[Message], Handler] = dict.fromkeys(
            (AlertRaised, MessageSent), handler or self.handle
        )
        bus.consume(Subscription(self.topic, handlers))
        async with bus:
            yield bus

    async def numbers(self) -> dict[str, list[int]]:
        """What took effect, by key, in its order."""
        found: dict[str, list[int]] = defaultdict(list)
        for row in await self.effects.find({}, sort=[("_id", 1)]):
            found[row["key"]].append(row["n"])
        return dict(found)

    async def dead(self) -> list[ConsumerRecord]:
        return await read_all(self.settings, self.topic.dead_letter_topic, [0])


@pytest.fixture(params=["kafka", "tansu"])
async def desk(
    request: pytest.FixtureRequest, mongo_database: Database, topic_prefix: str, addresses: Any
) -> AsyncIterator[Desk]:
    settings = addresses[request.param]
    topic = own_topic(topic_prefix, PARTITIONS)
    async with Producer(settings) as producer:
        async with admin(settings) as client:
            await provision(client, [topic, BUS_EPOCH])
        await issue_epoch(settings, producer, 1)
        await mongo_database.ensure_indexes({"effects": [], FOLLOWING: []})
        yield Desk(settings, mongo_database, topic, producer)


@pytest.fixture
def addresses(request: pytest.FixtureRequest) -> dict[str, Settings]:
    """Found before the loop runs, because starting a server blocks."""
    kind: str = request.node.callspec.params["desk"]
    return {kind: settings_for(kind, request)}


async def eventually(wanted: Callable[[], Coroutine[Any, Any, bool]], seconds: float = 25) -> None:
    async with asyncio.timeout(seconds):
        while not await wanted():
            await asyncio.sleep(0.02)


async def has_numbers(desk: Desk, wanted: dict[str, list[int]]) -> None:
    async def there() -> bool:
        found = await desk.numbers()
        return sum(map(len, found.values())) >= sum(map(len, wanted.values()))

    await eventually(there)
    assert await desk.numbers() == wanted


async def test_each_message_takes_effect_once_and_each_key_keeps_its_order(desk: Desk) -> None:
    keys = [new_id() for _ in range(10)]
    messages = [alert(key, n, n) for n in range(1, 16) for key in keys]
    await desk.send(*messages[:75])
    async with desk.consuming():
        await desk.send(*messages[75:])
        # Sent twice, as after a crash between publishing and marking.
        await desk.send(*messages[-20:])
        await has_numbers(desk, {key: list(range(1, 16)) for key in keys})


async def test_a_restart_goes_on_where_it_was_acknowledged(desk: Desk) -> None:
    key = new_id()
    await desk.send(alert(key, 1, 1))
    async with desk.consuming():
        await has_numbers(desk, {key: [1]})
    desk.tries.clear()
    second = alert(key, 2, 2)
    await desk.send(second)
    async with desk.consuming():
        await has_numbers(desk, {key: [1, 2]})
    assert dict(desk.tries) == {second.id: 1}


async def test_personal_data_arrives_in_clear_with_its_key_only(desk: Desk) -> None:
    case = new_id()
    await desk.keyring.create(case)
    heard: list[str] = []

    async def listen(tx: Tx, message: Message) -> None:
        assert isinstance(message, MessageSent)
        heard.append(message.text)

    await desk.send(said(case, "hello"))

    async def has_heard() -> bool:
        return heard == ["hello"]

    async with desk.consuming(listen):
        await eventually(has_heard)


async def test_a_message_without_its_key_is_waited_for_and_an_erased_one_passed_over(
    desk: Desk,
) -> None:
    late, erased = new_id(), new_id()
    for case in (late, erased):
        await desk.keyring.create(case)
    await desk.send(said(erased, "gone"), said(late, "here"), alert(erased, 1, 7))
    kept = desk.keyring._keys.pop(late)
    await desk.keyring.erase(erased)
    async with desk.consuming() as bus:

        async def waits() -> bool:
            return bus.ready() == "waits for KeyUnknown"

        await eventually(waits)
        desk.keyring._keys[late] = kept
        await has_numbers(desk, {late: [0], erased: [7]})
    assert await desk.dead() == []


@pytest.mark.parametrize(
    ("value", "headers", "reason"),
    [
        (b"not json", [("type", b"alert.raised")], b"not JSON"),
        (b"\xff\xfe", [("type", b"alert.raised"), ("tenant", b"\xff\xfe")], b"not JSON"),
        (b'{"type": "alert.raised"}', [("type", b"alert.raised")], b"invalid fields"),
        (b"no headers", [], b"not JSON"),
    ],
    ids=["not json", "not text in a header", "fields missing", "no headers"],
)
async def test_poison_is_dead_lettered_within_5_seconds_and_the_partition_goes_on(
    desk: Desk, value: bytes, headers: list[tuple[str, bytes]], reason: bytes
) -> None:
    key = new_id()
    async with desk.consuming():
        await desk.send(alert(key, 1, 1))
        await has_numbers(desk, {key: [1]})
        position = await desk.producer.send_raw(desk.topic.name, key.encode(), value, headers)
        await desk.send(alert(key, 2, 2))

        async def buried() -> bool:
            return bool(await desk.dead())

        await eventually(buried, seconds=5)
        await has_numbers(desk, {key: [1, 2]})
    (dead,) = await desk.dead()
    told = dict(dead.headers)
    assert (dead.key, dead.value) == (key.encode(), value)
    assert reason in told["dead-reason"]
    assert told["dead-topic"] == desk.topic.name.encode()
    assert int(told["dead-offset"]) == position.offset


async def test_a_handler_that_always_fails_is_tried_five_times_then_dead_lettered(
    desk: Desk,
) -> None:
    key = new_id()
    bad = alert(key, 1, 1)
    desk.faults[bad.id] = LookupError("customer's name is Max")
    await desk.send(bad, alert(key, 2, 2))
    async with desk.consuming():
        await has_numbers(desk, {key: [2]})
    assert desk.tries[bad.id] == 5
    (dead,) = await desk.dead()
    assert dict(dead.headers)["dead-reason"] == b"LookupError"


async def test_a_replayed_dead_letter_is_handled(desk: Desk) -> None:
    bad = alert(new_id(), 1, 1)
    desk.faults[bad.id] = LookupError()
    async with desk.consuming():
        await desk.send(bad)

        async def buried() -> bool:
            return bool(await desk.dead())

        await eventually(buried)
        desk.faults.clear()
        (dead,) = await desk.dead()
        await desk.producer.send_raw(desk.topic.name, dead.key, dead.value, dead.headers)
        await has_numbers(desk, {bad.key: [1]})


async def test_what_can_be_retried_is_never_dead_lettered_and_holds_up_its_partition_only(
    desk: Desk,
) -> None:
    waits, others = alert(new_id(), 1, 1), [alert(new_id(), 1, n) for n in range(2, 22)]
    desk.faults[waits.id] = RetryLater()
    await desk.send(waits, *others)
    mine = (
        await desk.producer.send_raw(desk.topic.name, waits.key.encode(), b"{}", [("type", b"x")])
    ).partition
    async with desk.consuming():

        async def tried_often() -> bool:
            return desk.tries[waits.id] >= 4 and len(await desk.numbers()) >= 1

        await eventually(tried_often)
        placed = {
            record.key.decode(): record.partition
            for record in await read_all(desk.settings, desk.topic.name, range(PARTITIONS))
        }
        elsewhere = {m.key for m in others if placed[m.key] != mine}

        async def rest_is_done() -> bool:
            return set(await desk.numbers()) >= elsewhere

        await eventually(rest_is_done)
        assert waits.key not in await desk.numbers()
        desk.faults.clear()
        await has_numbers(desk, {m.key: [m.number] for m in (waits, *others)})
    assert await desk.dead() == []


async def test_more_than_a_lane_holds_is_not_lost_while_it_waits(desk: Desk) -> None:
    key = new_id()
    messages = [alert(key, n, n) for n in range(1, 451)]
    desk.faults[messages[0].id] = RetryLater()
    await desk.send(*messages)
    async with desk.consuming() as bus:

        async def is_paused() -> bool:
            return bus._consumer is not None and bool(bus._consumer.paused())

        await eventually(is_paused)
        desk.faults.clear()
        await has_numbers(desk, {key: list(range(1, 451))})


async def test_without_a_database_nothing_is_acknowledged_and_it_goes_on_by_itself(
    desk: Desk, mongo_url: str
) -> None:
    address, key = urlsplit(mongo_url), new_id()
    async with Door(address.hostname or "", address.port or 27017) as door:
        url = f"mongodb://127.0.0.1:{door.port}/?directConnection=true"
        async with Database.connect(url, desk.database.name) as database:

            async def handle(tx: Tx, message: Message) -> None:
                row = {"_id": new_id(), "key": message.key, "n": message.number}  # type: ignore[attr-defined]
                await database.collection("effects").insert_one(row, session=session_of(tx))

            async with desk.consuming(handle, database=database) as bus:
                await desk.send(alert(key, 1, 1))
                await has_numbers(desk, {key: [1]})
                door.shut()
                await desk.send(alert(key, 2, 2), alert(key, 3, 3))

                async def waits() -> bool:
                    return bus.ready() == "waits for DatabaseAway"

                await eventually(waits)
                assert await desk.numbers() == {key: [1]}
                door.open()
                await has_numbers(desk, {key: [1, 2, 3]})

                async def is_ready() -> bool:
                    return bus.ready() is None

                await eventually(is_ready)
    assert await desk.dead() == []


async def test_what_still_waits_when_the_service_stops_is_handled_by_the_next(desk: Desk) -> None:
    """Nothing was acknowledged before its work: neither the waiting record nor those behind it."""
    key = new_id()
    messages = [alert(key, n, n) for n in range(1, 4)]
    desk.faults[messages[0].id] = RetryLater()
    await desk.send(*messages)
    async with desk.consuming():

        async def tried() -> bool:
            return desk.tries[messages[0].id] >= 2

        await eventually(tried)
        await asyncio.sleep(bus_module.ACKNOWLEDGE_SECONDS * 5)
    assert await desk.numbers() == {}
    desk.faults.clear()
    async with desk.consuming():
        await has_numbers(desk, {key: [1, 2, 3]})


async def test_records_that_come_before_the_positions_are_known_are_not_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = Bus._begin

    async def begin_late(*arguments: Any) -> None:
        await asyncio.sleep(1)
        await begin(*arguments)

    monkeypatch.setattr(Bus, "_begin", begin_late)
    key = new_id()
    await desk.send(alert(key, 1, 1), alert(key, 2, 2))
    async with desk.consuming():
        await has_numbers(desk, {key: [1, 2]})


async def test_a_record_from_before_a_seek_or_another_assignment_is_dropped(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = new_id()
    await desk.send(*(alert(key, n, n) for n in range(1, 4)))
    records = await read_all(desk.settings, desk.topic.name, range(PARTITIONS))
    async with desk.consuming() as bus:
        await has_numbers(desk, {key: [1, 2, 3]})
        offered: list[ConsumerRecord] = []
        monkeypatch.setattr(Lane, "offer", lambda _, record: offered.append(record))
        for record in records:
            await bus._take(record)
        strange = replace(records[-1], partition=PARTITIONS + 5)
        await bus._take(strange)
    assert offered == [records[-1]]


async def test_a_message_before_its_time_waits_for_the_missing_one(desk: Desk) -> None:
    key, other = new_id(), new_id()
    one, two, three, four = (alert(key, n, n) for n in range(1, 5))
    async with desk.consuming(desk.follow):
        await desk.send(one, four, three, alert(other, 1, 9))
        await has_numbers(desk, {key: [1], other: [9]})
        # A restart in between must not forget what waits.
    async with desk.consuming(desk.follow):
        await desk.send(two)
        await has_numbers(desk, {key: [1, 2, 3, 4], other: [9]})
    assert await desk.database.collection("parked").find({}) == []
    assert await desk.dead() == []


async def test_a_fault_after_the_effect_has_it_once(desk: Desk) -> None:
    key = new_id()
    arm("consumer.after_effect=raise@1")
    try:
        async with desk.consuming():
            await desk.send(alert(key, 1, 1), alert(key, 2, 2))
            await has_numbers(desk, {key: [1, 2]})
    finally:
        arm("")


async def test_a_crash_between_effect_and_acknowledgement_has_one_effect(
    desk: Desk, mongo_url: str
) -> None:
    messages = [alert(new_id(), 1, n) for n in range(10)]
    await desk.send(*messages)
    crashing = _process(desk, mongo_url, "consumer.after_effect=kill@4")
    assert await asyncio.to_thread(crashing.wait, 30) == -signal.SIGKILL
    effects = desk.database.collection(EFFECTS)
    done = len(await effects.find({}))
    assert 4 <= done < 10
    again = _process(desk, mongo_url, "")
    try:

        async def all_done() -> bool:
            return len(await effects.find({})) == 10

        await eventually(all_done)
        await desk.send(*messages)
        last = alert(new_id(), 1, 1)
        await desk.send(last)

        async def last_done() -> bool:
            return await effects.find_one({"_id": last.id}) is not None

        await eventually(last_done)
    finally:
        again.kill()
        again.wait()
    found = {row["_id"]: row["n"] for row in await effects.find({})}
    assert found == {message.id: 1 for message in (*messages, last)}


def _process(desk: Desk, mongo_url: str, failpoints: str) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "DESKBUS_KAFKA": desk.settings.kafka,
        "DESKBUS_MONGO": mongo_url,
        "DESKBUS_EMBEDDED": str(desk.settings.embedded),
        "DESKBUS_SECRET": SECRET,
        "DESKBUS_FAILPOINTS": failpoints,
    }
    arguments = [f"{desk.topic.name}-service", desk.database.name, desk.topic.name]
    return subprocess.Popen(
        [sys.executable, "-m", "chassis.tests.consuming", *arguments], env=environment
    )


async def test_no_progress_ends_the_process(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bus_module, "STUCK_SECONDS", 1.5)

    async def hangs(tx: Tx, message: Message) -> None:
        await asyncio.Event().wait()

    await desk.send(alert(new_id()))
    async with desk.consuming(hangs):

        async def has_ended() -> bool:
            return desk.exits != []

        await eventually(has_ended)
    assert set(desk.exits) == {70}


async def test_waiting_for_something_known_is_no_reason_to_end(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bus_module, "STUCK_SECONDS", 0.5)
    waits = alert(new_id())
    desk.faults[waits.id] = RetryLater()
    await desk.send(waits)
    async with desk.consuming() as bus:

        async def tried() -> bool:
            return desk.tries[waits.id] >= 4

        await eventually(tried)
        await asyncio.sleep(1.5)
        assert bus.ready() == "waits for unavailable"
    assert desk.exits == []


@pytest.mark.parametrize("desk", ["kafka"], indirect=True)
async def test_two_instances_share_a_group_and_a_killed_one_is_replaced_within_10_seconds(
    desk: Desk, mongo_url: str
) -> None:
    first = _process(desk, mongo_url, "")
    effects = desk.database.collection(EFFECTS)

    async def count_is(number: int) -> bool:
        return len(await effects.find({})) == number

    try:
        await desk.send(*(alert(new_id(), 1, n) for n in range(12)))
        await eventually(lambda: count_is(12))
    finally:
        first.kill()
        first.wait()
    await desk.send(*(alert(new_id(), 1, n) for n in range(12)))

    async def handle(tx: Tx, message: Message) -> None:
        await effects.insert_one({"_id": message.id, "n": 1}, session=session_of(tx))

    async with desk.consuming(handle, instance="2"):
        await eventually(lambda: count_is(24), seconds=10)


@pytest.mark.parametrize("meanwhile", ["stopped", "running"])
async def test_an_embedded_broker_that_lost_its_log_is_read_from_its_beginning(
    meanwhile: str,
    mongo_database: Database,
    topic_prefix: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = Tansu(tmp_path)
    settings = Settings(kafka=first.address, mongo="unused", embedded=True, secret=SECRET)
    # As many partitions as the broker makes up when a consumer that is still there asks it first.
    topic, key, provisioned = own_topic(topic_prefix, 4), new_id(), asyncio.Event()

    async def wait_until_provisioned(settings: Settings) -> int:
        await provisioned.wait()
        return await wait_for_epoch(settings)

    monkeypatch.setattr(bus_module, "wait_for_epoch", wait_until_provisioned)
    await mongo_database.ensure_indexes({"effects": []})

    async def begin_log(producer: Producer, epoch: int) -> None:
        async with admin(settings) as client:
            await provision(client, [topic, BUS_EPOCH])
        assert await issue_epoch(settings, producer, epoch) == epoch
        provisioned.set()

    async with Producer(settings) as producer, AsyncExitStack() as stack:
        desk = Desk(settings, mongo_database, topic, producer)
        with first:
            await begin_log(producer, 1)
            await desk.send(*(alert(key, n, n) for n in range(1, 6)))
            await stack.enter_async_context(desk.consuming())
            await has_numbers(desk, {key: [1, 2, 3, 4, 5]})
            await asyncio.sleep(bus_module.ACKNOWLEDGE_SECONDS * 3)
            if meanwhile == "stopped":
                await stack.aclose()
            provisioned.clear()
            first.kill()
        with Tansu(tmp_path, first.port) as second:
            await begin_log(producer, 2)
            await desk.send(alert(key, 6, 6))
            if meanwhile == "stopped":
                await stack.enter_async_context(desk.consuming())
            await has_numbers(desk, {key: [1, 2, 3, 4, 5, 6]})
            await stack.aclose()
            second.kill()


def test_a_topic_without_dead_letters_cannot_be_subscribed_to() -> None:
    with pytest.raises(ValueError, match="no dead letters"):
        Subscription(PORTAL_DIRECTORY, {})
