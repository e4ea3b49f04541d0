from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from services.cases import domain
from services.cases.domain import Case, CaseMovedOn, Change, SurveyDone, SurveyNotOpen
from services.cases.problem import PROBLEM_CHARACTERS, PROBLEM_LINES, cut
from services.cases.tests import deciding
from services.cases.tests.examples import (
    ANN,
    AT,
    BEN,
    EMAIL,
    admitted,
    fresh,
    line,
    nameless,
    opened,
)

LATER = AT + timedelta(hours=1)


def only(changes: list[Change]) -> Case:
    (change,) = changes
    return change.case


def names(changes: list[Change]) -> list[str]:
    return [change.event.type_name() for change in changes]


def after(change: Change | None) -> Case:
    assert change is not None
    return change.case


def assigned(by: str = ANN) -> Case:
    return after(deciding.assign(fresh(), by, 1, AT))


def resolved() -> Case:
    return after(deciding.resolve(assigned(), ANN, 2, AT))


def test_a_conversation_opens_an_unassigned_live_case() -> None:
    change = domain.open_case(opened(), 1001)
    assert change.event.type_name() == "case.opened"
    assert change.case.now.model_dump(include={"number", "state", "live", "assignee_id"}) == {
        "number": 1001,
        "state": "unassigned",
        "live": True,
        "assignee_id": None,
    }


def test_assigning_twice_by_the_same_person_changes_nothing_more() -> None:
    assert deciding.assign(assigned(), ANN, 1, AT) is None


def test_the_second_of_two_technicians_is_told_who_won() -> None:
    with pytest.raises(CaseMovedOn) as refusal:
        deciding.assign(assigned(), BEN, 1, AT)
    assert refusal.value.case.now.assignee_id == ANN


def test_a_case_of_a_colleague_cannot_be_assigned_even_when_seen_as_it_is() -> None:
    with pytest.raises(CaseMovedOn):
        deciding.assign(assigned(), BEN, 2, AT)


def test_a_colleague_may_resolve_and_the_case_keeps_who_had_it() -> None:
    case = after(deciding.resolve(assigned(), BEN, 2, AT))
    assert (case.now.state, case.now.assignee_id, case.now.changed_by) == ("resolved", ANN, BEN)


def test_resolving_leaves_the_chat_to_the_log() -> None:
    assert resolved().now.live


def test_resolving_twice_is_no_change_for_the_same_person_and_news_for_another() -> None:
    assert deciding.resolve(resolved(), ANN, 2, AT) is None
    with pytest.raises(CaseMovedOn):
        deciding.resolve(resolved(), BEN, 2, AT)


def test_reopening_assigns_to_whoever_reopened() -> None:
    case = after(deciding.reopen(resolved(), BEN, 3, LATER))
    assert (case.now.state, case.now.assignee_id, case.now.assigned_at) == ("assigned", BEN, LATER)
    assert case.now.resolved_at is None
    assert deciding.reopen(case, BEN, 3, LATER) is None


@pytest.mark.parametrize(
    ("stays", "state", "assignee"), [(True, "assigned", ANN), (False, "unassigned", None)]
)
def test_a_message_of_the_customer_reopens_a_resolved_case(
    stays: bool, state: str, assignee: str | None
) -> None:
    changes = domain.hear_customer(
        deciding.answered(resolved()), [line("still broken")], assignee_stays=stays
    )
    assert names(changes) == ["case.heard", "case.reopened"]
    case = changes[-1].case
    assert (case.now.state, case.now.assignee_id, case.now.changed_by) == (state, assignee, None)
    assert (case.now.assigned_at is None) == (assignee is None)


def test_an_ended_chat_stays_open_and_assigned_with_its_end_frozen() -> None:
    case = only(domain.end_chat(assigned(), AT, gone=False))
    assert (case.now.live, case.now.ended_at, case.now.state) == (False, AT, "assigned")
    assert domain.end_chat(case, LATER, gone=False) == []


