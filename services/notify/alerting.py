"""What every alert says in the same way, whatever it is about: which case, who was considered, and who is told. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from contracts.cases import CaseChanged
from contracts.envelope import Actor
from contracts.notify import Routed

NOTIFY: Final = Actor(kind="system", via="notify")


@dataclass(frozen=True, slots=True)
class About:
    """The case that an alert is about, and what led to it."""

    case_id: str
    tenant: str
    company_id: str
    number: int
    correlation_id: str
    causation_id: str


def about(event: CaseChanged) -> About:
    """The case of an event that leads to an alert."""
    return About(
        case_id=event.conversation_id,
        tenant=event.tenant,
        company_id=event.company_id,
        number=event.case.number,
        correlation_id=event.correlation_id,
        causation_id=event.id,
    )


def filled(
    about: About, alert_id: str, at: datetime, version: int, considered: Sequence[Routed]
) -> dict[str, Any]:
    """The fields that all alerts have."""
    return {
        "id": alert_id,
        "time": at,
        "tenant": about.tenant,
        "key": about.case_id,
        "aggregate_version": version,
        "actor": NOTIFY,
        "correlation_id": about.correlation_id,
        "causation_id": about.causation_id,
        "company_id": about.company_id,
        "conversation_id": about.case_id,
        "number": about.number,
        "told": tuple(it.technician_id for it in considered if it.told),
        "considered": tuple(considered),
    }
