"""Who is told that a customer waits, and why the others are not: pure rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from chassis.ids import derived_id
from contracts.cases import CaseOpened
from contracts.envelope import Actor
from contracts.notify import AlertRaised, Routed
from contracts.portal import TechnicianListed

Reason = Literal["available", "not_available", "not_active", "no_access"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A live chat that nobody has taken. `told` is how often technicians were told of it."""

    case_id: str
    tenant: str
    company_id: str
    number: int
    correlation_id: str
    causation_id: str
    told: int = 0

    @property
    def alert_id(self) -> str:
        """The id of its next alert: whoever decides on it again finds that it was decided."""
        return derived_id(self.case_id, "waiting", str(self.told + 1))


def begin(opened: CaseOpened) -> Waiting | None:
    """The wait that begins with a case, if anybody waits there at this moment."""
    if not opened.case.live or opened.case.state != "unassigned":
        return None
    return Waiting(
        case_id=opened.conversation_id,
        tenant=opened.tenant,
        company_id=opened.company_id,
        number=opened.case.number,
        correlation_id=opened.correlation_id,
        causation_id=opened.id,
    )


def decide(waiting: Waiting, technicians: Iterable[TechnicianListed], at: datetime) -> AlertRaised:
    """The alert, with everybody who was considered; it may be that nobody is told."""
    considered = tuple(_consider(waiting, person) for person in technicians)
    return AlertRaised(
        id=waiting.alert_id,
        time=at,
        tenant=waiting.tenant,
        key=waiting.case_id,
        aggregate_version=waiting.told + 1,
        actor=Actor(kind="system", via="notify"),
        correlation_id=waiting.correlation_id,
        causation_id=waiting.causation_id,
        company_id=waiting.company_id,
        conversation_id=waiting.case_id,
        alert="waiting_again" if waiting.told else "waiting",
        number=waiting.number,
        told=tuple(routed.technician_id for routed in considered if routed.told),
        considered=considered,
    )


def _consider(waiting: Waiting, person: TechnicianListed) -> Routed:
    reason = _reason(waiting, person)
    return Routed(technician_id=person.technician_id, told=reason == "available", reason=reason)


def _reason(waiting: Waiting, person: TechnicianListed) -> Reason:
    """The first thing in the way, from what lasts longest to what changes by the minute."""
    if not person.active:
        return "not_active"
    if waiting.company_id not in person.companies:
        return "no_access"
    return "available" if person.available else "not_available"
