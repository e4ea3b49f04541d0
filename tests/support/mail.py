"""A mail server that does what a test tells it to, and remembers what it took."""

import asyncio
import ssl
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, Literal, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

Stage = Literal["MAIL", "RCPT", "DATA", "CONTENT"]
"""DATA is the command; CONTENT is what follows it, up to the final dot."""


@dataclass(frozen=True)
class Drop:
    """The connection breaks. Behind CONTENT, the server has the mail then, and nobody was told."""


@dataclass(frozen=True)
class Slow:
    """The answer takes its time."""

    seconds: float


@dataclass(frozen=True)
class During:
    """Something happens before the answer."""

    work: Callable[[], Awaitable[None]]


Step = str | Drop | Slow | During
"""A text is the answer to be given."""


@dataclass
class Taken:
    """A mail that the server has."""

    sender: str
    recipients: list[str]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        message = message_from_bytes(self.content, policy=default)
        assert isinstance(message, EmailMessage)
        return message

    def part(self, subtype: str) -> str:
        """The text of the part `text/<subtype>`."""
        body = self.message.get_body((subtype,))
        assert isinstance(body, EmailMessage)
        return str(body.get_content()).replace("\r\n", "\n")


@dataclass
class MailServer:
    """It listens on a port of its own while entered; each step of a script is used once."""

    tls: ssl.SSLContext | None = None
    implicit_tls: bool = False
    password: str | None = None
    utf8: bool = True
    taken: list[Taken] = field(default_factory=list)
    visits: int = 0

    def __post_init__(self) -> None:
        stages: tuple[Stage, ...] = ("MAIL", "RCPT", "DATA", "CONTENT")
        self._scripts: dict[Stage, deque[Step]] = {stage: deque() for stage in stages}
        self._server: asyncio.Server | None = None
        self._port = 0

    def will(self, stage: Stage, *steps: Step) -> None:
        """What it does the next times that it comes to a stage."""
        self._scripts[stage].extend(steps)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._port}"

    async def __aenter__(self) -> Self:
        await self.up()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.down()

    async def up(self) -> None:
        """Listen, at the same port as before."""
        tls = self.tls if self.implicit_tls else None
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            self._connection, "127.0.0.1", self._port, ssl=tls, reuse_address=True
        )
        self._port = self._server.sockets[0].getsockname()[1]

    async def down(self) -> None:
        """Refuse connections."""
        if self._server:
            self._server.close()
            await self._server.wait_closed()

    def _connection(self) -> SMTP:
        self.visits += 1
        return _Connection(
            self,
            hostname="mail.test",
            enable_SMTPUTF8=self.utf8,
            tls_context=None if self.implicit_tls else self.tls,
            require_starttls=self.tls is not None and not self.implicit_tls,
            auth_require_tls=False,
            authenticator=self._authenticate,
            loop=asyncio.get_running_loop(),
        )

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any
    ) -> AuthResult:
        right = isinstance(given, LoginPassword) and given.password.decode() == self.password
        # Else aiosmtpd answers nothing at all.
        return AuthResult(success=right, handled=False)

    async def step(self, stage: Stage, connection: SMTP) -> str | None:
        """Do what the script has for this stage; returns the answer to be given instead of the usual one."""
        step = self._scripts[stage].popleft() if self._scripts[stage] else None
        if isinstance(step, Drop):
            transport = connection.transport
            assert isinstance(transport, asyncio.Transport)
            transport.abort()
        elif isinstance(step, Slow):
            await asyncio.sleep(step.seconds)
        elif isinstance(step, During):
            await step.work()
        return step if isinstance(step, str) else None

    # ---- the hooks of aiosmtpd -------------------------------------------------------------------

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.password and not session.authenticated:
            return "530 5.7.0 Authentication required"
        answer = await self.step("MAIL", server)
        if answer is None:
            envelope.mail_from = address
        return answer or "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = await self.step("RCPT", server)
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        content = envelope.original_content or b""
        mail = Taken(envelope.mail_from or "", list(envelope.rcpt_tos), content)
        refuses = isinstance(next(iter(self._scripts["CONTENT"]), None), str)
        if not refuses:
            self.taken.append(mail)
        return await self.step("CONTENT", server) or "250 OK"


class _Connection(SMTP):
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        answer = await self.event_handler.step("DATA", self)
        if answer is not None:
            await self.push(answer)
        elif self.transport is not None and not self.transport.is_closing():
            await super().smtp_DATA(arg)
