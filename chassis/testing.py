"""What services' tests need: the fakes under one name, and a database of one's own.

The root's conftest.py registers this module as a plugin, so `mongo_database` is there everywhere.
"""

import uuid
from collections.abc import AsyncIterator

import pytest

from chassis.clock import FakeClock
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.storage import FakeStorage, FakeTx
from chassis.timers import FakeTimers

__all__ = ["FakeClock", "FakeKeyring", "FakeStorage", "FakeTimers", "FakeTx", "mongo_database"]


@pytest.fixture
async def mongo_database(mongo_url: str) -> AsyncIterator[Database]:
    """A fresh database on a real replica set, dropped afterwards. Mark the test `mongo`."""
    async with Database.connect(mongo_url, f"test_{uuid.uuid4().hex[:12]}") as database:
        yield database
        await database.drop()
