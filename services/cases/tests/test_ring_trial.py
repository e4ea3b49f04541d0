"""Other times of ringing tried on the last month (X4, N9), changing nothing."""

from services.cases.actions import Mute
from services.cases.ring_trial import Patience
from services.cases.schemas_ring_trial import RingTrialView, RungView, ring_trial_view
from services.cases.tests.examples import ANN, COMPANY, OTHER_COMPANY, ended, opened
from services.cases.tests.house import House, who
from services.cases.tests.test_dispatching import CASES

USUAL = Patience(60, 3)
HASTY = Patience(20, 1)


async def waits(house: House, case_id: str, seconds: int) -> None:
    """A chat waits for so long until Ann takes it."""
    await house.hears(opened(case_id, at=house.clock.now()))
    house.clock.advance(seconds)
    await house.act("assign", ANN, 1, case_id)


async def trial(
    house: House, after: Patience = HASTY, companies: tuple[str, ...] = (COMPANY,)
) -> RingTrialView:
    house.clock.advance(1)
    part = await house.ringing.try_out(who(ANN, companies=companies), USUAL, after, None)
    return ring_trial_view(part)


async def test_it_tells_how_often_it_would_have_rung_and_who_would_have_been_mailed(
    house: House,
) -> None:
    await waits(house, CASES[0], 10)
    await waits(house, CASES[1], 50)
    await waits(house, CASES[2], 130)
    shown = await trial(house)
    assert shown.waits == 3
    assert shown.before.model_dump() == {"waits": 1, "again": 2, "mailed": 0}
    assert shown.after.model_dump() == {"waits": 2, "again": 2, "mailed": 2}
    assert [(it.seconds, it.after) for it in shown.changed] == [
        (50, RungView(again=1, mailed=True)),
        (130, RungView(again=1, mailed=True)),
    ]


async def test_what_is_done_as_it_would_ring_is_done_in_time(house: House) -> None:
    await waits(house, CASES[0], 20)
    shown = await trial(house)
    assert (shown.after.again, shown.changed) == (0, [])


async def test_with_the_times_that_hold_nothing_would_have_been_otherwise(house: House) -> None:
    await waits(house, CASES[0], 500)
    shown = await trial(house, USUAL)
    assert (shown.before, shown.changed_count) == (shown.after, 0)
    assert shown.before.model_dump() == {"waits": 1, "again": 3, "mailed": 1}


async def test_a_muted_case_rings_no_more(house: House) -> None:
    await house.hears(opened(CASES[0], at=house.clock.now()))
    house.clock.advance(70)
    await house.act(Mute(), ANN, 0, CASES[0])
    house.clock.advance(500)
    shown = await trial(house)
    assert (shown.before.again, shown.before.mailed) == (1, 0)


async def test_whose_customer_left_waits_no_more(house: House) -> None:
    await house.hears(opened(CASES[0], at=house.clock.now()))
    house.clock.advance(70)
    await house.hears(ended(CASES[0], at=house.clock.now()))
    house.clock.advance(500)
    shown = await trial(house)
    assert (shown.waits, shown.before.again) == (1, 1)


async def test_it_changes_nothing_and_shows_no_other_companys(house: House) -> None:
    await waits(house, CASES[0], 500)
    told = len(house.storage.emitted)
    assert (await trial(house, companies=(OTHER_COMPANY,))).waits == 0
    assert (await trial(house)).waits == 1
    assert len(house.storage.emitted) == told
