"""What the bot says, and when."""

from contracts.chat import BotSpoke, ConversationOpened
from services.chat.bot import Said, answer_to_contact, answer_to_message, bot_id
from services.chat.tests.examples import CONVERSATION, NOON, contact, message, opened


def codes(answers: list[BotSpoke]) -> list[str]:
    return [it.code for it in answers]


def answers(conversation: ConversationOpened, said: Said, greeting: str = "") -> list[BotSpoke]:
    return answer_to_message(conversation, said, greeting, message("a"), NOON)


def nothing(_: str) -> bool:
    return False


def test_the_first_message_is_greeted_with_the_portals_own_words() -> None:
    (greeting,) = answers(opened(), nothing, "Welcome to the shop")
    assert (greeting.code, greeting.text) == ("greeting", "Welcome to the shop")
    assert (greeting.author.kind, greeting.author.id) == ("system", None)
    assert greeting.causation_id == message("a").id
    assert (greeting.key, greeting.conversation_id) == (CONVERSATION, CONVERSATION)


def test_an_address_is_asked_for_only_where_none_is_known() -> None:
    nameless = opened(email="")
    assert codes(answers(nameless, nothing)) == ["greeting", "ask_email", "ask_email_why"]
    assert codes(answers(opened(), nothing)) == ["greeting"]
    thanked = bot_id(CONVERSATION, "email_thanks")
    assert codes(answers(nameless, lambda it: it == thanked)) == ["greeting"]


def test_only_the_greeting_has_words_of_the_portal() -> None:
    assert [it.text for it in answers(opened(email=""), nothing, "Hello")] == ["Hello", "", ""]


def test_what_was_said_is_not_said_again_and_what_is_missing_is() -> None:
    said = {it.id for it in answers(opened(email=""), nothing)}
    assert answers(opened(email=""), said.__contains__) == []
    greeted = {bot_id(CONVERSATION, "greeting")}
    assert codes(answers(opened(email=""), greeted.__contains__)) == ["ask_email", "ask_email_why"]


def test_everybody_who_says_it_says_it_under_the_same_id() -> None:
    one, two = (answer_to_message(opened(), nothing, w, message(w), NOON) for w in ("Hi", "Hello"))
    assert one[0].id == two[0].id


def test_an_address_is_thanked_for_once() -> None:
    assert codes(answer_to_contact(nothing, contact("a"), NOON)) == ["email_thanks"]
    thanked = bot_id(CONVERSATION, "email_thanks")
    assert answer_to_contact(lambda it: it == thanked, contact("b"), NOON) == []
