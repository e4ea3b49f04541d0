"""The sockets of this instance, by what they are looked for: person, tenant, company."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from typing import Final, TypeVar

from chassis import metrics
from chassis.errors import DeskbusError
from chassis.tokens import Identity
from services.chat.conversation import Receiver

K = TypeVar("K")
RESTART: Final = "restart"
FAREWELL_SECONDS: Final = 0.1
"""Enough for the last frame to leave; whoever is slower finds the connection closed, and resumes too."""


class TooManySockets(DeskbusError):
    """One person has more sockets open than anybody needs."""

    code = "too_many_sockets"
    status = 429
    text = "This is open in too many windows."


class Hub:
    """Authenticated sockets. Those of technicians are also found by what their person may see."""

    def __init__(self, per_person: int) -> None:
        self._per_person = per_person
        for kind in ("customer", "technician"):
            metrics.SOCKETS.labels("chat", kind)
        self._identities: dict[Receiver, Identity] = {}
        self._people: defaultdict[str, set[Receiver]] = defaultdict(set)
        self._tenants: defaultdict[str, set[Receiver]] = defaultdict(set)
        self._companies: defaultdict[tuple[str, str], set[Receiver]] = defaultdict(set)

    def admit(self, socket: Receiver, identity: Identity) -> None:
        """Take in a socket of this person; raises TooManySockets."""
        if len(self._people.get(identity.id, ())) >= self._per_person:
            raise TooManySockets
        self._identities[socket] = identity
        self._people[identity.id].add(socket)
        if identity.kind == "technician":
            self._tenants[identity.tenant].add(socket)
            for company_id in identity.companies:
                self._companies[identity.tenant, company_id].add(socket)
        metrics.SOCKETS.labels("chat", identity.kind).inc()

    def remove(self, socket: Receiver) -> None:
        """Let a socket go, if it was admitted."""
        identity = self._identities.pop(socket, None)
        if identity is None:
            return
        _discard(self._people, identity.id, socket)
        if identity.kind == "technician":
            _discard(self._tenants, identity.tenant, socket)
            for company_id in identity.companies:
                _discard(self._companies, (identity.tenant, company_id), socket)
        metrics.SOCKETS.labels("chat", identity.kind).dec()

    def of(self, person_id: str) -> Iterable[Receiver]:
        """A person's sockets."""
        return tuple(self._people.get(person_id, ()))

    def staff(self, tenant: str, company_id: str | None = None) -> Iterable[Receiver]:
        """The technicians of an account, or those of them with access to a company."""
        if company_id is None:
            return tuple(self._tenants.get(tenant, ()))
        return tuple(self._companies.get((tenant, company_id), ()))

    def technicians(self) -> Iterable[Identity]:
        """The technicians who are connected here, one a socket."""
        return (it for it in tuple(self._identities.values()) if it.kind == "technician")

    async def farewell(self) -> None:
        """Have everybody come back, here or to another instance, because this one is about to stop."""
        for socket in tuple(self._identities):
            socket.resume(RESTART)
        await asyncio.sleep(FAREWELL_SECONDS)


def _discard(index: dict[K, set[Receiver]], key: K, socket: Receiver) -> None:
    sockets = index.get(key)
    if sockets is None:
        return
    sockets.discard(socket)
    if not sockets:
        del index[key]
