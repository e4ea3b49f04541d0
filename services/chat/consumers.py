"""What chat reads from other services: the life of cases, for the activity lines of conversations."""

from chassis.handling import Subscription
from chassis.storage import Tx
from contracts.cases import CaseAssigned, CaseChanged, CaseReopened, CaseResolved
from contracts.envelope import Message
from contracts.topics import CASE_EVENTS
from services.chat.handlers import Chat, note_case_event


def case_events(chat: Chat) -> Subscription:
    """Somebody joined, resolved or reopened.

    The line is in the log before the event counts as handled. A crash in between writes it again,
    under the same id, which the fold drops.
    """

    async def note(_: Tx, event: Message) -> None:
        if isinstance(event, CaseChanged):
            await note_case_event(chat, event)

    return Subscription(
        CASE_EVENTS, dict.fromkeys((CaseAssigned, CaseResolved, CaseReopened), note)
    )
