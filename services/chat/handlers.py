"""Chat's use cases. What each of them is called by stands in the table at the foot."""

import asyncio
import hashlib
import hmac
import time
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chassis import metrics
from chassis.asking import origin
from chassis.clock import Clock
from chassis.codec import encode
from chassis.directory import Directory
from chassis.erasure import ConversationDeleted, Eraser
from chassis.errors import render
from chassis.ids import new_id
from chassis.keyring import Erased, Keyring
from chassis.producer import Producer
from chassis.storage import Tx
from chassis.tokens import Identity, Ticket, TicketInvalid
from contracts.cases import CaseChanged
from contracts.chat import BotSpoke, ConversationEntry, MessageSent, TypingChanged
from contracts.envelope import Actor
from contracts.erasure import ErasureRequested
from services.chat.archive import Page
from services.chat.bot import answer_to_contact, answer_to_message
from services.chat.conversation import Live, Receiver
from services.chat.domain import (
    VIA_DESK,
    ConversationOver,
    ConversationUnknown,
    DeletionNotAllowed,
    MessageConflict,
    MessageUnknown,
    author_of,
    contact_given,
    conversation_abandoned,
    conversation_ended,
    conversation_opened,
    data_key_created,
    entries_for,
    may_delete,
    may_see,
    may_write,
    message_deleted,
    message_sent,
)
from services.chat.fold import fingerprint
from services.chat.log import Log
from services.chat.looking import Looking
from services.chat.past import seen_by_customer
from services.chat.presence import Presence
from services.chat.receipts import Receipts
from services.chat.relay import PAGE_ENTRIES, Relay, StoreBehind
from services.chat.storage import ChatStore
from services.chat.views import dumps

_ACCEPT = metrics.ACCEPT_SECONDS.labels("chat")


@dataclass(frozen=True, slots=True)
class Chat:
    """What the use cases work with."""

    store: ChatStore
    keyring: Keyring
    producer: Producer
    log: Log
    relay: Relay
    receipts: Receipts
    directory: Directory
    presence: Presence
    looking: Looking
    clock: Clock


@dataclass(frozen=True, slots=True)
class Accepted:
    """An entry that will not be lost, and its position: of all copies that this instance sent, the first."""

    id: str
    seq: int
    time: datetime


Acceptance = asyncio.Task[Accepted]
"""Ends when the entry is accepted, or with the reason why it is not; other entries need not wait for it."""


async def open_conversation(chat: Chat, identity: Identity, ticket: Ticket, secret: str) -> str:
    """Redeem a ticket: key and lease first, then the entry. The same again finds it done.

    Returns the conversation's state; raises TicketInvalid and ConversationDeleted.
    """
    if not await _redeems(chat, identity, ticket, secret):
        raise TicketInvalid
    if live := await chat.relay.known(ticket.conversation_id):
        await chat.log.accepted(live.partition, live.fold.bounds.opened_seq or 0)
        return live.state
    now = chat.clock.now()
    key = await chat.keyring.create(ticket.conversation_id)
    created = data_key_created(key.key_id, key.wrapped, ticket.tenant, now)
    await chat.producer.send(await encode(created, chat.keyring))
    await chat.presence.expect(ticket.conversation_id, ticket.portal_id)
    await chat.log.append(conversation_opened(ticket, identity, now))
    return "live"


async def _redeems(chat: Chat, identity: Identity, ticket: Ticket, secret: str) -> bool:
    own = identity.conversation == ticket.conversation_id and identity.tenant == ticket.tenant
    given = hashlib.sha256(secret.encode()).hexdigest()
    ours = own and ticket.kind == "live" and hmac.compare_digest(given, ticket.secret_hash)
    if not ours:
        return False
    await _check_not_deleted(chat, ticket.conversation_id)
    first = await chat.store.redeem(ticket.conversation_id, given, chat.clock.now())
    return hmac.compare_digest(given, first)


async def see(chat: Chat, identity: Identity, conversation_id: str) -> Live:
    """A conversation that the caller may see; raises ConversationUnknown, and ConversationDeleted to its customer."""
    if identity.kind == "customer":
        if identity.conversation != conversation_id:
            raise ConversationUnknown
        if chat.relay.in_memory(conversation_id) is None:
            await _check_not_deleted(chat, conversation_id)
    live = await chat.relay.conversation(conversation_id)
    if not may_see(identity, live.place):
        raise ConversationUnknown
    if identity.kind == "customer" and live.waits:
        chat.presence.saw(live.id)
    return live


async def _check_not_deleted(chat: Chat, conversation_id: str) -> None:
    try:
        await chat.keyring.check(conversation_id)
    except Erased as error:
        raise ConversationDeleted from error


async def read_entries(
    chat: Chat, identity: Identity, conversation_id: str, after: int, limit: int
) -> Page:
    """The next entries behind a position, as the caller sees them."""
    live = await see(chat, identity, conversation_id)
    page = await chat.relay.page(live, after, limit)
    if identity.kind == "technician":
        return page
    return Page([it for it in page.lines if it.customer_sees], page.through, page.more)


