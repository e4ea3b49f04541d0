"""The engine of rules: it ends, it is deterministic, and it never acts on what it has led to."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.ids import derived_id
from services.cases import decisions, domain
from services.cases.decisions import Asked
from services.cases.domain import Case
from services.cases.rules import (
    LONGEST_CHAIN,
    TRIGGERS,
    AssigneeIs,
    Cause,
    Condition,
    EmailHas,
    FlaggedIs,
    LabelIs,
    LanguageIs,
    OfficeOpen,
    PortalIs,
    PriorityIs,
    RatedAtMost,
    Rule,
    Seen,
    StateIs,
    TextHas,
    TypeIs,
    WaitedFor,
    conditions_of,
    holding,
    holds,
    sets_off,
    told,
    trigger_of,
    waits_since,
)
from services.cases.tests.examples import ANN, AT, BEN, PORTAL, fresh, line
from services.cases.tests.ruling import rule

LABEL = derived_id("label")


def heard(text: str = "Mí factura está mal") -> Case:
    return domain.hear_customer(fresh(), [line(text)], assignee_stays=False)[-1].case


def taken() -> Case:
    return decisions.assign(heard(), Asked(ANN, AT, 1))[-1].case


@pytest.mark.parametrize(
    ("condition", "case", "expected"),
    [
        (PortalIs(values=(PORTAL,)), heard(), True),
        (PortalIs(values=(LABEL,)), heard(), False),
        (PortalIs(values=(LABEL,), negated=True), heard(), True),
        (TypeIs(values=("live_chat", "email")), heard(), True),
        (TypeIs(values=("request",)), heard(), False),
        (StateIs(values=("unassigned",)), heard(), True),
        (StateIs(values=("unassigned",)), taken(), False),
        (PriorityIs(values=("high", "urgent")), heard(), False),
        (LabelIs(values=(LABEL,)), heard(), False),
        (LabelIs(values=(LABEL,), negated=True), heard(), True),
        (AssigneeIs(values=("nobody",)), heard(), True),
        (AssigneeIs(values=("nobody",)), taken(), False),
        (AssigneeIs(values=("anybody",)), taken(), True),
        (AssigneeIs(values=(BEN,)), taken(), False),
        (AssigneeIs(values=(BEN, ANN)), taken(), True),
        (LanguageIs(values=("en",)), heard(), True),
        (LanguageIs(values=("de",)), heard(), False),
        (FlaggedIs(), heard(), False),
        (FlaggedIs(negated=True), heard(), True),
        (TextHas(values=("MI FACT",)), heard(), True),
        (TextHas(values=("factura mal",)), heard(), True),
        (TextHas(values=("actura",)), heard(), False),
        (TextHas(values=("?!",)), heard(), False),
        (TextHas(values=("lamp", "esta")), heard(), True),
        (EmailHas(values=("@EXAMPLE.com",)), heard(), True),
        (EmailHas(values=("@other",)), heard(), False),
        (RatedAtMost(most=2), heard(), False),
    ],
)
def test_a_condition_holds_or_not(condition: Condition, case: Case, *, expected: bool) -> None:
    assert holds(condition, Seen(case, AT)) is expected


def test_who_waits_does_so_from_their_first_unanswered_message() -> None:
    condition = WaitedFor(minutes=10)
    later = AT + timedelta(minutes=10)
    assert waits_since(heard()) == AT
    assert not holds(condition, Seen(heard(), later - timedelta(seconds=1)))
    assert holds(condition, Seen(heard(), later))
    answered = domain.hear_technician(heard(), ANN)[-1].case
    assert waits_since(answered) is None
    assert not holds(condition, Seen(answered, later))
    resolved = decisions.resolve(taken(), Asked(ANN, AT, 2))[-1].case
    assert not holds(condition, Seen(resolved, later))


def test_office_hours_are_over_when_nobody_works() -> None:
    assert holds(OfficeOpen(), Seen(heard(), AT))
    assert not holds(OfficeOpen(), Seen(heard(), AT, office_open=False))
    assert holds(OfficeOpen(negated=True), Seen(heard(), AT, office_open=False))


def test_all_or_any_of_the_conditions_have_to_hold() -> None:
    yes, no = StateIs(values=("unassigned",)), FlaggedIs()
    seen = Seen(heard(), AT)
    assert holding(rule("wrote"), seen) == ()
    assert holding(rule("wrote", asks=(yes, no)), seen) is None
    assert holding(rule("wrote", asks=(yes, no), match="any"), seen) == (yes,)
    assert holding(rule("wrote", asks=(no,), match="any"), seen) is None
    assert told(StateIs(values=("unassigned",), negated=True)).model_dump() == {
        "what": "state",
        "values": ("unassigned",),
        "negated": True,
    }


def test_only_what_comes_after_it_was_switched_on_sets_it_off() -> None:
    on = replace(rule("wrote"), on=True, on_since=AT)
    assert sets_off(on, Cause("wrote", AT))
    assert not sets_off(on, Cause("wrote", AT - timedelta(seconds=1)))
    assert not sets_off(on, Cause("opened", AT))
    assert not sets_off(replace(on, on=False), Cause("wrote", AT))
    waits = replace(on, trigger="waited", minutes=5)
    assert sets_off(waits, Cause("waited", AT, minutes=5))
    assert not sets_off(waits, Cause("waited", AT, minutes=6))


def test_an_event_has_one_trigger_or_none() -> None:
    assert trigger_of("case.transferred", {"technician_id": ANN}, "technician") == "assigned"
    assert trigger_of("case.transferred", {"technician_id": None}, "technician") == "queued"
    assert trigger_of("case.described", {}, "customer") == "wrote"
    assert trigger_of("case.described", {}, "technician") is None
    for own in ("case.ruled", "case.macro_applied", "case.noted", "something.new"):
        assert trigger_of(own, {}, "system") is None


# ---- whatever is kept in a rule ------------------------------------------------------------------

IDS = st.sampled_from([ANN, BEN, PORTAL, LABEL])
WORDS = st.lists(st.text(min_size=2, max_size=12).filter(str.strip), min_size=1, max_size=3)
CONDITIONS = st.one_of(
    st.builds(PortalIs, values=st.lists(IDS, min_size=1), negated=st.booleans()),
    st.builds(StateIs, values=st.just(("unassigned", "snoozed")), negated=st.booleans()),
    st.builds(PriorityIs, values=st.just(("normal",)), negated=st.booleans()),
    st.builds(LabelIs, values=st.lists(IDS, min_size=1), negated=st.booleans()),
    st.builds(
        AssigneeIs,
        values=st.lists(st.sampled_from([ANN, "nobody", "anybody"]), min_size=1),
        negated=st.booleans(),
    ),
    st.builds(LanguageIs, values=st.just(("en",)), negated=st.booleans()),
    st.builds(FlaggedIs, negated=st.booleans()),
    st.builds(
        TextHas,
        values=st.lists(st.sampled_from(["factura", "no such", "mi mal"]), min_size=1),
        negated=st.booleans(),
    ),
    st.builds(WaitedFor, minutes=st.integers(1, 100), negated=st.booleans()),
    st.builds(RatedAtMost, most=st.integers(1, 5), negated=st.booleans()),
)
RULES = st.builds(
    lambda name, trigger, asks, match: replace(
        rule(trigger, asks=tuple(asks), match=match), id=derived_id(name), on=True
    ),
    st.sampled_from(["a", "b", "c", "d", "e"]),
    st.sampled_from(TRIGGERS),
    st.lists(CONDITIONS, max_size=5),
    st.sampled_from(["all", "any"]),
)


@given(RULES, st.sampled_from([heard(), taken()]), st.integers(0, 7200))
def test_looking_has_one_answer_and_changes_nothing(rule: Rule, case: Case, seconds: int) -> None:
    seen = Seen(case, AT + timedelta(seconds=seconds))
    before = repr((rule, case))
    held = holding(rule, seen)
    assert held == holding(rule, seen)
    assert repr((rule, case)) == before
    answers = [holds(it, seen) for it in rule.conditions]
    expected = all(answers) if rule.match == "all" else any(answers) or not answers
    assert (held is not None) is expected
    assert held is None or all(it in rule.conditions for it in held)


@given(st.lists(CONDITIONS, max_size=5))
def test_a_condition_is_read_as_it_was_kept(conditions: list[Condition]) -> None:
    kept = [it.model_dump(mode="json") for it in conditions]
    assert conditions_of(kept) == tuple(conditions)


@given(st.lists(RULES, max_size=6), st.sampled_from(TRIGGERS))
def test_no_chain_of_rules_is_without_an_end(rules: list[Rule], first: str) -> None:
    """Even if each rule's consequence set off every other rule whatever it waits for."""
    del first
    pending: list[tuple[str, ...]] = [()]
    steps = 0
    while pending:
        chain = pending.pop()
        for it in rules:
            if sets_off(it, Cause(it.trigger, AT, chain, it.minutes)):
                assert it.id not in chain
                pending.append((*chain, it.id))
        steps += 1
        assert steps <= sum(max(len(rules), 1) ** n for n in range(LONGEST_CHAIN + 1))
