from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from contracts.cases import ProblemLine
from services.cases import domain
from services.cases.domain import Case, CaseMovedOn, Change
from services.cases.tests.examples import ANN, AT, BEN, opened


def fresh() -> Case:
    return domain.open_case(opened(), 1001).case


def line(text: str) -> ProblemLine:
    return ProblemLine(text=text, time=AT)


def after(change: Change | None) -> Case:
    assert change is not None
    return change.case


def assigned(by: str = ANN) -> Case:
    return after(domain.assign(fresh(), by, 1, AT))


def resolved() -> Case:
    return after(domain.resolve(assigned(), ANN, 2, AT))


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
    assert domain.assign(assigned(), ANN, 1, AT) is None


def test_the_second_of_two_technicians_is_told_who_won() -> None:
    with pytest.raises(CaseMovedOn) as refusal:
        domain.assign(assigned(), BEN, 1, AT)
    assert refusal.value.case.now.assignee_id == ANN


def test_a_case_of_a_colleague_cannot_be_assigned_even_when_seen_as_it_is() -> None:
    with pytest.raises(CaseMovedOn):
        domain.assign(assigned(), BEN, 2, AT)


def test_a_colleague_may_resolve_and_the_case_keeps_who_had_it() -> None:
    case = after(domain.resolve(assigned(), BEN, 2, AT))
    assert (case.now.state, case.now.assignee_id, case.now.changed_by) == ("resolved", ANN, BEN)


def test_resolving_leaves_the_chat_to_the_log() -> None:
    assert resolved().now.live


def test_resolving_twice_is_no_change_for_the_same_person_and_news_for_another() -> None:
    assert domain.resolve(resolved(), ANN, 2, AT) is None
    with pytest.raises(CaseMovedOn):
        domain.resolve(resolved(), BEN, 2, AT)


def test_reopening_assigns_to_whoever_reopened() -> None:
    later = AT + timedelta(hours=1)
    case = after(domain.reopen(resolved(), BEN, 3, later))
    assert (case.now.state, case.now.assignee_id, case.now.assigned_at) == ("assigned", BEN, later)
    assert case.now.resolved_at is None
    assert domain.reopen(case, BEN, 3, later) is None


@pytest.mark.parametrize(
    ("stays", "state", "assignee"), [(True, "assigned", ANN), (False, "unassigned", None)]
)
def test_a_message_of_the_customer_reopens_a_resolved_case(
    stays: bool, state: str, assignee: str | None
) -> None:
    changes = domain.hear_customer(
        domain.hear_technician(resolved()), line("still broken"), assignee_stays=stays
    )
    assert [change.event.type_name() for change in changes] == ["case.reopened"]
    case = changes[-1].case
    assert (case.now.state, case.now.assignee_id, case.now.changed_by) == (state, assignee, None)
    assert (case.now.assigned_at is None) == (assignee is None)


def test_an_ended_chat_stays_open_and_assigned_with_its_end_frozen() -> None:
    case = after(domain.end_chat(assigned(), AT))
    assert (case.now.live, case.now.ended_at, case.now.state) == (False, AT, "assigned")
    assert domain.end_chat(case, AT + timedelta(hours=1)) is None


def test_the_customers_messages_are_the_problem_until_a_technician_replies() -> None:
    case = after(domain.hear_customer(fresh(), line("It is\n\nbroken"), assignee_stays=True)[0])
    case = after(domain.hear_customer(case, line(" and smokes "), assignee_stays=True)[0])
    assert case.text.preview == "It is broken and smokes"
    assert [told.text for told in case.text.problem] == ["It is\n\nbroken", " and smokes "]
    assert (
        domain.hear_customer(domain.hear_technician(case), line("thanks"), assignee_stays=True)
        == []
    )


def test_what_the_customer_writes_does_not_outdate_a_technicians_decision() -> None:
    described = domain.hear_customer(fresh(), line("help"), assignee_stays=True)[0].case
    assert described.version == 2
    assert after(domain.assign(described, ANN, 1, AT)).version == 3


def test_the_problem_is_bounded_in_lines_and_characters() -> None:
    case = fresh()
    for _ in range(domain.PROBLEM_LINES + 3):
        case = next(
            (c.case for c in domain.hear_customer(case, line("x"), assignee_stays=True)), case
        )
    assert len(case.text.problem) == domain.PROBLEM_LINES
    assert case.version == domain.PROBLEM_LINES + 1
    long = domain.hear_customer(fresh(), line("y" * 10_000), assignee_stays=True)[0].case
    assert len(long.text.problem[0].text) == domain.PROBLEM_CHARACTERS
    assert domain.hear_customer(long, line("more"), assignee_stays=True) == []


def test_a_cut_keeps_a_family_together() -> None:
    family = "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}"
    assert domain.cut("ab" + family, 4) == "ab"
    assert domain.cut("ab" + family, 7) == "ab" + family
    assert domain.cut("e" + "\u0301" * 300, 200) == "e" + "\u0301" * 199


