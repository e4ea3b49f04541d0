"""What may happen to a running desk: a server that answers no more, and a portal that is closed."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import httpx
from pymongo import MongoClient

from tests.journey.conftest import RunningDesk


@contextmanager
def standstill(desk: RunningDesk, program: Literal["mongod", "tansu"]) -> Iterator[None]:
    """The server takes connections and says nothing, as one does whose machine hangs."""
    pid = _child(desk.pid, program)
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def _child(parent: int, program: str) -> int:
    for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
        if program in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[0].decode():
            return int(pid)
    raise LookupError(program)


def readiness(desk: RunningDesk) -> dict[str, Any]:
    """Whether the desk says that it is ready, and what each check found."""
    answer: dict[str, Any] = httpx.get(f"{desk.address}/health/ready", timeout=60).json()
    return answer


@contextmanager
def closed(desk: RunningDesk, subdomain: str) -> Iterator[None]:
    """The portal is inactive meanwhile."""
    port = (desk.data / "mongo" / "port").read_text()
    with MongoClient[dict[str, Any]](f"mongodb://127.0.0.1:{port}/?directConnection=true") as mongo:
        portals = mongo["deskbus_portal"]["portals"]
        changed = portals.update_one({"subdomain": subdomain}, {"$set": {"state": "inactive"}})
        assert changed.modified_count == 1
        try:
            yield
        finally:
            portals.update_one({"subdomain": subdomain}, {"$set": {"state": "active"}})
