"""A promise falls due, or was not kept (X10): who is told, who is mailed, and what the ledger says of it (N3)."""

from datetime import timedelta
from typing import Any

import pytest

from chassis.errors import RetryLater
from chassis.ids import new_id
from contracts.cases import CaseChanged, SlaClock
from contracts.notify import SlaAlerted, StaffMailChanged
from services.notify.inbox import Entry
from services.notify.inbox_store import ENTRIES
from services.notify.letters import LANGUAGES, Facts, service_level
from services.notify.schemas import alerts_view
from services.notify.tests.examples import (
    ANN,
    ANNS,
    AT,
    BEN,
    CASE,
    CAT,
    DAN,
    OTHER_COMPANY,
    due_soon,
    ends,
    given,
    handed_on,
    overdue,
    technician,
)
from services.notify.tests.house import House
from services.notify.tests.test_inbox import BENS, kinds

ADA = "018f0c1e-7b1a-7c3d-9a55-3f1d2b4c5ec8"


@pytest.fixture
def house() -> House:
    """Ann is there; Ben is not, and neither is Ada, an administrator; Cat has no access, Dan is gone."""
    house = House(escalates=True)
    house.people.people = [
        technician(ANN, email="ann@example.com"),
        technician(BEN, email="ben@example.com", available=False),
        technician(CAT, email="cat@example.com", companies=(OTHER_COMPANY,)),
        technician(DAN, email="dan@example.com", active=False),
        technician(ADA, email="ada@example.com", available=False, role="administrator"),
    ]
    return house


def decided(house: House) -> list[SlaAlerted]:
    return [it for it in house.storage.emitted if isinstance(it, SlaAlerted)]


def mailed(house: House) -> list[str]:
    changes = [it for it in house.storage.emitted if isinstance(it, StaffMailChanged)]
    return [it.recipient for it in changes if it.kind == "service_level"]


def lines(house: House) -> set[tuple[str, str]]:
    entries: dict[str, Entry] = house.storage.table(ENTRIES)
    return {(it.technician_id, it.kind) for it in entries.values() if not it.gone}


def marked(event: CaseChanged, **different: Any) -> Any:
    return event.model_copy(update={"case": event.case.model_copy(update=different)})


# ---- a case that nobody has ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "kind"),
    [(due_soon(None), "sla_warned_unclaimed"), (overdue(None), "sla_breached_unclaimed")],
)
async def test_of_a_case_that_nobody_has_those_are_told_who_may_take_it(
    house: House, event: CaseChanged, kind: str
) -> None:
    await house.hears(event)
    assert lines(house) == {(ANN, kind), (ADA, kind)}
    # Ada is an administrator and away: it waits for her, and nobody disturbs her.
    assert mailed(house) == ["ann@example.com"]


async def test_where_nobody_is_available_administrators_are_mailed(house: House) -> None:
    house.people.people[0] = technician(ANN, email="ann@example.com", available=False)
    await house.hears(overdue(None))
    assert lines(house) == {(ADA, "sla_breached_unclaimed")}
    assert mailed(house) == ["ada@example.com"]


async def test_the_decision_says_of_everybody_why_they_were_told_or_not(house: House) -> None:
    await house.hears(overdue(None))
    (alert,) = alerts_view(await house.alerts.of_case(ANNS, CASE), house.people).alerts
    assert (alert.alert, alert.promise, alert.because) == ("sla_breached", "next_response", "")
    assert {it.id: (it.told, it.mailed, it.reason) for it in alert.considered} == {
        ANN: (True, True, "available"),
        BEN: (False, False, "not_available"),
        CAT: (False, False, "no_access"),
        DAN: (False, False, "not_active"),
        ADA: (True, False, "not_available"),
    }


async def test_a_repetition_tells_and_mails_nobody_again(house: House) -> None:
    event = overdue(None)
    await house.hears(event, event)
    assert (len(decided(house)), mailed(house)) == (1, ["ann@example.com"])
    # Another promise of the same case is another alert.
    await house.hears(overdue(None, version=9))
    assert len(decided(house)) == 2


