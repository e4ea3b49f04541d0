"""The real service: its REST interface, MongoDB, and the embedded broker."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response

from chassis.codec import decode
from chassis.ids import derived_id, new_id
from chassis.keyring import Keyring
from chassis.mongo import Database
from chassis.settings import Settings
from chassis.tail import Tail
from chassis.tokens import Identity
from contracts.chat import Author, MessageSent
from contracts.envelope import Message
from contracts.notify import SendMail
from contracts.topics import NOTIFY_COMMANDS
from services.transcripts.app import create
from services.transcripts.settings import TranscriptsSettings
from services.transcripts.storage import CASES, ENTRIES
from services.transcripts.tests.examples import assigned, logged, opened
from tests.support.neighbours import Neighbours, eventually, running

pytestmark = [pytest.mark.tansu, pytest.mark.mongo]


@pytest.fixture
def own_settings(settings: Settings) -> TranscriptsSettings:
    return TranscriptsSettings(**settings.model_dump(), transcripts_per_hour=2)


@pytest.fixture
async def app(own_settings: TranscriptsSettings, neighbours: Neighbours) -> AsyncIterator[FastAPI]:
    async with running(create(own_settings)) as app:
        yield app


@dataclass
class Chat:
    """A conversation with its case, as chat and cases tell of it."""

    neighbours: Neighbours
    app: FastAPI
    id: str
    ann: Identity

    @property
    def cleo(self) -> Identity:
        return Identity("customer", new_id(), self.neighbours.tenant, "", conversation=self.id)

    async def say(self, *messages: Message) -> None:
        for message in messages:
            await self.neighbours.say(self.about(message))

    def about(self, message: Message) -> Message:
        # The same message of the same conversation has the same id, however often it is told.
        ours = {
            "id": derived_id(message.id, self.id),
            "tenant": self.neighbours.tenant,
            "company_id": self.neighbours.company,
            "conversation_id": self.id,
            "key": self.id,
        }
        return message.model_copy(update=ours)

    async def write(self, text: str, number: int) -> None:
        await self.say(logged(MessageSent, number, text=text))

    @asynccontextmanager
    async def reading(self, who: Identity | None = None) -> AsyncIterator["Reader"]:
        async with self.neighbours.client(self.app, who or self.ann) as browser:
            yield Reader(self, browser)


@dataclass
class Reader:
    """Somebody's browser."""

    chat: Chat
    browser: AsyncClient

    async def get(self, form: str = "txt", **query: Any) -> Response:
        url = f"/api/transcripts/conversations/{self.chat.id}.{form}"
        return await self.browser.get(url, params=query)

    async def sees(self, text: str) -> str:
        """Wait until it is in the transcript."""
        answer = await eventually(self.get, lambda a: a.status_code == 200 and text in a.text)
        return answer.text

    async def mail(self, **body: Any) -> Response:
        wanted = {"to": "customer", "locale": "en", "time_zone": "UTC", "request_id": new_id()}
        url = f"/api/transcripts/conversations/{self.chat.id}/mails"
        return await self.browser.post(url, json=wanted | body)


@pytest.fixture
async def chat(neighbours: Neighbours, app: FastAPI) -> Chat:
    ann = await neighbours.employ("Ann")
    await eventually(lambda: known(app, ann), bool)
    chat = Chat(neighbours, app, await neighbours.open_chat(), ann)
    await chat.say(opened(), assigned(to=ann.id))
    return chat


async def known(app: FastAPI, who: Identity) -> object:
    return app.state.transcripts._people.technician(who.id)


def error(answer: Response) -> tuple[int, str, list[tuple[str, str]]]:
    """Status, code, and which fields were wrong how."""
    told = answer.json()["error"]
    fields = [(it["field"], it["code"]) for it in told.get("fields") or []]
    return answer.status_code, told["code"], fields


# ---- downloads -----------------------------------------------------------------------------------


async def test_both_sides_download_what_was_said(chat: Chat) -> None:
    await chat.write("My lamp is dark", 1)
    reply = logged(
        MessageSent, 2, author=Author(kind="technician", id=chat.ann.id), text="Is it plugged in?"
    )
    await chat.say(reply)
    for who in (chat.ann, chat.cleo):
        async with chat.reading(who) as reader:
            text = await reader.sees("Is it plugged in?")
            assert "Cleo Cox:\n    My lamp is dark\n" in text
            assert "Ann:\n    Is it plugged in?\n" in text
            assert "Transcript of case 1001" in text


