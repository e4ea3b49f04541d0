"""Who is told that somebody waits, and how often."""

from dataclasses import replace

import pytest

from chassis.errors import RetryLater
from chassis.ids import derived_id
from chassis.tokens import Identity
from contracts.envelope import Message
from services.notify.tests.examples import (
    ANN,
    ANNS,
    AT,
    BEN,
    CASE,
    OTHER_COMPANY,
    edited,
    ends,
    given,
    handed_on,
    opened,
    ready,
    reopened,
    request,
    requested,
    technician,
    undone,
)
from services.notify.tests.house import House


async def test_whoever_can_come_is_told_at_once(house: House) -> None:
    await house.hears(opened())
    assert house.told == [("waiting", (ANN,))]


async def test_an_unclaimed_chat_rings_again_after_its_time_and_at_most_so_often(
    house: House,
) -> None:
    await house.hears(opened())
    await house.after(59)
    assert len(house.told) == 1
    await house.after(1)
    assert house.told[1:] == [("waiting_again", (ANN,))]
    for _ in range(5):
        await house.after(60)
    assert [alert for alert, _ in house.told] == ["waiting", *["waiting_again"] * 3]
    versions = [message.aggregate_version for message in house.storage.emitted]
    assert versions == [1, 2, 3, 4]


async def test_ringing_again_can_be_turned_off() -> None:
    house = House(times=0)
    await house.hears(opened())
    assert house.timers.scheduled == {}


async def test_who_became_available_meanwhile_is_told_then(house: House) -> None:
    await house.hears(opened())
    house.people.people = [technician(ANN, available=False), technician(BEN)]
    await house.after(60)
    assert house.told[-1] == ("waiting_again", (BEN,))


@pytest.mark.parametrize("end", ends(), ids=lambda event: event.type)
async def test_nobody_is_told_again_once_the_wait_has_ended(house: House, end: Message) -> None:
    await house.hears(opened())
    await house.hears(end)
    assert house.timers.scheduled == {}
    await house.after(600)
    assert len(house.told) == 1


@pytest.mark.parametrize("mark", ["muted", "spam"])
async def test_a_case_that_is_muted_while_it_waits_rings_no_more_until_it_may_again(
    house: House, mark: str
) -> None:
    await house.hears(opened())
    await house.hears(edited(2, **{mark: True}))
    await house.after(60)
    assert [alert for alert, _ in house.told] == ["waiting"]
    await house.hears(edited(3, **{mark: False}))
    await house.after(60)
    assert [alert for alert, _ in house.told] == ["waiting", "waiting_again"]


async def test_a_case_that_nobody_waits_in_is_muted_without_a_trace(house: House) -> None:
    await house.hears(edited(2, muted=True))
    assert (house.told, house.timers.scheduled) == ([], {})


async def test_a_chat_whose_assignment_was_taken_back_waits_and_rings_again(house: House) -> None:
    await house.hears(opened())
    await house.hears(given(ANN, version=2))
    await house.hears(undone(2, by=ANN, state="unassigned", assignee_id=None))
    assert house.told == [("waiting", (ANN,))] * 2
    await house.after(60)
    assert house.told[2:] == [("waiting_again", (ANN,))]


async def test_nobody_is_told_of_a_chat_that_its_technician_has_after_all(house: House) -> None:
    await house.hears(handed_on(None, version=2, state="unassigned", assignee_id=None))
    assert len(house.told) == 1
    await house.hears(undone(2, state="assigned", assignee_id=BEN))
    assert house.timers.scheduled == {}


async def test_a_mark_that_was_taken_back_begins_no_wait(house: House) -> None:
    await house.hears(request())
    await house.hears(edited(2, muted=True), undone(2, muted=False))
    assert house.told == [("waiting", (ANN,))]


async def test_a_timer_that_fires_late_tells_nothing_of_an_ended_wait(house: House) -> None:
    await house.hears(opened())
    kept = dict(house.timers.scheduled)
    await house.hears(ends()[0])
    house.timers.scheduled.update(kept)
    await house.after(60)
    assert len(house.told) == 1


