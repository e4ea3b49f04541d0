"""The promise of the delivery ledger, walked at random: whatever breaks, no server gets a mail twice."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from services.notify import domain
from services.notify.domain import CLAIM, Mail, Outcome, Persistence
from services.notify.tests.examples import AT, mail

PERSISTENCE = Persistence(timedelta(seconds=10), timedelta(hours=1), timedelta(hours=24))
ANSWERS = {
    "taken": Outcome("accepted", "250"),
    "taken, answer lost": Outcome("unknown", "disconnected"),
    "not taken, answer lost": Outcome("unknown", "timeout"),
    "not now": Outcome("waiting", "451"),
    "never": Outcome("failed", "550"),
}


def line(**different: object) -> Mail:
    return replace(domain.requested(mail(), AT), **different)  # type: ignore[arg-type]


def claimed(seen: Mail, seconds: float = 0) -> Mail | None:
    return domain.claimed(seen, AT + timedelta(seconds=seconds), PERSISTENCE)


def sending(attempts: int = 1) -> Mail:
    return line(state="sending", attempts=attempts, due=AT + CLAIM)


# ---- one step at a time --------------------------------------------------------------------------


def test_a_mail_is_claimed_once() -> None:
    first = claimed(line())
    assert first is not None
    assert (first.state, first.attempts, first.due) == ("sending", 1, AT + CLAIM)
    assert claimed(first) is None


def test_a_broken_try_is_taken_up_again_if_nothing_had_left() -> None:
    again = claimed(sending(), CLAIM.total_seconds())
    assert again is not None
    assert (again.state, again.attempts, again.reason) == ("sending", 2, "interrupted")


def test_a_try_that_broke_behind_the_hand_over_is_unknown_for_good() -> None:
    lost = claimed(replace(sending(), handed=True), CLAIM.total_seconds())
    assert lost is not None
    assert (lost.state, lost.reason, lost.due) == ("unknown", "interrupted", None)
    assert claimed(lost, 1e6) is None


def test_who_lost_the_claim_may_not_hand_over() -> None:
    assert domain.handed_over(sending(2), attempt=1) is None
    assert domain.handed_over(line(state="unknown", attempts=1), attempt=1) is None
    handed = domain.handed_over(sending(2), attempt=2)
    assert handed is not None
    assert handed.handed


@pytest.mark.parametrize("outcome", [o for o in ANSWERS.values() if o.state != "waiting"])
def test_an_answer_is_noted(outcome: Outcome) -> None:
    settled = domain.settled(sending(), 1, outcome, AT, PERSISTENCE)
    assert settled is not None
    assert (settled.state, settled.reason, settled.due) == (outcome.state, outcome.reason, None)
    assert domain.settled(settled, 1, outcome, AT, PERSISTENCE) is None


def test_the_truth_that_comes_late_counts() -> None:
    lost = line(state="unknown", attempts=1, due=None, handed=True)
    settled = domain.settled(lost, 1, ANSWERS["taken"], AT, PERSISTENCE)
    assert settled is not None
    assert settled.state == "accepted"


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 10), (2, 20), (3, 40), (9, 2560), (10, 3600), (500, 3600)]
)
def test_the_waits_double_up_to_an_hour(attempts: int, seconds: int) -> None:
    settled = domain.settled(sending(attempts), attempts, ANSWERS["not now"], AT, PERSISTENCE)
    assert settled is not None
    assert settled.due == AT + timedelta(seconds=seconds)


def test_after_a_day_it_is_given_up() -> None:
    late = AT + timedelta(hours=24)
    settled = domain.settled(sending(), 1, ANSWERS["not now"], late, PERSISTENCE)
    assert settled is not None
    assert (settled.state, settled.reason, settled.due) == ("failed", "451", None)


def test_tries_that_only_ever_break_off_are_given_up_too() -> None:
    found = claimed(sending(1000), timedelta(hours=25).total_seconds())
    assert found is not None
    assert (found.state, found.reason, found.due) == ("failed", "interrupted", None)


def test_each_change_is_told_once() -> None:
    tried = sending()
    first = domain.announced(tried, 2)
    assert domain.announced(tried, 2).id == first.id
    assert domain.announced(replace(tried, attempts=2), 4).id != first.id
    assert (first.state, first.attempts, first.aggregate_version) == ("sending", 1, 2)


# ---- all of it together --------------------------------------------------------------------------


@dataclass
class Process:
    """Somebody who claimed the mail; it may stand still for any time between two of its steps."""

    attempt: int
    handed: bool = False
    outcome: Outcome | None = None


class Delivery(RuleBasedStateMachine):
    """One mail, one server, and processes that die, stand still, and wake up at the worst moment."""

    def __init__(self) -> None:
        super().__init__()
        self.mail = line()
        self.now = AT
        self.taken = 0
        self.processes: list[Process] = []

    @rule(seconds=st.sampled_from([1, 16, 60, 4000, 100_000]))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def somebody_looks(self) -> None:
        found = domain.claimed(self.mail, self.now, PERSISTENCE)
        if found is not None:
            self.mail = found
            if found.state == "sending":
                self.processes.append(Process(found.attempts))

    @precondition(lambda self: self.processes)
    @rule(data=st.data(), answer=st.sampled_from(sorted(ANSWERS)))
    def a_process_goes_on(self, data: st.DataObject, answer: str) -> None:
        process = data.draw(st.sampled_from(self.processes))
        if process.outcome is not None:
            self._settle(process)
        elif process.handed:
            self.taken += answer.startswith("taken")
            process.outcome = ANSWERS[answer]
        else:
            self._hand_over(process)

    def _hand_over(self, process: Process) -> None:
        handed = domain.handed_over(self.mail, process.attempt)
        if handed is None:
            self.processes.remove(process)
            return
        self.mail, process.handed = handed, True

    def _settle(self, process: Process) -> None:
        assert process.outcome is not None
        self.processes.remove(process)
        settled = domain.settled(self.mail, process.attempt, process.outcome, self.now, PERSISTENCE)
        self.mail = settled or self.mail

    @precondition(lambda self: self.processes)
    @rule(data=st.data())
    def a_process_dies(self, data: st.DataObject) -> None:
        self.processes.remove(data.draw(st.sampled_from(self.processes)))

    @precondition(lambda self: any(not p.handed for p in self.processes))
    @rule(data=st.data(), state=st.sampled_from(["waiting", "failed"]))
    def a_server_refuses_before_the_content(self, data: st.DataObject, state: str) -> None:
        process = data.draw(st.sampled_from([p for p in self.processes if not p.handed]))
        process.outcome = Outcome("waiting" if state == "waiting" else "failed", "4xx or 5xx")

    @invariant()
    def no_server_has_it_twice(self) -> None:
        assert self.taken <= 1

    @invariant()
    def what_is_said_is_true(self) -> None:
        if self.mail.state == "accepted":
            assert self.taken == 1
        if self.mail.state in {"requested", "waiting", "failed"}:
            assert self.taken == 0


TestDelivery = Delivery.TestCase
TestDelivery.settings = settings(max_examples=200, stateful_step_count=40, deadline=None)
