"""What the REST interface says of rules."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from chassis.text import LabelText
from contracts.envelope import Id
from contracts.portal import PortalListed, TechnicianListed
from services.cases.rule_desk import RuleShown
from services.cases.rule_faults import Fault
from services.cases.rule_store import MOST
from services.cases.rule_trial import Trial
from services.cases.rules import LONGEST_WAIT, MOST_CONDITIONS, AnyCondition, Rule, Trigger
from services.cases.schemas import Person, Portal
from services.cases.steps import MOST_STEPS, RuleStep
from services.cases.whatif import Slice

MOST_SHOWN = 50
"""How many cases of a trial are named; the others are counted."""


_RULE: Final[JsonDict] = {
    "name": "Invoices that wait",
    "trigger": "waited",
    "minutes": 15,
    "match": "all",
    "conditions": [{"what": "text", "values": ["invoice"]}],
    "actions": [{"do": "flag"}],
}


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RuleBody(_Body):
    """A rule as it is written: when this happens, and all or any of these hold, then do that.

    `minutes` is for `waited`: how long the customer has waited for an answer.
    """

    model_config = ConfigDict(json_schema_extra={"example": _RULE})

    name: Annotated[LabelText, Field(min_length=1, max_length=80)]
    trigger: Trigger
    minutes: Annotated[int, Field(ge=0, le=LONGEST_WAIT)] = 0
    match: Literal["all", "any"] = "all"
    conditions: Annotated[list[AnyCondition], Field(max_length=MOST_CONDITIONS)] = []
    actions: Annotated[list[RuleStep], Field(min_length=1, max_length=MOST_STEPS)]

    @model_validator(mode="after")
    def _minutes_where_they_count(self) -> "RuleBody":
        if (self.trigger == "waited") != (self.minutes > 0):
            raise ValueError("minutes are given for `waited`, and for nothing else")
        return self

    def rule(self) -> Rule:
        """As the desk knows it: nobody's yet, and switched off."""
        return Rule(
            id="",
            tenant="",
            name=self.name,
            trigger=self.trigger,
            conditions=tuple(self.conditions),
            steps=tuple(self.actions),
            match=self.match,
            minutes=self.minutes,
        )


class Switched(_Body):
    """Whether a rule acts."""

    on: bool


class RuleOrder(_Body):
    """The rules in the order in which they are to be looked at."""

    ids: Annotated[list[Id], Field(max_length=MOST)]


class RuleFault(BaseModel):
    """What is wrong with a part of a rule: it names what is no more."""

    part: Literal["condition", "action"]
    at: int
    """Its place in the list, from 0."""
    code: str


class RuleView(BaseModel):
    """A rule, what is wrong with it, and how it has run."""

    id: str
    name: str
    trigger: Trigger
    minutes: int
    match: Literal["all", "any"]
    conditions: list[AnyCondition]
    actions: list[RuleStep]
    on: bool
    on_since: datetime | None
    faults: list[RuleFault]
    runs: int
    failures: int
    """How many times it could not do what it says."""
    last_at: datetime | None


class RuleList(BaseModel):
    """The rules of the account, in the order in which they are looked at."""

    rules: list[RuleView]


class RuleChoices(BaseModel):
    """The portals and technicians that a rule can name."""

    portals: list[Portal]
    technicians: list[Person]


class RuleTrial(_Body):
    """A rule to be tried on the last month; `after` is the `next` of the answer before."""

    rule: RuleBody
    after: Annotated[str | None, Field(max_length=64, examples=[None])] = None


class TriedStep(BaseModel):
    """One of the actions of a run; `code` says why it could not be done."""

    action: str
    code: str


class TriedCase(BaseModel):
    """A case that the rule would have touched: when first, how many times, and what it would have done then."""

    case_id: str
    number: int
    at: datetime
    runs: int
    did: list[TriedStep]
    code: str


class TrialView(BaseModel):
    """A part of what would have happened. Nothing has."""

    cases: list[TriedCase]
    """The first fifty of this part."""
    touched: int
    """How many cases of this part it would have touched."""
    actions: dict[str, int]
    """How many cases each action would have been done to, by its word."""
    refused: int
    """Cases in which it could not have done what it says."""
    looked_at: int
    """How many cases were looked at, in this part and those before it."""
    next: str | None
    progress: float
    cut: bool
    """There were more cases than are looked at."""


def rule_view(shown: RuleShown) -> RuleView:
    """A rule as it is shown."""
    rule, tally = shown.rule, shown.tally
    return RuleView(
        id=rule.id,
        name=rule.name,
        trigger=rule.trigger,
        minutes=rule.minutes,
        match=rule.match,
        conditions=list(rule.conditions),
        actions=list(rule.steps),
        on=rule.on,
        on_since=rule.on_since,
        faults=[_fault(it) for it in shown.faults],
        runs=tally.runs,
        failures=tally.failures,
        last_at=tally.last_at,
    )


def choices_view(
    portals: Iterable[PortalListed], technicians: Iterable[TechnicianListed]
) -> RuleChoices:
    """What can be named, by address and by name."""
    return RuleChoices(
        portals=sorted(
            (Portal(id=it.portal_id, address=it.address) for it in portals),
            key=lambda it: it.address,
        ),
        technicians=sorted(
            (Person(id=it.technician_id, name=it.name) for it in technicians),
            key=lambda it: it.name.casefold(),
        ),
    )


def trial_view(part: Slice[Trial]) -> TrialView:
    """A part of a trial as it is shown."""
    done = [it for it in part.outcomes if not it.code]
    counts: dict[str, int] = {}
    for trial in done:
        for action in dict.fromkeys(it.action for it in trial.did):
            counts[action] = counts.get(action, 0) + 1
    return TrialView(
        cases=[_tried(it) for it in part.outcomes[:MOST_SHOWN]],
        touched=len(done),
        actions=counts,
        refused=len(part.outcomes) - len(done),
        looked_at=part.cases,
        next=part.next,
        progress=part.progress,
        cut=part.cut,
    )


def _fault(fault: Fault) -> RuleFault:
    return RuleFault(part=fault.part, at=fault.at, code=fault.code)


def _tried(trial: Trial) -> TriedCase:
    did = [TriedStep(action=it.action, code=it.code) for it in trial.did]
    return TriedCase(
        case_id=trial.case_id,
        number=trial.number,
        at=trial.at,
        runs=trial.runs,
        did=did,
        code=trial.code,
    )
