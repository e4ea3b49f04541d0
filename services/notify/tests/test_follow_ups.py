"""Mails that technicians write: one for each, in the frame of a letter, and what did not arrive is told its author."""

from datetime import timedelta
from typing import Any

import pytest

from chassis.errors import RetryLater
from chassis.ids import derived_id, new_id
from chassis.links import CaseRef
from contracts.follow_ups import CaseFollowedUp, CaseFollowUpChanged, FollowUpChanged
from services.notify.follow_ups import follow_up
from services.notify.letters import Facts
from services.notify.received_store import Received
from services.notify.tests.examples import (
    ANN,
    AT,
    BEN,
    CASE,
    COMPANY,
    TENANT,
    _by,
    _case_fields,
    technician,
)
from services.notify.tests.house import LINKS, House
from services.notify.tests.office import Office
from tests.support.mail import MailServer

HOUR = timedelta(hours=1)
FACTS = Facts("Demo <Ltd>", "https://desk.example/c#token")


def written(locale: str = "en", **different: Any) -> CaseFollowedUp:
    said = {
        "mail_id": derived_id("mail"),
        "technician_id": ANN,
        "recipient": "cleo@example.com",
        "subject": "Re: My lamp [#1001]",
        "body": "It shines again.\n\nNow <b>really</b>.",
    }
    fields = _case_fields(4, live=False, case_type="request", locale=locale)
    return _by(CaseFollowedUp(**fields, **(said | different)), ANN)


def came_back(state: str = "failed", **different: Any) -> CaseFollowUpChanged:
    said = {"mail_id": derived_id("mail"), "technician_id": ANN, "state": state, "reason": "550"}
    return CaseFollowUpChanged(**_case_fields(6, live=False, **different), **said)


async def test_a_mail_enters_the_ledger_once_under_its_own_id(house: House) -> None:
    event = written()
    await house.hears(event, event)
    (line,) = await house.ledger.of_case(CASE)
    assert (line.id, line.kind, line.recipient) == (event.mail_id, "follow_up", "cleo@example.com")
    told = [it for it in house.storage.emitted if isinstance(it, FollowUpChanged)]
    assert [(it.mail_id, it.state) for it in told] == [(event.mail_id, "requested")]


async def test_the_mail_has_its_authors_name_and_a_way_to_its_case(house: House) -> None:
    house.people.people = [technician(ANN, name="Ann")]
    await house.hears(written())
    (line,) = await house.ledger.of_case(CASE)
    content = await house.ledger.content(line)
    assert content.subject == "Re: My lamp [#1001]"
    assert "\n\nAnn\nDemo Ltd\n\n" in content.text
    assert LINKS.to_case(CaseRef(TENANT, CASE)) in content.text


async def test_a_mail_waits_until_people_are_known(house: House) -> None:
    house.people.loaded = False
    with pytest.raises(RetryLater):
        await house.hears(written(), once="message")
    house.people.loaded = True
    await house.hears(written(), once="message")
    assert len(await house.ledger.of_case(CASE)) == 1


@pytest.mark.parametrize(
    ("locale", "greeting", "about"),
    [
        ("en-GB", "Hello Cleo Cox,", "It is about your request 1001"),
        ("es", "Hola, Cleo Cox:", "Trata de su solicitud 1001"),
        ("de-AT", "Guten Tag Cleo Cox,", "Es geht um Ihre Anfrage 1001"),
        ("fr", "Hello Cleo Cox,", "It is about your request 1001"),
    ],
)
def test_the_frame_is_in_the_customers_language_and_the_words_are_as_typed(
    locale: str, greeting: str, about: str
) -> None:
    event = written(locale)
    content = follow_up(event, "Ann", FACTS, answerable=False).content
    assert content.text.startswith(f"{greeting}\n\n{event.body}\n\nAnn\n")
    assert about in content.text
    assert f'<a href="{FACTS.link}"' in content.html
    assert "Now &lt;b&gt;really&lt;/b&gt;." in content.html
    assert "Demo &lt;Ltd&gt;" in content.html
    assert "<b>" not in content.html


def test_that_it_can_be_answered_is_said_only_where_answers_arrive() -> None:
    for answerable in (True, False):
        content = follow_up(written(), "Ann", FACTS, answerable=answerable).content
        assert ("answer this email" in content.text) is answerable
        assert ("answer this email" in content.html) is answerable


async def test_what_a_person_wrote_says_of_itself_that_it_may_be_answered(
    server: MailServer,
) -> None:
    office = Office(server, mail_intake="desk@deskbus.example")
    wanted = follow_up(written(), "Ann", FACTS, answerable=True)
    await office.storage.transact(lambda tx: office.ledger.request(tx, wanted))
    await office.request()
    await office.deliver()
    by_hand, automatic = sorted(
        (it.message for it in server.taken), key=lambda it: "Auto-Submitted" in it
    )
    assert "Auto-Submitted" not in by_hand
    assert "X-Auto-Response-Suppress" not in by_hand
    assert automatic["Auto-Submitted"] == "auto-generated"
    assert office.threads.case_at(str(by_hand["Reply-To"])) == CASE


async def test_a_mail_answers_what_the_customer_wrote_by_mail(server: MailServer) -> None:
    """And nothing that somebody else has written into the case."""
    office = Office(server)
    theirs: dict[str, dict[str, Any]] = {
        "<one@example.com>": {},
        "<boss@example.com>": {"address": "boss@example.com"},
        "<later@example.com>": {"received_at": AT + HOUR},
    }
    for message_id, different in theirs.items():
        kept = received(message_id, **different)
        await office.storage.transact(lambda tx, it=kept: office.received.add(tx, it, b""))  # type: ignore[misc]
    wanted = follow_up(written(), "Ann", FACTS, answerable=True)
    await office.storage.transact(lambda tx: office.ledger.request(tx, wanted))
    await office.deliver()
    (taken,) = server.taken
    assert taken.message["In-Reply-To"] == taken.message["References"] == "<one@example.com>"


def received(message_id: str, **different: Any) -> Received:
    usual: dict[str, Any] = {
        "tenant": TENANT,
        "company_id": COMPANY,
        "case_id": CASE,
        "received_at": AT,
        "opens": False,
        "automatic": False,
        "answered": False,
        "sender_digest": "",
        "size": 1,
        "name": "Cleo Cox",
        "address": "Cleo@example.com",
        "subject": "Lamp",
        "attachments": (),
    }
    return Received(id=new_id(), message_id=message_id, **(usual | different))


# ---- one that did not arrive ---------------------------------------------------------------------


async def inbox(house: House, technician_id: str) -> list[str]:
    entries = await house.storage.transact(lambda tx: house.inbox.of_case(tx, CASE))
    return [it.kind for it in entries or [] if it.technician_id == technician_id]


async def test_who_wrote_a_mail_that_came_back_is_told_once(house: House) -> None:
    event = came_back(assignee_id=BEN)
    await house.hears(event, event)
    assert await inbox(house, ANN) == ["mail_bounced"]
    assert await inbox(house, BEN) == []


@pytest.mark.parametrize("state", ["waiting", "accepted", "unknown", "something_new"])
async def test_of_anything_else_nobody_is_told(house: House, state: str) -> None:
    await house.hears(came_back(state))
    assert await inbox(house, ANN) == []


async def test_who_has_no_access_any_more_is_not_told(house: House) -> None:
    house.people.people = [technician(ANN, companies=(new_id(),)), technician(BEN)]
    await house.hears(came_back())
    assert await inbox(house, ANN) == []
    assert COMPANY not in house.people.people[0].companies
