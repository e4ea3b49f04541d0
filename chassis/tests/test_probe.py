"""The probe says which step failed and why, and exports it; the whole chat is in tests/journey/test_operations.py."""

import asyncio
import os
import re
import ssl

import httpx
import pytest
from prometheus_client import generate_latest
from typer.testing import CliRunner

from chassis.cli import app
from chassis.devstack.process import free_port
from chassis.probe import STEPS, Customer, Measures, StepFailed, run_for_ever, run_once, trust_of
from chassis.tests.brokers import SECRET


def exported(measures: Measures) -> dict[str, float]:
    lines = generate_latest(measures.registry).decode().splitlines()
    pairs = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    return {name: float(value) for name, value in pairs}


def test_every_step_is_exported_before_the_first_run() -> None:
    """Else an alert on an increase would not see the first failure."""
    told = exported(Measures())
    for step in STEPS:
        assert told[f'deskbus_probe_failures_total{{step="{step}"}}'] == 0
        assert told[f'deskbus_probe_step_seconds_count{{step="{step}"}}'] == 0
    for outcome in ("success", "failure"):
        assert told[f'deskbus_probe_runs_total{{outcome="{outcome}"}}'] == 0


def test_what_succeeds_and_what_fails_is_counted() -> None:
    measures = Measures()
    measures.note(dict.fromkeys(STEPS, 0.2), None)
    told = exported(measures)
    assert told["deskbus_probe_up"] == 1
    assert told["deskbus_probe_last_success_timestamp_seconds"] > 1_700_000_000
    assert told["deskbus_probe_seconds_sum"] == pytest.approx(1)
    measures.note({"admission": 0.1}, "redemption")
    told = exported(measures)
    assert told["deskbus_probe_up"] == 0
    assert told['deskbus_probe_failures_total{step="redemption"}'] == 1
    assert told['deskbus_probe_runs_total{outcome="failure"}'] == 1
    assert told['deskbus_probe_step_seconds_count{step="admission"}'] == 2
    assert told["deskbus_probe_seconds_count"] == 1


async def test_a_desk_that_is_not_there_is_a_failure_of_the_first_step() -> None:
    measures, url = Measures(), f"http://127.0.0.1:{free_port()}"
    failed = await run_once(lambda: Customer(url, "demo", b"key", 5), measures)
    assert failed == "admission: ConnectError"
    assert exported(measures)['deskbus_probe_failures_total{step="admission"}'] == 1


async def test_it_gives_up_where_nobody_listens_if_it_shall() -> None:
    measures, url = Measures(), f"http://127.0.0.1:{free_port()}"
    ended = await run_for_ever(lambda: Customer(url, "demo", b"key", 5), measures, 0.01, 3)
    assert ended == os.EX_UNAVAILABLE
    assert exported(measures)['deskbus_probe_runs_total{outcome="failure"}'] == 3


@pytest.mark.parametrize(
    ("url", "asks"),
    [("https://desk.example", True), ("https://localhost", False), ("https://[::1]:8443", False)],
)
def test_only_its_own_machine_needs_no_certificate(url: str, asks: bool) -> None:
    trust = trust_of(url)
    assert (trust.verify_mode is ssl.CERT_REQUIRED, trust.check_hostname) == (asks, asks)


async def test_a_refusal_is_told_by_its_code() -> None:
    customer = Customer("http://desk.example", "demo", b"key", 5)

    def refuse(_: httpx.Request) -> httpx.Response:
        return httpx.Response(404, json={"error": {"code": "portal_unknown"}})

    async with httpx.AsyncClient(
        transport=httpx.MockTransport(refuse), base_url=customer.url
    ) as http:
        with pytest.raises(StepFailed, match="admission: 404 portal_unknown"):
            async with customer._step("admission"):
                await customer._admission(http)


async def test_what_takes_too_long_has_failed() -> None:
    customer = Customer("http://desk.example", "demo", b"key", 0.01)
    with pytest.raises(StepFailed, match=r"message: no answer within 0\.01 s"):
        async with customer._step("message"):
            await asyncio.Event().wait()


def test_the_command_exits_with_1_and_teaches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKBUS_SECRET", SECRET)
    url = f"http://127.0.0.1:{free_port()}"
    done = CliRunner().invoke(app, ["probe", "--url", url, "--once"])
    assert (done.exit_code, "failed at admission: ConnectError" in done.output) == (1, True)
    taught = CliRunner().invoke(app, ["probe", "--help"]).output
    assert re.search(r"Nobody is\s+disturbed", re.sub(r"[│\s]+", " ", taught))
