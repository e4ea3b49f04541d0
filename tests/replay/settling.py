"""When a desk has nothing left to do: everything is published, read and stored, and every mail has its end."""

from collections.abc import Iterable, Mapping
from typing import Any

from aiokafka import ConsumerRecord, TopicPartition
from pymongo import MongoClient

from contracts.topics import (
    AUDIT_LOG,
    CASE_EVENTS,
    CHAT_LOG,
    CHAT_SIGNALS,
    DATA_KEYS,
    ERASURES,
    NOTIFY_COMMANDS,
    SERVICES,
    TOPICS,
    Topic,
)
from tests.replay.digest import differences, digest
from tests.support.desk import Desk
from tests.support.topics import committed, forget_positions, read_all
from tests.support.waiting import until

SETTLE_SECONDS = 240.0
READS: Mapping[str, tuple[Topic, ...]] = {
    "portal": (ERASURES, AUDIT_LOG),
    "chat": (CASE_EVENTS, ERASURES),
    "cases": (CHAT_LOG, ERASURES),
    "notify": (CASE_EVENTS, NOTIFY_COMMANDS, ERASURES),
    "transcripts": (CHAT_LOG, CASE_EVENTS, ERASURES),
}
"""What each service reads by the bus; chat stores the log by its persister."""
PERSISTER = "chat-persister"
WITHOUT_INBOX = ("chat", "notify", "transcripts")
"""These have to bear any message again, however old: what they keep for good tells them that they had it.

Cases has to remember each message, because the same line of a customer would be another one the next day.
"""
UNSETTLED = ("requested", "sending", "waiting")

Ends = Mapping[TopicPartition, int]


async def settled(desk: Desk) -> list[ConsumerRecord]:
    """Wait until two looks in a row find all at its end and nothing changed; every record there is then."""
    before, records = digest(desk), await read_all(desk.kafka, TOPICS)

    async def is_still() -> bool:
        nonlocal before, records
        done = not _unfinished(desk) and not await behind(desk, ends_of(records))
        now, again = digest(desk), await read_all(desk.kafka, TOPICS)
        same = _lasting(again) == _lasting(records) and not differences(before, now)
        before, records = now, again
        return done and same

    await until("the desk has nothing left to do", is_still, SETTLE_SECONDS)
    return records


def _lasting(records: Iterable[ConsumerRecord]) -> int:
    """How many records stay: relays go on telling who is connected, for as long as they run."""
    return sum(record.topic != CHAT_SIGNALS.name for record in records)


def ends_of(records: Iterable[ConsumerRecord]) -> dict[TopicPartition, int]:
    """The next offset of each partition that has records."""
    ends: dict[TopicPartition, int] = {}
    for record in records:
        place = TopicPartition(record.topic, record.partition)
        ends[place] = max(ends.get(place, 0), record.offset + 1)
    return ends


def _unfinished(desk: Desk) -> list[str]:
    """Outboxes that are not empty, and mails without an end."""
    with MongoClient[dict[str, Any]](desk.mongo) as client:
        databases = {service: client[desk.database(service)] for service in SERVICES}
        found = [name for name, it in databases.items() if it["outbox"].find_one({"pending": True})]
        mails = databases["notify"]["mails"].find({"state": {"$in": UNSETTLED}})
        return found + [mail["_id"] for mail in mails]


# ---- positions -----------------------------------------------------------------------------------


async def behind(desk: Desk, ends: Ends) -> list[str]:
    """Who has not read or stored everything up to these ends."""
    found = [] if _stored_through(desk, ends) else ["chat's persister"]
    for service, topics in READS.items():
        positions = await _positions(desk, service, topics)
        wanted = {p: end for p, end in ends.items() if p.topic in {it.name for it in topics}}
        found += [] if all(positions.get(p, 0) >= end for p, end in wanted.items()) else [service]
        found += [] if _has_keys_through(desk, service, ends) else [f"{service}'s keys"]
    return found


async def _positions(
    desk: Desk, service: str, topics: Iterable[Topic]
) -> dict[TopicPartition, int]:
    if desk.embedded:
        with MongoClient[dict[str, Any]](desk.mongo) as client:
            rows = client[desk.database(service)]["bus_offsets"].find()
            return {TopicPartition(row["topic"], row["partition"]): row["offset"] for row in rows}
    positions: dict[TopicPartition, int] = {}
    for topic in topics:
        positions |= await committed(desk.kafka, service, topic)
    return positions


def _stored_through(desk: Desk, ends: Ends) -> bool:
    with MongoClient[dict[str, Any]](desk.mongo) as client:
        row = client[desk.database("chat")]["log"].find_one({"_id": "watermarks"})
    partitions = row["partitions"] if row else {}
    # A position is the epoch in the upper bits and the offset of the last stored record in the lower forty.
    return all(
        partitions.get(str(place.partition), -1) % (1 << 40) + 1 >= end
        for place, end in ends.items()
        if place.topic == CHAT_LOG.name
    )


def _has_keys_through(desk: Desk, service: str, ends: Ends) -> bool:
    if service not in DATA_KEYS.consumers:
        return True
    with MongoClient[dict[str, Any]](desk.mongo) as client:
        rows = client[desk.database(service)]["data_key_positions"].find()
        read = {row["_id"]: row["offset"] for row in rows}
    wanted = {place.partition: end for place, end in ends.items() if place.topic == DATA_KEYS.name}
    return all(read.get(partition, 0) >= end for partition, end in wanted.items())


async def forget_all_positions(desk: Desk) -> None:
    """As if nobody had ever read anything, and all that was read were long ago; the services are stopped."""
    with MongoClient[dict[str, Any]](desk.mongo) as client:
        for service in SERVICES:
            database = client[desk.database(service)]
            database["bus_offsets"].drop()
            database["data_key_positions"].drop()
            if service in WITHOUT_INBOX:
                database["inbox"].delete_many({})
        client[desk.database("chat")]["log"].delete_one({"_id": "watermarks"})
    if not desk.embedded:
        await forget_groups(desk.kafka)


async def forget_groups(kafka: str) -> None:
    """As if no service had ever read from this broker; none is running."""
    for service, topics in READS.items():
        await forget_positions(kafka, service, topics)
    await forget_positions(kafka, PERSISTER, [CHAT_LOG])
