"""Messages for tests of what carries them."""

from datetime import UTC, datetime
from typing import Any

from chassis.ids import new_id
from contracts.chat import Author, MessageSent
from contracts.envelope import Actor
from contracts.notify import AlertRaised

TENANT, COMPANY, CAUSE = new_id(), new_id(), new_id()


def envelope(key: str, version: int) -> dict[str, Any]:
    return {
        "id": new_id(),
        "time": datetime(2026, 1, 5, 9, 0, tzinfo=UTC),
        "tenant": TENANT,
        "key": key,
        "aggregate_version": version,
        "actor": Actor(kind="system", via="test"),
        "correlation_id": CAUSE,
        "company_id": COMPANY,
        "conversation_id": key,
    }


def alert(key: str, version: int = 1, number: int = 1) -> AlertRaised:
    """Nothing personal in it; `number` tells one from another."""
    return AlertRaised(
        **envelope(key, version), alert="waiting", number=number, told=(), considered=()
    )


def said(key: str, text: str) -> MessageSent:
    """With personal data in it: `text`."""
    author = Author(kind="customer", id=new_id())
    return MessageSent(**envelope(key, 0), author=author, client_id=new_id(), text=text)
