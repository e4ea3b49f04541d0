"""A desk on fakes, and the bus in front of it."""

from datetime import timedelta

from chassis.clock import FakeClock
from chassis.ids import derived_id
from chassis.keyring import FakeKeyring
from chassis.storage import FakeStorage
from chassis.timers import FakeTimers
from contracts.cases import CaseChanged
from contracts.envelope import Message
from services.cases.handlers import FROM_THE_LOG, FROM_TIMERS, Desk
from services.cases.storage import FakeCaseStore, Scope
from services.cases.tests.examples import (
    ANN,
    AT,
    BEN,
    CASE,
    COMPANY,
    TENANT,
    FakePeople,
    admitted,
    ended,
    message,
    opened,
    technician,
)

HERE = Scope(TENANT, (COMPANY,))
MINUTE = timedelta(minutes=1)
CUSTOMER = admitted().customer
STRANGER = admitted(derived_id("another case")).customer


class House:
    """The desk; `seq` counts the entries of its one log."""

    def __init__(self) -> None:
        self.storage = FakeStorage()
        self.people = FakePeople(technician(ANN, "Ann"), technician(BEN, "Ben"))
        self.clock = FakeClock(AT)
        self.keyring = FakeKeyring()
        self.timers = FakeTimers()
        self.desk = Desk(
            self.storage,
            FakeCaseStore(self.storage),
            self.people,
            self.keyring,
            self.timers,
            clock=self.clock,
            ask_for=MINUTE,
        )
        self.seq = 0

    async def hears(self, *log: Message) -> None:
        for entry in log:
            self.seq += 1
            await self.handle(entry, self.seq, once=entry.id)

    async def handle(self, entry: Message, seq: int, *, once: str | None) -> None:
        handler = FROM_THE_LOG[type(entry)]
        await self.storage.transact(lambda tx: handler(self.desk, tx, entry), once=once, seq=seq)

    async def fires(self, timer_id: str) -> None:
        _, kind, payload = self.timers.scheduled.pop(timer_id)
        handler = FROM_TIMERS[kind]
        await self.storage.transact(lambda tx: handler(self.desk, tx, payload))

    @property
    def told(self) -> list[str]:
        return [event.type for event in self.storage.emitted]

    @property
    def last(self) -> CaseChanged:
        event = self.storage.emitted[-1]
        assert isinstance(event, CaseChanged)
        return event


async def resolved(house: House) -> None:
    await house.hears(opened(), message("help"))
    await house.desk.act("assign", HERE, ANN, CASE, 1)
    await house.desk.act("resolve", HERE, ANN, CASE, 2)
    await house.hears(message("Bye", by="technician"), ended())
