"""What the REST interface says of lists and searches."""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, Field

from chassis.tokens import Identity
from services.cases.directory import People
from services.cases.domain import ListName
from services.cases.filters import CaseFilter, Wanted
from services.cases.listing import Listing
from services.cases.schemas import CaseView, view
from services.cases.sorting import Direction, SortName
from services.cases.storage import Page
from services.cases.tallies import Counts

PAGE: Final = 20
LONGEST_PAGE: Final = 100
CURSOR: Final = r"^[0-9a-f]{12,16}[0-9a-f-]{36}$"


class ListQuery(CaseFilter):
    """A page of a list. Several values of a field are written as `state=assigned&state=snoozed`."""

    listed: Annotated[ListName, Field(alias="list")] = "unassigned"
    sort: SortName | Literal["relevance"] = "created"
    """By relevance only with `q`, and then within the 200 newest cases that it finds."""
    direction: Direction | None = None
    after: Annotated[str | None, Field(pattern=CURSOR, description="`next` of a page")] = None
    limit: Annotated[int, Field(ge=1, le=LONGEST_PAGE)] = PAGE

    def wanted_by(self, technician: Identity) -> Wanted:
        """What is asked for, by whom."""
        named = {name: getattr(self, name) for name in CaseFilter.model_fields}
        return Wanted(self.listed, technician.id, CaseFilter(**named))

    def listing(self) -> Listing:
        """Which page, and in which order."""
        return Listing(self.sort, self.direction, self.after, self.limit)


class ListCounts(BaseModel):
    """How many cases each list has."""

    unassigned: int
    mine: int
    all: int


class CaseList(BaseModel):
    """A page of a list; `next` is the `after` of the page behind it.

    Where a filter fits little a page may be short, or empty, and have a `next` all the same.
    """

    cases: list[CaseView]
    next: str | None
    counts: ListCounts
    incoming: bool
    """Whether cases that wait for a technician are among those that are shown to this one (S57)."""


class FoundCases(BaseModel):
    """What a search found, what fits best first."""

    cases: list[CaseView]


def list_view(page: Page, counts: Counts, people: People, *, incoming: bool) -> CaseList:
    """A page as it is shown."""
    return CaseList(
        cases=[view(case, people) for case in page.cases],
        next=page.next,
        counts=ListCounts(unassigned=counts.unassigned, mine=counts.mine, all=counts.all),
        incoming=incoming,
    )
