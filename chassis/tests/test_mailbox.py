"""The mail server that keeps every mail, and the page on which people read them."""

import html
import smtplib
from collections.abc import AsyncIterator, Iterator
from email.message import EmailMessage
from email.policy import SMTPUTF8
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from chassis.devstack.mailbox import folder, page
from chassis.devstack.mailbox.page import MailboxSettings
from chassis.devstack.mailbox.sink import Mailbox
from chassis.gateway import Gateway
from chassis.settings import Settings

EVIL = '<script>alert(1)</script><img src="https://elsewhere.example/x.png">'


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[Mailbox]:
    with Mailbox(tmp_path / "mailbox") as mailbox:
        yield mailbox


@pytest.fixture
async def http(mailbox: Mailbox, settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    shown = MailboxSettings(**settings.model_dump(), mailbox=mailbox.folder)
    gateway = Gateway({}, page.routes(shown))
    transport = httpx.ASGITransport(gateway)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
        yield http


def send(mailbox: Mailbox, subject: str, *, to: str = "ana@example.com", html: str = "") -> str:
    """Mail something; returns the id that it has in the mailbox."""
    before = {mail.id for mail in folder.newest(mailbox.folder)}
    message = EmailMessage(policy=SMTPUTF8)
    message["From"], message["To"], message["Subject"] = "Demo <desk@example.com>", to, subject
    message.set_content(f"Text of {subject}\n")
    if html:
        message.add_alternative(html, subtype="html")
    with smtplib.SMTP("127.0.0.1", mailbox.port) as smtp:
        smtp.send_message(message)
    (new,) = {mail.id for mail in folder.newest(mailbox.folder)} - before
    return new


def test_what_was_accepted_is_kept_for_the_next_run(mailbox: Mailbox) -> None:
    mail_id = send(mailbox, "Größe", html="<p>Hi</p>")
    mailbox.stop()
    mail = folder.find(mailbox.folder, mail_id)
    assert mail is not None
    assert (mail.subject, mail.sender, mail.recipients) == (
        "Größe",
        "Demo <desk@example.com>",
        ["ana@example.com"],
    )
    assert (mail.text, mail.html.strip()) == ("Text of Größe\n", "<p>Hi</p>")
    assert not list(mailbox.folder.glob("*.draft"))


def test_the_newest_mail_comes_first(mailbox: Mailbox) -> None:
    ids = [send(mailbox, f"Mail {n}") for n in range(3)]
    by_time = sorted(ids, reverse=True)
    assert [mail.id for mail in folder.newest(mailbox.folder)] == by_time


def test_an_international_address_is_shown_as_it_is(mailbox: Mailbox) -> None:
    mail = folder.find(mailbox.folder, send(mailbox, "x", to="ánna@example.com"))
    assert mail is not None
    assert mail.recipients == ["ánna@example.com"]


@pytest.mark.parametrize("mail_id", ["../secret", "0000000000000-00000000", "*"])
async def test_only_mails_are_found(http: httpx.AsyncClient, tmp_path: Path, mail_id: str) -> None:
    (tmp_path / "secret.eml").write_text("Subject: secret\n\nsecret")
    assert folder.find(tmp_path / "mailbox", mail_id) is None
    for path in (mail_id, f"{mail_id}/html"):
        answer = await http.get(f"/mailbox/{quote(path).replace('..', '%2e%2e')}")
        assert (answer.status_code, "secret" in answer.text) == (404, False)


async def test_an_empty_mailbox_says_so(http: httpx.AsyncClient) -> None:
    answer = await http.get("/mailbox")
    assert answer.status_code == 200
    assert "No mails yet" in answer.text


async def test_a_mail_is_listed_and_shown_three_ways(
    http: httpx.AsyncClient, mailbox: Mailbox
) -> None:
    mail_id = send(mailbox, "Your request 1001", html="<p>Hello Ana</p>")
    listed = (await http.get("/mailbox")).text
    for text in ("Your request 1001", "ana@example.com", "Text of Your request", "1 mail"):
        assert text in listed
    message = (await http.get(f"/mailbox/{mail_id}")).text
    assert f'src="/mailbox/{mail_id}/html"' in message
    assert "Hello Ana" in (await http.get(f"/mailbox/{mail_id}/html")).text
    assert "<pre" in (await http.get(f"/mailbox/{mail_id}?as=text")).text
    source = (await http.get(f"/mailbox/{mail_id}?as=source")).text
    assert "Delivered-To: ana@example.com" in source
    assert "Content-Type: multipart/alternative" in source


async def test_a_mail_without_html_is_shown_as_text(
    http: httpx.AsyncClient, mailbox: Mailbox
) -> None:
    mail_id = send(mailbox, "Plain")
    shown = (await http.get(f"/mailbox/{mail_id}")).text
    assert "Text of Plain" in shown
    assert "<iframe" not in shown
    assert (await http.get(f"/mailbox/{mail_id}/html")).status_code == 404


async def test_what_a_mail_says_runs_and_loads_nothing(
    http: httpx.AsyncClient, mailbox: Mailbox
) -> None:
    mail_id = send(mailbox, EVIL, html=f"<html><head></head><body>{EVIL}</body></html>")
    for path in ("", f"/{mail_id}", f"/{mail_id}?as=text", f"/{mail_id}?as=source", "/list"):
        answer = await http.get(f"/mailbox{path}")
        assert "<script>alert" not in answer.text
        assert "<img" not in answer.text
        assert "script-src 'self';" in answer.headers["content-security-policy"]
    frame = await http.get(f"/mailbox/{mail_id}/html")
    policy = frame.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "sandbox allow-popups" in policy
    assert '<head><base target="_blank"></head>' in frame.text


async def test_the_page_says_how_to_write_to_the_desk(settings: Settings, tmp_path: Path) -> None:
    shown = MailboxSettings(
        **settings.model_dump(),
        mailbox=tmp_path,
        mail_listen="127.0.0.1:2525",
        mail_intake="desk@deskbus.example",
    )
    app = Gateway({}, page.routes(shown))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://127.0.0.1"
    ) as browser:
        said = (await browser.get("/mailbox")).text
    command = html.unescape(said.partition('<pre tabindex="0">')[2].partition("</pre>")[0])
    program = command.removeprefix('python3 -c "').removesuffix('"')
    assert "smtplib.SMTP('127.0.0.1', 2525)" in program
    # It is one that runs.
    compile(program, "-c", "exec")
    assert "demo@deskbus.example" in said


async def test_a_foreign_name_for_this_machine_is_refused(http: httpx.AsyncClient) -> None:
    answer = await http.get("/mailbox", headers={"host": "rebound.example"})
    assert answer.status_code == 400


async def test_the_page_loads_its_own_files_only(http: httpx.AsyncClient) -> None:
    listed = (await http.get("/mailbox")).text
    for name in ("mailbox.css", "mailbox.js"):
        assert f"/mailbox/files/{name}" in listed
        assert (await http.get(f"/mailbox/files/{name}")).status_code == 200
    assert (await http.get("/mailbox/files/page.py")).status_code == 404
    assert "://" not in listed


def test_without_a_mailbox_there_is_no_page(settings: Settings) -> None:
    assert page.routes(MailboxSettings(**settings.model_dump())) == []
