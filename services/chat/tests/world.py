"""A desk of real parts around chat: broker, database, directory, uvicorn, and people who talk to it."""

import asyncio
import hashlib
import json
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from typing import Any, Self, TypeVar

import uvicorn
from fastapi import FastAPI
from httpx import AsyncClient
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from chassis.clock import Clock, SystemClock
from chassis.ids import new_id
from chassis.serve import Server
from chassis.settings import Settings
from chassis.tokens import Identity, Ticket, TokenSigner, Visitor
from services.chat.app import Patience, create
from services.chat.settings import ChatSettings
from tests.support.neighbours import Neighbours, eventually

T = TypeVar("T")
Frame = dict[str, Any]
ANSWER_SECONDS = 40.0
TRIES = 5
NAMELESS = Visitor(first_name="Cleo", last_name="Cox", email="")
"""A customer who came in without an address."""


class _QuietServer(Server):
    """Leaves the signals to pytest."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Instance:
    """One running instance of chat."""

    def __init__(self, app: FastAPI, port: int) -> None:
        self.app = app
        self.address = f"127.0.0.1:{port}"

    async def logged(self, conversation_id: str, entry_id: str) -> Any:
        """An entry as it stands in the log."""
        relay = self.app.state.chat.relay
        found = await relay.entry(await relay.conversation(conversation_id), entry_id)
        return found[1]

    async def lists(self, portal_id: str) -> None:
        """Returns once the portal is in the instance's directory."""
        directory = self.app.state.chat.directory

        async def listed() -> bool:
            return directory.portal(portal_id) is not None

        await eventually(listed, bool)

    def browser(self, token: str) -> AsyncClient:
        """For REST."""
        return AsyncClient(
            base_url=f"http://{self.address}",
            headers={"authorization": f"Bearer {token}"},
            timeout=ANSWER_SECONDS,
        )


@asynccontextmanager
async def running(
    settings: Settings,
    *,
    clock: Clock | None = None,
    patience: Patience | None = None,
    **changes: Any,
) -> AsyncIterator[Instance]:
    """An instance, once it is ready; it stops at the end as on a SIGTERM."""
    chosen = ChatSettings.model_validate(settings.model_dump() | changes)
    app = create(chosen, clock=clock or SystemClock(), patience=patience or Patience())
    config = uvicorn.Config(
        app,
        ws="websockets-sansio",
        ws_max_size=256 * 1024,
        ws_per_message_deflate=False,
        log_level="warning",
    )
    server, listening = _QuietServer(config, [app]), _narrow_socket()
    task = asyncio.create_task(server.serve([listening]))
    try:
        await eventually(lambda: _started(server, task), bool)
        await eventually(app.state.runtime.readiness, lambda checks: not any(checks.values()))
        yield Instance(app, listening.getsockname()[1])
    finally:
        server.should_exit = True
        await task


