from datetime import timedelta

import pytest

from chassis.clock import FakeClock
from chassis.errors import RetryLater
from chassis.storage import FakeStorage
from chassis.timers import FakeTimers
from contracts.envelope import Message
from contracts.notify import AlertRaised
from contracts.portal import TechnicianListed
from services.notify.handlers import FROM_CASES, FROM_TIMERS, Alerts, Patience
from services.notify.storage import FakeAlertStore
from services.notify.tests.examples import ANN, AT, BEN, CASE, ends, opened, technician


class FakePeople:
    """The directory as far as notify asks it."""

    def __init__(self, *people: TechnicianListed) -> None:
        self.loaded = True
        self.people = list(people)

    def everyone(self, tenant: str) -> list[TechnicianListed]:
        return [person for person in self.people if person.tenant == tenant]


class House:
    """Notify on fakes, with the bus in front of it and the clock in the test's hand."""

    def __init__(self, times: int = 3) -> None:
        self.storage, self.timers, self.clock = FakeStorage(), FakeTimers(), FakeClock(AT)
        self.people = FakePeople(technician(ANN), technician(BEN, available=False))
        patience = Patience(timedelta(seconds=60), times)
        store = FakeAlertStore(self.storage)
        self.alerts = Alerts(store, self.timers, self.people, self.clock, patience)

    async def hears(self, event: Message, *, once: str | None = None) -> None:
        handle = FROM_CASES[type(event)]
        await self.storage.transact(lambda tx: handle(self.alerts, tx, event), once=once)

    async def after(self, seconds: float) -> None:
        """Let time pass, and fire what is due."""
        self.clock.advance(seconds)
        due = [n for n, (at, _, _) in self.timers.scheduled.items() if at <= self.clock.now()]
        for name in due:
            _, kind, payload = self.timers.scheduled.pop(name)
            handle = FROM_TIMERS[kind]
            await self.storage.transact(
                lambda tx, h=handle, p=payload: h(self.alerts, tx, p)  # type: ignore[misc]
            )

    @property
    def told(self) -> list[tuple[str, tuple[str, ...]]]:
        return [(m.alert, m.told) for m in self.storage.emitted if isinstance(m, AlertRaised)]


@pytest.fixture
def house() -> House:
    return House()


async def test_whoever_can_come_is_told_at_once(house: House) -> None:
    await house.hears(opened())
    assert house.told == [("waiting", (ANN,))]


async def test_an_unclaimed_chat_rings_again_after_its_time_and_at_most_so_often(
    house: House,
) -> None:
    await house.hears(opened())
    await house.after(59)
    assert len(house.told) == 1
    await house.after(1)
    assert house.told[1:] == [("waiting_again", (ANN,))]
    for _ in range(5):
        await house.after(60)
    assert [alert for alert, _ in house.told] == ["waiting", *["waiting_again"] * 3]
    versions = [message.aggregate_version for message in house.storage.emitted]
    assert versions == [1, 2, 3, 4]


async def test_ringing_again_can_be_turned_off() -> None:
    house = House(times=0)
    await house.hears(opened())
    assert house.timers.scheduled == {}


async def test_who_became_available_meanwhile_is_told_then(house: House) -> None:
    await house.hears(opened())
    house.people.people = [technician(ANN, available=False), technician(BEN)]
    await house.after(60)
    assert house.told[-1] == ("waiting_again", (BEN,))


@pytest.mark.parametrize("end", ends(), ids=lambda event: event.type)
async def test_nobody_is_told_again_once_the_wait_has_ended(house: House, end: Message) -> None:
    await house.hears(opened())
    await house.hears(end)
    assert house.timers.scheduled == {}
    await house.after(600)
    assert len(house.told) == 1


async def test_a_timer_that_fires_late_tells_nothing_of_an_ended_wait(house: House) -> None:
    await house.hears(opened())
    kept = dict(house.timers.scheduled)
    await house.hears(ends()[0])
    house.timers.scheduled.update(kept)
    await house.after(60)
    assert len(house.told) == 1


async def test_a_timer_that_fires_twice_tells_once(house: House) -> None:
    await house.hears(opened())
    kept = dict(house.timers.scheduled)
    await house.after(60)
    house.timers.scheduled |= kept
    await house.after(0)
    assert len(house.told) == 2


async def test_a_replay_tells_nobody_twice_even_without_an_inbox(house: House) -> None:
    event = opened()
    await house.hears(event)
    await house.hears(ends()[0])
    await house.hears(event)
    assert len(house.told) == 1
    assert house.timers.scheduled == {}


async def test_nothing_is_decided_before_everybody_is_known(house: House) -> None:
    house.people.loaded = False
    with pytest.raises(RetryLater):
        await house.hears(opened(), once="message")
    house.people.loaded = True
    await house.hears(opened(), once="message")
    assert house.told == [("waiting", (ANN,))]


async def test_the_alert_is_about_the_case_and_says_nothing_of_the_customer(house: House) -> None:
    await house.hears(opened())
    (alert,) = house.storage.emitted
    assert alert.key == CASE
    assert "cleo" not in alert.model_dump_json().lower()
