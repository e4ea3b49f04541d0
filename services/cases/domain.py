"""The life of a case (S28, S30): pure rules, from a case and a command to what changed.

Each command of a technician names the `state_version` it was decided on. What is already as wanted,
by the same person, is no change (a double click); what has changed meanwhile is `CaseMovedOn`.
A customer's message never is refused: it belongs to the problem, reopens a resolved case, or neither.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Literal

import regex

from contracts.cases import (
    CaseAssigned,
    CaseChanged,
    CaseChatEnded,
    CaseDescribed,
    CaseOpened,
    CaseReopened,
    CaseResolved,
    CaseState,
    CaseText,
    ProblemLine,
)
from contracts.chat import ConversationOpened, Visitor

PROBLEM_LINES: Final = 20
PROBLEM_CHARACTERS: Final = 4_000
PREVIEW_CHARACTERS: Final = 200

ListName = Literal["unassigned", "mine", "all"]
"""The three lists of the console: unassigned ones, those assigned to whoever asks, and all (S21)."""

_GRAPHEME: Final = regex.compile(r"\X")


@dataclass(frozen=True, slots=True)
class Case:
    """A case as it is. `version` counts every change, `now.state_version` those of state and assignee."""

    id: str
    tenant: str
    company_id: str
    version: int
    now: CaseState
    text: CaseText
    after_seq: int = 0
    """The last position of the conversation that the case knows of."""
    answered: bool = False
    """A technician has replied: what the customer writes from now on is no longer the problem."""


@dataclass(frozen=True, slots=True)
class Change:
    """What happened, and the case after it."""

    event: type[CaseChanged]
    case: Case


class CaseMovedOn(Exception):
    """The decision was made on a state that is gone; `case` is the case as it is."""

    def __init__(self, case: Case) -> None:
        super().__init__(case.id)
        self.case = case


def whole_milliseconds(time: datetime) -> datetime:
    """The time as a database keeps it, so that what is told and what is kept are the same."""
    return time.replace(microsecond=time.microsecond // 1_000 * 1_000)


# ---- what technicians decide ---------------------------------------------------------------------


def assign(case: Case, by: str, state_version: int, at: datetime) -> Change | None:
    """An unassigned case becomes `by`'s. Taking one over from a colleague is not assigning."""
    if _is_with(case, by):
        return None
    _decide_on(case, "unassigned", state_version)
    return _turn(
        case,
        CaseAssigned,
        state="assigned",
        assignee_id=by,
        assigned_at=whole_milliseconds(at),
        changed_by=by,
    )


def resolve(case: Case, by: str, state_version: int, at: datetime) -> Change | None:
    """An assigned case is resolved, by its assignee or a colleague; it keeps who had it.

    Its chat goes on being live until the log says that it ended: the log alone decides that.
    """
    if case.now.state == "resolved" and case.now.changed_by == by:
        return None
    _decide_on(case, "assigned", state_version)
    return _turn(
        case, CaseResolved, state="resolved", resolved_at=whole_milliseconds(at), changed_by=by
    )


def reopen(case: Case, by: str, state_version: int, at: datetime) -> Change | None:
    """A resolved case is open again and belongs to whoever reopened it."""
    if _is_with(case, by):
        return None
    _decide_on(case, "resolved", state_version)
    return _turn(
        case,
        CaseReopened,
        state="assigned",
        assignee_id=by,
        assigned_at=whole_milliseconds(at),
        resolved_at=None,
        changed_by=by,
    )


def _is_with(case: Case, technician_id: str) -> bool:
    return case.now.state == "assigned" and case.now.assignee_id == technician_id


def _decide_on(case: Case, state: str, state_version: int) -> None:
    if case.now.state != state or case.now.state_version != state_version:
        raise CaseMovedOn(case)


# ---- what the conversation tells -----------------------------------------------------------------


