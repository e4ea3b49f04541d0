"""`deskbus up` starts everything, mends what dies, and keeps the data; with small services of the test's own."""

import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chassis.devstack.process import free_port
from contracts.topics import SERVICES

pytestmark = [pytest.mark.mongo, pytest.mark.tansu]

SERVICE = """
import os
from fastapi import APIRouter
from chassis.app import create_app
from chassis.mongo import Database
from chassis.settings import Settings
from chassis.topics import read_epoch

router = APIRouter(prefix="/api/{name}")

@router.get("/facts")
async def facts() -> dict[str, object]:
    settings = Settings.load()
    async with Database.connect(settings.mongo, settings.database("{name}")) as database:
        notes = database.collection("notes")
        await notes.insert_one({{"pid": os.getpid()}})
        epoch = await read_epoch(settings)
        return {{"pid": os.getpid(), "notes": len(await notes.find({{}})), "epoch": epoch}}

async def start(runtime):
    pass

def create():
    return create_app("{name}", Settings.load(), start=start, routers=[router])
"""
PORTAL_SETTINGS = """
from chassis.settings import Settings

class PortalSettings(Settings):
    first_account: str
"""
NOTIFY_SETTINGS = """
from chassis.settings import Settings

class NotifySettings(Settings):
    smtp: str = ""
    smtp_security: str = "starttls"
    mail_from: str = ""
    mail_domain: str = ""
"""
BROKEN = "def create():\n    raise RuntimeError('a defect at start')\n"


def write_services(folder: Path, sources: dict[str, str]) -> None:
    for name, source in sources.items():
        package = folder / "services" / name
        package.mkdir(parents=True, exist_ok=True)
        (package / "__init__.py").touch()
        (package / "app.py").write_text(source)
    (folder / "services" / "__init__.py").touch()


class Up:
    """A run of `deskbus up`, and what it printed."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.port = free_port()
        self.screen = folder / "screen.txt"
        own = {k: v for k, v in os.environ.items() if not k.startswith("DESKBUS_")}
        own |= {"PYTHONPATH": str(folder), "DESKBUS_PORT": str(self.port), **environment}
        with self.screen.open("wb") as screen:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "chassis.cli", "up", "--data", str(self.data)],
                stdout=screen,
                stderr=screen,
                cwd=folder,
                env=own,
            )

    def printed(self) -> str:
        return self.screen.read_text()

    def until(self, done: Callable[[], object], seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < deadline, self.printed()
            time.sleep(0.05)

    def until_printed(self, text: str) -> None:
        self.until(lambda: text in self.printed() or self.process.poll() is not None)
        assert text in self.printed(), self.printed()

    def facts(self) -> dict[str, int]:
        url = f"http://127.0.0.1:{self.port}/api/cases/facts"
        with urllib.request.urlopen(url, timeout=10) as answer:
            found: dict[str, int] = json.load(answer)
            return found

    def page(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return str(answer.read().decode())

    def child(self, program: str) -> int:
        """The process id of a child of the supervisor, by a word of its command line."""
        listed = subprocess.run(
            # Not cut off: the folder of the checkout may have a long name.
            ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(self.process.pid)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        (line,) = [line for line in listed.splitlines() if program in line]
        return int(line.split()[0])

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[Callable[..., Up]]:
    started: list[Up] = []

    def run(**environment: str) -> Up:
        started.append(Up(tmp_path, **environment))
        return started[-1]

    write_services(tmp_path, {name: SERVICE.format(name=name) for name in SERVICES})
    (tmp_path / "services" / "portal" / "settings.py").write_text(PORTAL_SETTINGS)
    (tmp_path / "services" / "notify" / "settings.py").write_text(NOTIFY_SETTINGS)
    yield run
    for up in started:
        if up.process.poll() is None:
            up.stop()


def test_it_tells_where_to_go_stops_cleanly_and_keeps_data(runs: Callable[..., Up]) -> None:
    first = runs()
    first.until_printed("Ctrl-C stops it")
    screen = first.printed()
    assert f"http://127.0.0.1:{first.port}/p/demo" in screen
    assert f"http://127.0.0.1:{first.port}/mailbox" in screen
    assert "No mails yet" in first.page("/mailbox")
    people = json.loads((first.data / "first-account.json").read_text())["people"]
    assert all(person["email"] in screen and person["password"] in screen for person in people)
    for name in ("secret", "first-account.json"):
        assert stat.S_IMODE((first.data / name).stat().st_mode) == 0o600
    assert first.facts()["notes"] == 1
    children = [first.child(word) for word in ("mongod", "tansu", "chassis.cli")]
    assert first.stop() == 0
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]

    second = runs()
    second.until_printed("Ctrl-C stops it")
    assert second.facts()["notes"] == 2
    assert re.findall(r"\S+@\S+ +\S+", second.printed()) == re.findall(r"\S+@\S+ +\S+", screen)


def test_whatever_dies_is_started_again(runs: Callable[..., Up]) -> None:
    up = runs()
    up.until_printed("Ctrl-C stops it")
    for word, told in (
        ("chassis.cli", "The services ended"),
        ("mongod", "MongoDB ended"),
        ("tansu", "The broker ended"),
    ):
        before = up.child(word)
        os.kill(before, signal.SIGKILL)
        up.until_printed(told)
        up.until(lambda w=word, b=before: answers_anew(up, w, b))  # type: ignore[misc]


def answers_anew(up: Up, word: str, before: int) -> bool:
    try:
        return up.child(word) != before and up.facts()["notes"] > 0
    except (OSError, ValueError):
        return False


def test_a_second_run_on_the_same_data_is_refused(runs: Callable[..., Up]) -> None:
    first = runs()
    first.until_printed("Ctrl-C stops it")
    other = subprocess.run(
        [sys.executable, "-m", "chassis.cli", "up", "--data", str(first.data)],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(first.folder), "PATH": os.environ["PATH"]},
        timeout=30,
        check=False,
    )
    assert other.returncode != 0
    assert (
        f"running already with the data in {first.data} (process {first.process.pid})"
        in other.stderr
    )


def test_a_port_in_use_is_told(runs: Callable[..., Up]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        up = runs(DESKBUS_PORT=str(port))
        assert up.process.wait(30) != 0
    assert f"Port {port} is in use" in up.printed()
    assert "Traceback" not in up.printed()


def test_services_that_cannot_start_show_why(runs: Callable[..., Up], tmp_path: Path) -> None:
    write_services(tmp_path, {"chat": BROKEN})
    up = runs()
    assert up.process.wait(60) == 1
    assert "a defect at start" in up.printed()
    assert not (tmp_path / "data" / "mongo" / "db" / "mongod.lock").read_text()
