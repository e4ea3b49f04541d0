"""Memory of an idle authenticated socket beside that of a bare echo server on the same web server."""

import asyncio
import json
import resource
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import typer
from websockets.asyncio.client import ClientConnection, connect

from bench.echo import Echo
from bench.process import own_memory
from bench.report import Spread, conditions, say, table
from chassis.devstack.kafka import KafkaCluster
from chassis.devstack.mongod import Mongod
from tests.support.desk import Desk
from tests.support.people import Technician

AT_ONCE = 50
SETTLE_SECONDS = 3.0

Open = Callable[[], Awaitable[ClientConnection]]


def main(
    count: list[int] = typer.Option([1_000, 5_000, 10_000], help="Sockets; may be given again."),
    rounds: int = typer.Option(3, help="Rounds, each with floor and desk in turn."),
) -> None:
    """Measure kilobytes for each idle socket, in one chat process and in a bare echo server."""
    say(conditions({"sockets": count, "rounds": rounds}))
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if (wanted := max(count) + 1_000) > hard:
        raise typer.BadParameter(f"this machine allows {hard} open files; {wanted} are needed")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    asyncio.run(_run(sorted(count), rounds))


async def _run(counts: list[int], rounds: int) -> None:
    bare: dict[int, list[float]] = {n: [] for n in counts}
    desk: dict[int, list[float]] = {n: [] for n in counts}
    for _ in range(rounds):
        async with Echo() as echo:
            await _grow(counts, echo.pid, lambda url=echo.url: _open(url, ""), bare)  # type: ignore[misc]
        await _desk(counts, desk)
    rows = [
        [
            f"{n:,}",
            Spread.of(bare[n]).told(1),
            Spread.of(desk[n]).told(1),
            Spread.of([ours / floor for ours, floor in zip(desk[n], bare[n], strict=True)]).told(),
        ]
        for n in counts
    ]
    say(f"\nKilobytes for each idle socket: median of {rounds} rounds (range)\n")
    say(table(["sockets", "bare echo", "Deskbus, authenticated", "Deskbus / echo"], rows))


async def _desk(counts: list[int], found: dict[int, list[float]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        # One person with all the sockets: what a socket costs does not depend on whose it is.
        settings = {"DESKBUS_SOCKETS_PER_PERSON": str(max(counts) + 10)}
        with Mongod(root / "mongo") as mongo, KafkaCluster(root / "kafka") as kafka:
            async with Desk(kafka.address, mongo.url, "bench", root, settings=settings) as desk:
                async with httpx.AsyncClient() as http:
                    technician = Technician(desk, http, "greta@example.com")
                    await technician.sign_in()
                url, token = desk.socket_url, technician.token
                await _grow(counts, desk.pid("chat"), lambda: _open(url, token), found)


async def _grow(counts: list[int], pid: int, one: Open, found: dict[int, list[float]]) -> None:
    """Open more and more sockets, and note what each has cost so far."""
    first = [await one() for _ in range(AT_ONCE)]  # what the first ones import and set up stays
    await asyncio.sleep(SETTLE_SECONDS)
    before = own_memory(pid)
    sockets: list[ClientConnection] = []
    for count in counts:
        while len(sockets) < count:
            missing = min(AT_ONCE, count - len(sockets))
            sockets += await asyncio.gather(*(one() for _ in range(missing)))
        await asyncio.sleep(SETTLE_SECONDS)
        found[count].append((own_memory(pid) - before) / count / 1024)
    for socket in [*first, *sockets]:
        socket.transport.abort()


async def _open(url: str, token: str) -> ClientConnection:
    socket = await connect(url, compression=None, ping_interval=None, open_timeout=60)
    if token:
        await socket.send(json.dumps({"t": "auth", "token": token, "protocol": 1}))
    else:
        await socket.send("hello")
    await socket.recv()
    return socket


if __name__ == "__main__":
    typer.run(main)
