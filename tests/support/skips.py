"""Where DESKBUS_CI=1 promises a browser, Kafka, MongoDB and Prometheus, a test that skips for want of one has failed."""

import os
from collections.abc import Generator

import pytest

NEEDS = ("browser", "kafka", "tansu", "mongo", "prometheus")
FIXTURES = {
    "mongo_url": "mongo",
    "kafka_address": "kafka",
    "own_kafka": "kafka",
    "own_tansu": "tansu",
    "tansu_address": "tansu",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for fixture in FIXTURES.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(FIXTURES[fixture])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    promised = os.environ.get("DESKBUS_CI") == "1"
    needed = [name for name in NEEDS if item.get_closest_marker(name)]
    if promised and needed and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped although CI has its {', '.join(needed)}: {_reason(report)}"
    return report


def _reason(report: pytest.TestReport) -> str:
    # A skip is reported as (file, line, reason).
    return report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
