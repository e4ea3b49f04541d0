"""What died is shown without what is personal, and comes back by a replay: once, whatever is killed meanwhile."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from typer.testing import CliRunner

from chassis import graveyard, handling
from chassis.cli import app
from chassis.clock import FakeClock, SystemClock
from chassis.dead_letters import (
    DEAD_LETTERS,
    Asker,
    DeadLetter,
    DeadLetters,
    Death,
    Wanted,
    asked_query,
    list_query,
)
from chassis.errors import RetryLater
from chassis.failpoints import arm
from chassis.ids import new_id
from chassis.mongo import Database
from chassis.operations import details
from chassis.tests.brokers import SECRET
from chassis.tests.bus_desk import Desk, eventually, has_numbers
from chassis.tests.consuming import EFFECTS
from chassis.tests.messages import TENANT, alert, said

ADA = Asker(new_id(), "Ada Admin", TENANT)
STRANGER = Asker(new_id(), "Somebody Else", new_id())
CORRUPT = b"not json: Max Mustermann"


@pytest.fixture(autouse=True)
def without_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """All tries, but at once."""
    monkeypatch.setattr(handling, "_FIRST_RETRY", 0.001)


async def put_right(desk: Desk) -> None:
    """The fault is mended, as by a new version."""
    desk.faults.clear()


def letters_of(desk: Desk) -> DeadLetters:
    return DeadLetters(desk.database, SystemClock(), desk.topic.name)


async def dead_of(desk: Desk, count: int, seconds: float = 60) -> list[DeadLetter]:
    """The dead letters once there are so many."""
    found: list[DeadLetter] = []

    async def there() -> bool:
        nonlocal found
        page, _ = await letters_of(desk).page(TENANT, Wanted(), open_=True, after=None, limit=100)
        found = [letter for letter in page if letter.state == "dead"]
        return len(found) == count

    await eventually(there, seconds)
    return found


async def replayed(letters: DeadLetters, replay_id: str) -> dict[str, int]:
    """How a replay ended."""
    outcomes: dict[str, int] = {}

    async def ended() -> bool:
        nonlocal outcomes
        replay = await letters.replay(replay_id)
        assert replay is not None
        outcomes = dict(replay.outcomes)
        return sum(outcomes.values()) == replay.total

    await eventually(ended)
    return outcomes


async def test_a_dead_letter_is_listed_within_5_seconds_and_gone_once_it_is_replayed(
    desk: Desk,
) -> None:
    bad = alert(new_id(), 1, 1)
    desk.faults[bad.id] = LookupError("customer's name is Max")
    async with desk.consuming() as bus:
        await desk.send(bad)
        (letter,) = await dead_of(desk, 1, seconds=5)
        assert (letter.death, letter.type) == (Death("failed", "LookupError", 5), "alert.raised")
        assert letter.tenant == TENANT
        await put_right(desk)
        replay = await bus.dead_letters.ask(new_id(), ADA, Wanted(id=letter.id))
        assert await replayed(bus.dead_letters, replay.id) == {"done": 1}
        await has_numbers(desk, {bad.key: [1]})
    assert await dead_of(desk, 0) == []
    page, _ = await letters_of(desk).page(TENANT, Wanted(), open_=False, after=None, limit=9)
    (note,) = page[0].replays
    assert (note["name"], note["outcome"]) == ("Ada Admin", "done")


async def test_what_fails_again_is_dead_again_with_the_new_reason(desk: Desk) -> None:
    bad = alert(new_id(), 1, 1)
    desk.faults[bad.id] = LookupError()
    async with desk.consuming() as bus:
        await desk.send(bad)
        (before,) = await dead_of(desk, 1)
        desk.faults[bad.id] = ZeroDivisionError()
        replay = await bus.dead_letters.ask(new_id(), ADA, Wanted())
        assert await replayed(bus.dead_letters, replay.id) == {"failed": 1}
        (letter,) = await dead_of(desk, 1)
    assert (letter.id, letter.death.reason) == (before.id, "ZeroDivisionError")
    assert letter.place > before.place
    assert [note["reason"] for note in letter.replays] == ["ZeroDivisionError"]
    assert await desk.numbers() == {}


async def test_a_replay_asked_for_twice_has_one_effect(desk: Desk) -> None:
    bad = [alert(new_id(), 1, n) for n in range(6)]
    desk.faults |= {message.id: LookupError() for message in bad}
    async with desk.consuming() as bus:
        await desk.send(*bad)
        await dead_of(desk, 6)
        await put_right(desk)
        asked = new_id()
        replays = await asyncio.gather(
            *(bus.dead_letters.ask(asked, ADA, Wanted(type="alert.raised")) for _ in range(3))
        )
        assert {replay.total for replay in replays} == {6}
        assert await replayed(bus.dead_letters, asked) == {"done": 6}
        await bus.dead_letters.ask(new_id(), ADA, Wanted())
        await has_numbers(desk, {message.key: [message.number] for message in bad})


async def test_what_waits_for_a_dead_letter_follows_its_replay(desk: Desk) -> None:
    key = new_id()
    one, two, three = (alert(key, n, n) for n in range(1, 4))
    desk.faults[one.id] = LookupError()
    async with desk.consuming(desk.follow) as bus:
        await desk.send(one, three, two)
        (letter,) = await dead_of(desk, 1)
        parked = desk.database.collection("parked")

        async def both_wait() -> bool:
            return len(await parked.find({})) == 2

        await eventually(both_wait)
        await put_right(desk)
        await bus.dead_letters.ask(new_id(), ADA, Wanted(id=letter.id))
        await has_numbers(desk, {key: [1, 2, 3]})


async def test_a_replay_waits_for_what_is_away_and_says_so(desk: Desk) -> None:
    bad = alert(new_id(), 1, 1)
    desk.faults[bad.id] = LookupError()
    async with desk.consuming() as bus:
        await desk.send(bad)
        (letter,) = await dead_of(desk, 1)
        desk.faults[bad.id] = RetryLater()
        replay = await bus.dead_letters.ask(new_id(), ADA, Wanted())

        async def waits() -> bool:
            found = await bus.dead_letters.get(TENANT, letter.id)
            return bool(found and found.replay and found.replay.get("waits_for") == "RetryLater")

        await eventually(waits)
        await put_right(desk)
        assert await replayed(bus.dead_letters, replay.id) == {"done": 1}
        await has_numbers(desk, {bad.key: [1]})


async def test_a_fault_between_effect_and_note_has_one_effect(desk: Desk) -> None:
    bad = alert(new_id(), 1, 1)
    desk.faults[bad.id] = LookupError()
    arm("replay.after_effect=raise@1")
    try:
        async with desk.consuming() as bus:
            await desk.send(bad)
            await dead_of(desk, 1)
            await put_right(desk)
            replay = await bus.dead_letters.ask(new_id(), ADA, Wanted())
            assert await replayed(bus.dead_letters, replay.id) == {"done": 1}
            assert await desk.numbers() == {bad.key: [1]}
    finally:
        arm("")


async def test_a_process_killed_in_the_middle_of_a_replay_loses_nothing(
    desk: Desk, mongo_url: str
) -> None:
    bad = [alert(new_id(), 1, n) for n in range(5)]
    desk.faults |= {message.id: LookupError() for message in bad}
    async with desk.consuming():
        await desk.send(*bad)
        await dead_of(desk, 5)
    letters = letters_of(desk)
    # Asked for while nobody runs: the wish is in the database, and nowhere else.
    replay = await letters.ask(new_id(), ADA, Wanted())
    crashing = _process(desk, mongo_url, "replay.after_effect=kill@2")
    try:
        assert await asyncio.to_thread(crashing.wait, 30) == -signal.SIGKILL
    finally:
        crashing.kill()
    again = _process(desk, mongo_url, "")
    try:
        assert await replayed(letters, replay.id) == {"done": 5}
    finally:
        again.kill()
        again.wait()
    effects = await desk.database.collection(EFFECTS).find({})
    assert {row["_id"]: row["n"] for row in effects} == {message.id: 1 for message in bad}


def _process(desk: Desk, mongo_url: str, failpoints: str) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "DESKBUS_KAFKA": desk.settings.kafka,
        "DESKBUS_MONGO": mongo_url,
        "DESKBUS_EMBEDDED": str(desk.settings.embedded),
        "DESKBUS_SECRET": SECRET,
        "DESKBUS_FAILPOINTS": failpoints,
    }
    arguments = [f"{desk.topic.name}-service", desk.database.name, desk.topic.name]
    return subprocess.Popen(
        [sys.executable, "-m", "chassis.tests.consuming", *arguments], env=environment
    )


# ---- the collection alone ------------------------------------------------------------------------


class Record:
    """A record as aiokafka has it."""

    topic, partition, key = "alerts", 2, b"0190a1b2-0000-7000-8000-000000000001"
    timestamp = 1_767_600_000_000

    def __init__(self, value: bytes, offset: int = 7, tenant: str | None = TENANT) -> None:
        self.value, self.offset = value, offset
        self.headers = [("type", b"alert.raised")]
        if tenant is not None:
            self.headers.append(("tenant", tenant.encode()))


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


# ---- the command ---------------------------------------------------------------------------------


@pytest.mark.mongo
def test_the_command_lists_and_replays(mongo_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    prefix = f"test-{new_id()[-8:]}"
    chosen = {"KAFKA": "k:1", "MONGO": mongo_url, "SECRET": SECRET, "DATABASE_PREFIX": prefix}
    for name, value in chosen.items():
        monkeypatch.setenv(f"DESKBUS_{name}", value)

    async def with_letters(work: Callable[[DeadLetters], Awaitable[None]]) -> None:
        async with Database.connect(mongo_url, f"{prefix}_cases") as database:
            await work(DeadLetters(database, SystemClock(), "cases"))

    async def die(letters: DeadLetters) -> None:
        await letters.prepare()
        await letters._keep(Record(CORRUPT), 0, Death("unreadable", "not JSON", 1))

    async def clean(_: DeadLetters) -> None:
        for service in graveyard.CONSUMERS:
            async with Database.connect(mongo_url, f"{prefix}_{service}") as database:
                await database.drop()

    run = CliRunner().invoke
    try:
        assert "No dead letters." in run(app, ["dead-letters", "list"]).output
        asyncio.run(with_letters(die))
        shown = run(app, ["dead-letters", "list"]).output
        assert "cases  alerts/2@7  alert.raised  unreadable: not JSON" in shown
        assert "Max" not in shown
        replayed = run(app, ["dead-letters", "replay", "--all", "--wait", "0.1"])
        assert (replayed.exit_code, "does cases run?" in replayed.output) == (1, True)
        assert "(being replayed)" in run(app, ["dead-letters", "list"]).output
        assert run(app, ["dead-letters", "replay"]).exit_code == 2
    finally:
        asyncio.run(with_letters(clean))


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
