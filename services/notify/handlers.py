"""What notify does: tells technicians at once that somebody waits, and again while nobody comes."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final, Protocol

from chassis.clock import Clock
from chassis.errors import RetryLater
from chassis.storage import Tx
from chassis.timers import Timers
from contracts.cases import CaseAssigned, CaseChanged, CaseChatEnded, CaseOpened, CaseResolved
from contracts.envelope import Message
from contracts.portal import TechnicianListed
from services.notify import domain
from services.notify.domain import Waiting
from services.notify.storage import AlertStore

RING_AGAIN: Final = "ring_again"


class People(Protocol):
    """What notify needs to know of technicians; `chassis.directory.Directory` knows it."""

    loaded: bool
    """Whether everybody is known who was there at the start."""

    def everyone(self, tenant: str) -> list[TechnicianListed]:
        """The account's technicians, those included who are no longer active."""
        ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a wait lasts before it is told again, and how often it is."""

    wait: timedelta
    times: int


class Alerts:
    """The use cases; a decision, its alert and its timer are one transaction."""

    def __init__(
        self, store: AlertStore, timers: Timers, people: People, clock: Clock, patience: Patience
    ) -> None:
        self._store = store
        self._timers = timers
        self._people = people
        self._clock = clock
        self._patience = patience

    async def begin(self, tx: Tx, opened: CaseOpened) -> None:
        """A customer waits: whoever can come is told, once however often the event is read."""
        waiting = domain.begin(opened)
        if waiting is not None and not await self._store.was_decided(tx, waiting.alert_id):
            await self._tell(tx, waiting)

    async def end(self, tx: Tx, event: CaseChanged) -> None:
        """Nobody waits any more: somebody came, or the customer left."""
        await self._store.end_wait(tx, event.conversation_id)
        await self._timers.cancel(tx, event.conversation_id)

    async def ring_again(self, tx: Tx, payload: Mapping[str, Any]) -> None:
        """The time is up: those who can come now are told again, if that customer still waits."""
        waiting = await self._store.wait_of(tx, payload["case_id"])
        if waiting is not None and waiting.told == payload["told"]:
            await self._tell(tx, waiting)

    async def _tell(self, tx: Tx, waiting: Waiting) -> None:
        if not self._people.loaded:
            raise RetryLater
        everyone = self._people.everyone(waiting.tenant)
        alert = domain.decide(waiting, everyone, self._clock.now())
        await self._store.record(tx, alert)
        tx.emit(alert)
        await self._go_on(tx, replace(waiting, told=waiting.told + 1))

    async def _go_on(self, tx: Tx, waiting: Waiting) -> None:
        if waiting.told > self._patience.times:
            await self._store.end_wait(tx, waiting.case_id)
            return
        await self._store.put_wait(tx, waiting)
        due = self._clock.now() + self._patience.wait
        payload = {"case_id": waiting.case_id, "told": waiting.told}
        await self._timers.schedule(tx, waiting.case_id, due, RING_AGAIN, payload)


# ---- what is handled, and by whom ----------------------------------------------------------------

FROM_CASES: Final[Mapping[type[Message], Callable[[Alerts, Tx, Any], Awaitable[None]]]] = {
    CaseOpened: Alerts.begin,
    CaseAssigned: Alerts.end,
    CaseResolved: Alerts.end,
    CaseChatEnded: Alerts.end,
}
FROM_TIMERS: Final = {RING_AGAIN: Alerts.ring_again}
