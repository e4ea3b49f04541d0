"""What the second tombstone is for: Kafka drops a key only once something is written behind the first."""

import base64
import time
from datetime import timedelta

import pytest

from chassis import topics
from chassis.ids import new_id
from chassis.keyring import Wrapping
from chassis.producer import Producer
from chassis.settings import Settings
from chassis.topics import admin, provision
from contracts.topics import DATA_KEYS
from tests.support.topics import read_all
from tests.support.waiting import until

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(300)]

LAG_SECONDS = 2.0
PATIENCE_SECONDS = 120.0


async def test_kafka_drops_the_key_behind_the_lag(
    own_kafka: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topics, "COMPACTION_LAG", timedelta(seconds=LAG_SECONDS))
    secret = base64.b64encode(bytes(32)).decode()
    settings = Settings(kafka=own_kafka, mongo="unused", secret=secret)
    async with admin(settings) as client:
        await provision(client, [DATA_KEYS])
    erased, kept = new_id(), new_id()

    async def values_of(key_id: str) -> list[bytes]:
        records = await read_all(own_kafka, [DATA_KEYS])
        return [it.value for it in records if it.key == key_id.encode() and it.value]

    async with Producer(settings) as producer:
        for key_id in (erased, kept):
            wrapped = Wrapping(bytes(32)).new(key_id).wrapped.encode()
            await producer.send_raw(DATA_KEYS.name, key_id.encode(), wrapped, [])
        await producer.send_raw(DATA_KEYS.name, erased.encode(), None, [])
        written = time.monotonic()

        async def lag_is_over() -> bool:
            return time.monotonic() > written + LAG_SECONDS

        await until("the lag is over", lag_is_over)
        await producer.send_raw(DATA_KEYS.name, erased.encode(), None, [])

        async def is_gone() -> bool:
            return await values_of(erased) == []

        await until("Kafka has dropped the key", is_gone, PATIENCE_SECONDS)
    assert len(await values_of(kept)) == 1
