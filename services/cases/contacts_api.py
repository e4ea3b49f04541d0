"""What technicians and integrators ask of contacts. It translates and calls; no rule lives here."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from chassis.describing import fails
from services.cases.api import Cases, Reader, Writer
from services.cases.contact_book import ContactBook
from services.cases.contacts import AddressTaken, ContactMovedOn, ContactUnknown, SameContact
from services.cases.contacts_schemas import (
    CasesOfContact,
    ContactChange,
    ContactList,
    ContactMerge,
    ContactView,
    cases_view,
    contact_text,
    contact_view,
)
from services.cases.keeping import CaseUnknown
from services.cases.schemas_lists import CURSOR, LONGEST_PAGE, PAGE
from services.cases.search import SearchTooShort

router = APIRouter(prefix="/api/cases", tags=["contacts"])


def _book(request: Request) -> ContactBook:
    book: ContactBook = request.app.state.contacts
    return book


TheBook = Annotated[ContactBook, Depends(_book)]
After = Annotated[str | None, Query(pattern=CURSOR, description="`next` of a page")]
Limit = Annotated[int, Query(ge=1, le=LONGEST_PAGE)]


@router.get("/contacts")
@fails(SearchTooShort)
async def list_contacts(  # noqa: PLR0913, PLR0917 - what FastAPI hands over
    technician: Reader,
    cases: Cases,
    book: TheBook,
    query: Annotated[
        str | None,
        Query(
            alias="q", max_length=200, description="beginnings of names, addresses, organisation"
        ),
    ] = None,
    after: After = None,
    limit: Limit = PAGE,
) -> ContactList:
    """Customers once known, those with the latest case first; with `q` those who fit, best first, on one page."""
    scope = cases.scope_of(technician)
    if query is not None:
        found, behind = await book.search(scope, query, limit), None
    else:
        page = await book.page(scope, after, limit)
        found, behind = page.contacts, page.next
    return ContactList(contacts=[contact_view(it, scope) for it in found], next=behind)


@router.get("/contacts/{contact_id}")
@fails(ContactUnknown)
async def show_contact(
    contact_id: str, technician: Reader, cases: Cases, book: TheBook
) -> ContactView:
    """One contact, also by the id of one that was merged into it."""
    scope = cases.scope_of(technician)
    return contact_view(await book.show(scope, contact_id), scope)


@router.get("/contacts/{contact_id}/cases")
@fails(ContactUnknown)
async def list_cases_of_contact(  # noqa: PLR0913, PLR0917 - what FastAPI hands over
    contact_id: str,
    technician: Reader,
    cases: Cases,
    book: TheBook,
    after: After = None,
    limit: Limit = PAGE,
) -> CasesOfContact:
    """Every case of a contact that the caller may see, the newest first."""
    page = await book.cases(cases.scope_of(technician), contact_id, after, limit)
    return cases_view(page, cases.people)


@router.put("/contacts/{contact_id}")
@fails(ContactUnknown, ContactMovedOn, AddressTaken)
async def change_contact(
    contact_id: str, wanted: ContactChange, technician: Writer, cases: Cases, book: TheBook
) -> ContactView:
    """Keep what is said of a contact, as it was at `version`."""
    scope = cases.scope_of(technician)
    text = contact_text(wanted)
    return contact_view(await book.edit(technician, scope, contact_id, text, wanted.version), scope)


@router.post("/contacts/{contact_id}/merge")
@fails(ContactUnknown, ContactMovedOn, SameContact)
async def merge_contacts(
    contact_id: str, wanted: ContactMerge, technician: Writer, cases: Cases, book: TheBook
) -> ContactView:
    """Two contacts are one person (X26): the other becomes part of this one, with all its cases."""
    scope = cases.scope_of(technician)
    mine, other = (contact_id, wanted.version), (wanted.other, wanted.other_version)
    return contact_view(await book.merge(technician, scope, mine, other), scope)


@router.get("/cases/{case_id}/related")
@fails(CaseUnknown)
async def list_related_cases(  # noqa: PLR0913, PLR0917 - what FastAPI hands over
    case_id: str,
    technician: Reader,
    cases: Cases,
    book: TheBook,
    after: After = None,
    limit: Limit = PAGE,
) -> CasesOfContact:
    """The other cases of the same contact (S40, S63), the newest first; whose contact is not known has none."""
    case = await cases.look_up(technician, case_id)
    page = await book.related(cases.scope_of(technician), case, after, limit)
    return cases_view(page, cases.people)
