"""Rules at work on a desk: once for each event, in order, on the timeline, and without loops."""

from dataclasses import replace

import pytest

from chassis.errors import RetryLater
from chassis.ids import derived_id, new_id
from chassis.office_hours import OfficeHours
from chassis.tokens import Identity
from contracts.cases import CaseNoted
from services.cases.actions import Assign, Flag, Label, Mute, Prioritise, Resolve, Title, Transfer
from services.cases.labels import Label as KeptLabel
from services.cases.rule_desk import RuleBroken
from services.cases.rule_store import RuleUnknown
from services.cases.rules import AssigneeIs, LabelIs, OfficeOpen, PriorityIs, StateIs, TextHas
from services.cases.sla import Policy, Targets
from services.cases.steps import WriteNote
from services.cases.tests.examples import (
    ANN,
    BEN,
    CASE,
    COMPANY,
    EMAIL,
    OTHER_TENANT,
    TENANT,
    contact,
    message,
    opened,
)
from services.cases.tests.house import House, who
from services.cases.tests.ruling import (
    BOSS,
    minutes_pass,
    repeats,
    rule,
    ruled,
    runs,
    switched_on,
)

LAMP = (TextHas(values=("lamp",)),)


async def test_what_happens_sets_a_rule_off_which_says_what_it_did_and_why(house: House) -> None:
    made = await switched_on(house, rule("wrote", Prioritise(priority="high"), asks=LAMP))
    await house.hears(opened(), message("My lamps are dark"))
    assert (await house.case()).now.priority == "normal"
    await runs(house)
    assert (await house.case()).now.priority == "high"
    (told,) = ruled(house)
    assert (told.rule_id, told.trigger, told.code) == (made.id, "wrote", "")
    assert [(it.what, it.values) for it in told.held] == [("text", ("lamp",))]
    assert [it.action for it in told.did] == ["priority"]
    assert (told.actor.kind, told.actor.id, told.actor.via) == ("system", made.id, "rule")
    _, entries = await house.technicians.timeline(who(ANN), CASE, 0)
    assert [it.type for it in entries][-2:] == ["case.edited", "case.ruled"]
    assert entries[-2].through
    assert entries[-2].through.name == "Rule"
    (shown,) = await house.rule_desk.all(BOSS)
    assert (shown.tally.runs, shown.tally.failures) == (1, 0)


async def test_nothing_is_asked_for_where_no_rule_waits(house: House) -> None:
    made = await house.rule_desk.add(BOSS, rule("wrote", asks=LAMP))
    await house.hears(opened(), message("My lamp is dark"))
    assert house.runs.scheduled == {}
    await house.rule_desk.switch(BOSS, made.rule.id, on=True)
    assert await runs(house) == 0
    await house.hears(message("Hello?"))
    assert len(house.runs.scheduled) == 1


async def test_a_run_has_its_effect_once_however_often_it_is_begun(house: House) -> None:
    note = WriteNote(text="Ask for the type of the lamp", mentions=(BEN,))
    await switched_on(house, rule("wrote", note, asks=LAMP))
    await house.hears(opened(), message("My lamp is dark"))
    payloads = [payload for _, _, payload in house.runs.scheduled.values()]
    await runs(house)
    before, told = await house.case(), list(house.told)
    for payload in payloads:
        await repeats(house, payload)
    assert (await house.case(), house.told) == (before, told)
    (noted,) = [it for it in house.storage.emitted if isinstance(it, CaseNoted)]
    assert (noted.note, noted.technician_id, noted.mentions) == (note.text, BEN, (BEN,))
    assert noted.actor.via == "rule"


async def test_rules_look_one_after_the_other_each_at_what_was_left(house: House) -> None:
    first = await switched_on(house, rule("opened", Prioritise(priority="urgent"), name="First"))
    urgent = (PriorityIs(values=("urgent",)),)
    second = await switched_on(house, rule("opened", Transfer(to=BEN), asks=urgent, name="Second"))
    await house.hears(opened())
    await runs(house)
    assert [it.rule_id for it in ruled(house)] == [first.id, second.id]
    case = await house.case()
    assert (case.now.state, case.now.assignee_id, case.now.priority) == ("assigned", BEN, "urgent")
    await house.rule_desk.order(BOSS, [second.id, first.id])
    other = derived_id("other")
    await house.hears(opened(other))
    await runs(house)
    assert [it.rule_id for it in ruled(house)[2:]] == [first.id]
    assert [it.rule.name for it in await house.rule_desk.all(BOSS)] == ["Second", "First"]


async def test_no_rule_acts_on_what_it_has_led_to_itself(house: House) -> None:
    """Two rules that undo each other's work for ever, if they were let."""
    await switched_on(house, rule("edited", Flag(flagged=True), name="On"))
    await switched_on(house, rule("edited", Flag(flagged=False), name="Off"))
    await house.hears(opened())
    await house.act(Title(title="Lamp"), ANN)
    assert await runs(house, at_most=10) <= 7
    assert all(len(it.through.chain) <= 3 for it in ruled(house) if it.through)
    assert all(
        len({*it.through.chain}) == len(it.through.chain) for it in ruled(house) if it.through
    )


