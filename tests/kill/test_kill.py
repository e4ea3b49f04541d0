"""A short seeded run of the kill harness on real Kafka; `make soak` runs the long one."""

from pathlib import Path

import pytest

from tests.kill.run import Load, Run
from tests.support.desk import Desk


@pytest.mark.alone
@pytest.mark.kafka
@pytest.mark.mongo
@pytest.mark.timeout(420)
async def test_nothing_acknowledged_is_lost_when_services_are_killed(
    own_kafka: str, mongo_url: str, db_prefix: str, tmp_path: Path
) -> None:
    async with Desk(own_kafka, mongo_url, db_prefix, tmp_path) as desk:
        report = await Run(desk, Load(seed=20261122, between_deaths=2.0)).run()
    print(report.summary())
    assert report.problems == [], report.summary()
    assert report.messages > 100
    assert len(report.deaths) >= 11
