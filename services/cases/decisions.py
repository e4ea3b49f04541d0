"""What technicians decide about a case (S28-S37, S41, S52): pure rules, from a case and a decision to what changed.

Each decision on the state or the assignee names the `state_version` it was made on. What is already
as wanted, by the same person, is no change (a double click); what has changed meanwhile is
`CaseMovedOn`. Marks (labels, flag, priority, title) outdate nothing: the last one holds.

`by` is a technician, or None for a rule of the desk.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from chassis.errors import DeskbusError
from contracts.cases import (
    CaseAssigned,
    CaseChanged,
    CaseEdited,
    CaseLabelled,
    CaseMacroApplied,
    CaseNoted,
    CasePending,
    CaseReopened,
    CaseResolved,
    CaseRestored,
    CaseSnoozed,
    CaseState,
    CaseText,
    CaseTransferred,
    CaseWoken,
)
from contracts.relations import CaseContactLinked
from services.cases.contacts import ContactUnknown
from services.cases.domain import (
    INCOMING,
    Case,
    CaseMovedOn,
    Change,
    State,
    decide_on,
    open_again,
    step,
    turn,
    wake,
    whole_milliseconds,
)

OPEN: Final[frozenset[State]] = INCOMING | {"assigned"}
UNRESOLVED: Final[frozenset[State]] = OPEN | {"snoozed"}

LONGEST_SNOOZE: Final = timedelta(days=366)

Mark = Literal["title", "priority", "flagged", "muted", "spam"]


class SnoozeInPast(DeskbusError):
    """A case cannot be put off to a moment that is gone."""

    code = "snooze_in_past"
    status = 422
    text = "This time is in the past. Please choose a later one."


class SnoozeTooLong(DeskbusError):
    """Nobody puts a case off for longer than a year: what is meant is another year, or no end."""

    code = "snooze_too_long"
    status = 422
    text = "A case can be put off for a year at most. Please choose an earlier time."


class NothingToUndo(DeskbusError):
    """The change is not one that its technician can take back."""

    code = "nothing_to_undo"
    status = 409
    text = "This change cannot be undone."


@dataclass(frozen=True, slots=True)
class Asked:
    """Who decides, when, and on which state."""

    by: str | None
    at: datetime
    state_version: int


# ---- state and assignee --------------------------------------------------------------------------


def assign(case: Case, asked: Asked) -> list[Change]:
    """A case that waits becomes that of who asks. Taking one over from a colleague is transferring."""
    return [] if _is_with(case, asked.by) else [_take(case, asked, asked.by)]


def transfer(case: Case, asked: Asked, to: str | None) -> list[Change]:
    """The case is given to `to`, at any time before it is resolved; None is the company's queue (S37, S41)."""
    if case.now.assignee_id == to and case.now.state != "pending":
        return []
    if case.now.state in INCOMING and to is not None:
        return [_take(case, asked, to)]
    decide_on(case, UNRESOLVED, asked.state_version)
    tells = {"technician_id": to, "from_id": case.now.assignee_id}
    return [turn(case, CaseTransferred, tells, **_given(case, asked, to), changed_by=asked.by)]


def resolve(case: Case, asked: Asked) -> list[Change]:
    """The case is resolved, by its assignee or a colleague; it keeps who had it.

    Where nobody had it, it is from now on that of who resolved it. Its chat goes on being live until
    the log says that it ended: the log alone decides that.
    """
    if case.now.state == "resolved" and case.now.changed_by == asked.by:
        return []
    decide_on(case, UNRESOLVED, asked.state_version)
    at = whole_milliseconds(asked.at)
    held = {} if case.now.assignee_id or asked.by is None else _holding(asked.by, at)
    status = {"state": "resolved", "resolved_at": at, "snoozed_until": None, **held}
    return [turn(case, CaseResolved, _told(asked), changed_by=asked.by, **status)]


