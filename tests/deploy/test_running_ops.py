"""The profile `ops` of the running compose file: everything is scraped, every rule loads, the synthetic customer tells."""

import os
import signal
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from contracts.topics import SERVICES
from tests.deploy.test_running import inspected, until

pytestmark = [
    pytest.mark.skipif("DESKBUS_PROMETHEUS" not in os.environ, reason="no compose file is running"),
    pytest.mark.timeout(600),
]

RULES = Path(__file__).parents[2] / "deploy" / "prometheus" / "rules"
TARGETS = {f"{service}:8080" for service in SERVICES} | {"gateway:2020", "gateway:9464"}


def asked(path: str, **query: str) -> Any:
    """What Prometheus answers."""
    answer = httpx.get(f"{os.environ['DESKBUS_PROMETHEUS']}/api/v1/{path}", params=query)
    return answer.raise_for_status().json()["data"]


def series(expr: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = asked("query", query=expr)["result"]
    return found


async def test_every_service_the_gateway_and_the_synthetic_customer_are_scraped() -> None:
    await until(lambda: {it["metric"]["instance"] for it in series("up == 1")} == TARGETS, 1.0)


async def test_every_rule_is_loaded_and_can_be_evaluated() -> None:
    written = [
        rule.get("alert") or rule["record"]
        for file in RULES.glob("*.yml")
        for group in yaml.safe_load(file.read_text())["groups"]
        for rule in group["rules"]
    ]

    def evaluated() -> bool:
        rules = [rule for group in asked("rules")["groups"] for rule in group["rules"]]
        assert sorted(rule["name"] for rule in rules) == sorted(written)
        return all(rule["health"] == "ok" for rule in rules)

    assert written
    await until(evaluated, 1.0)


async def test_the_synthetic_customer_has_chatted_through_the_gateway() -> None:
    success = 'deskbus_probe_runs_total{outcome="success"} > 0'
    await until(lambda: bool(series(success)), 1.0)


async def test_the_synthetic_customer_goes_on_behind_a_gateway_that_was_killed() -> None:
    """It stands in the gateway's network, which is another one afterwards."""
    killed = time.time()
    os.kill(inspected("gateway")["State"]["Pid"], signal.SIGKILL)
    await until(lambda: bool(series(f"deskbus_probe_last_success_timestamp_seconds > {killed}")), 1)
