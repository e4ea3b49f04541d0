"""Cases are given out by themselves, and what somebody left behind is offered again."""

from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from chassis.ids import derived_id
from contracts.cases import CaseAssigned, CaseChanged, CaseRouted, CaseTransferred
from contracts.envelope import Message
from services.cases.actions import Transfer
from services.cases.assigning import Overview
from services.cases.assignment import OwnRoom, Room
from services.cases.tests.examples import (
    ANN,
    AT,
    BEN,
    CASE,
    PORTAL,
    ended,
    message,
    opened,
    technician,
)
from services.cases.tests.house import House, who

M = TypeVar("M", bound=Message)
CASES = [derived_id(f"case {n}") for n in range(9)]


async def on(house: House, *, automatic: bool = True) -> Overview:
    return await house.assigning.switch(who(ANN), PORTAL, automatic=automatic)


async def take(house: House, chats: int) -> None:
    await house.assigning.set_capacity(who(ANN), Room(chats=chats, cases=chats))


def available(house: House, technician_id: str, available: bool = True, **more: object) -> None:
    person = technician(technician_id, technician_id, available=available)
    house.people.people[technician_id] = person.model_copy(update=more)


async def holders(house: House) -> list[str | None]:
    return [(await house.case(it)).now.assignee_id for it in CASES]


def of(house: House, kind: type[M]) -> list[M]:
    return [it for it in house.storage.emitted if isinstance(it, kind)]


async def test_nobody_is_assigned_before_it_is_switched_on(house: House) -> None:
    await house.hears(opened())
    assert await house.dispatcher.look() == 0
    await on(house)
    assert await house.dispatcher.look() == 1
    assert (await house.case()).now.state == "assigned"
    await on(house, automatic=False)
    await house.hears(opened(CASES[0]))
    assert await house.dispatcher.look() == 0


async def test_the_decision_is_on_the_case_with_what_it_went_by(house: House) -> None:
    available(house, BEN, available=False)
    await on(house)
    await house.hears(opened())
    await house.dispatcher.look()
    entry = (await house.history.read(None, CASE))[1]
    assert (entry.type, entry.actor.kind) == ("case.routed", "system")
    weighed = {it["technician_id"]: it for it in entry.tells["considered"]}
    assert (weighed[ANN]["verdict"], weighed[ANN]["load"], weighed[ANN]["capacity"]) == (
        "chosen",
        0,
        3,
    )
    assert weighed[BEN]["verdict"] == "not_available"
    assert house.told[-2:] == ["case.routed", "case.assigned"]


async def test_whoever_tells_of_a_wait_knows_that_a_decision_follows(house: House) -> None:
    house.keeper.is_routed = house.dispatcher.is_routed
    await house.hears(opened(CASES[0]))
    await on(house)
    await house.hears(opened())
    await house.hears(message("And one more thing."))
    await house.dispatcher.look()
    holder = (await house.case()).now.assignee_id
    assert holder
    await house.act(Transfer(to=None), holder, 2)
    flagged = [(it.type, it.routing) for it in house.storage.emitted if isinstance(it, CaseChanged)]
    assert flagged[0] == ("case.opened", False)
    waits = [kind for kind, routing in flagged if routing]
    assert waits == ["case.opened", "case.transferred"]


async def test_it_goes_round_and_stops_at_everybodys_capacity(house: House) -> None:
    await on(house)
    await take(house, 2)
    moments = [AT + timedelta(minutes=n) for n in range(len(CASES))]
    await house.hears(*[opened(it, at=at) for it, at in zip(CASES, moments, strict=True)])
    assert await house.dispatcher.look() == 4
    assert sorted(filter(None, await holders(house))) == sorted([ANN, BEN] * 2)
    # The oldest first, and one after the other.
    assert await holders(house) == [*(await holders(house))[:4], *[None] * 5]
    assert {(await holders(house))[0], (await holders(house))[1]} == {ANN, BEN}


async def test_room_that_becomes_free_is_filled(house: House) -> None:
    await on(house)
    await take(house, 1)
    await house.hears(*[opened(it) for it in CASES[:3]])
    await house.dispatcher.look()
    assert (await house.case(CASES[2])).now.state == "unassigned"
    holder = (await house.case(CASES[0])).now.assignee_id
    assert holder
    await house.act("resolve", holder, 2, CASES[0])
    assert await house.dispatcher.look() == 1
    assert (await house.case(CASES[2])).now.assignee_id == holder


async def test_an_ended_chat_makes_room_for_the_next(house: House) -> None:
    await on(house)
    available(house, BEN, available=False)
    await take(house, 1)
    await house.hears(*[opened(it) for it in CASES[:2]])
    assert await house.dispatcher.look() == 1
    await house.hears(ended(CASES[0]))
    assert await house.dispatcher.look() == 1


