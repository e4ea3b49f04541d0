"""A mailbox at a provider, by IMAP. The only place that knows the library, which is Python's own: it waits in threads."""

import asyncio
import imaplib
import re
import ssl
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar

from chassis.errors import RetryLater
from chassis.logs import logger

T = TypeVar("T")
ANSWER_SECONDS: Final = 30.0
_MONTHS: Final = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]
_NUMBER: Final = re.compile(rb"\d+")
_SIZE: Final = re.compile(rb"RFC822\.SIZE (\d+)")

_log = logger(__name__)


class ImapFailed(RetryLater):
    """The server is away, refuses, or answers what nobody understands."""


class ImapRefused(ImapFailed):
    """The server understands, and will not."""


class SignInRefused(ImapRefused):
    """Name or password are wrong, or the server wants another way of signing in."""


@dataclass(frozen=True, slots=True)
class Provider:
    """Where the mailbox is, and as whom it is read."""

    host: str
    port: int
    security: str
    """`tls`, `starttls` or `none`."""
    user: str
    password: str
    folder: str


@dataclass(frozen=True, slots=True)
class Mailed:
    """A mail of the mailbox; without its bytes where it is too large."""

    raw: bytes | None


class Box:
    """A folder that is open. Mails are named by their uid, which only grows."""

    def __init__(self, client: imaplib.IMAP4, validity: int, last: int) -> None:
        self._client = client
        self.validity = validity
        self.last = last
        """The largest uid that a mail has had when the folder was opened."""

    async def behind(self, uid: int) -> list[int]:
        """The mails that came behind this one, the first one first."""
        # The last mail fits always, whatever its uid.
        return [it for it in await self._found(f"UID {uid + 1}:*") if it > uid]

    async def since(self, day: date) -> list[int]:
        """The mails that came on this day or later, the first one first."""
        return await self._found(f"SINCE {day.day}-{_MONTHS[day.month - 1]}-{day.year}")

    async def _found(self, criterion: str) -> list[int]:
        found = await self._uid("SEARCH", criterion)
        return sorted(int(it) for part in found if part for it in _NUMBER.findall(part))

    async def fetch(self, uid: int, largest: int) -> Mailed | None:
        """The mail, which is not marked as read by this; None where it is not there any more."""
        told = await self._uid("FETCH", str(uid), "(RFC822.SIZE)")
        sizes = [
            found for part in told if isinstance(part, bytes) and (found := _SIZE.search(part))
        ]
        if not sizes:
            return None
        if int(sizes[0][1]) > largest:
            return Mailed(None)
        answer = await self._uid("FETCH", str(uid), "(BODY.PEEK[])")
        bodies = [part[1] for part in answer if isinstance(part, tuple)]
        return Mailed(bodies[0]) if bodies else None

    async def finish(self, uid: int, folder: str) -> None:
        """Mark the mail as read; with a folder, which is made if need be, move it there if the server lets us."""
        await self._uid("STORE", str(uid), "+FLAGS", r"(\Seen)")
        if not folder:
            return
        try:
            await self._move(uid, _quoted(folder))
        except ImapRefused:
            await _in_thread(lambda: self._client.create(_quoted(folder)))
            try:
                await self._move(uid, _quoted(folder))
            except ImapRefused:
                # It is kept, and not read again: no reason to take no other mail.
                _log.warning("mail_not_moved")

    async def _move(self, uid: int, folder: str) -> None:
        if "MOVE" in self._client.capabilities:
            await self._uid("MOVE", str(uid), folder)
            return
        await self._uid("COPY", str(uid), folder)
        await self._uid("STORE", str(uid), "+FLAGS", r"(\Deleted)")
        if "UIDPLUS" in self._client.capabilities:
            # Without it, whatever else somebody has marked would go as well: then it stays, marked.
            await self._uid("EXPUNGE", str(uid))

    async def flag(self, uid: int) -> None:
        """Have somebody look at the mail, who finds it unread."""
        await self._uid("STORE", str(uid), "+FLAGS", r"(\Flagged)")

    async def leave(self) -> None:
        """Hang up; nothing is answered for any more."""
        with suppress(OSError, imaplib.IMAP4.error):
            self._client.shutdown()

    async def _uid(self, command: str, *arguments: str) -> list[Any]:
        return await _asked(lambda: self._client.uid(command, *arguments))


Connect = Callable[[], Awaitable[Box]]
"""Opens the folder; raises `ImapFailed`."""


async def connect(provider: Provider, tls: ssl.SSLContext | None = None) -> Box:
    """Sign in and open the folder; raises `ImapFailed`. `tls` is whom to trust, else the machine's authorities."""
    gone = threading.Event()
    try:
        client = await _in_thread(lambda: _signed_in(provider, tls, gone))
    except asyncio.CancelledError:
        # The thread goes on, and nobody waits for what it brings.
        gone.set()
        raise
    try:
        return await _opened(client, provider.folder)
    except BaseException:
        with suppress(OSError, imaplib.IMAP4.error):
            client.shutdown()
        raise


async def _opened(client: imaplib.IMAP4, folder: str) -> Box:
    await _asked(lambda: client.select(_quoted(folder)))
    validity, following = _told(client, "UIDVALIDITY"), _told(client, "UIDNEXT")
    if validity is None:
        raise ImapFailed
    box = Box(client, validity, (following or 1) - 1)
    if following is None:
        box.last = max(await box.behind(0), default=0)
    return box


def _signed_in(
    provider: Provider, tls: ssl.SSLContext | None, gone: threading.Event
) -> imaplib.IMAP4:
    trusted = tls or ssl.create_default_context()
    place: dict[str, Any] = {
        "host": provider.host,
        "port": provider.port,
        "timeout": ANSWER_SECONDS,
    }
    if provider.security == "tls":
        client: imaplib.IMAP4 = imaplib.IMAP4_SSL(**place, ssl_context=trusted)
    else:
        client = imaplib.IMAP4(**place)
    try:
        if provider.security == "starttls":
            client.starttls(trusted)
        _sign_in(client, provider)
        # What it can do may be more for who has signed in.
        _, told = client.capability()
        client.capabilities = tuple(told[-1].decode().upper().split())
        _check_awaited(gone)
    except BaseException:
        client.shutdown()
        raise
    return client


def _sign_in(client: imaplib.IMAP4, provider: Provider) -> None:
    try:
        client.login(provider.user, provider.password)
    except imaplib.IMAP4.abort:
        # It is no answer that the connection broke.
        raise
    except imaplib.IMAP4.error as error:
        raise SignInRefused from error


def _check_awaited(gone: threading.Event) -> None:
    if gone.is_set():
        raise ConnectionAbortedError


async def _asked(command: Callable[[], tuple[str, list[Any]]]) -> list[Any]:
    state, data = await _in_thread(command)
    if state != "OK":
        raise ImapRefused
    return data


async def _in_thread(work: Callable[[], T]) -> T:
    try:
        return await asyncio.to_thread(work)
    except (imaplib.IMAP4.error, OSError, UnicodeError, ValueError) as error:
        raise ImapFailed from error


def _told(client: imaplib.IMAP4, name: str) -> int | None:
    """A number that the server said when the folder was opened, if it did."""
    _, data = client.response(name)
    found = _NUMBER.search(data[0] or b"") if data else None
    return int(found[0]) if found else None


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", r"\\").replace('"', r"\"") + '"'
