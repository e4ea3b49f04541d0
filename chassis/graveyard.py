"""The command `deskbus dead-letters`: for operators, who see those of every account and service.

It works on the services' databases. Services need not run to be listed; a replay is taken up as soon as they do.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Annotated, Final, TypeVar

import typer

from chassis.clock import SystemClock
from chassis.dead_letters import DeadLetters
from chassis.deaths import Asker, DeadLetter, Replay, Wanted
from chassis.ids import new_id
from chassis.mongo import Database
from chassis.settings import Settings
from contracts.topics import SERVICES, TOPICS

T = TypeVar("T")

OPERATOR: Final = Asker("operator", "deskbus dead-letters", None)
LOOK_SECONDS: Final = 0.2
WAIT_SECONDS: Final = 60.0
CONSUMERS: Final = tuple(
    s for s in SERVICES if any(t.dead_letters and s in t.consumers for t in TOPICS)
)

app = typer.Typer(
    no_args_is_help=True,
    help="List records that could not be handled, and have them handled again.\n\n"
    "A record that cannot be read, or at which a handler failed five times, is set aside, and the "
    "desk goes on without it. When the cause is mended, replay it: nothing takes effect twice. Needs the "
    "settings that services have: DESKBUS_KAFKA, DESKBUS_MONGO and DESKBUS_SECRET. Administrators find the same under "
    "Operations in the console.",
)

Service = Annotated[
    str | None, typer.Option(help=f"Of this service alone: {', '.join(CONSUMERS)}.")
]
TheTopic = Annotated[str | None, typer.Option(help="Of this topic alone, such as case-events.")]


@app.command("list")
def list_(
    service: Service = None,
    topic: TheTopic = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000, help="At most so many a service.")] = 50,
) -> None:
    """Show dead letters, the newest first. What they say is never shown."""

    async def work(letters: DeadLetters) -> list[DeadLetter]:
        return (await letters.page(None, Wanted(topic), open_=True, after=None, limit=limit))[0]

    found = asyncio.run(_each(_chosen(service), work))
    if not any(found.values()):
        typer.echo("No dead letters.")
    for name, letters in found.items():
        for letter in letters:
            typer.echo(_line(name, letter))


@app.command()
def replay(
    ids: Annotated[
        list[str] | None, typer.Argument(help="Dead letters by their id, as list shows them.")
    ] = None,
    service: Service = None,
    topic: TheTopic = None,
    everything: Annotated[bool, typer.Option("--all", help="All that match, without ids.")] = False,
    wait: Annotated[float, typer.Option(help="Seconds to wait for the outcome.")] = WAIT_SECONDS,
) -> None:
    """Have dead letters handled again; exits with 1 when one failed again or was not taken up in time."""
    if bool(ids) == everything:
        raise typer.BadParameter("name ids, or say --all")
    wanted = [Wanted(topic, id=it) for it in ids] if ids else [Wanted(topic)]

    async def work(letters: DeadLetters) -> list[Replay]:
        asked = [await letters.ask(new_id(), OPERATOR, each) for each in wanted]
        return [await _ended(letters, each, wait) for each in asked if each.total]

    ended = asyncio.run(_each(_chosen(service), work))
    total = sum(it.total for replays in ended.values() for it in replays)
    if not total:
        typer.echo("No dead letter matches.")
        raise typer.Exit(1)
    done = all(_told(name, replays) for name, replays in ended.items())
    raise typer.Exit(0 if done else 1)


def _chosen(service: str | None) -> Iterable[str]:
    if service is not None and service not in CONSUMERS:
        raise typer.BadParameter(f"there is no {service!r}: {', '.join(CONSUMERS)}")
    return CONSUMERS if service is None else (service,)


async def _each(
    services: Iterable[str], work: Callable[[DeadLetters], Awaitable[T]]
) -> dict[str, T]:
    settings = Settings.load()
    results: dict[str, T] = {}
    for name in services:
        async with Database.connect(settings.mongo, settings.database(name)) as database:
            letters = DeadLetters(database, SystemClock(), name)
            await letters.prepare()
            results[name] = await work(letters)
    return results


async def _ended(letters: DeadLetters, replay: Replay, seconds: float) -> Replay:
    deadline = asyncio.get_running_loop().time() + seconds
    while sum(replay.outcomes.values()) < replay.total:
        if asyncio.get_running_loop().time() > deadline:
            break
        await asyncio.sleep(LOOK_SECONDS)
        replay = await letters.replay(replay.id) or replay
    return replay


def _line(service: str, letter: DeadLetter) -> str:
    place = f"{letter.topic}/{letter.partition}@{letter.offset}"
    state = "  (being replayed)" if letter.state == "asked" else ""
    kind = letter.type or "type unknown"
    when = f"{letter.died_at:%Y-%m-%d %H:%M:%S}Z"
    return f"{letter.id}  {when}  {service}  {place}  {kind}  {letter.death.code}: {letter.death.reason}{state}"


def _told(service: str, replays: list[Replay]) -> bool:
    """Says how it went; whether nothing failed and nothing is left."""
    ended: dict[str, int] = {}
    for each in replays:
        for outcome, n in each.outcomes.items():
            ended[outcome] = ended.get(outcome, 0) + n
    left = sum(it.total for it in replays) - sum(ended.values())
    told = [f"{n} {outcome}" for outcome, n in sorted(ended.items())]
    if left:
        told.append(f"{left} not taken up yet: does {service} run?")
    if told:
        typer.echo(f"{service}: {', '.join(told)}")
    return not left and not ended.get("failed")
