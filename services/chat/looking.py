"""Who of the desk is looking at which case, or types a reply to it (X9): for their colleagues, never for customers.

A socket says once which case is before its technician. Its relay tells every relay, at once and then again
and again, because what it tells is a lease: a relay that dies takes nobody's leave. Every relay keeps the
leases of all, and pushes to its consoles what changes by them. Nothing of it is stored.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from chassis.clock import Clock
from chassis.errors import RetryLater
from chassis.ids import new_id
from chassis.keyring import Erased
from chassis.logs import logger
from chassis.tokens import Identity
from contracts.chat import Author, CaseLookedAt
from contracts.envelope import Actor
from services.chat.conversation import Receiver, TechnicianName
from services.chat.domain import VIA_DESK, ConversationUnknown, Place
from services.chat.hub import Hub
from services.chat.log import Log
from services.chat.relay import Relay
from services.chat.views import Json, dumps

LEASE_SECONDS: Final = 30.0
RENEWED_SECONDS: Final = 10.0
TYPING_SECONDS: Final = 6.0
"""A beginning of typing holds this long unless it is renewed."""
LOOK_SECONDS: Final = 0.5

Doing = Literal["looking", "typing"]
Now = Callable[[], float]
"""A clock that only goes forward, in seconds."""

_log = logger(__name__)


class Regard(NamedTuple):
    """A technician and the case that is before them."""

    place: Place
    technician_id: str


@dataclass(slots=True)
class Look:
    """What one socket of this instance says."""

    regard: Regard
    typing_until: float


@dataclass(frozen=True, slots=True)
class Lease:
    """What one relay last said of a technician and a case."""

    doing: Doing
    until: float


class Looking:
    """The sockets of this instance that look at a case, and what is known of everybody's."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it connects
        self, hub: Hub, relay: Relay, log: Log, name_of: TechnicianName, clock: Clock, now: Now
    ) -> None:
        self._hub = hub
        self._relay = relay
        self._log = log
        self._name_of = name_of
        self._clock = clock
        self._now = now
        self._id = new_id()
        """This relay's: its leases are told from those of others, also of the one before a restart."""
        self._looks: dict[Receiver, Look] = {}
        self._told: dict[Regard, tuple[Doing, float]] = {}
        """What this relay last told, and when."""
        self._leases: defaultdict[Place, dict[tuple[str, str], Lease]] = defaultdict(dict)
        """By case, then by technician and relay."""
        self._shown: dict[Place, str] = {}
        """The frame that consoles had last."""
        self._news = asyncio.Event()

    # ---- what sockets say ------------------------------------------------------------------------

    def look(
        self, socket: Receiver, conversation_id: str, company_id: str, *, typing: bool
    ) -> None:
        """The socket's technician has this case before them; raises ConversationUnknown.

        A request that never was a chat is not known here, so the company is the client's word: it can
        only choose among those it has access to, and whoever is told has access as well.
        """
        identity = socket.identity
        place = Place(conversation_id, identity.tenant, company_id)
        if identity.kind != "technician" or company_id not in identity.companies:
            raise ConversationUnknown
        live = self._relay.in_memory(conversation_id)
        if live is not None and live.place != place:
            raise ConversationUnknown
        until = self._now() + TYPING_SECONDS if typing else 0.0
        self._looks[socket] = Look(Regard(place, identity.id), until)
        self._news.set()

    def look_away(self, socket: Receiver) -> None:
        """The socket looks at nothing any more, or is gone."""
        if self._looks.pop(socket, None):
            self._news.set()

    # ---- what the relays are told ----------------------------------------------------------------

    async def keep(self) -> None:
        """Tell what changed and renew what did not, for ever."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), LOOK_SECONDS)
            self._news.clear()
            try:
                await self.tell()
            except RetryLater as error:
                # What was not told is still different from what was, so the next round tells it.
                _log.warning("looks_wait", reason=type(error).__name__)
            self.expire()

    async def tell(self) -> None:
        """Tell the other relays what is so now, where they know otherwise or would forget; raises RetryLater."""
        now = self._now()
        present = self._present(now)
        for regard, doing in present.items():
            known = self._told.get(regard)
            is_due = known is None or known[0] != doing or now - known[1] >= RENEWED_SECONDS
            if is_due and await self._say(regard, doing):
                self._told[regard] = (doing, now)
        for regard in self._told.keys() - present.keys():
            if await self._say(regard, "gone"):
                self._told.pop(regard, None)

    async def _say(self, regard: Regard, doing: Literal["looking", "typing", "gone"]) -> bool:
        """Whether it was told: of a deleted case nothing is said any more, to nobody."""
        try:
            await self._log.signal(self._signal(regard, doing))
        except Erased:
            self.forget(regard.place.id)
            return False
        return True

    def forget(self, case_id: str) -> None:
        """The case was deleted: nobody looks at it any more, here or elsewhere, and no console shows anybody at it."""
        for socket in [it for it, look in self._looks.items() if look.regard.place.id == case_id]:
            del self._looks[socket]
        for regard in [it for it in self._told if it.place.id == case_id]:
            del self._told[regard]
        for place in [it for it in self._leases if it.id == case_id]:
            self._leases[place].clear()
            self._show(place)

    def _present(self, now: float) -> dict[Regard, Doing]:
        """Who looks at what; of several windows the one in which they type counts."""
        present: dict[Regard, Doing] = {}
        for look in self._looks.values():
            typing = look.typing_until > now or present.get(look.regard) == "typing"
            present[look.regard] = "typing" if typing else "looking"
        return present

    def _signal(self, regard: Regard, doing: Literal["looking", "typing", "gone"]) -> CaseLookedAt:
        place, technician_id = regard
        signal_id = new_id()
        return CaseLookedAt(
            id=signal_id,
            time=self._clock.now(),
            tenant=place.tenant,
            key=place.id,
            aggregate_version=0,
            actor=Actor(kind="technician", id=technician_id, via=VIA_DESK),
            correlation_id=signal_id,
            company_id=place.company_id,
            conversation_id=place.id,
            author=Author(kind="technician", id=technician_id),
            relay_id=self._id,
            doing=doing,
        )

    # ---- what consoles are told ------------------------------------------------------------------

    def take(self, signal: CaseLookedAt) -> None:
        """What a relay says, this one included."""
        place = Place(signal.conversation_id, signal.tenant, signal.company_id)
        who = (signal.author.id or "", signal.relay_id)
        if signal.doing == "gone":
            self._leases[place].pop(who, None)
        else:
            self._leases[place][who] = Lease(signal.doing, self._now() + LEASE_SECONDS)
        self._show(place)

    def expire(self) -> None:
        """Forget those whose relay has been silent for too long."""
        now = self._now()
        for place, leases in list(self._leases.items()):
            over = [who for who, lease in leases.items() if lease.until <= now]
            for who in over:
                del leases[who]
            if over:
                self._show(place)

    def greet(self, socket: Receiver) -> None:
        """A console has come: it is told of everybody at once."""
        for place, frame in self._shown.items():
            if _may_know(socket.identity, place):
                socket.push(frame)

    def _show(self, place: Place) -> None:
        frame = dumps({"t": "presence", "case_id": place.id, "people": self._people(place)})
        if not self._leases[place]:
            del self._leases[place]
            changed = self._shown.pop(place, None) is not None
        else:
            changed = self._shown.get(place) != frame
            self._shown[place] = frame
        if changed:
            self._push(self._hub.staff(place.tenant, place.company_id), frame)

    def _people(self, place: Place) -> list[Json]:
        doing: dict[str, Doing] = {}
        for (technician_id, _), lease in self._leases[place].items():
            if doing.get(technician_id) != "typing":
                doing[technician_id] = lease.doing
        return [{"id": it, "name": self._name_of(it), "doing": doing[it]} for it in sorted(doing)]

    @staticmethod
    def _push(sockets: Iterable[Receiver], frame: str) -> None:
        for socket in sockets:
            socket.push(frame)


def _may_know(identity: Identity, place: Place) -> bool:
    return identity.tenant == place.tenant and place.company_id in identity.companies
