"""Customers are asked by mail how it was: once a resolution, and not if they said so on the page."""

from datetime import timedelta
from typing import Any

import pytest

from chassis.errors import RetryLater
from chassis.links import CaseRef
from services.notify.domain import survey_id
from services.notify.tests.examples import (
    AT,
    CASE,
    TENANT,
    contact_changed,
    portal,
    rated,
    resolved,
    taken_back,
    undone,
)
from services.notify.tests.house import LINKS, SURVEY_WAIT, House

ASKED = ("survey", "cleo@example.com", "requested")


async def test_who_does_not_answer_on_the_page_is_asked_by_mail(house: House) -> None:
    await house.hears(resolved(locale="de"))
    await house.after(SURVEY_WAIT - 1)
    assert house.mailed == []
    await house.after(1)
    assert house.mailed == [ASKED]
    (line,) = await house.ledger.of_case(CASE)
    assert line.id == survey_id(CASE, AT)
    content = await house.ledger.content(line)
    assert "Wie zufrieden sind Sie" in content.subject
    assert LINKS.to_case(CaseRef(TENANT, CASE)) in content.text


@pytest.mark.parametrize("end", [rated(), taken_back()], ids=lambda event: event.type)
async def test_who_has_answered_or_come_back_is_not_asked(house: House, end: Any) -> None:
    await house.hears(resolved(), end)
    assert house.timers.scheduled == {}
    await house.after(SURVEY_WAIT * 2)
    assert house.mailed == []


async def test_a_timer_that_outlived_its_reason_asks_nobody(house: House) -> None:
    await house.hears(resolved())
    kept = dict(house.timers.scheduled)
    await house.hears(rated())
    house.timers.scheduled |= kept
    await house.after(SURVEY_WAIT)
    assert house.mailed == []


async def test_a_timer_that_fires_twice_asks_once(house: House) -> None:
    await house.hears(resolved())
    kept = dict(house.timers.scheduled)
    await house.after(SURVEY_WAIT)
    house.timers.scheduled |= kept
    await house.after(0)
    assert house.mailed == [ASKED]


async def test_a_replay_asks_nobody_again_even_without_an_inbox(house: House) -> None:
    life = [resolved(), rated(), taken_back(5), resolved(6), rated(7, resolution=6)]
    await house.hears(*life)
    for event in life:
        await house.hears(event)
        # However slowly the replay is read.
        await house.after(SURVEY_WAIT)
    assert house.mailed == []


async def test_a_replay_of_the_resolution_alone_sends_no_second_mail(house: House) -> None:
    await house.hears(resolved())
    await house.after(SURVEY_WAIT)
    await house.hears(resolved(), contact_changed(4, **_still_resolved()))
    await house.after(SURVEY_WAIT)
    assert house.mailed == [ASKED]


async def test_every_resolution_is_asked_about_anew(house: House) -> None:
    await house.hears(resolved())
    await house.after(SURVEY_WAIT)
    later = AT + timedelta(hours=1)
    await house.hears(taken_back(), resolved(5, resolved_at=later))
    await house.after(SURVEY_WAIT)
    assert house.mailed == [ASKED, ASKED]
    assert [line.id for line in await house.ledger.of_case(CASE)] == [
        survey_id(CASE, AT),
        survey_id(CASE, later),
    ]


async def test_nobody_is_asked_about_a_resolution_that_was_taken_back(house: House) -> None:
    await house.hears(resolved(), undone(3, live=False, state="assigned"))
    await house.after(SURVEY_WAIT * 2)
    assert house.mailed == []


@pytest.mark.parametrize("waited", [0, SURVEY_WAIT])
async def test_a_resolution_whose_reopening_was_taken_back_is_asked_about_once(
    house: House, waited: int
) -> None:
    await house.hears(resolved())
    await house.after(waited)
    again: dict[str, Any] = {
        "live": False,
        "state": "resolved",
        "state_version": 5,
        "resolved_at": AT,
    }
    await house.hears(taken_back(), undone(4, **again))
    await house.after(SURVEY_WAIT)
    assert house.mailed == [ASKED]


@pytest.mark.parametrize("portals", [[portal(survey=False)], []])
async def test_without_a_survey_nobody_is_asked(house: House, portals: Any) -> None:
    house.people.portals = portals
    await house.hears(resolved())
    house.people.portals = [portal()]
    # It is turned on later: what was resolved before is not dug out by a replay.
    await house.hears(resolved())
    await house.after(SURVEY_WAIT)
    assert house.mailed == []


async def test_nothing_is_planned_before_the_portal_is_known(house: House) -> None:
    house.people.loaded = False
    with pytest.raises(RetryLater):
        await house.hears(resolved(), once="message")
    house.people.loaded = True
    await house.hears(resolved(), once="message")
    await house.after(SURVEY_WAIT)
    assert house.mailed == [ASKED]


async def test_who_cannot_be_asked_for_want_of_an_address_is_asked_once_it_is_known(
    house: House,
) -> None:
    await house.hears(resolved(email=""))
    await house.after(SURVEY_WAIT)
    assert house.mailed == [("survey", "", "failed")]
    (line,) = await house.ledger.of_case(CASE)
    assert line.reason == "no_address"
    await house.hears(contact_changed(4, **_still_resolved()))
    await house.after(SURVEY_WAIT)
    assert house.mailed[1:] == [ASKED]


async def test_the_wait_counts_from_when_it_is_heard_of(house: House) -> None:
    """Behind an outage the answer may be the next thing that is read."""
    house.clock.advance(SURVEY_WAIT * 10)
    await house.hears(resolved())
    ((due, _, _),) = house.timers.scheduled.values()
    assert due == AT + timedelta(seconds=SURVEY_WAIT * 11)


async def test_the_timer_of_an_alert_is_another_one(house: House) -> None:
    await house.hears(resolved())
    assert CASE not in house.timers.scheduled


def _still_resolved() -> dict[str, Any]:
    return {
        "case_type": "live_chat",
        "state": "resolved",
        "state_version": 3,
        "resolved_at": AT,
    }