async def test_whoever_becomes_available_gets_what_waits(house: House) -> None:
    for person in (ANN, BEN):
        available(house, person, available=False)
    await on(house)
    await house.hears(opened())
    assert await house.dispatcher.look() == 0
    available(house, BEN)
    assert await house.dispatcher.look() == 1
    assert (await house.case()).now.assignee_id == BEN


async def test_that_nobody_can_have_it_is_told_once_for_each_reason(house: House) -> None:
    for person in (ANN, BEN):
        available(house, person, available=False)
    await on(house)
    await house.hears(opened())
    for _ in range(3):
        await house.dispatcher.look()
    # Another instance, or the same behind a restart, finds that it was told.
    house.dispatcher._told.clear()
    await house.dispatcher.look()
    assert [it.outcome for it in of(house, CaseRouted)] == ["none_available"]
    available(house, ANN)
    await take(house, 0)
    await house.dispatcher.look()
    assert [it.outcome for it in of(house, CaseRouted)] == ["none_available", "at_capacity"]
    assert (await house.case()).now.state_version == 1


async def test_who_puts_it_back_does_not_get_it_again(house: House) -> None:
    await on(house)
    await house.hears(opened())
    await house.dispatcher.look()
    first = (await house.case()).now.assignee_id
    assert first
    await house.act(Transfer(to=None), first, 2)
    await house.dispatcher.look()
    assert (await house.case()).now.assignee_id == ({ANN, BEN} - {first}).pop()


async def test_a_pending_case_is_left_to_its_bot(house: House) -> None:
    await on(house)
    await house.hears(opened(email=""))
    assert await house.dispatcher.look() == 0
    await house.fires(CASE)
    assert await house.dispatcher.look() == 1


async def test_before_everybody_is_known_nobody_is_chosen(house: House) -> None:
    await on(house)
    await house.hears(opened())
    house.people.loaded = False
    assert await house.dispatcher.look() == 0


async def test_one_case_that_cannot_be_given_keeps_no_other_waiting(house: House) -> None:
    await on(house)
    await house.hears(*[opened(it) for it in CASES[:2]])
    kept = house.keeper.keep

    async def breaks(tx, before, here, changes, cause):  # type: ignore[no-untyped-def]
        if before.id == CASES[0]:
            raise ValueError
        return await kept(tx, before, here, changes, cause)

    house.keeper.keep = breaks  # type: ignore[method-assign]
    assert await house.dispatcher.look() == 1
    # Whose turn it was is taken back with it.
    assert len((await house.plans.plan(None, who(ANN).tenant)).turns) == 1


async def test_the_chats_of_who_vanished_are_offered_again(house: House) -> None:
    await house.hears(*[opened(it) for it in CASES[:3]])
    for it in CASES[:3]:
        await house.act("assign", ANN, 1, it)
    await house.hears(message("Here I am", by="technician", case_id=CASES[1]))
    available(house, ANN, available=False)
    assert await house.dispatcher.look() == 0, "they chose so themselves: their cases go on"
    available(house, ANN, available=False, away_since=AT)
    assert await house.dispatcher.look() == 2
    states = [(await house.case(it)).now.state for it in CASES[:3]]
    assert states == ["unassigned", "assigned", "unassigned"]
    assert [(it.from_id, it.reason) for it in of(house, CaseTransferred)] == [(ANN, "away")] * 2
    # The customer of the third writes, and nobody is there.
    await house.hears(message("Hello?", case_id=CASES[1]))
    assert await house.dispatcher.look() == 1
    assert await house.dispatcher.look() == 0


async def test_automatic_assignment_gives_them_straight_to_the_next(house: House) -> None:
    await on(house)
    await house.hears(opened())
    await house.act("assign", ANN, 1)
    available(house, ANN, available=False, away_since=AT)
    assert await house.dispatcher.look() == 2
    assert (await house.case()).now.assignee_id == BEN
    assert len(of(house, CaseAssigned)) == 2


async def test_what_administrators_decide_is_shown_and_noted(house: House) -> None:
    await house.hears(opened())
    await house.act("assign", BEN, 1)
    await on(house)
    await on(house)
    await take(house, 4)
    seen = await house.assigning.set_own(who(ANN), BEN, OwnRoom(chats=1))
    assert seen.plan.automatic == {PORTAL}
    assert (seen.plan.room_of(ANN), seen.plan.room_of(BEN)) == (Room(4, 4), Room(1, 4))
    assert seen.loads[BEN] == Room(chats=1)
    assert [it.action for it in house.storage.noted if it.action.startswith("assignment")] == [
        "assignment.switched",
        "assignment.capacity_changed",
        "assignment.technician_changed",
    ]


async def test_settings_keep_whose_turn_it_is(house: House) -> None:
    await on(house)
    await house.hears(opened())
    await house.dispatcher.look()
    before = await house.plans.plan(None, who(ANN).tenant)
    await take(house, 7)
    after = await house.plans.plan(None, who(ANN).tenant)
    assert after == replace(before, capacity=Room(7, 7))
    assert after.turns
