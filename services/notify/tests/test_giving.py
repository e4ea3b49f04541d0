"""With automatic assignment nobody hears of a case before the desk has decided who gets it (S37, N3)."""

from typing import Any

import pytest

from chassis.errors import RetryLater
from contracts.cases import CaseChanged, CaseRouted
from services.notify.tests.examples import (
    ANN,
    ANNS,
    BEN,
    CASE,
    CAT,
    OTHER_COMPANY,
    edited,
    given,
    handed_on,
    opened,
    request,
    technician,
)
from services.notify.tests.house import House


@pytest.fixture
def house() -> House:
    house = House()
    house.people.people = [
        technician(ANN),
        technician(BEN),
        technician(CAT, companies=(OTHER_COMPANY,)),
    ]
    return house


def held(event: CaseChanged, **different: Any) -> Any:
    """The same event of a portal whose cases are assigned by themselves."""
    return event.model_copy(update={"routing": True, **different})


def routed(to: str | None, version: int = 2, **different: Any) -> CaseRouted:
    """The decision that follows it, in the same wait."""
    begun = opened(state_version=1, **different)
    fields = {name: getattr(begun, name) for name in CaseChanged.model_fields if name != "type"}
    told = {
        "technician_id": to,
        "outcome": "assigned" if to else "at_capacity",
        "kind": "chats",
        "considered": (),
        "without_access": 0,
    }
    return CaseRouted(**{**fields, "aggregate_version": version}, **told)


async def test_only_who_gets_it_is_told(house: House) -> None:
    await house.hears(held(opened(state_version=1)))
    assert house.told == []
    await house.hears(routed(ANN), given(ANN, by=None))
    assert house.told == [("waiting", (ANN,))]
    await house.after(600)
    assert house.told == [("waiting", (ANN,))]


async def test_where_nobody_can_have_it_it_rings_as_without(house: House) -> None:
    await house.hears(held(opened(state_version=1)), routed(None))
    assert house.told == [("waiting", (ANN, BEN))]
    await house.after(60)
    assert house.told[-1] == ("waiting_again", (ANN, BEN))


async def test_where_no_decision_comes_it_rings_all_the_same(house: House) -> None:
    await house.hears(held(opened(state_version=1)))
    await house.after(4)
    assert house.told == []
    await house.after(1)
    assert house.told == [("waiting", (ANN, BEN))]
    # And whatever is decided then, nobody hears the same ring again.
    await house.hears(routed(None))
    assert len(house.told) == 1


async def test_who_gets_it_after_it_rang_is_told(house: House) -> None:
    await house.hears(held(opened(state_version=1)), routed(None))
    await house.hears(routed(BEN, 3), given(BEN, by=None, version=4))
    assert house.told == [("waiting", (ANN, BEN)), ("waiting", (BEN,))]


async def test_whoever_takes_it_meanwhile_is_not_told_of_it(house: House) -> None:
    await house.hears(held(opened(state_version=1)), given(ANN, by=ANN, version=2))
    await house.after(600)
    assert house.told == []


async def test_a_replay_of_all_of_it_tells_nobody_again(house: House) -> None:
    story = (held(opened(state_version=1)), routed(ANN), given(ANN, by=None))
    await house.hears(*story)
    await house.hears(story[0])
    await house.after(600)
    await house.hears(*story)
    assert house.told == [("waiting", (ANN,))]


async def test_a_request_and_a_case_that_is_back_are_held_as_well(house: House) -> None:
    await house.hears(held(request(state_version=1)), routed(ANN, live=False))
    queued: dict[str, Any] = {"state": "unassigned", "assignee_id": None, "state_version": 3}
    back = handed_on(BEN, version=5, **queued)
    await house.hears(held(back, technician_id=None))
    assert house.told == [("waiting", (ANN,))]
    await house.after(5)
    assert house.told == [("waiting", (ANN,)), ("waiting", (ANN, BEN))]


async def test_a_case_that_was_muted_meanwhile_tells_nobody(house: House) -> None:
    await house.hears(held(opened(state_version=1)), edited(2, muted=True))
    await house.hears(routed(ANN, 3, muted=True))
    await house.after(600)
    assert house.told == []


async def test_the_ledger_says_why_the_others_were_not_told(house: House) -> None:
    await house.hears(held(opened(state_version=1)), routed(ANN))
    (decision,) = await house.alerts.of_case(ANNS, CASE)
    assert {it.technician_id: (it.told, it.reason) for it in decision.considered} == {
        ANN: (True, "assignee"),
        BEN: (False, "not_assignee"),
        CAT: (False, "no_access"),
    }


async def test_before_everybody_is_known_nothing_is_decided(house: House) -> None:
    await house.hears(held(opened(state_version=1)))
    house.people.loaded = False
    with pytest.raises(RetryLater):
        await house.hears(routed(ANN))
