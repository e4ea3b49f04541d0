"""Every message takes effect once and in its key's order; what can never be read does not hold up the rest."""

from collections.abc import Sequence
from types import SimpleNamespace

import pytest
from aiokafka import ConsumerRecord, TopicPartition

from chassis.bus import Bus, Placed, Subscription
from chassis.errors import RetryLater
from chassis.ids import new_id
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.pace import Pace
from chassis.producer import Producer
from chassis.settings import Settings
from chassis.storage import MongoStorage, Tx
from chassis.synthetic import conversation_of
from chassis.tests.brokers import SECRET, read_all
from chassis.tests.bus_desk import Desk, eventually, has_numbers
from chassis.tests.consuming import PARTITIONS
from chassis.tests.messages import alert, said
from contracts.chat import MessageSent
from contracts.envelope import Message
from contracts.notify import AlertRaised
from contracts.topics import PORTAL_DIRECTORY


async def test_each_message_takes_effect_once_and_each_key_keeps_its_order(desk: Desk) -> None:
    keys = [new_id() for _ in range(10)]
    messages = [alert(key, n, n) for n in range(1, 16) for key in keys]
    await desk.send(*messages[:75])
    async with desk.consuming():
        await desk.send(*messages[75:])
        # Sent twice, as after a crash between publishing and marking.
        await desk.send(*messages[-20:])
        await has_numbers(desk, {key: list(range(1, 16)) for key in keys})


async def test_of_several_brokers_each_may_be_asked(desk: Desk) -> None:
    address = desk.settings.kafka
    desk.settings = desk.settings.model_copy(update={"kafka": f"127.0.0.1:9,{address}"})
    key = new_id()
    await desk.send(alert(key, 1, 1))
    async with desk.consuming():
        await has_numbers(desk, {key: [1]})


async def test_of_a_synthetic_customer_nobody_takes_note(desk: Desk) -> None:
    key, synthetic = new_id(), conversation_of(new_id())
    await desk.send(alert(synthetic, 1, 7), alert(key, 1, 1))
    async with desk.consuming():
        await desk.send(alert(synthetic, 2, 8), alert(key, 2, 2))
        await has_numbers(desk, {key: [1, 2]})
    assert await desk.dead() == []


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
        # Of what was erased nothing is heard any more, not even what needs no key to be read.
        await has_numbers(desk, {late: [0]})
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
    # Before that it was tried together with the other.
    assert 5 <= desk.tries[bad.id] <= 7
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


async def test_what_waits_together_is_one_transaction_and_a_fault_in_it_is_one_records_own(
    desk: Desk,
) -> None:
    keys = [new_id() for _ in range(4)]
    messages = [alert(key, n, n) for n in range(1, 11) for key in keys]
    bad = messages[18]
    # The log holds the same message twice, and one that always fails.
    await desk.send(*messages, *messages[:8])
    runs: list[list[int]] = []

    async def handle_run(tx: Tx, run: Sequence[Placed[AlertRaised]]) -> None:
        runs.append([it.message.number for it in run])
        for it in run:
            await desk.handle(tx, it.message)

    desk.faults[bad.id] = LookupError()
    wanted = {
        key: [n for n in range(1, 11) if alert_of(messages, key, n) is not bad] for key in keys
    }
    async with desk.consuming(runs=handle_run):
        await has_numbers(desk, wanted)

        async def buried() -> bool:
            return len(await desk.dead()) == 1

        await eventually(buried)
    assert max(map(len, runs)) > 1
    runs.clear()
    desk.faults.clear()
    late = [alert(keys[0], n, n) for n in range(11, 61)]
    await desk.send(*late)
    async with desk.consuming(runs=handle_run):
        await has_numbers(desk, {**wanted, keys[0]: [*wanted[keys[0]], *range(11, 61)]})
    assert len(runs) < len(late)


def alert_of(messages: Sequence[AlertRaised], key: str, number: int) -> AlertRaised:
    return next(it for it in messages if (it.key, it.number) == (key, number))


class Revoking:
    """A consumer that loses its partition while it is asked for what has come."""

    def __init__(self, partition: TopicPartition) -> None:
        self.partitions = {partition}

    def assignment(self) -> set[TopicPartition]:
        return set(self.partitions)

    async def position(self, partition: TopicPartition) -> int:
        return 1

    async def getmany(self, **_: int) -> dict[TopicPartition, list[ConsumerRecord]]:
        self.partitions.clear()
        return {}


async def test_a_partition_that_is_lost_meanwhile_is_left_to_whoever_has_it_now(
    mongo_database: Database,
) -> None:
    """Else every acknowledgement would name it, and be refused as a whole."""
    keyring, settings = FakeKeyring(), Settings(kafka="unused", mongo="unused", secret=SECRET)
    bus = Bus(settings, MongoStorage(mongo_database, keyring), keyring, Producer(settings), "x")
    partition = TopicPartition("notify-events", 0)
    bus._consumer = Revoking(partition)
    bus._begun.set()
    record = SimpleNamespace(topic=partition.topic, partition=0, offset=0, headers=[])
    await bus._take(record)
    assert bus._lanes == {}


def test_a_service_waits_for_more_only_once_it_is_busy() -> None:
    pace = Pace()
    assert [pace.wait_seconds() for _ in range(Pace.AT_ONCE)] == [0.0] * Pace.AT_ONCE
    waits = [pace.wait_seconds() for _ in range(3)]
    assert waits == pytest.approx([n / Pace.A_SECOND for n in (1, 2, 3)], abs=0.05)


def test_a_flooded_service_rests_for_as_long_as_it_has_worked_and_half_a_second_at_most() -> None:
    pace = Pace()
    assert [pace.wait_seconds(0.3) for _ in range(Pace.AT_ONCE)] == [0.0] * Pace.AT_ONCE
    assert pace.wait_seconds(0.3) == pytest.approx(0.3, abs=0.05)
    assert pace.wait_seconds(60) == Pace.LONGEST_SECONDS


def test_a_topic_without_dead_letters_cannot_be_subscribed_to() -> None:
    with pytest.raises(ValueError, match="no dead letters"):
        Subscription(PORTAL_DIRECTORY, {})
