"""Hypothesis walks the state machine of a case: technicians, a customer and the bot, in any order."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from chassis.ids import new_id
from services.cases import decisions, domain
from services.cases.actions import (
    Act,
    Assign,
    Doing,
    Flag,
    Label,
    Mute,
    Note,
    Open,
    Pend,
    Prioritise,
    Reopen,
    Resolve,
    Snooze,
    Title,
    Transfer,
    apply,
)
from services.cases.decisions import MARK_FIELDS, STATE_FIELDS, Asked, Moment, NothingToUndo
from services.cases.domain import INCOMING, Case, CaseMovedOn, Change, SurveyDone, SurveyNotOpen
from services.cases.problem import PREVIEW_CHARACTERS, PROBLEM_CHARACTERS, PROBLEM_LINES
from services.cases.tests.examples import ANN, AT, BEN, EMAIL, admitted, fresh, line, nameless

CARL = "00000000-0000-7000-8000-00000000000c"
SOON = AT + timedelta(days=30)
ANY: set[str] = {"pending", "unassigned", "assigned", "snoozed", "resolved"}
FROM: dict[Act, set[str]] = {
    Assign(): set(INCOMING),
    Resolve(): ANY - {"resolved"},
    Reopen(): {"resolved"},
    Open(): ANY - {"assigned"},
    Pend(): ANY - {"resolved"},
    Snooze(until="reply"): ANY - {"resolved"},
    Snooze(until=SOON): ANY - {"resolved"},
    Transfer(to=BEN): ANY - {"resolved"},
    Transfer(to=None): ANY - {"resolved"},
}
MARKS = (
    Label(add=(ANN,)),
    Label(remove=(ANN,)),
    Flag(),
    Prioritise(priority="high"),
    Title(title="Dark lamp"),
    Mute(muted=False),
    Note(client_id=ANN, text="Look"),
)
presses = st.sampled_from(list(FROM))


@dataclass(frozen=True)
class Seen:
    """What a technician's screen showed at some moment."""

    state: str
    state_version: int


