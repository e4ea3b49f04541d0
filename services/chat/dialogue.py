"""What a socket says becomes a use case, and what comes of it an answer."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Final

from chassis import tracing
from chassis.errors import DeskbusError, Internal
from chassis.logs import logger
from chassis.tokens import TokenExpired, TokenInvalid, TokenVerifier
from services.chat import handlers
from services.chat.domain import ConversationUnknown
from services.chat.frames import (
    PROTOCOL,
    Auth,
    ClientFrame,
    Contact,
    CursorAt,
    End,
    FrameInvalid,
    LookAt,
    ProtocolUnsupported,
    Reference,
    Refused,
    Renew,
    Send,
    Typing,
    Unwatch,
    WatchFrom,
    parse,
    reference,
)
from services.chat.handlers import Acceptance, Chat
from services.chat.hub import Hub, TooManySockets
from services.chat.outbound import Limits
from services.chat.socket import REFUSED, TOKEN_REJECTED, Socket
from services.chat.views import dumps, instant
from services.chat.watching import follow

TYPING_SECONDS: Final = 1.0
"""Typing is told at most this often; that somebody stopped is always told."""

_log = logger(__name__)


class RateLimited(DeskbusError):
    """More frames than any person causes."""

    code = "rate_limited"
    status = 429
    text = "That was too much at once."


@dataclass(frozen=True, slots=True)
class Desk:
    """What sockets work with."""

    chat: Chat
    hub: Hub
    verifier: TokenVerifier
    limits: Limits
    authentication_seconds: float


async def hear(desk: Desk, socket: Socket, text: str | None) -> None:
    """Take one frame of a socket; a binary one is None."""
    if not socket.may_speak():
        return socket.fail(RateLimited(), REFUSED)
    try:
        frame = parse(text or "")
    except Refused as refused:
        return _turn_down(socket, refused)
    if not socket.authenticated or isinstance(frame, Auth | Renew):
        return _identify(desk, socket, frame)
    try:
        if isinstance(frame, Send | Contact | End):
            with tracing.begin(f"frame {frame.t}", "server"):
                return await _do(desk, socket, frame)
        await _do(desk, socket, frame)
    except Exception as error:  # noqa: BLE001 - one frame's fault must not end what the socket watches
        socket.refuse(_told(error), reference(frame))


def _turn_down(socket: Socket, refused: Refused) -> None:
    if refused.frame is None or not socket.authenticated:
        socket.fail(refused.error, REFUSED)
    else:
        socket.refuse(refused.error, refused.frame)


def _told(error: BaseException) -> DeskbusError:
    """What a client is told of an exception."""
    if isinstance(error, DeskbusError):
        return error
    _log.error("frame_failed", exc_info=error)
    return Internal()


# ---- who is there --------------------------------------------------------------------------------


def _identify(desk: Desk, socket: Socket, frame: ClientFrame) -> None:
    try:
        if isinstance(frame, Renew) and socket.authenticated:
            return _renew(desk, socket, frame)
        if isinstance(frame, Auth) and not socket.authenticated:
            return _authenticate(desk, socket, frame)
    except (TokenInvalid, TokenExpired) as error:
        return socket.fail(error, TOKEN_REJECTED)
    except DeskbusError as error:
        return socket.fail(error, REFUSED)
    return socket.fail(FrameInvalid(), REFUSED)


def _authenticate(desk: Desk, socket: Socket, frame: Auth) -> None:
    if frame.protocol != PROTOCOL:
        raise ProtocolUnsupported
    identity = desk.verifier.identity(frame.token)
    desk.hub.admit(socket, identity)
    if identity.conversation:
        desk.chat.presence.saw(identity.conversation)
    socket.welcome(identity, desk.chat.clock)
    if identity.kind == "technician":
        desk.chat.looking.greet(socket)


def _renew(desk: Desk, socket: Socket, frame: Renew) -> None:
    identity = desk.verifier.identity(frame.token)
    if not socket.renews(identity):
        raise TokenInvalid
    desk.hub.remove(socket)
    desk.hub.admit(socket, identity)
    socket.welcome(identity, desk.chat.clock)


# ---- what they want ------------------------------------------------------------------------------


async def _do(desk: Desk, socket: Socket, frame: ClientFrame) -> None:
    chat, identity = desk.chat, socket.identity
    match frame:
        case WatchFrom():
            _watch(chat, socket, frame)
        case Unwatch():
            socket.forget(frame.conversation, chat.relay.detach)
        case Send(conversation=conversation, client_id=client_id, text=text):
            socket.typed = None
            _answer(
                socket,
                frame,
                await handlers.post_message(chat, identity, conversation, client_id, text),
            )
        case Contact(conversation=conversation, client_id=client_id, email=email):
            _answer(
                socket,
                frame,
                await handlers.give_contact(chat, identity, conversation, client_id, email),
            )
        case End(conversation=conversation, client_id=client_id):
            _answer(
                socket,
                frame,
                await handlers.end_conversation(chat, identity, conversation, client_id),
            )
        case Typing():
            await _typing(chat, socket, frame)
        case LookAt(conversation=conversation, company=company, typing=typing):
            case_ = (conversation, company) if conversation and company else None
            # An answer would be taken for one about the conversation; who asks for too much is not heard.
            with suppress(ConversationUnknown):
                handlers.look_at(chat, socket, case_, typing=typing)
        case CursorAt(conversation=conversation, delivered=delivered, read=read):
            await handlers.move_cursor(chat, identity, conversation, delivered, read)


def _watch(chat: Chat, socket: Socket, frame: WatchFrom) -> None:
    """In a task of its own: a long past does not keep the socket from sending."""
    conversation_id = frame.conversation
    socket.forget(conversation_id, chat.relay.detach)
    task = asyncio.create_task(follow(chat, socket, conversation_id, frame.after or 0))
    socket.watching[conversation_id] = task
    task.add_done_callback(partial(_watched, socket, reference(frame)))


def _watched(socket: Socket, about: Reference, task: "asyncio.Task[None]") -> None:
    if socket.watching.get(about["conversation"]) is task:
        del socket.watching[about["conversation"]]
    if not task.cancelled() and (error := task.exception()):
        socket.refuse(_told(error), about)


def _answer(socket: Socket, frame: Send | Contact | End, acceptance: Acceptance) -> None:
    acceptance.add_done_callback(partial(_accepted, socket, reference(frame)))


def _accepted(socket: Socket, about: Reference, acceptance: Acceptance) -> None:
    if acceptance.cancelled():
        return None
    if error := acceptance.exception():
        return socket.refuse(_told(error), about)
    it = acceptance.result()
    ack = {"t": "ack", **about, "id": it.id, "seq": it.seq, "time": instant(it.time)}
    return socket.push(dumps(ack))


async def _typing(chat: Chat, socket: Socket, frame: Typing) -> None:
    """Told once a second at most, unless it begins anew: after a message, or in another conversation."""
    now = asyncio.get_running_loop().time()
    if frame.on and socket.typed is not None:
        conversation, typed_at = socket.typed
        if conversation == frame.conversation and now - typed_at < TYPING_SECONDS:
            return
    socket.typed = (frame.conversation, now) if frame.on else None
    await handlers.say_typing(chat, socket.identity, frame.conversation, on=frame.on)


__all__ = ["Desk", "RateLimited", "TooManySockets", "hear"]
