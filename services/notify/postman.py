"""Takes the mails that are due to the mail server. A file of its own, because it is a standing task.

A mail is claimed in the ledger before anything is done with it, and every later try is a due date
there: a restart forgets nothing, and any number of instances may look. While a try lasts its claim
is renewed; a process that died leaves a claim that lapses.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, get_args, get_type_hints

from chassis import metrics
from chassis.clock import Clock
from chassis.errors import RetryLater
from chassis.failpoints import failpoint
from chassis.jobs import beside
from chassis.keyring import Erased
from chassis.logs import logger
from chassis.storage import Storage, Tx
from services.notify.domain import CLAIM, STAFF_KINDS, Mail, Outcome
from services.notify.follow_ups import FOLLOW_UP
from services.notify.ledger import Ledger
from services.notify.received_store import Received, ReceivedStore
from services.notify.settings import NotifySettings
from services.notify.smtp import Call, Letter
from services.notify.storage import MailStore
from services.notify.threading import Earlier, Threads, references

LOOK_SECONDS: Final = 0.25
AT_ONCE: Final = 8
"""How many mails are under way at the same time, and so connections to the mail server."""
HOLD_SECONDS: Final = CLAIM.total_seconds() / 3
FAREWELL_SECONDS: Final = 3.0
STATES: Final = get_args(get_type_hints(Outcome)["state"])
_FIRST_BACKOFF, _LAST_BACKOFF = 0.2, 2.0

_log = logger(__name__)


class ClaimLost(Exception):
    """Others took the mail over while this process stood still."""


CompanyName = Callable[[str], str]
"""The name of a company, which a mail carries as its sender's; empty while it is not known."""


