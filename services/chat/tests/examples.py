"""Entries of a conversation for the tests of this service."""

from datetime import UTC, datetime
from typing import Any, Literal

from chassis.ids import derived_id
from contracts.chat import (
    ActivityNoted,
    Author,
    BotSpoke,
    ContactGiven,
    ConversationEnded,
    ConversationEntry,
    ConversationOpened,
    Device,
    MessageDeleted,
    MessageSent,
    Visitor,
)
from contracts.envelope import Actor

TENANT = derived_id("tenant")
COMPANY = derived_id("company")
PORTAL = derived_id("portal")
CONVERSATION = derived_id("conversation")
CUSTOMER = derived_id("customer")
TECHNICIAN = derived_id("technician", "ada")
OTHER_TECHNICIAN = derived_id("technician", "ben")
NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)

Kind = Literal["customer", "technician", "system"]


def _envelope(conversation: str, kind: Kind, author: str | None) -> dict[str, Any]:
    return {
        "time": NOON,
        "tenant": TENANT,
        "key": conversation,
        "aggregate_version": 0,
        "actor": Actor(kind=kind, id=author, via="test"),
        "correlation_id": conversation,
        "company_id": COMPANY,
        "conversation_id": conversation,
        "author": Author(kind=kind, id=author),
    }


def opened(
    conversation: str = CONVERSATION,
    entry_id: str | None = None,
    *,
    email: str = "grace@example.org",
) -> ConversationOpened:
    return ConversationOpened(
        id=entry_id or derived_id("opened", conversation),
        **_envelope(conversation, "customer", CUSTOMER),
        portal_id=PORTAL,
        portal_address="demo.deskbus.test",
        locale="en",
        visitor=Visitor(first_name="Grace", last_name="Hopper", email=email),
        device=Device(user_agent="a browser"),
    )


def message(
    name: str,
    text: str = "hello",
    *,
    conversation: str = CONVERSATION,
    author: Kind = "customer",
    author_id: str | None = None,
) -> MessageSent:
    person = author_id or (TECHNICIAN if author == "technician" else CUSTOMER)
    client_id = derived_id("client", name)
    return MessageSent(
        id=derived_id("message", conversation, person, client_id),
        **_envelope(conversation, author, person),
        client_id=client_id,
        text=text,
    )


def deleted(message_id: str, *, conversation: str = CONVERSATION) -> MessageDeleted:
    return MessageDeleted(
        id=derived_id("deleted", message_id),
        **_envelope(conversation, "technician", TECHNICIAN),
        message_id=message_id,
    )


def ended(name: str, *, conversation: str = CONVERSATION) -> ConversationEnded:
    return ConversationEnded(
        id=derived_id("ended", conversation, name),
        **_envelope(conversation, "customer", CUSTOMER),
        by="customer",
    )


def bot(
    code: Literal["greeting", "ask_email", "ask_email_why", "email_thanks"] = "greeting",
    text: str = "",
    *,
    conversation: str = CONVERSATION,
) -> BotSpoke:
    return BotSpoke(
        id=derived_id("bot", conversation, code),
        **_envelope(conversation, "system", None),
        code=code,
        text=text,
    )


def contact(
    name: str, email: str = "grace@example.org", *, conversation: str = CONVERSATION
) -> ContactGiven:
    client_id = derived_id("client", name)
    return ContactGiven(
        id=derived_id("contact", conversation, client_id),
        **_envelope(conversation, "customer", CUSTOMER),
        client_id=client_id,
        email=email,
    )


def activity(
    name: str,
    code: Literal["joined", "resolved", "reopened", "transferred"] = "joined",
    *,
    conversation: str = CONVERSATION,
    technician: str = TECHNICIAN,
) -> ActivityNoted:
    return ActivityNoted(
        id=derived_id("activity", conversation, name),
        **_envelope(conversation, "system", None),
        code=code,
        technician_id=technician,
        case_version=1,
    )


def journey(conversation: str = CONVERSATION) -> list[ConversationEntry]:
    """A short conversation from its opening to a message that came too late."""
    return [
        opened(conversation),
        message("question", "it does not start", conversation=conversation),
        bot("greeting", conversation=conversation),
        contact("address", conversation=conversation),
        activity("joined", conversation=conversation),
        message("answer", "have you plugged it in", conversation=conversation, author="technician"),
        ended("customer", conversation=conversation),
        message("too late", "are you there", conversation=conversation, author="technician"),
    ]
