"""`make soak`: the kill harness for as long as you like, on a Kafka of its own."""

import asyncio
import sys
import tempfile
from pathlib import Path

import typer

from chassis.devstack.kafka import KafkaCluster
from chassis.devstack.mongod import Mongod
from tests.kill.report import Load, Report
from tests.kill.run import NEVER_GONE, SETTINGS, Run
from tests.support.desk import Desk
from tests.support.mail import MailServer


def main(
    rounds: int = typer.Option(10, help="How often each service is killed at each of its points."),
    customers: int = typer.Option(8, help="Conversations that go on all the time."),
    callers: int = typer.Option(2, help="How many come with requests, surveys and transcripts."),
    seed: int = typer.Option(1, help="Makes the order of deaths repeatable."),
    back_within: float = typer.Option(
        10.0, help="Seconds in which a killed service has to be ready again."
    ),
) -> None:
    """Kill services under load and compare journal, stores and views at the end."""
    load = Load(
        seed=seed, customers=customers, callers=callers, rounds=rounds, back_within=back_within
    )
    report = asyncio.run(_run(load))
    sys.stdout.write(report.summary() + "\n")
    raise typer.Exit(1 if report.problems else 0)


async def _run(load: Load) -> Report:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        with Mongod(root / "mongo") as mongo, KafkaCluster(root / "kafka") as kafka:
            async with MailServer() as server:
                settings = {**SETTINGS, "DESKBUS_SMTP": server.address}
                async with Desk(
                    kafka.address, mongo.url, "soak", root, settings, NEVER_GONE
                ) as desk:
                    return await Run(desk, load, server).run()


if __name__ == "__main__":
    typer.run(main)
