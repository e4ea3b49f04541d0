"""The door to the desk socket: a plain ASGI endpoint (docs/relay-protocol.md has the protocol).

FastAPI's own layer would cost every idle socket several kilobytes, so it is not asked.
"""

import asyncio
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope
from starlette.types import Send as AsgiSend

from chassis import asking
from services.chat.dialogue import Desk, hear
from services.chat.socket import UNAUTHENTICATED, AuthenticationTimeout, Socket

PATH: Final = "/ws"


class Door:
    """Lets browsers in that come from the desk's own pages, and programs; everything else passes to `app`."""

    def __init__(
        self, app: ASGIApp, desk: Callable[[], Desk | None], public_url: str, unknown: int
    ) -> None:
        """`unknown` sockets may wait for their first frame at once."""
        self._app = app
        self._desk = desk
        self._public = urlsplit(public_url).netloc
        self._unknown_limit = unknown
        self._unknown: set[Socket] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: AsgiSend) -> None:
        """Handle one connection."""
        if scope["type"] != "websocket" or scope["path"] != PATH:
            await self._app(scope, receive, send)
            return
        await receive()
        desk = self._desk()
        if desk is None or not self._admits(scope):
            await send({"type": "websocket.close"})
            return
        await send({"type": "websocket.accept"})
        asking.begin(scope)
        await self._serve(desk, receive, send)

    def _admits(self, scope: Scope) -> bool:
        """Programs send no origin; a page must be one of ours."""
        if len(self._unknown) >= self._unknown_limit:
            return False
        headers = dict(scope["headers"])
        origin = headers.get(b"origin")
        if origin is None:
            return True
        place = urlsplit(origin.decode("latin-1")).netloc
        return place in (self._public, headers.get(b"host", b"").decode("latin-1"))

    async def _serve(self, desk: Desk, receive: Receive, send: AsgiSend) -> None:
        reader = asyncio.current_task()
        stuck = False

        def abort() -> None:
            nonlocal stuck
            stuck = True
            if reader is not None:
                reader.cancel()

        socket = Socket(send, desk.limits, abort)
        socket.expect(desk.authentication_seconds, AuthenticationTimeout(), UNAUTHENTICATED)
        self._unknown.add(socket)
        try:
            await self._listen(desk, socket, receive)
        except asyncio.CancelledError:
            if not stuck:
                raise
        finally:
            self._unknown.discard(socket)
            _leave(desk, socket)

    async def _listen(self, desk: Desk, socket: Socket, receive: Receive) -> None:
        while (message := await receive())["type"] != "websocket.disconnect":
            if socket.closing:
                continue
            await hear(desk, socket, message.get("text"))
            if socket.authenticated:
                self._unknown.discard(socket)


def _leave(desk: Desk, socket: Socket) -> None:
    for conversation_id in {*socket.watches, *socket.watching}:
        socket.forget(conversation_id, desk.chat.relay.detach)
    desk.hub.remove(socket)
    desk.chat.looking.look_away(socket)
    if socket.identity.conversation:
        desk.chat.presence.left(socket.identity.conversation)
    socket.leave()