def reopen(case: Case, asked: Asked) -> list[Change]:
    """A resolved case is open again and belongs to whoever reopened it, and so does one that sleeps."""
    if _is_with(case, asked.by):
        return []
    if case.now.state == "snoozed":
        return set_open(case, asked)
    decide_on(case, {"resolved"}, asked.state_version)
    held = _holding(asked.by, whole_milliseconds(asked.at))
    return [open_again(case, _told(asked), state="assigned", changed_by=asked.by, **held)]


def set_open(case: Case, asked: Asked) -> list[Change]:
    """Whoever sets a case to open has it (S35), whatever state it was in."""
    match case.now.state:
        case "resolved":
            return reopen(case, asked)
        case "snoozed":
            decide_on(case, {"snoozed"}, asked.state_version)
            return [_unsnooze(case, asked)]
        case _:
            return assign(case, asked)


def mark_pending(case: Case, asked: Asked) -> list[Change]:
    """It is nobody's turn: the case belongs to nobody until its customer writes or somebody opens it."""
    if case.now.state == "pending" and case.now.changed_by == asked.by:
        return []
    decide_on(case, UNRESOLVED, asked.state_version)
    status = {"state": "pending", "snoozed_until": None, "assignee_id": None, "assigned_at": None}
    return [turn(case, CasePending, _told(asked), changed_by=asked.by, **status)]


def snooze(
    case: Case, asked: Asked, until: datetime | None, choice: str = "", zone: str = ""
) -> list[Change]:
    """The case sleeps until a moment, or with None until its customer's next reply (S36); who had it keeps it.

    `choice` is what was chosen, in the zone of whoever did.
    """
    until = None if until is None else whole_milliseconds(until)
    same = case.now.state == "snoozed" and case.now.changed_by == asked.by
    if same and case.now.snoozed_until == until:
        return []
    if until is not None and until <= asked.at:
        raise SnoozeInPast
    if until is not None and until > asked.at + LONGEST_SNOOZE:
        raise SnoozeTooLong
    decide_on(case, UNRESOLVED, asked.state_version)
    status = {"state": "snoozed", "snoozed_until": until}
    tells = {**_told(asked), "choice": choice, "zone": zone}
    asleep = turn(case, CaseSnoozed, tells, changed_by=asked.by, **status)
    heard = case.now.customer_at
    if heard is None or heard <= asked.at:
        return [asleep]
    # What the customer wrote while it was decided is a reply, and whoever decided has not read it.
    return [asleep, *wake(asleep.case, "reply", assignee_stays=True)]


def _take(case: Case, asked: Asked, to: str | None) -> Change:
    decide_on(case, INCOMING, asked.state_version)
    held = _holding(to, whole_milliseconds(asked.at))
    tells = {"technician_id": to}
    return turn(case, CaseAssigned, tells, state="assigned", changed_by=asked.by, **held)


def _unsnooze(case: Case, asked: Asked) -> Change:
    held = _holding(asked.by, whole_milliseconds(asked.at))
    tells = {**_told(asked), "reason": "technician"}
    status = {"state": "assigned", "snoozed_until": None, **held}
    return turn(case, CaseWoken, tells, changed_by=asked.by, **status)


def _given(case: Case, asked: Asked, to: str | None) -> dict[str, Any]:
    """A case that sleeps goes on sleeping with whom it was given to."""
    snoozed = case.now.state == "snoozed"
    if to is None:
        state = "snoozed" if snoozed else "unassigned"
        return {"state": state, "assignee_id": None, "assigned_at": None}
    held = _holding(to, whole_milliseconds(asked.at))
    return {"state": "snoozed" if snoozed else "assigned", **held}


def _holding(technician_id: str | None, at: datetime) -> dict[str, Any]:
    return {"assignee_id": technician_id, "assigned_at": at}


def _is_with(case: Case, technician_id: str | None) -> bool:
    return case.now.state == "assigned" and case.now.assignee_id == technician_id


def _told(asked: Asked) -> dict[str, Any]:
    return {"technician_id": asked.by}


# ---- marks and notes -----------------------------------------------------------------------------


