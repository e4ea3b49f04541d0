"""One connection to the desk: who is there, what it watches, and what it is told."""

import asyncio
import time
from collections.abc import Callable
from typing import Final

from chassis import metrics
from chassis.clock import Clock
from chassis.errors import DeskbusError, Internal, RetryLater, render
from chassis.text import MESSAGE_LIMIT
from chassis.tokens import Identity, TokenExpired
from services.chat.conversation import Watch
from services.chat.frames import FRAME_LIMIT, Reference
from services.chat.outbound import Limits, Outbound, Send
from services.chat.views import dumps, instant

RESUME: Final = 4000
TOKEN_REJECTED: Final = 4001
UNAUTHENTICATED: Final = 4008
REFUSED: Final = 4009
RATE: Final = 30.0
BURST: Final = 60.0
"""Frames that a client may send each second, and at once after a pause."""
SLOW: Final = "slow"
for _reason in (SLOW, "restart", "log", "unavailable"):
    # A count that begins only with the first of them could not be seen to rise.
    metrics.SOCKETS_RESUMED.labels("chat", _reason)


class AuthenticationTimeout(DeskbusError):
    """The first frame did not come in time."""

    code = "authentication_timeout"
    status = 408
    text = "The connection was not authenticated in time."


class Socket:
    """Costs nothing but itself while nothing happens; is a Receiver once it is authenticated."""

    __slots__ = (
        "__weakref__",
        "_left",
        "_out",
        "_refilled",
        "_timer",
        "identity",
        "typed",
        "watches",
        "watching",
    )

    def __init__(self, send: Send, limits: Limits, abort: Callable[[], None]) -> None:
        self._out = Outbound(send, limits, abort)
        self._left = BURST
        self._refilled = time.monotonic()
        self._timer: asyncio.TimerHandle | None = None
        self.identity: Identity = NOBODY
        self.watches: dict[str, Watch] = {}
        self.watching: dict[str, asyncio.Task[None]] = {}
        """Conversations whose past is being sent at the moment."""
        self.typed: tuple[str, float] | None = None
        """In which conversation a beginning of typing was last told, and when on the loop's clock."""

    @property
    def authenticated(self) -> bool:
        return self.identity is not NOBODY

    @property
    def closing(self) -> bool:
        """Whether nothing more is heard from it."""
        return self._out.closing

    # ---- what it is told -------------------------------------------------------------------------

    def push(self, frame: str) -> None:
        """Queue a frame; who reads too slowly is told to come back and resume."""
        if not self._out.push(frame):
            self.resume(SLOW)

    async def room(self) -> None:
        """Returns when it has read most of what it was sent."""
        await self._out.room()

    def resume(self, reason: str) -> None:
        """Have the client connect anew and watch again from where it was."""
        if not self.closing:
            metrics.SOCKETS_RESUMED.labels("chat", reason).inc()
        self._out.finish(RESUME, dumps({"t": "resume", "reason": reason}), drop=True)

    def refuse(self, error: DeskbusError, about: Reference) -> None:
        """Tell that a frame was not taken; the socket stays open."""
        self.push(_error_frame(error, about))

    def fail(self, error: DeskbusError, code: int) -> None:
        """Tell what is wrong, and close."""
        self._out.finish(code, _error_frame(error, {}))

    def welcome(self, identity: Identity, clock: Clock) -> None:
        """Take a (newer) token's identity over, until it expires."""
        self.identity = identity
        left = (identity.expires_at - clock.now()).total_seconds()
        self.expect(left, TokenExpired(), TOKEN_REJECTED)
        me = {"kind": identity.kind, "id": identity.id, "name": identity.name}
        limits = {"text": MESSAGE_LIMIT, "frame": FRAME_LIMIT}
        expires_at = instant(identity.expires_at)
        self.push(dumps({"t": "ready", "me": me, "expires_at": expires_at, "limits": limits}))

    def expect(self, seconds: float, error: DeskbusError, code: int) -> None:
        """Fail in so many seconds, unless something else is expected by then."""
        if self._timer is not None:
            self._timer.cancel()
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(max(0.0, seconds), self.fail, error, code)

    # ---- what it may -----------------------------------------------------------------------------

    def may_speak(self) -> bool:
        """A token bucket: False when it says more than any person would."""
        now = time.monotonic()
        self._left = min(BURST, self._left + (now - self._refilled) * RATE)
        self._refilled = now
        if self._left < 1:
            return False
        self._left -= 1
        return True

    def renews(self, identity: Identity) -> bool:
        """Whether a token is one of the same person, for the same."""
        now, then = self.identity, identity
        return (now.kind, now.id, now.tenant, now.conversation) == (
            then.kind,
            then.id,
            then.tenant,
            then.conversation,
        )

    def forget(self, conversation_id: str, detach: Callable[[str, Watch], None]) -> None:
        """Stop watching a conversation."""
        if task := self.watching.pop(conversation_id, None):
            task.cancel()
        if watch := self.watches.pop(conversation_id, None):
            detach(conversation_id, watch)

    def leave(self) -> None:
        """The connection is gone."""
        if self._timer is not None:
            self._timer.cancel()
        self._out.stop()


NOBODY: Final = Identity("customer", "", "", "")


def _error_frame(error: DeskbusError, about: Reference) -> str:
    metrics.ERRORS.labels("chat", error.code).inc()
    # A fault of ours may be gone with the next attempt.
    retry = isinstance(error, RetryLater | Internal)
    return dumps({"t": "error", **render(error), "retry": retry, **about})
