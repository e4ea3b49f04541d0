"""Who may do what in a conversation, and the ids of what is written there. Pure rules."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from chassis.errors import DeskbusError
from chassis.ids import derived_id
from chassis.tokens import Identity, Ticket
from contracts.cases import (
    CaseAssigned,
    CaseChanged,
    CasePending,
    CaseReopened,
    CaseRequested,
    CaseResolved,
    CaseRestored,
    CaseState,
    CaseTransferred,
    CaseWoken,
)
from contracts.chat import (
    ActivityNoted,
    Author,
    ContactGiven,
    ConversationEnded,
    ConversationEntry,
    ConversationOpened,
    Device,
    MessageDeleted,
    MessageSent,
    Visitor,
)
from contracts.envelope import Actor, Origin
from contracts.keys import DataKeyCreated
from contracts.relations import CaseUnmerged
from services.chat.fold import Shown

VIA_DESK: Final = "chat"
# What the customer is told of their case (S17); technicians see every activity.
_CUSTOMER_ACTIVITIES: Final = frozenset({"joined", "taken", "transferred", "queued", "resolved"})
_LEADS_BACK: Final = (
    CaseReopened,
    CasePending,
    CaseRestored,
    CaseTransferred,
    CaseWoken,
    CaseUnmerged,
)
ActivityCode = Literal["joined", "taken", "resolved", "reopened", "transferred", "queued"]
_INCOMING: Final = frozenset({"pending", "unassigned"})


class ConversationUnknown(DeskbusError):
    """There is no such conversation, or it is not the caller's to see."""

    code = "conversation_unknown"
    status = 404
    text = "This conversation is not available."


class ConversationOver(DeskbusError):
    """The live chat ended; a technician can no longer reach the customer through it."""

    code = "conversation_ended"
    status = 409
    text = "This chat has ended."


class MessageConflict(DeskbusError):
    """Another text was sent under the same client id."""

    code = "message_conflict"
    status = 409
    text = "A different message was already sent in its place."


class MessageUnknown(DeskbusError):
    """There is no such message in this conversation."""

    code = "message_unknown"
    status = 404
    text = "This message is not available."


class DeletionNotAllowed(DeskbusError):
    """The message is a customer's or a colleague's, and who asks is no administrator."""

    code = "deletion_not_allowed"
    status = 403
    text = "Only its author and administrators can delete this message."


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation and whose it is."""

    id: str
    tenant: str
    company_id: str


def may_see(identity: Identity, place: Place) -> bool:
    """Customers see their own conversation; technicians those of the companies they have access to."""
    if identity.tenant != place.tenant:
        return False
    if identity.kind == "customer":
        return identity.conversation == place.id
    return place.company_id in identity.companies


def may_write(identity: Identity, *, ended: bool) -> bool:
    """Behind the end a customer's message is late but welcome: it can reopen the case (S30)."""
    return identity.kind == "customer" or not ended


def may_delete(identity: Identity, message: MessageSent) -> bool:
    """Technicians delete what they wrote themselves, administrators whatever was written (S51)."""
    if identity.kind != "technician":
        return False
    return identity.role == "administrator" or message.author.id == identity.id


def customer_sees(shown: Shown) -> bool:
    """Whether an entry is for the customer too."""
    entry = shown.entry
    return not isinstance(entry, ActivityNoted) or entry.code in _CUSTOMER_ACTIVITIES


def technician_sees(case: CaseState, *, sees_incoming: bool) -> bool:
    """Whether a case is shown to a technician who sees those that wait for one, or does not (S57)."""
    return sees_incoming or case.state not in _INCOMING


def goes_out_of_sight(event: CaseChanged) -> bool:
    """Whether a case that everybody saw waits from now on, because nobody has it any more."""
    return isinstance(event, _LEADS_BACK) and event.case.state in _INCOMING


# ---- what is written -----------------------------------------------------------------------------


def opened_id(conversation_id: str) -> str:
    """The id of a conversation's first entry."""
    return derived_id("conversation.opened", conversation_id)


def conversation_opened(ticket: Ticket, identity: Identity, now: datetime) -> ConversationOpened:
    """The first entry, from what the customer was admitted with."""
    given = ticket.device.model_dump(exclude_none=True) if ticket.device else {}
    return ConversationOpened(
        id=opened_id(ticket.conversation_id),
        time=now,
        tenant=ticket.tenant,
        key=ticket.conversation_id,
        aggregate_version=0,
        actor=Actor(kind="customer", id=identity.id, via=VIA_DESK),
        correlation_id=ticket.conversation_id,
        company_id=ticket.company_id,
        conversation_id=ticket.conversation_id,
        author=author_of(identity),
        portal_id=ticket.portal_id,
        portal_address=ticket.portal_address,
        locale=ticket.locale,
        visitor=Visitor.model_validate(ticket.visitor.model_dump()),
        device=Device.model_validate(given),
    )


def data_key_created(key_id: str, wrapped: str, tenant: str, now: datetime) -> DataKeyCreated:
    """The wrapped key of a conversation, for every service."""
    return DataKeyCreated(
        id=derived_id("key.created", key_id),
        time=now,
        tenant=tenant,
        key=key_id,
        aggregate_version=0,
        actor=Actor(kind="system", via=VIA_DESK),
        correlation_id=key_id,
        key_id=key_id,
        wrapped=wrapped,
    )


