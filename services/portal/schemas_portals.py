"""What the REST interface of customer portals takes and gives."""

from typing import Annotated

from pydantic import BaseModel, Field, model_validator

from chassis.text import LabelText
from contracts.envelope import Id
from services.portal.domain import PortalState
from services.portal.schemas import Request

Subdomain = Annotated[str, Field(max_length=200)]
"""Judged by the rule of names, which says what is wrong with it."""
CompanyName = Annotated[LabelText, Field(max_length=100)]


class NewCompanyPortal(Request):
    """A portal for the company of `company_id`, or for a new one of the name `company_name`."""

    subdomain: Subdomain
    state: PortalState = "active"
    company_id: Id | None = None
    company_name: CompanyName = ""

    @model_validator(mode="after")
    def _names_one(self) -> "NewCompanyPortal":
        if (self.company_id is None) == (not self.company_name.strip()):
            raise ValueError("name a company by its id, or a new one by its name")
        return self


class PortalChange(Request):
    """A portal as it is to be."""

    subdomain: Subdomain
    state: PortalState


class OwnPortal(BaseModel):
    """A portal; `url` is where customers find it by itself."""

    id: Id
    subdomain: str
    address: str
    url: str
    state: PortalState


class OneCompany(BaseModel):
    """A company, and its portal if it has one."""

    id: Id
    name: str
    portal: OwnPortal | None


class CompanyPortalList(BaseModel):
    """The account's companies; `base` and a subdomain make the address of a portal."""

    base: str
    companies: list[OneCompany]


class FreeSubdomain(BaseModel):
    """A name that can be had, in its one spelling."""

    subdomain: str
    url: str
