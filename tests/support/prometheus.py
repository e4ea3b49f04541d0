"""Debian's Prometheus on addresses of a test, as deploy/prometheus has it run, but every second."""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from chassis.devstack.process import free_port

CONFIG = Path(__file__).parents[2] / "deploy" / "prometheus" / "prometheus.yml"
START_SECONDS = 60.0


@dataclass(frozen=True)
class Prometheus:
    """A running Prometheus."""

    address: str

    def query(self, expr: str) -> list[dict[str, Any]]:
        """The series of an instant query, without those whose value is no number."""
        answer = httpx.get(f"{self.address}/api/v1/query", params={"query": expr}, timeout=30)
        assert answer.status_code == httpx.codes.OK, f"{expr}: {answer.text}"
        result = answer.json()["data"]["result"]
        return [series for series in result if series["value"][1] != "NaN"]

    def rules(self) -> list[dict[str, Any]]:
        """Every alert as Prometheus has it."""
        answer = httpx.get(f"{self.address}/api/v1/rules", timeout=30).raise_for_status()
        return [rule for group in answer.json()["data"]["groups"] for rule in group["rules"]]


def until(what: str, wanted: Callable[[], object], seconds: float = 90) -> None:
    """Wait for something that the next scrapes will show."""
    deadline = time.monotonic() + seconds
    while not wanted():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.2)


@contextmanager
def scraping(folder: Path, *targets: str) -> Iterator[Prometheus]:
    """A Prometheus of the test's own, with our rules; skips where Debian's package is not installed."""
    program = shutil.which("prometheus")
    if program is None:
        pytest.skip("no Prometheus: apt-get install prometheus")
    address = f"127.0.0.1:{free_port()}"
    command = [
        program,
        f"--config.file={write_config(folder, targets)}",
        f"--storage.tsdb.path={folder / 'data'}",
        f"--web.listen-address={address}",
        "--log.level=error",
    ]
    with (folder / "prometheus.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        until("Prometheus is ready", lambda: is_ready(process, address), START_SECONDS)
        yield Prometheus(f"http://{address}")
    finally:
        process.terminate()
        process.wait(30)


def write_config(folder: Path, targets: tuple[str, ...]) -> Path:
    """What is committed, with other targets and less patience."""
    config = yaml.safe_load(CONFIG.read_text())
    config["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
    config["rule_files"] = [str(CONFIG.parent / pattern) for pattern in config["rule_files"]]
    config["scrape_configs"] = [
        {**job, "static_configs": [{"targets": list(targets)}]}
        for job in config["scrape_configs"]
        if job["job_name"] == "deskbus"
    ]
    written = folder / "prometheus.yml"
    written.write_text(yaml.safe_dump(config))
    return written


def is_ready(process: "subprocess.Popen[bytes]", address: str) -> bool:
    assert process.poll() is None, "Prometheus ended"
    try:
        return httpx.get(f"http://{address}/-/ready", timeout=2).is_success
    except httpx.HTTPError:
        return False
