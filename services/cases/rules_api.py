"""Rules over REST, for administrators. It translates and calls; no rule lives here."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from chassis.admits import current_administrator
from chassis.describing import fails
from chassis.tokens import Identity
from services.cases.rule_desk import RuleBroken, RuleDesk
from services.cases.rule_schemas import (
    RuleBody,
    RuleChoices,
    RuleList,
    RuleOrder,
    RuleTrial,
    RuleView,
    Switched,
    TrialView,
    choices_view,
    rule_view,
    trial_view,
)
from services.cases.rule_store import RuleUnknown, TooManyRules
from services.cases.whatif import CursorInvalid

router = APIRouter(prefix="/api/cases", tags=["rules"])


def _rules(request: Request) -> RuleDesk:
    rules: RuleDesk = request.app.state.rules
    return rules


TheRules = Annotated[RuleDesk, Depends(_rules)]
Administrator = Annotated[Identity, Depends(current_administrator)]


@router.get("/rules")
async def list_rules(administrator: Administrator, rules: TheRules) -> RuleList:
    """The rules of the account, in the order in which they are looked at."""
    return RuleList(rules=[rule_view(it) for it in await rules.all(administrator)])


@router.get("/rules/choices")
async def list_choices(administrator: Administrator, rules: TheRules) -> RuleChoices:
    """The portals and technicians that a rule can name."""
    portals, technicians = rules.choices(administrator)
    return choices_view(portals, technicians)


@router.post("/rules", status_code=201)
@fails(TooManyRules)
async def add_rule(wanted: RuleBody, administrator: Administrator, rules: TheRules) -> RuleView:
    """Make a rule. It is switched off, and the last to be looked at."""
    return rule_view(await rules.add(administrator, wanted.rule()))


@router.post("/rules/order")
@fails(RuleUnknown)
async def order_rules(wanted: RuleOrder, administrator: Administrator, rules: TheRules) -> RuleList:
    """Have the rules looked at in this order; those that are not named come behind."""
    return RuleList(rules=[rule_view(it) for it in await rules.order(administrator, wanted.ids)])


@router.post("/rules/trial")
@fails(CursorInvalid)
async def try_rule(wanted: RuleTrial, administrator: Administrator, rules: TheRules) -> TrialView:
    """What a rule would have done in the last month, a part at a time; nothing is changed (N9)."""
    return trial_view(await rules.try_out(administrator, wanted.rule.rule(), wanted.after))


@router.put("/rules/{rule_id}")
@fails(RuleUnknown)
async def change_rule(
    rule_id: str, wanted: RuleBody, administrator: Administrator, rules: TheRules
) -> RuleView:
    """Keep a rule as it is given; it stays on or off."""
    return rule_view(await rules.change(administrator, rule_id, wanted.rule()))


@router.post("/rules/{rule_id}/switch")
@fails(RuleUnknown, RuleBroken)
async def switch_rule(
    rule_id: str, wanted: Switched, administrator: Administrator, rules: TheRules
) -> RuleView:
    """Let a rule act on what happens from now on, or no more."""
    return rule_view(await rules.switch(administrator, rule_id, on=wanted.on))


@router.delete("/rules/{rule_id}", status_code=204)
@fails(RuleUnknown)
async def remove_rule(rule_id: str, administrator: Administrator, rules: TheRules) -> Response:
    """Delete a rule; what it has done stays done."""
    await rules.remove(administrator, rule_id)
    return Response(status_code=204)
