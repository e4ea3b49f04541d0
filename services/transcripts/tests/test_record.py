"""What is kept of what the log and the cases tell."""

from typing import Any

import pytest

from contracts.cases import CaseChatEnded, CaseOpened, CaseRequested, ProblemLine
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
from services.transcripts import record
from services.transcripts.tests.examples import (
    ANN,
    AT,
    CASE,
    assigned,
    case,
    happened,
    logged,
    opened,
    requested,
)


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        (logged(ConversationOpened), {"kind": "opened", "text": "Europe/Vienna"}),
        (logged(MessageSent), {"kind": "message", "text": "My lamp is dark"}),
        (logged(ActivityNoted), {"kind": "activity", "code": "joined", "version": 2}),
        (
            logged(MessageDeleted),
            {"kind": "deleted", "code": logged(MessageSent, 3).id, "technician_id": ANN},
        ),
        (logged(ConversationEnded, by="gone"), {"kind": "ended", "code": "gone", "version": 0}),
        (logged(ConversationEnded, by="resolved", case_version=4), {"version": 4}),
        (logged(BotSpoke, text="Hi"), {"kind": "bot", "code": "greeting", "text": "Hi"}),
        (logged(ContactGiven), {"kind": "contact", "text": "cleo@example.org"}),
    ],
)
def test_every_entry_of_the_log_is_recorded(told: Any, kept: dict[str, Any]) -> None:
    noted = record.entry_of(told, 7, "Ann Ash")
    assert noted is not None
    assert {name: getattr(noted, name) for name in kept} == kept
    assert (noted.id, noted.conversation_id, noted.time, noted.seq) == (told.id, CASE, told.time, 7)
    assert noted.author == told.author.kind


def test_the_technician_of_an_entry_is_its_author_or_whom_it_is_about() -> None:
    by_ann = logged(MessageSent, author=Author(kind="technician", id=ANN))
    assert record.technician_of(by_ann) == ANN
    assert record.technician_of(logged(ActivityNoted)) == ANN
    assert record.technician_of(logged(MessageSent)) is None


def test_a_case_is_kept_as_it_was_last_told() -> None:
    assert record.case_of(assigned(), "Ann Ash") == case(version=2)


def test_the_question_of_a_request_is_recorded() -> None:
    problem = (ProblemLine(text="Where is my parcel?", time=AT),)
    made = opened(case_type="request", live=False, problem=problem)
    question = record.question_of(made)
    assert question is not None
    assert (question.kind, question.text, question.seq) == ("request", "Where is my parcel?", 0)
    assert question == record.question_of(made)


def test_what_was_noted_from_a_call_is_told_from_a_request() -> None:
    problem = (ProblemLine(text="Where is my parcel?", time=AT),)
    called = record.question_of(opened(case_type="call", live=False, problem=problem))
    asked = record.question_of(opened(case_type="request", live=False, problem=problem))
    assert called is not None
    assert asked is not None
    assert (called.kind, called.code, asked.code) == ("request", "call", "")


def test_whoever_stops_waiting_has_asked_behind_what_they_wrote() -> None:
    question = record.question_of(requested("Please call me", after_seq=9))
    assert question is not None
    assert (question.text, question.seq, question.author) == ("Please call me", 9, "customer")


@pytest.mark.parametrize(
    "event",
    [
        opened(),
        opened(problem=(ProblemLine(text="My lamp", time=AT),)),
        requested("My lamp", reason="gone"),
        happened(CaseOpened, case_type="request", live=False),
        happened(CaseChatEnded, 3, case_type="request"),
    ],
)
def test_what_stands_in_the_log_is_not_recorded_twice(event: CaseOpened | CaseRequested) -> None:
    assert record.question_of(event) is None
