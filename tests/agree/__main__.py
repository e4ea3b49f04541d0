"""The long run of `make soak`: two consoles at work, on a Kafka of its own, while services are killed."""

import asyncio
import random
import sys
import tempfile
from pathlib import Path

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


def main(
    bursts: int = typer.Option(120, help="How many bursts of doings there are."),
    seed: int = typer.Option(1, help="Makes everybody's choices and the deaths repeatable."),
    kill_every: int = typer.Option(
        5, help="In one burst of so many a service is killed; 0 kills none."
    ),
    embedded: bool = typer.Option(
        default=False, help="All in one process on the embedded broker, and nothing is killed."
    ),
) -> None:
    """Two technicians' consoles and the store do not differ for longer than a moment."""
    with tempfile.TemporaryDirectory() as folder, Mongod(Path(folder) / "mongo") as mongo:
        run = _embedded if embedded else _killed
        try:
            measured = asyncio.run(run(mongo.url, Path(folder), seed, bursts, kill_every))
        except AssertionError as differ:
            sys.stdout.write(f"{differ}\n")
            raise typer.Exit(1) from differ
    sys.stdout.write(f"seed {seed}: {measured.summary()}\n")


async def _embedded(mongo: str, folder: Path, seed: int, bursts: int, _: int) -> Measured:
    with one_process(mongo, "soak", folder) as gateway:
        return await Run(gateway, seed, PATIENCE).run(bursts)


async def _killed(mongo: str, folder: Path, seed: int, bursts: int, every: int) -> Measured:
    with KafkaCluster(folder / "kafka") as kafka:
        async with Desk(kafka.address, mongo, "soak", folder, {}, NEVER_GONE) as desk:
            return await Run(desk, seed, PATIENCE).run(bursts, _deaths(desk, seed, every))


def _deaths(desk: Desk, seed: int, every: int) -> Between | None:
    """Kills a service in some bursts, and waits until it is back: what is measured is what comes after."""
    chance = random.Random(f"{seed} deaths")

    async def between() -> None:
        if chance.randrange(every) == 0:
            service = chance.choice(SERVICES)
            await asyncio.sleep(chance.uniform(0, 0.5))
            desk.kill(service)
            await desk.ready(service)

    return between if every else None


if __name__ == "__main__":
    typer.run(main)
