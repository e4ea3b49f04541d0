"""The door for mail: an SMTP server that says yes only once the mail is kept. It translates; no rule lives here.

It is meant to stand behind a mail server of the house, or on a network of its own: it speaks SMTP without TLS and
takes mail for this desk's addresses alone. Whoever is told 451 tries again by themselves for days.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

from aiosmtpd.smtp import SMTP, Envelope, Session

from chassis.errors import RetryLater
from chassis.logs import logger
from services.notify.doors import Door
from services.notify.receiving import Delivery, Receiving, Refused, TooMany

MOST_CONNECTIONS: Final = 20
"""At once: each may hold a mail of the largest size."""
MOST_RECIPIENTS: Final = 50
QUIET_SECONDS: Final = 60.0
LATER: Final = "451 4.3.0 Not now, please try again later"
SLOWER: Final = "451 4.7.1 Too many mails from this sender, please try again later"
KEPT: Final = "250 2.0.0 Kept"
_THEIRS: Final = "mail.log"
_BUSY: Final = b"421 4.3.2 Too many connections, please try again later\r\n"

_log = logger(__name__)


class _Handler:
    """aiosmtpd's handler; the names are its own."""

    def __init__(self, receiving: Receiving) -> None:
        self._receiving = receiving

    async def handle_RCPT(  # noqa: N802
        self,
        server: SMTP,  # noqa: ARG002
        session: Session,  # noqa: ARG002
        envelope: Envelope,
        address: str,
        options: list[str],  # noqa: ARG002
    ) -> str:
        """Who is not of this desk is refused here, before anything was sent for them."""
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        try:
            self._receiving.check_recipient(address)
        except Refused as refused:
            return refused.reply
        except RetryLater:
            return LATER
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802
        self,
        server: SMTP,  # noqa: ARG002
        session: Session,  # noqa: ARG002
        envelope: Envelope,
    ) -> str:
        """The answer to a mail; whatever else goes wrong is told as `handle_exception` has it."""
        content = envelope.original_content or b""
        sender = envelope.mail_from or ""
        delivery = Delivery(sender, tuple(map(str, envelope.rcpt_tos)), content)
        try:
            await self._receiving.take(delivery)
        except Refused as refused:
            return refused.reply
        except TooMany:
            return SLOWER
        except RetryLater as error:
            _log.warning("mail_not_taken", reason=type(error).__name__)
            return LATER
        return KEPT

    async def handle_exception(self, error: Exception) -> str:
        """A fault of ours is no reason for the sender's server to give the mail up."""
        # The class alone: an exception's text may quote what the mail says.
        _log.error("mail_not_taken", reason=type(error).__name__)
        return LATER


class _Busy(asyncio.Protocol):
    """For whoever comes when every place is taken."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Tells them and hangs up."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - of a TCP server it is
        transport.write(_BUSY)
        transport.close()


class _Counted(SMTP):
    """A connection that gives its place back at its end."""

    def __init__(self, *args: object, free: Callable[[], None], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self._free = free

    def connection_lost(self, error: Exception | None) -> None:
        """As the library does, once."""
        self._free()
        super().connection_lost(error)


@asynccontextmanager
async def listening(door: Door, receiving: Receiving) -> AsyncIterator[int]:
    """Takes mail while it is entered; gives the port, which is another than `door`'s where that is 0."""
    loop = asyncio.get_running_loop()
    # The library writes down who wrote to whom, which is nobody's business.
    logging.getLogger(_THEIRS).disabled = True
    open_now = 0

    def free() -> None:
        nonlocal open_now
        open_now -= 1

    def connect() -> asyncio.Protocol:
        nonlocal open_now
        if open_now >= MOST_CONNECTIONS:
            return _Busy()
        open_now += 1
        return _Counted(
            _Handler(receiving),
            data_size_limit=door.largest,
            enable_SMTPUTF8=True,
            ident="Deskbus",
            hostname="deskbus",
            timeout=QUIET_SECONDS,
            loop=loop,
            free=free,
        )

    server = await loop.create_server(connect, door.host, door.port)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
