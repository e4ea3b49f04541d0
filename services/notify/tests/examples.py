"""The people and events that the tests of notify speak of."""

from datetime import UTC, datetime
from typing import Any

from chassis.ids import derived_id, new_id
from contracts.cases import (
    CaseAssigned,
    CaseChanged,
    CaseChatEnded,
    CaseOpened,
    CaseResolved,
    CaseState,
    CaseText,
)
from contracts.chat import Visitor
from contracts.envelope import Actor
from contracts.portal import TechnicianListed

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
TENANT, COMPANY, OTHER_COMPANY = derived_id("tenant"), derived_id("company"), derived_id("other")
ANN, BEN, CAT, DAN = (derived_id(name) for name in ("ann", "ben", "cat", "dan"))
CASE = derived_id("case")


def technician(technician_id: str, **different: Any) -> TechnicianListed:
    usual: dict[str, Any] = {
        "role": "technician",
        "companies": (COMPANY,),
        "available": True,
        "active": True,
        "not_before": None,
        "name": "Somebody",
        "tenant": TENANT,
    }
    return TechnicianListed(
        **_envelope(f"technician:{technician_id}", 1),
        technician_id=technician_id,
        **(usual | different),
    )


def opened(**different: Any) -> CaseOpened:
    return CaseOpened(**_case_fields(1, **different))


def ends(version: int = 2) -> list[CaseChanged]:
    """Everything that ends a wait."""
    taken = {"state": "assigned", "assignee_id": ANN}
    return [
        CaseAssigned(**_case_fields(version, **taken), technician_id=ANN),
        CaseResolved(**_case_fields(version, **taken), technician_id=ANN),
        CaseChatEnded(**_case_fields(version, live=False)),
    ]


def _case_fields(version: int, **different: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "number": 1001,
        "case_type": "live_chat",
        "live": True,
        "state": "unassigned",
        "state_version": version,
        "assignee_id": None,
        "portal_id": derived_id("portal"),
        "portal_address": "demo.desk.example",
        "created_at": AT,
        "assigned_at": None,
        "ended_at": None,
        "resolved_at": None,
        "changed_by": None,
    }
    visitor = Visitor(first_name="Cleo", last_name="Cox", email="cleo@example.com")
    return {
        **_envelope(CASE, version),
        "tenant": TENANT,
        "company_id": COMPANY,
        "conversation_id": CASE,
        "after_seq": 0,
        "case": CaseState(**(usual | different)),
        "text": CaseText(customer=visitor, preview="", problem=()),
    }


def _envelope(key: str, version: int) -> dict[str, Any]:
    return {
        "id": new_id(),
        "time": AT,
        "key": key,
        "aggregate_version": version,
        "actor": Actor(kind="system", via="test"),
        "correlation_id": new_id(),
    }
