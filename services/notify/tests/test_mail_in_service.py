"""The real service with its door for mail, on MongoDB and the embedded broker: said yes to is kept, told and shown."""

import asyncio
import logging
from collections.abc import AsyncIterator
from email.message import EmailMessage
from typing import Any

import aiosmtplib
import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from prometheus_client import REGISTRY

from chassis.codec import decode
from chassis.keyring import Keyring
from chassis.mongo import Database
from chassis.runtime import Checked
from chassis.settings import Settings
from chassis.tail import Tail
from contracts.incoming import MailReceived
from contracts.topics import NOTIFY_EVENTS
from services.notify.app import create
from services.notify.received_store import CHUNK, PIECES, RECEIVED
from services.notify.settings import NotifySettings
from services.notify.threading import Threads
from tests.support.imap import Mailbox
from tests.support.neighbours import Neighbours, eventually, running

pytestmark = [pytest.mark.tansu, pytest.mark.mongo]

DESK, DEMO = "desk@desk.example", "demo@desk.example"


@pytest.fixture
async def box() -> AsyncIterator[Mailbox]:
    async with Mailbox() as box:
        yield box


@pytest.fixture
def listens(settings: Settings, box: Mailbox) -> NotifySettings:
    return NotifySettings(
        **settings.model_dump(),
        mail_from=DESK,
        mail_intake=DESK,
        mail_listen="127.0.0.1:0",
        mail_megabytes=10,
        imap=f"127.0.0.1:{box.port}",
        imap_security="none",
        imap_user=box.user,
        imap_password=box.password,
        imap_every_seconds=0.1,
    )


@pytest.fixture
async def app(listens: NotifySettings, neighbours: Neighbours) -> AsyncIterator[FastAPI]:
    await neighbours.list_portal()
    await neighbours.list_company("Demo Ltd")
    async with running(create(listens)) as app:
        yield app