class Postman:
    """Sends what is due; run `run` in the background."""

    def __init__(  # noqa: PLR0913 - what it stands on, each from the composition root
        self,
        storage: Storage,
        store: MailStore,
        ledger: Ledger,
        company_name: CompanyName,
        *,
        settings: NotifySettings,
        clock: Clock,
        received: ReceivedStore | None = None,
    ) -> None:
        self._storage = storage
        self._store = store
        self._ledger = ledger
        self._company_name = company_name
        self._settings = settings
        self._received = received
        self._clock = clock
        self._threads = Threads(settings.secret_key())
        self._under_way: dict[str, asyncio.Task[None]] = {}
        for state in STATES:
            # A count that begins only with the first failure could not be seen to rise.
            metrics.MAIL_TRIES.labels(state)

    async def run(self) -> None:
        """Sends for ever; without a database it waits."""
        try:
            while True:
                await self._look()
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            await self._stop()

    async def send_due(self) -> int:
        """Takes up what is due, as far as there are hands; returns how many mails."""
        free = AT_ONCE - len(self._under_way)
        if free <= 0:
            return 0
        # More than free, because those under way may be among them until their first renewal.
        due = await self._store.due(self._clock.now(), free + len(self._under_way))
        new = [mail_id for mail_id in due if mail_id not in self._under_way][:free]
        for mail_id in new:
            task = asyncio.create_task(self._take(mail_id))
            self._under_way[mail_id] = task
            task.add_done_callback(lambda _, done=mail_id: self._under_way.pop(done))  # type: ignore[misc]
        return len(new)

    async def settle_down(self) -> None:
        """Returns when nothing is under way."""
        while self._under_way:
            await asyncio.wait(self._under_way.values())

    async def _look(self) -> None:
        try:
            await self.send_due()
        except RetryLater as error:
            _log.warning("postman_waits", reason=type(error).__name__)

    async def _stop(self) -> None:
        """Whoever waits for an answer to a content gets a moment, for else nobody will ever know it."""
        tasks = list(self._under_way.values())
        if tasks:
            await asyncio.wait(tasks, timeout=FAREWELL_SECONDS)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _take(self, mail_id: str) -> None:
        try:
            mail = await self._storage.transact(lambda tx: self._ledger.claim(tx, mail_id))
            if mail is not None:
                await self._deliver(mail)
        except RetryLater as error:
            _log.warning("mail_waits", mail=mail_id, reason=type(error).__name__)
        except Erased:
            await self._store.forget(mail_id)
        except ClaimLost:
            _log.warning("mail_claim_lost", mail=mail_id)
        except Exception:  # noqa: BLE001 - one mail's fault must not end the others; its claim lapses
            _log.exception("mail_left", mail=mail_id)

    async def _deliver(self, mail: Mail) -> None:
        async with beside(self._hold(mail)), Call(self._settings) as call:
            outcome = await self._try(call, mail)
            if outcome.state == "accepted":
                await failpoint("mail.after_data")
            await self._settle(mail, outcome)
        metrics.MAIL_TRIES.labels(outcome.state).inc()
        _log.info(
            "mail_tried", mail=mail.id, kind=mail.kind, state=outcome.state, reason=outcome.reason
        )

    async def _try(self, call: Call, mail: Mail) -> Outcome:
        handed_over = False

        async def hand_over() -> None:
            nonlocal handed_over
            await self._hand_over(mail)
            handed_over = True

        try:
            return await call.deliver(await self._letter(mail), hand_over)
        except (ClaimLost, Erased):
            raise
        except RetryLater:
            return Outcome("waiting", "interrupted")
        except Exception:  # noqa: BLE001 - a defect: said on the case, and tried again later if nothing left
            _log.exception("mail_failed", mail=mail.id)
            return Outcome("unknown" if handed_over else "waiting", "internal_error")

    async def _letter(self, mail: Mail) -> Letter:
        to_customer, intake = mail.kind not in STAFF_KINDS, self._settings.mail_intake
        return Letter(
            message_id=self._message_id(mail),
            sender_name=self._company_name(mail.company_id),
            sender=self._settings.mail_from,
            recipient=mail.recipient,
            written_at=mail.requested_at,
            content=await self._store.content(mail),
            reply_to=self._threads.reply_to(mail.case_id, intake) if intake and to_customer else "",
            references=references(await self._before(mail)),
            by_hand=mail.kind == FOLLOW_UP,
        )

    def _message_id(self, mail: Mail) -> str:
        return self._threads.message_id(mail.id, mail.case_id, self._settings.mail_from)

    async def _before(self, mail: Mail) -> list[Earlier]:
        """What its reader has had from us about the case, and has written to us."""
        ours = [
            Earlier(self._message_id(it), it.requested_at)
            for it in await self._store.of_case(mail.case_id)
            if it.state == "accepted" and _is_before(it, mail)
        ]
        return [*ours, *await self._theirs(mail)]

    async def _theirs(self, mail: Mail) -> list[Earlier]:
        came = [] if self._received is None else await self._received.of_case(mail.case_id)
        return [
            Earlier(it.message_id, it.received_at)
            for it in came
            # A header of ours has letters that every server passes on.
            if it.message_id.isascii() and it.message_id and _is_of(it, mail)
        ]

    async def _hand_over(self, mail: Mail) -> None:
        await failpoint("mail.before_note")
        if not await self._storage.transact(lambda tx: self._ledger.hand_over(tx, mail)):
            raise ClaimLost
        await failpoint("mail.before_data")

    async def _settle(self, mail: Mail, outcome: Outcome) -> None:
        """What is known must be noted, however long the database is away."""

        async def work(tx: Tx) -> None:
            await self._ledger.settle(tx, mail, outcome)

        await _until_done(lambda: self._storage.transact(work))

    async def _hold(self, mail: Mail) -> None:
        while True:
            await asyncio.sleep(HOLD_SECONDS)
            await _until_done(lambda: self._store.hold(mail, self._clock.now() + CLAIM))


def _is_of(came: Received, mail: Mail) -> bool:
    same = came.address.casefold() == mail.recipient.casefold()
    return same and came.received_at <= mail.requested_at


def _is_before(mail: Mail, other: Mail) -> bool:
    """Whether a mail is part of the thread that the other one continues: to the same reader, and asked for earlier."""
    same = mail.recipient.casefold() == other.recipient.casefold()
    return same and mail.id != other.id and mail.requested_at <= other.requested_at


async def _until_done(work: Callable[[], Awaitable[object]]) -> None:
    backoff = _FIRST_BACKOFF
    while True:
        try:
            await work()
        except RetryLater:
            await asyncio.sleep(backoff)
            backoff = min(backoff * 2, _LAST_BACKOFF)
        else:
            return
