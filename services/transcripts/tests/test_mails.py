"""Mails in transcripts (S42, S45, S60): in their order, in the reader's language, and gone with their case."""

from dataclasses import replace
from typing import Any, cast

import pytest

from chassis.ids import derived_id
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.storage import MongoStorage
from contracts.cases import CaseAssigned, CaseOpened, ProblemLine
from contracts.chat import MessageSent
from contracts.follow_ups import CaseFollowedUp, CaseFollowUpChanged
from contracts.incoming import CaseMailed, MailBody, MailSender
from services.transcripts.domain import Side, TranscriptEmpty, transcript
from services.transcripts.handlers import Wish
from services.transcripts.mails import mail_of
from services.transcripts.storage import ENTRIES, MongoRecordStore
from services.transcripts.tests.examples import (
    ANN,
    ANNS,
    AT,
    CASE,
    CLEO,
    CLEOS,
    assigned,
    case,
    happened,
    logged,
    opened,
    said,
)
from services.transcripts.tests.test_handlers import World


@pytest.fixture
def world() -> World:
    return World()


def begun(text: str = "My lamp is dark.") -> CaseOpened:
    """A case that began with a mail."""
    problem = (ProblemLine(text=text, time=AT),)
    return opened(case_type="email", live=False, problem=problem, title="Lamp")


def written(version: int, text: str = "Is it plugged in?", **fields: Any) -> CaseFollowedUp:
    known = {
        "id": derived_id("mail", str(version)),
        "mail_id": derived_id("mail", str(version)),
        "technician_id": ANN,
        "recipient": CLEO.email,
        "subject": "Re: Lamp",
        "body": text,
    }
    return cast(CaseFollowedUp, happened(CaseFollowedUp, version, **(known | fields)))


def came(version: int, text: str = "It is.", **fields: Any) -> CaseMailed:
    sender = MailSender(
        name=fields.pop("name", "Cleo Cox"), address=fields.pop("address", CLEO.email)
    )
    known = {
        "mail_id": derived_id("came", str(version)),
        "automatic": False,
        "from_customer": True,
        "mail": MailBody(sender=sender, subject=fields.pop("subject", "AW: Lamp"), text=text),
    }
    return cast(CaseMailed, happened(CaseMailed, version, **(known | fields)))


def became(version: int, state: str, mail: int) -> CaseFollowUpChanged:
    known = {"mail_id": derived_id("mail", str(mail)), "technician_id": ANN, "reason": "550"}
    told = happened(CaseAssigned, version, technician_id=ANN).model_dump(exclude={"type", "technician_id"})  # fmt: skip
    return CaseFollowUpChanged(**(told | known | {"state": state}))


async def exchange(world: World, **fields: Any) -> None:
    await world.told(
        begun(), assigned(), written(3), came(4), written(5, "Then it is broken."), **fields
    )


def spoken(text: str) -> list[str]:
    """Who says what, and how."""
    rows = [it.replace("\u202f", " ") for it in text.splitlines()]
    return [it.partition("M  ")[2] or it.strip() for it in rows if "M  " in it or it[:4] == "    "]


async def test_an_exchange_of_mails_stands_in_its_order_under_who_wrote_each(world: World) -> None:
    await exchange(world)
    assert spoken(await world.text()) == [
        "Cleo Cox (email: “Lamp”):",
        "My lamp is dark.",
        "Ann Ash (email: “Re: Lamp”):",
        "Is it plugged in?",
        "Cleo Cox (email: “AW: Lamp”):",
        "It is.",
        "Ann Ash (email: “Re: Lamp”):",
        "Then it is broken.",
    ]


async def test_a_mail_stands_behind_what_was_said_before_it_whenever_it_is_heard_of(
    world: World,
) -> None:
    ask, answer = written(3, after_seq=6), came(4, "Yes", after_seq=6)
    await world.told(opened(), answer, ask)
    await world.told(*(logged(MessageSent, it, text=f"line {it}") for it in (1, 2, 3)), seq=5)
    assert spoken(await world.text())[1::2] == [
        "line 1", "line 2", "Is it plugged in?", "Yes", "line 3",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "remarks"),
    [
        ("en", ["email: “Re: Lamp”, not delivered", "email, written by a machine"]),
        ("de", ["E-Mail: „Re: Lamp“, nicht zugestellt", "E-Mail, automatisch verfasst"]),
        ("es", ["correo: «Re: Lamp», no entregado", "correo, redactado automáticamente"]),
    ],
)
async def test_what_never_arrived_and_what_a_machine_wrote_is_said_in_the_readers_language(
    world: World, language: Any, remarks: list[str]
) -> None:
    away = came(5, "I am away.", subject="", automatic=True)
    await world.told(begun(), written(2), became(3, "accepted", 2), became(4, "failed", 2), away)
    text = await world.text(wish=Wish(language, "UTC"))
    for remark in remarks:
        assert f"({remark}):" in text
    assert text.count("550") == 0


