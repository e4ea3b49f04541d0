"""What goes into the audit log, and that nothing is forgotten there.

Whatever a technician causes on an audited topic is noted by the transaction that tells of it, so a
new use case is audited because it emits its event, not because somebody remembered. What no event
tells of (a file that was read, a mail that was sent) is noted with `noted`.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from chassis.asking import asking
from chassis.clock import Clock
from chassis.ids import derived_id, new_id
from contracts.audit import AuditDetail, AuditNoted
from contracts.cases import CaseChanged
from contracts.envelope import Actor, Message, Origin
from contracts.topics import TOPIC_OF

_SCALARS: Final = (str, int, float, bool)


def notes_of(messages: Iterable[Message]) -> list[AuditNoted]:
    """The audit log's part of what a transaction emits."""
    return [_note(message) for message in messages if _concerns_audit(message)]


def noted(  # noqa: PLR0913 - the parts of one sentence
    clock: Clock,
    action: str,
    actor: Actor,
    tenant: str,
    *,
    case_id: str | None = None,
    company_id: str | None = None,
    subject_id: str | None = None,
    details: Iterable[AuditDetail] = (),
    origin: Origin | None = None,
) -> AuditNoted:
    """What somebody did that no event tells of; the handler emits it in its transaction.

    `origin` is from where, if that was told by the service that they asked.
    """
    here = origin or asking()
    return AuditNoted(
        id=new_id(),
        time=clock.now(),
        tenant=tenant,
        key=actor.id or tenant,
        aggregate_version=0,
        actor=_through(actor),
        correlation_id=new_id(),
        company_id=company_id,
        case_id=case_id,
        action=action,
        subject_id=subject_id,
        details=tuple(details),
        address=here.address,
        user_agent=here.user_agent,
    )


def facts(
    told: Mapping[str, Any], before: Mapping[str, Any] | None = None
) -> tuple[AuditDetail, ...]:
    """Facts by their names, as text. With the same facts as they were `before`, those that changed say from what.

    What was and is no more is told as empty; what never was anything is not told.
    """
    if before is None:
        return tuple(
            AuditDetail(name=name, value=text) for name, text in _texts(told).items() if text
        )
    old, new = _texts(before), _texts(told)
    return tuple(
        AuditDetail(
            name=name,
            value=new.get(name, ""),
            before=old.get(name, "") if old.get(name, "") != new.get(name, "") else None,
        )
        for name in {**old, **new}
        if old.get(name) or new.get(name)
    )


def _texts(told: Mapping[str, Any]) -> dict[str, str]:
    return {name: "" if value is None else _text(value) or "" for name, value in told.items()}


def _concerns_audit(message: Message) -> bool:
    by_staff = message.actor.kind == "technician" and message.actor.id is not None
    return by_staff and message.audited and TOPIC_OF[type(message)].audited


def _note(message: Message) -> AuditNoted:
    here = getattr(message, "origin", None) or asking()
    return AuditNoted(
        # Derived, so that an event and its note are one however often they are told.
        id=derived_id("audit", message.id),
        time=message.time,
        tenant=message.tenant,
        key=message.actor.id or message.tenant,
        aggregate_version=0,
        actor=_through(message.actor),
        correlation_id=message.correlation_id,
        causation_id=message.id,
        company_id=message.company_id,
        case_id=message.conversation_id,
        action=message.type,
        details=tuple(_details(message)),
        address=here.address,
        user_agent=here.user_agent,
    )


def _through(actor: Actor) -> Actor:
    """The actor by the way in that they used, if they are who asks."""
    identity = asking().identity
    if identity is None or identity.id != actor.id:
        return actor
    return Actor(kind=actor.kind, id=actor.id, via=identity.via)


def _details(message: Message) -> Iterator[AuditDetail]:
    """The event's own open fields. What is `Personal` is never among them, whatever a later version adds."""
    if isinstance(message, CaseChanged):
        yield AuditDetail(name="number", value=str(message.case.number))
    kind = type(message)
    hidden = message.personal_fields() | Message.model_fields.keys()
    for name in kind.model_fields.keys() & kind.__annotations__.keys() - hidden:
        if (text := _text(getattr(message, name))) is not None:
            yield AuditDetail(name=name, value=text)


def _text(value: Any) -> str | None:
    """A scalar, or several, as text; None for what has a shape of its own."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, _SCALARS):
        return str(value)
    if isinstance(value, tuple) and all(isinstance(it, str) for it in value):
        return ", ".join(value)
    return value.isoformat() if hasattr(value, "isoformat") else None
