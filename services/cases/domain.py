"""The life of a case (S11, S14, S28, S30, S62): pure rules, from a case and what happened to what changed.

What technicians decide stands in `decisions.py`; here is what the conversation, the bot, the clock and
the customer bring. A customer's message never is refused: it belongs to the problem, wakes or reopens
the case, or neither.

A case is pending while the bot asks for an email address that nobody knows, or because a technician
marked it so (`changed_by` tells them apart). It belongs to nobody then, as an unassigned one: it can be
assigned, and can become a request. The customer's next message ends what a technician began.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Literal

from chassis.errors import DeskbusError
from chassis.tokens import Ticket
from chassis.tokens import Visitor as TicketVisitor
from contracts.cases import (
    CaseAnswered,
    CaseChanged,
    CaseChatEnded,
    CaseContactChanged,
    CaseDescribed,
    CaseHeard,
    CaseOpened,
    CaseReady,
    CaseReopened,
    CaseRequested,
    CaseState,
    CaseText,
    CaseWoken,
    ProblemLine,
    SurveyAnswered,
)
from contracts.chat import ConversationOpened, Visitor
from contracts.envelope import Origin
from services.cases.problem import grown, preview, without_message

State = Literal["pending", "unassigned", "assigned", "snoozed", "resolved"]
INCOMING: Final[frozenset[State]] = frozenset({"pending", "unassigned"})
"""The states in which a case waits for a technician and belongs to none."""

ListName = Literal["unassigned", "mine", "all"]
"""The three lists of the console: unassigned ones, those assigned to whoever asks, and all (S21)."""

NOTHING: Final[Mapping[str, Any]] = {}

Reason = Literal["customer", "gone"]
"""Why a live chat became a request: the customer stopped waiting, or closed the page."""

SurveyView = Literal["off", "closed", "open", "answered"]
"""The survey as the customer finds it: not at all, not yet, to be answered, or done."""


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
    mail_words: tuple[str, ...] = field(default=(), repr=False)
    """What it is found by beside what it tells: the words of its mails (`mail_words.py`)."""


@dataclass(frozen=True, slots=True)
class Change:
    """What happened, and the case after it."""

    event: type[CaseChanged]
    case: Case
    tells: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    """What the event says beside the case: its own fields."""
    event_id: str | None = None
    """The id of the event, where it is made from its cause, so that a repetition finds it there."""


class SurveyNotOpen(DeskbusError):
    """There is nothing to answer: the case is not resolved, or its portal has no survey."""

    code = "survey_not_open"
    status = 409
    text = "There is no survey to answer for the moment."


class SurveyDone(DeskbusError):
    """The survey was answered after this resolution; the first answer stands."""

    code = "survey_answered"
    status = 409
    text = "This survey was answered already. Thank you."


class CaseMovedOn(Exception):
    """The decision was made on a state that is gone; `case` is the case as it is."""

    def __init__(self, case: Case) -> None:
        super().__init__(case.id)
        self.case = case


def whole_milliseconds(time: datetime) -> datetime:
    """The time as a database keeps it, so that what is told and what is kept are the same."""
    return time.replace(microsecond=time.microsecond // 1_000 * 1_000)


def decide_on(case: Case, states: Collection[State], state_version: int) -> None:
    """Go on only on the state that the decision was made on; raises `CaseMovedOn`."""
    if case.now.state not in states or case.now.state_version != state_version:
        raise CaseMovedOn(case)


# ---- what the conversation tells -----------------------------------------------------------------


def open_case(opened: ConversationOpened, number: int) -> Change:
    """A customer's conversation becomes a case: live, and pending while their address is not known."""
    status = CaseState(
        case_type="live_chat",
        live=True,
        state="unassigned" if opened.visitor.email else "pending",
        requested_at=None,
        **_entrance(opened, opened.time, number),
    )
    text = _new_text(opened.visitor, opened.locale, ())
    case = Case(opened.conversation_id, opened.tenant, opened.company_id, 1, status, text)
    return Change(CaseOpened, case)


def hear_customer(
    case: Case, lines: Sequence[ProblemLine], *, assignee_stays: bool
) -> list[Change]:
    """What the customer wrote: part of the problem while nobody replied; it wakes and reopens.

    A message that was written just before the case was resolved reopens it too: a question shown in
    Resolved would be a lost one. `assignee_stays` says whether the last assignee can still take it.
    """
    heard = _hear(case, lines)
    return [heard, *come_back(heard.case, assignee_stays=assignee_stays)]