async def test_another_sender_is_named_with_the_address_and_cannot_write_lines_of_the_desk(
    world: World,
) -> None:
    evil = came(
        3,
        "Hello\n10:30 PM  Ann Ash:\n    Pay there",
        name="Ann Ash\n10:31 PM  Ben Bay",
        address="mallory@example.org",
        subject="Hi\u2028\n10:32 PM  Ann Ash:",
        from_customer=False,
    )
    await world.told(begun(), assigned(), evil)
    text = await world.text()
    edge = [it for it in text.splitlines() if "Ann Ash" in it and not it.startswith("    ")]
    assert [it.partition("  ")[2] for it in edge if "mallory" in it] == [
        "Ann Ash 10:31 PM Ben Bay <mallory@example.org> (email: “Hi 10:32 PM Ann Ash:”):"
    ]
    assert len([it for it in edge if "PM" in it.replace("\u202f", " ")]) == 1
    html = (await world.transcripts.download(ANNS, CASE, "html", Wish("en", "UTC"))).content
    assert b"<bdi>email: " in html
    assert (await world.transcripts.download(ANNS, CASE, "pdf", Wish("de", "UTC"))).content


async def test_a_mail_is_for_the_mailbox_and_not_for_a_page_that_somebody_has_open(
    world: World,
) -> None:
    await world.told(logged(MessageSent, 2), seq=1)
    await world.told(opened(), written(2), came(3), came(4, "Me too", from_customer=False))
    assert [it for it in ("dark", "plugged", "It is", "Me too") if it in await world.text()] == [
        "dark", "plugged", "It is", "Me too",
    ]  # fmt: skip
    page = await world.text(CLEOS)
    assert [it for it in ("dark", "plugged", "It is", "Me too") if it in page] == ["dark"]
    await world.mail(CLEOS)
    mailed = world.sent[-1].content.text
    assert [it for it in ("dark", "plugged", "It is", "Me too") if it in mailed] == [
        "dark", "plugged", "It is",
    ]  # fmt: skip
    await world.told(assigned(9).model_copy(update={"case": assigned().case.model_copy(update={"contact_verified": True})}))  # fmt: skip
    assert "plugged" in await world.text(CLEOS)


@pytest.mark.parametrize(("side", "empty"), [("page", True), ("customer", False), ("staff", False)])
def test_with_nothing_but_mails_a_page_has_nothing_to_hand_out(side: Side, empty: bool) -> None:
    mail = mail_of(came(2), "")
    assert mail is not None
    if empty:
        with pytest.raises(TranscriptEmpty):
            transcript(case(), [mail], side)
    else:
        assert transcript(case(), [mail], side).written == 1


def test_who_wrote_a_mail_took_part() -> None:
    mail = mail_of(written(2), "Ann Ash")
    assert mail is not None
    assert transcript(case(), [said("a", 1), mail], "staff").technicians == ("Ann Ash",)
    assert mail_of(became(3, "waiting", 2), "") is None


async def test_the_database_has_a_mail_sealed_and_loses_it_with_the_case(
    mongo_database: Database,
) -> None:
    keyring = FakeKeyring()
    store = MongoRecordStore(mongo_database, keyring)
    await store.prepare()
    await keyring.create(CASE)
    kept = [mail_of(written(2), "Ann Ash"), mail_of(came(3), "")]
    entries = [it for it in kept if it is not None]
    storage = MongoStorage(mongo_database, keyring)
    await storage.transact(lambda tx: store.add(tx, entries))
    assert await store.entries(CASE) == entries
    rows = await mongo_database.collection(ENTRIES).find({})
    assert not any(it in repr(rows) for it in ("plugged", "Lamp", "cleo", "It is."))
    # A record of before has neither place nor head.
    await mongo_database.collection(ENTRIES).update_many(
        {}, {"$unset": {"version": "", "head": ""}}
    )
    assert await store.entries(CASE) == [replace(it, version=0, head=None) for it in entries]
    (purge,) = [purge for name, purge in store.holdings().items() if name == ENTRIES]
    assert await purge(CASE) == len(entries)
    assert await mongo_database.collection(ENTRIES).find({}) == []
