"""The door for mail: an SMTP server that says yes only once the mail is kept. It translates; no rule lives here.

It takes mail for this desk's addresses alone. With a certificate it offers STARTTLS, and asks for it if it is told to;
with a name and a password it takes mail from those alone who have them. Without them it belongs behind a mail server
of the house, on a network of its own. Whoever is told 451 tries again by themselves for days.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from chassis.errors import RetryLater
from chassis.logs import logger
from services.notify.doors import Door, Lock
from services.notify.receiving import Delivery, Receiving, TooMany
from services.notify.targets import Refused

MOST_CONNECTIONS: Final = 20
"""At once: each may hold a mail of the largest size."""
MOST_RECIPIENTS: Final = 50
QUIET_SECONDS: Final = 60.0
LATER: Final = "451 4.3.0 Not now, please try again later"
SLOWER: Final = "451 4.7.1 Too many mails from this sender, please try again later"
KEPT: Final = "250 2.0.0 Kept"
_THEIRS: Final = "mail.log"
_OFTEN: Final = {"AUTH": 3, "*": 1_000}
"""How often each command is heard in one connection, which is then closed."""
_BUSY: Final = b"421 4.3.2 Too many connections, please try again later\r\n"

_log = logger(__name__)


class _Handler:
    """aiosmtpd's handler; the names are its own."""

    def __init__(self, receiving: Receiving, *, locked: bool) -> None:
        self._receiving = receiving
        self._locked = locked

    async def handle_EHLO(  # noqa: N802
        self,
        server: SMTP,  # noqa: ARG002
        session: Session,
        envelope: Envelope,  # noqa: ARG002
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        """Signing in is offered where it is asked for."""
        session.host_name = hostname
        return [it for it in responses if self._locked or not it.startswith("250-AUTH")]

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
        self._lost = False

    def connection_lost(self, error: Exception | None) -> None:
        """As the library does, once: it is told twice of a connection whose TLS has failed."""
        if not self._lost:
            self._lost = True
            self._free()
            super().connection_lost(error)

    def eof_received(self) -> bool | None:
        """As the library does; behind a connection whose TLS has failed it is no more."""
        return False if self._lost else super().eof_received()


def _authenticator(lock: Lock) -> Callable[..., AuthResult]:
    def authenticate(
        server: SMTP,  # noqa: ARG001
        session: Session,  # noqa: ARG001
        envelope: Envelope,  # noqa: ARG001
        mechanism: str,  # noqa: ARG001
        given: object,
    ) -> AuthResult:
        right = isinstance(given, LoginPassword) and lock.opens(given.login, given.password)
        if not right:
            _log.warning("mail_sign_in_refused")
        return AuthResult(success=right, handled=False)

    return authenticate


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
            _Handler(receiving, locked=door.lock is not None),
            data_size_limit=door.largest,
            enable_SMTPUTF8=True,
            ident="Deskbus",
            hostname="deskbus",
            timeout=QUIET_SECONDS,
            tls_context=door.certificate.context() if door.certificate else None,
            require_starttls=door.requires_tls,
            auth_required=door.lock is not None,
            authenticator=_authenticator(door.lock) if door.lock else None,
            auth_exclude_mechanism=() if door.lock else ("LOGIN", "PLAIN"),
            command_call_limit=_OFTEN,
            loop=loop,
            free=free,
        )

    server = await loop.create_server(connect, door.host, door.port)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
