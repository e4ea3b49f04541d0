from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from chassis.ids import derived_id, new_id
from services.cases import decisions, domain
from services.cases.actions import (
    Act,
    AnyAction,
    Doing,
    Label,
    Note,
    Open,
    Pend,
    Reopen,
    Resolve,
    Snooze,
    Spam,
    Title,
    Transfer,
    apply,
)
from services.cases.decisions import LONGEST_SNOOZE, Asked, SnoozeInPast, SnoozeTooLong
from services.cases.domain import Case, CaseMovedOn, Change
from services.cases.tests import deciding
from services.cases.tests.examples import ANN, AT, BEN, fresh, line

TOMORROW = AT + timedelta(days=1)


def did(case: Case, action: Act, by: str | None = ANN, at: datetime = AT) -> list[Change]:
    return apply(action, case, Doing(Asked(by, at, case.now.state_version), new_id()))


def after(case: Case, *actions: Act, by: str = ANN) -> Case:
    for action in actions:
        for change in did(case, action, by):
            case = change.case
    return case


def assigned() -> Case:
    change = deciding.assign(fresh(), ANN, 1, AT)
    assert change is not None
    return change.case


def says(case: Case, *names: str) -> dict[str, Any]:
    return case.now.model_dump(include=set(names))


def test_a_snoozed_case_keeps_its_technician_and_wakes_with_them() -> None:
    asleep = after(assigned(), Snooze(until=TOMORROW))
    assert says(asleep, "state", "assignee_id", "snoozed_until") == {
        "state": "snoozed",
        "assignee_id": ANN,
        "snoozed_until": TOMORROW,
    }
    (woken,) = domain.wake(asleep, "due", assignee_stays=True)
    assert says(woken.case, "state", "assignee_id", "snoozed_until") == {
        "state": "assigned",
        "assignee_id": ANN,
        "snoozed_until": None,
    }


def test_a_snoozed_case_whose_technician_left_waits_for_another() -> None:
    (woken,) = domain.wake(after(assigned(), Snooze(until="reply")), "due", assignee_stays=False)
    assert says(woken.case, "state", "assignee_id") == {"state": "unassigned", "assignee_id": None}


def test_the_customers_reply_wakes_whatever_the_snooze_was_for() -> None:
    for until in ("reply", TOMORROW):
        asleep = after(assigned(), Snooze(until=until))
        heard, woken = domain.hear_customer(asleep, [line("Hello?")], assignee_stays=True)
        assert heard.case.now.waiting_since == AT
        assert (woken.case.now.state, woken.tells["reason"]) == ("assigned", "reply")


def test_what_the_customer_wrote_while_it_was_decided_is_a_reply() -> None:
    """It is heard first, on its own way; whoever put the case off has not read it."""
    question = line("Hello?").model_copy(update={"time": AT + timedelta(milliseconds=1)})
    (heard,) = domain.hear_customer(assigned(), [question], assignee_stays=True)
    for until in ("reply", TOMORROW):
        asleep, woken = did(heard.case, Snooze(until=until))
        assert (asleep.case.now.state, woken.case.now.state) == ("snoozed", "assigned")
        assert (woken.tells["reason"], woken.case.now.assignee_id) == ("reply", ANN)
    (later,) = did(heard.case, Snooze(until="reply"), at=AT + timedelta(seconds=1))
    assert later.case.now.state == "snoozed"


def test_a_snooze_into_the_past_is_refused_and_changes_nothing() -> None:
    with pytest.raises(SnoozeInPast):
        did(assigned(), Snooze(until=AT - timedelta(seconds=1)))


def test_a_snooze_for_longer_than_a_year_is_refused() -> None:
    with pytest.raises(SnoozeTooLong):
        did(assigned(), Snooze(until=AT + LONGEST_SNOOZE + timedelta(seconds=1)))
    after(assigned(), Snooze(until=AT + LONGEST_SNOOZE))


@pytest.mark.parametrize("by", [ANN, BEN])
def test_who_reopens_a_case_that_sleeps_has_it_awake(by: str) -> None:
    asleep = after(assigned(), Snooze(until="reply"))
    (woken,) = did(asleep, Reopen(), by=by)
    assert (woken.event.type_name(), woken.case.now.state) == ("case.woken", "assigned")
    assert woken.case.now.assignee_id == by


def test_who_opens_a_case_has_it() -> None:
    for start in (fresh(), after(assigned(), Pend()), after(assigned(), Snooze(until="reply"))):
        assert says(after(start, Open(), by=BEN), "state", "assignee_id") == {
            "state": "assigned",
            "assignee_id": BEN,
        }
    resolved = after(assigned(), Resolve())
    assert after(resolved, Open(), by=BEN).now.assignee_id == BEN


def test_a_pending_case_is_nobodys_until_its_customer_writes() -> None:
    pending = after(assigned(), Pend())
    assert says(pending, "state", "assignee_id") == {"state": "pending", "assignee_id": None}
    heard, ready = domain.hear_customer(pending, [line("Hello?")], assignee_stays=False)
    assert (heard.event.type_name(), ready.case.now.state) == ("case.described", "unassigned")


def test_a_case_is_given_to_a_colleague_and_back_to_the_queue() -> None:
    (given,) = did(assigned(), Transfer(to=BEN))
    assert given.event.type_name() == "case.transferred"
    assert (given.tells, given.case.now.assignee_id) == (
        {"technician_id": BEN, "from_id": ANN},
        BEN,
    )
    queued = after(given.case, Transfer(to=None))
    assert says(queued, "state", "assignee_id") == {"state": "unassigned", "assignee_id": None}