def test_what_is_written_behind_the_end_is_no_part_of_the_problem() -> None:
    """S27: the problem is what the customer wrote during the live chat."""
    (told,) = domain.hear_customer(fresh(), [line("My lamp is dark")], assignee_stays=True)
    over = only(domain.end_chat(told.case, AT, gone=False))
    late = line("Anybody there?").model_copy(update={"time": LATER})
    (heard,) = domain.hear_customer(over, [late], assignee_stays=True)
    assert (heard.event.type_name(), heard.case.now.unanswered) == ("case.heard", 2)
    assert heard.case.text == told.case.text


def test_what_was_written_before_the_end_and_is_heard_of_after_it_is_part_of_the_problem() -> None:
    """The customer who stops waiting tells cases, and what they wrote in the chat comes there by the log."""
    (left,) = domain.stop_waiting(fresh(), "Please write to me", "", LATER)
    (heard,) = domain.hear_customer(left.case, [line("My lamp is dark")], assignee_stays=True)
    told = [it.text for it in heard.case.text.problem]
    assert sorted(told) == ["My lamp is dark", "Please write to me"]


def test_a_chat_that_its_customer_ended_is_no_request() -> None:
    changes = domain.end_chat(fresh(), AT, gone=False)
    assert names(changes) == ["case.chat_ended"]
    assert only(changes).now.case_type == "live_chat"


# ---- the bot, and the email address --------------------------------------------------------------


def test_without_an_address_a_case_is_pending() -> None:
    assert (nameless().now.state, nameless().now.live) == ("pending", True)


def test_a_given_address_makes_the_case_ready() -> None:
    changes = domain.learn_email(nameless(), EMAIL)
    assert names(changes) == ["case.contact_changed", "case.ready"]
    case = changes[-1].case
    assert (case.text.customer.email, case.now.state, case.version) == (EMAIL, "unassigned", 3)
    assert domain.learn_email(case, EMAIL) == []


def test_an_address_that_comes_late_leaves_the_case_with_its_technician() -> None:
    case = after(deciding.assign(nameless(), ANN, 1, AT))
    changes = domain.learn_email(case, EMAIL)
    assert names(changes) == ["case.contact_changed"]
    assert only(changes).now == case.now


def test_the_bot_gives_up_once() -> None:
    changes = domain.become_ready(nameless())
    assert names(changes) == ["case.ready"]
    assert (only(changes).now.state, only(changes).now.state_version) == ("unassigned", 2)
    assert domain.become_ready(only(changes)) == []


def test_a_pending_case_can_be_assigned() -> None:
    assert after(deciding.assign(nameless(), ANN, 1, AT)).now.state == "assigned"


def test_a_pending_chat_that_ended_waits_for_a_technician() -> None:
    changes = domain.end_chat(nameless(), AT, gone=False)
    assert names(changes) == ["case.chat_ended", "case.ready"]
    assert changes[-1].case.now.state == "unassigned"


# ---- requests ------------------------------------------------------------------------------------


def test_a_request_is_a_case_that_never_was_live() -> None:
    question = "y" * 10_000
    change = domain.open_request(admitted().ticket, question, AT, 1001)
    now, text = change.case.now, change.case.text
    assert change.event.type_name() == "case.opened"
    assert (now.case_type, now.live, now.state) == ("request", False, "unassigned")
    assert (now.created_at, now.requested_at, now.ended_at) == (AT, AT, None)
    # Its customer waits for an answer, as one who wrote in a chat or by mail.
    assert (now.customer_at, now.waiting_since, now.unanswered) == (AT, AT, 1)
    assert ([line.text for line in text.problem], text.preview) == ([question], "y" * 200)
    assert (text.customer.email, text.locale) == (EMAIL, "de")


