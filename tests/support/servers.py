"""Fixtures that give the addresses of MongoDB and of both brokers, each started when a test first asks for it.

All workers of one run share one server of each kind; tests keep apart by the names of databases and topics. Where a
server comes from: the address in the environment, else a container if a Docker engine answers, else a local process.
"""

import json
import os
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from pymongo import MongoClient

from chassis.devstack.kafka import KafkaCluster
from chassis.devstack.process import Unavailable
from chassis.devstack.tansu import Tansu

START_SECONDS = 300.0
VARIABLES = {"mongo": "DESKBUS_MONGO", "kafka": "DESKBUS_KAFKA", "tansu": "DESKBUS_TANSU_ADDRESS"}
CONTAINERS = {"mongo", "kafka"}


@dataclass(frozen=True)
class SharedServers:
    """The servers of one test run; they stop by themselves when the process `owner` has ended."""

    directory: Path
    owner: int

    def address(self, kind: str) -> str:
        """The address of the run's server of this kind; skips the test when the machine cannot have one."""
        if given := os.environ.get(VARIABLES[kind]):
            return given
        note = self.directory / f"{kind}.json"
        with FileLock(self.directory / f"{kind}.lock"):
            if not note.exists():
                note.write_text(json.dumps(self._find(kind)))
        found: dict[str, str] = json.loads(note.read_text())
        if "missing" in found:
            pytest.skip(f"no {kind}: {found['missing']}")
        return found["address"]

    def _find(self, kind: str) -> dict[str, str]:
        if kind in CONTAINERS and docker_answers():
            found = self._start(kind, "tests.support.containers")
            # An engine that cannot have the image (no registry, no network) is as good as none.
            if "address" in found:
                return found
        return self._start(kind, "chassis.devstack")

    def _start(self, kind: str, module: str) -> dict[str, str]:
        out, errors = self.directory / f"{kind}.out", self.directory / f"{kind}.err"
        # Not a child that ends with this worker: other workers go on using it.
        with out.open("wb") as stdout, errors.open("wb") as stderr:
            keeper = subprocess.Popen(
                [sys.executable, "-m", module, kind, "--follow", str(self.owner)],
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
                start_new_session=True,
            )
        code = _wait_for_line(keeper, out)
        if code is None:
            # From here on it is nobody's child: Popen would warn that it still runs when this object goes.
            keeper.returncode = 0
            return {"address": out.read_text().strip()}
        if code == os.EX_UNAVAILABLE:
            return {"missing": errors.read_text().strip()}
        raise RuntimeError(f"{kind} did not start:\n{errors.read_text()}")


def _wait_for_line(keeper: subprocess.Popen[bytes], out: Path) -> int | None:
    """Wait until the keeper has printed an address; its exit code if it ended instead."""
    deadline = time.monotonic() + START_SECONDS
    while not out.read_text().endswith("\n"):
        code = keeper.poll()
        if code is not None:
            return code
        if time.monotonic() > deadline:
            keeper.terminate()
            raise TimeoutError(f"{keeper.args!r} printed no address in {START_SECONDS} s")
        time.sleep(0.02)
    return None


def docker_answers() -> bool:
    program = shutil.which("docker")
    if program is None:
        return False
    ask = [program, "version", "--format", "{{.Server.Version}}"]
    return subprocess.run(ask, capture_output=True, timeout=30, check=False).returncode == 0


@pytest.fixture(scope="session")
def shared_servers(tmp_path_factory: pytest.TempPathFactory) -> SharedServers:
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        return SharedServers(base.parent, owner=os.getppid())
    return SharedServers(base, owner=os.getpid())


@pytest.fixture(scope="session")
def mongo_url(shared_servers: SharedServers) -> str:
    return shared_servers.address("mongo")


@pytest.fixture(scope="session")
def tansu_address(shared_servers: SharedServers) -> str:
    return shared_servers.address("tansu")


@pytest.fixture(scope="session")
def kafka_address(shared_servers: SharedServers) -> str:
    return shared_servers.address("kafka")


@pytest.fixture
def db_prefix(mongo_url: str) -> Iterator[str]:
    """A prefix for database names that no other test has; its databases are dropped afterwards."""
    prefix = f"t{uuid.uuid4().hex[:12]}_"
    yield prefix
    with MongoClient[dict[str, Any]](mongo_url) as client:
        for name in client.list_database_names():
            if name.startswith(prefix):
                client.drop_database(name)


@pytest.fixture
def topic_prefix() -> str:
    """A prefix for names of topics and groups that no other test has."""
    return f"t{uuid.uuid4().hex[:12]}-"


@pytest.fixture
def own_kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A broker for a test that needs whole topics for itself, as a desk does."""
    cluster = KafkaCluster(tmp_path_factory.mktemp("kafka"))
    try:
        cluster.start()
    except Unavailable as missing:
        pytest.skip(str(missing))
    yield cluster.address
    cluster.stop()


@pytest.fixture
def own_tansu(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same on the embedded broker."""
    try:
        broker = Tansu(tmp_path_factory.mktemp("tansu"))
    except Unavailable as missing:
        pytest.skip(str(missing))
    with broker:
        yield broker.address
