"""The adapter means the same on both drivers, so that changing the driver changes nothing else."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from pymongo.errors import OperationFailure

from chassis.mongo import (
    Collection,
    Database,
    DatabaseAway,
    Driver,
    DuplicateKey,
    Index,
    Session,
    translated,
)
from chassis.tests.door import Door


@pytest.fixture(params=["motor", "pymongo"])
def driver(request: pytest.FixtureRequest) -> Driver:
    chosen: Driver = request.param
    return chosen


@pytest.fixture
async def database(mongo_url: str, db_prefix: str, driver: Driver) -> AsyncIterator[Database]:
    async with Database.connect(mongo_url, f"{db_prefix}adapter", driver) as connected:
        yield connected


async def test_documents_come_back_as_they_went_in(database: Database) -> None:
    things = database.collection("things")
    time = datetime(2026, 1, 5, 9, 0, 0, 123000, tzinfo=UTC)
    await things.insert_one({"_id": "a", "n": 1, "time": time, "raw": b"\x00\xff"})
    assert await things.find_one({"_id": "a"}) == {
        "_id": "a",
        "n": 1,
        "time": time,
        "raw": b"\x00\xff",
    }
    assert await things.find_one({"_id": "b"}) is None


async def test_find_sorts_limits_and_projects(database: Database) -> None:
    things = database.collection("things")
    await things.insert_many_new([{"_id": str(n), "n": n, "x": 0} for n in range(5)])
    found = await things.find({"n": {"$gt": 0}}, sort=[("n", -1)], limit=2, projection={"n": 1})
    assert found == [{"_id": "4", "n": 4}, {"_id": "3", "n": 3}]


async def test_updates_tell_what_they_matched(database: Database) -> None:
    things = database.collection("things")
    assert await things.update_one({"_id": "a"}, {"$set": {"n": 1}}) == 0
    assert await things.update_one({"_id": "a"}, {"$set": {"n": 1}}, upsert=True) == 0
    assert await things.update_many({"n": 1}, {"$set": {"n": 2}}) == 1
    after = await things.find_one_and_update({"_id": "a"}, {"$inc": {"n": 1}})
    assert after == {"_id": "a", "n": 3}
    assert await things.find_one_and_update({"_id": "b"}, {"$inc": {"n": 1}}) is None
    assert await things.replace_one({"_id": "a"}, {"m": 1}) == 1
    assert await things.aggregate([{"$match": {"m": 1}}]) == [{"_id": "a", "m": 1}]
    assert await things.delete_one({"_id": "a"}) == 1
    assert await things.delete_many({}) == 0


async def test_a_second_insert_is_a_duplicate(database: Database) -> None:
    things = database.collection("things")
    await things.insert_one({"_id": "a"})
    with pytest.raises(DuplicateKey):
        await things.insert_one({"_id": "a"})


async def test_new_ones_are_inserted_around_those_that_are_there(database: Database) -> None:
    things = database.collection("things")
    await things.insert_one({"_id": "b"})
    assert await things.insert_many_new([{"_id": i} for i in "abc"]) == {"b"}
    assert {row["_id"] for row in await things.find({})} == set("abc")
    assert await things.insert_many_new([]) == set()


async def test_a_transaction_commits_all_or_nothing(database: Database) -> None:
    await database.ensure_indexes({"things": [], "others": []})
    things, others = database.collection("things"), database.collection("others")

    async def both(session: Session) -> str:
        await things.insert_one({"_id": "a"}, session=session)
        await others.insert_one({"_id": "a"}, session=session)
        return "done"

    assert await database.with_transaction(both) == "done"
    with pytest.raises(DuplicateKey):
        await database.with_transaction(lambda s: _insert_then(both, things, s))
    assert [row["_id"] for row in await things.find({})] == ["a"]


async def _insert_then(
    work: Callable[[Session], Awaitable[str]], things: Collection, session: Session
) -> None:
    await things.insert_one({"_id": "z"}, session=session)
    await work(session)


async def test_conflicting_transactions_run_again_and_lose_nothing(database: Database) -> None:
    await database.ensure_indexes({"things": []})
    things = database.collection("things")
    await things.insert_one({"_id": "a", "n": 0})

    async def add_one(session: Session) -> None:
        row = await things.find_one({"_id": "a"}, session=session)
        assert row is not None
        await things.update_one({"_id": "a"}, {"$set": {"n": row["n"] + 1}}, session=session)

    await asyncio.gather(*(database.with_transaction(add_one) for _ in range(8)))
    assert await things.find_one({"_id": "a"}) == {"_id": "a", "n": 8}


async def test_indexes_are_made_once_and_used(database: Database) -> None:
    indexes = {"things": [Index([("n", 1)], name="by_n")], "empty": []}
    await database.ensure_indexes(indexes)
    await database.ensure_indexes(indexes)
    things = database.collection("things")
    plan = await things.explain({"n": 3}, sort=[("n", 1)], limit=5)
    assert "by_n" in str(plan)
    assert "COLLSCAN" not in str(plan)
    assert "COLLSCAN" in str(await things.explain({"m": 3}))


async def test_an_index_is_dropped_once_whoever_asks(database: Database) -> None:
    assert await database.indexes_there("things") == set()
    await database.ensure_indexes({"things": [Index([("n", 1)], name="by_n")]})
    assert await database.indexes_there("things") == {"_id_", "by_n"}
    for _ in range(2):
        await database.drop_index("things", "by_n")
    assert await database.indexes_there("things") == {"_id_"}


async def test_an_absent_database_is_away_and_a_returned_one_is_there(
    mongo_url: str, db_prefix: str, driver: Driver
) -> None:
    address = urlsplit(mongo_url)
    async with Door(address.hostname or "", address.port or 27017) as door:
        who = "".join(address.netloc.rpartition("@")[:2])
        url = f"mongodb://{who}127.0.0.1:{door.port}/?directConnection=true"
        async with Database.connect(url, f"{db_prefix}door", driver) as database:
            await database.ping()
            door.shut()
            with pytest.raises(DatabaseAway):
                await database.ping()
            with pytest.raises(DatabaseAway):
                await database.collection("things").insert_one({"_id": "a"})
            with pytest.raises(DatabaseAway):
                await database.with_transaction(
                    lambda session: database.collection("things").find({}, session=session)
                )
            door.open()
            await database.collection("things").update_one(
                {"_id": "a"}, {"$set": {"n": 1}}, upsert=True
            )
            assert await database.collection("things").find_one({"_id": "a"}) == {
                "_id": "a",
                "n": 1,
            }


@pytest.mark.parametrize("code", [18, 13, 14031, 11600, 189])
def test_a_fault_of_the_server_is_its_absence(code: int) -> None:
    """A changed password or a full disk must not bury messages that are fine."""
    with pytest.raises(DatabaseAway), translated():
        raise OperationFailure("not now", code)


def test_a_fault_of_our_own_stays_one() -> None:
    with pytest.raises(OperationFailure), translated():
        raise OperationFailure("unknown operator", 2)


async def test_a_cancellation_during_a_commit_stays_one(database: Database) -> None:
    things = database.collection("things")
    await database.ensure_indexes({"things": []})

    async def cancelled_after(seconds: float) -> object:
        async def work(session: Session) -> None:
            await things.insert_one({"_id": str(seconds)}, session=session)
            asyncio.get_running_loop().call_later(seconds, task.cancel)

        task = asyncio.create_task(database.with_transaction(work))
        (outcome,) = await asyncio.gather(task, return_exceptions=True)
        return outcome

    # It has to meet a moment of the commit that nobody can name; some of so many do.
    for attempt in range(100):
        outcome = await cancelled_after(attempt / 10_000)
        assert outcome is None or isinstance(outcome, asyncio.CancelledError)