def label(case: Case, asked: Asked, add: Iterable[str], remove: Iterable[str]) -> list[Change]:
    """Labels are put on and taken off (S38); those that are already so change nothing."""
    now = case.now.labels
    removed = tuple(one for one in dict.fromkeys(remove) if one in now)
    kept = tuple(one for one in now if one not in removed)
    added = tuple(one for one in dict.fromkeys(add) if one not in kept)
    if not added and not removed:
        return []
    tells = {**_told(asked), "added": added, "removed": removed}
    return [step(case, CaseLabelled, tells, labels=(*kept, *added))]


def mark(case: Case, asked: Asked, **marks: Any) -> list[Change]:
    """`title`, `priority`, `flagged`, `muted` or `spam` become what is given; what is so already changes nothing."""
    title = marks.pop("title", case.text.title)
    status = {name: value for name, value in marks.items() if getattr(case.now, name) != value}
    changed = tuple(status) + (("title",) if title != case.text.title else ())
    if not changed:
        return []
    named = replace(case, text=case.text.model_copy(update={"title": title}))
    return [step(named, CaseEdited, {**_told(asked), "fields": changed}, **status)]


def verify(case: Case, asked: Asked, verified: bool) -> list[Change]:
    """Whether the customer is who their address says; raises `ContactUnknown` where no address is known."""
    if case.now.contact_id is None:
        raise ContactUnknown
    if case.now.contact_verified == verified:
        return []
    return [step(case, CaseContactLinked, _told(asked), contact_verified=verified)]


def note(
    case: Case, asked: Asked, note_id: str, text: str, mentions: tuple[str, ...]
) -> list[Change]:
    """A private note (S50), which stands where the conversation is now."""
    tells = {**_told(asked), "note_id": note_id, "mentions": mentions, "note": text}
    return [step(case, CaseNoted, tells)]


# ---- taking back ---------------------------------------------------------------------------------

STATE_FIELDS: Final = (
    "state",
    "assignee_id",
    "assigned_at",
    "resolved_at",
    "snoozed_until",
    # Reopening forgets how the customer found the resolution; taken back, it is known again.
    "rating",
)
MARK_FIELDS: Final = ("labels", "flagged", "priority", "muted", "spam")
TEXT_FIELDS: Final = ("title", "rating_comment")
ASLEEP: Final = frozenset({"pending", "resolved", "snoozed"})
"""From these states the customer's word brings a case back."""
UNDOABLE: Final[frozenset[type[CaseChanged]]] = frozenset(
    {
        CaseAssigned,
        CaseEdited,
        CaseLabelled,
        CaseMacroApplied,
        CasePending,
        CaseReopened,
        CaseResolved,
        CaseSnoozed,
        CaseTransferred,
        CaseWoken,
    }
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A case right before a change, or right after it."""

    version: int
    now: CaseState
    text: CaseText


def undo(case: Case, asked: Asked, before: Moment, after: Moment) -> list[Change]:
    """What changed between two neighbouring moments is taken back, unless somebody went on from there."""
    fields = [
        it for it in STATE_FIELDS + MARK_FIELDS if getattr(before.now, it) != getattr(after.now, it)
    ]
    words = [it for it in TEXT_FIELDS if getattr(before.text, it) != getattr(after.text, it)]
    if not fields and not words:
        raise NothingToUndo
    moved_on = any(getattr(case.now, it) != getattr(after.now, it) for it in fields)
    said_since = any(getattr(case.text, it) != getattr(after.text, it) for it in words)
    turned = any(it in STATE_FIELDS for it in fields)
    turned_since = turned and case.now.state_version != after.now.state_version
    # What the customer wrote meanwhile would have brought it back from there, and nobody would see it.
    unheard = (
        turned and before.now.state in ASLEEP and case.now.customer_at != after.now.customer_at
    )
    if moved_on or said_since or turned_since or unheard:
        raise CaseMovedOn(case)
    status = {it: getattr(before.now, it) for it in fields}
    text = case.text.model_copy(update={it: getattr(before.text, it) for it in words})
    case = replace(case, text=text)
    tells = {**_told(asked), "undone": after.version, "fields": (*fields, *words)}
    if turned:
        return [turn(case, CaseRestored, tells, changed_by=asked.by, **status)]
    return [step(case, CaseRestored, tells, **status)]
