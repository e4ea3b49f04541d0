"""What notify does with a mail that comes in (S43, S61): it keeps it, says of which case it is, and answers for it.

notify admits a mail by itself, where portal admits whoever comes by a page: there is nobody to hold a ticket, and
the mail's sender is told that it has arrived only once nothing can be lost any more. So notify chooses the id of
the case and makes its key, both from the mail itself, and the mail, its bytes and the event that tells of it are one
transaction. The same mail once more, however often its sender's server sends it, finds itself there.
Into which cases a mail goes is said in `targets.py`.
"""

import asyncio
import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from chassis import metrics
from chassis.clock import Clock
from chassis.errors import RetryLater
from chassis.ids import derived_id, new_id
from chassis.links import Links
from chassis.logs import logger
from chassis.purposes import purpose_key
from chassis.storage import Storage, Tx
from contracts.cases import CaseOpened
from contracts.envelope import Actor, Message
from contracts.incoming import MailBody, MailReceived, MailSender
from contracts.keys import DataKeyCreated
from services.notify import bounces, domain, incoming, letters
from services.notify.addressing import Addresses
from services.notify.bounces import Bounce
from services.notify.handlers import facts_of
from services.notify.incoming import Incoming
from services.notify.ledger import Ledger
from services.notify.received_store import Received, ReceivedStore
from services.notify.storage import MailStore
from services.notify.targets import LOOP, NOBODY, Portals, Refused, Target, Targets, identity_of
from services.notify.threading import Threads

HOUR: Final = timedelta(hours=1)
ANSWERS_AN_HOUR: Final = 10
"""To one sender: a program that answers ours, and does not say that it is one, gets no more."""
_PURPOSE: Final = "senders of mails"
_CUSTOMER: Final = Actor(kind="customer", via="mail")

_log = logger(__name__)


class TooMany(Exception):
    """One sender has sent so much that the rest has to wait with its mail server."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A mail as a mail server brings it. `sender` is that of the envelope: empty for one that wants no answer."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes


class Receiving:
    """The use cases."""

    def __init__(  # noqa: PLR0913 - what it stands on, each from the composition root
        self,
        storage: Storage,
        store: ReceivedStore,
        mails: MailStore,
        ledger: Ledger,
        *,
        targets: Targets,
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
        self._targets = targets
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
        outcome = "failed"
        try:
            outcome = await self._take(delivery)
        except Refused:
            outcome = "refused"
            raise
        except (TooMany, RetryLater):
            outcome = "later"
            raise
        finally:
            metrics.MAIL_RECEIVED.labels(outcome).inc()

    async def _take(self, delivery: Delivery) -> Literal["kept", "returned"]:
        if not self._portals.loaded:
            raise RetryLater
        # A large mail takes its time to read, and people wait for this process.
        mail, bounce = await asyncio.to_thread(_read, delivery.raw)
        if bounce is not None and await self._come_back(bounce):
            return "returned"
        if self._addresses.is_own(mail.address):
            raise Refused(LOOP)
        if not mail.address:
            mail = replace(mail, address=delivery.sender.lower())
        targets = await self._targets.of(delivery.recipients, mail)
        silent = not delivery.sender or self._targets.is_portals(mail.address)
        mail = replace(
            mail,
            automatic=mail.automatic or not delivery.sender,
            unanswerable=mail.unanswerable or silent,
        )
        for target in targets:
            await self._keep(target, mail, delivery.raw)
        return "kept"

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

    async def _keep(self, target: Target, mail: Incoming, raw: bytes) -> None:
        mail_id = derived_id("mail", target.case_id, identity_of(mail))
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

    async def _tell(self, tx: Tx, target: Target, mail: Incoming, kept: Received) -> None:
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


def _read(raw: bytes) -> tuple[Incoming, Bounce | None]:
    return incoming.read(raw), bounces.read(raw)


def _received(  # noqa: PLR0913, PLR0917 - what a mail that is kept is made of
    mail_id: str,
    target: Target,
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


def _key_created(target: Target, at: datetime, correlation_id: str) -> DataKeyCreated:
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
