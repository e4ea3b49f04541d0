"""What notify does: tells technicians at once that somebody waits, again while nobody comes, and sends mails."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final, Protocol

from chassis.clock import Clock
from chassis.errors import DeskbusError, RetryLater
from chassis.keyring import Erased
from chassis.storage import Tx
from chassis.timers import Timers
from chassis.tokens import Identity
from contracts.cases import (
    CaseAssigned,
    CaseChanged,
    CaseChatEnded,
    CaseContactChanged,
    CaseOpened,
    CaseReady,
    CaseReopened,
    CaseRequested,
    CaseResolved,
)
from contracts.envelope import Message
from contracts.notify import SendMail
from contracts.portal import CompanyListed, TechnicianListed
from services.notify import domain, letters
from services.notify.domain import Decision, Mail, Waiting
from services.notify.ledger import Ledger
from services.notify.storage import AlertStore, MailStore

RING_AGAIN: Final = "ring_again"


class People(Protocol):
    """What notify needs to know of technicians; `chassis.directory.Directory` knows it."""

    loaded: bool
    """Whether everybody is known who was there at the start."""

    def everyone(self, tenant: str) -> list[TechnicianListed]:
        """The account's technicians, those included who are no longer active."""
        ...

    def technician(self, technician_id: str) -> TechnicianListed | None:
        """The technician of this id."""
        ...

    def company(self, company_id: str) -> CompanyListed | None:
        """The company with this id."""
        ...


class MailUnknown(DeskbusError):
    """There is no such mail, or it is not one that the caller may see."""

    code = "mail_unknown"
    status = 404
    text = "There is no such mail."


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a wait lasts before it is told again, and how often it is."""

    wait: timedelta
    times: int


class Alerts:
    """Alerts: a decision, its alert and its timer are one transaction."""

    def __init__(
        self, store: AlertStore, timers: Timers, people: People, clock: Clock, patience: Patience
    ) -> None:
        self._store = store
        self._timers = timers
        self.people = people
        self._clock = clock
        self._patience = patience

    async def begin(self, tx: Tx, event: CaseChanged) -> None:
        """A customer waits: whoever can come is told, once however often the event is read."""
        waiting = domain.begin(event)
        if waiting is not None and not await self._store.was_decided(tx, waiting.alert_id):
            await self._tell(tx, waiting)

    async def end(self, tx: Tx, event: CaseChanged) -> None:
        """Nobody waits any more: somebody came, or the customer left."""
        await self._store.end_wait(tx, event.conversation_id)
        await self._timers.cancel(tx, event.conversation_id)

    async def turn(self, tx: Tx, event: CaseRequested) -> None:
        """Nobody sits and waits any more; the request rings only if its chat never did."""
        await self.end(tx, event)
        await self.begin(tx, event)

    async def ring_again(self, tx: Tx, payload: Mapping[str, Any]) -> None:
        """The time is up: those who can come now are told again, if that customer still waits."""
        waiting = await self._store.wait_of(tx, payload["case_id"])
        if waiting is not None and waiting.told == payload["told"]:
            await self._tell(tx, waiting)

    async def of_case(self, viewer: Identity, case_id: str) -> list[Decision]:
        """Whom notify told of a case and whom not, as far as the viewer may know; the first decided first."""
        decisions = await self._store.decisions_on(case_id)
        return [decision for decision in decisions if domain.may_see(viewer, decision)]

    async def _tell(self, tx: Tx, waiting: Waiting) -> None:
        if not self.people.loaded:
            raise RetryLater
        everyone = self.people.everyone(waiting.tenant)
        alert = domain.decide(
            waiting,
            everyone,
            self._clock.now(),
            await self._store.next_version(tx, waiting.case_id),
        )
        await self._store.record(tx, alert)
        tx.emit(alert)
        await self._go_on(tx, replace(waiting, told=waiting.told + 1))

    async def _go_on(self, tx: Tx, waiting: Waiting) -> None:
        if not waiting.live or waiting.told > self._patience.times:
            await self._store.end_wait(tx, waiting.case_id)
            return
        await self._store.put_wait(tx, waiting)
        due = self._clock.now() + self._patience.wait
        payload = {"case_id": waiting.case_id, "told": waiting.told}
        await self._timers.schedule(tx, waiting.case_id, due, RING_AGAIN, payload)


class Mails:
    """Mails: whom we write to of our own accord, what others have us send, and who may know of it."""

    def __init__(self, store: MailStore, ledger: Ledger, people: People) -> None:
        self._store = store
        self._ledger = ledger
        self._people = people

    async def acknowledge(self, tx: Tx, event: CaseChanged) -> None:
        """A request has arrived: its customer gets its number by mail, once and for all."""
        if not domain.is_acknowledged(event):
            return
        if not self._people.loaded:
            raise RetryLater
        company = self._people.company(event.company_id)
        name = company.name if company else event.case.portal_address
        content = letters.acknowledgement(event, name)
        await self._ledger.request(tx, domain.acknowledgement(event, content))

    async def send(self, tx: Tx, command: SendMail) -> None:
        """Another service has written a mail."""
        await self._ledger.request(tx, command)

    async def show(self, viewer: Identity, mail_id: str) -> Mail:
        """The mail as it stands in the ledger; raises `MailUnknown`."""
        try:
            mail = await self._store.find(None, mail_id)
        except Erased:
            mail = None
        if mail is None or not domain.may_see(viewer, mail):
            raise MailUnknown
        return mail

    async def of_case(self, viewer: Identity, case_id: str) -> list[Mail]:
        """The mails of a case that the viewer may see, the first requested first."""
        mails = await self._store.of_case(case_id)
        return [mail for mail in mails if domain.may_see(viewer, mail)]


# ---- what is handled, and by whom ----------------------------------------------------------------

ALERTS_FROM_CASES: Final[Mapping[type[Message], Callable[[Alerts, Tx, Any], Awaitable[None]]]] = {
    CaseOpened: Alerts.begin,
    CaseReady: Alerts.begin,
    CaseReopened: Alerts.begin,
    CaseRequested: Alerts.turn,
    CaseAssigned: Alerts.end,
    CaseResolved: Alerts.end,
    CaseChatEnded: Alerts.end,
}
MAILS_FROM_CASES: Final[Mapping[type[Message], Callable[[Mails, Tx, Any], Awaitable[None]]]] = {
    CaseOpened: Mails.acknowledge,
    CaseRequested: Mails.acknowledge,
    CaseContactChanged: Mails.acknowledge,
}
FROM_COMMANDS: Final[Mapping[type[Message], Callable[[Mails, Tx, Any], Awaitable[None]]]] = {
    SendMail: Mails.send,
}
FROM_TIMERS: Final = {RING_AGAIN: Alerts.ring_again}
