"""Rules (X11): when something happens to a case, and all or any of some conditions hold, then some actions are done.

A rule is closed data, and what it does is decided by total functions without loops: whatever is kept in
it, looking at it ends, and has the same answer every time. A rule never acts on what it has led to
itself: events carry the chain of rules behind them, no rule is twice in one, and a chain has an end.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from chassis.text import LabelText
from contracts.cases import Held, Priority, Through
from contracts.envelope import Id
from services.cases.actions import Act
from services.cases.domain import Case, State
from services.cases.search import folded, words_of

LONGEST_CHAIN: Final = 3
"""So many rules may act one because of the other."""
MOST_CONDITIONS: Final = 20
MOST_VALUES: Final = 50
LONGEST_WAIT: Final = 60 * 24 * 30
"""In minutes."""

Trigger = Literal[
    "opened",
    "ready",
    "wrote",
    "answered",
    "contact_known",
    "requested",
    "assigned",
    "queued",
    "resolved",
    "reopened",
    "snoozed",
    "woken",
    "pending",
    "labelled",
    "edited",
    "chat_ended",
    "survey_answered",
    "sla_warned",
    "sla_breached",
    "waited",
]
"""What can set a rule off; `waited` is set off by no event but by the clock."""
TRIGGERS: Final[tuple[Trigger, ...]] = get_args(Trigger)
_OF_EVENT: Final[Mapping[str, Trigger]] = {
    "case.opened": "opened",
    "case.ready": "ready",
    "case.described": "wrote",
    "case.heard": "wrote",
    "case.answered": "answered",
    "case.contact_changed": "contact_known",
    "case.requested": "requested",
    "case.assigned": "assigned",
    "case.resolved": "resolved",
    "case.reopened": "reopened",
    "case.snoozed": "snoozed",
    "case.woken": "woken",
    "case.pending": "pending",
    "case.labelled": "labelled",
    "case.edited": "edited",
    "case.chat_ended": "chat_ended",
    "case.survey_answered": "survey_answered",
    "case.sla_warned": "sla_warned",
    "case.sla_breached": "sla_breached",
}


def trigger_of(event_type: str, tells: Mapping[str, Any], by: str) -> Trigger | None:
    """What an event sets off; `by` is the kind of its actor."""
    if event_type == "case.transferred":
        return "assigned" if tells.get("technician_id") else "queued"
    if event_type == "case.mailed":
        # What a machine writes sets nothing off, or two of them would go on for ever.
        return None if tells.get("automatic") else "wrote"
    if event_type == "case.described" and by != "customer":
        # A message was deleted: nobody wrote.
        return None
    return _OF_EVENT.get(event_type)


# ---- conditions ----------------------------------------------------------------------------------


class Condition(BaseModel):
    """A question about a case; a misspelled field is an error, not silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _OneOf(Condition):
    negated: bool = False
    """Whether it must be none of them."""


def _values(kind: Any) -> Any:
    return Annotated[tuple[kind, ...], Field(min_length=1, max_length=MOST_VALUES)]


class PortalIs(_OneOf):
    """It came from one of these portals."""

    what: Literal["portal"] = "portal"
    values: _values(Id)  # type: ignore[valid-type]


class TypeIs(_OneOf):
    """It is a live chat, a request, an email or a call."""

    what: Literal["type"] = "type"
    values: _values(Literal["live_chat", "request", "email", "call"])  # type: ignore[valid-type]


class StateIs(_OneOf):
    """It is in one of these states."""

    what: Literal["state"] = "state"
    values: _values(State)  # type: ignore[valid-type]


class PriorityIs(_OneOf):
    """It is that urgent."""

    what: Literal["priority"] = "priority"
    values: _values(Priority)  # type: ignore[valid-type]


class LabelIs(_OneOf):
    """It wears one of these labels."""

    what: Literal["label"] = "label"
    values: _values(Id)  # type: ignore[valid-type]


class AssigneeIs(_OneOf):
    """One of these technicians has it; `nobody` and `anybody` are no technicians, and may be named as well."""

    what: Literal["assignee"] = "assignee"
    values: _values(Id | Literal["nobody", "anybody"])  # type: ignore[valid-type]


class LanguageIs(_OneOf):
    """Its customer speaks one of these languages (`en`, `es`, `de`)."""

    what: Literal["language"] = "language"
    values: _values(  # type: ignore[valid-type]
        Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    )


class FlaggedIs(_OneOf):
    """It has a flag; or it has none."""

    what: Literal["flagged"] = "flagged"


class OfficeOpen(_OneOf):
    """It is within the office hours of its portal's service level; where there are none it always is."""

    what: Literal["office_open"] = "office_open"


_Words = Annotated[LabelText, Field(min_length=2, max_length=200)]


class TextHas(_OneOf):
    """Title or problem have all the words of one of these, as a search would find them: by their beginnings,
    without case and accents."""

    what: Literal["text"] = "text"
    values: _values(_Words)  # type: ignore[valid-type]


class EmailHas(_OneOf):
    """The customer's address has one of these in it, such as `@example.com`."""

    what: Literal["email"] = "email"
    values: _values(_Words)  # type: ignore[valid-type]


class WaitedFor(_OneOf):
    """The customer has waited for an answer at least so long."""

    what: Literal["waited"] = "waited"
    minutes: Annotated[int, Field(ge=1, le=LONGEST_WAIT)]


class RatedAtMost(_OneOf):
    """The customer answered the survey with at most so much."""

    what: Literal["rating"] = "rating"
    most: Annotated[int, Field(ge=1, le=5)]


