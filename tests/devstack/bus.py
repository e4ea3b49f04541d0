"""The least that a broker must do, said in aiokafka's own calls."""

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic


async def create_topic(address: str, topic: str, *, partitions: int = 1, replicas: int = 1) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=address)
    await admin.start()
    try:
        await admin.create_topics([NewTopic(topic, partitions, replicas)])
    finally:
        await admin.close()


async def topics(address: str) -> set[str]:
    admin = AIOKafkaAdminClient(bootstrap_servers=address)
    await admin.start()
    try:
        return set(await admin.list_topics())
    finally:
        await admin.close()


async def produce(address: str, topic: str, values: list[bytes], *, idempotent: bool) -> None:
    producer = AIOKafkaProducer(
        bootstrap_servers=address, acks="all", enable_idempotence=idempotent
    )
    async with producer:
        for value in values:
            await producer.send_and_wait(topic, value, key=b"key", partition=0)


async def consume(address: str, topic: str, count: int) -> list[bytes]:
    """The first `count` values of partition 0, read without a group."""
    consumer = AIOKafkaConsumer(bootstrap_servers=address, auto_offset_reset="earliest")
    async with consumer:
        consumer.assign([TopicPartition(topic, 0)])
        return [(await consumer.getone()).value for _ in range(count)]
