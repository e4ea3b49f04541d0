"""The bot (S14): what it says, and when. Pure rules.

It speaks for the desk until somebody of the desk does: it greets as an answer to the customer's first
message, asks for an email address that nobody knows, and thanks for it. It says each of these once, because
their ids are made from the conversation: whoever says them again, after a crash or at another instance,
says nothing new.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final, Literal

from chassis.ids import derived_id
from contracts.chat import BotSpoke, ContactGiven, ConversationEntry, ConversationOpened
from services.chat.domain import Place, desk_wrote

Code = Literal["greeting", "ask_email", "ask_email_why", "email_thanks"]
Said = Callable[[str], bool]
"""Whether the entry of an id is in the conversation."""

_ASKING: Final[tuple[Code, ...]] = ("ask_email", "ask_email_why")


def bot_id(conversation_id: str, code: Code) -> str:
    """The id of the one time that the bot says this."""
    return derived_id("conversation.bot", conversation_id, code)


def answer_to_message(
    opened: ConversationOpened, said: Said, greeting: str, cause: ConversationEntry, now: datetime
) -> list[BotSpoke]:
    """What a customer's message is answered with; `greeting` has the portal's own words, if it has any."""
    codes: tuple[Code, ...] = ("greeting",)
    if not (opened.visitor.email or said(bot_id(opened.conversation_id, "email_thanks"))):
        codes += _ASKING
    return [
        _spoken(code, greeting if code == "greeting" else "", cause, now)
        for code in codes
        if not said(bot_id(opened.conversation_id, code))
    ]


def answer_to_contact(said: Said, given: ContactGiven, now: datetime) -> list[BotSpoke]:
    """What an address is answered with."""
    thanked = said(bot_id(given.conversation_id, "email_thanks"))
    return [] if thanked else [_spoken("email_thanks", "", given, now)]


def _spoken(code: Code, text: str, cause: ConversationEntry, now: datetime) -> BotSpoke:
    place = Place(cause.conversation_id, cause.tenant, cause.company_id)
    return BotSpoke(
        id=bot_id(place.id, code),
        **desk_wrote(place, now),
        causation_id=cause.id,
        code=code,
        text=text,
    )
