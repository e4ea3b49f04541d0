"""Where mail is taken in, and how that is protected. A file of its own, because the settings name the place and know nothing of mail."""

import hmac
import re
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chassis.logs import logger

_PLACE: Final = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s:/@]*):([0-9]{1,5})")
_LARGEST_PORT: Final = 65_535

_log = logger(__name__)


class Certificate:
    """A certificate with its chain and its key, as files. They are read again once they have changed."""

    def __init__(self, chain: str, key: str) -> None:
        """Raises `OSError` (of which `ssl.SSLError` is one) for files that are not there, or do not belong together."""
        self._files = (chain, key)
        self._seen = self._state()
        self._context = self._read()

    def context(self) -> ssl.SSLContext:
        """What a connection is protected by; what cannot be read now is as it was."""
        try:
            if (seen := self._state()) != self._seen:
                # Both files are there at some time: half of a renewal does not fit, and is looked at again.
                self._context, self._seen = self._read(), seen
                _log.info("certificate_changed")
        except OSError as error:
            _log.warning("certificate_not_read", reason=type(error).__name__)
        return self._context

    def _state(self) -> tuple[int, ...]:
        return tuple(Path(it).stat().st_mtime_ns for it in self._files)

    def _read(self) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        # A key that asks for a passphrase is refused: nobody is there to type it.
        context.load_cert_chain(*self._files, password="")
        return context


@dataclass(frozen=True, slots=True)
class Lock:
    """The name and the password without which nobody delivers."""

    user: str
    password: str

    def opens(self, user: bytes, password: bytes) -> bool:
        """Whether these are they."""
        right_user = hmac.compare_digest(user, self.user.encode())
        return hmac.compare_digest(password, self.password.encode()) and right_user


@dataclass(frozen=True, slots=True)
class Door:
    """Where it listens, such as `0.0.0.0:25`, and the largest mail that it takes, in bytes."""

    host: str
    port: int
    largest: int
    certificate: Certificate | None = None
    """With one, STARTTLS is offered."""
    requires_tls: bool = False
    lock: Lock | None = None
    """It needs a certificate: a password is never asked for in clear."""


def place_of(value: str) -> tuple[str, int]:
    """Host and port of a setting; raises `ValueError`."""
    found = _PLACE.fullmatch(value)
    if found is None or int(found[2]) > _LARGEST_PORT:
        raise ValueError("write it as 0.0.0.0:25")
    return found[1].strip("[]") or "0.0.0.0", int(found[2])  # noqa: S104 - as the operator has asked for it
