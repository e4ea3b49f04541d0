"""Nobody comes to a live chat although it rang: technicians are told by mail (X4)."""

from dataclasses import replace

import pytest

from chassis.errors import RetryLater
from chassis.tokens import Identity
from contracts.notify import AlertEscalated, StaffMailChanged
from services.notify.letters import LANGUAGES, Facts, escalation
from services.notify.sight import may_see
from services.notify.tests.examples import (
    ANN,
    AT,
    BEN,
    CASE,
    COMPANY,
    OTHER_COMPANY,
    TENANT,
    edited,
    ends,
    opened,
    request,
    technician,
)
from services.notify.tests.house import House

CARL = "018f0c1e-7b1a-7c3d-9a55-3f1d2b4c5ec7"


def mailed(house: House) -> list[tuple[str, str]]:
    changes = [it for it in house.storage.emitted if isinstance(it, StaffMailChanged)]
    return [(it.recipient, it.state) for it in changes]


async def rung_out(house: House, minutes: int = 4) -> None:
    await house.hears(opened())
    for _ in range(minutes):
        await house.after(60)


@pytest.fixture
def house() -> House:
    house = House(escalates=True)
    house.people.people = [
        technician(ANN, email="ann@example.com"),
        technician(BEN, email="ben@example.com", available=False),
        technician(CARL, email="carl@example.com", companies=(OTHER_COMPANY,)),
    ]
    return house


async def test_after_the_last_ring_those_who_could_come_are_mailed_once(house: House) -> None:
    await rung_out(house, 3)
    assert len(house.told) == 4
    assert mailed(house) == []
    await house.after(60)
    assert mailed(house) == [("ann@example.com", "requested")]
    assert house.timers.scheduled == {}
    await house.after(600)
    assert len(mailed(house)) == 1


async def test_where_nobody_is_available_everybody_with_access_is_mailed(house: House) -> None:
    house.people.people[0] = technician(ANN, email="ann@example.com", available=False)
    await rung_out(house)
    assert {it for it, _ in mailed(house)} == {"ann@example.com", "ben@example.com"}


async def test_the_decision_stands_in_the_ledger_with_its_reasons(house: House) -> None:
    await rung_out(house)
    (told,) = [it for it in house.storage.emitted if isinstance(it, AlertEscalated)]
    reasons = {it.technician_id: (it.told, it.reason) for it in told.considered}
    assert reasons == {
        ANN: (True, "available"),
        BEN: (False, "not_available"),
        CARL: (False, "no_access"),
    }
    ann = Identity("technician", ANN, TENANT, "", companies=(COMPANY,))
    decisions = await house.alerts.of_case(ann, CASE)
    assert [it.alert for it in decisions][-2:] == ["waiting_again", "escalated"]


async def test_whoever_has_no_address_is_not_said_to_be_told(house: House) -> None:
    house.people.people = [technician(ANN, email="")]
    await rung_out(house)
    (told,) = [it for it in house.storage.emitted if isinstance(it, AlertEscalated)]
    assert (told.told, mailed(house)) == ((), [])


@pytest.mark.parametrize("end", ends(), ids=lambda event: event.type)
async def test_nobody_is_mailed_once_somebody_came(house: House, end: object) -> None:
    await rung_out(house, 3)
    await house.hears(end)  # type: ignore[arg-type]
    await house.after(600)
    assert mailed(house) == []


async def test_a_case_that_is_muted_is_mailed_to_nobody(house: House) -> None:
    await rung_out(house, 3)
    await house.hears(edited(2, muted=True))
    await house.after(600)
    assert mailed(house) == []
    assert house.timers.scheduled == {}


async def test_a_request_escalates_to_nobody(house: House) -> None:
    await house.hears(request())
    await house.after(6_000)
    assert mailed(house) == []


async def test_before_everybody_is_known_nothing_is_decided(house: House) -> None:
    await rung_out(house, 3)
    house.people.loaded = False
    with pytest.raises(RetryLater):
        await house.after(60)


async def test_its_customer_never_sees_a_mail_to_technicians(house: House) -> None:
    await rung_out(house)
    (mail,) = [it for it in await house.ledger.of_case(CASE) if it.kind == "escalation"]
    customer = Identity("customer", "c", TENANT, "", conversation=CASE)
    ann = Identity("technician", ANN, TENANT, "", companies=(COMPANY,))
    assert (may_see(customer, mail), may_see(ann, mail)) == (False, True)
    assert may_see(customer, replace(mail, kind="survey"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mail_leads_to_the_case_and_says_nothing_of_its_customer(language: str) -> None:
    facts = Facts("Demo & Co", "https://desk.example/console/cases/1")
    content = escalation("Ann", 1001, facts, language)
    assert "1001" in content.subject
    assert facts.link in content.text
    assert "Demo &amp; Co" in content.html
    assert AT.isoformat() not in content.text
