"""Hands one mail to the mail server, and tells apart what can become of it.

A file of its own, because the ledger is worth what is known here. Until the server has asked for the
content, nothing was sent, whatever breaks. Once the content leaves, only the server's answer tells:
without one, the mail is `unknown`. A refusal is about the mail once we are let in; before, it is
about us (our password, our certificate), which somebody will mend: so the mail waits.
"""

import re
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8, Policy
from email.utils import format_datetime
from types import TracebackType
from typing import Final, Self

import aiosmtplib
from aiosmtplib import SMTPConnectError, SMTPException, SMTPResponseException
from aiosmtplib.protocol import SMTPProtocol
from email_validator import validate_email

from contracts.notify import MailContent
from services.notify.domain import Outcome
from services.notify.settings import NotifySettings

GOODBYE_SECONDS: Final = 2.0
# Authentication required, its mechanism too weak, refused, or allowed under TLS only (RFC 4954).
_ABOUT_US: Final = frozenset({530, 534, 535, 538})
_SEND_IT, _COMMAND_DONE = 354, 250


class _MessageIds(UnstructuredHeader, BaseHeader):
    """Message ids, one a line: a long one may not be encoded as if it were words, or no reader finds its thread."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: " + f"{policy.linesep} ".join(str(self).split()) + policy.linesep


_HEADERS: Final = HeaderRegistry()
for _name in ("in-reply-to", "references"):
    _HEADERS.map_to_type(_name, _MessageIds)
# Any mailer may carry lines of seven bits.
_POLICIES: Final = {
    False: SMTP.clone(cte_type="7bit", header_factory=_HEADERS),
    True: SMTPUTF8.clone(cte_type="7bit", header_factory=_HEADERS),
}

# The first that fits: aiosmtplib's errors are of several kinds at once.
_REASONS: Final[dict[type[Exception], str]] = {
    ssl.SSLError: "tls_failed",
    TimeoutError: "timeout",
    SMTPConnectError: "unreachable",
    ConnectionError: "disconnected",
}

HandOver = Callable[[], Awaitable[None]]
"""Called once the server asks for the content; what it raises ends the try, with nothing sent."""


class NotSupported(Exception):
    """The recipient's address needs SMTPUTF8, and the server does not have it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail with what stands on its envelope. `recipient` is an address that was checked."""

    message_id: str
    """The same for every try, so that a reader's mail program can tell a copy."""
    sender_name: str
    sender: str
    recipient: str
    written_at: datetime
    content: MailContent
    reply_to: str = ""
    """Where an answer is to go; empty for the sender."""
    references: tuple[str, ...] = ()
    """The message ids of the thread before it; the last one is what it answers."""
    by_hand: bool = False
    """Whether a person wrote it. Anything else is a machine's, which says so."""

    @property
    def to(self) -> str:
        """The recipient in ASCII wherever the address allows it: any server takes that."""
        checked = validate_email(self.recipient, check_deliverability=False)
        return checked.ascii_email or checked.normalized

    def as_bytes(self) -> bytes:
        """The mail as it travels, with CRLF at the end of each line."""
        message = EmailMessage(policy=_POLICIES[not self.to.isascii()])
        message["From"] = _named(self.sender_name, self.sender)
        message["To"] = _named("", self.to)
        message["Subject"] = _one_line(self.content.subject)
        message["Date"] = format_datetime(self.written_at)
        message["Message-ID"] = self.message_id
        if self.reply_to:
            message["Reply-To"] = _named("", self.reply_to)
        if self.references:
            message["In-Reply-To"] = self.references[-1]
            message["References"] = " ".join(self.references)
        if not self.by_hand:
            # Nobody's out-of-office note shall answer a machine (RFC 3834; Exchange wants its own).
            message["Auto-Submitted"] = "auto-generated"
            message["X-Auto-Response-Suppress"] = "All"
        message.set_content(self.content.text)
        message.add_alternative(self.content.html, subtype="html")
        return message.as_bytes()


def _named(name: str, address: str) -> Address:
    user, _, domain = address.rpartition("@")
    return Address(_one_line(name), user, domain)


