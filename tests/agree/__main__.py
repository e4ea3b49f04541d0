"""The long run of `make soak`: two consoles at work, on a Kafka of its own, while services are killed."""

import asyncio
import random
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import typer

from chassis.devstack.kafka import KafkaCluster
from chassis.devstack.mongod import Mongod
from tests.agree.gateway import one_process
from tests.agree.run import Between, Measured, Run
from tests.support.desk import SERVICES, Desk

NEVER_GONE = 86_400
"""A grace that outlasts the run: customers who write by REST have no page that could be there."""
PATIENCE = 60.0
"""Seconds until agreement after a burst in which a service was killed: it comes back first."""


class Wanted(NamedTuple):
    """How long a run is, and what it does."""

    seed: int
    bursts: int
    kill_every: int
    seconds: float


def main(
    bursts: int = typer.Option(120, help="How many bursts of doings there are."),
    seed: int = typer.Option(1, help="Makes everybody's choices and the deaths repeatable."),
    kill_every: int = typer.Option(
        5, help="In one burst of so many a service is killed; 0 kills none."
    ),
    minutes: float = typer.Option(60, help="After so many no burst begins any more."),
    embedded: bool = typer.Option(
        default=False, help="All in one process on the embedded broker, and nothing is killed."
    ),
) -> None:
    """Two technicians' consoles and the store do not differ for longer than a moment."""
    with tempfile.TemporaryDirectory() as folder, Mongod(Path(folder) / "mongo") as mongo:
        run = _embedded if embedded else _killed
        try:
            work = run(mongo.url, Path(folder), Wanted(seed, bursts, kill_every, minutes * 60))
            measured = asyncio.run(work)
        except AssertionError as differ:
            sys.stdout.write(f"{differ}\n")
            raise typer.Exit(1) from differ
    sys.stdout.write(f"seed {seed}: {measured.summary()}\n")


async def _embedded(mongo: str, folder: Path, wanted: Wanted) -> Measured:
    with one_process(mongo, "soak", folder) as gateway:
        run = Run(gateway, wanted.seed, PATIENCE)
        return await run.run(wanted.bursts, seconds=wanted.seconds)


async def _killed(mongo: str, folder: Path, wanted: Wanted) -> Measured:
    with KafkaCluster(folder / "kafka") as kafka:
        async with Desk(kafka.address, mongo, "soak", folder, {}, NEVER_GONE) as desk:
            deaths = _deaths(desk, wanted.seed, wanted.kill_every)
            run = Run(desk, wanted.seed, PATIENCE)
            return await run.run(wanted.bursts, deaths, wanted.seconds)


def _deaths(desk: Desk, seed: int, every: int) -> Between | None:
    """Kills a service in some bursts, and waits until it is back: what is measured is what comes after."""
    chance = random.Random(f"{seed} deaths")

    async def between() -> str:
        if chance.randrange(every):
            return ""
        service = chance.choice(SERVICES)
        await asyncio.sleep(chance.uniform(0, 0.5))
        desk.kill(service)
        await desk.ready(service)
        return f" after the death of {service}"

    return between if every else None


if __name__ == "__main__":
    typer.run(main)
