"""Watching a conversation: its past in pages, then what comes, with nothing missing in between.

Pages come from the store as long as memory does not reach back to where the client is, and from
memory for the rest. The last page ends at the position up to which the log was read; from there
live entries go on. Between taking that page and attaching the watch nothing is awaited, so no entry
can come in between.
"""

from services.chat.archive import Page
from services.chat.conversation import Live
from services.chat.handlers import Chat, see
from services.chat.socket import Socket
from services.chat.views import Json, entries_frame


async def follow(chat: Chat, socket: Socket, conversation_id: str, after: int) -> None:
    """Send everything behind `after`, and attach; raises ConversationUnknown and RetryLater."""
    sent = after
    while not socket.closing:
        live = await see(chat, socket.identity, conversation_id)
        page = await chat.relay.page(live, sent)
        if page.more:
            await _send_page(socket, live, page)
            sent = page.through
        elif watch := chat.relay.attach(live, socket, page.through):
            socket.watches[conversation_id] = watch
            _push(socket, live, page, complete=True)
            return


async def _send_page(socket: Socket, live: Live, page: Page) -> None:
    if page.lines:
        _push(socket, live, page, complete=False)
    await socket.room()


def _push(socket: Socket, live: Live, page: Page, *, complete: bool) -> None:
    lines = [it for it in page.lines if it.customer_sees or socket.identity.kind != "customer"]
    rest: Json = {
        "through": page.through,
        "complete": complete,
        "cursors": _cursors(socket, live) if complete else [],
        "state": live.state,
    }
    socket.push(entries_frame(live.id, lines, rest))


def _cursors(socket: Socket, live: Live) -> list[Json]:
    return [
        {"who": live.person(person), "delivered": delivered, "read": read}
        for person, (delivered, read) in live.cursors.items()
        if live.reveals(person, socket.identity)
    ]
