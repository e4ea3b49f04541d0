"""What notify does with a mail that comes in (S43, S61): it keeps it, says of which case it is, and answers for it.

notify admits a mail by itself, where portal admits whoever comes by a page: there is nobody to hold a ticket, and
the mail's sender is told that it has arrived only once nothing can be lost any more. So notify chooses the id of
the case and makes its key, both from the mail itself, and the mail, its bytes and the event that tells of it are one
transaction. The same mail once more, however often its sender's server sends it, finds itself there.

Whose case an answer belongs to is told by the tag in a message id or a reply address alone (`threading.py`):
what stands under From, anybody can write.
"""

import asyncio
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from chassis.clock import Clock
from chassis.errors import RetryLater
from chassis.ids import derived_id, new_id
from chassis.keyring import DataKey, Erased
from chassis.links import Links
from chassis.logs import logger
from chassis.purposes import purpose_key
from chassis.storage import Storage, Tx
from contracts.cases import CaseOpened
from contracts.envelope import Actor, Message
from contracts.incoming import MailBody, MailReceived, MailSender
from contracts.keys import DataKeyCreated
from contracts.portal import PortalListed
from services.notify import bounces, domain, incoming, letters
from services.notify.addressing import ACTIVE, Addresses, Destination, ToCase, ToPortal
from services.notify.bounces import Bounce
from services.notify.handlers import People, facts_of
from services.notify.incoming import Incoming
from services.notify.ledger import Ledger
from services.notify.received_store import Received, ReceivedStore
from services.notify.storage import MailStore
from services.notify.threading import Threads

HOUR: Final = timedelta(hours=1)
ANSWERS_AN_HOUR: Final = 10
"""To one sender: a program that answers ours, and does not say that it is one, gets no more."""
_PURPOSE: Final = "senders of mails"
_CUSTOMER: Final = Actor(kind="customer", via="mail")

_log = logger(__name__)


class Refused(Exception):
    """The mail is not taken, for good; `reply` is what its sender is told."""

    def __init__(self, reply: str) -> None:
        super().__init__(reply)
        self.reply = reply


