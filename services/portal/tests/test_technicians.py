"""Technicians, on fakes."""

from dataclasses import replace

import pytest

from chassis.tokens import TokenInvalid
from contracts.portal import TechnicianListed
from services.portal import handlers
from services.portal.tests.examples import (
    TOM,
    World,
)


async def test_availability_is_told_once_for_each_change(world: World) -> None:
    identity = await world.identity()
    for available in (True, True, False):
        profile = await handlers.set_availability(world.desk, identity, available=available)
        assert profile.technician.available is available
    on, off = world.storage.emitted
    assert isinstance(on, TechnicianListed)
    assert isinstance(off, TechnicianListed)
    assert (on.available, off.available) == (True, False)
    assert (on.aggregate_version, off.aggregate_version) == (2, 3)
    assert on.actor.id == identity.id


async def test_sound_is_nobody_elses_business(world: World) -> None:
    profile = await handlers.set_sound(world.desk, await world.identity(), sound=False)
    assert profile.technician.sound is False
    assert world.storage.emitted == []


async def test_colleagues_are_the_active_ones_of_the_account(world: World) -> None:
    identity = await world.identity()
    await world.deactivate(TOM)
    stranger = replace(await world.technician(), id="x", tenant="other", email="x@other.example")
    await world.save(stranger)
    colleagues = await handlers.show_colleagues(world.desk, identity)
    assert [technician.name for technician in colleagues] == ["Ada Berg", "Greta Lind"]


async def test_a_token_of_a_deactivated_technician_is_worth_nothing(world: World) -> None:
    identity = await world.identity()
    await world.deactivate()
    with pytest.raises(TokenInvalid):
        await handlers.set_availability(world.desk, identity, available=True)


async def test_a_token_of_another_tenant_is_worth_nothing(world: World) -> None:
    identity = replace(await world.identity(), tenant="other")
    with pytest.raises(TokenInvalid):
        await handlers.show_me(world.desk, identity)
