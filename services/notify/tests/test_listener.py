"""The door for mail by itself: TLS, signing in, and its limits, spoken to as a mail server speaks."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import aiosmtplib
import pytest
import trustme
import uvloop
from pydantic import ValidationError

from chassis.settings import Settings
from services.notify.doors import Certificate, Door, Lock
from services.notify.listener import MOST_CONNECTIONS, MOST_RECIPIENTS, listening
from services.notify.receiving import Delivery
from services.notify.settings import NotifySettings

LOCK = Lock("house", "pässword")
RAW = b"From: jane@example.com\r\nSubject: Printer\r\n\r\nIt is on fire.\r\n"


class Shelf:
    """Takes whatever it is brought."""

    def __init__(self) -> None:
        self.taken: list[Delivery] = []

    def check_recipient(self, address: str) -> None:
        """Everybody is known."""

    async def take(self, delivery: Delivery) -> None:
        self.taken.append(delivery)


class Files:
    """A certificate of an authority of this test's own, as files."""

    def __init__(self, place: Path) -> None:
        self.authority = trustme.CA()
        self.chain, self.key = place / "chain.pem", place / "key.pem"
        self.renew()

    def renew(self) -> bytes:
        issued = self.authority.issue_cert("127.0.0.1")
        self.chain.write_bytes(b"".join(it.bytes() for it in issued.cert_chain_pems))
        self.key.write_bytes(issued.private_key_pem.bytes())
        return ssl.PEM_cert_to_DER_cert(issued.cert_chain_pems[0].bytes().decode())

    @property
    def certificate(self) -> Certificate:
        return Certificate(str(self.chain), str(self.key))

    @property
    def trusted(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        self.authority.configure_trust(context)
        return context


class Open:
    """Doors that are open while the test runs."""

    def __init__(self, stack: AsyncExitStack) -> None:
        self._stack = stack
        self.shelf = Shelf()

    async def door(self, **door: Any) -> int:
        there = Door("127.0.0.1", 0, 1_000_000, **door)
        return await self._stack.enter_async_context(listening(there, self.shelf))  # type: ignore[arg-type]

    async def client(self, port: int) -> aiosmtplib.SMTP:
        client = aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False, timeout=20)
        await client.connect()
        self._stack.callback(client.close)
        await client.ehlo()
        return client


@pytest.fixture
async def open_doors() -> AsyncIterator[Open]:
    async with AsyncExitStack() as stack:
        yield Open(stack)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


async def deliver(client: aiosmtplib.SMTP) -> str:
    """What the door says to a mail."""
    try:
        _, answer = await client.sendmail("jane@example.com", ["demo@desk.example"], RAW)
    except aiosmtplib.SMTPResponseException as refused:
        return f"{refused.code} {refused.message}"
    return answer


# ---- TLS -----------------------------------------------------------------------------------------


async def test_with_a_certificate_a_mail_comes_by_tls(open_doors: Open, files: Files) -> None:
    client = await open_doors.client(await open_doors.door(certificate=files.certificate))
    assert client.supports_extension("starttls")
    await client.starttls(tls_context=files.trusted)
    assert client.transport is not None
    assert client.transport.get_extra_info("ssl_object").version() in {"TLSv1.2", "TLSv1.3"}
    assert await deliver(client) == "2.0.0 Kept"
    assert [it.raw for it in open_doors.shelf.taken] == [RAW]


async def test_it_is_not_asked_for_unless_it_is_to_be(open_doors: Open, files: Files) -> None:
    offered = await open_doors.client(await open_doors.door(certificate=files.certificate))
    assert await deliver(offered) == "2.0.0 Kept"
    asked = await open_doors.door(certificate=files.certificate, requires_tls=True)
    in_clear = await open_doors.client(asked)
    assert (await deliver(in_clear)).startswith("530")
    assert len(open_doors.shelf.taken) == 1
    await in_clear.starttls(tls_context=files.trusted)
    assert await deliver(in_clear) == "2.0.0 Kept"


async def test_without_a_certificate_nothing_of_it_is_offered(open_doors: Open) -> None:
    client = await open_doors.client(await open_doors.door())
    assert not client.supports_extension("starttls")
    assert not client.supports_extension("auth")
    assert await deliver(client) == "2.0.0 Kept"


async def test_what_was_put_behind_starttls_in_clear_is_not_taken_for_said_by_tls(
    open_doors: Open, files: Files
) -> None:
    port = await open_doors.door(certificate=files.certificate)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await reader.readline()
    await _says_hello(reader, writer)
    writer.write(b"STARTTLS\r\nEHLO b\r\nMAIL FROM:<mallory@example.com>\r\n")
    assert (await reader.readline()).startswith(b"220")
    await writer.start_tls(files.trusted, server_hostname="127.0.0.1")
    await _says_hello(reader, writer)
    writer.write(b"RCPT TO:<demo@desk.example>\r\n")
    assert (await reader.readline()).startswith(b"503")
    writer.close()


def test_it_works_on_the_loop_that_the_service_runs_on(files: Files) -> None:
    async def whole() -> list[Delivery]:
        async with AsyncExitStack() as stack:
            doors = Open(stack)
            client = await doors.client(await doors.door(certificate=files.certificate, lock=LOCK))
            await client.starttls(tls_context=files.trusted)
            await client.login(LOCK.user, LOCK.password)
            assert await deliver(client) == "2.0.0 Kept"
            return doors.shelf.taken

    assert len(uvloop.run(whole())) == 1