def forget_message(case: Case, message_id: str, said_at: datetime | None = None) -> list[Change]:
    """A message was deleted (S51): the problem is told without it. `said_at` is when the customer wrote it, if they did.

    It is not to be answered any more; whose only message it was still waits for something.
    """
    text = without_message(case.text, message_id)
    since, unanswered = case.now.waiting_since, case.now.unanswered
    counted = said_at is not None and since is not None and whole_milliseconds(said_at) >= since
    left = max(1, unanswered - 1) if counted else unanswered
    if (text, left) == (case.text, unanswered):
        return []
    return [step(replace(case, text=text), CaseDescribed, unanswered=left)]


def hear_technician(case: Case, by: str | None) -> list[Change]:
    """A technician replied: the problem is told, and the customer waits no more."""
    if case.answered and case.now.waiting_since is None and not case.now.unanswered:
        return []
    answered = replace(case, answered=True)
    status = {"waiting_since": None, "unanswered": 0}
    return [step(answered, CaseAnswered, _by(by), **status)]


def wake(
    case: Case, reason: Literal["due", "reply", "technician"], *, assignee_stays: bool
) -> list[Change]:
    """A snoozed case is open again, with whoever had it if they can still take it."""
    if case.now.state != "snoozed":
        return []
    status = {**_back_to(case, assignee_stays=assignee_stays), "snoozed_until": None}
    tells = {"reason": reason, "technician_id": None}
    return [turn(case, CaseWoken, tells, changed_by=None, **status)]


def end_chat(case: Case, at: datetime, *, gone: bool, origin: Origin | None = None) -> list[Change]:
    """The live chat ended; the case stays as open and assigned as it was (S30).

    With `gone` the customer's page was closed while nobody had come: a case that still waits is a
    request from now on (X32). The bot has nobody to ask any more, so none stays pending.
    """
    if not case.now.live:
        return []
    if gone and case.now.state in INCOMING:
        return [_request(case, at, "gone")]
    tells = {"origin": origin}
    ended = step(case, CaseChatEnded, tells, live=False, ended_at=whole_milliseconds(at))
    return [ended, *(become_ready(ended.case) if ended.case.now.changed_by is None else [])]


def wrote(case: Case, lines: Sequence[ProblemLine]) -> dict[str, Any]:
    """What is so once a customer has written: they wait for an answer, and a mail of before is no answer to it (S44)."""
    return {
        "customer_at": lines[-1].time,
        "waiting_since": case.now.waiting_since or lines[0].time,
        "unanswered": case.now.unanswered + len(lines),
        "followed_up": False,
    }


def _hear(case: Case, lines: Sequence[ProblemLine]) -> Change:
    now, status = case.now, wrote(case, lines)
    problem = case.text.problem
    for line in lines:
        # A message without a text was deleted before it was heard of. What was written after the chat's end is no part of
        # it (S27); what was written before, and is heard of after it, is.
        in_time = now.ended_at is None or line.time <= now.ended_at
        if line.text and not case.answered and in_time:
            problem = grown(problem, line)
    if problem == case.text.problem:
        return step(case, CaseHeard, **status)
    return step(replace(case, text=_retold(case.text, problem)), CaseDescribed, **status)


def come_back(case: Case, *, assignee_stays: bool) -> list[Change]:
    """What the customer's message does to a case that nobody expected to go on; one that was merged stays so."""
    if case.now.merged_into is not None:
        return []
    match case.now.state:
        case "resolved":
            return [_return(case, assignee_stays=assignee_stays)]
        case "snoozed":
            return wake(case, "reply", assignee_stays=assignee_stays)
        case "pending" if case.now.changed_by is not None:
            return become_ready(case)
        case _:
            return []


def _return(case: Case, *, assignee_stays: bool) -> Change:
    status = _back_to(case, assignee_stays=assignee_stays)
    return open_again(case, {"technician_id": None}, changed_by=None, **status)


def _back_to(case: Case, *, assignee_stays: bool) -> dict[str, Any]:
    if assignee_stays and case.now.assignee_id is not None:
        return {"state": "assigned"}
    return {"state": "unassigned", "assignee_id": None, "assigned_at": None}


# ---- what the bot found out ----------------------------------------------------------------------


def learn_email(case: Case, email: str) -> list[Change]:
    """The customer gave an address: the bot is done."""
    known = _with_email(case, email)
    if known == case:
        return become_ready(case)
    changed = step(known, CaseContactChanged)
    return [changed, *become_ready(changed.case)]


def become_ready(case: Case) -> list[Change]:
    """The bot is done, or has waited long enough: a pending case is unassigned from now on."""
    if case.now.state != "pending":
        return []
    return [turn(case, CaseReady, state="unassigned", changed_by=None)]


def _with_email(case: Case, email: str) -> Case:
    customer = case.text.customer.model_copy(update={"email": email})
    return replace(case, text=case.text.model_copy(update={"customer": customer}))


# ---- what customers ask for ----------------------------------------------------------------------


