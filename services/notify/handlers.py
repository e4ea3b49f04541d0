"""What notify does: tells technicians that somebody waits, again while nobody comes; sends mails; asks how it was."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final, Protocol

from chassis.clock import Clock
from chassis.errors import DeskbusError, RetryLater
from chassis.keyring import Erased
from chassis.links import CaseRef, Links
from chassis.storage import Tx
from chassis.timers import Timers
from chassis.tokens import Identity
from contracts.cases import (
    CaseAssigned,
    CaseChanged,
    CaseChatEnded,
    CaseContactChanged,
    CaseEdited,
    CaseOpened,
    CasePending,
    CaseReady,
    CaseReopened,
    CaseRequested,
    CaseResolved,
    CaseRestored,
    CaseRouted,
    CaseSnoozed,
    CaseTransferred,
    CaseWoken,
    SurveyAnswered,
)
from contracts.envelope import Message
from contracts.follow_ups import CaseFollowedUp
from contracts.notify import SendMail
from contracts.portal import CompanyListed, PortalListed, TechnicianListed
from contracts.relations import CaseMerged, CaseUnmerged
from services.notify import domain, giving, letters
from services.notify.domain import Decision, Mail, Waiting
from services.notify.escalating import Escalation
from services.notify.escalation import escalate
from services.notify.follow_ups import follow_up
from services.notify.ledger import Ledger
from services.notify.patience import Patiences
from services.notify.planned import PlannedStore
from services.notify.sight import may_see, seen_by
from services.notify.storage import AlertStore, MailStore

RING_AGAIN: Final = "ring_again"
ASK_HOW_IT_WAS: Final = "ask_how_it_was"


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

    def portal(self, portal_id: str) -> PortalListed | None:
        """The portal with this id."""
        ...


class MailUnknown(DeskbusError):
    """There is no such mail, or it is not one that the caller may see."""

    code = "mail_unknown"
    status = 404
    text = "There is no such mail."


class Alerts:
    """Alerts: a decision, its alert and its timer are one transaction."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it stands on, each from the composition root
        self,
        store: AlertStore,
        timers: Timers,
        people: People,
        clock: Clock,
        patience: Patiences,
        escalation: Escalation | None = None,
    ) -> None:
        self._store = store
        self._timers = timers
        self.people = people
        self._clock = clock
        self._patience = patience
        self._escalation = escalation

    async def begin(self, tx: Tx, event: CaseChanged) -> None:
        """A customer waits: whoever can come is told, once however often the event is read."""
        waiting = domain.begin(event)
        if waiting is None or await self._store.was_decided(tx, waiting.alert_id):
            return
        if not event.routing:
            await self._tell(tx, waiting)
        elif not await self._store.was_decided(tx, giving.given_id(event)):
            patience = await self._patience.of(tx, waiting.tenant)
            await self._wait(tx, waiting, patience.hold)

    async def end(self, tx: Tx, event: CaseChanged) -> None:
        """Nobody waits any more: somebody came, or the customer left."""
        await self._store.end_wait(tx, event.conversation_id)
        await self._timers.cancel(tx, event.conversation_id)

    async def give(self, tx: Tx, event: CaseRouted) -> None:
        """The desk decided by itself: who gets the case is told alone; where nobody can, all are as without it."""
        waiting = await self._store.wait_of(tx, event.conversation_id)
        if event.technician_id is None:
            if waiting is not None and not waiting.told:
                await self._ring(tx, waiting)
            return
        if domain.is_quiet(event) or await self._store.was_decided(tx, giving.given_id(event)):
            return
        if not self.people.loaded:
            raise RetryLater
        everyone = self.people.everyone(event.tenant)
        version = await self._store.next_version(tx, event.conversation_id)
        alert = giving.give(event, everyone, self._clock.now(), version)
        await self._store.record(tx, alert)
        tx.emit(alert)

    async def turn(self, tx: Tx, event: CaseChanged) -> None:
        """One wait is over, and another may begin: a request rings only if its chat never did."""
        await self.end(tx, event)
        await self.begin(tx, event)

    async def hush(self, tx: Tx, event: CaseChanged) -> None:
        """The case was muted, or may alert again: what rings there already follows."""
        waiting = await self._store.wait_of(tx, event.conversation_id)
        if waiting is not None:
            await self._store.put_wait(tx, replace(waiting, muted=domain.is_quiet(event)))

    async def restore(self, tx: Tx, event: CaseRestored) -> None:
        """Something was taken back: a technician's coming or going, or a mark."""
        if "state" in event.fields:
            await self.turn(tx, event)
        else:
            await self.hush(tx, event)

    async def ring_again(self, tx: Tx, payload: Mapping[str, Any]) -> None:
        """The time is up: those who can come now are told again, if that customer still waits.

        When it has rung as often as it can, they are told by another way.
        """
        waiting = await self._store.wait_of(tx, payload["case_id"])
        if waiting is None or waiting.told != payload["told"]:
            return
        patience = await self._patience.of(tx, waiting.tenant)
        if waiting.told > patience.times:
            await self._escalate(tx, waiting)
        else:
            await self._ring(tx, waiting)

    async def of_case(self, viewer: Identity, case_id: str) -> list[Decision]:
        """Whom notify told of a case and whom not, as far as the viewer may know; the first decided first."""
        decisions = await self._store.decisions_on(case_id)
        return [decision for decision in decisions if may_see(viewer, decision)]

    async def _ring(self, tx: Tx, waiting: Waiting) -> None:
        if waiting.muted:
            await self._go_on(tx, replace(waiting, told=waiting.told + 1))
        else:
            await self._tell(tx, waiting)

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

    async def _escalate(self, tx: Tx, waiting: Waiting) -> None:
        await self._store.end_wait(tx, waiting.case_id)
        if waiting.muted or self._escalation is None:
            return
        if not self.people.loaded:
            raise RetryLater
        everyone = self.people.everyone(waiting.tenant)
        version = await self._store.next_version(tx, waiting.case_id)
        alert = escalate(waiting, everyone, self._clock.now(), version)
        await self._store.record(tx, alert)
        tx.emit(alert)
        await self._escalation.mail(tx, alert)

    async def _go_on(self, tx: Tx, waiting: Waiting) -> None:
        patience = await self._patience.of(tx, waiting.tenant)
        over = waiting.told > patience.times and self._escalation is None
        if not waiting.live or over:
            await self._store.end_wait(tx, waiting.case_id)
            return
        await self._wait(tx, waiting, patience.wait)

    async def _wait(self, tx: Tx, waiting: Waiting, time: timedelta) -> None:
        await self._store.put_wait(tx, waiting)
        due = self._clock.now() + time
        payload = {"case_id": waiting.case_id, "told": waiting.told}
        await self._timers.schedule(tx, waiting.case_id, due, RING_AGAIN, payload)