@pytest.mark.parametrize("end", [given(ANN), handed_on(ANN), ends()[1]], ids=lambda it: it.type)
async def test_once_somebody_has_it_that_nobody_had_it_is_no_news(
    house: House, end: CaseChanged
) -> None:
    event = overdue(None)
    await house.hears(event, end)
    unclaimed = {kind for _, kind in lines(house) if kind.endswith("unclaimed")}
    assert unclaimed == set()
    await house.hears(event)
    assert {kind for _, kind in lines(house) if kind.endswith("unclaimed")} == set()


async def test_back_in_the_queue_it_is_news_still(house: House) -> None:
    await house.hears(overdue(None))
    before = lines(house)
    queued = marked(handed_on(ANN), state="unassigned", assignee_id=None)
    await house.hears(queued.model_copy(update={"technician_id": None}))
    assert before <= lines(house)


# ---- a case that somebody has --------------------------------------------------------------------


async def test_who_has_the_case_is_mailed_at_the_breach_and_not_before(house: House) -> None:
    await house.hears(due_soon(ANN))
    assert (await kinds(house), mailed(house)) == (["sla_warned"], [])
    await house.hears(overdue(ANN))
    assert sorted(await kinds(house)) == ["sla_breached", "sla_warned"]
    assert mailed(house) == ["ann@example.com"]
    reasons = {it.technician_id: it.reason for it in decided(house)[-1].considered}
    assert reasons[ANN] == "assignee"
    assert reasons[BEN] == "not_assignee"


async def test_who_is_not_available_finds_it_in_the_inbox_and_is_not_mailed(house: House) -> None:
    await house.hears(overdue(BEN))
    assert (await kinds(house, BENS), mailed(house)) == (["sla_breached"], [])


async def test_where_whoever_has_it_is_gone_it_is_nobodys(house: House) -> None:
    await house.hears(overdue(DAN))
    assert lines(house) == {(ANN, "sla_breached_unclaimed"), (ADA, "sla_breached_unclaimed")}


# ---- nobody needs to know ------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["muted", "spam"])
@pytest.mark.parametrize("of", [None, ANN])
async def test_a_muted_case_tells_nobody_and_the_ledger_says_why(
    house: House, mark: str, of: str | None
) -> None:
    await house.hears(marked(overdue(of), **{mark: True}))
    assert (lines(house), mailed(house)) == (set(), [])
    (decision,) = await house.alerts.of_case(ANNS, CASE)
    assert (decision.because, decision.considered) == (mark, ())


async def test_what_was_done_at_last_needs_nobody(house: House) -> None:
    stopped = SlaClock(kind="next_response", breached_at=AT, met_at=AT)
    await house.hears(marked(overdue(None), sla_clocks=(stopped,)))
    running = SlaClock(kind="next_response", breached_at=AT, due_at=AT)
    assert decided(house) == []
    await house.hears(marked(overdue(None), sla_clocks=(running,)))
    assert len(decided(house)) == 1


async def test_what_an_inbox_would_have_forgotten_is_told_to_nobody(house: House) -> None:
    house.clock.advance(timedelta(days=61).total_seconds())
    await house.hears(overdue(None))
    assert decided(house) == []


async def test_before_everybody_is_known_nothing_is_decided(house: House) -> None:
    house.people.loaded = False
    with pytest.raises(RetryLater):
        await house.hears(overdue(None))


async def test_without_mails_the_inbox_is_told_all_the_same() -> None:
    house = House()
    house.people.people = [technician(ANN, email="ann@example.com")]
    await house.hears(overdue(None))
    assert (lines(house), mailed(house)) == ({(ANN, "sla_breached_unclaimed")}, [])


# ---- the mail ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("alert", ["sla_warned", "sla_breached"])
async def test_the_mail_leads_to_the_case_and_says_nothing_of_its_customer(
    house: House, alert: str, language: str
) -> None:
    await house.hears(overdue(None))
    told = decided(house)[0].model_copy(update={"alert": alert, "id": new_id()})
    facts = Facts("Demo & Co", "https://desk.example/console/cases/1")
    said = [service_level("Ann", told, facts, language, own=own) for own in (True, False)]
    for content in said:
        assert "1001" in content.subject
        assert facts.link in content.text
        assert "{" not in content.text
        assert "Cleo" not in content.text
    # Only at the breach is somebody mailed of a case of their own.
    assert (said[0].text != said[1].text) == (alert == "sla_breached")
