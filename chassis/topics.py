"""Brokers are given the topics of `contracts/`, and every log an epoch.

A position in the log is unique only together with the log's epoch: an embedded broker forgets
everything when it stops, and begins again at offset 0. The first record of `bus-epoch` is the
epoch of this log; chat issues it, because the positions it hands out must grow across logs.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code

from chassis.clock import Clock, SystemClock
from chassis.closing import closed
from chassis.ids import new_id
from chassis.producer import BrokerAway, Producer
from chassis.settings import Settings
from contracts.chat import EpochIssued
from contracts.envelope import Actor
from contracts.topics import BUS_EPOCH, Topic

NO_TENANT = "00000000-0000-0000-0000-000000000000"
"""The tenant of what belongs to the installation itself."""
DEAD_LETTERS_KEPT = timedelta(days=90)
COMPACTION_LAG = timedelta(hours=1)
"""A tombstone of a data key takes effect within this time on the topic too."""
_ADMIN_SECONDS = 10.0


class ProvisioningFailed(Exception):
    """The broker refused to create a topic; the text says which, and why."""


@asynccontextmanager
async def admin(settings: Settings) -> AsyncIterator[AIOKafkaAdminClient]:
    """Raises BrokerAway when no broker answers."""
    client = AIOKafkaAdminClient(bootstrap_servers=settings.kafka)
    try:
        await client.start()
        yield client
    except KafkaError as error:
        raise BrokerAway from error
    finally:
        await closed(client.close())


async def provision(client: AIOKafkaAdminClient, topics: Iterable[Topic]) -> list[str]:
    """Creates what is missing, dead-letter topics too, and returns its names. What is there stays as it is.

    Raises ProvisioningFailed when a topic is there with another number of partitions: records
    would be written to partitions that nobody reads. The embedded broker makes up a topic of four
    as soon as a client asks for it, so it has to be provisioned before anybody connects.
    """
    there = set(await client.list_topics())
    wanted = [new for topic in topics for new in _new_topics(topic)]
    missing = [new for new in wanted if new.name not in there]
    if missing:
        await _create(client, missing)
    await _compare_partitions(client, wanted)
    return [new.name for new in missing]


async def _create(client: AIOKafkaAdminClient, missing: list[NewTopic]) -> None:
    response = await client.create_topics(missing, timeout_ms=int(_ADMIN_SECONDS * 1000))
    for name, code, *reason in response.topic_errors:
        # Another instance may have created it in the meantime.
        if code and for_code(code) is not TopicAlreadyExistsError:
            text = f"{name}: {for_code(code).__name__} {' '.join(map(str, reason))}"
            raise ProvisioningFailed(text)


async def _compare_partitions(client: AIOKafkaAdminClient, wanted: list[NewTopic]) -> None:
    found = await _partitions(client, [new.name for new in wanted])
    for new in wanted:
        if found[new.name] != new.num_partitions:
            raise ProvisioningFailed(
                f"The topic {new.name} has {found[new.name]} partitions and must have "
                f"{new.num_partitions}: delete it and provision again, before any service starts."
            )


async def _partitions(client: AIOKafkaAdminClient, names: list[str]) -> dict[str, int]:
    """How many each topic has, as soon as the brokers know of what the controller has made."""
    deadline = asyncio.get_running_loop().time() + _ADMIN_SECONDS
    while True:
        described = await client.describe_topics(names)
        found = {t["topic"]: len(t["partitions"]) for t in described if not t["error_code"]}
        if found.keys() >= set(names):
            return found
        if asyncio.get_running_loop().time() > deadline:
            unseen = ", ".join(sorted(set(names) - found.keys()))
            raise ProvisioningFailed(f"The broker made {unseen} but does not list it.")
        await asyncio.sleep(0.05)


def _new_topics(topic: Topic) -> Iterable[NewTopic]:
    yield _new_topic(topic.name, topic.partitions, _configuration(topic))
    if topic.dead_letters:
        yield _new_topic(
            topic.dead_letter_topic, 1, {"retention.ms": _milliseconds(DEAD_LETTERS_KEPT)}
        )


def _new_topic(name: str, partitions: int, configuration: dict[str, str]) -> NewTopic:
    # -1 leaves the number of replicas to the broker; aiokafka takes it only beside an (empty) assignment.
    return NewTopic(name, partitions, -1, replica_assignments={}, topic_configs=configuration)


def _configuration(topic: Topic) -> dict[str, str]:
    if topic.compacted:
        return {
            "cleanup.policy": "compact",
            "max.compaction.lag.ms": _milliseconds(COMPACTION_LAG),
        }
    return {"retention.ms": "-1" if topic.retention is None else _milliseconds(topic.retention)}


def _milliseconds(time: timedelta) -> str:
    return str(int(time.total_seconds() * 1000))


# ---- the epoch -----------------------------------------------------------------------------------


def seq_of(epoch: int, offset: int) -> int:
    """The position of a record in the conversation log: it grows across fresh logs, and is not dense."""
    return (epoch << 40) + offset


async def read_epoch(settings: Settings) -> int | None:
    """The epoch of this log, or None when it has none yet. Raises BrokerAway."""
    partition = TopicPartition(BUS_EPOCH.name, 0)
    consumer = AIOKafkaConsumer(
        bootstrap_servers=settings.kafka,
        auto_offset_reset="earliest",
        fetch_max_wait_ms=settings.fetch_max_wait_ms(urgent=True),
    )
    try:
        async with asyncio.timeout(_ADMIN_SECONDS):
            await consumer.start()
            if BUS_EPOCH.name not in await consumer.topics():
                # Asking for it by name would make the embedded broker invent it.
                return None
            consumer.assign([partition])
            return await _first_epoch(consumer, partition)
    except (KafkaError, TimeoutError) as error:
        raise BrokerAway from error
    finally:
        await closed(consumer.stop())


async def _first_epoch(consumer: AIOKafkaConsumer, partition: TopicPartition) -> int | None:
    if not (await consumer.end_offsets([partition]))[partition]:
        return None
    record = await consumer.getone(partition)
    return EpochIssued.model_validate_json(record.value).epoch


async def issue_epoch(
    settings: Settings, producer: Producer, epoch: int, clock: Clock | None = None
) -> int:
    """Proposes an epoch for a log that has none; returns the one that counts, whoever issued it."""
    there = await read_epoch(settings)
    if there is not None:
        return there
    message = _epoch_issued(epoch, clock or SystemClock())
    headers = [("type", message.type.encode()), ("audience", message.audience.encode())]
    value = message.model_dump_json().encode()
    await producer.send_raw(BUS_EPOCH.name, message.key.encode(), value, headers)
    winner = await read_epoch(settings)
    return epoch if winner is None else winner


async def wait_for_epoch(settings: Settings) -> int:
    """The epoch, as soon as chat has issued it and the broker answers."""
    while True:
        try:
            epoch = await read_epoch(settings)
        except BrokerAway:
            epoch = None
        if epoch is not None:
            return epoch
        await asyncio.sleep(0.2)


def _epoch_issued(epoch: int, clock: Clock) -> EpochIssued:
    message_id = new_id()
    return EpochIssued(
        id=message_id,
        time=clock.now(),
        tenant=NO_TENANT,
        key=BUS_EPOCH.key,
        aggregate_version=0,
        actor=Actor(kind="system", via="chat"),
        correlation_id=message_id,
        epoch=epoch,
        issued_at=clock.now(),
    )
