"""A case's promises as the REST interface shows them (X10)."""

from datetime import datetime

from pydantic import BaseModel

from contracts.cases import CaseState


class SlaClockView(BaseModel):
    """One promise: `first_response`, `next_response` or `resolution`. It stands still without a `due_at`."""

    kind: str
    due_at: datetime | None
    warned_at: datetime | None
    breached_at: datetime | None
    met_at: datetime | None


class SlaView(BaseModel):
    """What is promised of a case. `due_at` and `kind` are those of what falls due first; null and empty while nothing runs."""

    due_at: datetime | None
    kind: str
    warned_at: datetime | None
    breached_at: datetime | None
    clocks: list[SlaClockView]


def sla_view(now: CaseState) -> SlaView | None:
    """What is promised, as it is shown; None where nothing is."""
    if not now.sla_clocks:
        return None
    return SlaView(
        due_at=now.sla_due_at,
        kind=now.sla_kind,
        warned_at=now.sla_warned_at,
        breached_at=now.sla_breached_at,
        clocks=[
            SlaClockView(
                kind=clock.kind,
                due_at=clock.due_at,
                warned_at=clock.warned_at,
                breached_at=clock.breached_at,
                met_at=clock.met_at,
            )
            for clock in now.sla_clocks
        ],
    )
