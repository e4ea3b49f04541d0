"""One run of the kill harness: load, deaths in the middle of it, and the comparison at the end."""

import asyncio
import contextlib
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
from aiokafka import AIOKafkaConsumer, TopicPartition

from contracts.topics import NOTIFY_EVENTS, Topic
from tests.support.desk import SERVICES, Death, Desk
from tests.support.journal import Journal
from tests.support.people import Customer, Technician

FAILPOINTS = (
    ("chat", "relay.after_log=kill@15"),
    ("chat", "persister.after_store=kill@3"),
    ("cases", "transaction.after_commit=kill@6"),
    ("cases", "publisher.after_publish=kill@4"),
    ("cases", "consumer.after_effect=kill@6"),
    ("notify", "consumer.after_effect=kill@2"),
    ("notify", "publisher.after_publish=kill@2"),
    ("transcripts", "consumer.after_effect=kill@6"),
    ("transcripts", "transaction.after_commit=kill@6"),
)
"""Each service is killed plainly as well; a failpoint arms the process that follows."""

SETTLE_SECONDS = 60.0


@dataclass(frozen=True)
class Load:
    """How much a run does. The seed makes a failing one repeatable in its choices."""

    seed: int = 1
    customers: int = 6
    pause: tuple[float, float] = (0.05, 0.25)
    between_deaths: float = 4.0
    rounds: int = 1
    back_within: float | None = None
    """Seconds in which a killed service has to be ready again; None where the machine's speed is not the question."""


@dataclass
class Report:
    """What a run found; a run passes only with no problem at all."""

    problems: list[str] = field(default_factory=list)
    messages: int = 0
    deaths: list[Death] = field(default_factory=list)
    dropped_connections: int = 0

    def expect_equal(self, what: str, found: Any, expected: Any) -> None:
        if found != expected:
            self.problems.append(f"{what}: found {found!r}, expected {expected!r}")

    def summary(self) -> str:
        slowest = max((death.ready_after or 0.0 for death in self.deaths), default=0.0)
        lines = [
            (
                f"{self.messages} messages acknowledged, {len(self.deaths)} deaths,"
                f" {self.dropped_connections} dropped connections, {len(self.problems)} problems"
            ),
            f"slowest return to readiness: {slowest:.1f} s",
            *(
                f"  {d.service:7} {d.cause:40} back after {d.ready_after or -1:.1f} s"
                for d in self.deaths
            ),
            *self.problems[:40],
        ]
        return "\n".join(lines)


Person = Technician | Customer


def everybody(technicians: Sequence[Technician], customers: Sequence[Customer]) -> list[Person]:
    """All who have a socket."""
    return [*technicians, *customers]


