"""The REST interface of chat. It translates and calls; no rule lives here."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import AwareDatetime

from chassis.admits import current_customer, person, staff
from chassis.describing import fails
from chassis.erasure import ConversationDeleted
from chassis.tokens import Identity, TicketInvalid
from contracts.envelope import Id
from services.chat import handlers
from services.chat.archive import Page
from services.chat.conversation import Live
from services.chat.domain import (
    ConversationOver,
    ConversationUnknown,
    DeletionNotAllowed,
    MessageConflict,
    MessageUnknown,
)
from services.chat.handlers import Acceptance, Chat
from services.chat.relay import PAGE_ENTRIES
from services.chat.schemas import (
    Accepted,
    ConversationView,
    DeviceView,
    Entries,
    NewContact,
    NewEnd,
    NewMessage,
    Opened,
    Redemption,
)
from services.chat.views import dumps

router = APIRouter(prefix="/api/chat", tags=["chat"])


def _chat(request: Request) -> Chat:
    chat: Chat = request.app.state.chat
    return chat


Reader = Annotated[Identity, Depends(person("conversations:read"))]
Writer = Annotated[Identity, Depends(person("conversations:write"))]
Customer = Annotated[Identity, Depends(current_customer)]
Moderator = Annotated[Identity, Depends(staff("conversations:write"))]
TheChat = Annotated[Chat, Depends(_chat)]


@router.post("/conversations", status_code=201)
@fails(TicketInvalid, ConversationDeleted)
async def open_conversation(
    redemption: Redemption, request: Request, customer: Customer, chat: TheChat
) -> Opened:
    """Redeem a ticket. The same again has the same answer."""
    ticket = request.app.state.verifier.ticket(redemption.ticket)
    state = await handlers.open_conversation(chat, customer, ticket, redemption.secret)
    return Opened.model_validate({"conversation_id": ticket.conversation_id, "state": state})


@router.get("/conversations/{conversation_id}")
@fails(ConversationUnknown, ConversationDeleted)
async def show_conversation(
    conversation_id: str, person: Reader, chat: TheChat
) -> ConversationView:
    """What is known of a conversation."""
    live = await handlers.see(chat, person, conversation_id)
    device = _device(live) if person.kind == "technician" else None
    return ConversationView.model_validate(
        {
            "conversation_id": live.id,
            "state": live.state,
            "opened_at": live.opened and live.opened.time,
            "ended_at": live.ended_at,
            "company_id": live.place.company_id,
            "device": device,
        }
    )


def _device(live: Live) -> DeviceView | None:
    return DeviceView.model_validate(live.opened.device.model_dump()) if live.opened else None


@router.get("/conversations/{conversation_id}/entries", response_model=Entries)
@fails(ConversationUnknown, ConversationDeleted)
async def list_entries(
    conversation_id: str,
    person: Reader,
    chat: TheChat,
    after: Annotated[int, Query(ge=0, lt=2**53)] = 0,
    limit: Annotated[int, Query(ge=1, le=PAGE_ENTRIES)] = PAGE_ENTRIES,
) -> Response:
    """The entries behind a position."""
    return _page(await handlers.read_entries(chat, person, conversation_id, after, limit))


@router.get("/conversations/{conversation_id}/past", response_model=Entries)
@fails(ConversationUnknown, ConversationDeleted)
async def list_past_entries(
    conversation_id: str,
    person: Reader,
    chat: TheChat,
    at: AwareDatetime,
    after: Annotated[int, Query(ge=0, lt=2**53)] = 0,
) -> Response:
    """The entries that the customer had before them at a time, as they stood there then (N6)."""
    return _page(await handlers.look_back(chat, person, conversation_id, at, after))


def _page(page: Page) -> Response:
    # The entries are JSON already, encoded once for everybody.
    lines = ",".join(it.json for it in page.lines)
    rest = dumps({"through": page.through, "more": page.more})
    return Response(f'{{"entries":[{lines}],{rest[1:]}', media_type="application/json")


@router.post("/conversations/{conversation_id}/messages", status_code=201)
@fails(ConversationUnknown, ConversationDeleted, ConversationOver, MessageConflict)
async def post_message(
    conversation_id: str, message: NewMessage, person: Writer, chat: TheChat
) -> Accepted:
    """Send a message. A resend is the same message, at its first position."""
    post = handlers.post_message(chat, person, conversation_id, message.client_id, message.text)
    return await _accepted(await post)


@router.delete("/conversations/{conversation_id}/messages/{message_id}")
@fails(ConversationUnknown, ConversationDeleted, MessageUnknown, DeletionNotAllowed)
async def delete_message(
    conversation_id: str, message_id: Id, technician: Moderator, chat: TheChat
) -> Accepted:
    """Delete a message for both sides: its author, or an administrator. The same again has the same answer."""
    deleting = handlers.delete_message(chat, technician, conversation_id, message_id)
    return await _accepted(await deleting)


@router.post("/conversations/{conversation_id}/contact", status_code=201)
@fails(ConversationUnknown, ConversationDeleted, MessageConflict)
async def give_contact(
    conversation_id: str, contact: NewContact, customer: Customer, chat: TheChat
) -> Accepted:
    """Tell the desk the customer's email address, as an answer to the bot."""
    giving = handlers.give_contact(
        chat, customer, conversation_id, contact.client_id, contact.email
    )
    return await _accepted(await giving)


@router.post("/conversations/{conversation_id}/end")
@fails(ConversationUnknown, ConversationDeleted, MessageConflict)
async def end_conversation(
    conversation_id: str, end: NewEnd, person: Writer, chat: TheChat
) -> Accepted:
    """End the live chat, for both sides."""
    ending = handlers.end_conversation(chat, person, conversation_id, end.client_id)
    return await _accepted(await ending)


async def _accepted(acceptance: Acceptance) -> Accepted:
    it = await acceptance
    fields: dict[str, Any] = {"id": it.id, "seq": it.seq, "time": it.time}
    return Accepted.model_validate(fields)