class Mails:
    """Mails: whom we write to of our own accord, what others have us send, and who may know of it."""

    def __init__(
        self,
        store: MailStore,
        ledger: Ledger,
        people: People,
        links: Links,
        *,
        answerable: bool = False,
    ) -> None:
        self._store = store
        self._ledger = ledger
        self.people = people
        self._links = links
        self._answerable = answerable

    async def acknowledge(self, tx: Tx, event: CaseChanged) -> None:
        """A request has arrived: its customer gets its number by mail, once and for all."""
        if domain.is_acknowledged(event):
            facts = facts_of(event, self.people, self._links)
            content = letters.acknowledgement(event, facts)
            await self._ledger.request(tx, domain.acknowledgement(event, content))

    async def follow_up(self, tx: Tx, event: CaseFollowedUp) -> None:
        """A technician has written to the customer."""
        facts = facts_of(event, self.people, self._links)
        author = self.people.technician(event.technician_id)
        name = author.name if author else ""
        wanted = follow_up(event, name, facts, answerable=self._answerable)
        await self._ledger.request(tx, wanted, event.actor)

    async def send(self, tx: Tx, command: SendMail) -> None:
        """Another service has written a mail."""
        await self._ledger.request(tx, command, command.actor)

    async def show(self, viewer: Identity, mail_id: str) -> Mail:
        """The mail as it stands in the ledger; raises `MailUnknown`."""
        try:
            mail = await self._store.find(None, mail_id)
        except Erased:
            mail = None
        if mail is None or not may_see(viewer, mail):
            raise MailUnknown
        return seen_by(viewer, mail)

    async def of_case(self, viewer: Identity, case_id: str) -> list[Mail]:
        """The mails of a case that the viewer may see, the first requested first."""
        mails = await self._store.of_case(case_id)
        return [seen_by(viewer, mail) for mail in mails if may_see(viewer, mail)]


