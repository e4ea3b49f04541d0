"""Mail is fetched from a mailbox: what is kept is marked and read no more, and nothing is lost or comes twice."""

import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import trustme
from pydantic import SecretStr, ValidationError

from chassis.clock import FakeClock
from chassis.errors import RetryLater
from chassis.jobs import beside
from chassis.leases import Leases
from chassis.mongo import Database
from chassis.settings import Settings
from services.notify.envelopes import envelope_of
from services.notify.imap import ImapFailed, Provider, connect
from services.notify.mailbox import Mailbox as Fetching
from services.notify.mailbox import Reading
from services.notify.mailbox_store import MongoPlaceStore
from services.notify.receiving import Delivery, TooMany
from services.notify.settings import NotifySettings
from services.notify.targets import Refused
from tests.support.imap import Mailbox
from tests.support.neighbours import eventually

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
SUPPORT = "support@firm.example"
pytestmark = pytest.mark.mongo


def mail(text: str, **headers: str) -> bytes:
    known = {"From": "Jane <jane@example.com>", "To": SUPPORT, "Message-ID": f"<{text}@x>"}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in (known | headers).items()]
    return "\r\n".join([*lines, "", text, ""]).encode()


@dataclass
class Desk:
    """Takes mail, unless it is told otherwise; the same mail again is the same."""

    kept: list[Delivery] = field(default_factory=list)
    answers: dict[str, list[Exception]] = field(default_factory=dict)
    asked: int = 0

    def knows(self, address: str) -> bool:
        return address.endswith("@firm.example")

    async def take(self, delivery: Delivery) -> None:
        self.asked += 1
        answers = self.answers.get(text_of(delivery), [])
        if answers:
            raise answers.pop(0)
        if delivery not in self.kept:
            self.kept.append(delivery)

    @property
    def texts(self) -> list[str]:
        return [text_of(it) for it in self.kept]


def text_of(delivery: Delivery) -> str:
    return delivery.raw.decode().split("\r\n\r\n")[1].strip()


class House:
    """A desk with its mailbox at a provider."""

    def __init__(self, database: Database, box: Mailbox) -> None:
        self.database = database
        self.box = box
        self.desk = Desk()
        self.clock = FakeClock(AT)
        self.places = MongoPlaceStore(database)
        self.different: dict[str, Any] = {}
        """What is set otherwise than it should be."""

    def provider(self, **different: Any) -> Provider:
        known: dict[str, Any] = {
            "host": "127.0.0.1",
            "port": self.box.port,
            "security": "none",
            "user": self.box.user,
            "password": self.box.password,
            "folder": "INBOX",
        }
        return Provider(**(known | self.different | different))

    def fetching(self, instance: str = "one", done: str = "", again: float = 0.0) -> Fetching:
        reading = Reading(lambda: connect(self.provider()), "box", SUPPORT, done, 10_000, 1, again)
        leases = Leases(self.database, self.clock, instance, 60)
        return Fetching(reading, self.places, leases, self.desk, self.clock)


@pytest.fixture
async def house(mongo_database: Database) -> AsyncIterator[House]:
    async with Mailbox() as box:
        house = House(mongo_database, box)
        await house.places.prepare()
        await Leases(mongo_database, house.clock, "one").prepare()
        box.lay(mail("of long ago"))
        await house.fetching().look()
        yield house


async def test_what_comes_is_taken_in_its_order_and_marked_and_what_lay_there_is_left(
    house: House,
) -> None:
    for text in ("first", "second"):
        house.box.lay(mail(text))
    await house.fetching().look()
    assert house.desk.texts == ["first", "second"]
    assert [it.flags for it in house.box.inbox] == [set(), {r"\Seen"}, {r"\Seen"}]
    assert house.desk.kept[0] == Delivery("jane@example.com", (SUPPORT,), mail("first"))
    house.box.lay(mail("third"))
    await house.fetching().look()
    await house.fetching().look()
    assert house.desk.texts == ["first", "second", "third"]
    assert house.desk.asked == 3


async def test_it_is_no_matter_what_people_have_looked_at(house: House) -> None:
    house.box.lay(mail("read"))
    house.box.inbox[-1].flags.add(r"\Seen")
    await house.fetching().look()
    assert house.desk.texts == ["read"]


@pytest.mark.parametrize(
    ("capabilities", "left"),
    [("IMAP4rev1 MOVE", 0), ("IMAP4rev1 UIDPLUS", 0), ("IMAP4rev1", 1)],
)
async def test_what_is_kept_is_moved_by_whichever_way_the_server_has(
    house: House, capabilities: str, left: int
) -> None:
    house.box.capabilities = capabilities
    house.box.lay(mail("first"))
    await house.fetching(done="Done").look()
    assert [it.raw for it in house.box.folders["Done"]] == [mail("first")]
    assert len(house.box.inbox) == 1 + left
    # What cannot be moved without touching other people's marks stays, and is not read again.
    await house.fetching(done="Done").look()
    assert house.desk.asked == 1


