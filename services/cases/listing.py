"""Pages of lists as they are asked for: in an order of the store, or what fits best first (S63, S64)."""

from dataclasses import dataclass
from typing import Final, Literal

from services.cases import search
from services.cases.domain import Case
from services.cases.filters import Wanted
from services.cases.sorting import NEWEST, Direction, Sorting, SortName, SortNeedsSearch, moment
from services.cases.storage import CaseStore, Page, Scope

MOST_CANDIDATES: Final = 200
"""How many cases a search looks into; among more the oldest are left out."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Which page of a list, and in which order. `after` is the `next` of the page before it."""

    sort: SortName | Literal["relevance"] = "created"
    direction: Direction | None = None
    after: str | None = None
    limit: int = 20


async def read_page(store: CaseStore, scope: Scope, wanted: Wanted, how: Listing) -> Page:
    """The page; raises `SearchTooShort` and `SortNeedsSearch`."""
    wanted.check()
    if how.sort != "relevance":
        sorting = Sorting.of(how.sort, how.direction)
        return await store.page(scope, wanted, sorting, how.after, how.limit)
    if not wanted.terms:
        raise SortNeedsSearch
    found = await store.page(scope, wanted, NEWEST, None, MOST_CANDIDATES)
    return _by_relevance(found.cases, wanted.terms, how)


def _by_relevance(found: list[Case], terms: list[str], how: Listing) -> Page:
    keyed = {_key(case, terms): case for case in found}
    keys = sorted(keyed, reverse=how.direction != "asc")
    behind = [
        it for it in keys if Sorting(ascending=how.direction == "asc").comes_behind(it, how.after)
    ]
    page = behind[: how.limit]
    return Page([keyed[key] for key in page], page[-1] if len(behind) > how.limit else None)


def _key(case: Case, terms: list[str]) -> str:
    return f"{search.relevance(case, terms):04x}{moment(case.now.created_at)}{case.id}"
