"""Use cases of customer portals, for administrators (S1-S3, S6): make one, change its address, switch it off."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from chassis.ids import new_id
from chassis.mongo import DuplicateKey
from chassis.storage import Tx
from chassis.tokens import Identity
from contracts.envelope import Actor
from services.portal.accounts import check_administrator
from services.portal.auditing import actor_of
from services.portal.desk import Desk
from services.portal.domain import (
    Company,
    Portal,
    PortalState,
    SubdomainTaken,
    Technician,
    checked_subdomain,
    skeleton,
)
from services.portal.domain_portals import (
    CompanyHasPortal,
    CompanyNotOfAccount,
    MailAddressTaken,
    OldSubdomain,
    OwnPortalUnknown,
)

OFFER_AFTER, GRACE = 120, 60
"""Seconds, as for the portals of a first account that says nothing else."""


class CompanyPortals(NamedTuple):
    """The account's companies, by name, and their portals."""

    companies: Sequence[Company]
    portals: Sequence[Portal]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A portal to be made: for a company that is there, or for one of this name."""

    subdomain: str
    state: PortalState
    company_id: str | None
    company_name: str
    mail_address: str = ""


async def list_portals(desk: Desk, identity: Identity) -> CompanyPortals:
    """Every portal of the account, and who has none; raises `AdministratorsOnly`."""
    await check_administrator(desk, None, identity)
    companies = await desk.store.companies_in(None, identity.tenant)
    return CompanyPortals(
        companies, await desk.store.portals_of(None, [company.id for company in companies])
    )


async def check_subdomain(desk: Desk, identity: Identity, text: str, portal_id: str | None) -> str:
    """The name in its one spelling, if the account's portal can have it; raises the errors of a name."""
    await check_administrator(desk, None, identity)
    return await _free(desk, None, identity.tenant, text, portal_id)


async def add_portal(desk: Desk, identity: Identity, wanted: Wanted) -> tuple[Company, Portal]:
    """Make a portal, and its company where that is new; raises the errors of name and company.

    A new company is everybody's, as those that the account began with.
    """

    async def work(tx: Tx) -> tuple[Company, Portal]:
        await check_administrator(desk, tx, identity)
        actor = actor_of(identity)
        subdomain = await _free(desk, tx, identity.tenant, wanted.subdomain, None)
        company = await _company(desk, tx, identity.tenant, wanted, actor)
        await _check_mail(desk, tx, wanted.mail_address, None)
        portal = _new_portal(company, subdomain, wanted)
        await _keep(desk, tx, portal, actor)
        return company, portal

    return await desk.commit(work)


async def change_portal(  # noqa: PLR0913, PLR0917 - a portal as it is to be
    desk: Desk,
    identity: Identity,
    portal_id: str,
    subdomain: str,
    state: PortalState,
    mail_address: str | None = None,
) -> tuple[Company, Portal]:
    """Give a portal another address, or switch it on or off; the old address is nobody else's from then on.

    Without a `mail_address` it keeps the one that it has.
    """

    async def work(tx: Tx) -> tuple[Company, Portal]:
        await check_administrator(desk, tx, identity)
        before = await desk.store.get(tx, Portal, portal_id)
        if before is None or before.tenant != identity.tenant:
            raise OwnPortalUnknown
        name = await _free(desk, tx, identity.tenant, subdomain, portal_id)
        mail = before.mail_address if mail_address is None else mail_address
        await _check_mail(desk, tx, mail, portal_id)
        after = replace(
            before, subdomain=name, skeleton=skeleton(name), state=state, mail_address=mail
        )
        if after != before:
            await _keep(
                desk,
                tx,
                replace(after, version=before.version + 1),
                actor_of(identity),
            )
            await _quarantine(desk, tx, before, after)
        company = await desk.store.get(tx, Company, before.company_id)
        if company is None:
            raise CompanyNotOfAccount
        return company, after

    return await desk.commit(work)


async def _free(desk: Desk, tx: Tx | None, tenant: str, text: str, portal_id: str | None) -> str:
    subdomain = checked_subdomain(text)
    looks = skeleton(subdomain)
    holder = await desk.store.portal_looking(tx, looks)
    left = await desk.store.get(tx, OldSubdomain, looks)
    foreign = holder is not None and holder.id != portal_id
    if foreign or (left is not None and left.tenant != tenant):
        raise SubdomainTaken(subdomain=subdomain)
    return subdomain


async def _check_mail(desk: Desk, tx: Tx, address: str, portal_id: str | None) -> None:
    holder = await desk.store.portal_mailed(tx, address) if address else None
    if holder is not None and holder.id != portal_id:
        raise MailAddressTaken(address=address)


async def _company(desk: Desk, tx: Tx, tenant: str, wanted: Wanted, actor: Actor) -> Company:
    if wanted.company_id is None:
        return await _new_company(desk, tx, tenant, wanted.company_name, actor)
    company = await desk.store.get(tx, Company, wanted.company_id)
    if company is None or company.tenant != tenant:
        raise CompanyNotOfAccount
    if await desk.store.portals_of(tx, [company.id]):
        raise CompanyHasPortal
    return company


async def _new_company(desk: Desk, tx: Tx, tenant: str, name: str, actor: Actor) -> Company:
    company = Company(new_id(), tenant, name, version=1)
    await desk.save(tx, company, actor)
    now = desk.clock.now()
    for technician in await desk.store.technicians_of(tx, tenant):
        if technician.active:
            await desk.save(tx, _with_access(technician, company, now), actor)
    return company


def _with_access(technician: Technician, company: Company, now: datetime) -> Technician:
    # Tokens name companies, so those of before are renewed.
    return replace(
        technician,
        companies=(*technician.companies, company.id),
        not_before=now,
        version=technician.version + 1,
    )


def _new_portal(company: Company, subdomain: str, wanted: Wanted) -> Portal:
    return Portal(
        id=new_id(),
        tenant=company.tenant,
        company_id=company.id,
        subdomain=subdomain,
        skeleton=skeleton(subdomain),
        state=wanted.state,
        email="required",
        greeting="",
        survey=True,
        offer_after=OFFER_AFTER,
        grace=GRACE,
        version=1,
        mail_address=wanted.mail_address,
    )


async def _keep(desk: Desk, tx: Tx, portal: Portal, actor: Actor) -> None:
    try:
        await desk.save(tx, portal, actor)
    except DuplicateKey as error:
        # Somebody was faster by a moment; a company's second portal was found before.
        raise SubdomainTaken(subdomain=portal.subdomain) from error


async def _quarantine(desk: Desk, tx: Tx, before: Portal, after: Portal) -> None:
    await desk.store.remove(tx, OldSubdomain, after.skeleton)
    if before.skeleton != after.skeleton:
        old = OldSubdomain(before.skeleton, before.tenant, before.subdomain, desk.clock.now())
        await desk.store.put(tx, old)