async def look_back(
    chat: Chat, identity: Identity, conversation_id: str, at: datetime, after: int
) -> Page:
    """The next entries behind a position that the customer had at a time, as they stood there then (N6)."""
    live = await see(chat, identity, conversation_id)
    page = await chat.relay.page(live, after, PAGE_ENTRIES)
    return replace(page, lines=seen_by_customer(page.lines, at))


async def post_message(
    chat: Chat, identity: Identity, conversation_id: str, client_id: str, text: str
) -> Acceptance:
    """Hand a message to the log, in the order of the calls. A resend is the same message."""
    started = time.perf_counter()
    live = await see(chat, identity, conversation_id)
    entry = message_sent(identity, live.place, client_id, text, chat.clock.now())
    if entry.id not in live.fold.marks and not may_write(identity, ended=live.fold.ended):
        raise ConversationOver
    answers = _bot_answers(chat, live, entry)
    accepting = await _accept(chat, live, entry, started)
    return asyncio.create_task(_answered(chat, live, accepting, answers))


async def delete_message(
    chat: Chat, identity: Identity, conversation_id: str, message_id: str
) -> Acceptance:
    """Delete a message for both sides; again is the same. Raises MessageUnknown and DeletionNotAllowed."""
    started = time.perf_counter()
    live = await see(chat, identity, conversation_id)
    found = await chat.relay.entry(live, message_id) if message_id in live.fold.marks else None
    if found is None or not isinstance(found[1], MessageSent):
        raise MessageUnknown
    if not may_delete(identity, found[1]):
        raise DeletionNotAllowed
    deletion = message_deleted(identity, live.place, found[1], chat.clock.now(), origin())
    return asyncio.create_task(await _accept(chat, live, deletion, started))


async def give_contact(
    chat: Chat, identity: Identity, conversation_id: str, client_id: str, email: str
) -> Acceptance:
    """Take the customer's address, also a corrected one; raises ConversationUnknown for anybody else."""
    started = time.perf_counter()
    live = await see(chat, identity, conversation_id)
    if identity.kind != "customer":
        raise ConversationUnknown
    given = contact_given(identity, live.place, client_id, email, chat.clock.now())
    thanks = [] if live.fold.ended else answer_to_contact(live.has, given, chat.clock.now())
    accepting = await _accept(chat, live, given, started)
    return asyncio.create_task(_answered(chat, live, accepting, thanks))


def _bot_answers(chat: Chat, live: Live, message: MessageSent) -> list[BotSpoke]:
    """What the bot says to a message: nothing once somebody of the desk is there, or the chat is over."""
    if live.bot_is_done or message.author.kind != "customer" or not live.opened or not live.waits:
        return []
    portal = chat.directory.portal(live.opened.portal_id)
    greeting = portal.greeting if portal else ""
    answers = answer_to_message(live.opened, live.has, greeting, message, chat.clock.now())
    live.bot_is_done = not answers
    return answers


async def end_conversation(
    chat: Chat, identity: Identity, conversation_id: str, client_id: str
) -> Acceptance:
    """End the live chat, for both sides. What has ended stays as it ended."""
    live = await see(chat, identity, conversation_id)
    if live.fold.bounds.ended_seq is not None:
        return asyncio.create_task(_ended(chat, live))
    entry = conversation_ended(identity, live.place, client_id, chat.clock.now(), origin())
    started = time.perf_counter()
    return asyncio.create_task(_accepted(live, entry, await _begin(chat, live, entry), started))


async def _accept(
    chat: Chat, live: Live, entry: ConversationEntry, started: float
) -> Coroutine[Any, Any, Accepted]:
    """Hand an entry to the log, unless it is there already; what is returned ends when it is accepted."""
    if entry.id in live.fold.marks:
        return _known(chat, live, entry)
    return _accepted(live, entry, await _begin(chat, live, entry), started)


async def _answered(
    chat: Chat,
    live: Live,
    accepting: Coroutine[Any, Any, Accepted],
    answers: Sequence[ConversationEntry],
) -> Accepted:
    """Accepted only when it is answered too: a sender who hears nothing, sends again, and so does the bot."""
    accepted = await accepting
    # Another message may have been answered with the same in the meantime.
    missing = [it for it in answers if it.id not in live.fold.marks]
    if missing:
        # In the log one behind the other, and behind what they answer.
        positions = [await _begin(chat, live, it) for it in missing]
        await asyncio.gather(*map(asyncio.shield, positions))
    return accepted


async def _begin(chat: Chat, live: Live, entry: ConversationEntry) -> "asyncio.Task[int]":
    pending = live.pending.get(entry.id)
    if pending and pending.body != fingerprint(entry):
        raise MessageConflict
    if pending:
        return pending.position
    if not chat.relay.has_room(live.partition):
        raise StoreBehind
    position = await chat.log.begin(entry)
    live.sends(entry.id, fingerprint(entry), position)
    return position


