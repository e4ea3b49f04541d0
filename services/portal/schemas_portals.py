"""What the REST interface of customer portals takes and gives."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, model_validator

from chassis.text import LabelText, OptionalEmailAddress
from contracts.envelope import Id
from services.portal.domain import PortalState
from services.portal.schemas import Request


def _one_spelling(address: str) -> str:
    user, at, domain = address.lower().rpartition("@")
    return f"{user.partition('+')[0]}{at}{domain}"


Subdomain = Annotated[str, Field(max_length=200)]
"""Judged by the rule of names, which says what is wrong with it."""
MailAddress = Annotated[OptionalEmailAddress, AfterValidator(_one_spelling)]
"""Where a portal takes mail, in lower case and without what may stand behind a `+`; or nothing."""
CompanyName = Annotated[LabelText, Field(max_length=100)]


class NewCompanyPortal(Request):
    """A portal for the company of `company_id`, or for a new one of the name `company_name`."""

    subdomain: Subdomain
    state: PortalState = "active"
    company_id: Id | None = None
    company_name: CompanyName = ""
    mail_address: MailAddress = ""

    @model_validator(mode="after")
    def _names_one(self) -> "NewCompanyPortal":
        if (self.company_id is None) == (not self.company_name.strip()):
            raise ValueError("name a company by its id, or a new one by its name")
        return self


class PortalChange(Request):
    """A portal as it is to be."""

    subdomain: Subdomain
    state: PortalState
    mail_address: MailAddress | None = None
    """Absent, it stays as it is."""


class OwnPortal(BaseModel):
    """A portal; `url` is where customers find it by itself."""

    id: Id
    subdomain: str
    address: str
    url: str
    state: PortalState
    mail_address: str
    """An address of its own at which it takes mail; empty for none."""
    mail_by_name: str
    """The address that it has by its subdomain; empty where the desk has no domain for mail."""


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
