"""Who gets a case by itself: the rules alone."""

from dataclasses import replace

import pytest

from chassis.ids import derived_id
from contracts.cases import CaseRouted, CaseTransferred
from contracts.portal import TechnicianListed
from services.cases import assignment, domain
from services.cases.assignment import OwnRoom, Plan, Room, Waiting, decide, waiting_of
from services.cases.decisions import Asked
from services.cases.tests import deciding
from services.cases.tests.examples import ANN, AT, BEN, TENANT, admitted, fresh, line, technician

CARL = derived_id("carl")
CHAT = Waiting(derived_id("case"), True, 1, None)
REQUEST = replace(CHAT, live=False)
PLAN = Plan(TENANT, capacity=Room(chats=2, cases=5))


def team(*away: str) -> list[TechnicianListed]:
    people = {ANN: "Ann", BEN: "Ben", CARL: "Carl"}
    return [technician(it, name, available=it not in away) for it, name in people.items()]


def verdicts(routing: assignment.Routing) -> dict[str, str]:
    return {it.technician_id: it.verdict for it in routing.considered}


def test_it_goes_round_by_whose_turn_was_longest_ago() -> None:
    plan = replace(PLAN, turns={ANN: 3, BEN: 1, CARL: 2})
    routing = decide(CHAT, team(), {}, plan)
    assert routing.technician_id == BEN
    assert verdicts(routing) == {ANN: "later", BEN: "chosen", CARL: "later"}


def test_of_those_who_never_had_one_the_least_busy_is_first() -> None:
    loads = {ANN: Room(chats=1), BEN: Room(), CARL: Room(chats=1)}
    assert decide(CHAT, team(), loads, replace(PLAN, turns={})).technician_id == BEN


def test_chats_and_other_cases_count_apart() -> None:
    loads = {ANN: Room(chats=2, cases=0), BEN: Room(chats=0, cases=5)}
    people = team(CARL)
    assert decide(CHAT, people, loads, PLAN).technician_id == BEN
    assert decide(REQUEST, people, loads, PLAN).technician_id == ANN
    assert verdicts(decide(CHAT, people, loads, PLAN))[ANN] == "at_capacity"


def test_a_technicians_own_capacity_is_before_the_accounts() -> None:
    plan = PLAN.with_own(ANN, OwnRoom(chats=0)).with_own(BEN, OwnRoom(chats=9))
    loads = {ANN: Room(), BEN: Room(chats=8), CARL: Room(chats=2)}
    routing = decide(CHAT, team(), loads, plan)
    assert routing.technician_id == BEN
    assert [(it.load, it.capacity) for it in routing.considered] == [(0, 0), (8, 9), (2, 2)]
    assert plan.with_own(ANN, OwnRoom()).own == {BEN: OwnRoom(chats=9)}


def test_who_put_it_back_is_not_given_it_again() -> None:
    put_back = replace(CHAT, put_back_by=ANN)
    assert (
        decide(put_back, team(), {}, replace(PLAN, turns={BEN: 2, CARL: 1})).technician_id == CARL
    )
    alone = decide(put_back, team(BEN, CARL), {}, PLAN)
    assert (alone.outcome, alone.technician_id) == ("gave_back", None)


@pytest.mark.parametrize(
    ("away", "loads", "outcome"),
    [
        ((ANN, BEN, CARL), {}, "none_available"),
        ((ANN, BEN), {CARL: Room(chats=2)}, "at_capacity"),
    ],
)
def test_that_nobody_can_have_it_has_a_reason(
    away: tuple[str, ...], loads: dict[str, Room], outcome: str
) -> None:
    routing = decide(CHAT, team(*away), loads, PLAN)
    assert (routing.outcome, routing.technician_id) == (outcome, None)


def test_without_anybody_who_has_access_there_is_nobody_to_weigh() -> None:
    assert decide(CHAT, [], {}, PLAN).outcome == "no_access"


def test_the_decision_stands_before_the_assignment() -> None:
    case = fresh()
    routing = decide(waiting_of(case), team(), {}, PLAN)
    told, given = assignment.route(case, routing, Asked(None, AT, 1), 4)
    assert (told.event, told.case.now) == (CaseRouted, case.now)
    assert told.tells["without_access"] == 4
    assert (given.case.now.assignee_id, given.case.now.changed_by) == (routing.technician_id, None)
    assert given.case.version == case.version + 2


def test_that_nobody_can_have_it_outdates_no_decision() -> None:
    case = fresh()
    routing = decide(waiting_of(case), team(ANN, BEN, CARL), {}, PLAN)
    (told,) = assignment.route(case, routing, Asked(None, AT, 1), 0)
    assert deciding.assign(told.case, ANN, 1, AT) is not None


def test_a_chat_that_waits_for_who_vanished_is_offered_again() -> None:
    change = deciding.assign(fresh(), ANN, 1, AT)
    assert change is not None
    (offered,) = assignment.offer_again(change.case, AT)
    assert offered.event is CaseTransferred
    assert offered.tells == {"technician_id": None, "from_id": ANN, "reason": "away"}
    assert (offered.case.now.state, offered.case.now.assignee_id) == ("unassigned", None)
    # Nobody put it back by hand, so whoever comes back may have it again.
    assert waiting_of(offered.case).put_back_by is None


def test_what_waits_for_nobody_stays() -> None:
    change = deciding.assign(fresh(), ANN, 1, AT)
    assert change is not None
    answered = deciding.answered(change.case)
    assert assignment.offer_again(answered, AT) == []
    again = domain.hear_customer(answered, [line("Hello?")], assignee_stays=True)[-1].case
    assert assignment.offer_again(again, AT) != []
    request = domain.open_request(admitted().ticket, "Help", AT, 1).case
    taken = deciding.assign(request, ANN, 1, AT)
    assert taken is not None
    assert assignment.offer_again(taken.case, AT) == []
