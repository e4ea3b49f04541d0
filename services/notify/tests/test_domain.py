from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from contracts.notify import AlertRaised
from contracts.portal import TechnicianListed
from services.notify import domain
from services.notify.domain import Waiting
from services.notify.tests.examples import (
    ANN,
    AT,
    BEN,
    CASE,
    CAT,
    COMPANY,
    DAN,
    OTHER_COMPANY,
    opened,
    request,
    technician,
)


def waiting() -> Waiting:
    found = domain.begin(opened())
    assert found is not None
    return found


def reasons(alert: AlertRaised) -> dict[str, str]:
    return {routed.technician_id: routed.reason for routed in alert.considered}


def test_who_can_come_is_told_and_everybody_else_has_a_reason() -> None:
    alert = domain.decide(
        waiting(),
        [
            technician(ANN),
            technician(BEN, available=False),
            technician(CAT, companies=(OTHER_COMPANY,)),
            technician(DAN, active=False),
        ],
        AT,
        1,
    )
    assert alert.told == (ANN,)
    assert reasons(alert) == {
        ANN: "available",
        BEN: "not_available",
        CAT: "no_access",
        DAN: "not_active",
    }


def test_that_nobody_could_be_told_is_a_decision_too() -> None:
    alert = domain.decide(waiting(), [technician(BEN, available=False)], AT, 1)
    assert alert.told == ()
    assert reasons(alert) == {BEN: "not_available"}


def test_an_alert_names_its_case_and_its_cause() -> None:
    event = opened()
    found = domain.begin(event)
    assert found is not None
    alert = domain.decide(found, [], AT, 1)
    assert (alert.alert, alert.conversation_id, alert.company_id) == ("waiting", CASE, COMPANY)
    assert (alert.number, alert.aggregate_version) == (1001, 1)
    assert (alert.causation_id, alert.correlation_id) == (event.id, event.correlation_id)


def test_the_next_alert_is_another_one_and_the_same_again_is_the_same() -> None:
    first = domain.decide(waiting(), [], AT, 1)
    again = domain.decide(replace(waiting(), told=1), [], AT, 2)
    assert (again.alert, again.aggregate_version) == ("waiting_again", 2)
    assert first.id != again.id
    assert domain.decide(waiting(), [technician(ANN)], AT, 1).id == first.id


def test_nobody_waits_where_somebody_has_come_or_the_customer_has_left() -> None:
    assert domain.begin(opened(state="assigned", assignee_id=ANN)) is None
    assert domain.begin(opened(live=False)) is None
    assert domain.begin(opened(state="pending")) is None


def test_a_request_waits_without_anybody_sitting_there() -> None:
    found = domain.begin(request())
    assert found is not None
    assert not found.live


people = st.builds(
    technician,
    st.uuids().map(str),
    available=st.booleans(),
    active=st.booleans(),
    companies=st.sampled_from([(), (COMPANY,), (OTHER_COMPANY,), (OTHER_COMPANY, COMPANY)]),
)


@given(st.lists(people, max_size=12))
def test_exactly_those_are_told_who_are_active_available_and_have_access(
    everyone: list[TechnicianListed],
) -> None:
    alert = domain.decide(waiting(), everyone, AT, 1)
    able = [p for p in everyone if p.active and p.available and COMPANY in p.companies]
    assert alert.told == tuple(p.technician_id for p in able)
    assert [r.technician_id for r in alert.considered] == [p.technician_id for p in everyone]
