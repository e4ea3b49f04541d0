"""Tells whom it concerns that a promise falls due, or was not kept (X10): decided, recorded and told in one transaction."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final, Protocol

from chassis.clock import Clock
from chassis.errors import RetryLater
from chassis.storage import Tx
from contracts.cases import (
    CaseAssigned,
    CaseChanged,
    CasePending,
    CaseResolved,
    CaseSnoozed,
    CaseTransferred,
)
from contracts.envelope import Message
from contracts.portal import TechnicianListed
from contracts.relations import CaseMerged
from contracts.sla import CaseSlaBreached, CaseSlaWarned
from services.notify import inbox, service_level
from services.notify.escalating import Escalation
from services.notify.inboxes import Inboxes
from services.notify.service_level import Rung
from services.notify.storage import AlertStore


class People(Protocol):
    """Who might be told; `chassis.directory.Directory` knows it."""

    loaded: bool
    """Whether everybody is known who was there at the start."""

    def everyone(self, tenant: str) -> list[TechnicianListed]:
        """The account's technicians, those included who are no longer active."""
        ...


class ServiceLevels:
    """One decision for each warning and each breach, however often it is read."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it stands on, each from the composition root
        self,
        store: AlertStore,
        people: People,
        inboxes: Inboxes,
        clock: Clock,
        kept: timedelta,
        escalation: Escalation | None = None,
    ) -> None:
        self._store = store
        self._people = people
        self._inboxes = inboxes
        self._clock = clock
        self._kept = kept
        self._escalation = escalation

    async def tell(self, tx: Tx, event: Rung) -> None:
        """A promise falls due soon, or was not kept."""
        if not self._people.loaded:
            raise RetryLater
        now = self._clock.now()
        if not service_level.is_news(event, now, self._kept):
            return
        if await self._store.was_decided(tx, service_level.alert_id(event)):
            return
        version = await self._store.next_version(tx, event.conversation_id)
        everyone = self._people.everyone(event.tenant)
        told = service_level.decide(event, everyone, now, version)
        await self._store.record(tx, told.alert)
        tx.emit(told.alert)
        if not told.own:
            lines = inbox.unclaimed(event, told.alert.alert, told.alert.told)
            await self._inboxes.enter(tx, event, lines)
        if self._escalation is not None:
            await self._escalation.mail_level(tx, told.alert, own=told.own)

    async def settle(self, tx: Tx, event: CaseChanged) -> None:
        """Somebody has the case now, or nobody has to: it is no news any more that nobody had it."""
        if isinstance(event, CaseTransferred) and event.technician_id is None:
            return
        await self._inboxes.claimed(tx, event)


# ---- what is handled, and by whom ----------------------------------------------------------------

LEVELS_FROM_CASES: Final[Mapping[type[Message], Any]] = {
    CaseSlaWarned: ServiceLevels.tell,
    CaseSlaBreached: ServiceLevels.tell,
    CaseAssigned: ServiceLevels.settle,
    CaseTransferred: ServiceLevels.settle,
    CaseResolved: ServiceLevels.settle,
    CasePending: ServiceLevels.settle,
    CaseSnoozed: ServiceLevels.settle,
    CaseMerged: ServiceLevels.settle,
}
