"""The relay beside its floor: WebSocket in, Kafka, WebSocket out.

The floor of a latency is a bare WebSocket echo plus a bare aiokafka produce-to-consume on the same broker, at the same
rate. The floor of the highest rate is the lower of a bare aiokafka produce and a bare MongoDB bulk insert.
"""

import asyncio
import os
import signal
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import typer
from pymongo import AsyncMongoClient

from bench import floors
from bench.chats import Chats
from bench.echo import Echo
from bench.process import cpu_seconds
from bench.report import MILLISECONDS, Spoiled, Spread, conditions, percentile, say, table
from chassis.devstack.kafka import KafkaCluster
from chassis.devstack.mongod import Mongod
from tests.support.desk import SERVICES, Desk

STORE_SECONDS = 120.0
OFF_THE_PATH = tuple(service for service in SERVICES if service != "chat")
SHARES = {"p50": 0.5, "p99": 0.99}


@dataclass(frozen=True)
class Plan:
    """How much a run does."""

    rates: list[int]
    brokers: int
    seconds: float
    rounds: int
    conversations: int
    burst: int
    paused: bool


def main(  # noqa: PLR0913, PLR0917 - one argument an option
    rate: list[int] = typer.Option([200, 500], help="Messages a second; may be given again."),
    brokers: int = typer.Option(1, help="Brokers: 1, or 3 with min.insync.replicas=2."),
    seconds: float = typer.Option(10.0, help="How long each round lasts."),
    rounds: int = typer.Option(3, help="Rounds, each with floor and desk in turn."),
    conversations: int = typer.Option(50, help="Conversations that share the rate."),
    burst: int = typer.Option(200, help="Customers of the highest rate; 0 leaves it out."),
    paused: bool = typer.Option(
        False,
        help="Stop the services that are not on the relay's path while a latency is measured.",
    ),
) -> None:
    """Measure the relay's latency and its highest rate on a real Kafka, beside their floors."""
    plan = Plan(rate, brokers, seconds, rounds, conversations, burst, paused)
    say(conditions(asdict(plan)))
    asyncio.run(_run(plan))


async def _run(plan: Plan) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        with (
            Mongod(root / "mongo") as mongo,
            KafkaCluster(root / "kafka", plan.brokers) as kafka,
        ):
            async with Desk(kafka.address, mongo.url, "bench", root) as desk:
                topic = await floors.new_topic(kafka.address, plan.brokers)
                async with Echo() as echo, Chats(desk, plan.conversations) as chats:
                    for rate in plan.rates:
                        await Latency(plan, desk, chats, echo.url, kafka.address, topic).measure(
                            rate
                        )
                if plan.burst:
                    async with Chats(desk, plan.burst) as chats:
                        await Highest(plan, desk, chats, mongo, kafka).measure(topic)


@contextmanager
def _paused(desk: Desk, services: Sequence[str]) -> Iterator[None]:
    """Services that take no processor for a while; what came meanwhile they do afterwards."""
    pids = [desk.pid(service) for service in services]
    try:
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


@dataclass(frozen=True)
class Latency:
    """Customer to technician at a given rate."""

    plan: Plan
    desk: Desk
    chats: Chats
    echo: str
    kafka: str
    topic: str

    async def measure(self, rate: int) -> None:
        """All rounds of one rate, and their table."""
        await self.chats.write(rate, 2.0)  # warm
        found: dict[str, dict[str, list[float]]] = {
            name: {part: [] for part in ("echo", "log", "desk", "ratio")} for name in SHARES
        }
        for _ in range(self.plan.rounds):
            with _paused(self.desk, OFF_THE_PATH if self.plan.paused else ()):
                measured = await self._round(rate)
            for name, figures in measured.items():
                for part, figure in figures.items():
                    found[name][part].append(figure)
        rounds = self.plan.rounds
        say(f"\n{rate} messages a second, in milliseconds: median of {rounds} rounds (range)\n")
        head = ["", "bare echo", "bare Kafka", "Deskbus", "Deskbus / (echo + Kafka)"]
        say(table(head, [[n, *(Spread.of(v).told() for v in found[n].values())] for n in SHARES]))

    async def _round(self, rate: int) -> dict[str, dict[str, float]]:
        seconds = self.plan.seconds
        parts = {
            "echo": await floors.echo(self.echo, rate, seconds),
            "log": await floors.log(self.kafka, self.topic, rate, seconds),
            "desk": (await self.chats.write(rate, seconds)).latencies(),
        }
        found = {}
        for name, share in SHARES.items():
            figures = {part: percentile(v, share) * MILLISECONDS for part, v in parts.items()}
            figures["ratio"] = figures["desk"] / (figures["echo"] + figures["log"])
            found[name] = figures
        return found


