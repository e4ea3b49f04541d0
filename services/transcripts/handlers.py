"""What transcripts does: keeps a record of what is said, and hands it out or mails it to whom it may."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Literal, Protocol

from chassis.audit import noted
from chassis.clock import Clock
from chassis.errors import RetryLater
from chassis.handling import Placed
from chassis.ids import derived_id, new_id
from chassis.storage import Storage, Tx
from chassis.tokens import Identity
from contracts.audit import AuditDetail, AuditNoted
from contracts.cases import CaseAnswered, CaseChanged, CaseHeard
from contracts.chat import (
    ActivityNoted,
    BotSpoke,
    ContactGiven,
    ConversationEnded,
    ConversationEntry,
    ConversationOpened,
    MessageDeleted,
    MessageSent,
)
from contracts.envelope import Actor, Message
from contracts.notify import MailContent, SendMail
from contracts.portal import CompanyListed, TechnicianListed
from contracts.topics import CASE_EVENTS
from services.transcripts import domain, record
from services.transcripts import mails as mails_of
from services.transcripts.document import Document, document
from services.transcripts.domain import Addressee, Case, Entry, Side, Transcript
from services.transcripts.letters import letter
from services.transcripts.pdf import Typesetter
from services.transcripts.render import as_html, as_text
from services.transcripts.storage import Mailing, RecordStore
from services.transcripts.wording import Language, Words, is_zone, language_of

Form = Literal["txt", "html", "pdf"]
WITHIN: Final = timedelta(hours=1)
BEHIND_SECONDS: Final = 3.0
_LOOK_SECONDS: Final = 0.05


class RecordBehind(RetryLater):
    """The record has not come as far as the reader has."""


class People(Protocol):
    """What transcripts needs of the directory; `chassis.directory.Directory` knows it."""

    loaded: bool
    """Whether everybody is known who was there at the start."""

    def technician(self, technician_id: str) -> TechnicianListed | None:
        """The technician of this id."""
        ...

    def sees_incoming(self, technician_id: str) -> bool:
        """Whether a technician sees the cases that wait for one (S57)."""
        ...

    def company(self, company_id: str) -> CompanyListed | None:
        """The company of this id."""
        ...


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants to read, and the position that they have read up to; 0 when they do not say."""

    language: Language
    zone: str
    through: int = 0


@dataclass(frozen=True, slots=True)
class Order:
    """A mail that somebody asks for; the same `request_id` of the same person is the same mail."""

    to: Addressee
    address: str | None
    request_id: str


@dataclass(frozen=True, slots=True)
class File:
    """A transcript to download."""

    name: str
    content: bytes


class Record:
    """Keeps what the bus tells."""

    def __init__(self, store: RecordStore, people: People) -> None:
        self._store = store
        self._people = people

    async def note(self, tx: Tx, entries: Sequence[Placed[ConversationEntry]]) -> None:
        """Something was written into conversations, at these positions."""
        noted = [self._entry_of(it.message, it.seq) for it in entries]
        await self._store.add(tx, [entry for entry in noted if entry is not None])

    async def note_deletion(self, tx: Tx, deleted: MessageDeleted) -> None:
        """A message was deleted: who did so stays, what it said does not."""
        await self.note(tx, [Placed(deleted, tx.seq)])
        await self._store.empty(tx, deleted.message_id)

    async def note_cases(self, tx: Tx, events: Sequence[Placed[CaseChanged]]) -> None:
        """Cases changed; what was asked and mailed outside of a conversation belongs to the record."""
        told = [it.message for it in events]
        cases = [record.case_of(it, self._name_of(it.case.assignee_id)) for it in told]
        await self._store.put_cases(tx, cases)
        asked = [record.question_of(it) for it in told]
        mails = [mails_of.mail_of(it, self._name_of(mails_of.technician_of(it))) for it in told]
        await self._store.add(tx, [it for it in (*asked, *mails) if it is not None])

    def _entry_of(self, entry: ConversationEntry, seq: int) -> Entry | None:
        return record.entry_of(entry, seq, self._name_of(record.technician_of(entry)))

    def _name_of(self, technician_id: str | None) -> str:
        """As they are called now: people are renamed, and a transcript is not."""
        if technician_id is None:
            return ""
        if not self._people.loaded:
            raise RetryLater
        known = self._people.technician(technician_id)
        return known.name if known else ""


