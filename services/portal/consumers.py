"""What portal reads: the audit log that every service writes."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, Final

from chassis.handling import Subscription
from chassis.storage import Tx
from contracts.audit import ApiKeyUsed, AuditNoted
from contracts.envelope import Message
from contracts.topics import AUDIT_LOG
from services.portal import auditing
from services.portal.desk import Desk

FROM_AUDIT: Final[Mapping[type[Message], Callable[[Desk, Tx, Any], Awaitable[None]]]] = {
    AuditNoted: auditing.keep_note,
    ApiKeyUsed: auditing.keep_use,
}


def audit_log(desk: Desk) -> Subscription:
    """Who did what elsewhere."""
    handlers = {kind: partial(handle, desk) for kind, handle in FROM_AUDIT.items()}
    return Subscription(AUDIT_LOG, handlers)