def open_case(opened: ConversationOpened, number: int) -> Change:
    """A customer's conversation becomes a case, unassigned and live."""
    status = CaseState(
        number=number,
        case_type="live_chat",
        live=True,
        state="unassigned",
        state_version=1,
        assignee_id=None,
        portal_id=opened.portal_id,
        portal_address=opened.portal_address,
        created_at=whole_milliseconds(opened.time),
        assigned_at=None,
        ended_at=None,
        resolved_at=None,
        changed_by=None,
    )
    told = opened.visitor
    # Named one by one: what a newer producer added may not be sent on under our own contract.
    customer = Visitor(first_name=told.first_name, last_name=told.last_name, email=told.email)
    text = CaseText(customer=customer, preview="", problem=())
    case = Case(opened.conversation_id, opened.tenant, opened.company_id, 1, status, text)
    return Change(CaseOpened, case)


def hear_customer(case: Case, line: ProblemLine, *, assignee_stays: bool) -> list[Change]:
    """A message of the customer: part of the problem while nobody replied, and reopening when resolved.

    A message that was written just before the case was resolved reopens it too: a question shown in
    Resolved would be a lost one. `assignee_stays` says whether the last assignee can still take it.
    """
    changes = []
    if (described := _describe(case, line)) is not None:
        changes.append(described)
        case = described.case
    if case.now.state == "resolved":
        changes.append(_return(case, assignee_stays=assignee_stays))
    return changes


def hear_technician(case: Case) -> Case:
    """A technician replied: the problem is told. Nobody outside needs to know."""
    return case if case.answered else replace(case, answered=True)


def end_chat(case: Case, at: datetime) -> Change | None:
    """The live chat ended; the case stays as open and assigned as it was (S30)."""
    if not case.now.live:
        return None
    return _step(case, CaseChatEnded, live=False, ended_at=whole_milliseconds(at))


def _return(case: Case, *, assignee_stays: bool) -> Change:
    gone = {} if assignee_stays else {"assignee_id": None, "assigned_at": None}
    state = "assigned" if assignee_stays else "unassigned"
    return _turn(case, CaseReopened, state=state, resolved_at=None, changed_by=None, **gone)


def _turn(case: Case, event: type[CaseChanged], **status: Any) -> Change:
    """A change of state or assignee, which outdates every decision made before it."""
    return _step(case, event, state_version=case.now.state_version + 1, **status)


def _step(case: Case, event: type[CaseChanged], **status: Any) -> Change:
    now = case.now.model_copy(update=status)
    return Change(event, replace(case, version=case.version + 1, now=now))


# ---- the problem in the customer's words ---------------------------------------------------------


def _describe(case: Case, line: ProblemLine) -> Change | None:
    if case.answered:
        return None
    problem = _grown(case.text.problem, line)
    if problem == case.text.problem:
        return None
    text = case.text.model_copy(update={"problem": problem, "preview": _preview(problem)})
    return Change(CaseDescribed, replace(case, version=case.version + 1, text=text))


def _grown(problem: tuple[ProblemLine, ...], line: ProblemLine) -> tuple[ProblemLine, ...]:
    room = PROBLEM_CHARACTERS - sum(len(known.text) for known in problem)
    if room <= 0 or len(problem) >= PROBLEM_LINES:
        return problem
    return (*problem, line.model_copy(update={"text": cut(line.text, room)}))


def _preview(problem: tuple[ProblemLine, ...]) -> str:
    in_one_line = " ".join(word for line in problem for word in line.text.split())
    return cut(in_one_line, PREVIEW_CHARACTERS)


def cut(text: str, limit: int) -> str:
    """At most `limit` code points of the text, and no grapheme torn apart."""
    if len(text) <= limit:
        return text
    end = 0
    for grapheme in _GRAPHEME.finditer(text):
        if grapheme.end() > limit:
            break
        end = grapheme.end()
    # One grapheme may be longer than any limit (a letter under hundreds of marks): then it is torn.
    return text[: end or limit]