async def test_a_renewed_certificate_is_used_at_once_and_half_of_one_is_not(
    open_doors: Open, files: Files
) -> None:
    port = await open_doors.door(certificate=files.certificate)

    async def shown() -> bytes:
        client = await open_doors.client(port)
        await client.starttls(tls_context=files.trusted)
        assert client.transport is not None
        der = client.transport.get_extra_info("ssl_object").getpeercert(binary_form=True)
        assert isinstance(der, bytes)
        return der

    first = await shown()
    renewed = files.renew()
    assert await shown() == renewed != first
    files.chain.write_bytes(b"half")
    assert await shown() == renewed
    files.chain.unlink()
    assert await shown() == renewed
    assert files.renew() == await shown()


# ---- signing in ----------------------------------------------------------------------------------


async def test_who_has_the_password_delivers_and_nobody_else(
    open_doors: Open, files: Files
) -> None:
    port = await open_doors.door(certificate=files.certificate, lock=LOCK)
    client = await open_doors.client(port)
    assert not client.supports_extension("auth")
    assert (await deliver(client)).startswith("530")
    with pytest.raises(aiosmtplib.SMTPException):
        await client.login(LOCK.user, LOCK.password)
    await client.starttls(tls_context=files.trusted)
    assert (await deliver(client)).startswith("530")
    await client.login(LOCK.user, LOCK.password)
    assert await deliver(client) == "2.0.0 Kept"


@pytest.mark.parametrize(
    ("user", "password"), [("house", "wrong"), ("hous", "pässword"), ("", "pässword"), ("x", "x")]
)
async def test_a_wrong_password_opens_nothing(
    open_doors: Open, files: Files, user: str, password: str
) -> None:
    port = await open_doors.door(certificate=files.certificate, lock=LOCK)
    client = await open_doors.client(port)
    await client.starttls(tls_context=files.trusted)
    await client.ehlo()
    for _ in range(3):
        with pytest.raises(aiosmtplib.SMTPAuthenticationError):
            await client.auth_plain(user, password)
    assert (await deliver(client)).startswith("530")
    # Who goes on guessing has to come again.
    with pytest.raises(aiosmtplib.SMTPException):
        await client.auth_plain(LOCK.user, LOCK.password)
    assert open_doors.shelf.taken == []


# ---- limits --------------------------------------------------------------------------------------


async def test_a_mail_has_so_many_recipients_and_no_more(open_doors: Open) -> None:
    client = await open_doors.client(await open_doors.door())
    await client.mail("jane@example.com")
    for number in range(MOST_RECIPIENTS):
        await client.rcpt(f"p{number}@desk.example")
    with pytest.raises(aiosmtplib.SMTPRecipientRefused) as refused:
        await client.rcpt("one@desk.example")
    assert refused.value.code == 452


async def test_places_are_counted_whatever_became_of_a_connection(
    open_doors: Open, files: Files
) -> None:
    port = await open_doors.door(certificate=files.certificate)
    for _ in range(3):
        client = await open_doors.client(port)
        await client.starttls(tls_context=files.trusted)
        await client.quit()
        await _break_tls(port)
    greetings = await _greeted(port, MOST_CONNECTIONS + 1, lambda told: told.count(b"421") == 1)
    assert sorted(it[:3] for it in greetings) == [b"220"] * MOST_CONNECTIONS + [b"421"]


async def _break_tls(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await reader.readline()
    await _says_hello(reader, writer)
    writer.write(b"STARTTLS\r\n")
    await reader.readline()
    writer.write(b"this is no handshake\r\n" * 20)
    await reader.read()
    writer.close()


async def _says_hello(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"EHLO a\r\n")
    while (await reader.readline())[3:4] == b"-":
        pass


async def _greeted(port: int, count: int, done: Callable[[bytes], bool]) -> list[bytes]:
    """What so many connections are told that are open at once; places may take a moment to be free."""
    async with asyncio.timeout(20):
        while True:
            there = [await asyncio.open_connection("127.0.0.1", port) for _ in range(count)]
            told = [await reader.readline() for reader, _ in there]
            for _, writer in there:
                writer.close()
                await writer.wait_closed()
            if done(b"".join(it[:3] for it in told)):
                return told


# ---- settings ------------------------------------------------------------------------------------


def test_what_belongs_together_is_asked_for_together(settings: Settings, files: Files) -> None:
    pair = {"mail_listen_certificate": str(files.chain), "mail_listen_key": str(files.key)}
    sign_in = {"mail_listen_user": "house", "mail_listen_password": "secret"}
    other = files.chain.with_name("other.pem")
    other.write_bytes(trustme.CA().issue_cert("a").private_key_pem.bytes())

    def door(**chosen: Any) -> Door:
        known = settings.model_dump() | {"mail_listen": "127.0.0.1:0"}
        found = NotifySettings(**(known | chosen)).door
        assert found is not None
        return found

    assert (door().certificate, door().lock) == (None, None)
    assert door(**pair, **sign_in).lock == Lock("house", "secret")
    assert door(**pair, mail_listen_require_tls=True).requires_tls
    for wrong in (
        {"mail_listen_certificate": str(files.chain)},
        {"mail_listen_key": str(files.key)},
        pair | {"mail_listen_key": str(other)},
        pair | {"mail_listen_certificate": str(files.chain) + "x"},
        {"mail_listen_require_tls": True},
        sign_in,
        pair | {"mail_listen_user": "house"},
        pair | {"mail_listen_password": "secret"},
    ):
        with pytest.raises(ValidationError):
            door(**wrong)
