"""What the REST interface says of lists and searches."""

from pydantic import BaseModel

from services.cases.directory import People
from services.cases.schemas import CaseView, view
from services.cases.storage import Counts, Page


class ListCounts(BaseModel):
    """How many cases each list has."""

    unassigned: int
    mine: int
    all: int


class CaseList(BaseModel):
    """A page of a list; `next` is the `after` of the page behind it."""

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