@pytest.mark.parametrize("waiting", [fresh, nameless])
def test_who_stops_waiting_leaves_a_request(waiting: Callable[[], Case]) -> None:
    told = domain.hear_customer(waiting(), [line("My lamp is dark")], assignee_stays=True)[0].case
    (change,) = domain.stop_waiting(told, "Please write to me", "", LATER)
    case = change.case
    assert (change.event.type_name(), change.tells["reason"]) == ("case.requested", "customer")
    assert (case.now.case_type, case.now.live, case.now.state) == ("request", False, "unassigned")
    assert (case.now.created_at, case.now.requested_at, case.now.ended_at) == (AT, LATER, LATER)
    assert [it.text for it in case.text.problem] == ["My lamp is dark", "Please write to me"]
    waits = (told.now.waiting_since, 2, LATER)
    assert (case.now.waiting_since, case.now.unanswered, case.now.customer_at) == waits


def test_a_question_is_kept_whole_however_much_was_said_before() -> None:
    told = domain.hear_customer(fresh(), [line("y" * 10_000)], assignee_stays=True)[0].case
    case = only(domain.stop_waiting(told, "z" * 10_000, "", AT))
    assert case.text.problem[-1].text == "z" * 10_000


def test_stopping_to_wait_twice_is_one_request() -> None:
    case = only(domain.stop_waiting(fresh(), "Please write", "", AT))
    assert domain.stop_waiting(case, "Please write", "", LATER) == []
    taken = after(deciding.assign(case, ANN, 1, LATER))
    assert domain.stop_waiting(taken, "Please write", "", LATER) == []
    with pytest.raises(CaseMovedOn):
        domain.stop_waiting(taken, "Something else", "", LATER)


@pytest.mark.parametrize(
    ("first", "second", "known"), [("", EMAIL, EMAIL), (EMAIL, "x@y.z", EMAIL)]
)
def test_an_address_given_with_the_question_counts_where_none_is_known(
    first: str, second: str, known: str
) -> None:
    waiting = domain.open_case(opened(email=first), 1001).case
    case = only(domain.stop_waiting(waiting, "Please write", second, AT))
    assert case.text.customer.email == known


def test_nobody_stops_waiting_once_a_technician_has_come_or_the_chat_is_over() -> None:
    over = only(domain.end_chat(fresh(), AT, gone=False))
    for case in (assigned(), resolved(), over):
        with pytest.raises(CaseMovedOn) as refusal:
            domain.stop_waiting(case, "Please write", "", AT)
        assert refusal.value.case == case


@pytest.mark.parametrize("waiting", [fresh, nameless])
def test_a_closed_page_makes_a_request_of_a_chat_that_nobody_took(
    waiting: Callable[[], Case],
) -> None:
    told = domain.hear_customer(waiting(), [line("My lamp is dark")], assignee_stays=True)[0].case
    (change,) = domain.end_chat(told, LATER, gone=True)
    now = change.case.now
    assert (change.event.type_name(), change.tells["reason"]) == ("case.requested", "gone")
    assert (now.case_type, now.live, now.state) == ("request", False, "unassigned")
    assert (now.created_at, now.requested_at) == (AT, LATER)
    assert change.case.text == told.text


def test_a_closed_page_leaves_a_chat_with_its_technician() -> None:
    changes = domain.end_chat(assigned(), LATER, gone=True)
    assert names(changes) == ["case.chat_ended"]
    assert only(changes).now.case_type == "live_chat"


def test_a_request_does_not_outdate_a_technicians_decision() -> None:
    case = only(domain.stop_waiting(fresh(), "Please write", "", AT))
    assert after(deciding.assign(case, ANN, 1, AT)).now.case_type == "request"


# ---- the survey ----------------------------------------------------------------------------------


def rated() -> Case:
    return domain.answer_survey(resolved(), 4, "Quick", offered=True).case


