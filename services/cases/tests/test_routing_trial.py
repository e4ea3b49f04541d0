"""Another capacity tried on what the desk decided in the last month (X3, N9), changing nothing."""

from datetime import timedelta

from services.cases.actions import Transfer
from services.cases.assignment import OwnRoom, Room
from services.cases.routing_trial import Tried, total
from services.cases.schemas_routing_trial import routing_trial_view
from services.cases.tests.examples import ANN, AT, BEN, COMPANY, OTHER_COMPANY, PORTAL, opened
from services.cases.tests.house import House, who
from services.cases.tests.test_dispatching import CASES, available, on, take

MINUTE = timedelta(minutes=1)


async def a_morning(house: House, cases: int = 4) -> None:
    """Only Ann is there, and takes two at once; so many chats come in, one each minute."""
    available(house, BEN, available=False)
    await on(house)
    await take(house, 2)
    for number, case_id in enumerate(CASES[:cases]):
        house.clock.advance(60)
        await house.hears(opened(case_id, at=AT + MINUTE * number))
        await house.dispatcher.look()


async def trial(house: House, chats: int, companies: tuple[str, ...] = (COMPANY,)) -> list[Tried]:
    house.clock.advance(60)
    admin = who(ANN, companies=companies)
    return (await house.assigning.try_out(admin, Room(chats, chats), None)).outcomes


async def test_with_more_room_more_would_have_been_given_out_at_once(house: House) -> None:
    await a_morning(house)
    assert total(await trial(house, 3)) == (
        {"assigned": 2, "at_capacity": 2},
        # Two had been given when the third came. The fourth is judged by that day's loads as well.
        {"assigned": 4},
    )


async def test_with_less_room_fewer_would_have_been(house: House) -> None:
    await a_morning(house)
    before, after = total(await trial(house, 1))
    assert (before["assigned"], after["assigned"], after["at_capacity"]) == (2, 1, 3)


async def test_with_the_same_room_nothing_would_have_been_otherwise(house: House) -> None:
    await a_morning(house)
    found = await trial(house, 2)
    assert [it.changed for it in found] == [None] * 4
    assert total(found)[0] == total(found)[1]


async def test_what_would_have_changed_is_listed_with_both_decisions(house: House) -> None:
    await a_morning(house, 3)
    house.clock.advance(60)
    part = await house.assigning.try_out(who(ANN), Room(3, 3), None)
    shown = routing_trial_view(part, house.people)
    (changed,) = shown.changed
    assert (changed.case_id, shown.changed_count, shown.decisions) == (CASES[2], 1, 3)
    assert (changed.before.outcome, changed.before.person) == ("at_capacity", None)
    assert changed.after.outcome == "assigned"
    assert changed.after.person
    assert changed.after.person.id == ANN


async def test_own_capacities_stay_what_they_are(house: House) -> None:
    await a_morning(house)
    await house.assigning.set_own(who(ANN), ANN, OwnRoom(chats=2))
    assert total(await trial(house, 9))[1]["assigned"] == 2


async def test_who_was_away_or_gave_it_back_does_not_get_it_by_more_room(house: House) -> None:
    await a_morning(house, 1)
    await house.act(Transfer(to=None), ANN, 2, CASES[0])
    await house.dispatcher.look()
    (found,) = await trial(house, 9)
    assert [it.after.outcome for it in found.decisions] == ["assigned", "gave_back"]


async def test_where_it_was_off_the_waits_that_people_ended_are_told(house: House) -> None:
    await house.hears(opened())
    house.clock.advance(180)
    await house.act("assign", ANN, 1)
    (found,) = await trial(house, 5)
    assert (found.decisions, found.by_hand) == ((), (timedelta(minutes=3),))


async def test_it_changes_nothing_and_shows_no_other_companys(house: House) -> None:
    await a_morning(house)
    plan, told = await house.plans.plan(None, who(ANN).tenant), len(house.storage.emitted)
    assert await trial(house, 9, (OTHER_COMPANY,)) == []
    assert await trial(house, 9)
    assert await house.plans.plan(None, who(ANN).tenant) == plan
    assert (plan.capacity, len(house.storage.emitted)) == (Room(2, 2), told)
    assert plan.automatic == {PORTAL}