@pytest.mark.parametrize("makes", [True, False])
async def test_a_folder_that_is_not_there_is_made_and_holds_up_nothing_if_it_cannot_be(
    house: House, makes: bool
) -> None:
    house.box.makes_folders = makes
    for text in ("first", "second"):
        house.box.lay(mail(text))
    await house.fetching(done="Done with").look()
    await house.fetching(done="Done with").look()
    assert house.desk.texts == ["first", "second"]
    assert house.desk.asked == 2
    there = house.box.folders["Done with"] if makes else house.box.inbox[1:]
    assert [it.flags for it in there] == [{r"\Seen"}, {r"\Seen"}]


@pytest.mark.parametrize(
    "command", ["LOGIN", "SELECT", "UID SEARCH", "UID FETCH", "UID STORE", "UID MOVE"]
)
async def test_wherever_the_connection_breaks_nothing_is_lost_and_nothing_comes_twice(
    house: House, command: str
) -> None:
    for text in ("first", "second"):
        house.box.lay(mail(text))
    fetching = house.fetching(done="Done")
    house.box.breaks[command] = 1
    with pytest.raises(ImapFailed):
        await fetching.look()
    await fetching.look()
    assert house.desk.texts == ["first", "second"]
    assert [it.raw for it in house.box.folders["Done"]] == [mail("first"), mail("second")]
    assert all(it.flags == {r"\Seen"} for it in house.box.folders["Done"])


async def test_nothing_is_marked_before_it_is_kept(house: House) -> None:
    house.box.lay(mail("first"))
    house.desk.answers["first"] = [RetryLater()]
    with pytest.raises(RetryLater):
        await house.fetching().look()
    assert "UID STORE" not in house.box.commands
    await house.fetching().look()
    assert house.desk.texts == ["first"]


async def test_a_mail_that_has_to_wait_holds_up_no_other(house: House) -> None:
    house.desk.answers = {"first": [TooMany(), ZeroDivisionError()]}
    for text in ("first", "second"):
        house.box.lay(mail(text))
    fetching = house.fetching()
    await fetching.look()
    assert house.desk.texts == ["second"]
    await fetching.look()
    # A fault of ours is no reason to give a mail up.
    assert house.desk.texts == ["second"]
    await fetching.look()
    assert house.desk.texts == ["second", "first"]
    await fetching.look()
    assert house.desk.asked == 4


async def test_what_has_to_wait_is_not_fetched_all_the_time(house: House) -> None:
    house.desk.answers = {"first": [TooMany(), TooMany(), TooMany()]}
    house.box.lay(mail("first"))
    fetching = house.fetching(again=300)
    for _ in range(3):
        await fetching.look()
    assert house.desk.asked == 1


@pytest.mark.parametrize("kind", ["refused", "too large"])
async def test_what_is_not_taken_is_left_for_somebody_to_look_at(house: House, kind: str) -> None:
    text = "x" * (20_000 if kind == "too large" else 2)
    house.desk.answers = {text: [Refused("550 no")]}
    house.box.lay(mail(text))
    await house.fetching(done="Done").look()
    await house.fetching(done="Done").look()
    assert house.box.inbox[-1].flags == {r"\Flagged"}
    assert not house.box.folders["Done"]
    assert not house.desk.kept
    assert house.desk.asked == (kind == "refused")


async def test_what_somebody_takes_away_meanwhile_is_passed_over(house: House) -> None:
    house.desk.answers = {"first": [TooMany()]}
    house.box.lay(mail("first"))
    fetching = house.fetching()
    await fetching.look()
    house.box.inbox.pop()
    house.box.lay(mail("second"))
    await fetching.look()
    assert house.desk.texts == ["second"]


async def test_a_server_that_counts_anew_brings_nothing_twice_and_hides_nothing(
    house: House,
) -> None:
    house.box.lay(mail("first"))
    await house.fetching().look()
    house.box.inbox.pop(0)
    house.box.count_anew()
    house.box.lay(mail("second"))
    await house.fetching().look()
    assert house.desk.texts == ["first", "second"]
    house.box.lay(mail("third"))
    await house.fetching().look()
    assert house.desk.texts == ["first", "second", "third"]


async def test_a_server_that_does_not_tell_what_comes_next_is_asked(
    mongo_database: Database,
) -> None:
    async with Mailbox(tells_next=False) as box:
        house = House(mongo_database, box)
        box.lay(mail("of long ago"))
        await house.fetching().look()
        box.lay(mail("first"))
        await house.fetching().look()
        assert house.desk.texts == ["first"]


