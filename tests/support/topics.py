"""The topics of a broker as a whole: everything that is on them, and the same once more."""

import asyncio
from collections.abc import Iterable, Sequence

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError

from contracts.topics import Topic

PATIENCE_SECONDS = 60.0


async def read_all(kafka: str, topics: Iterable[Topic]) -> list[ConsumerRecord]:
    """Every record that is there now; those of a partition in their order, all by their times."""
    partitions = [
        TopicPartition(topic.name, n) for topic in topics for n in range(topic.partitions)
    ]
    return await read_partitions(kafka, partitions)


async def read_partitions(kafka: str, partitions: Sequence[TopicPartition]) -> list[ConsumerRecord]:
    """The same of some partitions."""
    consumer = AIOKafkaConsumer(
        bootstrap_servers=kafka, enable_auto_commit=False, auto_offset_reset="earliest"
    )
    await consumer.start()
    try:
        consumer.assign(partitions)
        found: list[ConsumerRecord] = []
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not await _is_at_the_end(consumer, partitions):
                for batch in (await consumer.getmany(timeout_ms=200)).values():
                    found += batch
    finally:
        await consumer.stop()
    return sorted(found, key=lambda record: (record.timestamp, record.topic, record.offset))


async def _is_at_the_end(consumer: AIOKafkaConsumer, partitions: Sequence[TopicPartition]) -> bool:
    # What a fetch says of the end is exact; the embedded broker's own answer to the question can be too low.
    for partition in partitions:
        end = consumer.highwater(partition)
        if end is None or await consumer.position(partition) < end:
            return False
    return True


async def deliver_again(kafka: str, records: Iterable[ConsumerRecord]) -> None:
    """Append the same keys, values and headers to the same partitions, in the given order."""
    producer = AIOKafkaProducer(bootstrap_servers=kafka, acks="all")
    await producer.start()
    try:
        for record in records:
            await producer.send_and_wait(
                record.topic,
                record.value,
                record.key,
                partition=record.partition,
                headers=list(record.headers),
            )
    finally:
        await producer.stop()


async def committed(kafka: str, group: str, topic: Topic) -> dict[TopicPartition, int]:
    """How far a group has come in a topic; nothing of partitions in which it never was."""
    partitions = [TopicPartition(topic.name, n) for n in range(topic.partitions)]
    consumer = AIOKafkaConsumer(bootstrap_servers=kafka, group_id=group, enable_auto_commit=False)
    await consumer.start()
    try:
        consumer.assign(partitions)
        offsets = {partition: await consumer.committed(partition) for partition in partitions}
    finally:
        await consumer.stop()
    return {partition: offset for partition, offset in offsets.items() if offset is not None}


async def forget_positions(kafka: str, group: str, topics: Iterable[Topic]) -> None:
    """Send a group whose members are gone back to the beginning of its topics."""
    partitions = [
        TopicPartition(topic.name, n) for topic in topics for n in range(topic.partitions)
    ]
    consumer = AIOKafkaConsumer(bootstrap_servers=kafka, group_id=group, enable_auto_commit=False)
    await consumer.start()
    try:
        consumer.assign(partitions)
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not await _begins_anew(consumer, partitions):
                await asyncio.sleep(0.5)
    finally:
        await consumer.stop()


async def _begins_anew(consumer: AIOKafkaConsumer, partitions: Sequence[TopicPartition]) -> bool:
    """A static member is missed only after its session; until then the group takes no position from others."""
    try:
        await consumer.commit(dict.fromkeys(partitions, 0))
    except KafkaError:
        return False
    return True