def test_who_is_given_a_case_that_waits_has_joined_it() -> None:
    (given,) = did(fresh(), Transfer(to=BEN))
    assert (given.event.type_name(), given.tells["technician_id"]) == ("case.assigned", BEN)
    assert given.case.now.changed_by == ANN


def test_a_transfer_comes_behind_its_note_which_calls_who_gets_the_case() -> None:
    noted, given = did(assigned(), Transfer(to=BEN, note="Please look at the lamp"))
    assert (noted.event.type_name(), given.event.type_name()) == ("case.noted", "case.transferred")
    assert noted.tells["mentions"] == (BEN,)
    assert given.case.version == noted.case.version + 1


def test_racing_decisions_lose_to_the_first() -> None:
    seen = assigned()
    taken = after(seen, Transfer(to=BEN), by=BEN)
    for late in (Resolve(), Pend(), Snooze(until="reply"), Transfer(to=None)):
        with pytest.raises(CaseMovedOn) as news:
            apply(late, taken, Doing(Asked(ANN, AT, seen.now.state_version), new_id()))
        assert news.value.case == taken


def test_resolving_what_nobody_had_makes_it_ones_own() -> None:
    assert says(after(fresh(), Resolve()), "state", "assignee_id") == {
        "state": "resolved",
        "assignee_id": ANN,
    }


def test_labels_are_a_set_and_outdate_nothing() -> None:
    red, blue = derived_id("red"), derived_id("blue")
    case = after(assigned(), Label(add=(red, blue)), Label(add=(red,)), Label(remove=(blue,)))
    assert case.now.labels == (red,)
    assert case.now.state_version == assigned().now.state_version


def test_spam_is_marked_and_resolved_and_can_be_unmarked() -> None:
    spam = after(fresh(), Spam())
    assert says(spam, "spam", "state") == {"spam": True, "state": "resolved"}
    assert says(after(spam, Spam(spam=False)), "spam", "state") == {
        "spam": False,
        "state": "resolved",
    }


def test_a_note_says_nothing_of_the_state() -> None:
    (noted,) = did(assigned(), Note(client_id=ANN, text="Look", mentions=(BEN,)))
    assert noted.case == replace(assigned(), version=assigned().version + 1)
    assert noted.tells["note"] == "Look"


def moment(case: Case) -> decisions.Moment:
    return decisions.Moment(case.version, case.now, case.text)


def undone(case: Case, before: Case, after: Case, by: str = ANN) -> Case:
    asked = Asked(by, AT, case.now.state_version)
    (change,) = decisions.undo(case, asked, moment(before), moment(after))
    return change.case


def test_a_reopening_that_is_taken_back_leaves_the_case_as_it_was_resolved() -> None:
    rated = domain.answer_survey(after(assigned(), Resolve()), 2, "Took long.", offered=True).case
    reopened = after(rated, Reopen(), by=BEN)
    assert (reopened.now.rating, reopened.text.rating_comment) == (None, "")
    back = undone(reopened, rated, reopened, by=BEN)
    assert says(back, *decisions.STATE_FIELDS) == says(rated, *decisions.STATE_FIELDS)
    assert (back.now.rating, back.text.rating_comment) == (2, "Took long.")


@pytest.mark.parametrize("asleep", [Resolve(), Pend(), Snooze(until=TOMORROW)])
def test_what_the_customer_wrote_meanwhile_is_not_put_to_sleep_by_an_undo(asleep: Act) -> None:
    before = after(assigned(), asleep)
    opened = after(before, Open(), by=BEN)
    heard = replace(
        opened, version=opened.version + 1, now=opened.now.model_copy(update={"customer_at": AT})
    )
    assert undone(opened, before, opened, by=BEN).now.state == before.now.state
    with pytest.raises(CaseMovedOn):
        undone(heard, before, opened, by=BEN)


def test_a_title_that_somebody_changed_since_is_not_taken_back() -> None:
    before = assigned()
    named = after(before, Title(title="Lamp"))
    assert undone(named, before, named).text.title == ""
    with pytest.raises(CaseMovedOn):
        undone(after(named, Title(title="Dark lamp"), by=BEN), before, named)


def test_only_the_last_word_of_a_history_is_taken_back() -> None:
    before = assigned()
    resolved = after(before, Resolve())
    moments = [decisions.Moment(it.version, it.now, it.text) for it in (before, resolved)]
    reopened = after(resolved, Open(), by=BEN)
    with pytest.raises(CaseMovedOn):
        decisions.undo(reopened, Asked(ANN, AT, reopened.now.state_version), *moments)
    (restored,) = decisions.undo(resolved, Asked(ANN, AT, resolved.now.state_version), *moments)
    assert says(restored.case, "state", "assignee_id", "resolved_at") == says(
        before, "state", "assignee_id", "resolved_at"
    )
    assert restored.case.now.state_version == resolved.now.state_version + 1


@pytest.mark.parametrize(
    "broken",
    [
        {"do": "explode"},
        {"do": "snooze", "until": "someday"},
        {"do": "snooze", "until": "2026-01-06T09:00:00"},
        {"do": "snooze", "until": "tomorrow", "time_zone": "Mars/Olympus"},
        {"do": "label"},
        {"do": "priority", "priority": "huge"},
        {"do": "title", "title": "x" * 201},
        {"do": "note", "client_id": ANN, "text": ""},
        {"do": "assign", "to": BEN},
    ],
)
def test_a_broken_action_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(AnyAction).validate_python(broken)
