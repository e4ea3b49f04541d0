"""What a mail server can do to us: what arrives, and what the ledger says of it."""

import ssl
from typing import Any

import pytest
import trustme

from contracts.notify import MailContent
from services.notify.tests.examples import AT, CASE, mail
from services.notify.tests.office import FIRST, Office
from services.notify.threading import MailRef
from tests.support.mail import Drop, MailServer, Slow


async def test_a_mail_arrives_as_it_was_written(office: Office, server: MailServer) -> None:
    content = MailContent(subject="Größe: 5 €", text="Hi Ana\n.\n..\nω≤2\n", html="<p>Ω</p>")
    mail_id = await office.request(mail(content=content))
    await office.deliver()
    (taken,) = server.taken
    assert (taken.sender, taken.recipients) == ("desk@deskbus.example", ["cleo@example.com"])
    assert (taken.part("plain"), taken.part("html").strip()) == (content.text, content.html)
    headers = taken.message
    assert headers["Subject"] == content.subject
    assert headers["From"] == "Demo Ltd <desk@deskbus.example>"
    assert headers["To"] == "cleo@example.com"
    assert office.threads.mail_of(headers["Message-ID"]) == MailRef(mail_id, CASE)
    assert headers["Message-ID"].endswith("@deskbus.example>")
    assert headers["Reply-To"] is headers["In-Reply-To"] is headers["References"] is None
    assert headers["Date"].datetime == AT
    assert headers["Auto-Submitted"] == "auto-generated"
    assert taken.content.isascii()
    assert max(map(len, taken.content.splitlines())) <= 998


async def test_an_answer_finds_its_case_by_the_address_and_by_the_thread(
    server: MailServer,
) -> None:
    intake = "desk@a-rather-long-name-of-a-company.example.com"
    office = Office(server, mail_intake=intake)
    for _ in range(3):
        await office.request()
        await office.deliver(1)
    first, second, third = (taken.message for taken in server.taken)
    assert office.threads.case_at(str(third["Reply-To"])) == CASE
    assert first["References"] is None
    assert second["References"] == second["In-Reply-To"] == first["Message-ID"]
    assert third["References"].split() == [first["Message-ID"], second["Message-ID"]]
    assert third["In-Reply-To"] == second["Message-ID"]
    assert max(map(len, server.taken[-1].content.splitlines())) <= 998
    assert b"=?utf-8?" not in server.taken[-1].content


async def test_what_was_refused_or_went_to_somebody_else_is_no_part_of_the_thread(
    office: Office, server: MailServer
) -> None:
    await office.request(mail(recipient="other@example.com"))
    await office.deliver()
    server.will("RCPT", "550 5.1.1 No such user here")
    await office.request()
    await office.deliver(1)
    await office.request()
    await office.deliver(1)
    assert [it.message["References"] for it in server.taken] == [None, None]


async def test_every_step_is_told(office: Office) -> None:
    mail_id = await office.request()
    await office.deliver()
    assert office.told == ["requested", "sending", "accepted"]
    assert await office.says(mail_id) == ("accepted", "250", 1)
    assert await office.deliver(1e6) == 0


async def test_a_subject_cannot_bring_headers_in(office: Office, server: MailServer) -> None:
    evil = MailContent(subject="Hi\r\nBcc: all@example.com\x00\n\nbody", text="t", html="<p>h</p>")
    await office.request(mail(content=evil))
    await office.deliver()
    (taken,) = server.taken
    assert taken.message["Subject"] == "Hi Bcc: all@example.com body"
    assert taken.message["Bcc"] is None
    assert taken.recipients == ["cleo@example.com"]


# ---- what a server can do to us before it has the content ----------------------------------------


async def test_while_the_server_is_down_the_mail_waits(office: Office, server: MailServer) -> None:
    await server.down()
    mail_id = await office.request()
    await office.deliver()
    assert await office.says(mail_id) == ("waiting", "unreachable", 1)
    assert (await office.line(mail_id)).due == AT + FIRST
    assert await office.deliver(9) == 0
    await server.up()
    await office.deliver(1)
    assert await office.says(mail_id) == ("accepted", "250", 2)
    assert len(server.taken) == 1
    assert office.told == ["requested", "sending", "waiting", "sending", "accepted"]


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA", "CONTENT"])
async def test_451_is_tried_again(office: Office, server: MailServer, stage: Any) -> None:
    server.will(stage, "451 4.7.1 Greylisted, try again later")
    mail_id = await office.request()
    await office.deliver()
    assert await office.says(mail_id) == ("waiting", "451", 1)
    assert server.taken == []
    await office.deliver(10)
    assert await office.says(mail_id) == ("accepted", "250", 2)
    assert len(server.taken) == 1


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA", "CONTENT"])
async def test_550_is_final(office: Office, server: MailServer, stage: Any) -> None:
    server.will(stage, "550 5.1.1 No such user here")
    mail_id = await office.request()
    await office.deliver()
    assert await office.says(mail_id) == ("failed", "550", 1)
    assert await office.deliver(1e5) == 0
    assert server.taken == []


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA"])
async def test_a_connection_that_breaks_before_the_content_is_tried_again(
    office: Office, server: MailServer, stage: Any
) -> None:
    server.will(stage, Drop())
    mail_id = await office.request()
    await office.deliver()
    assert await office.says(mail_id) == ("waiting", "disconnected", 1)
    await office.deliver(10)
    assert await office.says(mail_id) == ("accepted", "250", 2)
    assert len(server.taken) == 1


