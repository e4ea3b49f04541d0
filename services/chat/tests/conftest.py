"""One running chat among neighbours, and who talks there."""

from collections.abc import AsyncIterator

import pytest

from chassis.settings import Settings
from chassis.tokens import Identity
from services.chat.app import Patience
from services.chat.tests.world import Customer, Instance, running
from tests.support.neighbours import Neighbours, broker, neighbours, settings

__all__ = ["broker", "neighbours", "settings"]


@pytest.fixture
def patience() -> Patience:
    """What the running chat bears with."""
    return Patience()


@pytest.fixture
async def chat(
    settings: Settings,
    neighbours: Neighbours,
    patience: Patience,
) -> AsyncIterator[Instance]:
    async with running(settings, patience=patience) as instance:
        yield instance


@pytest.fixture
async def customer(chat: Instance, neighbours: Neighbours) -> Customer:
    """A customer whose conversation is open."""
    customer = Customer(neighbours)
    await customer.opens(chat)
    return customer


@pytest.fixture
async def ada(neighbours: Neighbours) -> Identity:
    return await neighbours.employ("Ada")
