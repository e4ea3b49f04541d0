"""The desk gave a case to somebody by itself (S37): they are told, and nobody else is; pure rules."""

from collections.abc import Iterable
from datetime import datetime

from chassis.ids import derived_id
from contracts.cases import CaseChanged, CaseRouted
from contracts.notify import AlertRaised, Routed
from contracts.portal import TechnicianListed
from services.notify.alerting import about, filled
from services.notify.domain import reason_in


def given_id(event: CaseChanged) -> str:
    """The id of the alert that a wait ends with because the desk gave the case to somebody by itself."""
    return derived_id(event.conversation_id, "given", str(event.case.state_version))


def give(
    event: CaseRouted, technicians: Iterable[TechnicianListed], at: datetime, version: int
) -> AlertRaised:
    """The alert of a case that the desk gave to somebody: they are told, and nobody else is."""
    considered = [_given(event, person) for person in technicians]
    fields = filled(about(event), given_id(event), at, version, considered)
    return AlertRaised(alert="waiting", **fields)


def _given(event: CaseRouted, person: TechnicianListed) -> Routed:
    if person.technician_id == event.technician_id:
        return Routed(technician_id=person.technician_id, told=True, reason="assignee")
    reason = reason_in(event.company_id, person)
    return Routed(
        technician_id=person.technician_id,
        told=False,
        reason="not_assignee" if reason == "available" else reason,
    )
