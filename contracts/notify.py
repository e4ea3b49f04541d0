"""What notify says: whom it alerted, and from which facts it decided so."""

from typing import ClassVar, Literal

from contracts.envelope import Audience, Id, Message, Part


class Routed(Part):
    """One technician considered for an alert, and the reason why they were told or not."""

    technician_id: Id
    told: bool
    reason: Literal[
        "available", "not_available", "not_active", "no_access", "assignee", "not_assignee"
    ]


class AlertRaised(Message):
    """Technicians are told at once, by sound and red dot, that something waits for them."""

    audience: ClassVar[Audience] = "staff"

    type: Literal["alert.raised"] = "alert.raised"
    company_id: Id
    conversation_id: Id
    alert: Literal["waiting", "waiting_again"]
    number: int
    told: tuple[Id, ...]
    considered: tuple[Routed, ...]