async def test_a_timer_that_fires_twice_tells_once(house: House) -> None:
    await house.hears(opened())
    kept = dict(house.timers.scheduled)
    await house.after(60)
    house.timers.scheduled |= kept
    await house.after(0)
    assert len(house.told) == 2


async def test_a_replay_tells_nobody_twice_even_without_an_inbox(house: House) -> None:
    event = opened()
    await house.hears(event)
    await house.hears(ends()[0])
    await house.hears(event)
    assert len(house.told) == 1
    assert house.timers.scheduled == {}


async def test_nothing_is_decided_before_everybody_is_known(house: House) -> None:
    house.people.loaded = False
    with pytest.raises(RetryLater):
        await house.hears(opened(), once="message")
    house.people.loaded = True
    await house.hears(opened(), once="message")
    assert house.told == [("waiting", (ANN,))]


async def test_the_alert_is_about_the_case_and_says_nothing_of_the_customer(house: House) -> None:
    await house.hears(opened())
    (alert,) = house.storage.emitted
    assert alert.key == CASE
    assert "cleo" not in alert.model_dump_json().lower()


# ---- requests and pending cases ------------------------------------------------------------------


async def test_a_request_rings_once_and_not_again(house: House) -> None:
    await house.hears(request())
    await house.after(600)
    assert house.told == [("waiting", (ANN,))]


async def test_a_pending_case_rings_when_it_is_ready_and_again(house: House) -> None:
    await house.hears(opened(state="pending"))
    assert house.told == []
    await house.hears(ready())
    await house.after(60)
    assert [alert for alert, _ in house.told] == ["waiting", "waiting_again"]


async def test_who_stops_waiting_is_not_rung_for_again(house: House) -> None:
    await house.hears(opened())
    await house.hears(requested())
    await house.after(600)
    assert house.told == [("waiting", (ANN,))]


async def test_a_pending_chat_that_turns_into_a_request_rings_then(house: House) -> None:
    await house.hears(opened(state="pending"))
    await house.hears(requested())
    await house.after(600)
    assert house.told == [("waiting", (ANN,))]


# ---- reopened cases ------------------------------------------------------------------------------


async def test_a_case_that_came_back_to_nobody_rings_as_a_new_one_once(house: House) -> None:
    await house.hears(opened())
    for end in ends():
        await house.hears(end)
    await house.hears(reopened(4))
    assert house.told == [("waiting", (ANN,))] * 2
    await house.after(600)
    assert len(house.told) == 2


async def test_each_return_rings_and_a_replay_of_it_does_not(house: House) -> None:
    await house.hears(opened())
    for event in (reopened(4), reopened(4), reopened(7), reopened(4)):
        await house.hears(ends()[1])
        await house.hears(event)
    assert len(house.told) == 3


async def test_a_case_that_came_back_to_its_technician_does_not_ring_for_all(house: House) -> None:
    await house.hears(reopened(4, state="assigned", assignee_id=ANN))
    assert house.told == []


# ---- why somebody was told, or not (N3) ----------------------------------------------------------


async def test_every_decision_on_a_case_is_there_with_its_reasons(house: House) -> None:
    await house.hears(opened())
    house.people.people = [technician(ANN, available=False), technician(BEN, available=False)]
    await house.after(60)
    first, again = await house.alerts.of_case(ANNS, CASE)
    assert (first.alert, first.decided_at) == ("waiting", AT)
    assert [(it.told, it.reason) for it in first.considered] == [
        (True, "available"),
        (False, "not_available"),
    ]
    assert again.alert == "waiting_again"
    assert not any(it.told for it in again.considered)


@pytest.mark.parametrize(
    "viewer",
    [
        replace(ANNS, tenant=derived_id("other tenant")),
        replace(ANNS, companies=(OTHER_COMPANY,)),
        replace(ANNS, companies=()),
    ],
)
async def test_decisions_on_cases_out_of_reach_are_not_shown(
    house: House, viewer: Identity
) -> None:
    await house.hears(opened())
    assert await house.alerts.of_case(viewer, CASE) == []
    assert len(await house.alerts.of_case(ANNS, CASE)) == 1
