"""A strict client of the desk's socket: it keeps what is not acknowledged, and trusts the server in nothing.

It behaves as the browser does (one message in flight for each conversation, resent with the same
client id until it is acknowledged) and records a violation for everything that a person would notice:
an entry shown twice, out of order, or a position that goes back.
"""

import asyncio
import contextlib
import json
import random
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import websockets
from websockets.asyncio.client import ClientConnection, connect

from tests.support.journal import Journal

Frame = dict[str, Any]
RECONNECT_SECONDS = (0.1, 0.5)
ANSWER_SECONDS = 5.0


@dataclass
class View:
    """What one client shows of one conversation."""

    conversation: str
    entries: list[Frame] = field(default_factory=list)
    complete: bool = False
    pending: dict[str, str] = field(default_factory=dict)

    @property
    def last_seq(self) -> int | None:
        return self.entries[-1]["seq"] if self.entries else None

    def messages(self) -> list[str]:
        return [entry["id"] for entry in self.entries if entry["kind"] == "message"]


class DeskClient:
    """One person's socket, reconnecting for ever until `close`."""

    def __init__(
        self, name: str, url: str, token: Callable[[], Awaitable[str]], journal: Journal
    ) -> None:
        self.name = name
        self.views: dict[str, View] = {}
        self.frames: list[Frame] = []
        self.connections = 0
        self._url = url
        self._token = token
        self._journal = journal
        self._socket: ClientConnection | None = None
        self._in_flight: dict[str, asyncio.Task[None]] = {}
        self._answers: dict[str, asyncio.Future[Frame]] = {}
        self._closed = False
        self._task = asyncio.create_task(self._run(), name=f"client {name}")

    async def watch(self, conversation: str) -> View:
        view = self.views.setdefault(conversation, View(conversation))
        await self._post({"t": "watch", "conversation": conversation, "after": view.last_seq})
        return view

    def send(self, conversation: str, text: str) -> str:
        """Queue a message; it is sent now or once there is a connection. Returns its client id."""
        client_id = str(uuid.uuid4())
        self._journal.sent(conversation, self.name, client_id, text)
        view = self.views[conversation]
        view.pending[client_id] = text
        if conversation not in self._in_flight:
            self._in_flight[conversation] = asyncio.create_task(self._drain(view))
        return client_id

    async def end(self, conversation: str) -> None:
        client_id = str(uuid.uuid4())
        await self._post({"t": "end", "conversation": conversation, "client_id": client_id})

    async def type(self, conversation: str) -> None:
        """Begin to type; a sign that is lost is not made again."""
        await self._post({"t": "typing", "conversation": conversation, "on": True})

    async def read(self, conversation: str) -> None:
        """Tell that everything shown has been read."""
        seq = self.views[conversation].last_seq
        if seq is not None:
            cursor = {"t": "cursor", "conversation": conversation, "delivered": seq, "read": seq}
            await self._post(cursor)

    def drop(self) -> None:
        """Lose the connection without a goodbye, as a train in a tunnel does."""
        if self._socket is not None:
            self._socket.transport.abort()

    async def close(self) -> None:
        self._closed = True
        tasks = [self._task, *self._in_flight.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def idle(self) -> bool:
        return not any(view.pending for view in self.views.values())

    async def _run(self) -> None:
        while not self._closed:
            with contextlib.suppress(OSError, websockets.WebSocketException, TimeoutError):
                token = await self._token()
                async with connect(self._url, open_timeout=5, compression=None) as socket:
                    await self._converse(socket, token)
            self._lose_connection()
            await asyncio.sleep(random.uniform(*RECONNECT_SECONDS))

    async def _converse(self, socket: ClientConnection, token: str) -> None:
        await socket.send(json.dumps({"t": "auth", "token": token, "protocol": 1}))
        ready = json.loads(await asyncio.wait_for(socket.recv(), 30))
        if ready["t"] != "ready":
            return
        self._socket = socket
        self.connections += 1
        for view in self.views.values():
            view.complete = False
            await self._post(
                {"t": "watch", "conversation": view.conversation, "after": view.last_seq}
            )
        async for text in socket:
            self._take(json.loads(text))

    def _lose_connection(self) -> None:
        self._socket = None
        for answer in self._answers.values():
            if not answer.done():
                answer.set_result({"t": "error", "retry": True})

    async def _post(self, frame: Frame) -> None:
        if self._socket is not None:
            with contextlib.suppress(websockets.WebSocketException):
                await self._socket.send(json.dumps(frame))

    def _take(self, frame: Frame) -> None:
        kind = frame["t"]
        if kind == "entries":
            view = self.views[frame["conversation"]]
            for entry in frame["entries"]:
                self._show(view, entry)
            view.complete = view.complete or frame["complete"]
        elif kind == "entry":
            self._show(self.views[frame["conversation"]], frame["entry"])
        elif kind in ("ack", "error") and frame.get("client_id") in self._answers:
            answer = self._answers[frame["client_id"]]
            if not answer.done():
                answer.set_result(frame)
        else:
            self.frames.append(frame)

    def _show(self, view: View, entry: Frame) -> None:
        if view.last_seq is not None and entry["seq"] <= view.last_seq:
            twice = any(shown["id"] == entry["id"] for shown in view.entries)
            self._journal.violations.append(
                f"{self.name}: {entry['kind']} {entry['id']} {'again' if twice else 'out of order'}"
                f" at {entry['seq']} after {view.last_seq}"
            )
            return
        view.entries.append(entry)

    async def _drain(self, view: View) -> None:
        while view.pending:
            client_id, text = next(iter(view.pending.items()))
            frame = await self._try(view.conversation, client_id, text)
            if frame is None or (frame["t"] == "error" and frame["retry"]):
                await asyncio.sleep(random.uniform(*RECONNECT_SECONDS))
                continue
            del view.pending[client_id]
            if frame["t"] == "ack":
                self._journal.acknowledged(client_id, frame["id"], frame["seq"])
            else:
                self._journal.violations.append(f"{self.name}: refused {frame['code']}")
        del self._in_flight[view.conversation]

    async def _try(self, conversation: str, client_id: str, text: str) -> Frame | None:
        if self._socket is None:
            return None
        answer = self._answers[client_id] = asyncio.get_running_loop().create_future()
        await self._post(
            {"t": "send", "conversation": conversation, "client_id": client_id, "text": text}
        )
        try:
            return await asyncio.wait_for(answer, ANSWER_SECONDS)
        except TimeoutError:
            return None
        finally:
            self._answers.pop(client_id, None)
