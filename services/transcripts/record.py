"""What is kept of what the log and the cases tell: pure, each entry and event for itself."""

from chassis.ids import derived_id
from contracts.cases import CaseChanged, CaseOpened, CaseRequested
from contracts.chat import (
    ActivityNoted,
    BotSpoke,
    ContactGiven,
    ConversationEnded,
    ConversationEntry,
    ConversationOpened,
    MessageDeleted,
    MessageSent,
)
from services.transcripts.domain import Case, Entry


def technician_of(entry: ConversationEntry) -> str | None:
    """The technician who wrote an entry, or of whom it tells."""
    if isinstance(entry, ActivityNoted):
        return entry.technician_id
    return entry.author.id if entry.author.kind == "technician" else None


def entry_of(entry: ConversationEntry, seq: int, name: str) -> Entry | None:
    """The record of a log's entry at position `seq`; None for a kind that no transcript shows."""
    match entry:
        case ConversationOpened():
            said = ("opened", "", entry.device.time_zone)
        case MessageSent():
            said = ("message", "", entry.text)
        case MessageDeleted():
            said = ("deleted", entry.message_id, "")
        case ActivityNoted():
            said = ("activity", entry.code, "")
        case ConversationEnded():
            said = ("ended", entry.by, "")
        case BotSpoke():
            said = ("bot", entry.code, entry.text)
        case ContactGiven():
            said = ("contact", "", entry.email)
        case _:
            return None
    kind, code, text = said
    return Entry(
        id=entry.id,
        conversation_id=entry.conversation_id,
        seq=seq,
        time=entry.time,
        kind=kind,  # type: ignore[arg-type] # a tuple forgets that it is one of the kinds
        author=entry.author.kind,
        technician_id=technician_of(entry),
        name=name,
        code=code,
        text=text,
        version=_version_of(entry),
    )


def _version_of(entry: ConversationEntry) -> int:
    told = entry.case_version if isinstance(entry, ActivityNoted | ConversationEnded) else None
    return told or 0


def case_of(event: CaseChanged, assignee_name: str) -> Case:
    """The case after an event of its life."""
    now, told = event.case, event.text
    return Case(
        id=event.conversation_id,
        tenant=event.tenant,
        company_id=event.company_id,
        version=event.aggregate_version,
        number=now.number,
        portal_address=now.portal_address,
        created_at=now.created_at,
        resolved_at=now.resolved_at,
        assignee_id=now.assignee_id,
        assignee_name=assignee_name,
        customer=told.customer,
        locale=told.locale,
        contact_verified=now.contact_verified,
    )


def question_of(event: CaseChanged) -> Entry | None:
    """What a request or a call asks. It is no message of a conversation, so the log does not have it."""
    asks = isinstance(event, CaseOpened) and event.case.case_type in {"request", "call"}
    turns = isinstance(event, CaseRequested) and event.reason == "customer"
    if not (asks or turns) or not event.text.problem:
        return None
    return Entry(
        id=derived_id("transcripts.question", event.id),
        conversation_id=event.conversation_id,
        seq=event.after_seq,
        time=event.time,
        kind="request",
        author="customer",
        code="call" if asks and event.case.case_type == "call" else "",
        text=event.text.problem[-1].text,
        version=event.aggregate_version,
    )
