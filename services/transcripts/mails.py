"""The mails of a case in its record (S42, S45, S60): what came in, what was written, and what never arrived. Pure.

They are no entries of the conversation, so they stand behind the one that their event names, and among themselves
in the order of the case's versions. What was written as a mail is for whoever has the mailbox: a page that a customer
has open is no proof of that, so there they are left out until somebody has made sure who it is (S19).
"""

from typing import Any, Final

from chassis.ids import derived_id
from contracts.cases import CaseChanged, CaseOpened
from contracts.follow_ups import CaseFollowedUp, CaseFollowUpChanged
from contracts.incoming import CaseMailed
from services.transcripts.domain import Entry, Head

AUTOMATIC: Final = "automatic"
"""The code of a mail that a machine wrote."""


def technician_of(event: CaseChanged) -> str | None:
    """The technician who wrote the mail that an event tells of."""
    return event.technician_id if isinstance(event, CaseFollowedUp) else None


def mail_of(event: CaseChanged, name: str) -> Entry | None:
    """What the record keeps of an event, if it tells of a mail; `name` is that of the technician who wrote it."""
    match event:
        case CaseOpened() if event.case.case_type == "email" and event.text.problem:
            return _opening(event)
        case CaseMailed():
            return _received(event)
        case CaseFollowedUp():
            return _written(event, name)
        case CaseFollowUpChanged(state="failed"):
            return Entry(**_place(event), kind="undelivered", author="system", code=event.mail_id)
        case _:
            return None


def _opening(event: CaseOpened) -> Entry:
    # Under the id that it had when it was told as a question.
    return Entry(
        **_place(event) | {"id": derived_id("transcripts.question", event.id)},
        kind="mailed",
        author="customer",
        text=event.text.problem[-1].text,
        head=Head(_one_line(event.text.title)),
    )


def _received(event: CaseMailed) -> Entry:
    sender = event.mail.sender
    head = Head(_one_line(event.mail.subject), _one_line(sender.name), _one_line(sender.address))
    return Entry(
        **_place(event),
        kind="mailed" if event.from_customer else "mailed_by_other",
        author="customer",
        code=AUTOMATIC if event.automatic else "",
        text=event.mail.text,
        head=head,
    )


def _written(event: CaseFollowedUp, name: str) -> Entry:
    return Entry(
        **_place(event),
        kind="followed_up",
        author="technician",
        technician_id=event.technician_id,
        name=name,
        text=event.body,
        head=Head(_one_line(event.subject), address=_one_line(event.recipient)),
    )


def _place(event: CaseChanged) -> dict[str, Any]:
    return {
        "id": event.id,
        "conversation_id": event.conversation_id,
        "seq": event.after_seq,
        "version": event.aggregate_version,
        "time": event.time,
    }


def _one_line(text: str) -> str:
    """Nothing in a head can begin a line of its own, and so pass for another entry."""
    return " ".join(text.split())
