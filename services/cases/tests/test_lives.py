"""Hypothesis walks the state machine of a case: technicians, a customer and the bot, in any order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from services.cases import domain
from services.cases.domain import INCOMING, Case, CaseMovedOn, Change, SurveyDone, SurveyNotOpen
from services.cases.problem import PREVIEW_CHARACTERS, PROBLEM_CHARACTERS, PROBLEM_LINES
from services.cases.tests.examples import ANN, AT, BEN, EMAIL, admitted, fresh, line, nameless

Press = Callable[[Case, str, int, datetime], Change | None]
FROM: dict[Press, set[str]] = {
    domain.assign: set(INCOMING),
    domain.resolve: {"assigned"},
    domain.reopen: {"resolved"},
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

    @initialize(target=screens, came=st.sampled_from(["with address", "without", "request"]))
    def begin(self, came: str) -> Seen:
        self.time = AT
        self.case = {
            "with address": fresh(),
            "without": nameless(),
            "request": domain.open_request(admitted().ticket, "Help", AT, 1001).case,
        }[came]
        self.asked = 1 if came == "request" else 0
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
            assert seen != self.look() or seen.state not in FROM[press]
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

    @rule(gone=st.booleans())
    def chat_ends(self, gone: bool) -> None:
        was = self.case.now
        changes = domain.end_chat(self.case, self.time, gone=gone)
        assert bool(changes) == was.live
        for change in changes:
            self.take(change)
        requested = was.live and gone and was.state in INCOMING
        assert (self.case.now.case_type == "request") == (was.case_type == "request" or requested)
        assert self.case.now.state == ("unassigned" if was.state == "pending" else was.state)

    @rule(question=st.text(min_size=1, max_size=10_000), email=st.sampled_from(["", EMAIL]))
    def customer_stops_waiting(self, question: str, email: str) -> None:
        waits = self.case.now.live and self.case.now.state in INCOMING
        try:
            change = domain.stop_waiting(self.case, question, email, self.time)
        except CaseMovedOn:
            assert not waits
            return
        if change is None:
            assert self.case.now.case_type == "request"
            return
        assert waits
        self.asked += 1
        self.take(change)
        assert domain.stop_waiting(self.case, question, email, self.time) is None

    @rule()
    def bot_gives_up(self) -> None:
        for change in domain.become_ready(self.case):
            self.take(change)
        assert self.case.now.state != "pending"

    @rule(email=st.sampled_from([EMAIL, "other@example.com"]))
    def customer_gives_address(self, email: str) -> None:
        for change in domain.learn_email(self.case, email):
            self.take(change)
        assert self.case.text.customer.email == email
        assert self.case.now.state != "pending"

    @rule(rating=st.integers(1, 5), offered=st.booleans())
    def customer_answers(self, rating: int, offered: bool) -> None:
        found = domain.survey_of(self.case, offered=offered)
        try:
            change = domain.answer_survey(self.case, rating, "so-so", offered=offered)
        except SurveyDone:
            assert found == "answered"
        except SurveyNotOpen:
            assert found in {"off", "closed"}
        else:
            assert found == "open"
            self.take(change)
            assert self.case.now.rating == rating

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
        assert (now.assignee_id is None) == (now.state in INCOMING)
        assert (now.assigned_at is None) == (now.state in INCOMING)
        assert (now.resolved_at is not None) == (now.state == "resolved")
        assert (now.requested_at is not None) == (now.case_type == "request")
        assert now.rating is None or now.state == "resolved"
        assert (now.rating is None) == (self.case.text.rating_comment == "")

    @invariant()
    def a_live_chat_has_no_end_and_is_no_request(self) -> None:
        now = self.case.now
        if now.live:
            assert (now.ended_at, now.case_type) == (None, "live_chat")
        elif now.case_type == "live_chat":
            assert now.ended_at is not None

    @invariant()
    def a_pending_case_is_a_live_chat_without_an_address(self) -> None:
        if self.case.now.state == "pending":
            assert self.case.now.live
            assert self.case.text.customer.email == ""

    @invariant()
    def the_problem_is_bounded(self) -> None:
        lengths = sorted(len(told.text) for told in self.case.text.problem)
        assert sum(lengths[: len(lengths) - self.asked]) <= PROBLEM_CHARACTERS
        assert len(lengths) <= PROBLEM_LINES + self.asked
        assert self.asked <= 1
        assert len(self.case.text.preview) <= PREVIEW_CHARACTERS


Lives.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestLives = Lives.TestCase
