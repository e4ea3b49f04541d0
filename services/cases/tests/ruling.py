"""Rules as the tests write them, and a desk on which they run at once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from chassis.tokens import Identity
from contracts.cases import CaseRuled
from services.cases.actions import Act, Flag
from services.cases.rule_runs import FROM_RUNS, RULES_FROM_TIMERS
from services.cases.rules import Condition, Rule, Trigger, wait_timer
from services.cases.tests.examples import ANN, BEN, CASE, COMPANY, TENANT
from services.cases.tests.house import House

BOSS = Identity("technician", BEN, TENANT, "", role="administrator", companies=(COMPANY,))


def rule(trigger: Trigger, *steps: Act, asks: tuple[Condition, ...] = (), **more: Any) -> Rule:
    """As an administrator would write it."""
    fields = {"name": "Rule", "changed_by": ANN, **more}
    return Rule(
        id="", tenant="", trigger=trigger, conditions=asks, steps=steps or (Flag(),), **fields
    )


async def switched_on(house: House, wanted: Rule) -> Rule:
    """The rule, made and switched on."""
    made = await house.rule_desk.add(BOSS, wanted)
    shown = await house.rule_desk.switch(BOSS, made.rule.id, on=True)
    return shown.rule


async def runs(house: House, at_most: int = 50) -> int:
    """Let everything run that was set off, and what that sets off; how many runs it took."""
    for count in range(at_most):
        if not house.runs.scheduled:
            return count
        run_id = next(iter(house.runs.scheduled))
        await repeats(house, house.runs.scheduled.pop(run_id)[2])
    raise AssertionError("the rules never come to an end")


async def repeats(house: House, payload: dict[str, Any]) -> None:
    """One run."""
    (handler,) = FROM_RUNS.values()
    await house.storage.transact(lambda tx: handler(house.ruling, tx, payload))


async def minutes_pass(house: House, minutes: int, case_id: str = CASE) -> None:
    """Until the timer of who waits fires, if it is due by then."""
    house.clock.advance(timedelta(minutes=minutes).total_seconds())
    timer = house.timers.scheduled.get(wait_timer(case_id))
    if timer is None or timer[0] > house.clock.now():
        return
    _, kind, payload = house.timers.scheduled.pop(wait_timer(case_id))
    handler = RULES_FROM_TIMERS[kind]
    await house.storage.transact(lambda tx: handler(house.ruling, tx, payload))


def ruled(house: House) -> list[CaseRuled]:
    """The runs, as they stand on the timeline."""
    return [it for it in house.storage.emitted if isinstance(it, CaseRuled)]


def moved(wanted: Rule, **changes: Any) -> Rule:
    """The same with something else."""
    return replace(wanted, **changes)
