"""What died is shown without what is personal, and comes back by a replay: once, whatever is killed meanwhile."""

import asyncio
import signal
from collections.abc import Awaitable, Callable

import pytest
from typer.testing import CliRunner

from chassis import graveyard, handling
from chassis.cli import app
from chassis.clock import SystemClock
from chassis.dead_letters import DeadLetters
from chassis.deaths import DeadLetter, Death, Wanted
from chassis.errors import RetryLater
from chassis.failpoints import arm
from chassis.ids import new_id
from chassis.mongo import Database
from chassis.tests.brokers import SECRET
from chassis.tests.buried import ADA, CORRUPT, Record
from chassis.tests.bus_desk import Desk, consumer_of, eventually, has_numbers
from chassis.tests.consuming import EFFECTS
from chassis.tests.messages import TENANT, alert


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
    crashing = consumer_of(desk, mongo_url, "replay.after_effect=kill@2")
    try:
        assert await asyncio.to_thread(crashing.wait, 30) == -signal.SIGKILL
    finally:
        crashing.kill()
    again = consumer_of(desk, mongo_url, "")
    try:
        assert await replayed(letters, replay.id) == {"done": 5}
    finally:
        again.kill()
        again.wait()
    effects = await desk.database.collection(EFFECTS).find({})
    assert {row["_id"]: row["n"] for row in effects} == {message.id: 1 for message in bad}


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
