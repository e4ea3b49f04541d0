"""The postman and a mail server that does what it is told: what arrives, and what the ledger says of it."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
import trustme

from chassis.clock import FakeClock
from chassis.errors import RetryLater
from chassis.failpoints import arm
from chassis.keyring import Erased
from chassis.storage import FakeStorage, FakeTx, Tx
from contracts.notify import MailChanged, MailContent, SendMail
from services.notify.domain import CLAIM, Mail, Persistence
from services.notify.ledger import Ledger
from services.notify.postman import Postman
from services.notify.settings import NotifySettings
from services.notify.storage import FakeMailStore
from services.notify.tests.examples import AT, mail
from tests.support.mail import Drop, During, MailServer, Slow

FIRST, LAST = timedelta(seconds=10), timedelta(hours=1)


class Office:
    """A ledger in memory with a postman, and the clock in the test's hand."""

    def __init__(self, server: MailServer, **different: Any) -> None:
        self.storage, self.clock = FakeStorage(), FakeClock(AT)
        self.store = FakeMailStore(self.storage)
        self.ledger = Ledger(self.store, self.clock, Persistence(FIRST, LAST, timedelta(hours=24)))
        self.settings = _settings(server, **different)
        self.postman = self.hire()

    def hire(self) -> Postman:
        """A postman as another process would have one."""
        return Postman(
            self.storage,
            self.store,
            self.ledger,
            lambda _: "Demo Ltd",
            settings=self.settings,
            clock=self.clock,
        )

    async def request(self, command: SendMail | None = None) -> str:
        command = command or mail()
        await self.storage.transact(lambda tx: self.ledger.request(tx, command))
        return command.mail_id

    async def deliver(self, seconds: float = 0) -> int:
        """Let time pass, and what is due be sent."""
        self.clock.advance(seconds)
        count = await self.postman.send_due()
        await self.postman.settle_down()
        return count

    async def line(self, mail_id: str) -> Mail:
        found = await self.store.find(None, mail_id)
        assert found is not None
        return found

    async def says(self, mail_id: str) -> tuple[str, str, int]:
        found = await self.line(mail_id)
        return found.state, found.reason, found.attempts

    @property
    def told(self) -> list[str]:
        return [m.state for m in self.storage.emitted if isinstance(m, MailChanged)]


def _settings(server: MailServer, **different: Any) -> NotifySettings:
    usual: dict[str, Any] = {
        "kafka": "unused:1",
        "mongo": "mongodb://unused",
        "secret": "A" * 43 + "=",
        "smtp": server.address,
        "smtp_security": "none",
        "mail_from": "desk@deskbus.example",
        "smtp_answer_seconds": 2,
        "smtp_accept_seconds": 2,
    }
    return NotifySettings(**(usual | different))


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with MailServer() as server:
        yield server


@pytest.fixture
def office(server: MailServer) -> Office:
    return Office(server)


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
    assert headers["Message-ID"] == f"<{mail_id}@deskbus.example>"
    assert headers["Date"].datetime == AT
    assert headers["Auto-Submitted"] == "auto-generated"
    assert taken.content.isascii()
    assert max(map(len, taken.content.splitlines())) <= 998


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


# ---- several processes, and ones that stand still ------------------------------------------------


async def test_postmen_share_the_work_and_no_mail_goes_twice(
    office: Office, server: MailServer
) -> None:
    ids = [await office.request() for _ in range(30)]
    postmen = [office.hire() for _ in range(3)]
    for _ in range(10):
        await asyncio.gather(*(postman.send_due() for postman in postmen))
        await asyncio.gather(*(postman.settle_down() for postman in postmen))
    found = sorted(taken.message["Message-ID"] for taken in server.taken)
    assert found == sorted(f"<{mail_id}@deskbus.example>" for mail_id in ids)


async def test_who_stood_still_finds_the_mail_taken_over(
    office: Office, server: MailServer
) -> None:
    async def others_take_over() -> None:
        office.clock.advance(CLAIM.total_seconds())
        other = office.hire()
        await other.send_due()
        await other.settle_down()

    server.will("RCPT", During(others_take_over))
    mail_id = await office.request()
    await office.deliver()
    assert len(server.taken) == 1
    assert await office.says(mail_id) == ("accepted", "250", 2)


async def test_what_others_gave_up_for_unknown_is_accepted_when_the_answer_comes(
    office: Office, server: MailServer
) -> None:
    async def others_look() -> None:
        office.clock.advance(CLAIM.total_seconds())
        other = office.hire()
        await other.send_due()
        await other.settle_down()
        assert (await office.says(mail_id))[0] == "unknown"

    server.will("CONTENT", During(others_look))
    mail_id = await office.request()
    await office.deliver()
    assert office.told == ["requested", "sending", "unknown", "accepted"]
    assert len(server.taken) == 1


