"""Whether the customer's page is still there while nobody has come (X32).

Each conversation that waits has a lease: a timer, set anew while a socket of the customer is connected, and
due when there was none for the portal's grace. It fires on one instance, and the customer may be at another
one, so only the lease counts, never what one instance sees. What keeps customers from coming back is not
theirs to answer for: a lease that ran out while the desk itself was away begins anew.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from chassis.clock import Clock
from chassis.directory import Directory
from chassis.errors import RetryLater
from chassis.logs import logger
from chassis.storage import Storage, Tx
from chassis.timers import Timers
from services.chat.conversation import Live
from services.chat.hub import Hub
from services.chat.relay import Relay

GONE: Final = "gone"
GRACE: Final = timedelta(seconds=60)
"""For a portal that the directory does not list (yet)."""
LATE: Final = timedelta(seconds=5)
"""A timer that fires later than this was not looked at when it was due."""
LOOK_SECONDS: Final = 0.25
BATCH: Final = 100

_log = logger(__name__)


def timer_of(conversation_id: str) -> str:
    """The id of a conversation's lease, which is its only timer."""
    return f"{GONE}/{conversation_id}"


class Presence:
    """Keeps the leases of customers who are connected to this instance."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it connects
        self,
        hub: Hub,
        relay: Relay,
        storage: Storage,
        timers: Timers,
        directory: Directory,
        clock: Clock,
        is_open: Callable[[], bool],
    ) -> None:
        """`is_open` tells whether customers can come in at the moment."""
        self._hub = hub
        self._relay = relay
        self._storage = storage
        self._timers = timers
        self._directory = directory
        self._clock = clock
        self._is_open = is_open
        self._open_since: datetime | None = None
        self._look_at: dict[str, datetime] = {}
        """When to see to a conversation next."""

    # ---- signs -----------------------------------------------------------------------------------

    def saw(self, conversation_id: str) -> None:
        """The customer did something: is connected, or asked for something."""
        self._look_at.setdefault(conversation_id, self._clock.now())

    def left(self, conversation_id: str) -> None:
        """A socket of the customer is gone, and the grace begins unless there is another one."""
        self._look_at[conversation_id] = self._clock.now()

    # ---- leases ----------------------------------------------------------------------------------

    async def expect(self, conversation_id: str, portal_id: str) -> None:
        """Give the customer of a conversation that begins time to come; raises DatabaseAway."""
        due = self._clock.now() + self._grace(portal_id)
        await self._storage.transact(lambda tx: self._lease(tx, conversation_id, due))

    async def extend(self, tx: Tx, live: Live) -> None:
        """Begin a lease anew."""
        await self._lease(tx, live.id, self._clock.now() + self._grace_of(live))

    def is_excused(self, live: Live, payload: dict[str, Any]) -> bool:
        """Whether a lease ran out although the customer is there, or could not have come."""
        now, grace = self._clock.now(), self._grace_of(live)
        unseen = self._open_since is None or now - self._open_since < grace
        return unseen or now - payload["due"] > LATE or self._is_here(live)

    async def keep(self) -> None:
        """Extend leases, for ever."""
        while True:
            try:
                await self.look()
            except RetryLater as error:
                _log.warning("leases_wait", reason=type(error).__name__)
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Extend those whose turn it is; raises RetryLater, and is then to be called again."""
        self._note_open()
        now = self._clock.now()
        due = [it for it, at in self._look_at.items() if at <= now]
        for start in range(0, len(due), BATCH):
            await self._see_to(due[start : start + BATCH])

    def _note_open(self) -> None:
        if not self._is_open():
            self._open_since = None
        elif self._open_since is None:
            self._open_since = self._clock.now()

    async def _see_to(self, conversation_ids: Sequence[str]) -> None:
        known = {it: await self._relay.known(it) for it in conversation_ids}
        waiting = [live for live in known.values() if live and live.waits]

        async def work(tx: Tx) -> None:
            for live in waiting:
                await self.extend(tx, live)

        if waiting:
            await self._storage.transact(work)
        for conversation_id, live in known.items():
            self._plan(conversation_id, live)

    def _plan(self, conversation_id: str, live: Live | None) -> None:
        """Come back after a third of the grace, as long as the customer is here and waits."""
        if live and live.waits and self._is_here(live):
            self._look_at[conversation_id] = self._clock.now() + self._grace_of(live) / 3
        else:
            self._look_at.pop(conversation_id, None)

    async def _lease(self, tx: Tx, conversation_id: str, due: datetime) -> None:
        payload = {"conversation_id": conversation_id, "due": due}
        await self._timers.schedule(tx, timer_of(conversation_id), due, GONE, payload)

    # ---- who is where ----------------------------------------------------------------------------

    def _is_here(self, live: Live) -> bool:
        customer_id = live.opened.author.id if live.opened else None
        return customer_id is not None and bool(self._hub.of(customer_id))

    def _grace_of(self, live: Live) -> timedelta:
        return self._grace(live.opened.portal_id) if live.opened else GRACE

    def _grace(self, portal_id: str) -> timedelta:
        portal = self._directory.portal(portal_id)
        return timedelta(seconds=portal.grace) if portal else GRACE
