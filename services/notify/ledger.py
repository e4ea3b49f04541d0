"""The delivery ledger: the only place where a mail changes its state.

A file of its own, because a promise hangs on it: no mail is sent twice. Each change is one
transaction, with the event that tells of it, and is durable before what it permits is done:

    requested ── claim ──> sending ── hand over ──> sending, handed ── settle ──> accepted, failed
        ^                     |                          |       └──> waiting ── claim ──> sending
        └ the id is kept      └ broken off: sent again   └ broken off: unknown, never sent again

Only the answer to the content of a mail can be lost, and then the ledger says `unknown`. A try
that lost its claim, because its process stood still, is refused at the hand-over.
"""

from chassis.clock import Clock
from chassis.errors import RetryLater
from chassis.storage import Tx
from contracts.envelope import Actor
from services.notify import bounces, domain
from services.notify.domain import Mail, Outcome, Persistence, Wanted
from services.notify.mail_news import announced
from services.notify.storage import MailStore


class Ledger:
    """Each step of a mail's life; `tx` is the transaction to be part of."""

    def __init__(self, store: MailStore, clock: Clock, persistence: Persistence) -> None:
        self._store = store
        self._clock = clock
        self._persistence = persistence

    async def request(self, tx: Tx, command: Wanted, by: Actor | None = None) -> None:
        """Take a mail on, and who asked for it. One whose id the ledger has is the same mail, whatever it says now.

        Only one that failed because there was no address begins anew, once there is one.
        """
        mail = domain.requested(command, self._clock.now(), by)
        known = await self._store.find(tx, command.mail_id)
        if known is not None and not domain.replaces(mail, known):
            return
        await self._store.put(tx, mail, command.content)
        await self._announce(tx, mail)

    async def claim(self, tx: Tx, mail_id: str) -> Mail | None:
        """The mail, to be sent by the caller, if it is due and nobody else is at it."""
        mail = await self._store.find(tx, mail_id)
        claimed = mail and domain.claimed(mail, self._clock.now(), self._persistence)
        if claimed is None:
            return None
        await self._keep(tx, claimed)
        return claimed if claimed.state == "sending" else None

    async def hand_over(self, tx: Tx, attempt: Mail) -> bool:
        """Note that the content is about to leave; False when it may not, for others have the mail now."""
        mail = await self._store.find(tx, attempt.id)
        handed = mail and domain.handed_over(mail, attempt.attempts)
        if handed is None:
            return False
        await self._store.save(tx, handed)
        return True

    async def settle(self, tx: Tx, attempt: Mail, outcome: Outcome) -> None:
        """Note what became of a try."""
        mail = await self._store.find(tx, attempt.id)
        if mail is None:
            return
        now = self._clock.now()
        settled = domain.settled(mail, attempt.attempts, outcome, now, self._persistence)
        if settled is not None:
            await self._keep(tx, settled)

    async def returned(self, tx: Tx, mail_id: str, status: str) -> None:
        """Note that a mail came back, which the server had accepted; raises `RetryLater` while it is being sent."""
        mail = await self._store.find(tx, mail_id)
        if mail is not None and mail.state == "sending":
            raise RetryLater
        returned = mail and bounces.returned(mail, status, self._clock.now())
        if returned is not None:
            await self._keep(tx, returned)

    async def _keep(self, tx: Tx, mail: Mail) -> None:
        await self._store.save(tx, mail)
        await self._announce(tx, mail)

    async def _announce(self, tx: Tx, mail: Mail) -> None:
        tx.emit(announced(mail, await self._store.next_version(tx, mail.case_id)))
