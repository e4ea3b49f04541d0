"""A rule tried on what cases lived through (N9): pure, from a life to what the rule would have done in it.

It sees each event as it was, and what it would have changed itself stays changed as long as nobody
changed the same in truth: so a label that it puts on is put on once, and not with each message.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from contracts.cases import CaseState, CaseText, Did
from contracts.chat import Visitor
from services.cases.actions import Title
from services.cases.decisions import Asked
from services.cases.domain import Case
from services.cases.history import Entry
from services.cases.rules import (
    Cause,
    EmailHas,
    LanguageIs,
    Rule,
    Seen,
    TextHas,
    holding,
    sets_off,
    trigger_of,
    waits_since,
)
from services.cases.steps import Known, StepFailed, did_until, play
from services.cases.whatif import Life

MOST_RUNS: Final = 50
"""Of one case: what would have been done behind them is not counted."""
_NO_TEXT: Final = CaseText(
    customer=Visitor(first_name="", last_name="", email=""), preview="", problem=(), locale=""
)


@dataclass(frozen=True, slots=True)
class Trial:
    """What a rule would have done to one case. `did` is that of its first run."""

    case_id: str
    number: int
    at: datetime
    runs: int
    did: tuple[Did, ...]
    code: str = ""
    """Why it could not, the first time."""


def needs_words(rule: Rule) -> bool:
    """Whether what is sealed has to be opened for it."""
    asks = any(isinstance(it, (TextHas, EmailHas, LanguageIs)) for it in rule.conditions)
    return asks or any(isinstance(it, Title) for it in rule.steps)


def judge_of(
    rule: Rule, known: Callable[[str], Known], office_open: Callable[[str, datetime], bool]
) -> Callable[[Life], Trial | None]:
    """What `whatif.replay` asks of each case.

    `known` is what actions may name, by company; `office_open` is whether somebody works, by portal and time.
    """
    switched_on = replace(rule, on=True, on_since=None)
    return lambda life: _judge(switched_on, life, known, office_open)


def _judge(
    rule: Rule,
    life: Life,
    known: Callable[[str], Known],
    office_open: Callable[[str, datetime], bool],
) -> Trial | None:
    found: Trial | None = None
    would: dict[str, Any] = {}
    for moment in _moments(rule, life):
        case = replace(moment.case, now=_as_it_would_be(moment.case.now, would))
        works = office_open(case.now.portal_id, moment.at)
        if holding(rule, Seen(case, moment.at, works)) is None:
            continue
        now, did, code = _tried(rule, case, moment.at, known(case.company_id))
        if now == case.now and not code:
            continue
        would |= _changed(moment.case.now, now)
        if found is None:
            found = Trial(case.id, case.now.number, moment.at, 1, did, code)
        else:
            found = replace(found, runs=found.runs + 1)
        if found.runs >= MOST_RUNS:
            break
    return found


def _tried(
    rule: Rule, case: Case, at: datetime, known: Known
) -> tuple[CaseState, tuple[Did, ...], str]:
    asked = Asked(None, at, case.now.state_version)
    try:
        played = play(case, rule.steps, asked, known, "trial", author=rule.changed_by)
    except StepFailed as failed:
        return case.now, did_until(rule.steps, failed), failed.code
    # Notes and a title stand in no state, and are things done all the same.
    noted = played.case.version - case.version
    now = played.case.now.model_copy(update={"state_version": case.now.state_version + noted})
    return now, played.did, ""


# ---- the moments at which it would have looked ---------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Moment:
    case: Case
    at: datetime


def _moments(rule: Rule, life: Life) -> Iterator[_Moment]:
    """Each moment of the span that would have set the rule off, with the case as it was."""
    cases = list(_cases(life))
    for place, (entry, case) in enumerate(cases):
        until = cases[place + 1][0].time if place + 1 < len(cases) else life.until
        if rule.trigger == "waited":
            since = waits_since(case)
            due = since and since + timedelta(minutes=rule.minutes)
            if due and max(entry.time, life.since) <= due < until:
                yield _Moment(case, due)
        elif entry.time >= life.since and _sets_off(rule, entry):
            yield _Moment(case, entry.time)


def _sets_off(rule: Rule, entry: Entry) -> bool:
    trigger = trigger_of(entry.type, entry.tells, entry.actor.kind)
    chain = () if entry.through is None else entry.through.chain
    return trigger is not None and sets_off(rule, Cause(trigger, entry.time, chain))


def _cases(life: Life) -> Iterator[tuple[Entry, Case]]:
    text, answered = _NO_TEXT, False
    for entry in life.entries:
        text = entry.text or text
        answered = answered or entry.type == "case.answered"
        yield (
            entry,
            Case(
                entry.case_id,
                entry.tenant,
                entry.company_id,
                entry.version,
                entry.now,
                text,
                entry.after_seq,
                answered=answered,
            ),
        )


# ---- what would be otherwise ---------------------------------------------------------------------


def _changed(truly: CaseState, now: CaseState) -> dict[str, Any]:
    """By field: what it was in truth, and what it would be."""
    fields = type(truly).model_fields
    return {
        name: (getattr(truly, name), getattr(now, name))
        for name in fields
        if name != "state_version" and getattr(truly, name) != getattr(now, name)
    }


def _as_it_would_be(truly: CaseState, would: Mapping[str, Any]) -> CaseState:
    kept = {name: be for name, (was, be) in would.items() if getattr(truly, name) == was}
    return truly.model_copy(update=kept)
