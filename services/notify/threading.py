"""By what a reply is known to belong to its case: the ids and addresses that mails about a case carry.

A file of its own, because what is written into a mail here is read again when somebody answers it. Both a
message id and a reply address carry a short tag that only this desk can make, so nobody writes into a
stranger's case by guessing at its id; who has the mail can, as they could answer it. That the sender is the
case's customer is for the reader of the reply to look at.

Mail programs and servers change the case of letters, so nothing here depends on it.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from chassis.purposes import purpose_key

TAG_BYTES: Final = 10
TOKEN_CHARACTERS: Final = 42
"""An id of 16 bytes and a tag, in base32 without padding."""
LONGEST_LOCAL: Final = 64
"""Of the part of an address before its `@` (RFC 5321)."""
MOST_REFERENCES: Final = 20
_PURPOSE: Final = "threads of mails"
_UUID: Final = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_MESSAGE_ID: Final = re.compile(rf"\s*<?({_UUID})\.({_UUID})\.([a-z2-7]{{16}})@[^@<>\s]+>?\s*")
_TOKEN: Final = re.compile(rf"[a-z2-7]{{{TOKEN_CHARACTERS}}}")


@dataclass(frozen=True, slots=True)
class MailRef:
    """One of our mails, and the case that it is about."""

    mail_id: str
    case_id: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """A message of the thread that a mail continues: one of ours, or one of the customer's."""

    message_id: str
    at: datetime


class Threads:
    """Makes and reads what a thread is known by; `secret` is that of the settings."""

    def __init__(self, secret: bytes) -> None:
        self._key = purpose_key(secret, _PURPOSE)

    # ---- message ids ----

    def message_id(self, mail_id: str, case_id: str, sender: str) -> str:
        """The `Message-ID` of a mail from the address `sender`, the same for every try of it."""
        tag = _base32(self._tag(f"mail {mail_id} {case_id}"))
        return f"<{mail_id}.{case_id}.{tag}@{sender.rpartition('@')[2]}>"

    def mail_of(self, message_id: str) -> MailRef | None:
        """The mail that an `In-Reply-To`, one of `References`, or a bounce names; None for what is not ours."""
        found = _MESSAGE_ID.fullmatch(message_id.lower())
        if found is None:
            return None
        mail_id, case_id, tag = found.groups()
        own = _base32(self._tag(f"mail {mail_id} {case_id}"))
        return MailRef(mail_id, case_id) if hmac.compare_digest(own, tag) else None

    def case_of(self, message_id: str) -> str | None:
        """The case of the mail with this message id; None for what is not ours."""
        mail = self.mail_of(message_id)
        return None if mail is None else mail.case_id

    # ---- addresses ----

    def reply_to(self, case_id: str, intake: str) -> str:
        """The address at which replies about a case arrive: `desk+<token>@example.com` for `desk@example.com`."""
        user, _, domain = intake.rpartition("@")
        token = _base32(UUID(case_id).bytes + self._tag(f"address {case_id}"))
        return f"{user}+{token}@{domain}"

    def case_at(self, address: str) -> str | None:
        """The case whose reply address this is; None for any other address."""
        token = address.rpartition("@")[0].rpartition("+")[2].lower()
        if not _TOKEN.fullmatch(token):
            return None
        plain = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
        case_id, tag = str(UUID(bytes=plain[:16])), plain[16:]
        return case_id if hmac.compare_digest(self._tag(f"address {case_id}"), tag) else None

    def _tag(self, text: str) -> bytes:
        return hmac.digest(self._key, text.encode(), hashlib.sha256)[:TAG_BYTES]


def _base32(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=").lower()


def fits_plus(intake: str) -> bool:
    """Whether the token of a case still fits into the part before the `@` of the address."""
    return len(intake.rpartition("@")[0]) + 1 + TOKEN_CHARACTERS <= LONGEST_LOCAL


def references(earlier: Iterable[Earlier]) -> tuple[str, ...]:
    """What a mail refers to, the first message of the thread first; the last one is what it answers.

    Of a long thread the first and the newest remain, as RFC 5322 has it.
    """
    ordered = sorted(earlier, key=lambda it: it.at)
    ids = list(dict.fromkeys(it.message_id for it in ordered))
    return tuple(ids if len(ids) <= MOST_REFERENCES else [ids[0], *ids[1 - MOST_REFERENCES :]])
