"""Whom a promise of the service level concerns that falls due soon, or was not kept (X10): pure rules.

Of a case that nobody has, those are told who may take it: the available technicians with access, and the
administrators with access, whom it waits for in their inbox if they are away. Of a case that somebody has,
they are told. All find it in their notification inbox. Mails go out as those of an unclaimed chat do:

* of a case that nobody has, to those who are available; where nobody is, to the administrators;
* of a case that somebody has, to them, and at the breach alone. Whoever is not available is left in peace.

Where whoever has it cannot work on it any more, it is nobody's in truth. What was done at last, though
late, needs nobody any more. A muted case and spam tell nobody, and the ledger says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.ids import derived_id
from contracts.cases import CaseChanged
from contracts.notify import Routed, SlaAlerted
from contracts.portal import TechnicianListed
from contracts.sla import CaseSlaBreached, CaseSlaWarned
from services.notify.alerting import about, filled
from services.notify.domain import reason_in
from services.notify.inbox import SLA_BREACHED, SLA_WARNED

Rung = CaseSlaWarned | CaseSlaBreached


@dataclass(frozen=True, slots=True)
class Telling:
    """Who is told; `own` says that it is their case, of which the rules of the inbox tell them."""

    alert: SlaAlerted
    own: bool


def alert_of(event: Rung) -> str:
    """What is told of it."""
    return SLA_BREACHED if isinstance(event, CaseSlaBreached) else SLA_WARNED


def alert_id(event: Rung) -> str:
    """Of one event there is one alert, for ever."""
    return derived_id(event.conversation_id, "service_level", event.id)


def is_news(event: Rung, at: datetime, kept: timedelta) -> bool:
    """Whether anybody can do something about it: its clock still runs, and an inbox would remember it."""
    clock = next((it for it in event.case.sla_clocks if it.kind == event.kind), None)
    runs = clock is None or clock.due_at is not None
    return runs and event.time > at - kept


def decide(
    event: Rung, technicians: Iterable[TechnicianListed], at: datetime, version: int
) -> Telling:
    """The alert, with everybody who was considered; it may be that nobody is told."""
    people = list(technicians)
    because = "muted" if event.case.muted else "spam" if event.case.spam else ""
    owner = _owner(event, people)
    considered = [] if because else _of_one(event, owner, people) if owner else _of(event, people)
    alert = SlaAlerted(
        alert=alert_of(event),
        promise=event.kind,
        due_at=event.due_at,
        because=because,
        **filled(about(event), alert_id(event), at, version, considered),
    )
    return Telling(alert, own=owner is not None)


def _owner(event: CaseChanged, people: Iterable[TechnicianListed]) -> TechnicianListed | None:
    """Who has the case and can work on it."""
    found = (it for it in people if it.technician_id == event.case.assignee_id)
    owner = next(found, None)
    able = owner is not None and owner.active and event.company_id in owner.companies
    return owner if able else None


def _of_one(
    event: Rung, owner: TechnicianListed, people: Iterable[TechnicianListed]
) -> list[Routed]:
    considered = []
    for person in people:
        reason = reason_in(event.company_id, person)
        if person.technician_id == owner.technician_id:
            mailed = isinstance(event, CaseSlaBreached) and person.available and bool(person.email)
            said = "assignee" if person.available else reason
            considered.append(_routed(person, said, told=True, mailed=mailed))
        else:
            kept_out = reason in {"not_active", "no_access"}
            considered.append(_routed(person, reason if kept_out else "not_assignee"))
    return considered


def _of(event: Rung, people: list[TechnicianListed]) -> list[Routed]:
    reasons = [(person, reason_in(event.company_id, person)) for person in people]
    present = any(reason == "available" for _, reason in reasons)
    considered = []
    for person, reason in reasons:
        away = reason == "not_available" and person.role == "administrator"
        mailed = (reason == "available" or (away and not present)) and bool(person.email)
        told = reason == "available" or away
        considered.append(_routed(person, reason, told=told, mailed=mailed))
    return considered


def _routed(
    person: TechnicianListed, reason: str, *, told: bool = False, mailed: bool = False
) -> Routed:
    return Routed.model_validate(
        {
            "technician_id": person.technician_id,
            "told": told,
            "reason": reason,
            "mailed": mailed,
        }
    )
