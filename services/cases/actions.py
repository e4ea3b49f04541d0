"""What can be done to a case, as data: one vocabulary for the console, integrators, many at once, macros and rules.

An action has the shape `{"do": "snooze", "until": "tomorrow"}`. `apply` is the only place that knows
which rule of `decisions.py` stands behind which action.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from chassis.text import LabelText, MessageText, Remark
from contracts.cases import Priority
from contracts.envelope import Id
from services.cases import decisions, follow_ups
from services.cases.decisions import Asked
from services.cases.domain import Case, Change
from services.cases.merging import check_free
from services.cases.snoozing import NINE, SnoozeTimes

MOST_LABELS: Final = 50


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("is not a time zone of the IANA database")
    return name


TimeZone = Annotated[str, AfterValidator(_zone), Field(max_length=64)]
SnoozeUntil = Literal["reply", "tomorrow", "next_week"] | AwareDatetime
"""Until the customer's next reply, the morning of tomorrow or of a day of next week as the account has it, or a chosen time."""


class Act(BaseModel):
    """An action; a misspelled field is an error, not silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Assign(Act):
    """Assign to me (S29)."""

    do: Literal["assign"] = "assign"


class Resolve(Act):
    """Resolve the case."""

    do: Literal["resolve"] = "resolve"


class Reopen(Act):
    """Reopen a resolved case, which is mine from then on."""

    do: Literal["reopen"] = "reopen"


class Open(Act):
    """Set the case to open, whatever state it is in; it is mine from then on (S35)."""

    do: Literal["open"] = "open"


class Pend(Act):
    """Mark the case as pending: it belongs to nobody until its customer writes or somebody opens it."""

    do: Literal["pending"] = "pending"


class Snooze(Act):
    """Put the case off (S36). Days are those of `time_zone`, by the account's snooze times; `until` may be a time with its offset."""

    do: Literal["snooze"] = "snooze"
    until: SnoozeUntil
    time_zone: TimeZone = "UTC"


class Transfer(Act):
    """Give the case to a technician, or with null back to the company's queue; the note stands before it (S41)."""

    do: Literal["transfer"] = "transfer"
    to: Id | None
    note: Remark = ""


class Label(Act):
    """Put labels on, or take them off (S38)."""

    do: Literal["label"] = "label"
    add: Annotated[tuple[Id, ...], Field(max_length=MOST_LABELS)] = ()
    remove: Annotated[tuple[Id, ...], Field(max_length=MOST_LABELS)] = ()

    @model_validator(mode="after")
    def _names_one(self) -> "Label":
        if not self.add and not self.remove:
            raise ValueError("names no label to add or to remove")
        return self


class Title(Act):
    """Name the case; an empty title takes the name away."""

    do: Literal["title"] = "title"
    title: Annotated[LabelText, Field(max_length=200)]


class Prioritise(Act):
    """Say how urgent the case is."""

    do: Literal["priority"] = "priority"
    priority: Priority


class Flag(Act):
    """Put a flag on the case, or take it off."""

    do: Literal["flag"] = "flag"
    flagged: bool = True


class Mute(Act):
    """Let the case alert nobody (S52), or alert again; messages arrive all the same."""

    do: Literal["mute"] = "mute"
    muted: bool = True


class Spam(Act):
    """It is spam: the case is marked so and resolved. With `spam` false only the mark goes."""

    do: Literal["spam"] = "spam"
    spam: bool = True


class Verify(Act):
    """Somebody made sure that the customer is who their address says, or with `verified` false they doubt it (S19)."""

    do: Literal["verify"] = "verify"
    verified: bool = True


class UseMacro(Act):
    """Apply a macro: all of its actions, or none. The same `client_id` again is the same application."""

    do: Literal["macro"] = "macro"
    macro: Id
    client_id: Id | None = None


class Note(Act):
    """Write a private note (S50); the technicians in `mentions` are called. The same `client_id` again is the same note."""

    do: Literal["note"] = "note"
    client_id: Id
    text: MessageText
    mentions: Annotated[tuple[Id, ...], Field(max_length=50)] = ()


class Mail(Act):
    """Write the customer a mail (S31). The same `client_id` again is the same mail; an empty subject is made from the case."""

    do: Literal["mail"] = "mail"
    client_id: Id
    subject: LabelText = ""
    text: MessageText


