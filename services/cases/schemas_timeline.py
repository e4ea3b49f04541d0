"""What the REST interface says of what happened to a case."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel

from contracts.follow_ups import CaseFollowedUp
from contracts.incoming import MailBody
from services.cases.changes import Marked
from services.cases.directory import People
from services.cases.domain import Case, State
from services.cases.history import Entry
from services.cases.schemas import Person, person


class ThroughView(BaseModel):
    """A macro or a rule, by the name that it had then."""

    kind: str
    id: str
    name: str


class FollowUpText(BaseModel):
    """A mail to the customer as it was written; what became of it is told by later entries with its `mail_id`."""

    to: str
    subject: str
    text: str


class MailShown(BaseModel):
    """A mail that came into the case. Its sender is whom it names, and its files are notify's."""

    name: str
    address: str
    subject: str
    text: str


class MarkChange(BaseModel):
    """A mark of the case before and after: `title`, `priority`, `flagged`, `muted` or `spam`."""

    field: str
    before: str | bool
    after: str | bool


class TimelineEntry(BaseModel):
    """Something that happened to a case. `after_seq` is its place in the conversation."""

    id: str
    version: int
    type: str
    time: datetime
    by: Literal["customer", "technician", "system"]
    via: str
    person: Person | None
    after_seq: int
    state: State
    assignee: Person | None
    snoozed_until: datetime | None
    tells: dict[str, Any]
    """What this type of event says beside, as its contract has it (`contracts/cases.py`)."""
    people: list[Person]
    """The technicians whom `tells` names."""
    note: str
    mail: MailShown | None
    """Of `case.mailed`: what was written."""
    follow_up: FollowUpText | None = None
    """Of `case.followed_up`: the mail that was written to the customer."""
    through: ThroughView | None
    """The macro or rule by which it was done."""
    changes: list[MarkChange]
    """From what to what marks were changed, for events that do not say it themselves."""


class Timeline(BaseModel):
    """What happened to a case behind a version, in order; `version` is the case's present one."""

    entries: list[TimelineEntry]
    version: int


def timeline_view(
    case: Case, entries: list[Entry], people: People, changes: Mapping[str, Sequence[Marked]]
) -> Timeline:
    """What happened, as it is shown."""
    shown = [_entry_view(it, people, changes.get(it.id, ())) for it in entries]
    return Timeline(entries=shown, version=case.version)


def _entry_view(entry: Entry, people: People, changes: Sequence[Marked]) -> TimelineEntry:
    named = [entry.tells.get("technician_id"), entry.tells.get("from_id")]
    named += entry.tells.get("mentions", [])
    named += [it["technician_id"] for it in entry.tells.get("considered", [])]
    by_technician = entry.actor.kind == "technician"
    return TimelineEntry(
        id=entry.id,
        version=entry.version,
        type=entry.type,
        time=entry.time,
        by=entry.actor.kind,
        via=entry.actor.via,
        person=person(entry.actor.id, people) if by_technician else None,
        after_seq=entry.after_seq,
        state=entry.now.state,
        assignee=person(entry.now.assignee_id, people),
        snoozed_until=entry.now.snoozed_until,
        tells=entry.tells,
        people=[it for it in (person(name, people) for name in named) if it],
        note=entry.note,
        mail=_mail_view(entry),
        follow_up=_follow_up_view(entry),
        through=_through_view(entry),
        changes=[MarkChange(field=it.field, before=it.before, after=it.after) for it in changes],
    )


def _mail_view(entry: Entry) -> MailShown | None:
    if "mail" not in entry.personal:
        return None
    mail = MailBody.model_validate(entry.personal["mail"])
    return MailShown(
        name=mail.sender.name, address=mail.sender.address, subject=mail.subject, text=mail.text
    )


def _follow_up_view(entry: Entry) -> FollowUpText | None:
    said = entry.personal
    if entry.type != CaseFollowedUp.type_name():
        return None
    return FollowUpText(to=said["recipient"], subject=said["subject"], text=said["body"])


def _through_view(entry: Entry) -> ThroughView | None:
    through = entry.through
    if through is None:
        return None
    return ThroughView(kind=through.kind, id=through.id, name=through.name)