async def test_a_server_that_says_nothing_is_tried_again(server: MailServer) -> None:
    office = Office(server, smtp_answer_seconds=0.2)
    server.will("RCPT", Slow(0.6))
    mail_id = await office.request()
    await office.deliver()
    assert await office.says(mail_id) == ("waiting", "timeout", 1)


async def test_after_a_day_it_has_failed_with_the_last_reason(
    office: Office, server: MailServer
) -> None:
    await server.down()
    mail_id = await office.request()
    for _ in range(50):
        if not await office.deliver(3600):
            break
    state, reason, attempts = await office.says(mail_id)
    assert (state, reason) == ("failed", "unreachable")
    assert 20 < attempts < 40


async def test_without_a_server_in_the_settings_mails_wait(server: MailServer) -> None:
    office = Office(server, smtp="", mail_from="")
    mail_id = await office.request()
    await office.deliver()
    assert await office.says(mail_id) == ("waiting", "not_configured", 1)


# ---- the one window: the content has left, and no answer came ------------------------------------


async def test_a_connection_that_breaks_behind_the_content_is_unknown_and_not_tried_again(
    office: Office, server: MailServer
) -> None:
    server.will("CONTENT", Drop())
    mail_id = await office.request()
    await office.deliver()
    assert await office.says(mail_id) == ("unknown", "disconnected", 1)
    assert await office.deliver(1e6) == 0
    assert len(server.taken) == 1


async def test_an_answer_that_does_not_come_is_unknown(server: MailServer) -> None:
    office = Office(server, smtp_accept_seconds=0.2)
    server.will("CONTENT", Slow(1))
    mail_id = await office.request()
    await office.deliver()
    assert await office.says(mail_id) == ("unknown", "timeout", 1)


async def test_a_slow_answer_is_waited_for(office: Office, server: MailServer) -> None:
    server.will("CONTENT", Slow(0.5))
    mail_id = await office.request()
    await office.deliver()
    assert await office.says(mail_id) == ("accepted", "250", 1)


async def test_an_answer_that_is_none_is_unknown(office: Office, server: MailServer) -> None:
    server.will("CONTENT", "999 What?")
    mail_id = await office.request()
    await office.deliver()
    assert await office.says(mail_id) == ("unknown", "protocol_error", 1)


# ---- TLS and signing in --------------------------------------------------------------------------


@pytest.fixture
def authority(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> trustme.CA:
    """A certificate authority that this process trusts, as OpenSSL's environment allows."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return authority


def tls_of(authority: trustme.CA, name: str = "127.0.0.1") -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(context)
    return context


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_it_speaks_tls_and_signs_in(authority: trustme.CA, security: str) -> None:
    tls, implicit = tls_of(authority), security == "tls"
    async with MailServer(tls=tls, implicit_tls=implicit, password="right") as server:
        office = Office(server, smtp_security=security, smtp_user="desk", smtp_password="right")
        mail_id = await office.request()
        await office.deliver()
        assert await office.says(mail_id) == ("accepted", "250", 1)


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_a_certificate_of_somebody_else_is_not_trusted(
    authority: trustme.CA, security: str
) -> None:
    tls = tls_of(authority, "mail.example.com")
    async with MailServer(tls=tls, implicit_tls=security == "tls") as server:
        office = Office(server, smtp_security=security)
        mail_id = await office.request()
        await office.deliver()
        assert await office.says(mail_id) == ("waiting", "tls_failed", 1)
        assert server.taken == []


async def test_nothing_is_sent_in_the_clear_where_tls_is_asked_for(server: MailServer) -> None:
    office = Office(server, smtp_security="starttls")
    mail_id = await office.request()
    await office.deliver()
    assert await office.says(mail_id) == ("waiting", "tls_failed", 1)
    assert server.taken == []


async def test_a_wrong_password_is_ours_to_mend_so_the_mail_waits() -> None:
    async with MailServer(password="right") as server:
        office = Office(server, smtp_user="desk", smtp_password="wrong")
        mail_id = await office.request()
        await office.deliver()
        assert await office.says(mail_id) == ("waiting", "535", 1)


async def test_a_server_that_wants_us_to_sign_in_is_ours_to_mend_too() -> None:
    async with MailServer(password="right") as server:
        office = Office(server)
        mail_id = await office.request()
        await office.deliver()
        assert await office.says(mail_id) == ("waiting", "530", 1)


# ---- addresses beyond ASCII ----------------------------------------------------------------------


async def test_an_international_domain_needs_nothing_of_the_server() -> None:
    async with MailServer(utf8=False) as server:
        office = Office(server)
        await office.request(mail(recipient="ana@münchen.example.com"))
        await office.deliver()
        assert server.taken[0].recipients == ["ana@xn--mnchen-3ya.example.com"]


@pytest.mark.parametrize("utf8", [True, False])
async def test_an_international_name_needs_smtputf8(utf8: bool) -> None:
    async with MailServer(utf8=utf8) as server:
        office = Office(server)
        mail_id = await office.request(mail(recipient="иван@example.com"))
        await office.deliver()
        if utf8:
            assert server.taken[0].recipients == ["иван@example.com"]
            assert server.taken[0].message["To"] == "иван@example.com"
        else:
            assert await office.says(mail_id) == ("failed", "address_not_supported", 1)
