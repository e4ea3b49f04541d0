"""The lease of a customer who waits: kept by their socket, and not lost by what the desk did."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from chassis.clock import FakeClock
from chassis.mongo import DatabaseAway
from chassis.storage import FakeStorage
from chassis.timers import FakeTimers
from chassis.tokens import Identity
from services.chat import handlers
from services.chat.conversation import Live
from services.chat.domain import Place
from services.chat.fold import Fold
from services.chat.hub import Hub
from services.chat.presence import GRACE, Presence
from services.chat.tests.examples import (
    COMPANY,
    CONVERSATION,
    CUSTOMER,
    NOON,
    PORTAL,
    TENANT,
    activity,
    ended,
    opened,
)

CLEO = Identity("customer", CUSTOMER, TENANT, "", conversation=CONVERSATION)
TIMER = f"gone/{CONVERSATION}"


class Log:
    """Takes entries, and tells the conversation of them."""

    def __init__(self, live: Live) -> None:
        self.entries: list[Any] = []
        self._live = live

    async def append(self, entry: Any) -> int:
        self.entries.append(entry)
        self._live.apply(100 + len(self.entries), entry)
        return 100 + len(self.entries)


class House:
    """One conversation that waits, its customer, and the instance that they are connected to, if they are."""

    def __init__(self, grace: int | None = 30) -> None:
        self.clock = FakeClock()
        self.timers = FakeTimers()
        self.storage = FakeStorage()
        self.hub = Hub(20)
        self.open = True
        self.live = Live(Place(CONVERSATION, TENANT, COMPANY), 0, Fold(), lambda _: "Ada")
        self.live.apply(100, opened())
        self.log = Log(self.live)
        self.loaded: Live | None = self.live
        parts: Any = SimpleNamespace(
            known=self._known, portal=lambda _: grace and SimpleNamespace(grace=grace)
        )
        self.presence = Presence(
            self.hub, parts, self.storage, self.timers, parts, self.clock, lambda: self.open
        )
        self.hub_elsewhere = Hub(20)
        self.elsewhere = Presence(
            self.hub_elsewhere,
            parts,
            self.storage,
            self.timers,
            parts,
            self.clock,
            lambda: True,
        )
        self._socket: Any = object()

    async def _known(self, _: str) -> Live | None:
        return self.loaded

    def come(self) -> None:
        self.hub.admit(self._socket, CLEO)
        self.presence.saw(CONVERSATION)

    def leave(self) -> None:
        self.hub.remove(self._socket)
        self.presence.left(CONVERSATION)

    @property
    def left(self) -> float:
        """Seconds until the lease ends."""
        return (self.timers.scheduled[TIMER][0] - self.clock.now()).total_seconds()

    async def pass_time(self, seconds: int) -> None:
        """Everything runs, second by second."""
        for _ in range(seconds):
            self.clock.advance(1)
            await self.presence.look()
            await self.elsewhere.look()
            await self.fire()

    async def fire(self) -> None:
        """What the chassis does with a timer that is due."""
        due, _, payload = self.timers.scheduled.get(TIMER, (NOON + timedelta(days=9999), "", {}))
        if due > self.clock.now():
            return
        chat: Any = SimpleNamespace(
            relay=SimpleNamespace(known=self._known),
            presence=self.presence,
            log=self.log,
            clock=self.clock,
        )
        del self.timers.scheduled[TIMER]
        await self.storage.transact(lambda tx: handlers.end_abandoned(chat, tx, payload))


@pytest.fixture
async def house() -> House:
    """A conversation that has just begun, at an instance that has been there for long."""
    house = House()
    await house.presence.look()
    house.clock.advance(3600)
    await house.presence.expect(CONVERSATION, PORTAL)
    return house


async def test_who_never_comes_is_gone_after_the_grace_and_only_once(house: House) -> None:
    await house.pass_time(29)
    assert house.log.entries == []
    await house.pass_time(60)
    (end,) = house.log.entries
    assert end.by == "gone"


async def test_who_is_connected_is_not_gone(house: House) -> None:
    house.come()
    await house.pass_time(200)
    assert house.log.entries == []
    assert 20 <= house.left <= 30


async def test_who_is_connected_to_another_instance_than_the_one_that_looks_is_not_gone(
    house: House,
) -> None:
    socket: Any = object()
    house.hub_elsewhere.admit(socket, CLEO)
    house.elsewhere.saw(CONVERSATION)
    await house.pass_time(200)
    assert house.log.entries == []
    house.hub_elsewhere.remove(socket)
    house.elsewhere.left(CONVERSATION)
    await house.pass_time(32)
    assert len(house.log.entries) == 1


async def test_the_grace_begins_when_the_socket_is_gone(house: House) -> None:
    house.come()
    await house.pass_time(109)
    house.leave()
    await house.pass_time(29)
    assert house.log.entries == []
    await house.pass_time(2)
    assert len(house.log.entries) == 1


async def test_who_comes_back_in_time_goes_on_waiting(house: House) -> None:
    for _ in range(4):
        house.come()
        await house.pass_time(20)
        house.leave()
        await house.pass_time(20)
    assert house.log.entries == []


async def test_a_customer_without_a_socket_who_asks_for_something_is_there(house: House) -> None:
    for _ in range(4):
        await house.pass_time(20)
        house.presence.saw(CONVERSATION)
    assert house.log.entries == []
    await house.pass_time(31)
    assert len(house.log.entries) == 1


async def test_once_somebody_has_joined_the_page_may_be_closed(house: House) -> None:
    house.live.apply(101, activity("joined"))
    await house.pass_time(100)
    assert house.log.entries == []
    assert house.timers.scheduled == {}


async def test_what_has_ended_is_not_ended_again(house: House) -> None:
    house.live.apply(101, ended("customer"))
    await house.pass_time(100)
    assert house.log.entries == []


async def test_a_lease_of_a_conversation_that_never_began_does_nothing(house: House) -> None:
    house.loaded = None
    house.presence.saw(CONVERSATION)
    await house.pass_time(100)
    assert house.log.entries == []


async def test_a_lease_that_ran_out_while_nobody_looked_begins_anew(house: House) -> None:
    house.clock.advance(600)
    await house.fire()
    assert house.log.entries == []
    assert house.left == 30
    await house.pass_time(31)
    assert len(house.log.entries) == 1


async def test_nobody_is_gone_before_the_door_has_been_open_for_the_grace(house: House) -> None:
    house.open = False
    await house.pass_time(29)
    house.open = True
    await house.pass_time(29)
    assert house.log.entries == []
    await house.pass_time(32)
    assert len(house.log.entries) == 1


async def test_a_lease_that_could_not_be_extended_is_tried_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: Any) -> None:
        raise DatabaseAway

    house.come()
    with monkeypatch.context() as patch:
        patch.setattr(house.storage, "transact", away)
        house.clock.advance(5)
        with pytest.raises(DatabaseAway):
            await house.presence.look()
    assert house.left == 25
    await house.presence.look()
    assert house.left == 30


async def test_a_portal_that_is_not_listed_bears_with_a_minute() -> None:
    house = House(grace=None)
    await house.presence.expect(CONVERSATION, PORTAL)
    assert house.left == GRACE.total_seconds()
