"""The actions of macros and rules: the vocabulary of `actions.py`, kept to be done later, to any case.

What is kept names no moment of a calendar and no state of a case. `play` does them one behind the other:
all of them, or none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import Field, TypeAdapter

from chassis.errors import DeskbusError
from chassis.ids import derived_id
from chassis.text import MessageText
from contracts.cases import Did
from contracts.envelope import Id
from services.cases import actions, decisions
from services.cases.actions import Act, Doing
from services.cases.decisions import Asked
from services.cases.domain import Case, CaseMovedOn, Change
from services.cases.labels import LabelUnknown
from services.cases.snoozing import NINE, SnoozeTimes
from services.cases.technicians import TechnicianCannotTake

MOST_STEPS: Final = 20


class SnoozeFor(actions.Snooze):
    """Put the case off: a kept action can name a day to come, and no date."""

    until: Literal["reply", "tomorrow", "next_week"]


class WriteNote(Act):
    """Write a private note; the technicians in `mentions` are called."""

    do: Literal["note"] = "note"
    text: MessageText
    mentions: Annotated[tuple[Id, ...], Field(max_length=50)] = ()


_OfAll = (
    actions.Resolve
    | actions.Pend
    | SnoozeFor
    | actions.Transfer
    | actions.Label
    | actions.Title
    | actions.Prioritise
    | actions.Flag
    | actions.Mute
    | actions.Spam
    | WriteNote
)
RuleStep = Annotated[_OfAll, Field(discriminator="do")]
"""What a rule can do: all but what makes a case one's own, because a rule is nobody."""
MacroStep = Annotated[
    actions.Assign | actions.Open | actions.Reopen | _OfAll, Field(discriminator="do")
]
RULE_STEPS: Final[frozenset[str]] = frozenset(
    step.model_fields["do"].default for step in get_args(_OfAll)
)
_STEPS: Final[TypeAdapter[tuple[Act, ...]]] = TypeAdapter(tuple[MacroStep, ...])


def steps_of(kept: Iterable[Any]) -> tuple[Act, ...]:
    """The actions as a database has kept them."""
    return _STEPS.validate_python(tuple(kept))


def kept_steps(steps: Iterable[Act]) -> list[dict[str, Any]]:
    """The actions as a database keeps them."""
    return [step.model_dump(mode="json") for step in steps]


def words_of_steps(steps: Iterable[Act]) -> str:
    """The actions by their words, as the audit log has them: what a note says stays out of it."""
    return ", ".join(str(type(step).model_fields["do"].default) for step in steps)


class StepFailed(Exception):
    """One of the actions could not be done, so none was."""

    def __init__(self, at: int, code: str, error: Exception) -> None:
        super().__init__(at)
        self.at = at
        self.code = code
        self.error = error


@dataclass(frozen=True, slots=True)
class Known:
    """What actions go by: labels that can be put on, technicians who can have the case, and days to come."""

    labels: frozenset[str]
    technicians: frozenset[str]
    times: SnoozeTimes = NINE
    """When a case comes back that is put off."""


def fault_of(step: Act, known: Known) -> type[DeskbusError] | None:
    """What is wrong with an action whatever the case: it names what is no more."""
    if isinstance(step, actions.Label) and not known.labels.issuperset(step.add):
        return LabelUnknown
    named: Iterable[str | None] = ()
    if isinstance(step, actions.Transfer):
        named = (step.to,)
    if isinstance(step, WriteNote):
        named = step.mentions
    return None if known.technicians.issuperset(it for it in named if it) else TechnicianCannotTake


@dataclass(frozen=True, slots=True)
class Played:
    """What the actions changed, and the case behind them."""

    changes: list[Change]
    case: Case
    did: tuple[Did, ...]


def play(  # noqa: PLR0913 - what is to be done, by whom, and to what
    case: Case,
    steps: Sequence[Act],
    asked: Asked,
    known: Known,
    seed: str,
    *,
    author: str | None = None,
) -> Played:
    """Do the actions one behind the other; raises `StepFailed`, and then nothing is to be kept.

    The first decision on the state is made on `asked.state_version`, those behind it on what it led to.
    Ids of notes are derived from `seed`; whoever wrote them is `author`, where nobody does it themselves.
    """
    changes: list[Change] = []
    here = case
    for at, step in enumerate(steps):
        fault = fault_of(step, known)
        if fault is not None:
            raise StepFailed(at, fault.code, fault())
        note_id = derived_id("note", seed, str(at))
        doing = Doing(_asked_now(asked, case, here), note_id, known.times)
        made = _tried(at, step, here, doing, author or asked.by)
        changes += made
        here = made[-1].case if made else here
    return Played(changes, here, tuple(Did(action=_name(step)) for step in steps))


def did_until(steps: Sequence[Act], failed: StepFailed) -> tuple[Did, ...]:
    """What was to be done, and which of it could not be."""
    return tuple(
        Did(action=_name(step), code=failed.code if at == failed.at else "")
        for at, step in enumerate(steps)
    )


def _tried(at: int, step: Act, case: Case, doing: Doing, author: str | None) -> list[Change]:
    try:
        return _done(step, case, doing, author)
    except CaseMovedOn as news:
        raise StepFailed(at, "case_moved_on", news) from news
    except DeskbusError as error:
        raise StepFailed(at, error.code, error) from error


def _done(step: Act, case: Case, doing: Doing, author: str | None) -> list[Change]:
    if isinstance(step, WriteNote):
        return _noted(step.text, step.mentions, case, doing, author)
    if isinstance(step, SnoozeFor):
        step = actions.Snooze(until=step.until, time_zone=step.time_zone)
    if not isinstance(step, actions.Transfer) or not step.note:
        return actions.apply(step, case, doing)
    given = actions.Transfer(to=step.to)
    if not actions.apply(given, case, doing):
        return []
    called = () if step.to is None else (step.to,)
    noted = _noted(step.note, called, case, doing, author)
    return [*noted, *actions.apply(given, noted[-1].case, doing)]


def _noted(
    text: str, mentions: tuple[str, ...], case: Case, doing: Doing, author: str | None
) -> list[Change]:
    written = Asked(author, doing.asked.at, doing.asked.state_version)
    return decisions.note(case, written, doing.note_id, text, mentions)


def _asked_now(asked: Asked, before: Case, here: Case) -> Asked:
    if here.now.state_version == before.now.state_version:
        return asked
    return Asked(asked.by, asked.at, here.now.state_version)


def _name(step: Act) -> str:
    return str(type(step).model_fields["do"].default)
