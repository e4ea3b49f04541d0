"""What the tests of notify share."""

from collections.abc import AsyncIterator

import pytest

from chassis.ids import new_id
from services.notify.tests.house import House
from services.notify.tests.office import Office
from tests.support.mail import MailServer
from tests.support.neighbours import Neighbours, broker, neighbours, settings

__all__ = ["broker", "neighbours", "settings"]


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with MailServer() as server:
        yield server


@pytest.fixture
def office(server: MailServer) -> Office:
    return Office(server)


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
async def case_id(neighbours: Neighbours) -> str:
    """A case whose key everybody knows."""
    case_id = new_id()
    await neighbours.make_key(case_id)
    return case_id