class Surveys:
    """Asks customers by mail how it was (S62), unless they have said so on the page within the wait.

    Nobody tells notify whether that page is still open, so the wait stands for it.
    """

    def __init__(  # noqa: PLR0913 - what it stands on, each from the composition root
        self,
        planned: PlannedStore,
        ledger: Ledger,
        timers: Timers,
        people: People,
        links: Links,
        *,
        clock: Clock,
        wait: timedelta,
    ) -> None:
        self._planned = planned
        self._ledger = ledger
        self._timers = timers
        self._people = people
        self._links = links
        self._clock = clock
        self._wait = wait

    async def plan(self, tx: Tx, event: CaseChanged) -> None:
        """The case is resolved, or no longer, or rated: a mail is planned, or what was planned is dropped."""
        case_id, version = event.conversation_id, event.aggregate_version
        if version <= await self._planned.version(tx, case_id):
            return
        mail = self._mail(event)
        await self._planned.put(tx, case_id, version, mail)
        if mail is None:
            await self._timers.cancel(tx, _survey_timer(case_id))
            return
        # From now on and not from the resolution: behind a long outage the answer may be read next.
        due = self._clock.now() + self._wait
        payload = {"case_id": case_id}
        await self._timers.schedule(tx, _survey_timer(case_id), due, ASK_HOW_IT_WAS, payload)

    async def ask(self, tx: Tx, payload: Mapping[str, Any]) -> None:
        """The wait is over: what is still planned becomes a mail, if there was none for that resolution."""
        mail = await self._planned.take(tx, payload["case_id"])
        if mail is not None:
            await self._ledger.request(tx, mail)

    def _mail(self, event: CaseChanged) -> SendMail | None:
        facts = facts_of(event, self._people, self._links)
        portal = self._people.portal(event.case.portal_id)
        if not domain.is_to_be_asked(event, offered=portal is not None and portal.survey):
            return None
        return domain.survey(event, letters.survey(event, facts))


def facts_of(event: CaseChanged, people: People, links: Links) -> letters.Facts:
    """What a letter about a case names beside it; raises `RetryLater` while the company may be unknown."""
    if not people.loaded:
        raise RetryLater
    company = people.company(event.company_id)
    link = links.to_case(CaseRef(event.tenant, event.conversation_id))
    return letters.Facts(company.name if company else event.case.portal_address, link)


def timers_of(case_id: str) -> list[str]:
    """The ids of all timers that a case may have."""
    return [case_id, _survey_timer(case_id)]


def _survey_timer(case_id: str) -> str:
    """Not the case's own id, which is that of the timer of its alerts."""
    return f"survey/{case_id}"


# ---- what is handled, and by whom ----------------------------------------------------------------

ALERTS_FROM_CASES: Final[Mapping[type[Message], Callable[[Alerts, Tx, Any], Awaitable[None]]]] = {
    CaseOpened: Alerts.begin,
    CaseReady: Alerts.begin,
    CaseReopened: Alerts.begin,
    CaseRequested: Alerts.turn,
    CaseTransferred: Alerts.turn,
    CaseWoken: Alerts.begin,
    CaseRouted: Alerts.give,
    CaseAssigned: Alerts.end,
    CasePending: Alerts.end,
    CaseSnoozed: Alerts.end,
    CaseResolved: Alerts.end,
    CaseMerged: Alerts.end,
    CaseUnmerged: Alerts.begin,
    CaseChatEnded: Alerts.end,
    CaseEdited: Alerts.hush,
    CaseRestored: Alerts.restore,
}
MAILS_FROM_CASES: Final[Mapping[type[Message], Callable[[Mails, Tx, Any], Awaitable[None]]]] = {
    CaseOpened: Mails.acknowledge,
    CaseRequested: Mails.acknowledge,
    CaseContactChanged: Mails.acknowledge,
    CaseFollowedUp: Mails.follow_up,
}
SURVEYS_FROM_CASES: Final[Mapping[type[Message], Callable[[Surveys, Tx, Any], Awaitable[None]]]] = {
    CaseResolved: Surveys.plan,
    CaseReopened: Surveys.plan,
    CaseRestored: Surveys.plan,
    CaseContactChanged: Surveys.plan,
    SurveyAnswered: Surveys.plan,
}
FROM_COMMANDS: Final[Mapping[type[Message], Callable[[Mails, Tx, Any], Awaitable[None]]]] = {
    SendMail: Mails.send,
}
ALERTS_FROM_TIMERS: Final = {RING_AGAIN: Alerts.ring_again}
SURVEYS_FROM_TIMERS: Final = {ASK_HOW_IT_WAS: Surveys.ask}
