"""Where a mail goes: into which case, to which portal, or to nobody. Pure.

A portal takes mail at the address of its own that an administrator gave it, and at its subdomain under the
desk's mail domain, such as `demo@desk.example.com`, which needs no choice and is unique as the subdomain is. A
company that has an address already lets its mail server pass mail on to that. The subdomain's address comes
before anybody's own, so that nobody takes another portal's by writing it down first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from contracts.portal import PortalListed
from services.notify.threading import Threads

ACTIVE: Final = "active"


@dataclass(frozen=True, slots=True)
class ToPortal:
    """A portal's address; `portal` may be switched off."""

    portal: PortalListed


@dataclass(frozen=True, slots=True)
class ToCase:
    """The reply address of a case."""

    case_id: str


@dataclass(frozen=True, slots=True)
class ToDesk:
    """The desk's own address, from which it writes: for answers, and for mails that come back."""


Destination = ToPortal | ToCase | ToDesk


class Addresses:
    """The addresses of this desk, as far as they are the same for every account."""

    def __init__(self, threads: Threads, mail_from: str, mail_intake: str, domain: str) -> None:
        self._threads = threads
        self._own = frozenset(it for it in map(plain, (mail_from, mail_intake)) if it)
        self._domain = domain.lower()

    def is_own(self, address: str) -> bool:
        """Whether the desk itself writes from it."""
        return plain(address) in self._own

    def destination(self, address: str, portals: Iterable[PortalListed]) -> Destination | None:
        """Whose address this is; None for one that is not of this desk."""
        if case_id := self._threads.case_at(address):
            return ToCase(case_id)
        there = plain(address)
        if not there or there.endswith("@"):
            return None
        own = {self.of(portal): portal for portal in portals}
        if portal := own.get(there):
            return ToPortal(portal)
        # Who has one mailbox writes from it, and has it as the address of the portal as well.
        return self._chosen(there, own.values()) or (ToDesk() if there in self._own else None)

    def of(self, portal: PortalListed) -> str:
        """The address that a portal has by its subdomain."""
        return f"{portal.subdomain}@{self._domain}".lower()

    def _chosen(self, address: str, portals: Iterable[PortalListed]) -> ToPortal | None:
        found = (it for it in portals if it.mail_address and plain(it.mail_address) == address)
        portal = next(found, None)
        return ToPortal(portal) if portal else None


def plain(address: str) -> str:
    """The address in its one spelling, without what stands behind a `+`."""
    user, _, domain = address.strip().lower().rpartition("@")
    return f"{user.partition('+')[0]}@{domain}" if user else ""
