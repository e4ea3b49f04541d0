"""Use cases of the audit log: administrators read it, and take it with them."""

from collections.abc import AsyncIterator
from typing import Final, NamedTuple

from chassis.storage import Tx
from chassis.tokens import Identity
from contracts.audit import AuditDetail
from services.portal.accounts import check_administrator
from services.portal.auditing import actor_of, note
from services.portal.desk import Desk
from services.portal.domain_audit import AuditEntry, AuditFilter

EXPORTED_AT_ONCE: Final = 500


class AuditPage(NamedTuple):
    """Newest first; `next` is where the page after this one begins, None at the end."""

    entries: list[AuditEntry]
    next: str | None


async def read_audit(
    desk: Desk, identity: Identity, wanted: AuditFilter, after: str | None, limit: int
) -> AuditPage:
    """A page, newest first, for administrators and keys of the scope; raises `AdministratorsOnly`."""
    await check_reader(desk, None, identity)
    return await _page(desk, identity.tenant, wanted, after, limit)


async def export_audit(
    desk: Desk, identity: Identity, wanted: AuditFilter, form: str
) -> AsyncIterator[AuditEntry]:
    """All entries that match, newest first; that they were exported is noted before the first one leaves."""

    async def work(tx: Tx) -> None:
        await check_reader(desk, tx, identity)
        details = [AuditDetail(name="form", value=form)]
        await note(desk, tx, "audit.exported", actor_of(identity), identity.tenant, details=details)

    await desk.commit(work)
    return _all(desk, identity.tenant, wanted)


async def _all(desk: Desk, tenant: str, wanted: AuditFilter) -> AsyncIterator[AuditEntry]:
    after: str | None = None
    while True:
        page = await _page(desk, tenant, wanted, after, EXPORTED_AT_ONCE)
        for entry in page.entries:
            yield entry
        after = page.next
        if after is None:
            return


async def _page(
    desk: Desk, tenant: str, wanted: AuditFilter, after: str | None, limit: int
) -> AuditPage:
    found = await desk.store.entries_of(tenant, wanted, after, limit + 1)
    more = len(found) > limit
    return AuditPage(found[:limit], found[limit - 1].place if more else None)


async def check_reader(desk: Desk, tx: Tx | None, identity: Identity) -> None:
    """An administrator, or a key whose scope the route has asked for."""
    if identity.scopes is None:
        await check_administrator(desk, tx, identity)
