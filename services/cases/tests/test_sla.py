"""Service levels: clocks that follow a case, held against an oracle that counts second by second."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.ids import new_id
from chassis.office_hours import OfficeHours, worked
from contracts.cases import CaseOpened, SlaClock
from contracts.envelope import Actor
from contracts.sla import CaseSlaBreached, CaseSlaWarned
from services.cases import decisions, domain, sla
from services.cases.decisions import Asked
from services.cases.domain import Case, Change
from services.cases.history import Entry, entry_of
from services.cases.keeping import Cause, announced
from services.cases.sla import KINDS, Policy, Targets
from services.cases.sla_lives import Tally, lived, tallied, tried
from services.cases.tests.examples import ANN, AT, fresh, line
from services.cases.whatif import Life

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
# AT is a Monday, nine o'clock in UTC.
NINE_TO_FIVE = OfficeHours("UTC", (*(((9 * 60, 12 * 60), (13 * 60, 17 * 60)),) * 5, (), ()))
ALL = Policy(Targets(first_response=30, next_response=60, resolution=8 * 60), hours=NINE_TO_FIVE)


@dataclass
class Told:
    """A case that is kept as the keeper keeps it, but for the database."""

    policy: Policy
    case: Case = field(default_factory=fresh)
    entries: list[Entry] = field(default_factory=list)
    rang: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        begun = Change(CaseOpened, self.case)
        self._keep(None, begun, AT)

    def do(self, changes: list[Change], at: datetime) -> None:
        self.ring(at - timedelta(milliseconds=1))
        before = self.case
        for change in changes:
            self._keep(self.case, change, at)
        for change in sla.late(before, self.case):
            self._keep(self.case, change, at)

    def ring(self, at: datetime) -> None:
        """As the timer does, which is set to the next look each time."""
        while (look := self.next_look()) is not None and look <= at:
            changes = sla.ring(self.case, look, self.policy)
            assert changes, "the timer fired for nothing"
            for change in changes:
                self._keep(self.case, change, look)

    def next_look(self) -> datetime | None:
        return sla.next_look(self.case.now.sla_clocks, self.case.now.priority, self.policy)

    def _keep(self, before: Case | None, change: Change, at: datetime) -> None:
        if change.event in sla.OWN:
            self.rang.append((change.event.type_name(), change.tells["kind"]))
        else:
            clocks = () if before is None else before.now.sla_clocks
            case = change.case
            clocks = sla.follow(clocks, case.now, at, self.policy, answered=case.answered)
            now = case.now.model_copy(update=sla.stated(clocks))
            change = replace(change, case=replace(case, now=now))
        self.case = change.case
        cause = Cause(at, Actor(kind="system", via="cases"), new_id())
        self.entries.append(entry_of(announced(change, cause), text_changed=False))

    # ---- what happens ----

    def ask(self, at: datetime) -> None:
        said = line("Hello?").model_copy(update={"time": at})
        self.do(domain.hear_customer(self.case, [said], assignee_stays=True), at)

    def answer(self, at: datetime) -> None:
        self.do(domain.hear_technician(self.case, ANN), at)

    def decide(self, decision: str, at: datetime) -> None:
        asked = Asked(ANN, at, self.case.now.state_version)
        match decision:
            case "assign" if self.case.now.state in domain.INCOMING:
                self.do(decisions.assign(self.case, asked), at)
            case "open" if self.case.now.state != "assigned":
                self.do(decisions.set_open(self.case, asked), at)
            case "resolve" if self.case.now.state != "resolved":
                self.do(decisions.resolve(self.case, asked), at)
            case "pend" if self.case.now.state != "resolved":
                self.do(decisions.mark_pending(self.case, asked), at)
            case "snooze" if self.case.now.state != "resolved":
                self.do(decisions.snooze(self.case, asked, None), at)
            case "urgent" | "normal":
                self.do(decisions.mark(self.case, asked, priority=decision), at)

    def clock(self, kind: str) -> SlaClock:
        return next(it for it in self.case.now.sla_clocks if it.kind == kind)

    @property
    def due(self) -> dict[str, datetime | None]:
        return {it.kind: it.due_at for it in self.case.now.sla_clocks}


# ---- in the words of the feature -----------------------------------------------------------------


def test_a_new_case_is_due_for_its_first_answer_and_its_resolution() -> None:
    told = Told(ALL)
    assert told.due == {"first_response": AT + 30 * MINUTE, "resolution": AT + 25 * HOUR}
    assert told.case.now.sla_due_at == AT + 30 * MINUTE
    assert told.case.now.sla_kind == "first_response"


def test_an_answer_in_time_meets_the_first_and_the_next_begins_with_the_next_question() -> None:
    told = Told(ALL)
    told.answer(AT + 10 * MINUTE)
    assert told.clock("first_response").met_at == AT + 10 * MINUTE
    assert told.case.now.sla_kind == "resolution"
    told.ask(AT + HOUR)
    told.ask(AT + HOUR + MINUTE)
    assert told.due["next_response"] == AT + 2 * HOUR
    told.answer(AT + 2 * HOUR)
    assert told.clock("next_response").met_at == AT + 2 * HOUR
    told.ask(AT + 5 * HOUR)
    assert told.due["next_response"] == AT + 6 * HOUR
    assert told.clock("next_response").met_at is None
    assert told.rang == [("case.sla_warned", "next_response")]


def test_a_warning_comes_before_the_breach_and_each_once() -> None:
    told = Told(ALL)
    assert told.next_look() == AT + 22.5 * MINUTE
    told.ring(AT + 29 * MINUTE)
    assert told.rang == [("case.sla_warned", "first_response")]
    assert told.case.now.sla_warned_at == AT + 22.5 * MINUTE
    told.ring(AT + 2 * HOUR)
    assert told.rang[1:] == [("case.sla_breached", "first_response")]
    assert told.case.now.sla_breached_at == AT + 30 * MINUTE
    # Overdue goes on being what the case is about, until somebody answers.
    assert told.case.now.sla_due_at == AT + 30 * MINUTE
    told.answer(AT + 3 * HOUR)
    assert told.case.now.sla_kind == "resolution"
    assert told.clock("first_response").breached_at == AT + 30 * MINUTE
    assert len(told.rang) == 2


def test_a_clock_that_was_put_forward_tells_of_the_breach_alone() -> None:
    told = Told(ALL)
    changes = sla.ring(told.case, AT + HOUR, ALL)
    assert [change.event for change in changes] == [CaseSlaBreached]


def test_what_comes_too_late_is_a_breach_also_if_no_timer_had_looked() -> None:
    told = Told(ALL)
    case, at = told.case, AT + HOUR
    (answered,) = domain.hear_technician(case, ANN)
    clocks = sla.follow(case.now.sla_clocks, answered.case.now, at, ALL, answered=True)
    now = answered.case.now.model_copy(update=sla.stated(clocks))
    (breach,) = sla.late(case, replace(answered.case, now=now))
    assert breach.event is CaseSlaBreached
    assert breach.tells == {"kind": "first_response", "due_at": AT + 30 * MINUTE}


@pytest.mark.parametrize("aside", ["snooze", "pend", "resolve"])
def test_clocks_stand_still_while_a_case_is_put_aside(aside: str) -> None:
    told = Told(ALL)
    told.answer(AT + 10 * MINUTE)
    told.decide(aside, AT + HOUR)
    assert told.case.now.sla_due_at is None
    assert told.next_look() is None
    told.decide("open", AT + 2 * HOUR)
    # The hour in between does not count.
    assert told.due["resolution"] == AT + 26 * HOUR
    assert told.clock("resolution").met_at is None


def test_an_answer_alone_does_not_stop_the_resolution() -> None:
    told = Told(ALL)
    told.answer(AT + MINUTE)
    assert told.due["resolution"] == AT + 25 * HOUR


def test_a_reply_that_wakes_a_snoozed_case_is_due_from_when_it_came() -> None:
    told = Told(ALL)
    told.answer(AT + MINUTE)
    told.decide("snooze", AT + 2 * MINUTE)
    told.ask(AT + HOUR)
    assert told.due["next_response"] == AT + 2 * HOUR


def test_another_priority_has_other_times_and_keeps_what_was_used() -> None:
    urgent = replace(ALL, by_priority={"urgent": Targets(first_response=5)})
    told = Told(urgent)
    told.decide("urgent", AT + 2 * MINUTE)
    assert told.due == {"first_response": AT + 5 * MINUTE, "resolution": AT + 25 * HOUR}
    told.decide("normal", AT + 3 * MINUTE)
    assert told.due["first_response"] == AT + 30 * MINUTE


def test_a_breach_that_another_priority_takes_back_is_one_no_more() -> None:
    told = Told(replace(ALL, by_priority={"urgent": Targets(first_response=5)}))
    told.decide("urgent", AT + MINUTE)
    told.ring(AT + 6 * MINUTE)
    assert told.case.now.sla_breached_at is not None
    told.decide("normal", AT + 7 * MINUTE)
    assert told.case.now.sla_breached_at is None
    assert told.case.now.sla_warned_at is None


def test_without_promises_there_are_no_clocks() -> None:
    assert Told(sla.NOTHING).case.now.sla_clocks == ()
    assert not sla.NOTHING.promises
    assert replace(sla.NOTHING, by_priority={"high": Targets(resolution=1)}).promises


def test_no_warning_where_none_is_wanted() -> None:
    told = Told(replace(ALL, warn_percent=0))
    assert told.next_look() == AT + 30 * MINUTE


# ---- against oracles -----------------------------------------------------------------------------

WHAT = ("ask", "answer", "assign", "open", "resolve", "pend", "snooze", "urgent", "normal")
histories = st.lists(st.tuples(st.sampled_from(WHAT), st.integers(1, 300)), max_size=12)
targets = st.builds(Targets, *[st.none() | st.integers(1, 600)] * 3)
policies = st.builds(
    Policy,
    targets,
    st.dictionaries(st.sampled_from(["urgent", "low"]), targets, max_size=2),
    st.sampled_from([0, 10, 25, 90]),
    st.sampled_from([None, NINE_TO_FIVE]),
)


def play(policy: Policy, history: list[tuple[str, int]]) -> tuple[Told, datetime]:
    told, at = Told(policy), AT
    for what, minutes in history:
        at += MINUTE * minutes
        if what == "ask":
            told.ask(at)
        elif what == "answer":
            told.answer(at)
        else:
            told.decide(what, at)
    at += 5 * HOUR
    told.ring(at)
    return told, at


def unnoted(clocks: tuple[SlaClock, ...]) -> list[SlaClock]:
    """Without when it was told of, which the timer alone knows; that it was remains."""
    return [
        it.model_copy(update={"warned_at": None, "breached_at": it.breached_at and AT})
        for it in clocks
    ]


@settings(deadline=None)
@given(policies, histories)
def test_the_clocks_of_a_case_are_those_of_its_history(
    policy: Policy, history: list[tuple[str, int]]
) -> None:
    told, at = play(policy, history)
    clocks, _ = lived(told.entries, policy, at)
    assert unnoted(clocks) == unnoted(told.case.now.sla_clocks)


@settings(deadline=None)
@given(policies, histories)
def test_each_promise_is_warned_of_and_breached_at_most_once_in_a_cycle(
    policy: Policy, history: list[tuple[str, int]]
) -> None:
    told, _ = play(policy, history)
    for kind in ("first_response",):
        mine = [name for name, it in told.rang if it == kind]
        if not policy.by_priority:
            assert len(mine) == len(set(mine))
            assert mine in (
                [],
                ["case.sla_warned"],
                ["case.sla_breached"],
                ["case.sla_warned", "case.sla_breached"],
            )


@settings(deadline=None)
@given(policies.filter(lambda it: not it.by_priority), histories)
def test_the_resolution_has_used_the_minutes_in_which_the_case_was_at_work(
    policy: Policy, history: list[tuple[str, int]]
) -> None:
    told, at = play(policy, history)
    if policy.targets.resolution is None:
        return
    used, minute = 0, AT
    while minute < at:
        last = [entry for entry in told.entries if entry.time <= minute][-1].now
        aside = last.state in {"resolved", "snoozed"} or (
            last.state == "pending" and last.changed_by
        )
        open_now = policy.hours is None or (
            minute.weekday() < 5 and (9 <= minute.hour < 12 or 13 <= minute.hour < 17)
        )
        used += bool(open_now and not aside)
        minute += MINUTE
    clock = told.clock("resolution")
    running = clock.running_since
    counted = timedelta(seconds=clock.used)
    if running is not None:
        counted += worked(policy.hours, running, at)
    assert counted == MINUTE * used
    overdue = used >= policy.targets.resolution
    assert (clock.breached_at is not None) == overdue or clock.due_at is None


# ---- trying out ----------------------------------------------------------------------------------


def test_a_trial_tells_what_would_have_been_otherwise() -> None:
    told = Told(ALL)
    told.answer(AT + 20 * MINUTE)
    told.ask(AT + HOUR)
    told.answer(AT + 90 * MINUTE)
    told.decide("resolve", AT + 2 * HOUR)
    life = Life(told.case.id, tuple(told.entries), AT, AT + 30 * 24 * HOUR)
    strict = Policy(Targets(first_response=10, next_response=40, resolution=60), hours=NINE_TO_FIVE)
    outcome = tried(life, ALL, strict)
    assert outcome.before == dict.fromkeys(KINDS, Tally(met=1))
    assert outcome.after == {
        "first_response": Tally(breached=1),
        "next_response": Tally(met=1),
        "resolution": Tally(breached=1),
    }
    assert outcome.changes
    assert not tried(life, ALL, replace(ALL, warn_percent=0)).changes


def test_what_ended_before_the_span_does_not_count() -> None:
    told = Told(ALL)
    told.answer(AT + 20 * MINUTE)
    told.decide("resolve", AT + 2 * HOUR)
    _, ends = lived(told.entries, ALL, AT + 3 * HOUR)
    assert tallied(ends, AT + HOUR) == {"resolution": Tally(met=1)}


def test_a_case_that_is_reopened_counts_by_its_last_resolution() -> None:
    told = Told(ALL)
    told.answer(AT + MINUTE)
    told.decide("resolve", AT + HOUR)
    told.decide("open", AT + 2 * HOUR)
    told.decide("resolve", AT + 3 * 24 * HOUR)
    _, ends = lived(told.entries, ALL, AT + 10 * 24 * HOUR)
    assert tallied(ends, AT)["resolution"] == Tally(breached=1)


def test_an_event_of_its_own_leaves_the_clocks_as_it_says() -> None:
    told = Told(ALL)
    (warned,) = sla.ring(told.case, AT + 23 * MINUTE, ALL)
    assert warned.event is CaseSlaWarned
    assert warned.case.version == told.case.version + 1
    assert warned.case.now.state_version == told.case.now.state_version
