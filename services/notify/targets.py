"""Into which cases a mail goes (S43, S61): one that it answers, new ones of the portals that it was sent to, or none.

Whose case an answer belongs to is told by the tag in a message id or a reply address alone (`threading.py`):
what stands under From, anybody can write.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from chassis.ids import derived_id
from chassis.keyring import DataKey, Erased
from contracts.portal import PortalListed
from services.notify.addressing import ACTIVE, Addresses, Destination, ToCase, ToPortal
from services.notify.handlers import People
from services.notify.incoming import Incoming
from services.notify.storage import MailStore
from services.notify.threading import Threads


class Refused(Exception):
    """The mail is not taken, for good; `reply` is what its sender is told."""

    def __init__(self, reply: str) -> None:
        super().__init__(reply)
        self.reply = reply


NOBODY: Final = "550 5.1.1 There is no such address here"
CLOSED: Final = "550 5.2.1 This address takes no mail at present"
LOOP: Final = "550 5.4.6 This mail came from here"
NO_THREAD: Final = (
    "550 5.1.1 This address is for answers alone; please write to the address of the company"
)


class Keys(Protocol):
    """Makes and checks data keys; `chassis.keyring.Keyring` does."""

    async def create(self, key_id: str) -> DataKey:
        """The key of this id, made if there is none; raises `Erased`."""
        ...

    async def check(self, key_id: str) -> None:
        """Raises `Erased` for what was erased."""
        ...


class Portals(People, Protocol):
    """What is known of portals and people; `chassis.directory.Directory` knows it."""

    def every_portal(self) -> list[PortalListed]:
        """The portals of all accounts."""
        ...


@dataclass(frozen=True, slots=True)
class Target:
    """The case that a mail goes into; `portal` is that of a new one."""

    tenant: str
    company_id: str
    case_id: str
    portal: PortalListed | None = None
    key: DataKey | None = None


class Targets:
    """Knows the cases and portals of this desk."""

    def __init__(
        self, mails: MailStore, keys: Keys, portals: Portals, threads: Threads, addresses: Addresses
    ) -> None:
        self._mails = mails
        self._keys = keys
        self._portals = portals
        self._threads = threads
        self._addresses = addresses

    def is_portals(self, address: str) -> bool:
        """Whether it is a portal's, to which nothing automatic is sent."""
        portals = self._portals.every_portal()
        return isinstance(self._addresses.destination(address, portals), ToPortal)

    async def of(self, recipients: Sequence[str], mail: Incoming) -> list[Target]:
        """Every case that it goes into, each once; raises `Refused` where there is none."""
        portals = self._portals.every_portal()
        there = {it: self._addresses.destination(it, portals) for it in recipients}
        asked = {
            it.portal.portal_id: it.portal for it in there.values() if isinstance(it, ToPortal)
        }
        own = [it for it in there if self._addresses.is_own(it)]
        thread = await self._thread(
            [it.case_id for it in there.values() if isinstance(it, ToCase)],
            mail,
            {portal.company_id for portal in asked.values()},
            to_desk=bool(own),
        )
        targets = [thread] if thread else []
        # An answer that comes to the desk's own address was not meant for the portal that has it as well.
        meant = {it for it in there if it not in own} if thread else {*there}
        for portal in {it.portal_id: it for it in _portals_of(there, meant)}.values():
            elsewhere = thread is None or portal.company_id != thread.company_id
            if elsewhere and portal.state == ACTIVE and (new := await self._new(portal, mail)):
                targets.append(new)
        if targets or any(portal.state == ACTIVE for portal in asked.values()):
            return targets
        raise Refused(CLOSED if asked else NO_THREAD)

    async def _thread(
        self, addressed: Sequence[str], mail: Incoming, companies: set[str], *, to_desk: bool
    ) -> Target | None:
        """The case that it answers a mail of; one that was deleted is no case any more.

        Who passes a mail of ours on to another company of this desk, writes to that one.
        """
        named = [case_id for it in mail.references if (case_id := self._threads.case_of(it))]
        for case_id in dict.fromkeys([*addressed, *named]):
            about = next(iter(await self._mails.of_case(case_id)), None)
            if about is None or not await self._is_there(case_id):
                continue
            if case_id in addressed or to_desk or about.company_id in companies:
                return Target(about.tenant, about.company_id, case_id)
        return None

    async def _new(self, portal: PortalListed, mail: Incoming) -> Target | None:
        """The case that a mail begins; None where it did so before, and was deleted since."""
        case_id = derived_id("mail case", portal.portal_id, identity_of(mail))
        try:
            key = await self._keys.create(case_id)
        except Erased:
            return None
        return Target(portal.tenant, portal.company_id, case_id, portal, key)

    async def _is_there(self, case_id: str) -> bool:
        try:
            await self._keys.check(case_id)
        except Erased:
            return False
        return True


def _portals_of(there: Mapping[str, Destination | None], meant: set[str]) -> list[PortalListed]:
    """The portals behind those of the addresses that are meant."""
    return [it.portal for at, it in there.items() if at in meant and isinstance(it, ToPortal)]


def identity_of(mail: Incoming) -> str:
    """What makes a mail the same one, by whichever way it comes again.

    A message id alone does not: some scanners give all their mails one.
    """
    if mail.message_id:
        return f"{mail.message_id}\n{mail.address}\n{mail.date}"
    return hashlib.sha256(
        f"{mail.address}\n{mail.date}\n{mail.subject}\n{mail.text}".encode()
    ).hexdigest()
