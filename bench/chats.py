"""Live chats under load: customers who write at a given rate, and technicians who receive all of it.

Unlike the strict client of the tests, nobody waits for an acknowledgement before the next message, so
that a slow desk shows as latency and not as a lower rate.
"""

import asyncio
import json
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self

import httpx
from websockets.asyncio.client import ClientConnection, connect

from bench.floors import paced
from bench.report import Spoiled
from tests.support.desk import PEOPLE, Desk
from tests.support.journal import Journal
from tests.support.people import Customer, Technician

SETTLE_SECONDS = 120.0
FRAMES_A_SECOND = 25.0
"""What one customer sends at most: below the relay's limit for one socket."""


@dataclass
class Journeys:
    """When each message of a round was sent, acknowledged and received, by its text."""

    sent: dict[str, float] = field(default_factory=dict)
    acknowledged: dict[str, float] = field(default_factory=dict)
    received: dict[str, float] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def receive(self, text: str) -> None:
        if text not in self.sent:
            return
        if text in self.received:
            self.problems.append(f"received twice: {text}")
        self.received[text] = time.perf_counter()

    def latencies(self) -> list[float]:
        """Seconds from a customer's frame to the technician's; raises `Spoiled`."""
        if lost := self.sent.keys() - self.received.keys():
            self.problems.append(f"{len(lost)} were never received")
        if self.problems:
            raise Spoiled("; ".join(self.problems[:5]))
        return [self.received[text] - at for text, at in self.sent.items()]


class Chats:
    """A number of conversations with all their sockets open."""

    def __init__(self, desk: Desk, conversations: int) -> None:
        self._desk = desk
        self._wanted = conversations
        self._sockets: list[tuple[str, ClientConnection]] = []
        self._listeners: list[asyncio.Task[None]] = []
        self._connections: list[ClientConnection] = []
        self._client_ids: dict[str, str] = {}
        self.round = Journeys()

    async def __aenter__(self) -> Self:
        async with httpx.AsyncClient() as http:
            technicians = [Technician(self._desk, http, person["email"]) for person in PEOPLE]
            for technician in technicians:
                await technician.sign_in()
                await technician.set_available(available=True)
            customers = [Customer(self._desk, http, f"Customer{n}") for n in range(self._wanted)]
            for customer in customers:
                client = await customer.enter(Journal())
                await client.close()
            for number, technician in enumerate(technicians):
                watched = [c.conversation for c in customers[number :: len(technicians)]]
                await self._open(technician.token, watched)
            for customer in customers:
                socket = await self._open(await customer.access(), [customer.conversation])
                self._sockets.append((customer.conversation, socket))
        return self

    async def __aexit__(self, *_: object) -> None:
        for listener in self._listeners:
            listener.cancel()
        for socket in self._connections:
            await socket.close()

    @property
    def conversations(self) -> list[str]:
        return [conversation for conversation, _ in self._sockets]

    async def write(self, rate: float, seconds: float) -> Journeys:
        """Send at this rate, all customers in turn, and wait until everything has come."""
        self.round = Journeys()
        await paced(rate, seconds, self._send)
        await self._until_all_came()
        return self.round

    async def burst(self, seconds: float, in_flight: int) -> Journeys:
        """Every customer sends as fast as its limit allows, with so many unacknowledged at most."""
        self.round = Journeys()
        end = time.perf_counter() + seconds
        await asyncio.gather(
            *(self._pour(number, end, in_flight) for number in range(len(self._sockets)))
        )
        await self._until_all_came()
        return self.round

    async def _pour(self, number: int, end: float, in_flight: int) -> None:
        sent = 0
        while time.perf_counter() < end:
            text = await self._send(number)
            sent += 1
            await asyncio.sleep(1 / FRAMES_A_SECOND)
            while sent % in_flight == 0 and text not in self.round.acknowledged:
                await asyncio.sleep(0.01)
                if time.perf_counter() > end + SETTLE_SECONDS:
                    return

    async def _send(self, number: int) -> str:
        conversation, socket = self._sockets[number % len(self._sockets)]
        client_id = str(uuid.uuid4())
        text = f"message {client_id[:13]}"
        self._client_ids[client_id] = text
        frame = {"t": "send", "conversation": conversation, "client_id": client_id, "text": text}
        self.round.sent[text] = time.perf_counter()
        await socket.send(json.dumps(frame))
        return text

    async def _until_all_came(self) -> None:
        deadline = time.perf_counter() + SETTLE_SECONDS
        found = self.round
        while (
            len(found.received) < len(found.sent) or len(found.acknowledged) < len(found.sent)
        ) and time.perf_counter() < deadline:
            await asyncio.sleep(0.02)

    async def _open(self, token: str, conversations: Sequence[str]) -> ClientConnection:
        socket = await connect(self._desk.socket_url, compression=None, max_queue=None)
        self._connections.append(socket)
        await socket.send(json.dumps({"t": "auth", "token": token, "protocol": 1}))
        await socket.recv()
        for conversation in conversations:
            await socket.send(json.dumps({"t": "watch", "conversation": conversation}))
            # Watching is limited like everything else that a client sends.
            await asyncio.sleep(1 / FRAMES_A_SECOND)
        is_customer = len(conversations) == 1 and bool(self._connections[len(PEOPLE) :])
        self._listeners.append(asyncio.create_task(self._listen(socket, customer=is_customer)))
        return socket

    async def _listen(self, socket: ClientConnection, *, customer: bool) -> None:
        async for data in socket:
            frame = json.loads(data)
            if customer:
                self._take_answer(frame)
            elif frame["t"] == "entry" and frame["entry"]["kind"] == "message":
                self.round.receive(frame["entry"]["text"])

    def _take_answer(self, frame: dict[str, Any]) -> None:
        if frame["t"] == "ack" and frame["client_id"] in self._client_ids:
            text = self._client_ids[frame["client_id"]]
            self.round.acknowledged[text] = time.perf_counter()
        elif frame["t"] == "error":
            self.round.problems.append(f"refused: {frame['code']}")