async def _accepted(
    live: Live, entry: ConversationEntry, position: "asyncio.Task[int]", started: float
) -> Accepted:
    # Shielded, because a resend may wait for the same delivery.
    seq = await asyncio.shield(position)
    first = await live.first_of(entry.id, seq)
    _ACCEPT.observe(time.perf_counter() - started)
    return Accepted(entry.id, first, entry.time)


async def _known(chat: Chat, live: Live, entry: ConversationEntry) -> Accepted:
    """The message is in the log already, or another one under its id."""
    first = await chat.relay.entry(live, entry.id)
    # Of a deleted message nobody knows the text; whoever sends it again has nothing to correct.
    same = entry.id in live.fold.deletions or (
        first and fingerprint(first[1]) == fingerprint(entry)
    )
    if first is None or not same:
        raise MessageConflict
    await chat.log.accepted(live.partition, first[0])
    return Accepted(entry.id, first[0], first[1].time)


async def _ended(chat: Chat, live: Live) -> Accepted:
    seq = live.fold.bounds.ended_seq or 0
    ended_id = next(entry_id for entry_id, mark in live.fold.marks.items() if mark.seq == seq)
    await chat.log.accepted(live.partition, seq)
    return Accepted(ended_id, seq, live.ended_at or chat.clock.now())


async def say_typing(chat: Chat, identity: Identity, conversation_id: str, *, on: bool) -> None:
    """Tell the others in a conversation that somebody began or stopped typing."""
    live = await see(chat, identity, conversation_id)
    signal_id = new_id()
    await chat.log.signal(
        TypingChanged(
            id=signal_id,
            time=chat.clock.now(),
            tenant=live.place.tenant,
            key=live.id,
            aggregate_version=0,
            actor=Actor(kind=identity.kind, id=identity.id, via=VIA_DESK),
            correlation_id=signal_id,
            company_id=live.place.company_id,
            conversation_id=live.id,
            author=author_of(identity),
            on=on,
        )
    )


def look_at(chat: Chat, socket: Receiver, case: tuple[str, str] | None, *, typing: bool) -> None:
    """A technician has a case (conversation and company) before them, or none; raises ConversationUnknown."""
    if case is None:
        chat.looking.look_away(socket)
    else:
        chat.looking.look(socket, *case, typing=typing)


async def move_cursor(
    chat: Chat, identity: Identity, conversation_id: str, delivered: int, read: int
) -> None:
    """Note how far somebody has received and read; never back, never beyond the log."""
    live = await see(chat, identity, conversation_id)
    end = chat.relay.through(live.partition)
    chat.receipts.move(live, identity, min(delivered, end), min(read, end))


async def note_case_event(chat: Chat, event: CaseChanged) -> None:
    """Write into the conversation what happened to its case."""
    live = await chat.relay.known(event.conversation_id)
    for entry in entries_for(event, ended=live is not None and live.fold.ended):
        await chat.log.append(entry)


async def erase_conversation(chat: Chat, eraser: Eraser, request: ErasureRequested) -> None:
    """Purge what chat holds, and answer. The answer is in the log before the request counts as handled."""
    answer = await eraser.erase(request)
    forget_conversation(chat, request.conversation_id)
    await chat.producer.send(await encode(answer, chat.keyring))


def forget_conversation(chat: Chat, conversation_id: str) -> None:
    """Drop what is in memory of a deleted conversation, and tell whoever watched it."""
    chat.keyring.forget(conversation_id)
    chat.receipts.forget(conversation_id)
    chat.looking.forget(conversation_id)
    told = {"t": "error", **render(ConversationDeleted()), "retry": False}
    frame = dumps({**told, "conversation": conversation_id})
    for receiver in chat.relay.erase(conversation_id):
        receiver.push(frame)


async def end_abandoned(chat: Chat, tx: Tx, payload: dict[str, Any]) -> None:
    """The customer's page has been gone for as long as the portal bears with it (X32)."""
    live = await chat.relay.known(payload["conversation_id"])
    if live is None or not live.waits:
        return
    if chat.presence.is_excused(live, payload):
        await chat.presence.extend(tx, live)
        return
    await chat.log.append(conversation_abandoned(live.place, chat.clock.now()))


HANDLES = {
    "POST /api/chat/conversations": open_conversation,
    "GET /api/chat/conversations/{id}": see,
    "GET /api/chat/conversations/{id}/entries": read_entries,
    "GET /api/chat/conversations/{id}/past": look_back,
    "POST /api/chat/conversations/{id}/messages, frame send": post_message,
    "DELETE /api/chat/conversations/{id}/messages/{message_id}": delete_message,
    "POST /api/chat/conversations/{id}/contact, frame contact": give_contact,
    "POST /api/chat/conversations/{id}/end, frame end": end_conversation,
    "frame typing": say_typing,
    "frame look": look_at,
    "frame cursor": move_cursor,
    "topic case-events": note_case_event,
    "topic erasures": erase_conversation,
    "timer gone": end_abandoned,
}
