"""A socket's way out: frames in order, bounded, with no task and no buffer while there is nothing to send."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from chassis import metrics

Send = Callable[[dict[str, Any]], Awaitable[None]]
CLOSE_SECONDS: Final = 5.0
"""How long a socket that does not read may delay its own close."""
_SECONDS = metrics.DELIVER_SECONDS.labels("chat")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may wait for one socket."""

    frames: int = 1_000
    characters: int = 4 * 1024 * 1024


class Outbound:
    """Sends what is queued. The one task that does so lives only as long as there is something."""

    __slots__ = ("_abort", "_close", "_frames", "_limits", "_queued", "_room", "_send", "_task")

    def __init__(self, send: Send, limits: Limits, abort: Callable[[], None]) -> None:
        """`abort` is called when a close does not get through."""
        self._send = send
        self._limits = limits
        self._abort = abort
        self._frames: deque[str] | None = None
        self._queued = 0
        self._close: int | None = None
        self._room: asyncio.Event | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def closing(self) -> bool:
        """Whether the last frame was queued."""
        return self._close is not None

    def push(self, frame: str) -> bool:
        """Queue a frame; False when more waits already than may."""
        if self.closing:
            return True
        if self._frames is None:
            self._frames = deque()
        if len(self._frames) >= self._limits.frames or self._queued > self._limits.characters:
            return False
        self._frames.append(frame)
        self._queued += len(frame)
        self._start()
        return True

    async def room(self) -> None:
        """Returns when at least half of the queue is free, or nothing more will be sent."""
        while not self.closing and (
            len(self._frames or ()) > self._limits.frames // 2
            or self._queued > self._limits.characters // 2
        ):
            self._room = self._room or asyncio.Event()
            await self._room.wait()

    def finish(self, code: int, last: str, *, drop: bool = False) -> None:
        """Send what is queued, unless it is dropped, then a last frame, and close."""
        if self.closing:
            return
        if drop or self._frames is None:
            self._frames, self._queued = deque(), 0
        self._frames.append(last)
        self._queued += len(last)
        self._close = code
        self._start()
        asyncio.get_running_loop().call_later(CLOSE_SECONDS, self._give_up)

    def stop(self) -> None:
        """The connection is gone."""
        self._close = self._close or 0
        if self._task is not None:
            self._task.cancel()
        self._notify()

    def _start(self) -> None:
        if self._task is None:
            self._task = asyncio.create_task(self._drain(time.perf_counter()))

    async def _drain(self, since: float) -> None:
        """`since` is when the first frame was queued; once for all of them, because each has a price."""
        try:
            while self._frames:
                frame = self._frames.popleft()
                self._queued -= len(frame)
                await self._send({"type": "websocket.send", "text": frame})
                self._notify()
            _SECONDS.observe(time.perf_counter() - since)
            if self._close is not None:
                await self._send({"type": "websocket.close", "code": self._close})
        except OSError:
            # The client left; the reading side hears of it too, and ends the socket.
            self._close = self._close or 0
            self._notify()
        finally:
            self._task = None
            self._frames = None
            self._queued = 0

    def _notify(self) -> None:
        if self._room is not None:
            self._room.set()
            self._room = None

    def _give_up(self) -> None:
        if self._task is not None:
            self._abort()
