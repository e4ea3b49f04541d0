"""The desk in figures: what is counted is what is there, of the own companies, and by an index."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.ids import new_id
from chassis.mongo import Database
from services.cases import storage
from services.cases.live_desk import (
    LiveDesk,
    LiveDeskView,
    Place,
    live_query,
    opened_query,
    waiting_query,
)
from services.cases.storage import CASES

TENANT, COMPANY, OTHER = new_id(), new_id(), new_id()
HERE = Place(TENANT, [COMPANY])
MIDNIGHT = datetime(2026, 1, 5, tzinfo=UTC)
NUMBERS = iter(range(1_000, 9_999))

pytestmark = pytest.mark.mongo


def case(minutes: int, state: str, *, live: bool = False, **more: Any) -> dict[str, Any]:
    """A case that began so many minutes after midnight."""
    at = MIDNIGHT + timedelta(minutes=minutes)
    case_id = new_id()
    return {
        "_id": case_id,
        "tenant": TENANT,
        "company_id": COMPANY,
        "number": next(NUMBERS),
        "state": state,
        "live": live,
        "created_at": at,
        "submitted": f"{round(at.timestamp() * 1_000):012x}{case_id}",
        **more,
    }


@pytest.fixture
async def live_desk(mongo_database: Database) -> LiveDesk:
    await mongo_database.ensure_indexes(storage.INDEXES)
    live_desk = LiveDesk(mongo_database)
    await live_desk.prepare()
    return live_desk


async def test_the_desk_is_told_in_figures(live_desk: LiveDesk, mongo_database: Database) -> None:
    for row in (
        case(-60, "unassigned"),
        case(5, "unassigned", live=True),
        case(6, "pending", live=True),
        case(7, "assigned", live=True),
        case(8, "assigned"),
        case(9, "resolved"),
        case(1, "unassigned", live=True, company_id=OTHER),
        case(1, "unassigned", live=True, tenant=new_id()),
    ):
        await mongo_database.collection(CASES).insert_one(row)
    assert await live_desk.look(HERE, MIDNIGHT) == LiveDeskView(
        waiting=2,
        waiting_since=MIDNIGHT - timedelta(minutes=60),
        live_chats=3,
        live_waiting=2,
        opened=5,
    )


async def test_an_empty_desk_is_told_too(live_desk: LiveDesk) -> None:
    nothing = LiveDeskView(waiting=0, waiting_since=None, live_chats=0, live_waiting=0, opened=0)
    assert await live_desk.look(HERE, MIDNIGHT) == nothing


async def test_each_figure_is_counted_by_an_index(
    live_desk: LiveDesk, mongo_database: Database
) -> None:
    cases = mongo_database.collection(CASES)
    for query in (waiting_query(HERE), live_query(HERE), opened_query(HERE, MIDNIGHT)):
        assert "COLLSCAN" not in str(await cases.explain(query))
