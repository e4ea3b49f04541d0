"""Notify on fakes, with the bus in front of it and the clock in the test's hand."""

import base64
from datetime import timedelta

from chassis.clock import FakeClock
from chassis.keyring import FakeKeyring
from chassis.links import Links
from chassis.settings import Settings
from chassis.storage import FakeStorage
from chassis.timers import FakeTimers
from contracts.envelope import Message
from contracts.notify import AlertRaised, MailChanged
from contracts.portal import CompanyListed, PortalListed, TechnicianListed
from services.notify import consumers
from services.notify.addressing import Addresses
from services.notify.domain import Persistence
from services.notify.escalating import Escalation
from services.notify.handlers import Alerts, Mails, Surveys
from services.notify.inbox_store import FakeInboxStore
from services.notify.inboxes import Inboxes
from services.notify.ledger import Ledger
from services.notify.patience import FakePatience, Patience
from services.notify.planned import FakePlannedStore
from services.notify.received_store import FakeReceivedStore
from services.notify.receiving import Receiving
from services.notify.ringing import Ringing
from services.notify.service_levels import ServiceLevels
from services.notify.storage import FakeAlertStore, FakeMailStore
from services.notify.targets import Targets
from services.notify.tests.examples import ANN, AT, BEN, company, portal, technician
from services.notify.threading import Threads

SURVEY_WAIT = 600
THREADS = Threads(bytes(32))
DESK = "desk@desk.example"
LINKS = Links(Settings(kafka="-", mongo="-", secret=base64.b64encode(bytes(32)).decode()))


class FakePeople:
    """The directory as far as notify asks it."""

    def __init__(self, *people: TechnicianListed) -> None:
        self.loaded = True
        self.people = list(people)
        self.portals = [portal()]

    def everyone(self, tenant: str) -> list[TechnicianListed]:
        return [person for person in self.people if person.tenant == tenant]

    def technician(self, technician_id: str) -> TechnicianListed | None:
        return next((it for it in self.people if it.technician_id == technician_id), None)

    def company(self, company_id: str) -> CompanyListed | None:
        listed = company()
        return listed if listed.company_id == company_id else None

    def every_portal(self) -> list[PortalListed]:
        return self.portals

    def portal(self, portal_id: str) -> PortalListed | None:
        return next((p for p in self.portals if p.portal_id == portal_id), None)


class House:
    """Who notify tells, and what became due."""

    def __init__(self, times: int = 3, *, escalates: bool = False) -> None:
        self.storage, self.timers, self.clock = FakeStorage(), FakeTimers(), FakeClock(AT)
        self.people = FakePeople(technician(ANN), technician(BEN, available=False))
        patience = Patience(timedelta(seconds=60), times)
        self.patience = FakePatience(self.storage, patience)
        store = FakeAlertStore(self.storage)
        self.ledger = FakeMailStore(self.storage)
        persistence = Persistence(timedelta(seconds=10), timedelta(hours=1), timedelta(hours=24))
        ledger = Ledger(self.ledger, self.clock, persistence)
        by_mail = Escalation(ledger, self.people, public_url="https://desk.example", language="en")
        self.alerts = Alerts(
            store,
            self.timers,
            self.people,
            self.clock,
            self.patience,
            by_mail if escalates else None,
        )
        self.ringing = Ringing(self.storage, self.patience, self.clock)
        mails = Mails(self.ledger, ledger, self.people, LINKS)
        surveys = Surveys(
            FakePlannedStore(self.storage),
            ledger,
            self.timers,
            self.people,
            LINKS,
            clock=self.clock,
            wait=timedelta(seconds=SURVEY_WAIT),
        )
        self.inbox = FakeInboxStore(self.storage)
        self.inboxes = Inboxes(self.inbox, store, self.people, self.clock, timedelta(days=60))
        levels = ServiceLevels(
            store,
            self.people,
            self.inboxes,
            self.clock,
            timedelta(days=60),
            by_mail if escalates else None,
        )
        self.received = FakeReceivedStore(self.storage)
        self.keyring = FakeKeyring()
        addresses = Addresses(THREADS, DESK, DESK, "desk.example")
        self.receiving = Receiving(
            self.storage,
            self.received,
            self.ledger,
            ledger,
            targets=Targets(self.ledger, self.keyring, self.people, THREADS, addresses),
            portals=self.people,
            threads=THREADS,
            addresses=addresses,
            links=LINKS,
            clock=self.clock,
            secret=bytes(32),
            per_hour=12,
            locale="en",
        )
        subscriptions = (
            consumers.case_events(
                self.alerts, mails, surveys, self.inboxes, levels, self.receiving
            ),
            consumers.commands(mails),
        )
        self.handlers = {k: h for s in subscriptions for k, h in s.handlers.items()}
        self.fired = consumers.timers(self.alerts, surveys)

    async def hears(self, *events: Message, once: str | None = None) -> None:
        for event in events:
            handle = self.handlers[type(event)]
            await self.storage.transact(
                lambda tx, h=handle, e=event: h(tx, e),  # type: ignore[misc]
                once=once,
            )

    async def after(self, seconds: float) -> None:
        """Let time pass, and fire what is due."""
        self.clock.advance(seconds)
        due = [n for n, (at, _, _) in self.timers.scheduled.items() if at <= self.clock.now()]
        for name in due:
            _, kind, payload = self.timers.scheduled.pop(name)
            handle = self.fired[kind]
            await self.storage.transact(lambda tx, h=handle, p=payload: h(tx, p))  # type: ignore[misc]

    @property
    def told(self) -> list[tuple[str, tuple[str, ...]]]:
        return [(m.alert, m.told) for m in self.storage.emitted if isinstance(m, AlertRaised)]

    @property
    def mailed(self) -> list[tuple[str, str, str]]:
        changes = [m for m in self.storage.emitted if isinstance(m, MailChanged)]
        return [(m.kind, m.recipient, m.state) for m in changes]
