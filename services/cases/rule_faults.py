"""What is wrong with a rule whatever the case: it names a label, a technician or a portal that is no more."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from services.cases.rules import AssigneeIs, Condition, LabelIs, PortalIs, Rule
from services.cases.steps import Known, fault_of

_NO_PERSON = {"nobody", "anybody"}


@dataclass(frozen=True, slots=True)
class Desk:
    """What there is to be named."""

    labels: frozenset[str]
    """Those that can be put on."""
    every_label: frozenset[str]
    """The retired ones too, which cases still wear."""
    technicians: frozenset[str]
    has_portal: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Fault:
    """Where it is, from 0, and the code of the error."""

    part: Literal["condition", "action"]
    at: int
    code: str


def faults_of(rule: Rule, desk: Desk) -> list[Fault]:
    """Everything that is wrong with a rule; while there is something it does nothing."""
    asked = ((at, _condition_fault(it, desk)) for at, it in enumerate(rule.conditions))
    known = Known(desk.labels, desk.technicians)
    wanted = ((at, fault_of(it, known)) for at, it in enumerate(rule.steps))
    return [
        *(Fault("condition", at, code) for at, code in asked if code),
        *(Fault("action", at, error.code) for at, error in wanted if error),
    ]


def _condition_fault(condition: Condition, desk: Desk) -> str:
    match condition:
        case LabelIs() if not desk.every_label.issuperset(condition.values):
            return "label_unknown"
        case AssigneeIs() if not desk.technicians.issuperset({*condition.values} - _NO_PERSON):
            return "technician_cannot_take"
        case PortalIs() if not all(desk.has_portal(it) for it in condition.values):
            return "portal_unknown"
        case _:
            return ""
