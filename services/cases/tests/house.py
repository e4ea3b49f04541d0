"""A desk on fakes, and the bus in front of it."""

from datetime import timedelta

from chassis.clock import FakeClock
from chassis.handling import Placed
from chassis.ids import derived_id
from chassis.keyring import FakeKeyring
from chassis.storage import FakeStorage
from chassis.timers import FakeTimers
from chassis.tokens import Identity
from contracts.cases import CaseChanged
from contracts.envelope import Message
from services.cases.actions import ACTIONS, Act
from services.cases.assigning import Assigning
from services.cases.assignment_store import FakeAssignmentStore
from services.cases.attendance import FakeAttendance
from services.cases.clocks import Clocks
from services.cases.consumers import chat_log
from services.cases.contact_book import ContactBook
from services.cases.contacts import AddressIndex
from services.cases.contacts_store import FakeContactStore
from services.cases.dispatching import Dispatcher
from services.cases.domain import Case
from services.cases.handlers import FROM_TIMERS, Desk
from services.cases.history import FakeHistory
from services.cases.keeping import Keeper
from services.cases.label_desk import LabelDesk
from services.cases.labels import FakeLabels
from services.cases.macro_desk import MacroDesk
from services.cases.macros import FakeMacros
from services.cases.making import Making
from services.cases.relating import Relating
from services.cases.ring_desk import RingDesk
from services.cases.rule_desk import RuleDesk
from services.cases.rule_runs import RuleRuns
from services.cases.rule_store import FakeRules
from services.cases.search import BlindIndex
from services.cases.sla_handlers import SLA_FROM_TIMERS, SlaDesk
from services.cases.sla_store import FakeServiceLevels
from services.cases.snoozing_desk import SnoozingDesk
from services.cases.snoozing_store import FakeSnoozing
from services.cases.storage import FakeCaseStore, Scope
from services.cases.switch_desk import SwitchDesk
from services.cases.technicians import Technicians
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
from services.cases.whatif import FakePast

HERE = Scope(TENANT, (COMPANY,))
MINUTE = timedelta(minutes=1)
CUSTOMER = admitted().customer
STRANGER = admitted(derived_id("another case")).customer


def who(
    technician_id: str, tenant: str = TENANT, companies: tuple[str, ...] = (COMPANY,)
) -> Identity:
    """A technician who is signed in."""
    return Identity("technician", technician_id, tenant, "", companies=companies)


class House:
    """The desk; `seq` counts the entries of its one log."""

    def __init__(self) -> None:
        self.storage = FakeStorage()
        self.people = FakePeople(technician(ANN, "Ann"), technician(BEN, "Ben"))
        self.clock = FakeClock(AT)
        self.keyring = FakeKeyring()
        self.timers = FakeTimers()
        self.history = FakeHistory(self.storage)
        self.labels = FakeLabels()
        index = BlindIndex(bytes(32))
        cases = FakeCaseStore(self.storage, index)
        self.contacts = FakeContactStore(self.storage, AddressIndex(bytes(32)), index)
        self.book = ContactBook(self.storage, self.contacts, cases, self.keyring, self.clock)
        self.levels = FakeServiceLevels(self.storage)
        self.keeper = Keeper(
            self.storage,
            cases,
            self.history,
            self.people,
            self.timers,
            ask_for=MINUTE,
            contacts=self.book,
            clocks=Clocks(self.levels, self.timers),
        )
        self.desk = Desk(self.keeper, self.keyring, self.clock)
        self.relating = Relating(self.keeper, self.clock)
        self.making = Making(self.keeper, self.keyring, self.clock)
        self.technicians = Technicians(self.keeper, self.labels, self.clock)
        self.label_desk = LabelDesk(self.storage, self.labels, self.clock)
        self.macros = MacroDesk(
            self.keeper, FakeMacros(self.storage), self.labels, self.technicians, self.clock
        )
        self.plans = FakeAssignmentStore(self.storage)
        self.dispatcher = Dispatcher(self.keeper, self.plans, self.clock)
        self.past = FakePast(self.storage)
        self.attendance = FakeAttendance(self.storage)
        self.assigning = Assigning(self.storage, self.plans, self.people, self.past, self.clock)
        self.switching = SwitchDesk(self.plans, self.people, self.attendance, self.past, self.clock)
        self.ringing = RingDesk(self.past, self.clock)
        self.rules = FakeRules(self.storage)
        self.runs = FakeTimers()
        self.ruling = RuleRuns(self.keeper, self.rules, self.labels, self.runs, self.clock)
        self.keeper.follow = self.ruling.follow
        self.rule_desk = RuleDesk(self.keeper, self.rules, self.labels, self.past, self.clock)
        self.sla = SlaDesk(self.keeper, self.levels, self.past, self.people, self.clock)
        self.keeper.snoozing = times = FakeSnoozing(self.storage)
        self.snoozing = SnoozingDesk(self.storage, times, self.past, self.clock)
        self.seq = 0

    async def act(
        self,
        action: str | Act,
        by: str,
        state_version: int = 0,
        case_id: str = CASE,
    ) -> Case:
        """A technician does something; an action without fields may be named by what it does."""
        if isinstance(action, str):
            action = next(it for it in ACTIONS if it.model_fields["do"].default == action)()
        return await self.technicians.act(who(by), case_id, action, state_version)

    async def case(self, case_id: str = CASE) -> Case:
        """The case as it is."""
        case = await self.keeper.store.get(None, HERE, case_id)
        assert case is not None
        return case

    async def hears(self, *log: Message) -> None:
        for entry in log:
            self.seq += 1
            await self.handle(entry, self.seq, once=entry.id)

    async def handle(self, entry: Message, seq: int, *, once: str | None) -> None:
        placed = [Placed(entry, seq)]
        await self.storage.transact(lambda tx: chat_log(self.desk).handle(tx, placed), once=once)

    async def fires(self, timer_id: str) -> None:
        _, kind, payload = self.timers.scheduled.pop(timer_id)
        if kind in SLA_FROM_TIMERS:
            ring = SLA_FROM_TIMERS[kind]
            await self.storage.transact(lambda tx: ring(self.sla, tx, payload))
            return
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
    await house.act("assign", ANN, 1)
    await house.act("resolve", ANN, 2)
    await house.hears(message("Bye", by="technician"), ended())
