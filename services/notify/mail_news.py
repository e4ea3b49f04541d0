"""The event that tells of a mail: each kind of reader has one of its own."""

from typing import Any

from chassis.ids import derived_id
from contracts.envelope import Actor
from contracts.follow_ups import FollowUpChanged
from contracts.notify import MailChanged, StaffMailChanged
from services.notify.domain import STAFF_KINDS, Mail


def announced(mail: Mail, version: int) -> MailChanged | StaffMailChanged | FollowUpChanged:
    """The event that tells of a mail as it is; its id is made from the change, so it is told once."""
    fields: dict[str, Any] = {
        "id": derived_id(mail.id, mail.state, str(mail.attempts)),
        "time": mail.changed_at,
        "tenant": mail.tenant,
        "key": mail.case_id,
        "aggregate_version": version,
        "actor": Actor(kind="system", via="notify"),
        "correlation_id": mail.correlation_id,
        "causation_id": mail.causation_id,
        "company_id": mail.company_id,
        "conversation_id": mail.case_id,
        "mail_id": mail.id,
        "state": mail.state,
        "attempts": mail.attempts,
        "reason": mail.reason,
    }
    if mail.kind == "follow_up":
        return FollowUpChanged(**fields)
    event = StaffMailChanged if mail.kind in STAFF_KINDS else MailChanged
    return event(**fields, kind=mail.kind, recipient=mail.recipient)
