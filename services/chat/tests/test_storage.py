"""One suite for the archive in memory and the one on MongoDB."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.ids import derived_id
from chassis.mongo import Database
from contracts.chat import Author
from services.chat.domain import Place
from services.chat.fold import Bounds, Deletion
from services.chat.storage import (
    CONVERSATIONS,
    CURSORS,
    ENTRIES,
    INDEXES,
    NEWEST_FIRST,
    TICKETS,
    Change,
    ChatStore,
    Cursor,
    Epochs,
    MongoChatStore,
    Row,
    copies_query,
    recent_query,
)
from services.chat.tests.examples import (
    COMPANY,
    CONVERSATION,
    NOON,
    OTHER_TECHNICIAN,
    TECHNICIAN,
    TENANT,
)
from services.chat.tests.fakes import FakeChatStore

HERE = Place(CONVERSATION, TENANT, COMPANY)
ELSEWHERE = derived_id("another conversation")


def row(seq: int, conversation: str = CONVERSATION, **changes: Any) -> Row:
    fields: dict[str, Any] = {
        "id": derived_id(conversation, str(seq)),
        "conversation_id": conversation,
        "seq": seq,
        "value": b"ciphertext",
        "headers": [("type", b"conversation.message")],
        "stored_at": NOON,
    }
    return Row(**fields | changes)


@pytest.fixture
async def store(memory_or_mongo: Database | None) -> ChatStore:
    if memory_or_mongo is None:
        return FakeChatStore()
    await memory_or_mongo.ensure_indexes(INDEXES)
    return MongoChatStore(memory_or_mongo)


# ---- entries -------------------------------------------------------------------------------------


async def test_an_entry_comes_back_as_it_was_kept(store: ChatStore) -> None:
    kept = row(7, retracts=derived_id("message"))
    await store.add([kept])
    assert await store.entry(kept.id) == kept
    assert await store.entry(row(8).id) is None


async def test_the_first_copy_stays_and_the_ids_that_were_there_are_told(store: ChatStore) -> None:
    assert await store.add([row(1), row(2)]) == set()
    again = row(9, id=row(2).id)
    assert await store.add([again, row(3)]) == {again.id}
    assert await store.positions([row(2).id, row(3).id, row(4).id]) == {row(2).id: 2, row(3).id: 3}


async def test_a_page_is_in_order_between_its_bounds(store: ChatStore) -> None:
    await store.add([row(n) for n in (5, 3, 1, 4, 2)])
    await store.add([row(3, ELSEWHERE)])
    assert [it.seq for it in await store.page(CONVERSATION, 1, 4, 10)] == [2, 3, 4]
    assert [it.seq for it in await store.page(CONVERSATION, 0, 9, 2)] == [1, 2]


async def test_the_recent_past_comes_in_the_order_of_the_log(store: ChatStore) -> None:
    later = NOON + timedelta(seconds=1)
    await store.add([row(9, stored_at=NOON - timedelta(days=2)), row(2), row(1)])
    await store.add([row(4, stored_at=later), row(3, stored_at=later)])
    assert [it.seq for it in await store.recent(NOON, -1, 3)] == [1, 2, 3]
    assert [it.seq for it in await store.recent(later, 3, 3)] == [4]
    assert await store.newest() == later


async def test_a_deleted_message_has_another_record_and_who_deleted_it(store: ChatStore) -> None:
    by = Author(kind="technician", id=TECHNICIAN)
    first, later = Deletion(9, by, NOON), Deletion(11, by, NOON + timedelta(minutes=1))
    copy = row(7, retracts=row(2).id)
    await store.add([row(1), row(2), copy, row(8)])
    await store.change([Change(HERE, opened_seq=1)])
    rows = await store.copies(CONVERSATION, row(2).id)
    assert rows == [row(2), copy]
    await store.delete([replace(it, value=b"") for it in rows], first)
    await store.delete([replace(row(2), value=b"once more")], later)
    assert await store.copies(CONVERSATION, row(2).id) == [
        replace(it, value=b"", deleted=first) for it in rows
    ]
    assert await store.entry(row(1).id) == row(1)
    found = await store.load(CONVERSATION)
    assert found is not None
    assert found.deletions[row(2).id] == first
    assert row(1).id not in found.deletions


# ---- conversations -------------------------------------------------------------------------------


async def test_an_unknown_conversation_is_none(store: ChatStore) -> None:
    assert await store.load(CONVERSATION) is None


async def test_what_is_known_of_a_conversation_is_its_first_opening_and_first_end(
    store: ChatStore,
) -> None:
    later = NOON + timedelta(minutes=1)
    await store.add([row(1), row(5)])
    await store.change([Change(HERE, opened_seq=1, joined={TECHNICIAN})])
    await store.change([Change(HERE, ended=(5, NOON), joined={OTHER_TECHNICIAN})])
    await store.change([Change(HERE, opened_seq=1, ended=(6, later))])
    found = await store.load(CONVERSATION)
    assert found is not None
    assert (found.place, found.bounds, found.ended_at) == (HERE, Bounds(1, 5), NOON)
    assert found.joined == {TECHNICIAN, OTHER_TECHNICIAN}
    assert found.positions == {row(1).id: 1, row(5).id: 5}


async def test_an_end_that_is_stored_late_but_stands_earlier_wins_with_its_time(
    store: ChatStore,
) -> None:
    later = NOON + timedelta(minutes=1)
    await store.change([Change(HERE, ended=(6, NOON))])
    await store.change([Change(HERE, ended=(5, later))])
    found = await store.load(CONVERSATION)
    assert found is not None
    assert (found.bounds.ended_seq, found.ended_at) == (5, later)


# ---- positions -----------------------------------------------------------------------------------


async def test_watermarks_and_epochs_never_go_back(store: ChatStore) -> None:
    assert await store.watermarks() == {}
    await store.advance({0: 5, 3: 9})
    await store.advance({0: 4, 1: 2})
    assert await store.watermarks() == {0: 5, 1: 2, 3: 9}
    assert await store.epochs() == Epochs(0, 0)
    await store.note_epochs(Epochs(proposed=2, begun=1))
    await store.note_epochs(Epochs(proposed=1, begun=2))
    assert await store.epochs() == Epochs(2, 2)


async def test_cursors_never_go_back(store: ChatStore) -> None:
    await store.move([Cursor(CONVERSATION, "customer", "c", 5, 3)])
    await store.move([Cursor(CONVERSATION, "customer", "c", 4, 4)])
    await store.move([Cursor(ELSEWHERE, "customer", "c", 9, 9)])
    assert await store.cursors(CONVERSATION) == [Cursor(CONVERSATION, "customer", "c", 5, 4)]


async def test_a_ticket_is_redeemed_by_the_first_secret(store: ChatStore) -> None:
    # Not a time of long ago: the database purges those by itself, once a minute.
    now = datetime.now(UTC)
    assert await store.redeem(CONVERSATION, "one", now) == "one"
    assert await store.redeem(CONVERSATION, "two", now) == "one"


# ---- indexes -------------------------------------------------------------------------------------


@pytest.mark.mongo
@pytest.mark.parametrize(
    ("collection", "query", "sort", "index"),
    [
        (ENTRIES, {"conversation_id": CONVERSATION}, [("seq", 1)], "conversation"),
        (
            ENTRIES,
            {"conversation_id": CONVERSATION, "seq": {"$gt": 1, "$lte": 5}},
            [("seq", 1)],
            "conversation",
        ),
        (
            ENTRIES,
            copies_query(CONVERSATION, row(2).id),
            [("conversation_id", 1), ("seq", 1)],
            "conversation",
        ),
        (ENTRIES, recent_query(NOON, 5), [("stored_at", 1), ("seq", 1)], "recent"),
        (ENTRIES, {}, NEWEST_FIRST, "recent"),
        (CURSORS, {"conversation_id": CONVERSATION}, None, "conversation"),
    ],
)
async def test_every_query_has_its_index(
    mongo_database: Database,
    collection: str,
    query: dict[str, Any],
    sort: list[tuple[str, int]] | None,
    index: str,
) -> None:
    """The others ask by `_id`."""
    await mongo_database.ensure_indexes(INDEXES)
    store = MongoChatStore(mongo_database)
    await store.add([row(n) for n in range(50)] + [row(n, ELSEWHERE) for n in range(50)])
    plan = await mongo_database.collection(collection).explain(query, sort)
    stages = list(_stages(plan))
    assert index in {stage.get("indexName") for stage in stages}
    assert not {"COLLSCAN", "SORT"} & {stage["stage"] for stage in stages}


async def test_of_a_deleted_conversation_nothing_stays_in_any_store(
    mongo_database: Database,
) -> None:
    await mongo_database.ensure_indexes(INDEXES)
    store = MongoChatStore(mongo_database)
    for conversation in (CONVERSATION, ELSEWHERE):
        await store.add([row(n, conversation) for n in range(3)])
        await store.change([Change(Place(conversation, TENANT, COMPANY), opened_seq=1)])
        await store.move([Cursor(conversation, "customer", "someone", 2, 1)])
        await store.redeem(conversation, "hash", NOON)
    removed = {name: await purge(CONVERSATION) for name, purge in store.holdings().items()}
    assert removed == {CONVERSATIONS: 1, ENTRIES: 3, CURSORS: 1, TICKETS: 1}
    assert await store.load(CONVERSATION) is None
    assert await store.load(ELSEWHERE) is not None
    left = [await mongo_database.collection(name).find({}) for name in removed]
    assert [len(rows) for rows in left] == [1, 3, 1, 1]


def _stages(plan: dict[str, Any]) -> list[dict[str, Any]]:
    inner = [plan[name] for name in ("inputStage",) if name in plan]
    inner += plan.get("inputStages", [])
    return [plan, *(stage for it in inner for stage in _stages(it))]
