"""The collection of dead letters: each once, each account's own, in pages, from an index; and what is shown of one."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chassis.clock import FakeClock
from chassis.dead_letters import DEAD_LETTERS, DeadLetters, asked_query, list_query
from chassis.deaths import DeadLetter, Death, Wanted
from chassis.ids import new_id
from chassis.mongo import Database
from chassis.operations import details
from chassis.tests.buried import ADA, CORRUPT, STRANGER, Record
from chassis.tests.messages import TENANT, said


@pytest.fixture
def clock() -> FakeClock:
    """Of today, because MongoDB purges by its own."""
    return FakeClock(datetime.now(UTC).replace(microsecond=0))


@pytest.fixture
async def letters(mongo_database: Database, clock: FakeClock) -> DeadLetters:
    letters = DeadLetters(mongo_database, clock, "test")
    await letters.prepare()
    return letters


async def bury(letters: DeadLetters, record: Record, reason: str = "not JSON") -> None:
    await letters._keep(record, 0, Death("unreadable", reason, 1))


async def listed(letters: DeadLetters, tenant: str | None = TENANT, **how: Any) -> list[DeadLetter]:
    return (await letters.page(tenant, Wanted(), open_=True, after=None, limit=100, **how))[0]


@pytest.mark.mongo
async def test_the_same_record_that_dies_again_is_the_same_dead_letter(
    letters: DeadLetters,
) -> None:
    """As after a crash before its acknowledgement, or when a new log is told everything again."""
    await bury(letters, Record(CORRUPT, offset=7))
    await bury(letters, Record(CORRUPT, offset=90))
    await bury(letters, Record(b"another", offset=8))
    assert len(await listed(letters)) == 2


@pytest.mark.mongo
async def test_what_was_replayed_and_dies_again_is_listed_again(letters: DeadLetters) -> None:
    await bury(letters, Record(CORRUPT))
    await letters.ask(new_id(), ADA, Wanted())
    (letter,) = await letters.asked("alerts", [2])
    await letters.settle(letter, "done", None)
    assert await listed(letters) == []
    await letters.settle(letter, "done", None)
    await bury(letters, Record(CORRUPT), "still not JSON")
    (again,) = await listed(letters)
    assert (again.death.reason, len(again.replays)) == ("still not JSON", 1)


@pytest.mark.mongo
async def test_nobody_sees_or_replays_another_accounts(letters: DeadLetters) -> None:
    await bury(letters, Record(b"1"))
    await bury(letters, Record(b"2", tenant=None))
    (unknown,) = await listed(letters, STRANGER.tenant)
    assert unknown.value == b"2"
    (mine, _) = sorted(await listed(letters), key=lambda it: it.value or b"")
    assert await letters.get(STRANGER.tenant, mine.id) is None
    assert (await letters.ask(new_id(), STRANGER, Wanted(id=mine.id))).total == 0
    assert await letters.counts(STRANGER.tenant) == {("alerts", "dead"): 1}
    assert await letters.counts(TENANT) == {("alerts", "dead"): 2}


@pytest.mark.mongo
async def test_pages_follow_each_other_without_gap_or_repetition(
    letters: DeadLetters, clock: FakeClock
) -> None:
    for n in range(25):
        clock.advance(1)
        await bury(letters, Record(str(n).encode(), tenant=TENANT if n % 3 else None))
    seen: list[bytes | None] = []
    after: str | None = None
    for _ in range(4):
        page, after = await letters.page(TENANT, Wanted(), open_=True, after=after, limit=10)
        seen += [letter.value for letter in page]
        if after is None:
            break
    assert seen == [str(n).encode() for n in reversed(range(25))]


@pytest.mark.mongo
async def test_no_question_looks_through_all_dead_letters(
    letters: DeadLetters, mongo_database: Database
) -> None:
    rows = mongo_database.collection(DEAD_LETTERS)
    wanted = Wanted(topic="alerts", type="alert.raised", code="failed")
    plans = [
        await rows.explain(list_query(TENANT, wanted, open_=True, after="0"), [("place", -1)], 21),
        await rows.explain(list_query(None, Wanted(), open_=True, after=None), [("place", -1)], 21),
        await rows.explain(asked_query("alerts", range(12)), [("offset", 1)]),
    ]
    for plan in plans:
        assert "COLLSCAN" not in str(plan)
    # The newest are read from the index in their order.
    assert all("'stage': 'SORT'" not in str(plan) for plan in plans[:2])


# ---- what is shown -------------------------------------------------------------------------------


def letter_with(value: bytes, key: bytes = Record.key) -> DeadLetter:
    at = FakeClock().now()
    death = Death("unreadable", "not JSON", 1)
    return DeadLetter(
        "0" * 32, TENANT, "alerts", 2, 7, 0, key, value, [], "", at, at, death, "dead", ""
    )


def test_of_a_record_that_cannot_be_read_nothing_is_shown() -> None:
    shown = details(letter_with(CORRUPT, key=b"Max Mustermann"))
    assert (shown.content, shown.key, shown.bytes) == (None, None, len(CORRUPT))
    assert "Max" not in shown.model_dump_json()


def test_what_is_personal_or_not_in_the_contract_is_withheld() -> None:
    body = said("0190a1b2-0000-7000-8000-000000000001", "I am Max").model_dump_json()
    value = body[:-1] + ',"sealed":{"box":"AAAA"},"Max Mustermann":"at home"}'
    shown = details(letter_with(value.encode()))
    assert shown.content is not None
    assert shown.content["type"] == "conversation.message"
    assert shown.sealed
    assert set(shown.withheld) >= {"text", "?"}
    assert "Max" not in shown.model_dump_json()
    assert "AAAA" not in shown.model_dump_json()