async def test_a_rule_may_follow_another_one(house: House) -> None:
    label = await house.labels.add(TENANT, "Invoice", "red")
    await switched_on(house, rule("opened", Label(add=(label.id,)), name="Sort"))
    has = (LabelIs(values=(label.id,)),)
    await switched_on(house, rule("labelled", Transfer(to=BEN, note="An invoice"), asks=has))
    await house.hears(opened())
    await runs(house)
    case = await house.case()
    assert (case.now.labels, case.now.assignee_id) == ((label.id,), BEN)
    assert [len(it.through.chain) for it in ruled(house) if it.through] == [1, 2]


async def test_all_of_a_rule_is_done_or_nothing_and_it_says_why_once(house: House) -> None:
    await switched_on(house, rule("wrote", Flag(), Resolve(), Transfer(to=BEN)))
    await house.hears(opened(), message("One"))
    await runs(house)
    await house.hears(message("Two"), message("Three"))
    await runs(house)
    case = await house.case()
    assert (case.now.flagged, case.now.state) == (False, "unassigned")
    (told,) = ruled(house)
    assert told.code == "case_moved_on"
    assert [(it.action, it.code) for it in told.did] == [
        ("flag", ""),
        ("resolve", ""),
        ("transfer", "case_moved_on"),
    ]


async def test_a_rule_that_names_what_is_no_more_is_broken_and_does_nothing(house: House) -> None:
    label = await house.labels.add(TENANT, "Invoice", "red")
    made = await switched_on(house, rule("opened", Flag(), Label(add=(label.id,))))
    await house.labels.change(KeptLabel(label.id, TENANT, "Invoice", "red", retired=True))
    await house.hears(opened())
    await runs(house)
    assert not (await house.case()).now.flagged
    assert [it.code for it in ruled(house)] == ["label_unknown"]
    (shown,) = await house.rule_desk.all(BOSS)
    assert [(it.part, it.at, it.code) for it in shown.faults] == [("action", 1, "label_unknown")]
    assert shown.tally.failures == 1
    await house.rule_desk.switch(BOSS, made.id, on=False)
    with pytest.raises(RuleBroken):
        await house.rule_desk.switch(BOSS, made.id, on=True)


async def test_nobody_is_taken_to_have_left_before_everybody_is_known(house: House) -> None:
    await switched_on(house, rule("opened", Transfer(to=BEN)))
    await house.hears(opened())
    house.people.loaded = False
    with pytest.raises(RetryLater):
        await repeats(house, next(iter(house.runs.scheduled.values()))[2])
    house.people.loaded = True
    await runs(house)
    assert (await house.case()).now.assignee_id == BEN
    assert [it.code for it in ruled(house)] == [""]


async def test_what_is_so_already_is_not_said_again(house: House) -> None:
    await switched_on(house, rule("wrote", Flag(), Mute()))
    await house.hears(opened(), message("One"))
    await runs(house)
    await house.hears(message("Two"), message("Three"))
    await runs(house)
    assert len(ruled(house)) == 1


async def test_who_has_waited_is_seen_by_the_clock(house: House) -> None:
    unseen = (AssigneeIs(values=("nobody",)),)
    await switched_on(house, rule("waited", Prioritise(priority="high"), asks=unseen, minutes=5))
    await switched_on(house, rule("waited", Flag(), minutes=15, name="Later"))
    await house.hears(opened(), message("Hello?"))
    await minutes_pass(house, 4)
    assert (await house.case()).now.priority == "normal"
    await minutes_pass(house, 1)
    assert (await house.case()).now.priority == "high"
    await house.act("assign", ANN, 1)
    await minutes_pass(house, 10)
    assert (await house.case()).now.flagged
    assert house.timers.scheduled.keys() <= {CASE}


async def test_who_was_answered_waits_no_more(house: House) -> None:
    await switched_on(house, rule("waited", Flag(), minutes=5))
    await house.hears(opened(), message("Hello?"))
    await house.hears(message("Good morning", by="technician"))
    await minutes_pass(house, 10)
    assert not (await house.case()).now.flagged
    await house.hears(message("And now?", at=house.clock.now()))
    await minutes_pass(house, 5)
    assert (await house.case()).now.flagged


async def test_within_office_hours_is_asked_of_the_portals_service_level(house: House) -> None:
    """AT is a Monday at nine in the morning; the office of this portal opens on Tuesdays alone."""
    hours = OfficeHours("UTC", ((), ((0, 1440),), (), (), (), (), ()))

    class TuesdaysOnly:
        async def policy_of(self, *_: object) -> Policy:
            return Policy(Targets(), hours=hours)

    house.keeper.clocks.policies = TuesdaysOnly()
    closed = (OfficeOpen(negated=True),)
    await switched_on(house, rule("opened", Flag(), asks=closed, name="Closed"))
    await switched_on(house, rule("opened", Mute(), asks=(OfficeOpen(),), name="Open"))
    await house.hears(opened())
    await runs(house)
    case = await house.case()
    assert (case.now.flagged, case.now.muted) == (True, False)
    house.clock.advance(60)
    part = await house.rule_desk.try_out(BOSS, rule("opened", Flag(), asks=(OfficeOpen(),)), None)
    assert part.outcomes == []


