"""A service starts once what it needs is there, gives up in time, and ends at once when it is told to."""

import asyncio
import base64
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from chassis import starting
from chassis.app import create_app
from chassis.devstack.process import free_port
from chassis.errors import RetryLater
from chassis.mongo import DatabaseAway
from chassis.runtime import Runtime
from chassis.settings import Settings
from chassis.tests.test_up import write_services
from contracts.topics import SERVICES

ENDS_SECONDS = 5.0
WAITING = """
from chassis.app import create_app
from chassis.mongo import Database
from chassis.settings import Settings

async def start(runtime):
    settings = Settings.load()
    database = await runtime.enter(Database.connect(settings.mongo, settings.database("cases")))
    await database.ensure_indexes({"things": []})

def create():
    return create_app("cases", Settings.load(), start=start)
"""


class Start:
    """A start that fails so many times, and notes what it has begun and left."""

    def __init__(self, failures: int, error: Exception) -> None:
        self.failures = failures
        self.log: list[str] = []
        self._error = error

    async def __call__(self, runtime: Runtime) -> None:
        number = len([it for it in self.log if it.startswith("up")]) + 1
        await runtime.enter(self._part(number))
        begun = asyncio.Event()
        runtime.run("job", lambda: self._job(number, begun))
        await begun.wait()
        if number <= self.failures:
            raise self._error

    @asynccontextmanager
    async def _part(self, number: int) -> AsyncIterator[None]:
        self.log.append(f"up {number}")
        yield
        self.log.append(f"down {number}")

    async def _job(self, number: int, begun: asyncio.Event) -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.log.append(f"job {number} ended")


class Log:
    """What was told."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, dict[str, Any]]] = []

    def warning(self, event: str, **said: Any) -> None:
        self.lines.append((event, said))


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Log:
    log = Log()
    monkeypatch.setattr(starting, "_log", log)
    monkeypatch.setattr(starting, "FIRST_PAUSE", 0.001)
    return log


async def test_what_is_away_is_waited_for_and_each_attempt_is_left_before_the_next(
    settings: Settings, log: Log
) -> None:
    start = Start(2, DatabaseAway())
    app = create_app("demo", settings, start=start)
    async with app.router.lifespan_context(app):
        assert start.log == [
            *("up 1", "job 1 ended", "down 1"),
            *("up 2", "job 2 ended", "down 2"),
            "up 3",
        ]
        assert isinstance(app.state.runtime, Runtime)
    assert start.log[-2:] == ["job 3 ended", "down 3"]
    told = {"service": "demo", "waits_for": "DatabaseAway", "reason": None}
    assert log.lines == [
        ("start_waits", {**told, "again_in_seconds": 0.001}),
        ("start_waits", {**told, "again_in_seconds": 0.002}),
    ]


async def test_a_defect_ends_the_start_at_once(settings: Settings, log: Log) -> None:
    start = Start(9, RuntimeError("a defect"))
    app = create_app("demo", settings, start=start)
    with pytest.raises(RuntimeError, match="a defect"):
        async with app.router.lifespan_context(app):
            pass
    assert start.log == ["up 1", "job 1 ended", "down 1"]
    assert log.lines == []


async def test_what_stays_away_ends_the_start_with_its_reason(
    settings: Settings, log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "START_SECONDS", 0.05)
    start = Start(999, RetryLater())
    app = create_app("demo", settings, start=start)
    with pytest.raises(RetryLater):
        async with app.router.lifespan_context(app):
            pass
    ups = [it for it in start.log if it.startswith("up")]
    # The pauses grow: 1, 2, 4, 8, 16 ms, and the next would end too late.
    assert 2 <= len(ups) == len(log.lines) + 1 <= 6
    assert start.log[-1] == f"down {len(ups)}"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_start_that_waits(number: signal.Signals, tmp_path: Path) -> None:
    write_services(tmp_path, dict.fromkeys(SERVICES, WAITING))
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("DESKBUS_")},
        "PYTHONPATH": str(tmp_path),
        "DESKBUS_MONGO": f"mongodb://127.0.0.1:{free_port()}/?directConnection=true",
        "DESKBUS_KAFKA": "127.0.0.1:1",
        "DESKBUS_SECRET": base64.b64encode(bytes(32)).decode(),
        "DESKBUS_PORT": str(free_port()),
    }
    file = tmp_path / "log"
    with file.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "chassis.cli", "serve", "cases"],
            env=environment, cwd=tmp_path, stdout=output, stderr=output,
        )  # fmt: skip
        try:
            _until_told(process, file, "start_waits")
            process.send_signal(number)
            assert process.wait(ENDS_SECONDS) == -number
        finally:
            process.kill()
            process.wait()
    told = file.read_text()
    assert "DatabaseAway" in told
    assert "Traceback" not in told


def _until_told(process: "subprocess.Popen[bytes]", file: Path, text: str) -> None:
    deadline = time.monotonic() + 60
    while text not in file.read_text():
        assert process.poll() is None, file.read_text()
        assert time.monotonic() < deadline, file.read_text()
        time.sleep(0.05)
