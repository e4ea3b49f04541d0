"""Entries as clients get them: JSON that is made once, however many sockets receive it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import orjson

from contracts.cases import CaseChanged, CaseState
from contracts.chat import (
    ActivityNoted,
    Author,
    BotSpoke,
    ContactGiven,
    ConversationEnded,
    ConversationOpened,
    MessageDeleted,
    MessageSent,
)
from services.chat.domain import customer_sees
from services.chat.fold import Deletion, Shown

NameOf = Callable[[Author], str]
"""The name that an author is shown under; empty when there is none (any more)."""
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it goes out: JSON text, and whether the customer gets it."""

    seq: int
    json: str
    customer_sees: bool


def line(shown: Shown, name_of: NameOf) -> Line:
    """The entry, encoded."""
    return Line(shown.seq, dumps(entry_json(shown, name_of)), customer_sees(shown))


def deleted_line(known: Line, deletion: Deletion, name_of: NameOf) -> Line:
    """A message's line after it was deleted: without its text."""
    entry: Json = orjson.loads(known.json)
    return replace(known, json=dumps(entry | _without_text(deletion, name_of)))


def dumps(value: Any) -> str:
    """Compact JSON as text, which is what a text frame takes."""
    return orjson.dumps(value).decode()


def instant(time: datetime) -> str:
    """ISO 8601 in UTC with milliseconds and `Z`."""
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def entry_json(shown: Shown, name_of: NameOf) -> Json:
    """The Entry of the protocol."""
    entry = shown.entry
    common = {
        "id": shown.id,
        "seq": shown.seq,
        "time": instant(entry.time),
        "author": person_json(entry.author, name_of),
        "late": shown.late,
    }
    if shown.retracts:
        return common | _retraction(shown)
    body = common | _body(entry, name_of)
    return body | _without_text(shown.deleted, name_of) if shown.deleted else body


def person_json(author: Author, name_of: NameOf) -> Json:
    """Somebody in a conversation."""
    return {"kind": author.kind, "id": author.id, "name": name_of(author)}


def _retraction(shown: Shown) -> Json:
    return {"kind": "activity", "code": "retracted", "params": {"message_id": shown.retracts}}


def _without_text(deletion: Deletion, name_of: NameOf) -> Json:
    by = person_json(deletion.by, name_of)
    return {"text": "", "deleted": {"by": by, "time": instant(deletion.time)}}


def _body(entry: Any, name_of: NameOf) -> Json:
    match entry:
        case MessageSent() | ContactGiven():
            return {"client_id": entry.client_id} | _written(entry)
        case MessageDeleted():
            return {"kind": "deleted", "params": {"message_id": entry.message_id}}
        case ActivityNoted():
            told = {"code": entry.code, "params": _who(entry, name_of)}
            return {"kind": "activity", **told, "case_version": entry.case_version}
        case BotSpoke():
            own_words = {"text": entry.text} if entry.text else {}
            return {"kind": "bot", "code": entry.code, **own_words}
        case ConversationEnded():
            caused = {"case_version": entry.case_version} if entry.case_version else {}
            return {"kind": "ended", "params": {"by": entry.by}, **caused}
        case ConversationOpened():
            return {"kind": "opened"}
    raise TypeError(type(entry).__name__)


def _written(entry: MessageSent | ContactGiven) -> Json:
    if isinstance(entry, MessageSent):
        return {"kind": "message", "text": entry.text}
    return {"kind": "contact", "params": {"email": entry.email}}


def _who(entry: ActivityNoted, name_of: NameOf) -> Json:
    if entry.technician_id is None:
        return {}
    technician = Author(kind="technician", id=entry.technician_id)
    return {"technician_id": entry.technician_id, "name": name_of(technician)}


# ---- frames --------------------------------------------------------------------------------------


def entry_frame(conversation_id: str, entry: Line) -> str:
    """The live frame of an entry, around its ready JSON."""
    return f'{{"t":"entry","conversation":"{conversation_id}","entry":{entry.json}}}'


def entries_frame(conversation_id: str, entries: Iterable[Line], rest: Json) -> str:
    """One page of an answer to `watch`; `rest` has `through`, `complete`, `cursors` and `state`."""
    lines = ",".join(entry.json for entry in entries)
    head = f'{{"t":"entries","conversation":"{conversation_id}","entries":[{lines}],'
    return head + dumps(rest)[1:]


def case_json(event: CaseChanged, technician_name: Callable[[str], str]) -> Json:
    """The Case of the REST interface, as the event has it."""
    case, text = event.case, event.text

    def technician(technician_id: str | None) -> Json | None:
        if technician_id is None:
            return None
        return {"id": technician_id, "name": technician_name(technician_id)}

    return {
        "id": event.conversation_id,
        "number": case.number,
        "version": event.aggregate_version,
        "state_version": case.state_version,
        "type": case.case_type,
        "live": case.live,
        "state": case.state,
        "assignee": technician(case.assignee_id),
        "company_id": event.company_id,
        "portal": {"id": case.portal_id, "address": case.portal_address},
        "customer": {
            "first_name": text.customer.first_name,
            "last_name": text.customer.last_name,
            "email": text.customer.email,
        },
        "preview": text.preview,
        "problem": [{"text": it.text, "time": instant(it.time)} for it in text.problem],
        "created_at": instant(case.created_at),
        "assigned_at": case.assigned_at and instant(case.assigned_at),
        "requested_at": case.requested_at and instant(case.requested_at),
        "ended_at": case.ended_at and instant(case.ended_at),
        "resolved_at": case.resolved_at and instant(case.resolved_at),
        "rating": case.rating,
        "rating_comment": text.rating_comment,
        "changed_by": technician(case.changed_by),
        "title": text.title,
        "snoozed_until": case.snoozed_until and instant(case.snoozed_until),
        "labels": list(case.labels),
        "flagged": case.flagged,
        "priority": case.priority,
        "muted": case.muted,
        "spam": case.spam,
        "customer_at": case.customer_at and instant(case.customer_at),
        "waiting_since": case.waiting_since and instant(case.waiting_since),
        "unanswered": case.unanswered,
        "contact_id": case.contact_id,
        "contact_verified": case.contact_verified,
        "followed_up": case.followed_up,
        "updated_at": instant(case.updated_at or case.created_at),
        "refers_to": case.refers_to,
        "refers_from": case.refers_from,
        "merged_into": case.merged_into,
        "merged": list(case.merged),
        "sla": _sla_json(case),
    }


def _sla_json(case: CaseState) -> Json | None:
    """What is promised of the case, in order of its clocks; None where nothing is."""
    if not case.sla_clocks:
        return None
    times = ("due_at", "warned_at", "breached_at", "met_at")
    return {
        "due_at": case.sla_due_at and instant(case.sla_due_at),
        "kind": case.sla_kind,
        "warned_at": case.sla_warned_at and instant(case.sla_warned_at),
        "breached_at": case.sla_breached_at and instant(case.sla_breached_at),
        "clocks": [
            {"kind": clock.kind, **{it: _instant_or_none(getattr(clock, it)) for it in times}}
            for clock in case.sla_clocks
        ],
    }


def _instant_or_none(time: datetime | None) -> str | None:
    return None if time is None else instant(time)
