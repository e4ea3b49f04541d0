"""Who is written to, and that nobody is written to twice."""

import pytest

from chassis.errors import RetryLater
from chassis.links import CaseRef
from contracts.envelope import Actor, Message
from services.notify import domain
from services.notify.tests.examples import (
    ANN,
    CASE,
    TENANT,
    contact_changed,
    mail,
    opened,
    request,
    requested,
)
from services.notify.tests.house import LINKS, House


@pytest.mark.parametrize("event", [request(), requested(), contact_changed()], ids=lambda e: e.type)
async def test_a_request_is_acknowledged_by_mail(house: House, event: Message) -> None:
    await house.hears(event)
    assert house.mailed == [("acknowledgement", "cleo@example.com", "requested")]


async def test_a_request_is_acknowledged_once_whatever_is_read_again(house: House) -> None:
    for event in (requested(), request(), contact_changed(), requested()):
        await house.hears(event)
    assert len(house.mailed) == 1


@pytest.mark.parametrize(
    "event",
    [opened(), opened(state="pending", email="")],
    ids=["live chat", "pending"],
)
async def test_nobody_else_is_written_to(house: House, event: Message) -> None:
    await house.hears(event)
    assert house.mailed == []


async def test_an_acknowledgement_links_to_its_case(house: House) -> None:
    await house.hears(request())
    (line,) = await house.ledger.of_case(CASE)
    link = LINKS.to_case(CaseRef(TENANT, CASE))
    content = await house.ledger.content(line)
    assert link in content.text
    assert link in content.html


async def test_that_a_request_has_no_address_is_told_once(house: House) -> None:
    await house.hears(request(email=""), request(email=""))
    assert house.mailed == [("acknowledgement", "", "failed")]
    (line,) = await house.ledger.of_case(CASE)
    assert (line.reason, line.due) == ("no_address", None)


async def test_the_acknowledgement_is_sent_once_the_address_is_known(house: House) -> None:
    await house.hears(requested(email=""))
    house.clock.advance(60)
    await house.hears(contact_changed(), contact_changed(), requested(email=""))
    assert house.mailed == [
        ("acknowledgement", "", "failed"),
        ("acknowledgement", "cleo@example.com", "requested"),
    ]
    (line,) = await house.ledger.of_case(CASE)
    assert (line.state, line.due, line.requested_at) == ("requested", *[house.clock.now()] * 2)
    changes = house.storage.emitted[-2:]
    assert len({change.id for change in changes}) == 2


async def test_an_address_that_is_none_does_not_begin_a_mail_anew(house: House) -> None:
    await house.hears(request(email=""), contact_changed(email="nobody"))
    assert house.mailed == [("acknowledgement", "", "failed")]


async def test_a_mail_of_another_service_enters_the_ledger_once(house: House) -> None:
    command = mail()
    await house.hears(command)
    await house.hears(command.model_copy(update={"id": command.correlation_id}))
    assert house.mailed == [("transcript", "cleo@example.com", "requested")]
    (line,) = await house.ledger.of_case(CASE)
    assert (line.id, line.state, line.attempts) == (command.mail_id, "requested", 0)


async def test_who_asked_for_a_mail_is_kept(house: House) -> None:
    asked = Actor(kind="technician", id=ANN, via="transcripts")
    for actor in (asked, Actor(kind="customer", id=CASE, via="transcripts")):
        await house.hears(mail(actor=actor))
    await house.hears(request())
    lines = {(it.kind, it.asked_kind, it.asked_id) for it in await house.ledger.of_case(CASE)}
    assert lines == {
        ("transcript", "technician", ANN),
        ("transcript", "customer", None),
        ("acknowledgement", None, None),
    }


@pytest.mark.parametrize(
    "address",
    ["nobody", "cleo@example.com\nBcc: all@example.com", "a@b@c", "cleo@example.com,b@c.de"],
)
async def test_a_mail_to_no_address_has_failed_at_once(house: House, address: str) -> None:
    await house.hears(mail(recipient=address))
    assert house.mailed == [("transcript", address, "failed")]
    (line,) = await house.ledger.of_case(CASE)
    assert (line.reason, line.due) == ("invalid_address", None)


async def test_alerts_and_mails_of_a_case_share_one_stream_without_gaps(house: House) -> None:
    await house.hears(request())
    await house.hears(mail())
    assert [m.aggregate_version for m in house.storage.emitted] == [1, 2, 3]


async def test_an_acknowledgement_waits_until_the_company_is_known(house: House) -> None:
    house.people.loaded = False
    with pytest.raises(RetryLater):
        await house.hears(requested(state="assigned", assignee_id=ANN), once="message")
    house.people.loaded = True
    await house.hears(requested(state="assigned", assignee_id=ANN), once="message")
    content = await house.ledger.content((await house.ledger.of_case(CASE))[0])
    assert "Demo Ltd" in content.text
    assert domain.acknowledgement_id(CASE) == (await house.ledger.of_case(CASE))[0].id
