"""The mails in a mailbox's folder, as a person would want to see them listed and read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import lru_cache
from pathlib import Path
from typing import Final

SUFFIX: Final = ".eml"
SHOWN: Final = 200
"""The newest of them; older ones stay in the folder."""
PREVIEW: Final = 140
_ID: Final = re.compile(r"[0-9]{13}-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Received:
    """A mail as it was received. `html` is empty for one that has plain text only."""

    id: str
    received_at: datetime
    sender: str
    recipients: Sequence[str]
    subject: str
    text: str
    html: str
    source: str

    @property
    def preview(self) -> str:
        """The beginning of the text, on one line."""
        return " ".join(self.text.split())[:PREVIEW]


def newest(folder: Path) -> list[Received]:
    """The newest mails first."""
    files = sorted(folder.glob(f"*{SUFFIX}"), reverse=True)
    return [_read(file) for file in files[:SHOWN]]


def find(folder: Path, mail_id: str) -> Received | None:
    """The mail with this id."""
    # The id comes from an address that anybody can type.
    file = folder / f"{mail_id}{SUFFIX}"
    return _read(file) if _ID.fullmatch(mail_id) and file.is_file() else None


@lru_cache(SHOWN)
def _read(file: Path) -> Received:
    """A file never changes once it has its name."""
    content = file.read_bytes()
    message = message_from_bytes(content, policy=default)
    return Received(
        id=file.stem,
        received_at=datetime.fromtimestamp(int(file.stem.partition("-")[0]) / 1000, UTC),
        sender=str(message.get("From", "")),
        recipients=[str(to) for to in message.get_all("Delivered-To", [])],
        subject=str(message.get("Subject", "")),
        text=_part(message, "plain"),
        html=_part(message, "html"),
        source=content.decode("utf-8", errors="replace"),
    )


def _part(message: EmailMessage, subtype: str) -> str:
    body = message.get_body((subtype,))
    if body is None:
        return ""
    try:
        return str(body.get_content()).replace("\r\n", "\n")
    except (LookupError, UnicodeError):
        # A charset that nobody knows: the source shows it as it is.
        return ""
