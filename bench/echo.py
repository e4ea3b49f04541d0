"""The floor of every socket measurement: a bare ASGI echo on the same server as chat, in a process of its own."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Self

from websockets.asyncio.client import connect

from chassis.devstack.process import free_port

Scope = dict[str, Any]
Message = dict[str, Any]


async def app(
    scope: Scope,
    receive: Callable[[], Awaitable[Message]],
    send: Callable[[Message], Awaitable[None]],
) -> None:
    """Send back what comes."""
    if scope["type"] != "websocket":
        return
    await receive()
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] != "websocket.disconnect":
        await send({"type": "websocket.send", "text": message["text"]})


class Echo:
    """The echo server, running."""

    def __init__(self) -> None:
        self.port = free_port()
        self._process: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws"

    @property
    def pid(self) -> int:
        if self._process is None:
            raise RuntimeError("the echo server was not started")
        return self._process.pid

    async def __aenter__(self) -> Self:
        command = [
            *(sys.executable, "-m", "uvicorn", "bench.echo:app", "--port", str(self.port)),
            *("--ws", "websockets-sansio", "--loop", "uvloop", "--log-level", "error"),
            *("--ws-per-message-deflate", "false", "--lifespan", "off"),
        ]
        self._process = await asyncio.create_subprocess_exec(*command)
        for _ in range(300):
            try:
                async with connect(self.url):
                    return self
            except OSError:
                await asyncio.sleep(0.1)
        raise TimeoutError("the echo server did not start")

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self._process.terminate()
            await self._process.wait()
