"""Where DESKBUS_CI=1 promises a browser, Kafka, MongoDB and Prometheus, no test skips, for want of one or otherwise.

Whoever skips without a mark that says what it needs is found as well; what no CI has is named here.
"""

import os
from collections.abc import Generator

import pytest

ELSEWHERE = ("no compose file is running",)
"""Reasons to skip in CI too: deploy/standins/prove.sh runs those tests."""
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
    in_ci = os.environ.get("DESKBUS_CI") == "1"
    if in_ci and report.skipped and not hasattr(report, "wasxfail"):
        reason = _reason(report)
        if not any(reason.endswith(known) for known in ELSEWHERE):
            report.outcome = "failed"
            report.longrepr = f"skipped although CI has what it needs: {reason}"
    return report


def _reason(report: pytest.TestReport) -> str:
    # A skip is reported as (file, line, reason).
    return report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
