"""How long a desk takes to its first page, and a killed service to be back at work."""

import asyncio
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

import httpx
import typer

from bench.report import Spread, conditions, say, table
from chassis.devstack.kafka import KafkaCluster
from chassis.devstack.mongod import Mongod
from chassis.devstack.process import free_port
from tests.support.desk import SERVICES, Desk

START_SECONDS = 120.0


def main(rounds: int = typer.Option(3, help="How often each is timed.")) -> None:
    """Time `deskbus up` to its first page (new data and kept data), and each service from kill -9 to ready."""
    say(conditions({"rounds": rounds}))
    asyncio.run(_run(rounds))


async def _run(rounds: int) -> None:
    fresh, again = [], []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            fresh.append(await _up(Path(folder)))
            again.append(await _up(Path(folder)))
    rows = [
        ["deskbus up to the first page, new data", Spread.of(fresh).told()],
        ["deskbus up to the first page, kept data", Spread.of(again).told()],
        *(
            [f"{s} from kill -9 to ready", Spread.of(v).told()]
            for s, v in (await _kills(rounds)).items()
        ),
    ]
    say(f"\nSeconds: median of {rounds} rounds (range)\n")
    say(table(["", "seconds"], rows))


async def _up(folder: Path) -> float:
    """Seconds from starting `deskbus up`, everything being installed, to a portal page that answers."""
    port = free_port()
    kept = {n: v for n, v in os.environ.items() if not n.startswith("DESKBUS_")}
    started = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "chassis.cli", "up", "--data", str(folder)),
        env={**kept, "DESKBUS_PORT": str(port), "DESKBUS_PUBLIC_URL": f"http://127.0.0.1:{port}"},
        stdout=asyncio.subprocess.DEVNULL,
    )
    try:
        async with httpx.AsyncClient() as http, asyncio.timeout(START_SECONDS):
            while not await _answers(http, f"http://127.0.0.1:{port}/p/demo"):
                await asyncio.sleep(0.05)
        return time.perf_counter() - started
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()


async def _answers(http: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await http.get(url)).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


async def _kills(rounds: int) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {service: [] for service in SERVICES}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        with Mongod(root / "mongo") as mongo, KafkaCluster(root / "kafka") as kafka:
            async with Desk(kafka.address, mongo.url, "bench", root) as desk:
                for _ in range(rounds):
                    for service in SERVICES:
                        found[service].append(await _kill(desk, service))
    return found


async def _kill(desk: Desk, service: str) -> float:
    deaths = len(desk.deaths)
    desk.kill(service)
    async with asyncio.timeout(START_SECONDS):
        while len(desk.deaths) == deaths or desk.deaths[deaths].ready_after is None:
            await asyncio.sleep(0.05)
    return desk.deaths[deaths].ready_after or START_SECONDS


if __name__ == "__main__":
    typer.run(main)