def _one_line(text: str) -> str:
    """A header is one line; whatever would end it is a space."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


class Call:
    """One visit at the mail server: `async with`, then `deliver`, once."""

    def __init__(self, settings: NotifySettings) -> None:
        self._settings = settings
        self._client: aiosmtplib.SMTP | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take leave, after the caller has noted the outcome: nothing shall delay that."""
        client = self._client
        if client is None:
            return
        if kind is None and client.is_connected:
            with suppress(SMTPException):
                await client.quit(timeout=GOODBYE_SECONDS)
        client.close()

    async def deliver(self, letter: Letter, hand_over: HandOver) -> Outcome:
        """What became of it; raises only what `hand_over` raises."""
        if not self._settings.smtp:
            return Outcome("waiting", "not_configured")
        content = letter.as_bytes()
        try:
            client = self._client = self._make_client()
            await client.connect()
        except (SMTPException, OSError) as error:
            return Outcome("waiting", _reason(error))
        try:
            protocol = await self._knock(client, letter)
        except NotSupported:
            return Outcome("failed", "address_not_supported")
        except (SMTPException, OSError) as error:
            return _judge(error)
        try:
            await hand_over()
        except BaseException:
            # The server waits for a content: only the end of the connection tells it that none comes.
            client.close()
            raise
        return await self._send(protocol, content)

    def _make_client(self) -> aiosmtplib.SMTP:
        settings = self._settings
        return aiosmtplib.SMTP(
            hostname=settings.smtp_host,
            port=settings.smtp_port,
            timeout=settings.smtp_answer_seconds,
            username=settings.smtp_user or None,
            password=settings.smtp_password.get_secret_value() or None,
            use_tls=settings.smtp_security == "tls",
            start_tls=settings.smtp_security == "starttls",
            # Else the machine's name is looked up in the DNS, which may take long to say nothing.
            local_hostname=settings.mail_from.rpartition("@")[2],
        )

    async def _knock(self, client: aiosmtplib.SMTP, letter: Letter) -> SMTPProtocol:
        """The envelope, and the server's consent to take the content behind it."""
        international = not letter.to.isascii()
        await client.ehlo()
        if international and not client.supports_extension("smtputf8"):
            raise NotSupported
        options = ["SMTPUTF8"] if international else []
        encoding = "utf-8" if international else "ascii"
        await client.mail(letter.sender, options=options, encoding=encoding)
        await client.rcpt(letter.to, encoding=encoding)
        protocol = client.protocol
        answer = await client.execute_command(b"DATA")
        if answer.code != _SEND_IT or protocol is None:
            raise SMTPResponseException(answer.code, answer.message)
        return protocol

    async def _send(self, protocol: SMTPProtocol, content: bytes) -> Outcome:
        stuffed = re.sub(rb"(?m)^\.", b"..", content)
        try:
            protocol.write(stuffed + b".\r\n")
        except SMTPException as error:
            # The connection was gone before: not a byte has left.
            return Outcome("waiting", _reason(error))
        try:
            answer = await protocol.read_response(timeout=self._settings.smtp_accept_seconds)
        except (SMTPException, OSError) as error:
            return Outcome("unknown", _reason(error))
        if answer.code == _COMMAND_DONE:
            return Outcome("accepted", str(answer.code))
        return _judge(SMTPResponseException(answer.code, answer.message), otherwise="unknown")


def _judge(error: Exception, otherwise: str = "waiting") -> Outcome:
    """What a failure means for the mail; `otherwise` is for answers that are none of SMTP."""
    code = error.code if isinstance(error, SMTPResponseException) else 0
    if 500 <= code <= 599 and code not in _ABOUT_US:  # noqa: PLR2004 - by RFC 5321: never
        return Outcome("failed", str(code))
    if 400 <= code <= 599 or otherwise == "waiting":  # noqa: PLR2004 - by RFC 5321: not now
        return Outcome("waiting", _reason(error))
    return Outcome("unknown", _reason(error))


def _reason(error: BaseException) -> str:
    """The server's three digits, or a short code of ours."""
    if isinstance(error, SMTPResponseException):
        return str(error.code) if 100 <= error.code <= 599 else "protocol_error"  # noqa: PLR2004
    if isinstance(error.__cause__, ssl.SSLError) or "STARTTLS" in str(error):
        return "tls_failed"
    found = (reason for kind, reason in _REASONS.items() if isinstance(error, kind))
    return next(found, "protocol_error")
