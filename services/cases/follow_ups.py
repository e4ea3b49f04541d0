"""Mails to the customer (S31, S44, S61): what a technician's mail makes of a case, and what becomes of it. Pure rules.

A mail is part of the case's record as a note is, with its text; notify sends it. It is decided on a
`state_version`, for nobody should write to a customer about a state that is gone. It is an answer like any other, and
stops the clock of the first response. It alone is a follow-up: what is said in the chat does not close a case in S44,
a mail does, until the customer writes or the mail comes back.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from chassis.errors import DeskbusError
from chassis.ids import derived_id
from contracts.follow_ups import CaseFollowedUp, CaseFollowUpChanged, FollowUpChanged
from services.cases.decisions import Asked
from services.cases.domain import Case, CaseMovedOn, Change, hear_technician, step
from services.cases.history import Entry
from services.cases.mail_words import with_words

NEWS: Final = frozenset({"waiting", "accepted", "failed", "unknown"})
"""The states that the case tells of; that a mail is on its way needs no saying."""
ABOUT_CHARACTERS: Final = 80


class CustomerWithoutAddress(DeskbusError):
    """Nobody knows where to write to."""

    code = "customer_without_address"
    status = 409
    text = "No email address of this customer is known."


class MailWasSent(DeskbusError):
    """The mail was written already, and said something else then; an answer was lost, and it was changed since."""

    code = "mail_was_sent"
    status = 409
    text = "This email was already sent, as it was before it was changed."


def write(case: Case, asked: Asked, mail_id: str, subject: str, body: str) -> list[Change]:
    """The mail, under an id of its own, and the answer that it is; raises `CustomerWithoutAddress` and `CaseMovedOn`."""
    recipient = case.text.customer.email
    if not recipient:
        raise CustomerWithoutAddress
    if asked.state_version != case.now.state_version:
        raise CaseMovedOn(case)
    tells: dict[str, Any] = {
        "mail_id": mail_id,
        "technician_id": asked.by,
        "recipient": recipient,
        "subject": subject or subject_of(case),
        "body": body,
    }
    found = with_words(case, tells["subject"], body)
    mailed = replace(step(found, CaseFollowedUp, tells, followed_up=True), event_id=mail_id)
    return [mailed, *hear_technician(mailed.case, asked.by)]


def subject_of(case: Case) -> str:
    """The subject of a mail whose writer gives none: `Re: <what it is called, or begins with> [#<number>]`."""
    about = " ".join((case.text.title or case.text.preview).split())
    if len(about) > ABOUT_CHARACTERS:
        about = f"{about[: ABOUT_CHARACTERS - 1].rstrip()}…"
    return f"Re: {about} [#{case.now.number}]" if about else f"Re: [#{case.now.number}]"


def check_same(entries: Iterable[Entry], mail_id: str, subject: str, body: str) -> None:
    """Raises `MailWasSent` where the mail of this id says something else than it did."""
    said = next(it.personal for it in entries if it.id == mail_id)
    if body != said["body"] or (subject and subject != said["subject"]):
        raise MailWasSent


def news_id(told: FollowUpChanged) -> str:
    """The id of what a case tells of a mail: each state once, however often it is heard of."""
    return derived_id("case.follow_up_changed", told.mail_id, told.state)


def learn(
    case: Case, told: FollowUpChanged, *, technician_id: str | None, last: bool
) -> list[Change]:
    """What became of a mail. One that never arrived was no follow-up, unless another one came behind it."""
    tells = {
        "mail_id": told.mail_id,
        "technician_id": technician_id,
        "state": told.state,
        "reason": told.reason,
    }
    status = {"followed_up": False} if told.state == "failed" and last else {}
    return [replace(step(case, CaseFollowUpChanged, tells, **status), event_id=news_id(told))]