def test_the_survey_opens_with_the_resolution_and_is_answered_once() -> None:
    assert domain.survey_of(assigned(), offered=True) == "closed"
    assert domain.survey_of(resolved(), offered=True) == "open"
    assert domain.survey_of(rated(), offered=True) == "answered"
    assert (rated().now.rating, rated().text.rating_comment) == (4, "Quick")
    assert (rated().now.state, rated().now.changed_by) == ("resolved", ANN)
    with pytest.raises(SurveyDone):
        domain.answer_survey(rated(), 1, "", offered=True)


def test_a_survey_that_is_not_open_takes_no_answer() -> None:
    for case, offered in ((assigned(), True), (fresh(), True), (resolved(), False)):
        with pytest.raises(SurveyNotOpen):
            domain.answer_survey(case, 5, "", offered=offered)
    assert domain.survey_of(resolved(), offered=False) == "off"


def test_reopening_forgets_the_answer() -> None:
    by_technician = after(deciding.reopen(rated(), BEN, 3, LATER))
    reply = deciding.answered(rated())
    by_customer = domain.hear_customer(reply, [line("not fixed")], assignee_stays=True)[-1].case
    for case in (by_technician, by_customer):
        assert (case.now.rating, case.text.rating_comment) == (None, "")


# ---- the problem ---------------------------------------------------------------------------------


def test_the_customers_messages_are_the_problem_until_a_technician_replies() -> None:
    case = after(domain.hear_customer(fresh(), [line("It is\n\nbroken")], assignee_stays=True)[0])
    case = after(domain.hear_customer(case, [line(" and smokes ")], assignee_stays=True)[0])
    assert case.text.preview == "It is broken and smokes"
    assert [told.text for told in case.text.problem] == ["It is\n\nbroken", " and smokes "]
    thanks = domain.hear_customer(deciding.answered(case), [line("thanks")], assignee_stays=True)
    assert names(thanks) == ["case.heard"]
    assert only(thanks).text == case.text


def test_what_the_customer_writes_does_not_outdate_a_technicians_decision() -> None:
    described = domain.hear_customer(fresh(), [line("help")], assignee_stays=True)[0].case
    assert described.version == 2
    assert after(deciding.assign(described, ANN, 1, AT)).version == 3


def test_the_problem_is_bounded_in_lines_and_characters() -> None:
    case = fresh()
    for _ in range(PROBLEM_LINES + 3):
        case = next(
            (c.case for c in domain.hear_customer(case, [line("x")], assignee_stays=True)), case
        )
    assert len(case.text.problem) == PROBLEM_LINES
    long = domain.hear_customer(fresh(), [line("y" * 10_000)], assignee_stays=True)[0].case
    assert len(long.text.problem[0].text) == PROBLEM_CHARACTERS
    assert only(domain.hear_customer(long, [line("more")], assignee_stays=True)).text == long.text


def test_a_cut_keeps_a_family_together() -> None:
    family = "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}"
    assert cut("ab" + family, 4) == "ab"
    assert cut("ab" + family, 7) == "ab" + family
    assert cut("e" + "\u0301" * 300, 200) == "e" + "\u0301" * 199


graphemes = st.sampled_from(
    ["a", "é", "e\u0301", "\U0001f1e9\U0001f1ea", "👩‍👩‍👧", "각", "\r\n", "👍🏽", "நி"]
)


@given(st.lists(graphemes, max_size=60).map("".join), st.integers(15, 80))
def test_a_cut_is_the_longest_run_of_whole_graphemes_within_the_limit(
    text: str, limit: int
) -> None:
    short = cut(text, limit)
    whole = regex.findall(r"\X", text)
    kept = regex.findall(r"\X", short)
    assert whole[: len(kept)] == kept
    assert len(short) <= limit
    assert len(kept) == len(whole) or len(short) + len(whole[len(kept)]) > limit


def test_a_case_does_not_change_under_its_reader() -> None:
    case = fresh()
    deciding.assign(case, ANN, 1, datetime.now(UTC))
    assert case == replace(case)
    assert case.now.state == "unassigned"
