"""Use cases whose log fails at the wrong moment: what was not accepted is made good by the resend."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from chassis.clock import FakeClock
from chassis.ids import derived_id
from chassis.producer import BrokerAway
from chassis.tokens import Identity
from contracts.chat import BotSpoke, ConversationEntry
from services.chat import conversation
from services.chat.conversation import Live
from services.chat.domain import ConversationUnknown, Place
from services.chat.fold import Fold
from services.chat.handlers import Chat, give_contact, post_message
from services.chat.log import LogAway
from services.chat.tests.examples import COMPANY, CONVERSATION, CUSTOMER, TENANT, opened

CLEO = Identity("customer", CUSTOMER, TENANT, "", conversation=CONVERSATION)
ADA = Identity("technician", derived_id("ada"), TENANT, "Ada", companies=(COMPANY,))
HELLO = derived_id("hello")


class Desk:
    """One conversation over a log that takes entries, tells of them a moment later, and can refuse the bot."""

    def __init__(self, email: str = "") -> None:
        self.live = Live(Place(CONVERSATION, TENANT, COMPANY), 0, Fold(), lambda _: "Ada")
        self.live.apply(100, opened(email=email))
        self.entries: list[tuple[int, ConversationEntry]] = []
        self.refuses_bot = False
        self.confirms = self.reads = True

    @property
    def chat(self) -> Chat:
        parts: Any = SimpleNamespace(
            relay=SimpleNamespace(
                in_memory=lambda _: self.live,
                conversation=self._conversation,
                has_room=lambda _: True,
                entry=self._entry,
            ),
            log=SimpleNamespace(begin=self._begin, accepted=self._accepted),
            presence=SimpleNamespace(saw=lambda _: None),
            directory=SimpleNamespace(portal=lambda _: None),
            clock=FakeClock(),
        )
        chat: Chat = parts
        return chat

    @property
    def types(self) -> list[str]:
        return [
            getattr(it, "code", it.type.removeprefix("conversation.")) for _, it in self.entries
        ]

    async def _conversation(self, _: str) -> Live:
        return self.live

    async def _entry(self, _: Live, entry_id: str) -> tuple[int, ConversationEntry] | None:
        return next((it for it in self.entries if it[1].id == entry_id), None)

    async def _accepted(self, _: int, __: int) -> None:
        await asyncio.sleep(0)

    async def _begin(self, entry: ConversationEntry) -> "asyncio.Task[int]":
        return asyncio.create_task(self._deliver(entry))

    async def _deliver(self, entry: ConversationEntry) -> int:
        await asyncio.sleep(0)
        if self.refuses_bot and isinstance(entry, BotSpoke):
            raise BrokerAway
        seq = 101 + len(self.entries)
        self.entries.append((seq, entry))
        if not self.confirms:
            raise BrokerAway
        if self.reads:
            self.live.apply(seq, entry)
        return seq

    def catches_up(self) -> None:
        """Read what the log has, confirmed or not."""
        for seq, entry in self.entries:
            self.live.apply(seq, entry)


async def test_a_message_is_accepted_only_when_the_bot_has_answered_it() -> None:
    desk = Desk()
    desk.refuses_bot = True
    with pytest.raises(BrokerAway):
        await (await post_message(desk.chat, CLEO, CONVERSATION, HELLO, "hello"))
    desk.refuses_bot = False
    accepted = await (await post_message(desk.chat, CLEO, CONVERSATION, HELLO, "hello"))
    assert accepted.seq == 101
    assert desk.types == ["message", "greeting", "ask_email", "ask_email_why"]


async def test_messages_at_once_are_answered_once() -> None:
    desk = Desk("cleo@example.com")
    posts = [
        await post_message(desk.chat, CLEO, CONVERSATION, derived_id(it), it) for it in ("a", "b")
    ]
    await asyncio.gather(*posts)
    assert sorted(desk.types) == ["greeting", "message", "message"]
    assert desk.types[0] == "message"


async def test_an_address_is_accepted_only_when_it_was_thanked_for() -> None:
    desk = Desk()
    desk.refuses_bot = True
    with pytest.raises(BrokerAway):
        await (await give_contact(desk.chat, CLEO, CONVERSATION, HELLO, "cleo@example.com"))
    desk.refuses_bot = False
    for name in ("hello", "corrected"):
        given = derived_id(name)
        await (await give_contact(desk.chat, CLEO, CONVERSATION, given, "cleo@example.com"))
    assert desk.types == ["contact", "email_thanks", "contact"]


async def test_a_technician_gives_no_address() -> None:
    desk = Desk()
    with pytest.raises(ConversationUnknown):
        await give_contact(desk.chat, ADA, CONVERSATION, HELLO, "eve@example.com")
    assert desk.entries == []


async def test_what_was_sent_again_is_acknowledged_where_its_first_copy_stands() -> None:
    desk = Desk("cleo@example.com")
    desk.live.bot_is_done = True
    desk.confirms = desk.reads = False
    with pytest.raises(BrokerAway):
        await (await post_message(desk.chat, CLEO, CONVERSATION, HELLO, "hello"))
    desk.confirms = True
    again = await post_message(desk.chat, CLEO, CONVERSATION, HELLO, "hello")
    done, _ = await asyncio.wait([again], timeout=0.02)
    assert not done
    desk.catches_up()
    assert (await again).seq == 101
    assert [seq for seq, _ in desk.entries] == [101, 102]


async def test_what_the_log_confirmed_and_nobody_reads_is_sent_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(conversation, "READ_SECONDS", 0.01)
    desk = Desk("cleo@example.com")
    desk.live.bot_is_done = True
    desk.confirms = desk.reads = False
    with pytest.raises(BrokerAway):
        await (await post_message(desk.chat, CLEO, CONVERSATION, HELLO, "hello"))
    desk.confirms = True
    with pytest.raises(LogAway):
        await (await post_message(desk.chat, CLEO, CONVERSATION, HELLO, "hello"))
