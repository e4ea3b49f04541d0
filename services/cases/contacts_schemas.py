"""What the REST interface takes and says of contacts."""

from datetime import datetime
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from chassis.text import NAME_LIMIT, EmailAddress, LabelText, Remark
from contracts.envelope import Id
from services.cases.contacts import MOST_ADDRESSES, Contact, ContactText
from services.cases.directory import People
from services.cases.schemas import CaseView, view
from services.cases.storage import Page, Scope

Name = Annotated[LabelText, Field(max_length=NAME_LIMIT)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1, description="the contact as it was looked at")]
LONGEST_PHONE: Final = 50


class ContactFields(BaseModel):
    """What technicians say of a contact."""

    first_name: Name
    last_name: Name
    emails: Annotated[list[EmailAddress], Field(min_length=1, max_length=MOST_ADDRESSES)]
    organisation: Name
    phone: Annotated[LabelText, Field(max_length=LONGEST_PHONE)]
    note: Remark


class ContactChange(ContactFields):
    """A contact as it is to be; a misspelled field is an error, not silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Version


class ContactMerge(BaseModel):
    """The contact that is to become part of this one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Version
    other: Id
    other_version: Version


class ContactView(BaseModel):
    """A customer once known. `version` grows with what technicians change."""

    id: str
    ids: list[str]
    """Its own, and those of the contacts that were merged into it."""
    version: int
    first_name: str
    last_name: str
    emails: list[str]
    organisation: str
    phone: str
    note: str
    first_seen: datetime
    last_seen: datetime
    """When the newest of its cases began."""
    cases: int
    """How many cases it has that the caller may see."""


class ContactList(BaseModel):
    """A page of contacts, those with the latest case first; `next` is the `after` of the page behind it."""

    contacts: list[ContactView]
    next: str | None


class CasesOfContact(BaseModel):
    """Some cases of a contact, the newest first; `next` is the `after` of the page behind it."""

    cases: list[CaseView]
    next: str | None


def contact_text(wanted: ContactChange) -> ContactText:
    """What is to be kept."""
    return ContactText(**wanted.model_dump(exclude={"version"}))


def contact_view(contact: Contact, scope: Scope) -> ContactView:
    """A contact as it is shown to somebody with this scope."""
    text = contact.text
    return ContactView(
        id=contact.id,
        ids=list(contact.ids),
        version=contact.version,
        first_name=text.first_name,
        last_name=text.last_name,
        emails=list(text.emails),
        organisation=text.organisation,
        phone=text.phone,
        note=text.note,
        first_seen=contact.first_seen,
        last_seen=contact.last_seen,
        cases=sum(contact.cases.get(company, 0) for company in scope.companies or ()),
    )


def cases_view(page: Page, people: People) -> CasesOfContact:
    """A page as it is shown."""
    return CasesOfContact(cases=[view(case, people) for case in page.cases], next=page.next)