async def test_a_macro_sets_rules_off_as_its_technician_would(house: House) -> None:
    await switched_on(house, rule("resolved", Flag()))
    await house.hears(opened())
    macro = await house.macros.add(who(ANN), "Bye", (Assign(), Resolve()), shared=False)
    done = await house.macros.apply(who(ANN), CASE, macro.id, 1, new_id())
    await runs(house)
    assert (await house.case()).now.flagged
    back = await house.technicians.undo(who(ANN), CASE, done.version)
    assert (back.now.state, back.now.flagged) == ("unassigned", True)


async def test_a_rule_of_another_account_is_none(house: House) -> None:
    made = await switched_on(house, rule("opened"))
    stranger = Identity(
        "technician", ANN, OTHER_TENANT, "", role="administrator", companies=(COMPANY,)
    )
    assert await house.rule_desk.all(stranger) == []
    with pytest.raises(RuleUnknown):
        await house.rule_desk.switch(stranger, made.id, on=False)
    with pytest.raises(RuleUnknown):
        await house.rule_desk.change(stranger, made.id, rule("opened"))
    with pytest.raises(RuleUnknown):
        await house.rule_desk.remove(stranger, made.id)
    with pytest.raises(RuleUnknown):
        await house.rule_desk.order(stranger, [made.id])
    assert [it.action for it in house.storage.noted] == ["rule.created", "rule.switched"]


async def test_a_rule_is_changed_and_goes_on_as_it_was(house: House) -> None:
    made = await switched_on(house, rule("opened"))
    changed = await house.rule_desk.change(BOSS, made.id, rule("ready", Mute(), name="New"))
    assert (changed.rule.on, changed.rule.on_since) == (True, made.on_since)
    assert (changed.rule.trigger, changed.rule.name) == ("ready", "New")
    await house.hears(opened(email=""), contact(EMAIL))
    await runs(house)
    assert (await house.case()).now.muted
    await house.rule_desk.remove(BOSS, made.id)
    assert await house.rule_desk.all(BOSS) == []


# ---- tried on the past (N9) ----------------------------------------------------------------------


async def test_a_trial_says_what_would_have_been_done_and_changes_nothing(house: House) -> None:
    second = derived_id("second")
    await house.hears(opened(), message("My lamp is dark"), message("Hello?"))
    await house.hears(opened(second), message("My chair is dark", case_id=second))
    await house.act("assign", ANN, 1)
    house.clock.advance(3600)
    before = repr(house.storage._tables)
    told = list(house.told)
    wanted = rule("wrote", Flag(), Prioritise(priority="high"), asks=LAMP)
    part = await house.rule_desk.try_out(BOSS, wanted, None)
    (trial,) = part.outcomes
    assert (trial.case_id, trial.number, trial.runs) == (CASE, 1001, 1)
    assert [it.action for it in trial.did] == ["flag", "priority"]
    assert (part.cases, part.next) == (2, None)
    assert (repr(house.storage._tables), house.told) == (before, told)
    assert house.runs.scheduled == {}


async def test_a_trial_and_the_rule_itself_agree(house: House) -> None:
    """What a rule did, switched on, is what it would have done."""
    wanted = rule("wrote", Transfer(to=BEN), asks=(StateIs(values=("unassigned",)),))
    await house.hears(opened(), message("One"), message("Two"))
    house.clock.advance(60)
    part = await house.rule_desk.try_out(BOSS, wanted, None)
    await switched_on(house, replace(wanted))
    other = derived_id("other")
    await house.hears(opened(other), message("One", case_id=other), message("Two", case_id=other))
    await runs(house)
    (trial,) = part.outcomes
    assert trial.runs == len(ruled(house)) == 1
    assert trial.did == ruled(house)[0].did


async def test_a_trial_of_who_waits_goes_by_the_clock_of_that_time(house: House) -> None:
    await house.hears(opened(), message("Hello?"))
    house.clock.advance(600)
    await house.hears(message("Yes?", by="technician"))
    house.clock.advance(600)
    for minutes, expected in ((5, 1), (10, 0), (15, 0)):
        wanted = rule("waited", Flag(), minutes=minutes)
        part = await house.rule_desk.try_out(BOSS, wanted, None)
        assert len(part.outcomes) == expected, minutes


async def test_a_trial_says_what_could_not_have_been_done(house: House) -> None:
    await house.hears(opened(), message("Hello?"))
    house.clock.advance(60)
    gone = rule("wrote", Transfer(to=derived_id("gone")))
    (trial,) = (await house.rule_desk.try_out(BOSS, gone, None)).outcomes
    assert trial.code == "technician_cannot_take"