class Transcripts:
    """The use cases of those who read."""

    def __init__(  # noqa: PLR0913 - what it stands on, each from the composition root
        self,
        storage: Storage,
        store: RecordStore,
        people: People,
        clock: Clock,
        typesetter: Typesetter,
        *,
        mails_per_hour: int,
    ) -> None:
        self._storage = storage
        self._store = store
        self._people = people
        self._clock = clock
        self._typesetter = typesetter
        self._mails_per_hour = mails_per_hour

    # ---- downloads ----

    async def download(self, identity: Identity, case_id: str, form: Form, wish: Wish) -> File:
        """The transcript as a file; raises `ConversationUnknown`, `TranscriptEmpty`, `RecordBehind`."""
        case = await self._readable(identity, case_id)
        read = await self._read(case, domain.side_of(identity, case), wish.through)
        # A long conversation takes tenths of a second, in which others want to be served.
        paper = await asyncio.to_thread(self._paper, read, Words(wish.language, wish.zone))
        file = File(f"{paper.name}.{form}", await self._rendered(paper, form))
        await self._note_download(identity, case, form)
        return file

    async def _note_download(self, identity: Identity, case: Case, form: Form) -> None:
        """Told before the file leaves: what of a customer somebody of the staff took away."""
        if identity.kind == "customer":
            return

        async def work(tx: Tx) -> None:
            tx.emit(audited(self._clock, "transcript.downloaded", identity, case, form=form))

        await self._storage.transact(work)

    async def _rendered(self, paper: Document, form: Form) -> bytes:
        if form == "pdf":
            return await self._typesetter.pdf(paper)
        text = await asyncio.to_thread(as_text if form == "txt" else as_html, paper)
        return text.encode()

    # ---- mails ----

    async def mail(self, identity: Identity, case_id: str, order: Order, wish: Wish) -> str:
        """Ask for the transcript to be mailed, once; returns the mail's id.

        Raises `ConversationUnknown`, `Invalid`, `CaseNotAssigned`, `EmailUnknown`, `TranscriptEmpty`,
        `TooManyTranscripts` and `RecordBehind`.
        """
        domain.check_addressee(identity, order.to, order.address)
        case = await self._readable(identity, case_id)
        mail_id = derived_id("transcripts.mail", case_id, identity.id, order.request_id)
        if not await self._store.was_mailed(None, mail_id):
            recipient = self._recipient(case, order)
            content = await self._content(identity, case, order.to, wish)
            mailing = Mailing(mail_id, case_id, self._clock.now(), order.to)
            await self._send(mailing, case, identity, recipient, content)
        return mail_id

    def _recipient(self, case: Case, order: Order) -> str:
        if order.to == "assignee" and case.assignee_id is None:
            raise domain.CaseNotAssigned
        known: Mapping[Addressee, str] = {
            "customer": case.customer.email,
            "assignee": self._address_of(case.assignee_id),
            "address": order.address or "",
        }
        if not known[order.to]:
            raise domain.EmailUnknown
        return known[order.to]

    def _address_of(self, technician_id: str | None) -> str:
        technician = self._people.technician(technician_id) if technician_id else None
        return technician.email if technician else ""

    async def _content(
        self, identity: Identity, case: Case, to: Addressee, wish: Wish
    ) -> MailContent:
        read = await self._read(case, domain.side_for(to), wish.through)
        words = self._words_for(identity, read, to, wish)
        asked = identity.kind == "customer" or (
            to == "assignee" and identity.id == case.assignee_id
        )
        return await asyncio.to_thread(
            lambda: letter(self._paper(read, words), case, words, to, asked=asked)
        )

    def _words_for(self, identity: Identity, read: Transcript, to: Addressee, wish: Wish) -> Words:
        """Whoever asks knows how they read themselves; of a customer it is known from their visit."""
        if identity.kind == "customer" or to != "customer":
            return Words(wish.language, wish.zone)
        zone = read.time_zone if is_zone(read.time_zone) else wish.zone
        return Words(language_of(read.case.locale), zone)

    async def _send(
        self, mailing: Mailing, case: Case, identity: Identity, recipient: str, content: MailContent
    ) -> None:
        async def work(tx: Tx) -> None:
            if await self._store.was_mailed(tx, mailing.id):
                return
            count = await self._store.put_mailing(tx, mailing)
            since, most = mailing.at - WITHIN, self._mails_per_hour
            if await self._store.mailed_since(tx, case.id, since, most + 1) > most:
                raise domain.TooManyTranscripts
            mail = send_mail(
                mailing, case, identity, recipient=recipient, content=content, count=count
            )
            tx.emit(mail)
            if identity.kind == "technician":
                tx.emit(audited(self._clock, "transcript.sent", identity, case, to=mailing.to))

        await self._storage.transact(work)

    # ---- shared ----

    async def _readable(self, identity: Identity, case_id: str) -> Case:
        case = await self._store.case(None, case_id)
        incoming = self._people.sees_incoming(identity.id)
        if case is None or not domain.may_read(identity, case, sees_incoming=incoming):
            raise domain.ConversationUnknown
        return case

    async def _read(self, case: Case, side: Side, through: int) -> Transcript:
        await self._come_to(case.id, through)
        return domain.transcript(case, await self._store.entries(case.id), side)

    async def _come_to(self, case_id: str, through: int) -> None:
        """Wait until the record has what the reader has seen, so that no transcript lacks its end."""
        try:
            async with asyncio.timeout(BEHIND_SECONDS):
                # Another instance may be the one that records it, so nothing here could wake us.
                while through and await self._store.last_seq(case_id) < through:  # noqa: ASYNC110
                    await asyncio.sleep(_LOOK_SECONDS)
        except TimeoutError as error:
            raise RecordBehind from error

    def _paper(self, read: Transcript, words: Words) -> Document:
        company = self._people.company(read.case.company_id)
        return document(read, company.name if company else "", words, self._clock.now())


