"""The REST interface of customer portals, for administrators. It translates and calls; no rule lives here."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from chassis.admits import current_technician
from chassis.describing import fails
from chassis.settings import Settings
from chassis.tokens import AdministratorsOnly, Identity
from services.portal import handlers
from services.portal.desk import Desk
from services.portal.domain import Portal, SubdomainInvalid, SubdomainReserved, SubdomainTaken
from services.portal.domain_portals import (
    CompanyHasPortal,
    CompanyNotOfAccount,
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

router = APIRouter(prefix="/api/portal", tags=["portal"])


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def _base(request: Request) -> str:
    settings: Settings = request.app.state.runtime.settings
    return f"{settings.public_url}/p/"


WithDesk = Annotated[Desk, Depends(_desk)]
Base = Annotated[str, Depends(_base)]
"""What a subdomain makes the address of a portal with."""
Administrator = Annotated[Identity, Depends(current_technician)]
"""Which technicians are administrators, the use case decides by their rights of now."""


@router.get("/company-portals")
@fails(AdministratorsOnly)
async def list_company_portals(
    identity: Administrator, desk: WithDesk, base: Base
) -> CompanyPortalList:
    """The account's companies by name, each with its portal if it has one; for administrators."""
    found = await handlers.list_portals(desk, identity)
    portals = {portal.company_id: _shown(portal, desk, base) for portal in found.portals}
    return CompanyPortalList(
        base=base,
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
)
async def add_company_portal(
    wanted: NewCompanyPortal, identity: Administrator, desk: WithDesk, base: Base
) -> OneCompany:
    """Make a portal for a company that has none, or for a new one, which everybody has access to (S1)."""
    company, portal = await handlers.add_portal(
        desk,
        identity,
        Wanted(wanted.subdomain, wanted.state, wanted.company_id, wanted.company_name),
    )
    return OneCompany(id=company.id, name=company.name, portal=_shown(portal, desk, base))


@router.put("/company-portals/{portal_id}")
@fails(AdministratorsOnly, SubdomainInvalid, SubdomainReserved, SubdomainTaken, OwnPortalUnknown)
async def change_company_portal(
    portal_id: str, wanted: PortalChange, identity: Administrator, desk: WithDesk, base: Base
) -> OneCompany:
    """Change a portal's address, or switch it on or off (S6). Nobody else is given the old address."""
    company, portal = await handlers.change_portal(
        desk, identity, portal_id, wanted.subdomain, wanted.state
    )
    return OneCompany(id=company.id, name=company.name, portal=_shown(portal, desk, base))


@router.get("/subdomains/{subdomain}")
@fails(AdministratorsOnly, SubdomainInvalid, SubdomainReserved, SubdomainTaken)
async def check_subdomain(
    subdomain: str,
    identity: Administrator,
    desk: WithDesk,
    base: Base,
    portal: Annotated[str | None, Query(max_length=64, description="the portal it is for")] = None,
) -> FreeSubdomain:
    """Whether a portal of the account can have this name, asked while it is typed (S3)."""
    name = await handlers.check_subdomain(desk, identity, subdomain, portal)
    return FreeSubdomain(subdomain=name, url=f"{base}{name}")


def _shown(portal: Portal, desk: Desk, base: str) -> OwnPortal:
    return OwnPortal(
        id=portal.id,
        subdomain=portal.subdomain,
        address=portal_address(desk.host, portal.subdomain),
        url=f"{base}{portal.subdomain}",
        state=portal.state,
    )