class Run:
    """The whole of one run against a started desk."""

    def __init__(self, desk: Desk, load: Load) -> None:
        self._desk, self._load = desk, load
        self._random = random.Random(load.seed)
        self._journal, self._report = Journal(), Report()
        self._expected_state: dict[str, tuple[str, str]] = {}

    async def run(self) -> Report:
        async with httpx.AsyncClient(limits=httpx.Limits(max_connections=50)) as http:
            technicians = [
                Technician(self._desk, http, f"{n}@example.com") for n in ("greta", "tomas")
            ]
            for technician in technicians:
                await technician.sign_in()
                await technician.set_available(available=True)
                technician.connect(self._journal)
            customers = await self._journeys(http, technicians)
            try:
                await self._settle(technicians, customers)
                await self._compare(technicians, customers)
            finally:
                for person in everybody(technicians, customers):
                    if person.socket is not None:
                        await person.socket.close()
        return self._report

    async def _journeys(
        self, http: httpx.AsyncClient, technicians: list[Technician]
    ) -> list[Customer]:
        stop = asyncio.Event()
        customers = [
            Customer(self._desk, http, f"Customer{n}") for n in range(self._load.customers)
        ]
        journeys = [
            asyncio.create_task(self._journey(customer, technicians, stop))
            for customer in customers
        ]
        drops = asyncio.create_task(self._drop_connections(everybody(technicians, customers), stop))
        try:
            await self._deaths()
        finally:
            stop.set()
        drops.cancel()
        await asyncio.gather(*journeys)
        return customers

    async def _journey(
        self, customer: Customer, technicians: list[Technician], stop: asyncio.Event
    ) -> None:
        """A conversation with both sides writing, while its case is assigned, resolved and reopened."""
        client = await customer.enter(self._journal)
        client.send(customer.conversation, "My invoice shows the wrong address.")
        technician = self._random.choice(technicians)
        assert technician.socket is not None
        await technician.socket.watch(customer.conversation)
        await self._act(technician, customer.conversation, "assign")
        number = 0
        while not stop.is_set():
            number += 1
            client.send(customer.conversation, f"customer line {number}")
            technician.socket.send(customer.conversation, f"technician line {number}")
            if number % 40 == 0:
                await self._act(technician, customer.conversation, "assign")
            await asyncio.sleep(self._random.uniform(*self._load.pause))

    async def _act(self, technician: Technician, case_id: str, action: str) -> None:
        """Do it until it holds: an answer that was lost is asked for again, as a person would."""
        for _ in range(20):
            case = await technician.case(case_id)
            if case["state"] == "assigned":
                break
            answer = await technician.act(case, action)
            if answer.status_code == httpx.codes.OK:
                break
        self._expected_state[case_id] = ("assigned", technician.id)

    async def _drop_connections(self, people: list[Person], stop: asyncio.Event) -> None:
        while not stop.is_set():
            await asyncio.sleep(self._random.uniform(0.5, 1.5))
            socket = self._random.choice(people).socket
            if socket is not None:
                socket.drop()
                self._report.dropped_connections += 1

    async def _deaths(self) -> None:
        """Kill each service plainly and at each failpoint, one after another."""
        for _ in range(self._load.rounds):
            chain = [(service, "") for service in SERVICES] + list(FAILPOINTS)
            self._random.shuffle(chain)
            for service, failpoint in chain:
                await asyncio.sleep(self._load.between_deaths)
                if failpoint:
                    self._desk.arm(service, failpoint)
                self._desk.kill(service)
                await self._desk.ready(service)
                if failpoint:
                    await self._reach(service, failpoint)
        await asyncio.sleep(self._load.between_deaths)

    async def _reach(self, service: str, failpoint: str) -> None:
        """Keep the desk busy until the armed process has died at its failpoint, and is back."""
        async with httpx.AsyncClient() as http:
            for number in range(40):
                if any(d.service == service and d.cause == failpoint for d in self._desk.deaths):
                    await self._desk.ready(service)
                    return
                passer_by = Customer(self._desk, http, f"Passer{number}")
                client = await passer_by.enter(self._journal)
                client.send(passer_by.conversation, "Is anybody there?")
                self._expected_state[passer_by.conversation] = ("unassigned", "")
                await asyncio.sleep(0.5)
                await self._drained(client)
                await client.close()
        self._report.problems.append(f"{service} never came to its failpoint {failpoint}")

    async def _drained(self, client: Any) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SETTLE_SECONDS):
                while not client.idle():
                    await asyncio.sleep(0.05)

    async def _settle(self, technicians: list[Technician], customers: list[Customer]) -> None:
        clients = [
            person.socket
            for person in everybody(technicians, customers)
            if person.socket is not None
        ]
        for client in clients:
            await self._drained(client)
        await asyncio.sleep(2)
        for client in clients:
            client.drop()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SETTLE_SECONDS):
                while not all(
                    view.complete for client in clients for view in client.views.values()
                ):
                    await asyncio.sleep(0.05)

    async def _compare(self, technicians: list[Technician], customers: list[Customer]) -> None:
        report, journal = self._report, self._journal
        report.messages = len(journal.acknowledged_at)
        report.deaths = self._desk.deaths
        report.problems += journal.violations
        for lost in journal.unacknowledged():
            report.problems.append(f"never acknowledged: {lost.sender} {lost.text!r}")
        for customer in customers:
            await self._compare_conversation(customer, technicians)
        await self._compare_cases(technicians[0])
        await self._compare_alerts()
        for death in self._desk.deaths:
            took, bound = death.ready_after, self._load.back_within
            if took is None or (bound is not None and took > bound):
                report.problems.append(f"{death.service} was not back within {bound} s: {took}")

    async def _compare_conversation(
        self, customer: Customer, technicians: list[Technician]
    ) -> None:
        conversation = customer.conversation
        stored = [e for e in await technicians[0].entries(conversation) if e["kind"] == "message"]
        sent = self._journal.of(conversation)
        name = customer.name
        ids = [entry["id"] for entry in stored]
        self._report.expect_equal(f"{name}: stored twice", len(ids), len(set(ids)))
        self._report.expect_equal(f"{name}: in the store", set(ids), {entry.id for entry in sent})
        texts = {entry["id"]: entry["text"] for entry in stored}
        self._report.expect_equal(f"{name}: texts", texts, {e.id: e.text for e in sent})
        self._report.expect_equal(
            f"{name}: store's order", [e["seq"] for e in stored], sorted(e["seq"] for e in stored)
        )
        for sender in {entry.sender for entry in sent}:
            written = [entry.id for entry in sent if entry.sender == sender]
            kept = [i for i in ids if i in set(written)]
            self._report.expect_equal(f"{name}: order of {sender}", kept, written)
        transcript = await technicians[0].transcript(conversation, stored[-1]["seq"])
        missing = [text for text in texts.values() if transcript.count(f"{text}\n") != 1]
        repeated = {text for text in texts.values() if list(texts.values()).count(text) > 1}
        lost = [text for text in missing if text not in repeated]
        self._report.expect_equal(f"{name}: transcript", lost, [])
        for viewer in everybody(technicians, [customer]):
            view = viewer.socket.views.get(conversation) if viewer.socket else None
            if view is not None:
                self._report.expect_equal(f"{name}: view", view.messages(), ids)

    async def _compare_cases(self, technician: Technician) -> None:
        cases = {case["id"]: case for case in await technician.all_cases()}
        opened = {entry.conversation for entry in self._journal.sends.values()}
        self._report.expect_equal("cases", set(cases), opened)
        numbers = [case["number"] for case in cases.values()]
        self._report.expect_equal("numbers given twice", len(numbers), len(set(numbers)))
        for case_id, (state, assignee) in self._expected_state.items():
            case = cases.get(case_id, {"state": "missing", "assignee": None})
            found = (case["state"], case["assignee"]["id"] if case["assignee"] else "")
            self._report.expect_equal(f"case {case_id}", found, (state, assignee))
        for case_id, (state, _) in self._expected_state.items():
            entries = await technician.entries(case_id)
            came = [e for e in entries if e.get("code") in {"joined", "taken"}]
            self._report.expect_equal(
                f"joined lines of {case_id}", len(came), int(state == "assigned")
            )

    async def _compare_alerts(self) -> None:
        """Each case rang as waiting exactly once, however often its event was delivered."""
        rung: dict[str, set[str]] = {}
        for key, headers, value in await self._records(NOTIFY_EVENTS):
            if headers.get("type") == b"alert.raised" and b'"alert":"waiting"' in value:
                rung.setdefault(key, set()).add(value[: value.index(b",")].decode())
        opened = {entry.conversation for entry in self._journal.sends.values()}
        self._report.expect_equal("cases that rang", set(rung), opened)
        twice = [case for case, alerts in rung.items() if len(alerts) > 1]
        self._report.expect_equal("cases that rang twice", twice, [])

    async def _records(self, topic: Topic) -> list[tuple[str, dict[str, bytes], bytes]]:
        consumer = AIOKafkaConsumer(
            bootstrap_servers=self._desk.kafka, auto_offset_reset="earliest"
        )
        await consumer.start()
        try:
            partitions = [TopicPartition(topic.name, n) for n in range(topic.partitions)]
            consumer.assign(partitions)
            ends = await consumer.end_offsets(partitions)
            found = []
            while any([await consumer.position(p) < ends[p] for p in partitions]):
                for batch in (await consumer.getmany(timeout_ms=500)).values():
                    found += [
                        ((r.key or b"").decode(), dict(r.headers), r.value or b"") for r in batch
                    ]
            return found
        finally:
            await consumer.stop()
