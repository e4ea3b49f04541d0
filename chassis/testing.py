"""What services' tests need: the fakes under one name, and a database of one's own.

The root's conftest.py registers this module as a plugin, so `mongo_database` is there everywhere.
"""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from chassis.clock import FakeClock
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.storage import FakeStorage, FakeTx
from chassis.timers import FakeTimers

__all__ = [
    "FakeClock",
    "FakeKeyring",
    "FakeStorage",
    "FakeTimers",
    "FakeTx",
    "memory_or_mongo",
    "mongo_database",
]


@asynccontextmanager
async def _fresh(mongo_url: str) -> AsyncIterator[Database]:
    async with Database.connect(mongo_url, f"test_{uuid.uuid4().hex[:12]}") as database:
        yield database
        await database.drop()


@pytest.fixture
async def mongo_database(mongo_url: str) -> AsyncIterator[Database]:
    """A fresh database on a real replica set, dropped afterwards. Mark the test `mongo`."""
    async with _fresh(mongo_url) as database:
        yield database


@pytest.fixture(params=["fake", pytest.param("mongo", marks=pytest.mark.mongo)])
async def memory_or_mongo(request: pytest.FixtureRequest) -> AsyncIterator[Database | None]:
    """What one suite is run on twice: the fake in memory, which is None here, and a fresh database."""
    if request.param == "fake":
        yield None
        return
    async with _fresh(request.getfixturevalue("mongo_url")) as database:
        yield database