class TooMany(Exception):
    """One sender has sent so much that the rest has to wait with its mail server."""


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
class Delivery:
    """A mail as a mail server brings it. `sender` is that of the envelope: empty for one that wants no answer."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes


@dataclass(frozen=True, slots=True)
class _Target:
    """The case that a mail goes into; `portal` is that of a new one."""

    tenant: str
    company_id: str
    case_id: str
    portal: PortalListed | None = None
    key: DataKey | None = None


class Receiving:
    """The use cases."""

    def __init__(  # noqa: PLR0913 - what it stands on, each from the composition root
        self,
        storage: Storage,
        store: ReceivedStore,
        mails: MailStore,
        ledger: Ledger,
        *,
        keys: Keys,
        portals: Portals,
        threads: Threads,
        addresses: Addresses,
        links: Links,
        clock: Clock,
        secret: bytes,
        per_hour: int,
        locale: str,
    ) -> None:
        self._storage = storage
        self._store = store
        self._mails = mails
        self._ledger = ledger
        self._keys = keys
        self._portals = portals
        self._threads = threads
        self._addresses = addresses
        self._links = links
        self._clock = clock
        self._secret = purpose_key(secret, _PURPOSE)
        self._per_hour = per_hour
        self._locale = locale

    # ---- taking it ----

    def check_recipient(self, address: str) -> None:
        """Raises `Refused` for an address that is not of this desk, and `RetryLater` before one can know."""
        if not self._portals.loaded:
            raise RetryLater
        if self._addresses.destination(address, self._portals.every_portal()) is None:
            raise Refused(NOBODY)

    def knows(self, address: str) -> bool:
        """Whether mail to this address is for the desk; raises `RetryLater` before one can know."""
        try:
            self.check_recipient(address)
        except Refused:
            return False
        return True

    async def take(self, delivery: Delivery) -> None:
        """Keep a mail, for good; raises `Refused`, `TooMany` and `RetryLater`, and then it was not kept."""
        if not self._portals.loaded:
            raise RetryLater
        # A large mail takes its time to read, and people wait for this process.
        mail, bounce = await asyncio.to_thread(_read, delivery.raw)
        if bounce is not None and await self._come_back(bounce):
            return
        if self._addresses.is_own(mail.address):
            raise Refused(LOOP)
        if not mail.address:
            mail = replace(mail, address=delivery.sender.lower())
        targets = await self._targets(delivery, mail)
        silent = not delivery.sender or self._is_portals(mail.address)
        mail = replace(
            mail,
            automatic=mail.automatic or not delivery.sender,
            unanswerable=mail.unanswerable or silent,
        )
        for target in targets:
            await self._keep(target, mail, delivery.raw)

    async def _come_back(self, bounce: Bounce) -> bool:
        """A mail of ours was returned: the ledger says so. False for one that was not ours."""
        ref = self._threads.mail_of(bounce.message_id)
        if ref is None:
            return False
        if bounce.failed:
            await self._storage.transact(
                lambda tx: self._ledger.returned(tx, ref.mail_id, bounce.status)
            )
        _log.info("mail_returned", mail=ref.mail_id, failed=bounce.failed, status=bounce.status)
        return True

    async def _targets(self, delivery: Delivery, mail: Incoming) -> list[_Target]:
        """Every case that it goes into, each once; raises `Refused` where there is none."""
        portals = self._portals.every_portal()
        there = {it: self._addresses.destination(it, portals) for it in delivery.recipients}
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
    ) -> _Target | None:
        """The case that it answers a mail of; one that was deleted is no case any more.

        Who passes a mail of ours on to another company of this desk, writes to that one.
        """
        named = [case_id for it in mail.references if (case_id := self._threads.case_of(it))]
        for case_id in dict.fromkeys([*addressed, *named]):
            about = next(iter(await self._mails.of_case(case_id)), None)
            if about is None or not await self._is_there(case_id):
                continue
            if case_id in addressed or to_desk or about.company_id in companies:
                return _Target(about.tenant, about.company_id, case_id)
        return None

    async def _new(self, portal: PortalListed, mail: Incoming) -> _Target | None:
        """The case that a mail begins; None where it did so before, and was deleted since."""
        case_id = derived_id("mail case", portal.portal_id, _identity(mail))
        try:
            key = await self._keys.create(case_id)
        except Erased:
            return None
        return _Target(portal.tenant, portal.company_id, case_id, portal, key)

    async def _is_there(self, case_id: str) -> bool:
        try:
            await self._keys.check(case_id)
        except Erased:
            return False
        return True

    def _is_portals(self, address: str) -> bool:
        portals = self._portals.every_portal()
        return isinstance(self._addresses.destination(address, portals), ToPortal)

    async def _keep(self, target: _Target, mail: Incoming, raw: bytes) -> None:
        mail_id = derived_id("mail", target.case_id, _identity(mail))
        digest = hmac.new(
            self._secret, f"{target.tenant} {mail.address}".encode(), hashlib.sha256
        ).hexdigest()

        async def work(tx: Tx) -> None:
            if await self._store.has(tx, mail_id):
                return
            now = self._clock.now()
            sent = await self._store.sent_by(tx, digest, now - HOUR, self._per_hour)
            if sent >= self._per_hour:
                raise TooMany
            answered = not mail.unanswerable and sent < ANSWERS_AN_HOUR
            kept = _received(mail_id, target, mail, now, digest, len(raw), answered=answered)
            await self._store.add(tx, kept, raw)
            await self._tell(tx, target, mail, kept)

        await self._storage.transact(work)
        _log.info("mail_kept", mail=mail_id, case=target.case_id, opens=target.key is not None)

    async def _tell(self, tx: Tx, target: _Target, mail: Incoming, kept: Received) -> None:
        correlation_id = new_id()
        if target.key is not None:
            tx.emit(_key_created(target, kept.received_at, correlation_id))
        body = MailBody(
            sender=MailSender(name=mail.name, address=mail.address),
            subject=mail.subject,
            text=mail.text if kept.opens else mail.reply,
        )
        tx.emit(
            MailReceived(
                id=derived_id("mail.received", kept.id),
                time=kept.received_at,
                tenant=target.tenant,
                key=target.case_id,
                aggregate_version=await self._mails.next_version(tx, target.case_id),
                actor=_CUSTOMER,
                correlation_id=correlation_id,
                company_id=target.company_id,
                conversation_id=target.case_id,
                mail_id=kept.id,
                portal_id=target.portal.portal_id if target.portal else None,
                opens=kept.opens,
                automatic=mail.automatic,
                received_at=kept.received_at,
                locale=mail.locale or self._locale,
                mail=body,
            )
        )

    # ---- answering for it ----

    async def acknowledge(self, tx: Tx, event: CaseOpened) -> None:
        """A case began with a mail: its sender gets its number, unless a machine wrote or too many came."""
        if event.case.case_type != "email":
            return
        mail = await self._store.opening(tx, event.conversation_id)
        if mail is None or not mail.answered:
            return
        content = letters.acknowledgement(event, facts_of(event, self._portals, self._links))
        await self._ledger.request(tx, domain.acknowledgement(event, content))


def _portals_of(there: Mapping[str, Destination | None], meant: set[str]) -> list[PortalListed]:
    """The portals behind those of the addresses that are meant."""
    return [it.portal for at, it in there.items() if at in meant and isinstance(it, ToPortal)]


def _read(raw: bytes) -> tuple[Incoming, Bounce | None]:
    return incoming.read(raw), bounces.read(raw)


def _identity(mail: Incoming) -> str:
    """What makes a mail the same one, by whichever way it comes again.

    A message id alone does not: some scanners give all their mails one.
    """
    if mail.message_id:
        return f"{mail.message_id}\n{mail.address}\n{mail.date}"
    return hashlib.sha256(
        f"{mail.address}\n{mail.date}\n{mail.subject}\n{mail.text}".encode()
    ).hexdigest()


def _received(  # noqa: PLR0913, PLR0917 - what a mail that is kept is made of
    mail_id: str,
    target: _Target,
    mail: Incoming,
    at: datetime,
    digest: str,
    size: int,
    *,
    answered: bool,
) -> Received:
    return Received(
        id=mail_id,
        tenant=target.tenant,
        company_id=target.company_id,
        case_id=target.case_id,
        received_at=at.replace(microsecond=at.microsecond // 1_000 * 1_000),
        opens=target.portal is not None,
        automatic=mail.automatic,
        answered=answered,
        sender_digest=digest,
        size=size,
        name=mail.name,
        address=mail.address,
        subject=mail.subject,
        message_id=mail.message_id,
        attachments=mail.attachments,
    )


def _key_created(target: _Target, at: datetime, correlation_id: str) -> DataKeyCreated:
    assert target.key is not None  # noqa: S101 - asked by its one caller
    return DataKeyCreated(
        id=derived_id("key.created", target.case_id),
        time=at,
        tenant=target.tenant,
        key=target.case_id,
        aggregate_version=0,
        actor=Actor(kind="system", via="notify"),
        correlation_id=correlation_id,
        key_id=target.key.key_id,
        wrapped=target.key.wrapped,
    )


RECEIVED_FROM_CASES: Final[dict[type[Message], Any]] = {CaseOpened: Receiving.acknowledge}