def _narrow_socket() -> socket.socket:
    """The system buffers little for it, so that a reader's pause is soon felt."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16 * 1024)
    listening.bind(("127.0.0.1", 0))
    return listening


async def _started(server: uvicorn.Server, task: "asyncio.Task[None]") -> bool:
    if task.done():
        task.result()
        raise RuntimeError("the server ended at once")
    return server.started


class Person:
    """One socket, reading all the time."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.frames: list[Frame] = []
        self._news = asyncio.Condition()
        self._reading = asyncio.create_task(self._read())
        self.closed_with: int | None = None

    @classmethod
    @asynccontextmanager
    async def at(cls, instance: Instance, token: str | None = None) -> AsyncIterator[Self]:
        """Connect, and authenticate with the token if there is one."""
        async with connect(f"ws://{instance.address}/ws", max_size=None) as socket:
            person = cls(socket)
            try:
                if token is not None:
                    await person.say(t="auth", token=token, protocol=1)
                    await person.hears("ready")
                yield person
            finally:
                # Reading goes on, or the answer to the close would stand behind what nobody takes.
                await socket.close()
                await person._reading

    async def say(self, **frame: Any) -> None:
        await self.socket.send(json.dumps(frame))

    async def hears(self, kind: str, matching: Callable[[Frame], bool] = lambda _: True) -> Frame:
        """The first frame of this kind that matches, of those that came and those that will."""
        return await self.finds(lambda: next((f for f in self.of(kind) if matching(f)), None))

    async def finds(self, look: Callable[[], T | None]) -> T:
        async with asyncio.timeout(ANSWER_SECONDS), self._news:
            while (found := look()) is None:
                if self.closed_with is not None:
                    raise AssertionError(f"closed with {self.closed_with}: {self.frames[-3:]}")
                await self._news.wait()
            return found

    async def leaves(self) -> int:
        """The code that the server closes with."""
        await asyncio.wait_for(asyncio.shield(self._reading), ANSWER_SECONDS)
        assert self.closed_with is not None
        return self.closed_with

    def of(self, kind: str) -> list[Frame]:
        return [frame for frame in self.frames if frame["t"] == kind]

    async def watches(self, conversation: str, after: int | None = None) -> list[Frame]:
        """The entries up to now."""
        await self.say(t="watch", conversation=conversation, after=after)
        await self.hears(
            "entries", lambda f: bool(f["conversation"] == conversation and f["complete"])
        )
        return self.shows(conversation)

    def shows(self, conversation: str) -> list[Frame]:
        """Every entry of a conversation in the order in which it came."""
        shown: list[Frame] = []
        for frame in self.frames:
            if frame.get("conversation") == conversation:
                shown += frame["entries"] if frame["t"] == "entries" else []
                shown += [frame["entry"]] if frame["t"] == "entry" else []
        return shown

    def texts(self, conversation: str) -> list[str]:
        return [it["text"] for it in self.shows(conversation) if it["kind"] == "message"]

    async def writes(self, conversation: str, text: str, client_id: str | None = None) -> Frame:
        """Send, and the acknowledgement; what may be tried again is, as every client does."""
        chosen = client_id or new_id()
        refusals = 0
        for _ in range(TRIES):
            await self.say(t="send", conversation=conversation, client_id=chosen, text=text)
            answers = await self.finds(partial(self._answers, chosen, refusals))
            if (answer := answers[-1])["t"] == "ack":
                return answer
            assert answer["retry"], answer
            refusals = len(answers)
        raise AssertionError(f"{text!r} was never accepted")

    def _answers(self, client_id: str, beyond: int) -> list[Frame] | None:
        """The answers to a message, once there is an acknowledgement or more than `beyond` refusals."""
        found = [f for f in self.frames if f.get("client_id") == client_id]
        acks = [f for f in found if f["t"] == "ack"]
        return acks or (found if len(found) > beyond else None)

    async def sees(self, conversation: str, text: str) -> Frame:
        """The entry with this text, as soon as it is there."""
        return await self.finds(
            lambda: next((e for e in self.shows(conversation) if e.get("text") == text), None)
        )

    async def _read(self) -> None:
        try:
            async for text in self.socket:
                await self._note(json.loads(text))
        except ConnectionClosed:
            pass
        async with self._news:
            self.closed_with = self.socket.close_code
            self._news.notify_all()

    async def _note(self, frame: Frame) -> None:
        async with self._news:
            self.frames.append(frame)
            self._news.notify_all()


class Customer:
    """Somebody with a ticket."""

    def __init__(self, neighbours: Neighbours) -> None:
        self.conversation, self.secret = new_id(), new_id() + new_id()
        self.identity = Identity(
            "customer", new_id(), neighbours.tenant, "", conversation=self.conversation
        )
        self._neighbours = neighbours

    @property
    def token(self) -> str:
        return self._neighbours.token(self.identity)

    def ticket(self, *, signer: TokenSigner | None = None, **changes: Any) -> str:
        fields: dict[str, Any] = {
            "id": new_id(),
            "conversation_id": self.conversation,
            "tenant": self._neighbours.tenant,
            "company_id": self._neighbours.company,
            "portal_id": self._neighbours.portal,
            "portal_address": "demo.desk.example",
            "visitor": Visitor(first_name="Cleo", last_name="Cox", email="cleo@example.com"),
            "locale": "en",
            "secret_hash": hashlib.sha256(self.secret.encode()).hexdigest(),
        }
        return (signer or self._neighbours.signer).ticket(Ticket(**fields | changes))

    async def opens(self, instance: Instance, **changes: Any) -> str:
        """Redeem the ticket; returns the conversation's id."""
        async with instance.browser(self.token) as browser:
            body = {"ticket": self.ticket(**changes), "secret": self.secret}
            answer = await browser.post("/api/chat/conversations", json=body)
            assert answer.status_code == 201, answer.text
        return self.conversation

    async def posts(self, browser: AsyncClient, text: str, client_id: str | None = None) -> int:
        """Send a message by REST; returns its position."""
        answer = await browser.post(
            f"/api/chat/conversations/{self.conversation}/messages",
            json={"client_id": client_id or new_id(), "text": text},
        )
        assert answer.status_code == 201, answer.text
        return int(answer.json()["seq"])