AnyCondition = Annotated[
    PortalIs
    | TypeIs
    | StateIs
    | PriorityIs
    | LabelIs
    | AssigneeIs
    | LanguageIs
    | FlaggedIs
    | OfficeOpen
    | TextHas
    | EmailHas
    | WaitedFor
    | RatedAtMost,
    Field(discriminator="what"),
]
_CONDITIONS: Final[TypeAdapter[tuple[Condition, ...]]] = TypeAdapter(tuple[AnyCondition, ...])


def conditions_of(kept: Iterable[Any]) -> tuple[Condition, ...]:
    """The conditions as a database has kept them."""
    return _CONDITIONS.validate_python(tuple(kept))


# ---- rules ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of an account. They are looked at by `place`, the lowest first."""

    id: str
    tenant: str
    name: str
    trigger: Trigger
    conditions: tuple[Condition, ...]
    steps: tuple[Act, ...]
    match: Literal["all", "any"] = "all"
    minutes: int = 0
    """How long the customer has waited when `waited` sets it off."""
    on: bool = False
    on_since: datetime | None = None
    """What happened before does not set it off."""
    place: int = 0
    changed_by: str = ""
    """Who wrote it like this, and so its notes."""
    revision: int = 1


@dataclass(frozen=True, slots=True)
class Seen:
    """A case at the moment at which a rule looks at it."""

    case: Case
    at: datetime
    office_open: bool = True


@dataclass(frozen=True, slots=True)
class Cause:
    """What may set rules off: what happened, when, and which rules had led to it."""

    trigger: Trigger
    at: datetime
    chain: tuple[str, ...] = ()
    minutes: int = field(default=0)


def sets_off(rule: Rule, cause: Cause) -> bool:
    """Whether a rule looks at a case because of this."""
    if not rule.on or rule.trigger != cause.trigger or rule.minutes != cause.minutes:
        return False
    if rule.id in cause.chain or len(cause.chain) >= LONGEST_CHAIN:
        return False
    return rule.on_since is None or rule.on_since <= cause.at


def holding(rule: Rule, seen: Seen) -> tuple[Condition, ...] | None:
    """The conditions that hold, or None where the rule has nothing to do. Without conditions it always has."""
    held = tuple(it for it in rule.conditions if holds(it, seen))
    needed = len(rule.conditions) if rule.match == "all" else min(1, len(rule.conditions))
    return held if len(held) >= needed else None


def asks_for_office(rule: Rule) -> bool:
    """Whether it matters to a rule if somebody works at the time."""
    return any(isinstance(it, OfficeOpen) for it in rule.conditions)


def holds(condition: Condition, seen: Seen) -> bool:
    """Whether a condition holds of a case."""
    return _HOLDS[type(condition)](condition, seen) is not bool(
        getattr(condition, "negated", False)
    )


def told(condition: Condition) -> Held:
    """A condition as an event tells of it."""
    fields = condition.model_dump(mode="json")
    values = [str(it) for it in fields.get("values", ())]
    values += [str(fields[name]) for name in ("minutes", "most") if name in fields]
    return Held(what=fields["what"], values=tuple(values), negated=fields.get("negated", False))


def through(rule: Rule, chain: Sequence[str]) -> Through:
    """What the events of a run say of where they come from."""
    return Through(kind="rule", id=rule.id, name=rule.name, chain=(*chain, rule.id))


def wait_timer(case_id: str) -> str:
    """The id of the one timer that waits with a customer."""
    return f"rule-wait/{case_id}"


def waits_since(case: Case) -> datetime | None:
    """Since when a customer waits for an answer: their first message without one, or the case's beginning."""
    if case.now.state == "resolved":
        return None
    if case.now.waiting_since is not None:
        return case.now.waiting_since
    return None if case.answered else case.now.created_at


def _waited(condition: WaitedFor, seen: Seen) -> bool:
    since = waits_since(seen.case)
    return since is not None and (seen.at - since).total_seconds() >= condition.minutes * 60


def _assigned(condition: AssigneeIs, seen: Seen) -> bool:
    assignee = seen.case.now.assignee_id
    return (assignee or "nobody") in condition.values or (
        assignee is not None and "anybody" in condition.values
    )


def _text(condition: TextHas, seen: Seen) -> bool:
    text = seen.case.text
    said = words_of(" ".join((text.title, *(line.text for line in text.problem))))
    return any(_has_words(said, phrase) for phrase in condition.values)


def _has_words(said: Sequence[str], phrase: str) -> bool:
    wanted = words_of(phrase)
    return bool(wanted) and all(any(it.startswith(word) for it in said) for word in wanted)


def _email(condition: EmailHas, seen: Seen) -> bool:
    email = folded(seen.case.text.customer.email)
    return any(folded(part) in email for part in condition.values)


_HOLDS: Final[Mapping[type[Condition], Callable[[Any, Seen], bool]]] = {
    PortalIs: lambda it, seen: seen.case.now.portal_id in it.values,
    TypeIs: lambda it, seen: seen.case.now.case_type in it.values,
    StateIs: lambda it, seen: seen.case.now.state in it.values,
    PriorityIs: lambda it, seen: seen.case.now.priority in it.values,
    LabelIs: lambda it, seen: not set(it.values).isdisjoint(seen.case.now.labels),
    AssigneeIs: _assigned,
    LanguageIs: lambda it, seen: seen.case.text.locale.partition("-")[0].lower() in it.values,
    FlaggedIs: lambda _, seen: seen.case.now.flagged,
    OfficeOpen: lambda _, seen: seen.office_open,
    TextHas: _text,
    EmailHas: _email,
    WaitedFor: _waited,
    RatedAtMost: lambda it, seen: (
        seen.case.now.rating is not None and seen.case.now.rating <= it.most
    ),
}
