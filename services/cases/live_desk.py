"""The desk at this moment, for administrators: who waits, who chats, and how many cases came today.

A file of its own, because nothing in here decides anything. Each figure is counted by an index that
holds little more than what is counted: cases that wait, chats that are live, cases of one day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request
from pydantic import AwareDatetime, BaseModel

from chassis.admits import current_administrator
from chassis.mongo import Database, Document, Index
from chassis.tokens import Identity
from services.cases.storage import CASES

LIVE: Final = {"live": True}
INDEXES: Final[dict[str, list[Index]]] = {
    CASES: [
        Index(
            [("tenant", 1), ("company_id", 1), ("state", 1)],
            name="live",
            partialFilterExpression=LIVE,
        )
    ]
}

router = APIRouter(prefix="/api/cases", tags=["cases"])


class LiveDeskView(BaseModel):
    """The companies of whoever asks, in figures."""

    waiting: int
    """Cases that wait for a technician."""
    waiting_since: datetime | None
    """Since when the first of them waits."""
    live_chats: int
    live_waiting: int
    """Those live chats that have no technician yet."""
    opened: int
    """Cases that began since the moment that was named."""


@dataclass(frozen=True, slots=True)
class Place:
    """Whose cases are counted."""

    tenant: str
    companies: Sequence[str]

    def query(self, **more: Any) -> Document:
        return {"tenant": self.tenant, "company_id": {"$in": list(self.companies)}, **more}


class LiveDesk:
    """Counts."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._cases = database.collection(CASES)

    async def prepare(self) -> None:
        """Create the index if it is missing."""
        await self._database.ensure_indexes(INDEXES)

    async def look(self, place: Place, since: datetime) -> LiveDeskView:
        """The figures of now; `opened` counts from `since`."""
        waiting = await self._grouped(waiting_query(place), None)
        live = await self._grouped(live_query(place), "$state")
        opened = await self._grouped(opened_query(place, since), None)
        states = {row["_id"]: row["cases"] for row in live}
        return LiveDeskView(
            waiting=waiting[0]["cases"] if waiting else 0,
            waiting_since=waiting[0]["since"] if waiting else None,
            live_chats=sum(states.values()),
            live_waiting=states.get("pending", 0) + states.get("unassigned", 0),
            opened=opened[0]["cases"] if opened else 0,
        )

    async def _grouped(self, query: Document, by: str | None) -> list[Document]:
        since = {"$min": {"$ifNull": ["$waiting_since", "$created_at"]}}
        group = {"_id": by, "cases": {"$sum": 1}, "since": since}
        return await self._cases.aggregate([{"$match": query}, {"$group": group}])


def waiting_query(place: Place) -> Document:
    return place.query(state="unassigned")


def live_query(place: Place) -> Document:
    return place.query(**LIVE)


def opened_query(place: Place, since: datetime) -> Document:
    return place.query(submitted={"$gte": f"{round(since.timestamp() * 1_000):012x}"})


def _live_desk(request: Request) -> LiveDesk:
    live_desk: LiveDesk = request.app.state.live_desk
    return live_desk


@router.get("/desk")
async def show_live_desk(
    administrator: Annotated[Identity, Depends(current_administrator)],
    live_desk: Annotated[LiveDesk, Depends(_live_desk)],
    since: Annotated[AwareDatetime, Query(description="from when new cases are counted")],
) -> LiveDeskView:
    """The desk at this moment, for administrators."""
    place = Place(administrator.tenant, administrator.companies)
    return await live_desk.look(place, since)