FORMS = {
    "txt": ("text/plain; charset=utf-8", b"Protokoll des Falls 1001"),
    "html": ("text/html; charset=utf-8", b'<!doctype html><html lang="de">'),
    "pdf": ("application/pdf", b"%PDF-"),
}


async def test_a_file_is_saved_under_its_name_and_kept_by_nobody_else(chat: Chat) -> None:
    await chat.write("My lamp is dark", 1)
    async with chat.reading() as reader:
        await reader.sees("My lamp is dark")
        for form, (media, beginning) in FORMS.items():
            answer = await reader.get(form, locale="de", time_zone="Europe/Berlin")
            assert answer.status_code == 200
            assert answer.content.startswith(beginning)
            headers = answer.headers
            assert headers["content-type"] == media
            named = f'attachment; filename="protokoll-1001.{form}"'
            assert headers["content-disposition"] == named
            assert headers["cache-control"] == "private, no-store"
            assert "sandbox" in headers["content-security-policy"]


async def test_what_is_not_theirs_is_unknown(chat: Chat) -> None:
    await chat.write("My lamp is dark", 1)
    async with chat.reading() as reader:
        await reader.sees("My lamp is dark")
    tenant, company = chat.neighbours.tenant, chat.neighbours.company
    strangers = [
        Identity("customer", new_id(), tenant, "", conversation=new_id()),
        Identity("technician", new_id(), tenant, "X", "technician", (new_id(),)),
        Identity("technician", new_id(), new_id(), "X", "administrator", (company,)),
    ]
    for stranger in strangers:
        async with chat.reading(stranger) as reader:
            assert error(await reader.get()) == (404, "conversation_unknown", [])
            assert error(await reader.mail()) == (404, "conversation_unknown", [])
    async with chat.reading() as reader:
        del reader.browser.headers["authorization"]
        assert (await reader.get()).status_code == 401
        assert (await reader.mail()).status_code == 401


async def test_an_empty_chat_has_no_transcript(chat: Chat) -> None:
    async with chat.reading(chat.cleo) as reader:
        answer = await eventually(reader.get, lambda a: a.status_code != 404)
        assert error(answer) == (409, "transcript_empty", [])
        assert error(await reader.mail()) == (409, "transcript_empty", [])


WRONG_QUESTIONS: tuple[dict[str, Any], ...] = (
    {"locale": "xx"},
    {"time_zone": "Moon/Base"},
    {"time_zone": "../../etc/passwd"},
    {"time_zone": "x" * 10_000},
    {"through": -1},
)


async def test_a_wrong_question_is_refused_by_name(chat: Chat) -> None:
    async with chat.reading() as reader:
        for query in WRONG_QUESTIONS:
            status, code, fields = error(await reader.get(**query))
            assert (status, code) == (422, "invalid_input")
            assert [name for name, _ in fields] == list(query)
        assert error(await reader.get("exe")) == (422, "invalid_input", [("form", "invalid")])


async def test_what_the_reader_has_seen_is_waited_for(chat: Chat) -> None:
    await chat.write("first", 1)
    async with chat.reading() as reader:
        await reader.sees("first")
        last = await chat.app.state.transcripts._store.last_seq(chat.id)
        # The next entry of this conversation is the next record of its partition.
        asked = asyncio.create_task(reader.get(through=last + 1))
        await chat.write("second", 2)
        assert "second" in (await asked).text
        assert (await reader.get(through=last + 50)).status_code == 503


# ---- mails ---------------------------------------------------------------------------------------


async def mails(settings: Settings, count: int) -> list[SendMail]:
    """The first requests to notify."""
    found: list[SendMail] = []
    async with (
        asyncio.timeout(60),
        Database.connect(settings.mongo, settings.database("transcripts")) as database,
        Tail(settings, [NOTIFY_COMMANDS]) as tail,
    ):
        keyring = Keyring(database, settings)
        async for batch in tail:
            for record in batch.records:
                mail = await decode(record.value, record.headers, keyring)
                assert isinstance(mail, SendMail)
                found.append(mail)
            if len(found) >= count:
                return found
    raise AssertionError


async def test_a_mail_asked_for_twice_is_one_mail(
    chat: Chat, own_settings: TranscriptsSettings
) -> None:
    await chat.write("My lamp is dark", 1)
    request, other = new_id(), new_id()
    async with chat.reading() as reader:
        await reader.sees("My lamp is dark")
        answers = await asyncio.gather(*(reader.mail(request_id=request) for _ in range(4)))
        assigned_to = await reader.mail(to="assignee", request_id=other)
    assert {answer.status_code for answer in answers} == {202}
    (mail_id,) = {answer.json()["mail_id"] for answer in answers}
    first, second = await mails(own_settings, 2)
    assert (first.mail_id, first.recipient) == (mail_id, "cleo@example.com")
    assert "My lamp is dark" in first.content.text
    assert "My lamp is dark" in first.content.html
    assert (second.mail_id, second.recipient) == (
        assigned_to.json()["mail_id"],
        "ann@example.com",
    )
    assert [it.aggregate_version for it in (first, second)] == [1, 2]


