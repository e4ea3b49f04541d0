"""A short seeded run of the kill harness on real Kafka; `make soak` runs the long one."""

from pathlib import Path

import pytest

from tests.kill.report import Load
from tests.kill.run import NEVER_GONE, SETTINGS, Run
from tests.support.desk import Desk
from tests.support.mail import MailServer

# Services that start are what takes the time; the load must leave them something of two cores.
LOAD = Load(seed=20261122, customers=4, pause=(0.1, 0.4), between_deaths=0.5, at_once=2)


@pytest.mark.desk
@pytest.mark.kafka
@pytest.mark.mongo
@pytest.mark.timeout(1200)
async def test_nothing_acknowledged_is_lost_when_services_are_killed(
    own_kafka: str, mongo_url: str, db_prefix: str, tmp_path: Path
) -> None:
    async with MailServer() as server:
        settings = {**SETTINGS, "DESKBUS_SMTP": server.address}
        async with Desk(own_kafka, mongo_url, db_prefix, tmp_path, settings, NEVER_GONE) as desk:
            report = await Run(desk, LOAD, server).run()
    print(report.summary())
    assert report.problems == [], report.summary()
    assert report.messages > 100
    assert len(report.deaths) >= 17
    for kind in (
        "requests with their question once",
        "survey answers on their case",
        "mails: acknowledgement, accepted",
        "mails: transcript, accepted",
    ):
        assert report.checked[kind] > 0, f"{kind}: nothing was there to be compared"