graphemes = st.sampled_from(
    ["a", "é", "e\u0301", "\U0001f1e9\U0001f1ea", "👩‍👩‍👧", "각", "\r\n", "👍🏽", "நி"]
)


@given(st.lists(graphemes, max_size=60).map("".join), st.integers(15, 80))
def test_a_cut_is_the_longest_run_of_whole_graphemes_within_the_limit(
    text: str, limit: int
) -> None:
    short = domain.cut(text, limit)
    whole = regex.findall(r"\X", text)
    kept = regex.findall(r"\X", short)
    assert whole[: len(kept)] == kept
    assert len(short) <= limit
    assert len(kept) == len(whole) or len(short) + len(whole[len(kept)]) > limit


Press = Callable[[Case, str, int, datetime], Change | None]
FROM: dict[Press, str] = {
    domain.assign: "unassigned",
    domain.resolve: "assigned",
    domain.reopen: "resolved",
}
presses = st.sampled_from(list(FROM))


@dataclass(frozen=True)
class Seen:
    """What a technician's screen showed at some moment."""

    state: str
    state_version: int


class Lives(RuleBasedStateMachine):
    """Technicians with old and new screens, and a customer, all at one case."""

    screens = Bundle("screens")
    people = st.sampled_from([ANN, BEN, "00000000-0000-7000-8000-00000000000c"])

    @initialize(target=screens)
    def begin(self) -> Seen:
        self.time = AT
        self.case = fresh()
        self.versions = [1]
        self.winners: dict[int, str] = {}
        return self.look()

    def look(self) -> Seen:
        return Seen(self.case.now.state, self.case.now.state_version)

    @rule(target=screens)
    def refresh(self) -> Seen:
        return self.look()

    @rule(by=people, seen=screens, press=presses)
    def press(self, by: str, seen: Seen, press: Press) -> None:
        self.time += timedelta(seconds=1)
        before = self.case
        change, news = self.outcome(press, by, seen)
        if news is not None:
            assert news.case == before
            assert seen != self.look() or seen.state != FROM[press]
        elif change is None:
            assert by in {before.now.assignee_id, before.now.changed_by}
        else:
            assert seen == self.look()
            assert seen.state_version not in self.winners
            assert change.case.now.changed_by == by
            self.winners[seen.state_version] = by
            self.take(change)

    @rule(by=people, press=presses)
    def press_twice(self, by: str, press: Press) -> None:
        seen = self.look()
        change, _ = self.outcome(press, by, seen)
        if change is not None:
            self.take(change)
            assert self.outcome(press, by, seen) == (None, None)

    def outcome(
        self, press: Press, by: str, seen: Seen
    ) -> tuple[Change | None, CaseMovedOn | None]:
        try:
            return press(self.case, by, seen.state_version, self.time), None
        except CaseMovedOn as news:
            return None, news

    @rule(text=st.text(min_size=1, max_size=3_000), stays=st.booleans())
    def customer_writes(self, text: str, stays: bool) -> None:
        was = self.case.now.state
        for change in domain.hear_customer(self.case, line(text), assignee_stays=stays):
            self.take(change)
        assert self.case.now.state != "resolved"
        assert was in {self.case.now.state, "resolved"}

    @rule()
    def technician_writes(self) -> None:
        self.case = domain.hear_technician(self.case)

    @rule()
    def chat_ends(self) -> None:
        was = self.case.now.state
        change = domain.end_chat(self.case, self.time)
        assert (change is None) == (not self.case.now.live)
        if change:
            self.take(change)
        assert self.case.now.state == was

    def take(self, change: Change) -> None:
        turned = change.case.now.state_version - self.case.now.state_version
        same = (change.case.now.state, change.case.now.assignee_id) == (
            self.case.now.state,
            self.case.now.assignee_id,
        )
        assert turned == (0 if same else 1)
        self.case = change.case
        self.versions.append(change.case.version)

    @invariant()
    def versions_have_no_gap(self) -> None:
        assert self.versions == list(range(1, len(self.versions) + 1))

    @invariant()
    def the_fields_agree_with_the_state(self) -> None:
        now = self.case.now
        assert (now.assignee_id is None) == (now.state == "unassigned")
        assert (now.assigned_at is None) == (now.state == "unassigned")
        assert (now.resolved_at is not None) == (now.state == "resolved")
        assert (now.ended_at is None) == now.live
        assert sum(len(told.text) for told in self.case.text.problem) <= domain.PROBLEM_CHARACTERS
        assert len(self.case.text.problem) <= domain.PROBLEM_LINES
        assert len(self.case.text.preview) <= domain.PREVIEW_CHARACTERS


Lives.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestLives = Lives.TestCase


def test_a_case_does_not_change_under_its_reader() -> None:
    case = fresh()
    domain.assign(case, ANN, 1, datetime.now(UTC))
    assert case == replace(case)
    assert case.now.state == "unassigned"
