"""A timer fires once, when it is due, whatever happens in between."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from chassis.clock import FakeClock
from chassis.errors import RetryLater
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.storage import MongoStorage, Tx, session_of
from chassis.timers import MongoTimers


class Desk:
    """Timers of two instances on one database, and what they fired."""

    def __init__(self, database: Database) -> None:
        self.clock = FakeClock()
        self.storage = MongoStorage(database, FakeKeyring(), self.clock)
        self.timers = MongoTimers(database, self.storage, self.clock, "one")
        self.others = MongoTimers(database, self.storage, self.clock, "two")
        self.fired = database.collection("fired")
        self.fault: Exception | None = None

    async def ring(self, tx: Tx, payload: dict[str, Any]) -> None:
        await self.fired.insert_one({"case": payload["case"]}, session=session_of(tx))
        if self.fault:
            raise self.fault

    async def schedule(self, timer_id: str, seconds: float, case: str = "a") -> None:
        due = self.clock.now() + timedelta(seconds=seconds)

        async def work(tx: Tx) -> None:
            await self.timers.schedule(tx, timer_id, due, "ring", {"case": case})

        await self.storage.transact(work)

    async def fire(self, timers: MongoTimers | None = None) -> list[str]:
        await (timers or self.timers).fire_due({"ring": self.ring})
        return [row["case"] for row in await self.fired.find({}, sort=[("_id", 1)])]


@pytest.fixture
async def desk(mongo_database: Database) -> Desk:
    made = Desk(mongo_database)
    await made.timers.prepare()
    return made


async def test_it_fires_when_due_and_only_once(desk: Desk) -> None:
    await desk.schedule("t", 10)
    assert await desk.fire() == []
    desk.clock.advance(10)
    assert await desk.fire() == ["a"]
    assert await desk.fire() == ["a"]


async def test_the_oldest_fires_first(desk: Desk) -> None:
    await desk.schedule("late", 9, "late")
    await desk.schedule("early", 3, "early")
    desk.clock.advance(10)
    assert await desk.fire() == ["early", "late"]


async def test_setting_it_anew_moves_it(desk: Desk) -> None:
    await desk.schedule("t", 5, "first")
    await desk.schedule("t", 20, "second")
    desk.clock.advance(10)
    assert await desk.fire() == []
    desk.clock.advance(10)
    assert await desk.fire() == ["second"]


async def test_a_cancelled_one_never_fires(desk: Desk) -> None:
    await desk.schedule("t", 5)

    async def cancel(tx: Tx) -> None:
        await desk.timers.cancel(tx, "t")

    await desk.storage.transact(cancel)
    desk.clock.advance(10)
    assert await desk.fire() == []


async def test_two_instances_fire_it_once(desk: Desk) -> None:
    await desk.schedule("t", 5)
    desk.clock.advance(10)
    await asyncio.gather(desk.fire(), desk.fire(desk.others))
    assert await desk.fire() == ["a"]


async def test_a_failed_one_leaves_nothing_and_is_tried_again_later(desk: Desk) -> None:
    await desk.schedule("t", 5)
    desk.clock.advance(5)
    desk.fault = LookupError()
    assert await desk.fire() == []
    desk.fault = None
    assert await desk.fire() == []
    desk.clock.advance(1)
    assert await desk.fire() == ["a"]


async def test_one_that_cannot_be_fired_now_stays_due(desk: Desk) -> None:
    await desk.schedule("t", 5)
    desk.clock.advance(5)
    desk.fault = RetryLater()
    with pytest.raises(RetryLater):
        await desk.fire()
    desk.fault = None
    assert await desk.fire() == ["a"]


async def test_running_it_fires_on_the_instance_with_the_lease(desk: Desk) -> None:
    await desk.schedule("t", 0)
    running = [
        asyncio.create_task(timers.run({"ring": desk.ring}))
        for timers in (desk.timers, desk.others)
    ]
    try:
        async with asyncio.timeout(40):
            while not await desk.fired.find({}):
                await asyncio.sleep(0.02)
    finally:
        for task in running:
            task.cancel()
        await asyncio.wait(running)
    assert len(await desk.fired.find({})) == 1
