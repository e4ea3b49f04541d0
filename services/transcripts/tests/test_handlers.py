"""What transcripts does, with fakes for what stands outside."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from chassis.errors import Invalid, RetryLater
from chassis.handling import Placed
from chassis.ids import derived_id
from chassis.storage import FakeStorage
from chassis.testing import FakeClock
from chassis.tokens import Identity
from contracts.cases import CaseAnswered, CaseChanged, CaseHeard
from contracts.chat import ActivityNoted, Author, ConversationOpened, MessageDeleted, MessageSent
from contracts.envelope import Message
from contracts.erasure import CaseDeleted
from contracts.kept import KeptChanged
from contracts.notify import SendMail
from contracts.topics import CASE_EVENTS, CHAT_LOG
from services.transcripts import handlers
from services.transcripts.consumers import case_events, chat_log
from services.transcripts.domain import (
    Addressee,
    CaseNotAssigned,
    ConversationUnknown,
    EmailUnknown,
    TooManyTranscripts,
    TranscriptEmpty,
)
from services.transcripts.handlers import Order, Record, RecordBehind, Transcripts, Wish
from services.transcripts.pdf import Typesetter
from services.transcripts.storage import FakeRecordStore
from services.transcripts.tests.examples import (
    ANN,
    ANNS,
    AT,
    BENS,
    CASE,
    CLEO,
    CLEOS,
    OTHER_CASE,
    OTHER_TENANT,
    FakePeople,
    assigned,
    case,
    entry,
    logged,
    opened,
    requested,
    said,
    whole_journey,
)

WISH = Wish("en", "UTC")


@dataclass
class World:
    """The service on fakes."""

    storage: FakeStorage = field(default_factory=FakeStorage)
    people: FakePeople = field(default_factory=FakePeople)
    clock: FakeClock = field(default_factory=lambda: FakeClock(AT))

    def __post_init__(self) -> None:
        self.store = FakeRecordStore(self.storage)
        self.record = Record(self.store, self.people)
        self.transcripts = Transcripts(
            self.storage, self.store, self.people, self.clock, Typesetter(), mails_per_hour=3
        )

    async def told(self, *messages: Message, seq: int = 0) -> None:
        """What the bus does: each message once, in its own transaction."""
        subscriptions = (chat_log(self.record), case_events(self.record))
        for place, message in enumerate(messages):
            handles = next(it for it in subscriptions if type(message) in it.types)
            placed = [Placed(message, seq + place if seq else 0)]
            await self.storage.transact(
                lambda tx, h=handles, p=placed: h.handle(tx, p),  # type: ignore[misc]
                once=message.id,
            )

    async def talked(self, **fields: Any) -> None:
        """A case whose conversation has one of everything."""

        async def work(tx: Any) -> None:
            await self.store.put_cases(tx, [case(**fields)])
            await self.store.add(tx, whole_journey())

        await self.storage.transact(work)

    async def text(self, who: Identity = ANNS, case_id: str = CASE, wish: Wish = WISH) -> str:
        file = await self.transcripts.download(who, case_id, "txt", wish)
        return file.content.decode()

    async def mail(
        self, who: Identity = ANNS, to: Addressee = "customer", request: str = "1", **more: Any
    ) -> str:
        order = Order(to, more.get("address"), derived_id(request))
        return await self.transcripts.mail(who, CASE, order, more.get("wish", WISH))

    @property
    def sent(self) -> list[SendMail]:
        return [it for it in self.storage.emitted if isinstance(it, SendMail)]


@pytest.fixture
def world() -> World:
    return World()


# ---- the record ----------------------------------------------------------------------------------


def test_every_message_of_both_topics_is_read() -> None:
    record = World().record
    assert chat_log(record).types == set(CHAT_LOG.messages)
    # What tells of the deletion has nothing that a transcript could hold, and what was written the log tells.
    passed_over = {CaseDeleted, CaseHeard, CaseAnswered, KeptChanged}
    assert case_events(record).types == set(CASE_EVENTS.messages) - passed_over


async def test_what_is_said_can_be_read(world: World) -> None:
    await world.told(opened(), assigned())
    answer = logged(
        MessageSent, 4, author=Author(kind="technician", id=ANN), text="Is it plugged in?"
    )
    await world.told(
        logged(ConversationOpened), logged(MessageSent, 2), logged(ActivityNoted, 3), answer, seq=5
    )
    text = await world.text()
    assert "Transcript of case 1001" in text
    assert "Cleo Cox:\n    My lamp is dark\n" in text
    assert "Ann Ash:\n    Is it plugged in?\n" in text
    assert [it.seq for it in await world.store.entries(CASE)] == [5, 6, 7, 8]


async def test_of_a_deleted_message_the_record_keeps_who_deleted_it_and_not_its_text(
    world: World,
) -> None:
    await world.told(opened(), assigned())
    unwanted = logged(MessageSent, 3, text="My password is lamp")
    log = [logged(MessageSent, 2), unwanted, logged(MessageDeleted, 4)]
    await world.told(*log, seq=5)
    world.storage._handled.clear()
    await world.told(*log, seq=2**41)
    for who in (ANNS, CLEOS):
        text = await world.text(who)
        assert "Ann Ash deleted this message" in text
        assert "password" not in text
    kept = await world.store.entries(CASE)
    assert [(it.kind, it.text) for it in kept] == [
        ("message", "My lamp is dark"),
        ("message", ""),
        ("deleted", ""),
    ]


async def test_whoever_was_renamed_keeps_the_name_of_that_time(world: World) -> None:
    await world.told(opened(), assigned())
    await world.told(
        logged(ActivityNoted),
        logged(MessageSent, 2, author=Author(kind="technician", id=ANN)),
        seq=3,
    )
    world.people.names[ANN] = "Ann Married"
    assert "Ann Ash" in await world.text()
    assert "Married" not in await world.text()


async def test_a_technician_whom_nobody_knows_is_somebody(world: World) -> None:
    world.people.names.clear()
    await world.told(opened(), assigned())
    await world.told(logged(MessageSent, 2, author=Author(kind="technician", id=ANN)), seq=3)
    assert "  Technician:\n" in await world.text()


async def test_nothing_is_recorded_while_the_names_are_loading(world: World) -> None:
    world.people.loaded = False
    for message in (logged(ActivityNoted), assigned()):
        with pytest.raises(RetryLater):
            await world.told(message, seq=1)
    await world.told(logged(MessageSent), seq=1)
    assert [it.kind for it in await world.store.entries(CASE)] == ["message"]


async def test_everything_told_twice_and_again_from_the_start_is_the_same(world: World) -> None:
    events: list[Message] = [opened(), assigned(), requested("Please call me", after_seq=2)]
    entries = [logged(ConversationOpened), logged(MessageSent, 2)]
    await world.told(*events)
    await world.told(*entries, seq=1)
    before = await world.text()
    # A replay on a fresh log has the same ids at other positions, and no inbox has to know them.
    world.storage._handled.clear()
    await world.told(*events)
    await world.told(*entries, seq=2**41)
    assert await world.text() == before


async def test_a_request_without_a_conversation_has_a_transcript(world: World) -> None:
    await world.told(requested("Please call me"))
    assert "Cleo Cox (support request):\n    Please call me\n" in await world.text(CLEOS)


async def test_the_newest_version_of_a_case_counts(world: World) -> None:
    newer: CaseChanged = assigned(5)
    await world.told(newer, opened())
    kept = await world.store.case(None, CASE)
    assert kept is not None
    assert (kept.version, kept.assignee_name) == (5, "Ann Ash")


# ---- downloads -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "beginning"), [("txt", b"Protokoll"), ("html", b"<!doctype"), ("pdf", b"%PDF-")]
)
async def test_it_can_be_had_in_three_forms(world: World, form: Any, beginning: bytes) -> None:
    await world.talked()
    file = await world.transcripts.download(CLEOS, CASE, form, Wish("de", "Europe/Berlin"))
    assert file.name == f"protokoll-1001.{form}"
    assert file.content.startswith(beginning)


async def test_what_is_hidden_from_a_technician_has_no_transcript_until_somebody_takes_it(
    world: World,
) -> None:
    """S57: neither to download nor to mail, and as if there were no such conversation."""
    world.people.away = {ANN}
    await world.talked(assignee_id=None, assignee_name="")
    with pytest.raises(ConversationUnknown):
        await world.text(ANNS)
    with pytest.raises(ConversationUnknown):
        await world.mail(ANNS)
    assert "My lamp is dark" in await world.text(BENS)
    assert "My lamp is dark" in await world.text(CLEOS)
    await world.told(assigned(version=5))
    assert "My lamp is dark" in await world.text(ANNS)


async def test_a_customer_does_not_see_what_only_staff_sees(world: World) -> None:
    await world.talked()
    assert "opened the case again" in await world.text(ANNS)
    assert "opened the case again" not in await world.text(CLEOS)


@pytest.mark.parametrize(
    "stranger",
    [
        replace(CLEOS, conversation=OTHER_CASE),
        replace(ANNS, companies=()),
        replace(ANNS, tenant=OTHER_TENANT),
    ],
)
async def test_what_is_not_theirs_is_unknown_to_them(world: World, stranger: Identity) -> None:
    await world.talked()
    with pytest.raises(ConversationUnknown):
        await world.text(stranger)
    with pytest.raises(ConversationUnknown):
        await world.mail(stranger)
    with pytest.raises(ConversationUnknown):
        await world.text(ANNS, OTHER_CASE)
    assert world.sent == []


async def test_an_empty_chat_has_none(world: World) -> None:
    await world.told(opened())
    await world.told(logged(ConversationOpened), seq=1)
    with pytest.raises(TranscriptEmpty):
        await world.text()
    with pytest.raises(TranscriptEmpty):
        await world.mail()
    assert world.sent == []


async def test_it_waits_for_what_the_reader_has_seen(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handlers, "BEHIND_SECONDS", 0.1)
    await world.talked()
    assert await world.text(wish=Wish("en", "UTC", through=64))
    with pytest.raises(RecordBehind):
        await world.text(wish=Wish("en", "UTC", through=65))


# ---- mails ---------------------------------------------------------------------------------------


async def test_a_customer_gets_it_in_their_language_and_zone(world: World) -> None:
    await world.talked()
    mail_id = await world.mail(ANNS, "customer")
    (mail,) = world.sent
    assert (mail.mail_id, mail.kind, mail.recipient) == (mail_id, "transcript", CLEO.email)
    assert (mail.key, mail.conversation_id, mail.aggregate_version) == (CASE, CASE, 1)
    assert (mail.actor.kind, mail.actor.id) == ("technician", ANN)
    assert mail.content.subject == "Protokoll des Falls 1001 – Demo Ltd"  # noqa: RUF001 - as German sets it
    assert "Europe/Vienna" in mail.content.text
    assert "Demo Ltd sendet Ihnen" in mail.content.text


async def test_whoever_asks_for_themselves_says_how_they_read(world: World) -> None:
    await world.talked()
    await world.mail(CLEOS, wish=Wish("es", "America/Bogota"))
    (mail,) = world.sent
    assert mail.recipient == CLEO.email
    assert mail.content.subject.startswith("Transcripción")
    assert "America/Bogota" in mail.content.text
    assert "que ha solicitado" in mail.content.text


@pytest.mark.parametrize("zone", ["", "Moon/Base"])
async def test_a_customers_zone_that_is_none_is_the_askers(world: World, zone: str) -> None:
    await world.told(opened())

    async def work(tx: Any) -> None:
        await world.store.add(tx, [entry("opened", 1, text=zone), said("a", 2)])

    await world.storage.transact(work)
    await world.mail(wish=Wish("en", "Europe/Madrid"))
    assert "Europe/Madrid" in world.sent[0].content.text


async def test_the_assignee_gets_what_staff_sees(world: World) -> None:
    await world.talked()
    await world.mail(ANNS, "assignee", "1")
    await world.mail(BENS, "assignee", "1")
    assert [mail.recipient for mail in world.sent] == ["ann@example.com"] * 2
    assert all("opened the case again" in mail.content.text for mail in world.sent)
    asked = ["that you asked for" in mail.content.text for mail in world.sent]
    assert asked == [True, False]


async def test_another_address_gets_what_a_customer_sees(world: World) -> None:
    await world.talked()
    await world.mail(ANNS, "address", address="law@example.org")
    (mail,) = world.sent
    assert mail.recipient == "law@example.org"
    assert "opened the case again" not in mail.content.text + mail.content.html


async def test_the_same_request_is_the_same_mail(world: World) -> None:
    await world.talked()
    assert await world.mail() == await world.mail()
    world.clock.advance(7_200)
    assert await world.mail() == world.sent[0].mail_id
    assert len(world.sent) == 1
    assert await world.mail(BENS) != await world.mail(ANNS)
    assert [mail.aggregate_version for mail in world.sent] == [1, 2]


async def test_there_are_only_so_many_in_an_hour(world: World) -> None:
    await world.talked()
    for number in range(3):
        await world.mail(request=str(number))
    for who in (ANNS, CLEOS):
        with pytest.raises(TooManyTranscripts):
            await world.mail(who, request="one more")
    assert await world.mail(request="0") == world.sent[0].mail_id
    world.clock.advance(timedelta(hours=1, seconds=1).total_seconds())
    await world.mail(request="one more")
    assert len(world.sent) == 4
    assert [mail.aggregate_version for mail in world.sent] == [1, 2, 3, 4]


async def test_without_an_address_there_is_no_mail(world: World) -> None:
    await world.talked(customer=CLEO.model_copy(update={"email": ""}))
    for who in (ANNS, CLEOS):
        with pytest.raises(EmailUnknown):
            await world.mail(who)
    world.people.emails.clear()
    with pytest.raises(EmailUnknown):
        await world.mail(ANNS, "assignee")
    assert world.sent == []


async def test_without_an_assignee_none_can_be_mailed(world: World) -> None:
    await world.talked(assignee_id=None, assignee_name="")
    with pytest.raises(CaseNotAssigned):
        await world.mail(ANNS, "assignee")


@pytest.mark.parametrize(
    ("who", "to"), [(CLEOS, "assignee"), (CLEOS, "address"), (ANNS, "address")]
)
async def test_what_may_not_be_asked_is_refused(world: World, who: Identity, to: Addressee) -> None:
    await world.talked()
    with pytest.raises(Invalid):
        await world.mail(who, to)
    assert world.sent == []