async def test_a_claim_is_held_while_the_server_thinks(
    office: Office, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.notify.postman.HOLD_SECONDS", 0.01)

    async def time_passes() -> None:
        for _ in range(4):
            office.clock.advance(CLAIM.total_seconds() / 2)
            await asyncio.sleep(0.1)
            assert await office.hire().send_due() == 0

    server.will("CONTENT", During(time_passes))
    mail_id = await office.request()
    await office.deliver()
    assert await office.says(mail_id) == ("accepted", "250", 1)


# ---- when the ledger itself is away --------------------------------------------------------------


class Moody(FakeStorage):
    """A storage that is away when a test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.away = 0

    async def transact(
        self, work: Callable[[FakeTx], Awaitable[Any]], *, once: str | None = None, seq: int = 0
    ) -> Any:
        if self.away:
            self.away -= 1
            raise RetryLater
        return await super().transact(work, once=once, seq=seq)


@pytest.fixture
def moody(server: MailServer) -> Office:
    office = Office(server)
    office.storage = Moody()
    office.store = FakeMailStore(office.storage)
    office.ledger = Ledger(office.store, office.clock, Persistence(FIRST, LAST, LAST * 24))
    office.postman = office.hire()
    return office


async def test_without_the_note_no_content_leaves(moody: Office, server: MailServer) -> None:
    async def go_away() -> None:
        assert isinstance(moody.storage, Moody)
        moody.storage.away = 1

    server.will("RCPT", During(go_away))
    mail_id = await moody.request()
    await moody.deliver()
    assert await moody.says(mail_id) == ("waiting", "interrupted", 1)
    assert server.taken == []
    await moody.deliver(10)
    assert len(server.taken) == 1


async def test_an_answer_is_noted_as_soon_as_the_ledger_is_back(
    moody: Office, server: MailServer
) -> None:
    async def go_away() -> None:
        assert isinstance(moody.storage, Moody)
        moody.storage.away = 3

    server.will("CONTENT", During(go_away))
    mail_id = await moody.request()
    await moody.deliver()
    assert await moody.says(mail_id) == ("accepted", "250", 1)


async def test_the_note_is_made_before_the_content_leaves(
    office: Office, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    hand_over = Ledger.hand_over

    async def noted(self: Ledger, tx: Tx, attempt: Mail) -> bool:
        assert server.taken == []
        steps.append("noted")
        return await hand_over(self, tx, attempt)

    async def looked() -> None:
        steps.append("content")
        assert (await office.line(mail_id)).handed

    monkeypatch.setattr(Ledger, "hand_over", noted)
    server.will("CONTENT", During(looked))
    mail_id = await office.request()
    await office.deliver()
    assert steps == ["noted", "content"]


async def test_a_postman_who_is_stopped_waits_for_an_answer_on_its_way(
    office: Office, server: MailServer
) -> None:
    arrived = asyncio.Event()

    async def arrive() -> None:
        arrived.set()
        await asyncio.sleep(0.3)

    server.will("CONTENT", During(arrive))
    mail_id = await office.request()
    running = asyncio.create_task(office.postman.run())
    await asyncio.wait_for(arrived.wait(), 5)
    running.cancel()
    await asyncio.wait({running})
    assert await office.says(mail_id) == ("accepted", "250", 1)


async def test_of_an_erased_case_nothing_is_sent(
    office: Office, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def erased(line: Mail) -> MailContent:
        raise Erased(line.case_id)

    monkeypatch.setattr(office.store, "content", erased)
    await office.request()
    await office.deliver()
    assert await office.deliver(1e6) == 0
    assert server.taken == []


# ---- defects -------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["mail.before_note", "mail.before_data"])
async def test_a_defect_before_the_content_is_said_and_tried_again(
    office: Office, server: MailServer, place: str
) -> None:
    arm(f"{place}=raise@1")
    mail_id = await office.request()
    await office.deliver()
    arm("")
    assert await office.says(mail_id) == ("waiting", "internal_error", 1)
    await office.deliver(10)
    assert len(server.taken) == 1


async def test_a_defect_behind_the_content_leaves_it_unknown(
    office: Office, server: MailServer
) -> None:
    arm("mail.after_data=raise@1")
    mail_id = await office.request()
    await office.deliver()
    arm("")
    await office.deliver(CLAIM.total_seconds())
    assert await office.says(mail_id) == ("unknown", "interrupted", 1)
    assert len(server.taken) == 1