async def test_a_third_mail_has_to_wait(chat: Chat) -> None:
    await chat.write("My lamp is dark", 1)
    async with chat.reading() as reader:
        await reader.sees("My lamp is dark")
        answers = await asyncio.gather(*(reader.mail() for _ in range(5)))
        assert sorted(answer.status_code for answer in answers) == [202, 202, 429, 429, 429]
        refused = next(answer for answer in answers if answer.status_code == 429)
        assert error(refused) == (429, "too_many_transcripts", [])


WRONG_REQUESTS: tuple[tuple[dict[str, Any], str, str], ...] = (
    ({"to": "address", "address": "not an address"}, "address", "invalid_email"),
    ({"to": "address", "address": "a@b.de\r\nBcc: c@d.de"}, "address", "control_characters"),
    ({"to": "address", "address": "a@b.example, c@d.example"}, "address", "invalid_email"),
    ({"to": "address", "address": ""}, "address", "required"),
    ({"to": "address"}, "address", "required"),
    ({"to": "address", "address": "x" * 100_000 + "@example.com"}, "address", "too_long"),
    ({"to": "everybody"}, "to", "invalid"),
    ({"request_id": "1"}, "request_id", "invalid"),
    ({"time_zone": "Moon/Base"}, "time_zone", "invalid"),
)


async def test_a_wrong_request_is_refused_by_name(chat: Chat) -> None:
    await chat.write("My lamp is dark", 1)
    async with chat.reading() as reader:
        await reader.sees("My lamp is dark")
        for body, field, code in WRONG_REQUESTS:
            answer = error(await reader.mail(**body))
            assert answer == (422, "invalid_input", [(field, code)])


async def test_a_customer_mails_to_nobody_else(chat: Chat) -> None:
    await chat.write("My lamp is dark", 1)
    async with chat.reading(chat.cleo) as reader:
        await reader.sees("My lamp is dark")
        for body in ({"to": "assignee"}, {"to": "address", "address": "x@example.com"}):
            assert error(await reader.mail(**body)) == (422, "invalid_input", [("to", "invalid")])
        assert (await reader.mail()).status_code == 202


# ---- the record ----------------------------------------------------------------------------------


async def digest(settings: Settings) -> list[Any]:
    """Everything recorded, but for ciphertext, which is another each time."""
    async with Database.connect(settings.mongo, settings.database("transcripts")) as database:
        rows: list[Any] = []
        for name in (ENTRIES, CASES):
            found = await database.collection(name).find({}, sort=[("_id", 1)])
            rows += [{k: v for k, v in row.items() if not isinstance(v, bytes)} for row in found]
        return rows


async def test_what_is_told_twice_and_replayed_is_recorded_once(
    chat: Chat, own_settings: TranscriptsSettings
) -> None:
    for number in range(1, 21):
        await chat.write(f"Message {number}.", number)
    async with chat.reading() as reader:
        await reader.sees("Message 20.")
        before = await digest(own_settings)
        for number in range(1, 21):
            await chat.write(f"Message {number}.", number)
        await chat.say(opened(), assigned())
        await chat.write("The last one.", 21)
        again = await reader.sees("The last one.")
    after = await digest(own_settings)
    assert [row for row in after if row in before] == before
    # The last message and nothing else was added to it.
    assert len(after) == len(before) + 1
    assert [again.count(f"Message {number}.") for number in range(1, 21)] == [1] * 20


async def test_a_restart_goes_on_where_it_was(
    own_settings: TranscriptsSettings, neighbours: Neighbours
) -> None:
    async with running(create(own_settings)) as app:
        chat = Chat(neighbours, app, await neighbours.open_chat(), await neighbours.employ("Ann"))
        await chat.say(opened())
        await chat.write("before", 1)
        async with chat.reading(chat.cleo) as reader:
            await reader.sees("before")
    await chat.write("meanwhile", 2)
    async with running(create(own_settings)) as chat.app:
        await chat.write("after", 3)
        async with chat.reading(chat.cleo) as reader:
            text = await reader.sees("after")
    assert text.index("before") < text.index("meanwhile") < text.index("after")
