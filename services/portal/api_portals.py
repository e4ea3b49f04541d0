"""The REST interface of customer portals, for administrators. It translates and calls; no rule lives here."""

from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, Query, Request

from chassis.admits import staff
from chassis.describing import fails
from chassis.tokens import AdministratorsOnly, Identity
from services.portal import handlers
from services.portal.desk import Desk
from services.portal.domain import Portal, SubdomainInvalid, SubdomainReserved, SubdomainTaken
from services.portal.domain_portals import (
    CompanyHasPortal,
    CompanyNotOfAccount,
    MailAddressTaken,
    OwnPortalUnknown,
)
from services.portal.entries import portal_address
from services.portal.portals import Wanted
from services.portal.schemas_portals import (
    CompanyPortalList,
    FreeSubdomain,
    NewCompanyPortal,
    OneCompany,
    OwnPortal,
    PortalChange,
)
from services.portal.settings import PortalSettings

router = APIRouter(prefix="/api/portal", tags=["portal"])


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


class Reached(NamedTuple):
    """What a subdomain makes the addresses of a portal with; `domain` is empty where the desk has none for mail."""

    base: str
    domain: str


def _reached(request: Request) -> Reached:
    settings: PortalSettings = request.app.state.runtime.settings
    return Reached(f"{settings.public_url}/p/", settings.mail_domain)


WithDesk = Annotated[Desk, Depends(_desk)]
WithReached = Annotated[Reached, Depends(_reached)]
Administrator = Annotated[Identity, Depends(staff("administer"))]
"""Which technicians are administrators, the use case decides by their rights of now."""


@router.get("/company-portals")
@fails(AdministratorsOnly)
async def list_company_portals(
    identity: Administrator, desk: WithDesk, reached: WithReached
) -> CompanyPortalList:
    """The account's companies by name, each with its portal if it has one; for administrators."""
    found = await handlers.list_portals(desk, identity)
    portals = {portal.company_id: _shown(portal, desk, reached) for portal in found.portals}
    return CompanyPortalList(
        base=reached.base,
        companies=[
            OneCompany(id=it.id, name=it.name, portal=portals.get(it.id)) for it in found.companies
        ],
    )


@router.post("/company-portals", status_code=201)
@fails(
    AdministratorsOnly,
    SubdomainInvalid,
    SubdomainReserved,
    SubdomainTaken,
    CompanyNotOfAccount,
    CompanyHasPortal,
    MailAddressTaken,
)
async def add_company_portal(
    wanted: NewCompanyPortal,
    identity: Administrator,
    desk: WithDesk,
    reached: WithReached,
) -> OneCompany:
    """Make a portal for a company that has none, or for a new one, which everybody has access to (S1)."""
    company, portal = await handlers.add_portal(
        desk,
        identity,
        Wanted(
            wanted.subdomain,
            wanted.state,
            wanted.company_id,
            wanted.company_name,
            wanted.mail_address,
        ),
    )
    return OneCompany(id=company.id, name=company.name, portal=_shown(portal, desk, reached))


@router.put("/company-portals/{portal_id}")
@fails(
    AdministratorsOnly,
    SubdomainInvalid,
    SubdomainReserved,
    SubdomainTaken,
    MailAddressTaken,
    OwnPortalUnknown,
)
async def change_company_portal(
    portal_id: str,
    wanted: PortalChange,
    identity: Administrator,
    desk: WithDesk,
    reached: WithReached,
) -> OneCompany:
    """Change a portal's address, or switch it on or off (S6). Nobody else is given the old address."""
    company, portal = await handlers.change_portal(
        desk, identity, portal_id, wanted.subdomain, wanted.state, wanted.mail_address
    )
    return OneCompany(id=company.id, name=company.name, portal=_shown(portal, desk, reached))


@router.get("/subdomains/{subdomain}")
@fails(AdministratorsOnly, SubdomainInvalid, SubdomainReserved, SubdomainTaken)
async def check_subdomain(
    subdomain: str,
    identity: Administrator,
    desk: WithDesk,
    reached: WithReached,
    portal: Annotated[str | None, Query(max_length=64, description="the portal it is for")] = None,
) -> FreeSubdomain:
    """Whether a portal of the account can have this name, asked while it is typed (S3)."""
    name = await handlers.check_subdomain(desk, identity, subdomain, portal)
    return FreeSubdomain(subdomain=name, url=f"{reached.base}{name}")


def _shown(portal: Portal, desk: Desk, reached: Reached) -> OwnPortal:
    return OwnPortal(
        id=portal.id,
        subdomain=portal.subdomain,
        address=portal_address(desk.host, portal.subdomain),
        url=f"{reached.base}{portal.subdomain}",
        state=portal.state,
        mail_address=portal.mail_address,
        mail_by_name=f"{portal.subdomain}@{reached.domain}" if reached.domain else "",
    )
