"""The lists as MongoDB has them: pages by key, and how many cases a filter fits (`shelves.py` says from which index)."""

from dataclasses import dataclass
from typing import Final

from chassis.mongo import Collection, Document, Sort
from services.cases.shelves import MOST_LOOKED_AT, Asked, Plan, Shelf, plan_of
from services.cases.sorting import NEWEST, Sorting

MOST_COUNTED: Final = 999
"""A filter that fits more cases is told as having more than this."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many cases a filter fits; with `more` at least so many."""

    count: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class Walk:
    """A query that reads an index no further than to the key `end`, where the next page goes on; None: to the last row."""

    query: Document
    index: str
    end: str | None


class ListReader:
    """Reads rows of cases; nothing in them is opened here."""

    def __init__(self, rows: Collection, most: int = MOST_LOOKED_AT) -> None:
        self._rows = rows
        self._most = most

    async def page(
        self, asked: Asked, sorting: Sorting, after: str | None, limit: int
    ) -> tuple[list[Document], str | None]:
        """Rows behind `after` in their order, and what the next page begins behind; None at the end."""
        walk = await self.walk(asked, sorting, after)
        if walk is None:
            return [], None
        # Named, because a planner that learns from a small or lopsided desk may choose otherwise.
        rows = await self._rows.find(
            walk.query, sort=_sort(sorting), limit=limit + 1, hint=walk.index
        )
        if len(rows) > limit:
            return rows[:limit], _key(rows[limit - 1], sorting)
        return rows, walk.end

    async def walk(self, asked: Asked, sorting: Sorting, after: str | None) -> Walk | None:
        """What MongoDB is asked for a page; None where nothing can fit."""
        plan = plan_of(asked, sorting)
        if plan is None:
            return None
        shelf, end = await self._where(plan, sorting, after)
        return Walk(shelf.query(*_between(sorting, after, end)), shelf.index, end)

    async def count(self, asked: Asked) -> Tally:
        """How many cases fit, as far as that can be told by looking at so many rows."""
        plan = plan_of(asked, NEWEST)
        if plan is None:
            return Tally(0)
        end = await self._end_of_walk(plan.shelf, NEWEST, None)
        rows = await self._rows.find(
            plan.shelf.query(*_between(NEWEST, None, end)),
            sort=_sort(NEWEST),
            limit=MOST_COUNTED + 1,
            projection={"_id": 1},
            hint=plan.shelf.index,
        )
        return Tally(min(len(rows), MOST_COUNTED), len(rows) > MOST_COUNTED or end is not None)

    async def _where(
        self, plan: Plan, sorting: Sorting, after: str | None
    ) -> tuple[Shelf, str | None]:
        """What is read, and the key after which it is left for the next page."""
        if sorting.sort == NEWEST.sort:
            return plan.shelf, await self._end_of_walk(plan.shelf, sorting, after)
        if await self._end_of_walk(plan.shelf, NEWEST, None, always=True) is None:
            return plan.shelf, None
        return plan.walk, await self._end_of_walk(plan.walk, sorting, after)

    async def _end_of_walk(
        self, shelf: Shelf, sorting: Sorting, after: str | None, *, always: bool = False
    ) -> str | None:
        """The key of the last row that is looked at, or None where fewer are left."""
        if not shelf.asks and not always:
            return None
        # Not how pages are found, but how far one may go: so many keys of the index and no row are read.
        rows = await self._rows.find(
            {"$and": [shelf.holds, *_between(sorting, after, None)]},
            sort=_sort(sorting),
            skip=self._most - 1,
            limit=1,
            projection={"_id": 0, sorting.field: 1},
            hint=shelf.index,
        )
        return _key(rows[0], sorting) if rows else None


def _key(row: Document, sorting: Sorting) -> str:
    """A case of before the order was thought of has none until it is made up for: there the list ends."""
    return str(row.get(sorting.field, ""))


def _sort(sorting: Sorting) -> Sort:
    return [(sorting.field, 1 if sorting.ascending else -1)]


def _between(sorting: Sorting, after: str | None, end: str | None) -> list[Document]:
    behind, until = ("$gt", "$lte") if sorting.ascending else ("$lt", "$gte")
    bounds = {op: key for op, key in ((behind, after), (until, end)) if key is not None}
    return [{sorting.field: bounds}] if bounds else []