StateAction = Assign | Resolve | Reopen | Open | Pend | Snooze | Transfer
"""Actions on the state or the assignee: decided on a `state_version`, and lost to whoever was faster."""
STATE_ACTIONS: Final = (Assign, Resolve, Reopen, Open, Pend, Snooze, Transfer)
DECIDED: Final = (*STATE_ACTIONS, Mail)
"""What names the `state_version` that it was decided on: nobody writes to a customer about a state that is gone."""
WRITTEN: Final = (Note, Mail)
"""What is written once, under an id made from its `client_id`."""
MarkAction = Label | Title | Prioritise | Flag | Mute | Spam | Verify
ACTIONS: Final[tuple[type[Act], ...]] = (
    *STATE_ACTIONS,
    *(Label, Title, Prioritise, Flag, Mute, Spam, Verify, Note, Mail),
)
AnyAction = Annotated[StateAction | MarkAction | Note | Mail, Field(discriminator="do")]
ManyAction = Annotated[StateAction | MarkAction, Field(discriminator="do")]
"""What can be done to many cases at once, by a macro or by a rule."""


@dataclass(frozen=True, slots=True)
class Doing:
    """An action with who does it; `note_id` is that of the note or mail it may write."""

    asked: Asked
    note_id: str
    times: SnoozeTimes = NINE


def apply(action: Act, case: Case, doing: Doing) -> list[Change]:
    """What the action changes; raises `CaseIsMerged`, `CaseMovedOn` and the errors of `decisions`."""
    check_free(case)
    return _RULES[type(action)](action, case, doing)


def _transfer(action: Transfer, case: Case, doing: Doing) -> list[Change]:
    given = decisions.transfer(case, doing.asked, action.to)
    if not action.note or not given:
        return given
    noted = decisions.note(case, doing.asked, doing.note_id, action.note, _called(action.to))
    return [*noted, *decisions.transfer(noted[-1].case, doing.asked, action.to)]


def _called(technician_id: str | None) -> tuple[str, ...]:
    return () if technician_id is None else (technician_id,)


def _snooze(action: Snooze, case: Case, doing: Doing) -> list[Change]:
    if isinstance(action.until, datetime):
        return decisions.snooze(case, doing.asked, action.until, "time", action.time_zone)
    until = doing.times.until(action.until, action.time_zone, doing.asked.at)
    return decisions.snooze(case, doing.asked, until, action.until, action.time_zone)


def _spam(action: Spam, case: Case, doing: Doing) -> list[Change]:
    marked = decisions.mark(case, doing.asked, spam=action.spam)
    if not action.spam or not marked or case.now.state == "resolved":
        return marked
    here = marked[-1].case
    asked = Asked(doing.asked.by, doing.asked.at, here.now.state_version)
    return [*marked, *decisions.resolve(here, asked)]


_RULES: Final[Mapping[type[Act], Callable[[Any, Case, Doing], list[Change]]]] = {
    Assign: lambda _, case, doing: decisions.assign(case, doing.asked),
    Resolve: lambda _, case, doing: decisions.resolve(case, doing.asked),
    Reopen: lambda _, case, doing: decisions.reopen(case, doing.asked),
    Open: lambda _, case, doing: decisions.set_open(case, doing.asked),
    Pend: lambda _, case, doing: decisions.mark_pending(case, doing.asked),
    Snooze: _snooze,
    Transfer: _transfer,
    Label: lambda action, case, doing: decisions.label(
        case, doing.asked, action.add, action.remove
    ),
    Title: lambda action, case, doing: decisions.mark(case, doing.asked, title=action.title),
    Prioritise: lambda action, case, doing: decisions.mark(
        case, doing.asked, priority=action.priority
    ),
    Flag: lambda action, case, doing: decisions.mark(case, doing.asked, flagged=action.flagged),
    Mute: lambda action, case, doing: decisions.mark(case, doing.asked, muted=action.muted),
    Spam: _spam,
    Verify: lambda action, case, doing: decisions.verify(case, doing.asked, action.verified),
    Note: lambda action, case, doing: decisions.note(
        case, doing.asked, doing.note_id, action.text, action.mentions
    ),
    Mail: lambda action, case, doing: follow_ups.write(
        case, doing.asked, doing.note_id, action.subject, action.text
    ),
}