def open_request(ticket: Ticket, question: str, at: datetime, number: int) -> Change:
    """A customer's question becomes a case that never was a chat (S9); it is kept whole."""
    asked_at = whole_milliseconds(at)
    status = CaseState(
        case_type="request",
        live=False,
        state="unassigned",
        requested_at=asked_at,
        customer_at=asked_at,
        waiting_since=asked_at,
        unanswered=1,
        **_entrance(ticket, at, number),
    )
    asked = (ProblemLine(text=question, time=asked_at),)
    text = _new_text(ticket.visitor, ticket.locale, asked)
    case = Case(ticket.conversation_id, ticket.tenant, ticket.company_id, 1, status, text)
    return Change(CaseOpened, case)


def stop_waiting(case: Case, question: str, email: str, at: datetime) -> list[Change]:
    """A customer who waits leaves a request instead (S11); an address counts where none is known.

    The same question once more is the same press. Once a technician has come, or the chat has
    ended, it is `CaseMovedOn`.
    """
    asked_before = any(line.text == question for line in case.text.problem)
    if case.now.case_type == "request" and asked_before:
        return []
    if not case.now.live or case.now.state not in INCOMING:
        raise CaseMovedOn(case)
    line = ProblemLine(text=question, time=whole_milliseconds(at))
    asked = replace(case, text=_retold(case.text, (*case.text.problem, line)))
    known = case.text.customer.email or email
    return [_request(_with_email(asked, known), at, "customer", **wrote(case, [line]))]


def survey_of(case: Case, *, offered: bool) -> SurveyView:
    """The survey as the customer finds it now; `offered` says whether the portal has one."""
    if case.now.rating is not None:
        return "answered"
    if not offered:
        return "off"
    return "open" if case.now.state == "resolved" else "closed"


def answer_survey(case: Case, rating: int, comment: str, *, offered: bool) -> Change:
    """The customer says how it was (S62); raises `SurveyDone` and `SurveyNotOpen`."""
    found = survey_of(case, offered=offered)
    if found == "answered":
        raise SurveyDone
    if found != "open":
        raise SurveyNotOpen
    text = case.text.model_copy(update={"rating_comment": comment})
    return step(replace(case, text=text), SurveyAnswered, rating=rating)


def _request(case: Case, at: datetime, reason: Reason, **more: Any) -> Change:
    now = whole_milliseconds(at)
    status = {"case_type": "request", "live": False, "requested_at": now, "ended_at": now, **more}
    tells = {"reason": reason}
    if case.now.state == "pending":
        return turn(case, CaseRequested, tells, state="unassigned", changed_by=None, **status)
    return step(case, CaseRequested, tells, **status)


# ---- shared --------------------------------------------------------------------------------------


def _entrance(came: ConversationOpened | Ticket, at: datetime, number: int) -> dict[str, Any]:
    """What every new case has, by whichever way its customer came in."""
    return {
        "number": number,
        "state_version": 1,
        "assignee_id": None,
        "portal_id": came.portal_id,
        "portal_address": came.portal_address,
        "created_at": whole_milliseconds(at),
        "assigned_at": None,
        "ended_at": None,
        "resolved_at": None,
        "rating": None,
        "changed_by": None,
    }


def open_again(case: Case, tells: Mapping[str, Any], **status: Any) -> Change:
    """How the customer found it counts no more: the next resolution is asked about anew."""
    text = case.text.model_copy(update={"rating_comment": ""})
    unrated = replace(case, text=text)
    return turn(unrated, CaseReopened, tells, resolved_at=None, rating=None, **status)


def turn(
    case: Case, event: type[CaseChanged], tells: Mapping[str, Any] = NOTHING, /, **status: Any
) -> Change:
    """A change of state or assignee, which outdates every decision made before it."""
    return step(case, event, tells, state_version=case.now.state_version + 1, **status)


def step(
    case: Case, event: type[CaseChanged], tells: Mapping[str, Any] = NOTHING, /, **status: Any
) -> Change:
    """A change that outdates no decision."""
    now = case.now.model_copy(update=status)
    return Change(event, replace(case, version=case.version + 1, now=now), tells)


def _by(technician_id: str | None) -> dict[str, Any]:
    return {"technician_id": technician_id}


# ---- the problem in the customer's words ---------------------------------------------------------


def _new_text(
    told: Visitor | TicketVisitor, locale: str, problem: tuple[ProblemLine, ...]
) -> CaseText:
    # Named one by one: what a newer producer added may not be sent on under our own contract.
    customer = Visitor(first_name=told.first_name, last_name=told.last_name, email=told.email)
    return CaseText(customer=customer, preview=preview(problem), problem=problem, locale=locale)


def _retold(text: CaseText, problem: tuple[ProblemLine, ...]) -> CaseText:
    return text.model_copy(update={"problem": problem, "preview": preview(problem)})
