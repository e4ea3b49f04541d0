"""Use cases of technicians: who they are, and what they choose in the Status menu."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from chassis.storage import Tx
from chassis.tokens import Identity, TokenExpired, TokenInvalid
from services.portal.attendance import expect
from services.portal.desk import Desk
from services.portal.domain import Account, Company, Portal, Technician
from services.portal.entries import technicians_own


class Profile(NamedTuple):
    """A technician with what their console begins with."""

    technician: Technician
    account: Account
    companies: Sequence[Company]
    portals: Sequence[Portal]


async def show_me(desk: Desk, identity: Identity) -> Profile:
    """The person who asks."""
    return await profile(desk, await present(desk, None, identity))


async def show_colleagues(desk: Desk, identity: Identity) -> list[Technician]:
    """The account's active technicians, by name; for whoever belongs to it, an API key of the scope too."""
    if identity.scopes is None:
        await present(desk, None, identity)
    return [t for t in await desk.store.technicians_of(None, identity.tenant) if t.active]


async def set_availability(desk: Desk, identity: Identity, *, available: bool) -> Profile:
    """The choice in the Status menu (S56), told to every service."""

    async def work(tx: Tx) -> Technician:
        technician = await present(desk, tx, identity)
        changed = technician.made_available(available)
        if changed is not technician:
            await desk.save(tx, changed, technicians_own(changed))
            await expect(desk, tx, changed, desk.clock.now())
        return changed

    return await profile(desk, await desk.commit(work))


async def set_sound(desk: Desk, identity: Identity, *, sound: bool) -> Profile:
    """Whether the console rings; nobody else needs to know."""

    async def work(tx: Tx) -> Technician:
        technician = replace(await present(desk, tx, identity), sound=sound)
        await desk.store.put(tx, technician)
        return technician

    return await profile(desk, await desk.commit(work))


async def present(desk: Desk, tx: Tx | None, identity: Identity) -> Technician:
    """The technician as they are now, which a token of ten minutes ago may not know."""
    technician = await desk.store.get(tx, Technician, identity.id)
    if technician is None or technician.tenant != identity.tenant or not technician.active:
        raise TokenInvalid
    if technician.not_before is not None and identity.issued_at < technician.not_before:
        raise TokenExpired
    return technician


async def profile(desk: Desk, technician: Technician) -> Profile:
    account = await desk.store.get(None, Account, technician.tenant)
    if account is None:
        raise TokenInvalid
    companies = await desk.store.companies_of(None, technician.tenant, technician.companies)
    portals = await desk.store.portals_of(None, [company.id for company in companies])
    return Profile(technician, account, companies, portals)
