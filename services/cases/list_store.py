"""The lists as MongoDB has them: pages by key, and how many cases a filter fits (`shelves.py` says from which index)."""

from dataclasses import dataclass, replace
from typing import Final

from chassis.mongo import Collection, Document, Sort
from services.cases.shelves import MOST_LOOKED_AT, WIDE, Asked, Plan, Shelf, plan_of
from services.cases.sorting import NEWEST, Sorting

MOST_COUNTED: Final = 999
"""A filter that fits more cases is told as having more than this."""
LOOKED_AT_FIRST: Final = 0.1
"""Of all that may be looked at for a page. Mostly it is full then: to find out how far one may go takes longer."""
_READ: Final[Document] = {"words": 0}


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
        self._first = round(most * LOOKED_AT_FIRST)

    async def page(
        self, asked: Asked, sorting: Sorting, after: str | None, limit: int
    ) -> tuple[list[Document], str | None]:
        """Rows behind `after` in their order, and what the next page begins behind; None at the end.

        Without the digests of their words, which are half of a row and nobody's business behind the store.
        """
        plan = plan_of(asked, sorting)
        if plan is None:
            return [], None
        rows, end = await self._fitting(await self._shelf(plan, sorting), sorting, after, limit + 1)
        if len(rows) > limit:
            return rows[:limit], _key(rows[limit - 1], sorting)
        return rows, end

    async def _fitting(
        self, shelf: Shelf, sorting: Sorting, after: str | None, limit: int
    ) -> tuple[list[Document], str | None]:
        """The next rows that fit, and where their walk was left; None where it was not."""
        if shelf.is_bounded:
            near = await self._near(shelf, sorting, after, limit)
            # Half of what was looked at, so that rows which go meanwhile do not make it seem all there is.
            few = self._first // 2
            if len(near) == limit or await self._key_at(few, shelf, sorting, after) is None:
                return near, None
        walk = await self._walk(shelf, sorting, after)
        return await self._read(walk, sorting, limit), walk.end

    async def walk(self, asked: Asked, sorting: Sorting, after: str | None) -> Walk | None:
        """What MongoDB is asked for a page, however far it has to look; None where nothing can fit."""
        plan = plan_of(asked, sorting)
        if plan is None:
            return None
        return await self._walk(await self._shelf(plan, sorting), sorting, after)

    async def _walk(self, shelf: Shelf, sorting: Sorting, after: str | None) -> Walk:
        end = await self._end_of_walk(shelf, sorting, after)
        return Walk(shelf.query(*_between(sorting, after, end)), shelf.index, end)

    async def _read(self, walk: Walk, sorting: Sorting, limit: int) -> list[Document]:
        # Named, because a planner that learns from a small or lopsided desk may choose otherwise.
        return await self._rows.find(
            walk.query, sort=_sort(sorting), limit=limit, hint=walk.index, projection=_READ
        )

    async def _near(
        self, shelf: Shelf, sorting: Sorting, after: str | None, limit: int
    ) -> list[Document]:
        """What fits of the next few rows."""
        pipeline: list[Document] = [
            {"$match": {"$and": [shelf.holds, *_between(sorting, after, None)]}},
            {"$sort": dict(_sort(sorting))},
            {"$limit": self._first},
            {"$match": {"$and": [*shelf.asks]}},
            {"$limit": limit},
            {"$project": _READ},
        ]
        return await self._rows.aggregate(pipeline, hint=shelf.index)

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

    async def _shelf(self, plan: Plan, sorting: Sorting) -> Shelf:
        """What is read: in another order than theirs the few rows of a shelf, else the walk along that order."""
        if sorting.sort == NEWEST.sort:
            return plan.shelf
        if plan.shelf.index in WIDE:
            return plan.walk
        few = await self._key_at(self._most, plan.shelf, NEWEST, None) is None
        return replace(plan.shelf, few=True) if few else plan.walk

    async def _end_of_walk(self, shelf: Shelf, sorting: Sorting, after: str | None) -> str | None:
        """The key of the last row that is looked at; None where all may be."""
        if not shelf.is_bounded:
            return None
        return await self._key_at(self._most, shelf, sorting, after)

    async def _key_at(
        self, place: int, shelf: Shelf, sorting: Sorting, after: str | None
    ) -> str | None:
        """The key of the row that stands so many rows behind `after`; None where fewer are left."""
        # Not how pages are found, but how far one may go: so many keys of the index and no row are read.
        rows = await self._rows.find(
            {"$and": [shelf.holds, *_between(sorting, after, None)]},
            sort=_sort(sorting),
            skip=place - 1,
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