class Lives(RuleBasedStateMachine):
    """Technicians with old and new screens, and a customer, all at one case."""

    screens = Bundle("screens")
    people = st.sampled_from([ANN, BEN, CARL])

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
    def press(self, by: str, seen: Seen, press: Act) -> None:
        self.time += timedelta(seconds=1)
        before = self.case
        changes, news = self.outcome(press, by, seen)
        if news is not None:
            assert news.case == before
            assert seen != self.look() or seen.state not in FROM[press]
        elif changes:
            assert seen == self.look()
            assert seen.state_version not in self.winners
            assert changes[-1].case.now.changed_by == by
            self.winners[seen.state_version] = by
            self.take(*changes)

    @rule(by=people, press=presses)
    def press_twice(self, by: str, press: Act) -> None:
        seen = self.look()
        changes, _ = self.outcome(press, by, seen)
        if changes:
            self.take(*changes)
            assert self.outcome(press, by, seen) == ([], None)

    @rule(by=people, press=presses)
    def press_and_take_back(self, by: str, press: Act) -> None:
        before = self.case
        changes, _ = self.outcome(press, by, self.look())
        if not changes:
            return
        self.take(*changes)
        moments = (Moment(it.version, it.now, it.text) for it in (before, self.case))
        asked = Asked(by, self.time, self.case.now.state_version)
        try:
            self.take(*decisions.undo(self.case, asked, *moments))
        except NothingToUndo:
            # What was so already was decided once more, by somebody else: nothing but their name is new.
            assert before.now.state == self.case.now.state
        for name in (*STATE_FIELDS, *MARK_FIELDS):
            assert getattr(self.case.now, name) == getattr(before.now, name)

    @rule(by=people, mark=st.sampled_from(MARKS))
    def mark(self, by: str, mark: Act) -> None:
        before = self.case.now
        changes, _ = self.outcome(mark, by, self.look())
        self.take(*changes)
        assert self.case.now.state_version == before.state_version
        if not isinstance(mark, Note):
            assert self.outcome(mark, by, self.look()) == ([], None)

    def outcome(self, press: Act, by: str, seen: Seen) -> tuple[list[Change], CaseMovedOn | None]:
        doing = Doing(Asked(by, self.time, seen.state_version), new_id())
        try:
            return apply(press, self.case, doing), None
        except CaseMovedOn as news:
            return [], news

    @rule(stays=st.booleans())
    def time_comes(self, stays: bool) -> None:
        self.take(*domain.wake(self.case, "due", assignee_stays=stays))
        assert self.case.now.state != "snoozed"

    @rule(text=st.text(min_size=1, max_size=3_000), stays=st.booleans())
    def customer_writes(self, text: str, stays: bool) -> None:
        was = self.case.now
        self.take(*domain.hear_customer(self.case, [line(text)], assignee_stays=stays))
        now = self.case.now
        assert now.state not in {"resolved", "snoozed"}
        assert now.state != "pending" or was.changed_by is None
        assert now.unanswered == was.unanswered + 1

    @rule()
    def technician_writes(self) -> None:
        self.take(*domain.hear_technician(self.case, ANN))
        assert (self.case.now.waiting_since, self.case.now.unanswered) == (None, 0)

    @rule(gone=st.booleans())
    def chat_ends(self, gone: bool) -> None:
        was = self.case.now
        changes = domain.end_chat(self.case, self.time, gone=gone)
        assert bool(changes) == was.live
        self.take(*changes)
        requested = was.live and gone and was.state in INCOMING
        assert (self.case.now.case_type == "request") == (was.case_type == "request" or requested)
        by_bot = was.state == "pending" and (was.changed_by is None or requested)
        if was.live:
            assert self.case.now.state == ("unassigned" if by_bot else was.state)

    @rule(question=st.text(min_size=1, max_size=10_000), email=st.sampled_from(["", EMAIL]))
    def customer_stops_waiting(self, question: str, email: str) -> None:
        waits = self.case.now.live and self.case.now.state in INCOMING
        try:
            changes = domain.stop_waiting(self.case, question, email, self.time)
        except CaseMovedOn:
            assert not waits
            return
        if not changes:
            assert self.case.now.case_type == "request"
            return
        assert waits
        self.asked += 1
        self.take(changes[0])
        assert domain.stop_waiting(self.case, question, email, self.time) == []

    @rule()
    def bot_gives_up(self) -> None:
        self.take(*domain.become_ready(self.case))
        assert self.case.now.state != "pending"

    @rule(email=st.sampled_from([EMAIL, "other@example.com"]))
    def customer_gives_address(self, email: str) -> None:
        self.take(*domain.learn_email(self.case, email))
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

    def take(self, *changes: Change) -> None:
        for change in changes:
            turned = change.case.now.state_version - self.case.now.state_version
            if self.whose(change.case) != self.whose(self.case):
                assert turned == 1
            assert turned in {0, 1}
            self.case = change.case
            self.versions.append(change.case.version)

    def whose(self, case: Case) -> tuple[str, str | None, datetime | None]:
        return case.now.state, case.now.assignee_id, case.now.snoozed_until

    @invariant()
    def versions_have_no_gap(self) -> None:
        assert self.versions == list(range(1, len(self.versions) + 1))

    @invariant()
    def the_fields_agree_with_the_state(self) -> None:
        now = self.case.now
        if now.state in INCOMING:
            assert now.assignee_id is None
        if now.state in {"assigned", "resolved"}:
            assert now.assignee_id is not None
        assert (now.assignee_id is None) == (now.assigned_at is None)
        assert now.snoozed_until is None or now.state == "snoozed"
        assert (now.unanswered == 0) == (now.waiting_since is None)
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
    def a_case_that_its_bot_holds_is_a_live_chat_without_an_address(self) -> None:
        if self.case.now.state == "pending" and self.case.now.changed_by is None:
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
