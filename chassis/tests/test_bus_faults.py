"""Whatever is killed, cut off or replaced, nothing is skipped and nothing takes effect twice."""

import asyncio
import signal
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiokafka import ConsumerRecord

from chassis import bus as bus_module
from chassis import progress
from chassis.bus import Bus
from chassis.devstack.tansu import Tansu
from chassis.errors import RetryLater
from chassis.failpoints import arm
from chassis.ids import new_id
from chassis.lanes import Lane
from chassis.mongo import Database
from chassis.producer import Producer
from chassis.settings import Settings
from chassis.storage import Tx, session_of
from chassis.tests.brokers import SECRET, own_topic, read_all
from chassis.tests.bus_desk import Desk, consumer_of, eventually, has_numbers
from chassis.tests.consuming import EFFECTS, PARTITIONS
from chassis.tests.door import Door
from chassis.tests.messages import alert
from chassis.topics import admin, issue_epoch, provision, wait_for_epoch
from contracts.envelope import Message
from contracts.topics import BUS_EPOCH


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
    crashing = consumer_of(desk, mongo_url, "consumer.after_effect=kill")
    assert await asyncio.to_thread(crashing.wait, 30) == -signal.SIGKILL
    effects = desk.database.collection(EFFECTS)
    done = len(await effects.find({}))
    assert done
    again = consumer_of(desk, mongo_url, "")
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


async def test_no_progress_ends_the_process(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "STUCK_SECONDS", 1.5)

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
    monkeypatch.setattr(progress, "STUCK_SECONDS", 0.5)
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


@pytest.mark.alone
@pytest.mark.parametrize("desk", ["kafka"], indirect=True)
async def test_two_instances_share_a_group_and_a_killed_one_is_replaced(
    desk: Desk, mongo_url: str
) -> None:
    first = consumer_of(desk, mongo_url, "")
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
        await eventually(lambda: count_is(24))


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