@dataclass(frozen=True)
class Highest:
    """As many messages as customers may send, until all are accepted, delivered and stored."""

    plan: Plan
    desk: Desk
    chats: Chats
    mongo: Mongod
    kafka: KafkaCluster

    async def measure(self, topic: str) -> None:
        """All rounds, and their table."""
        # What the first message of a conversation sets in motion is over before it counts.
        await self.chats.write(self.plan.burst / 2, 4.0)
        await asyncio.sleep(3)
        rows: dict[str, list[float]] = {}
        for _ in range(self.plan.rounds):
            for name, figure in (await self._round(topic)).items():
                rows.setdefault(name, []).append(figure)
        say(f"\nThe highest rate: median of {self.plan.rounds} rounds (range)\n")
        digits = {name: 2 if " / " in name else 0 for name in rows}
        say(table(["", ""], [[n, Spread.of(v).told(digits[n])] for n, v in rows.items()]))

    async def _round(self, topic: str) -> dict[str, float]:
        produced = await floors.produce(self.kafka.address, topic, 20_000)
        inserted = await floors.insert(self.mongo.url, 20_000)
        conversations = self.chats.conversations
        kept = await _entries(self.desk, self.mongo, conversations)
        before, started = self._cpu(), time.perf_counter()
        count = len((await self.chats.burst(self.plan.seconds, in_flight=10)).latencies())
        delivered = count / (time.perf_counter() - started)
        await _stored(self.desk, self.mongo, conversations, kept + count)
        stored = count / (time.perf_counter() - started)
        used = {name: cpu - before[name] for name, cpu in self._cpu().items()}
        return {
            "bare Kafka produce, messages a second": produced,
            "bare MongoDB bulk insert, documents a second": inserted,
            "Deskbus accepted and delivered, messages a second": delivered,
            "Deskbus accepted, delivered and stored, messages a second": stored,
            "Deskbus / the lower of the two floors": stored / min(produced, inserted),
            **{f"CPU of {n}, microseconds a message": cpu / count * 1e6 for n, cpu in used.items()},
        }

    def _cpu(self) -> dict[str, float]:
        pids = {
            **{service: [self.desk.pid(service)] for service in SERVICES},
            "Kafka": [node.process.pid for node in self.kafka.nodes],
            "MongoDB": [self.mongo.pid],
            "the load itself": [os.getpid()],
        }
        return {name: sum(map(cpu_seconds, ids)) for name, ids in pids.items()}


async def _stored(desk: Desk, mongo: Mongod, conversations: list[str], wanted: int) -> None:
    """Wait until chat's database holds so many entries; raises `Spoiled`."""
    deadline = time.perf_counter() + STORE_SECONDS
    while (found := await _entries(desk, mongo, conversations)) < wanted:
        if time.perf_counter() > deadline:
            raise Spoiled(f"{wanted - found} messages were never stored")
        await asyncio.sleep(0.1)
    if found > wanted:
        raise Spoiled(f"{found - wanted} entries more than messages were stored")


async def _entries(desk: Desk, mongo: Mongod, conversations: list[str]) -> int:
    async with AsyncMongoClient[dict[str, Any]](mongo.url) as client:
        entries = client[desk.database("chat")]["entries"]
        return await entries.count_documents({"conversation_id": {"$in": conversations}})


if __name__ == "__main__":
    typer.run(main)
