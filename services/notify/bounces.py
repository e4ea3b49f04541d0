"""What a mail server says of a mail of ours that it could not deliver (RFC 3464). Pure."""

from dataclasses import dataclass, replace
from datetime import datetime
from email.message import Message
from email.parser import BytesHeaderParser
from typing import Final

from services.notify.domain import Mail
from services.notify.incoming import parsed

BOUNCED: Final = "bounced"
"""Why a mail failed that our mail server had accepted: another one has sent it back."""
STATUS_LIMIT: Final = 20
_FAILED: Final = "failed"
_RETURNED: Final = frozenset({"message/rfc822", "text/rfc822-headers", "message/global"})


@dataclass(frozen=True, slots=True)
class Bounce:
    """A report on the mail with this message id. `status` is the server's own code, such as `5.1.1`."""

    message_id: str
    status: str
    failed: bool
    """Whether it was given up; else it is late, or was relayed."""


def read(raw: bytes) -> Bounce | None:
    """The report that a mail is; None for any other mail."""
    message = parsed(raw)
    if not _is_report(message):
        return None
    status, failed = _verdict(message)
    return Bounce(_returned(message), status, failed)


def _is_report(message: Message) -> bool:
    kind = str(message.get_param("report-type") or "").lower()
    return message.get_content_type() == "multipart/report" and kind in {"", "delivery-status"}


def _verdict(message: Message) -> tuple[str, bool]:
    for part in message.walk():
        action = str(part.get("action", "")).strip().lower()
        if action:
            status = str(part.get("status", "")).strip().partition(" ")[0]
            return status[:STATUS_LIMIT], action == _FAILED
    return "", False


def _returned(message: Message) -> str:
    """The message id of the mail that comes back, whole or its headers alone."""
    for part in message.walk():
        if part.get_content_type() not in _RETURNED:
            continue
        if part.is_multipart():
            inner = part.get_payload(0)
            return str(inner.get("message-id", "")).strip() if isinstance(inner, Message) else ""
        payload = part.get_payload(decode=True)
        headers = BytesHeaderParser().parsebytes(payload if isinstance(payload, bytes) else b"")
        return str(headers.get("message-id", "")).strip()
    return ""


def returned(mail: Mail, status: str, at: datetime) -> Mail | None:
    """The mail after its recipient's server has sent it back; None for one that was not on its way.

    `status` is that server's own, such as `5.1.1`.
    """
    if mail.state not in {"accepted", "unknown"}:
        return None
    reason = f"{BOUNCED} {status}".strip()
    return replace(mail, state="failed", reason=reason, due=None, changed_at=at)
