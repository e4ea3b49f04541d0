"""How far a service's consumption has come, noted where a new process finds it."""

from typing import Protocol

from aiokafka import AIOKafkaConsumer, TopicPartition

from chassis.mongo import Database, Index

OFFSETS = "bus_offsets"
INDEXES: dict[str, list[Index]] = {OFFSETS: []}


class Positions(Protocol):
    """Where what is handled is noted."""

    async def save(self, positions: dict[TopicPartition, int]) -> None: ...


class GroupPositions:
    """In the broker, as the group's committed offsets."""

    def __init__(self, consumer: AIOKafkaConsumer) -> None:
        self._consumer = consumer

    async def save(self, positions: dict[TopicPartition, int]) -> None:
        await self._consumer.commit(positions)


class StoredPositions:
    """In MongoDB. A position of another epoch says nothing of this log."""

    def __init__(self, database: Database, epoch: int) -> None:
        self._offsets = database.collection(OFFSETS)
        self._epoch = epoch

    async def load(self) -> dict[TopicPartition, int]:
        rows = await self._offsets.find({"epoch": self._epoch})
        return {TopicPartition(row["topic"], row["partition"]): row["offset"] for row in rows}

    async def save(self, positions: dict[TopicPartition, int]) -> None:
        for (topic, partition), offset in positions.items():
            row = {"topic": topic, "partition": partition, "epoch": self._epoch, "offset": offset}
            await self._offsets.replace_one({"_id": f"{topic}:{partition}"}, row, upsert=True)
