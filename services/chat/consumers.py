"""What chat reads from other services, the life of cases for the lines of conversations, and what wakes it."""

from collections.abc import Mapping
from functools import partial

from chassis.erasure import Eraser
from chassis.handling import Subscription
from chassis.storage import Tx
from chassis.timers import TimerHandler
from contracts.cases import (
    CaseAssigned,
    CaseChanged,
    CaseReopened,
    CaseRequested,
    CaseResolved,
    CaseTransferred,
)
from contracts.envelope import Message
from contracts.erasure import ErasureRequested
from contracts.topics import CASE_EVENTS, ERASURES
from services.chat.handlers import (
    Chat,
    end_abandoned,
    erase_conversation,
    note_case_event,
)
from services.chat.presence import GONE


def case_events(chat: Chat) -> Subscription:
    """Somebody joined, resolved, reopened or gave the case on, or the customer stopped waiting.

    The line is in the log before the event counts as handled. A crash in between writes it again,
    under the same id, which the fold drops.
    """

    async def note(_: Tx, event: Message) -> None:
        if isinstance(event, CaseChanged):
            await note_case_event(chat, event)

    kinds = (CaseAssigned, CaseTransferred, CaseResolved, CaseReopened, CaseRequested)
    return Subscription(CASE_EVENTS, dict.fromkeys(kinds, note))


def erasures(chat: Chat, eraser: Eraser) -> Subscription:
    """A case was deleted."""

    async def erase(_: Tx, request: Message) -> None:
        if isinstance(request, ErasureRequested):
            await erase_conversation(chat, eraser, request)

    return Subscription(ERASURES, {ErasureRequested: erase})


def timers(chat: Chat) -> Mapping[str, TimerHandler]:
    """A customer's page has been gone for long."""
    return {GONE: partial(end_abandoned, chat)}
