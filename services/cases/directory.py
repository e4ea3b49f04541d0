"""What cases needs to know of the account; `chassis.directory.Directory` knows it."""

from collections.abc import Iterable
from typing import Protocol

from contracts.portal import CompanyListed, PortalListed, TechnicianListed


class People(Protocol):
    """The account's people, portals and companies."""

    loaded: bool
    """Whether everybody is known who was there at the start."""

    def technician(self, technician_id: str) -> TechnicianListed | None:
        """The technician of this id."""
        ...

    def sees_incoming(self, technician_id: str) -> bool:
        """Whether a technician sees the cases that wait for one (S57)."""
        ...

    def technicians_with_access(self, tenant: str, company_id: str) -> Iterable[TechnicianListed]:
        """The active technicians who may see a company's cases."""
        ...

    def technicians(self, tenant: str) -> Iterable[TechnicianListed]:
        """The account's active technicians."""
        ...

    def staff(self) -> Iterable[TechnicianListed]:
        """The active technicians of every account."""
        ...

    def portals(self, tenant: str) -> Iterable[PortalListed]:
        """The account's portals."""
        ...

    def portal(self, portal_id: str) -> PortalListed | None:
        """The portal of this id."""
        ...

    def company(self, company_id: str) -> CompanyListed | None:
        """The company of this id."""
        ...
