"""One holder at a time, and an old holder finds out before it does anything."""

import asyncio

import pytest

from chassis.clock import FakeClock
from chassis.leases import LEASES, Lease, Leases
from chassis.mongo import Database


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def one(mongo_database: Database, clock: FakeClock) -> Leases:
    leases = Leases(mongo_database, clock, "one", seconds=5)
    await leases.prepare()
    return leases


@pytest.fixture
async def two(mongo_database: Database, clock: FakeClock) -> Leases:
    return Leases(mongo_database, clock, "two", seconds=5)


async def held(leases: Leases, name: str = "work") -> Lease:
    lease = await leases.acquire(name)
    assert lease is not None
    return lease


async def test_a_lease_has_one_holder(one: Leases, two: Leases) -> None:
    lease = await held(one)
    assert lease.is_fresh()
    assert await two.acquire("work") is None
    await held(two, "other work")


async def test_of_many_who_ask_at_once_one_gets_it(
    one: Leases, mongo_database: Database, clock: FakeClock
) -> None:
    others = [Leases(mongo_database, clock, f"other {n}") for n in range(6)]
    taken = await asyncio.gather(*(leases.acquire("work") for leases in others))
    assert len([lease for lease in taken if lease is not None]) == 1


async def test_a_renewed_lease_stays(one: Leases, two: Leases, clock: FakeClock) -> None:
    lease = await held(one)
    clock.advance(4)
    assert await one.renew(lease)
    clock.advance(4)
    assert await two.acquire("work") is None


async def test_an_expired_lease_changes_hands_and_its_old_holder_is_fenced(
    one: Leases, two: Leases, clock: FakeClock
) -> None:
    old = await held(one)
    clock.advance(6)
    new = await held(two)
    assert new.fence > old.fence
    assert not await one.renew(old)
    assert not old.is_fresh()
    assert await one.still_held([old]) == set()
    assert await two.still_held([new]) == {"work"}


async def test_many_are_renewed_at_once_but_for_those_that_others_have_by_now(
    one: Leases, two: Leases, clock: FakeClock, mongo_database: Database
) -> None:
    names = {"a", "b", "c"}
    mine = [await held(one, name) for name in sorted(names)]
    clock.advance(4)
    assert await one.renew_all(mine) == names
    clock.advance(4)
    assert await two.acquire("a") is None
    clock.advance(6)
    await held(two, "b")
    assert await one.renew_all(mine) == {"a", "c"}
    assert [lease.is_fresh() for lease in mine] == [True, False, True]
    assert await one.renew_all([]) == set()
    asked = {"instance": "one", "$or": [{"_id": "a", "fence": 1}, {"_id": "b", "fence": 1}]}
    assert "COLLSCAN" not in repr(await mongo_database.collection(LEASES).explain(asked))


async def test_a_released_lease_is_free_at_once(one: Leases, two: Leases) -> None:
    lease = await held(one)
    await one.release(lease)
    assert not lease.is_fresh()
    await held(two)


async def test_a_restarted_instance_has_its_lease_back_at_once(
    one: Leases, mongo_database: Database, clock: FakeClock
) -> None:
    before = await held(one)
    restarted = Leases(mongo_database, clock, "one")
    after = await held(restarted)
    assert not await one.renew(before)
    assert await restarted.renew(after)


async def test_holders_are_those_with_a_lease_that_has_not_expired(
    one: Leases, two: Leases, clock: FakeClock
) -> None:
    await held(one, "shard.1")
    clock.advance(3)
    await held(two, "shard.2")
    await held(two, "something else")
    assert await one.holders("shard.") == {"one", "two"}
    clock.advance(3)
    assert await one.holders("shard.") == {"two"}
