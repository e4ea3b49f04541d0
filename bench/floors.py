"""What the parts below Deskbus need by themselves, under the same load: the sockets, Kafka and MongoDB."""

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from pymongo import AsyncMongoClient
from websockets.asyncio.client import connect

PARTITIONS = 12
PAYLOAD_BYTES = 900
"""What a message of 30 characters weighs on `chat-log`, sealed and with its headers."""
SETTLE_SECONDS = 30.0


async def paced(rate: float, seconds: float, step: Callable[[int], Awaitable[object]]) -> int:
    """Call `step` at a steady rate, in bursts only when late; returns how often."""
    started, total = time.perf_counter(), int(rate * seconds)
    for number in range(total):
        ahead = started + number / rate - time.perf_counter()
        if ahead > 0:
            await asyncio.sleep(ahead)
        await step(number)
    return total


async def echo(url: str, rate: float, seconds: float) -> list[float]:
    """Seconds from sending to receiving through a bare WebSocket echo, a message each."""
    text = "x" * 200
    sent: dict[int, float] = {}
    took: list[float] = []
    async with connect(url, compression=None) as socket:

        async def listen() -> None:
            async for frame in socket:
                number = int(str(frame).split(" ", 1)[0])
                took.append(time.perf_counter() - sent[number])

        async def send(number: int) -> None:
            sent[number] = time.perf_counter()
            await socket.send(f"{number} {text}")

        listener = asyncio.create_task(listen())
        total = await paced(rate, seconds, send)
        await _until(lambda: len(took) == total)
        listener.cancel()
    return took


async def new_topic(kafka: str, replicas: int) -> str:
    """A topic of its own for a floor, made like `chat-log`."""
    name = f"floor-{uuid.uuid4().hex[:12]}"
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    try:
        await admin.create_topics([NewTopic(name, PARTITIONS, replicas)])
    finally:
        await admin.close()
    return name


async def log(kafka: str, topic: str, rate: float, seconds: float) -> list[float]:
    """Seconds from producing (acks=all, no linger) to consuming with `getmany`, a message each."""
    sent: dict[int, float] = {}
    took: list[float] = []
    producer = AIOKafkaProducer(
        bootstrap_servers=kafka, acks="all", enable_idempotence=True, linger_ms=0
    )
    consumer = AIOKafkaConsumer(bootstrap_servers=kafka, fetch_max_wait_ms=100)
    await producer.start()
    await consumer.start()
    consumer.assign([TopicPartition(topic, n) for n in range(PARTITIONS)])
    await consumer.seek_to_end()
    under_way: set[asyncio.Future[Any]] = set()

    async def listen() -> None:
        while True:
            for records in (await consumer.getmany(timeout_ms=1_000)).values():
                now = time.perf_counter()
                took.extend(now - sent[int(record.value[:12])] for record in records)

    async def send(number: int) -> None:
        sent[number] = time.perf_counter()
        value = b"%012d" % number + bytes(PAYLOAD_BYTES - 12)
        future = await producer.send(topic, value, key=b"%d" % (number % 50))
        under_way.add(future)
        future.add_done_callback(under_way.discard)

    listener = asyncio.create_task(listen())
    try:
        total = await paced(rate, seconds, send)
        await _until(lambda: len(took) >= total)
    finally:
        listener.cancel()
        await producer.stop()
        await consumer.stop()
    return took


async def produce(kafka: str, topic: str, total: int) -> float:
    """Messages a second that a lone producer gets acknowledged (acks=all, batches as they form)."""
    producer = AIOKafkaProducer(bootstrap_servers=kafka, acks="all", enable_idempotence=True)
    await producer.start()
    try:
        started = time.perf_counter()
        futures = [
            await producer.send(topic, bytes(PAYLOAD_BYTES), key=b"%d" % (n % 50))
            for n in range(total)
        ]
        await asyncio.gather(*futures)
        return total / (time.perf_counter() - started)
    finally:
        await producer.stop()


async def insert(mongo: str, total: int, batch: int = 500) -> float:
    """Documents a second that MongoDB takes in unordered bulks, majority and journalled."""
    client = AsyncMongoClient[dict[str, Any]](mongo, w="majority", journal=True)
    database = client[f"floor_{uuid.uuid4().hex[:12]}"]
    try:
        started = time.perf_counter()
        for first in range(0, total, batch):
            documents = [
                {"_id": str(uuid.uuid4()), "n": n, "value": bytes(PAYLOAD_BYTES)}
                for n in range(first, min(first + batch, total))
            ]
            await database["floor"].insert_many(documents, ordered=False)
        return total / (time.perf_counter() - started)
    finally:
        await client.drop_database(database.name)
        await client.close()


async def _until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(SETTLE_SECONDS):
        while not done():
            await asyncio.sleep(0.02)