def letter(text: str = "My printer is on fire.", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Jané Doe <jane@example.com>"
    message["Subject"] = "Printer"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


async def send(
    app: FastAPI, message: EmailMessage | bytes, *to: str, sender: str = "jane@example.com"
) -> str:
    """What the desk says to a mail server that brings it."""
    raw = message if isinstance(message, bytes) else message.as_bytes()
    client = aiosmtplib.SMTP(
        hostname="127.0.0.1", port=app.state.mail_port, start_tls=False, timeout=20
    )
    async with client:
        try:
            _, answer = await client.sendmail(sender, list(to or (DEMO,)), raw)
        except aiosmtplib.SMTPRecipientsRefused as refused:
            return f"{refused.recipients[0].code} {refused.recipients[0].message}"
        except aiosmtplib.SMTPResponseException as refused:
            return f"{refused.code} {refused.message}"
    return f"250 {answer}"


async def told(settings: Settings, count: int) -> list[MailReceived]:
    """The mails that the others hear of, from the beginning."""
    found: list[MailReceived] = []
    async with (
        asyncio.timeout(60),
        Database.connect(settings.mongo, settings.database("notify")) as database,
        Tail(settings, [NOTIFY_EVENTS]) as tail,
    ):
        keyring = Keyring(database, settings)
        async for batch in tail:
            for record in batch.records:
                assert b"printer" not in record.value
                message = await decode(record.value, record.headers, keyring)
                found += [message] if isinstance(message, MailReceived) else []
            if len(found) >= count:
                break
    return found


async def test_a_mail_is_kept_told_sealed_and_shown_to_its_technicians_alone(
    app: FastAPI, listens: NotifySettings, neighbours: Neighbours, mongo_url: str
) -> None:
    message = letter(Message_ID="<1@example.com>")
    # More than one piece.
    content = bytes(range(256)) * (CHUNK // 256 + 1)
    message.add_attachment(content, maintype="application", subtype="pdf", filename="größe.pdf")
    for _ in range(2):
        assert await send(app, message, f"{DEMO}", "nobody@desk.example") == "250 2.0.0 Kept"
    (said,) = await told(listens, 1)
    assert (said.mail.text, said.mail.sender.name) == ("My printer is on fire.", "Jané Doe")
    assert (said.opens, said.company_id, said.portal_id) == (
        True,
        neighbours.company,
        neighbours.portal,
    )
    ann = await neighbours.employ("Ann")
    async with neighbours.client(app, ann) as browser:
        await expect_files(browser, said, content, message.as_bytes())
    other = await neighbours.employ("Ben", companies=(neighbours.portal,))
    async with neighbours.client(app, other) as browser:
        assert (
            await browser.get(f"/api/notify/received/{said.mail_id}/original")
        ).status_code == 404
    async with Database.connect(mongo_url, listens.database("notify")) as database:
        rows = [
            *await database.collection(RECEIVED).find({}),
            *await database.collection(PIECES).find({}),
        ]
    assert len(rows) == 3
    assert b"printer" not in repr(rows).encode()


async def expect_files(
    browser: AsyncClient, said: MailReceived, content: bytes, raw: bytes
) -> None:
    listed: Any = await eventually(
        lambda: _listed(browser, said.conversation_id), lambda answer: bool(answer.get("received"))
    )
    (mail,) = listed["received"]
    (file,) = mail["attachments"]
    assert (file["name"], file["size"]) == ("größe.pdf", len(content))
    place = f"/api/notify/received/{said.mail_id}"
    original = await browser.get(f"{place}/original")
    assert original.content == raw.replace(b"\n", b"\r\n")
    got = await browser.get(f"{place}/attachments/0")
    assert got.content == content
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["content-disposition"] == "attachment; filename*=UTF-8''gr%C3%B6%C3%9Fe.pdf"
    assert (await browser.get(f"{place}/attachments/1")).status_code == 404


async def _listed(browser: AsyncClient, case_id: str) -> Any:
    return (await browser.get(f"/api/notify/cases/{case_id}/received")).json()


async def test_the_log_says_neither_who_wrote_nor_what(
    app: FastAPI, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    assert await send(app, letter()) == "250 2.0.0 Kept"
    said = caplog.text + "".join(capfd.readouterr())
    assert "mail_kept" in said
    assert "jane" not in said
    assert "printer" not in said


async def test_strangers_and_mails_that_are_too_large_are_refused(app: FastAPI) -> None:
    assert (await send(app, letter(), "nobody@desk.example")).startswith("550 5.1.1")
    assert (await send(app, letter(), "demo@elsewhere.example")).startswith("550 5.1.1")
    assert (await send(app, letter("x" * 11_000_000))).startswith("552")


async def test_an_answer_into_a_case_that_nobody_mailed_is_refused(
    app: FastAPI, listens: NotifySettings
) -> None:
    threads = Threads(listens.secret_key())
    address = threads.reply_to("0b9c6b0e-55a1-5c3e-8a43-5b0d3c1f7a10", DESK)
    assert (await send(app, letter(), address)).startswith("550 5.1.1")


async def test_when_it_cannot_be_kept_the_sender_is_told_to_come_again(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(app.state.receiving._storage, "transact", broken)
    failed = received("failed")
    assert (await send(app, letter())).startswith("451 4.3.0")
    assert received("failed") == failed + 1
    monkeypatch.undo()
    assert await send(app, letter()) == "250 2.0.0 Kept"


async def test_a_mail_in_the_mailbox_is_told_like_any_other_and_marked_once_it_is_kept(
    app: FastAPI, listens: NotifySettings, box: Mailbox
) -> None:
    # The first look finds where the mailbox ends.
    await eventually(lambda: _now(box.commands), lambda them: "UID SEARCH" in them)
    assert Checked("mailbox", None, needed=False) in await app.state.runtime.checks()
    kept = received("kept")
    box.lay(letter(To=DEMO, Message_ID="<1@x>").as_bytes().replace(b"\n", b"\r\n"))
    await eventually(lambda: _now(box.inbox[0].flags), bool)
    (said,) = await told(listens, 1)
    assert (said.opens, said.mail.subject) == (True, "Printer")
    # Whoever brings it again, it is the same.
    assert await send(app, box.inbox[0].raw) == "250 2.0.0 Kept"
    assert len(await told(listens, 1)) == 1
    assert received("kept") == kept + 2


def received(outcome: str) -> float:
    """How many mails of this process have ended so."""
    return REGISTRY.get_sample_value("deskbus_mail_received_total", {"outcome": outcome}) or 0


async def _now(it: Any) -> Any:
    return it
