"""What chat's neighbours say of a customer's case."""

from typing import Any, TypeVar

from chassis.clock import SystemClock
from chassis.codec import encode
from chassis.ids import new_id
from chassis.tokens import Identity
from contracts.cases import (
    CaseChanged,
)
from contracts.envelope import Actor, Message
from contracts.notify import AlertRaised, InboxChanged
from services.chat.tests import case_examples
from services.chat.tests.world import Customer, Instance, Person
from tests.support.neighbours import Neighbours

C = TypeVar("C", bound=CaseChanged)


def happened(
    kind: type[C], customer: Customer, neighbours: Neighbours, version: int = 1, **fields: Any
) -> C:
    """An event of the customer's case."""
    return case_examples.happened(
        kind,
        version,
        conversation=customer.conversation,
        tenant=neighbours.tenant,
        company=neighbours.company,
        time=SystemClock().now(),
        **fields,
    )


async def say(chat: Instance, message: Message) -> None:
    """Put a neighbour's message on its topic, sealed with the key that chat has made."""
    parts = chat.app.state.chat
    await parts.producer.send(await encode(message, parts.keyring))


def inbox_changed(customer: Customer, neighbours: Neighbours, whose: Identity) -> InboxChanged:
    known = alert(customer, neighbours).model_dump(
        exclude={"id", "type", "alert", "number", "told", "considered"}
    )
    entry = {"technician_id": whose.id, "entry_id": new_id(), "kind": "mentioned"}
    return InboxChanged(id=new_id(), **known, **entry)


def alert(customer: Customer, neighbours: Neighbours, *told: Identity) -> AlertRaised:
    return AlertRaised(
        id=new_id(),
        time=SystemClock().now(),
        tenant=neighbours.tenant,
        key=customer.conversation,
        aggregate_version=1,
        actor=Actor(kind="system", via="test"),
        correlation_id=new_id(),
        company_id=neighbours.company,
        conversation_id=customer.conversation,
        alert="waiting",
        number=1001,
        told=tuple(it.id for it in told),
        considered=(),
    )


def activities(person: Person, customer: Customer) -> list[str]:
    shown = person.shows(customer.conversation)
    return [str(e.get("code", e["kind"])) for e in shown if e["kind"] in ("activity", "ended")]