def message_sent(
    identity: Identity, place: Place, client_id: str, text: str, now: datetime
) -> MessageSent:
    """A message; its id is made from conversation, sender and client id, so a resend is the same."""
    return MessageSent(
        id=derived_id(place.id, identity.id, client_id),
        **_written_by(identity, place, now),
        client_id=client_id,
        text=text,
    )


def message_deleted(
    identity: Identity, place: Place, message: MessageSent, now: datetime, origin: Origin | None
) -> MessageDeleted:
    """The deletion of a message; there is one at most, whoever else wants it deleted too."""
    return MessageDeleted(
        id=derived_id("conversation.message_deleted", message.id),
        **_written_by(identity, place, now),
        message_id=message.id,
        customer_said_at=message.time if message.author.kind == "customer" else None,
        origin=origin,
    )


def contact_given(
    identity: Identity, place: Place, client_id: str, email: str, now: datetime
) -> ContactGiven:
    """The customer's address; the same `client_id` again is the same answer."""
    return ContactGiven(
        id=derived_id("conversation.contact", place.id, identity.id, client_id),
        **_written_by(identity, place, now),
        client_id=client_id,
        email=email,
    )


def conversation_ended(
    identity: Identity, place: Place, client_id: str, now: datetime, origin: Origin | None = None
) -> ConversationEnded:
    """The end by one side; the same press again is the same end."""
    return ConversationEnded(
        id=derived_id("conversation.ended", place.id, identity.id, client_id),
        **_written_by(identity, place, now),
        by=identity.kind,
        origin=origin if identity.kind == "technician" else None,
    )


def conversation_abandoned(place: Place, now: datetime) -> ConversationEnded:
    """The end because the customer's page was gone before anybody had come (X32): there is one at most."""
    return ConversationEnded(
        id=derived_id("conversation.ended", place.id, "gone"), **desk_wrote(place, now), by="gone"
    )


def _written_by(identity: Identity, place: Place, now: datetime) -> dict[str, Any]:
    return _envelope(place, now) | {
        "actor": Actor(kind=identity.kind, id=identity.id, via=VIA_DESK),
        "author": author_of(identity),
    }


def desk_wrote(place: Place, now: datetime) -> dict[str, Any]:
    """What every entry has beside its id and its own fields that no person has written."""
    return _envelope(place, now) | {
        "actor": Actor(kind="system", via=VIA_DESK),
        "author": Author(kind="system"),
    }


def _envelope(place: Place, now: datetime) -> dict[str, Any]:
    return {
        "time": now,
        "tenant": place.tenant,
        "key": place.id,
        "aggregate_version": 0,
        "correlation_id": place.id,
        "company_id": place.company_id,
        "conversation_id": place.id,
    }


def author_of(identity: Identity) -> Author:
    """How the person stands in the log."""
    return Author(kind=identity.kind, id=identity.id)


def entries_for(event: CaseChanged, *, ended: bool) -> list[ConversationEntry]:
    """What a case's event means for its conversation. Ids come from the event, so a replay adds nothing.

    `ended` says whether the conversation is over in the log: nobody joins it any more, they take the case.
    """
    if _never_was_a_chat(event.case):
        return []
    match event:
        case CaseResolved() if event.case.live:
            return [_activity(event, "resolved", event.technician_id), _resolved_end(event)]
        case CaseRequested(reason="customer"):
            return [_request_end(event)]
        case CaseAssigned() | CaseTransferred() | CaseReopened() | CaseResolved():
            return [_activity(event, _code_of(event, ended=ended), event.technician_id)]
        case _:
            return []


def _code_of(
    event: CaseAssigned | CaseTransferred | CaseReopened | CaseResolved, *, ended: bool
) -> ActivityCode:
    match event:
        case CaseAssigned():
            return "taken" if ended or not event.case.live else "joined"
        case CaseTransferred():
            return "transferred" if event.technician_id else "queued"
        case CaseReopened():
            return "reopened"
        case CaseResolved():
            return "resolved"


def _never_was_a_chat(case: CaseState) -> bool:
    """What is no live chat has a conversation only if it was one before, and then that chat has an end."""
    return case.case_type != "live_chat" and case.ended_at is None


def _activity(
    event: CaseChanged,
    code: ActivityCode,
    technician_id: str | None,
) -> ActivityNoted:
    return ActivityNoted(
        id=derived_id("conversation.activity", event.id),
        **_caused_by(event),
        author=Author(kind="system"),
        code=code,
        technician_id=technician_id,
        case_version=event.aggregate_version,
    )


def _resolved_end(event: CaseResolved) -> ConversationEnded:
    kind: Literal["technician", "system"] = "technician" if event.technician_id else "system"
    return _end(event, Author(kind=kind, id=event.technician_id), "resolved")


def _request_end(event: CaseRequested) -> ConversationEnded:
    return _end(event, Author(kind="customer", id=event.actor.id), "request")


def _end(
    event: CaseChanged, author: Author, by: Literal["resolved", "request"]
) -> ConversationEnded:
    return ConversationEnded(
        id=derived_id("conversation.ended", event.id),
        **_caused_by(event),
        author=author,
        by=by,
        case_version=event.aggregate_version,
        origin=event.origin if isinstance(event, CaseResolved) else None,
    )


def _caused_by(event: CaseChanged) -> dict[str, Any]:
    return {
        "time": event.time,
        "tenant": event.tenant,
        "key": event.conversation_id,
        "aggregate_version": 0,
        "actor": event.actor,
        "correlation_id": event.correlation_id,
        "causation_id": event.id,
        "company_id": event.company_id,
        "conversation_id": event.conversation_id,
    }
