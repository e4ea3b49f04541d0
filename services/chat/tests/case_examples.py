"""Events of a case, as cases tells them."""

from datetime import datetime
from typing import Any, TypeVar

from chassis.ids import new_id
from contracts.cases import CaseChanged, CaseState, CaseText
from contracts.chat import Visitor
from contracts.envelope import Actor
from services.chat.tests.examples import COMPANY, CONVERSATION, NOON, PORTAL, TENANT

C = TypeVar("C", bound=CaseChanged)


def happened(  # noqa: PLR0913 - the place is somebody else's in the tests of the whole service
    kind: type[C],
    version: int = 1,
    *,
    conversation: str = CONVERSATION,
    tenant: str = TENANT,
    company: str = COMPANY,
    time: datetime = NOON,
    actor: Actor = Actor(kind="technician", via="test"),  # noqa: B008 - it is immutable
    status: dict[str, Any] | None = None,
    **fields: Any,
) -> C:
    """An event of a case that waits, or is as `status` says."""
    state: dict[str, Any] = {
        "number": 1001,
        "case_type": "live_chat",
        "live": True,
        "state": "unassigned",
        "state_version": 1,
        "assignee_id": fields.get("technician_id"),
        "portal_id": PORTAL,
        "portal_address": "demo.desk.example",
        "created_at": time,
        "assigned_at": None,
        "requested_at": None,
        "ended_at": None,
        "resolved_at": None,
        "rating": None,
        "changed_by": fields.get("technician_id"),
    }
    visitor = Visitor(first_name="Cleo", last_name="Cox", email="cleo@example.com")
    return kind(
        id=new_id(),
        time=time,
        tenant=tenant,
        key=conversation,
        aggregate_version=version,
        actor=actor,
        correlation_id=new_id(),
        company_id=company,
        conversation_id=conversation,
        after_seq=0,
        case=CaseState(**state | (status or {})),
        text=CaseText(customer=visitor, preview="it does not start", problem=(), locale="en"),
        **fields,
    )