async def test_one_instance_reads(house: House) -> None:
    held = await Leases(house.database, house.clock, "two", 60).acquire("mailbox")
    assert held is not None
    house.box.lay(mail("first"))
    house.box.commands.clear()
    await house.fetching().look()
    assert house.box.commands == []
    await Leases(house.database, house.clock, "two", 60).release(held)
    await house.fetching().look()
    assert house.desk.texts == ["first"]


# ---- the connection ------------------------------------------------------------------------------


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_it_is_read_by_tls_from_a_server_that_is_trusted(
    mongo_database: Database, security: str
) -> None:
    authority = trustme.CA()
    tls, trusted = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH), ssl.create_default_context()
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    authority.configure_trust(trusted)
    async with Mailbox(tls=tls, implicit_tls=security == "tls") as box:
        house = House(mongo_database, box)
        provider = house.provider(security=security)
        box.lay(mail("first"))
        opened = await connect(provider, trusted)
        assert (await opened.behind(0), opened.last) == ([1], 1)
        await opened.leave()
        box.commands.clear()
        with pytest.raises(ImapFailed):
            await connect(provider)
        # The password was not told to somebody who may be anybody.
        assert "LOGIN" not in box.commands


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"password": "wrong"}, "SignInRefused"),
        ({"folder": "Nowhere"}, "ImapRefused"),
        ({"port": 1}, "ConnectionRefusedError"),
        ({"security": "tls"}, "SSLError"),
        ({"breaks": "LOGIN"}, "abort"),
    ],
)
async def test_what_is_wrong_is_told_as_one_fault_with_its_reason_until_it_is_mended(
    house: House, wrong: dict[str, Any], reason: str
) -> None:
    if "breaks" in wrong:
        house.box.breaks["LOGIN"] = 1
    else:
        house.different = wrong
    fetching = house.fetching()
    assert fetching.trouble() is None
    async with beside(fetching.run()):
        assert await eventually(lambda: _now(fetching.trouble()), bool) == reason
        house.different = {}
        await eventually(lambda: _now(fetching.trouble()), lambda trouble: trouble is None)


async def _now(it: Any) -> Any:
    return it


# ---- envelopes and settings ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "sender", "recipients"),
    [
        ({}, "jane@example.com", (SUPPORT,)),
        ({"Return-Path": "<bounce@x.example>"}, "bounce@x.example", (SUPPORT,)),
        # Who sends a mail that wants no answer leaves it empty.
        ({"Return-Path": "<>"}, "", (SUPPORT,)),
        (
            {"Delivered-To": "desk+abc@firm.example", "Cc": "Bob <bob@x.example>, " + SUPPORT},
            "jane@example.com",
            ("desk+abc@firm.example", SUPPORT, "bob@x.example"),
        ),
        ({"To": "undisclosed-recipients:;"}, "jane@example.com", ()),
    ],
)
def test_the_envelope_is_what_headers_tell(
    headers: dict[str, str], sender: str, recipients: tuple[str, ...]
) -> None:
    envelope = envelope_of(mail("first", **headers))
    assert (envelope.sender, envelope.recipients) == (sender, recipients)


async def test_a_mail_that_names_nobody_of_the_desk_is_for_the_mailbox(house: House) -> None:
    house.box.lay(mail("first", To="undisclosed-recipients:;"))
    house.box.lay(mail("second", To="list@x.example, other@firm.example"))
    await house.fetching().look()
    assert [it.recipients for it in house.desk.kept] == [(SUPPORT,), ("other@firm.example",)]


def test_settings_that_belong_together_are_asked_for_together(
    settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "password"
    file.write_text("päss\n", "utf-8")

    def chosen(**fields: Any) -> NotifySettings:
        return NotifySettings(**(settings.model_dump() | fields))

    assert chosen().mailbox is None
    box = {"imap": "imap.firm.example:993", "imap_user": SUPPORT}
    assert chosen(**box, imap_password="x").mailbox == Provider(
        "imap.firm.example", 993, "tls", SUPPORT, "x", "INBOX"
    )
    from_file = chosen(**box, imap_password_file=str(file))
    assert from_file.mailbox is not None
    assert from_file.mailbox.password == "päss"
    assert from_file.imap_address == SUPPORT
    for wrong in (
        {"imap": "imap.firm.example:993"},
        {"imap_user": SUPPORT},
        box,
        box | {"imap_password": SecretStr("x"), "imap_password_file": str(file)},
        box | {"imap_password_file": str(file) + "x"},
        box | {"imap_password": "x", "imap_user": "support"},
        box | {"imap_password": "x", "imap": "imap.firm.example"},
    ):
        with pytest.raises(ValidationError):
            chosen(**wrong)
