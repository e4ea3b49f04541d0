"""What is written into the audit log, each line by the transaction that it speaks of.

A file of its own, because every use case of portal writes and one alone reads.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from chassis.audit import noted
from chassis.ids import derived_id
from chassis.storage import Tx
from chassis.tokens import Identity
from contracts.audit import ApiKeyUsed, AuditDetail, AuditNoted
from contracts.envelope import Actor
from services.portal.domain import Listed, Technician
from services.portal.domain_audit import (
    AuditEntry,
    By,
    FieldChange,
    changes_between,
    expiry,
    group_of,
    kind_of,
    name_of,
    place_of,
)
from services.portal.domain_keys import ApiKey

if TYPE_CHECKING:
    from services.portal.desk import Desk


async def note_record(
    desk: "Desk", tx: Tx, before: Listed | None, after: Listed, actor: Actor
) -> None:
    """A record of the account was created or changed, field by field."""
    changes = changes_between(before, after)
    if not changes:
        return
    action = f"{kind_of(after)}.{'created' if before is None else 'changed'}"
    note = noted(desk.clock, action, actor, after.tenant, subject_id=after.id)
    entry = await _entry(desk, tx, note)
    await desk.store.add_entry(tx, replace(entry, subject_name=name_of(after), changes=changes))


async def note(  # noqa: PLR0913 - the parts of one sentence
    desk: "Desk",
    tx: Tx,
    action: str,
    actor: Actor,
    tenant: str,
    *,
    subject: Listed | None = None,
    details: Iterable[AuditDetail] = (),
) -> None:
    """Something was done at portal that changes no record of the directory."""
    subject_id = subject.id if subject else None
    wanted = noted(desk.clock, action, actor, tenant, subject_id=subject_id, details=details)
    entry = await _entry(desk, tx, wanted)
    await desk.store.add_entry(tx, replace(entry, subject_name=name_of(subject) if subject else ""))


async def keep_note(desk: "Desk", tx: Tx, message: AuditNoted) -> None:
    """What another service noted; a second time changes nothing."""
    await desk.store.add_entry(tx, await _entry(desk, tx, message))


async def keep_use(desk: "Desk", tx: Tx, message: ApiKeyUsed) -> None:
    """An API key was used: seen at the key, and one line for each of its days."""
    key = await desk.store.get(tx, ApiKey, message.api_key_id)
    if key is None or key.tenant != message.tenant:
        return
    await desk.store.put(tx, key.used(message.count, message.last_at, message.address))
    day = message.last_at.date().isoformat()
    entry_id = derived_id("audit", "api_key.used", key.id, day)
    before = await desk.store.get(tx, AuditEntry, entry_id)
    if before is None:
        entry = await _entry(desk, tx, _summary(message, entry_id))
        await desk.store.add_entry(tx, replace(entry, subject_name=key.name))
    else:
        total = int(before.details["count"]) + message.count
        details = {**before.details, "count": str(total)}
        await desk.store.put(tx, replace(before, details=details))


def _summary(message: ApiKeyUsed, entry_id: str) -> AuditNoted:
    return AuditNoted(
        id=entry_id,
        time=message.last_at,
        tenant=message.tenant,
        key=message.key,
        aggregate_version=0,
        actor=message.actor,
        correlation_id=message.correlation_id,
        action="api_key.used",
        subject_id=message.api_key_id,
        details=(AuditDetail(name="count", value=str(message.count)),),
        address=message.address,
    )


async def _entry(desk: "Desk", tx: Tx, note: AuditNoted) -> AuditEntry:
    by, name = await _who(desk, tx, note)
    return AuditEntry(
        id=note.id,
        tenant=note.tenant,
        place=place_of(note.time, note.id),
        time=note.time,
        group=group_of(note.action),
        action=note.action,
        by=by,
        by_id=note.actor.id,
        by_name=name,
        via=note.actor.via,
        case_id=note.case_id,
        company_id=note.company_id,
        subject_id=note.subject_id,
        subject_name="",
        details={detail.name: detail.value for detail in note.details},
        changes=tuple(
            FieldChange(detail.name, detail.before, detail.value)
            for detail in note.details
            if detail.before is not None
        ),
        address=note.address,
        user_agent=note.user_agent,
        expires_at=expiry(note.time, desk.audit_kept),
    )


async def _who(desk: "Desk", tx: Tx, note: AuditNoted) -> tuple[By, str]:
    if note.actor.id is None:
        return "system", ""
    technician = await desk.store.get(tx, Technician, note.actor.id)
    if technician is not None and technician.tenant == note.tenant:
        return "technician", technician.name
    key = await desk.store.get(tx, ApiKey, note.actor.id)
    if key is not None and key.tenant == note.tenant:
        return "api_key", key.name
    return "technician", ""


def actor_of(identity: Identity) -> Actor:
    """The person, or the key, as the cause of what is noted."""
    return Actor(kind="technician", id=identity.id, via=identity.via)
