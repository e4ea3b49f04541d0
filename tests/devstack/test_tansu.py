from pathlib import Path

import pytest

from chassis.devstack.tansu import Tansu
from tests.devstack.bus import consume, create_topic, produce, topics

pytestmark = pytest.mark.tansu


async def test_messages_come_back_in_order(tansu_address: str, topic_prefix: str) -> None:
    topic = f"{topic_prefix}order"
    sent = [b"%d" % number for number in range(20)]
    await create_topic(tansu_address, topic, partitions=3)
    await produce(tansu_address, topic, sent, idempotent=False)
    assert await consume(tansu_address, topic, len(sent)) == sent


async def test_it_forgets_everything_when_it_stops_and_keeps_its_address(tmp_path: Path) -> None:
    with Tansu(tmp_path) as broker:
        await create_topic(broker.address, "some")
        assert "some" in await topics(broker.address)
        address = broker.address
        broker.stop()
        broker.start()
        assert broker.address == address
        assert "some" not in await topics(broker.address)
