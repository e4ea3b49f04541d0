"""What the REST interface says of a notification inbox: times in ISO 8601 with `Z`."""

from datetime import datetime
from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from chassis.examples import EXAMPLES
from contracts.envelope import Id
from services.notify.inbox import Entry
from services.notify.inbox_store import MOST_COUNTED
from services.notify.inboxes import InboxPage, Technicians

POSITION: Final = r"^[0-9a-f]{12}[0-9a-f-]{36}$"
Unread = Annotated[
    int, Field(description=f"how many entries are unread; {MOST_COUNTED} stands for that or more")
]


class InboxPerson(BaseModel):
    """Who caused an entry; the name is empty for one whom the directory no longer knows."""

    id: str
    name: str


class InboxEntryView(BaseModel):
    """Something that concerns the technician. Its words, and those of the customer, are asked of the case.

    `kind` is a short code: `mentioned`, `assigned`, `transferred`, `woken`, `reopened`, `mail_bounced`, and later ones.
    `by` is absent where a customer or the desk itself was the cause; `version` is that of the case.
    """

    id: str
    position: str
    kind: str
    case_id: str
    number: int
    version: int
    note_id: str | None
    by: InboxPerson | None
    time: datetime
    read: bool


class InboxView(BaseModel):
    """A page of the inbox, the newest first; `next` asks for the following one, null at the end."""

    entries: list[InboxEntryView]
    next: str | None
    unread: Unread


class InboxCount(BaseModel):
    """What is left to read."""

    unread: Unread


class InboxChange(BaseModel):
    """Whether the entry counts as read."""

    model_config = ConfigDict(extra="forbid")

    read: bool


class InboxRead(BaseModel):
    """Up to the `position` of an entry, or about one case: one of the two."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"case_id": EXAMPLES["case_id"]}},
    )

    through: Annotated[str | None, Field(pattern=POSITION)] = None
    case_id: Id | None = None

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        if (self.through is None) == (self.case_id is None):
            raise ValueError("name either `through` or `case_id`")
        return self


def inbox_view(page: InboxPage, people: Technicians) -> InboxView:
    """A page as it is shown, with the names of today."""
    entries = [_entry_view(entry, people) for entry in page.entries]
    return InboxView(entries=entries, next=page.next, unread=page.unread)


def _entry_view(entry: Entry, people: Technicians) -> InboxEntryView:
    return InboxEntryView(
        id=entry.id,
        position=entry.position,
        kind=entry.kind,
        case_id=entry.case_id,
        number=entry.number,
        version=entry.version,
        note_id=entry.note_id,
        by=None if entry.by is None else _person(entry.by, people),
        time=entry.at,
        read=entry.read,
    )


def _person(person_id: str, people: Technicians) -> InboxPerson:
    known = people.technician(person_id)
    return InboxPerson(id=person_id, name=known.name if known else "")