def send_mail(  # noqa: PLR0913 - the parts of one message
    mailing: Mailing,
    case: Case,
    identity: Identity,
    *,
    recipient: str,
    content: MailContent,
    count: int,
) -> SendMail:
    """The request to notify; it is the `count`th of its case."""
    return SendMail(
        id=derived_id("transcripts.send", mailing.id),
        time=mailing.at,
        tenant=case.tenant,
        key=case.id,
        aggregate_version=count,
        actor=Actor(kind=identity.kind, id=identity.id, via="transcripts"),
        correlation_id=new_id(),
        company_id=case.company_id,
        conversation_id=case.id,
        mail_id=mailing.id,
        kind="transcript",
        recipient=recipient,
        content=content,
    )


def audited(
    clock: Clock, action: str, identity: Identity, case: Case, **details: str
) -> AuditNoted:
    """What a technician did with a transcript; to whom it went is told by the role, not by the address."""
    told = [AuditDetail(name="number", value=str(case.number)), *map(_detail, details.items())]
    actor = Actor(kind="technician", id=identity.id, via=identity.via)
    return noted(
        clock,
        action,
        actor,
        case.tenant,
        case_id=case.id,
        company_id=case.company_id,
        details=told,
    )


def _detail(named: tuple[str, str]) -> AuditDetail:
    return AuditDetail(name=named[0], value=named[1])


# ---- what is handled, and by whom ----------------------------------------------------------------

SAID_IN_THE_LOG: Final[
    Mapping[type[Message], Callable[[Record, Tx, Sequence[Placed[Any]]], Awaitable[None]]]
] = dict.fromkeys(
    (
        ConversationOpened,
        MessageSent,
        ActivityNoted,
        BotSpoke,
        ContactGiven,
        ConversationEnded,
    ),
    Record.note,
)
FROM_THE_LOG: Final[Mapping[type[Message], Callable[[Record, Tx, Any], Awaitable[None]]]] = {
    MessageDeleted: Record.note_deletion
}
FROM_CASES: Final[
    Mapping[type[Message], Callable[[Record, Tx, Sequence[Placed[Any]]], Awaitable[None]]]
] = dict.fromkeys(
    # Whatever happens to a case is told with the whole of its state. That somebody wrote says the log.
    (
        kind
        for kind in CASE_EVENTS.messages
        if issubclass(kind, CaseChanged) and kind not in {CaseHeard, CaseAnswered}
    ),
    Record.note_cases,
)
ASKED_FOR: Final = {
    "GET /api/transcripts/conversations/{id}.{form}": Transcripts.download,
    "POST /api/transcripts/conversations/{id}/mails": Transcripts.mail,
}
