"""What the desk's dashboard is told: who waits, for how long, and how cases went."""

from datetime import timedelta
from typing import Any

import pytest
from prometheus_client import REGISTRY

from chassis.ids import new_id
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from services.cases import queue
from services.cases.queue import MongoQueue, Queued, show
from services.cases.storage import CASES
from services.cases.tests import deciding
from services.cases.tests.examples import ANN, AT, CASE, message, opened
from services.cases.tests.house import CUSTOMER, House, resolved
from services.cases.tests.test_storage import case, indexes, on_mongo, stages


class Measured:
    """How much of each metric came since this was made."""

    def __init__(self) -> None:
        self._before: dict[str, float] = {}
        self._before = {name: self(name) for name in NAMES}

    def __call__(self, name: str) -> float:
        metric, _, case_type = name.partition("/")
        labels = {"case_type": case_type} if case_type else {}
        now = REGISTRY.get_sample_value(f"deskbus_{metric}", labels) or 0.0
        return now - self._before.get(name, 0.0)


NAMES = [
    "cases_opened_total/live_chat",
    "cases_opened_total/request",
    "case_first_response_seconds_count/live_chat",
    "case_first_response_seconds_sum/live_chat",
    "case_resolution_seconds_count/live_chat",
    "case_resolution_seconds_sum/live_chat",
    "case_rating_count",
    "case_rating_sum",
]


async def test_the_first_reply_counts_and_no_later_one(house: House) -> None:
    measured = Measured()
    await house.hears(
        opened(),
        message("help"),
        message("Hello", by="technician", at=AT + timedelta(seconds=42)),
        message("Still there?", by="technician", at=AT + timedelta(seconds=90)),
    )
    assert measured("cases_opened_total/live_chat") == 1
    assert measured("case_first_response_seconds_count/live_chat") == 1
    assert measured("case_first_response_seconds_sum/live_chat") == pytest.approx(42)


async def test_resolution_and_rating_count(house: House) -> None:
    measured = Measured()
    house.clock.advance(300)
    await resolved(house)
    await house.desk.answer_survey(CUSTOMER, CASE, 4, "")
    assert measured("case_resolution_seconds_count/live_chat") == 1
    assert measured("case_resolution_seconds_sum/live_chat") == pytest.approx(300)
    assert (measured("case_rating_count"), measured("case_rating_sum")) == (1, 4)


async def test_what_is_not_committed_is_not_counted(house: House) -> None:
    measured = Measured()

    async def work(tx: Any) -> None:
        await house.desk.open(tx, opened())
        raise LookupError

    with pytest.raises(LookupError):
        await house.storage.transact(work)
    assert measured("cases_opened_total/live_chat") == 0


async def test_a_queue_shows_its_longest_wait_and_empties() -> None:
    measured = Measured()
    show([Queued("request", 3, AT)], AT + timedelta(seconds=90))
    assert measured("cases_waiting/request") == 3
    assert measured("case_longest_wait_seconds/request") == 90
    assert measured("cases_waiting/live_chat") == 0
    show([], AT)
    assert measured("cases_waiting/request") == 0
    assert measured("case_longest_wait_seconds/request") == 0


async def test_only_unassigned_cases_are_in_the_queue(mongo_database: Database) -> None:
    kept, waiting = await on_mongo(mongo_database, FakeKeyring()), MongoQueue(mongo_database)
    await waiting.prepare()
    assert await waiting.look() == []
    taken = await kept.add(case(1, case_id=new_id()))
    await kept.add(case(2, case_id=new_id(), minutes=2))
    await kept.add(case(3, case_id=new_id(), minutes=1))
    await kept.change(taken.id, lambda it: deciding.assign(it, ANN, 1, AT))
    assert await waiting.look() == [Queued("live_chat", 2, AT + timedelta(minutes=1))]


async def test_the_queue_is_read_from_its_index(mongo_database: Database) -> None:
    kept, waiting = await on_mongo(mongo_database, FakeKeyring()), MongoQueue(mongo_database)
    await waiting.prepare()
    await kept.add(case(1, case_id=new_id()))
    plan = await mongo_database.collection(CASES).explain(queue.WAITING)
    assert "COLLSCAN" not in stages(plan)
    assert indexes(plan) == {"queue"}
