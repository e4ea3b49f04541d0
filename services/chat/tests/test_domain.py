"""What a case's life means for its conversation, and who may see what."""

from typing import Any

import pytest

from chassis.tokens import Identity
from contracts.cases import CaseAssigned, CaseDescribed, CaseReopened, CaseRequested, CaseResolved
from contracts.chat import ActivityNoted, ConversationEnded
from contracts.envelope import Actor, Origin
from services.chat.domain import (
    Place,
    contact_given,
    conversation_abandoned,
    entries_for,
    goes_out_of_sight,
    technician_sees,
)
from services.chat.tests.case_examples import happened
from services.chat.tests.examples import (
    COMPANY,
    CONVERSATION,
    CUSTOMER,
    NOON,
    TECHNICIAN,
    TENANT,
)
from services.chat.views import case_json

HERE = Place(CONVERSATION, TENANT, COMPANY)
CLEO = Identity("customer", CUSTOMER, TENANT, "", conversation=CONVERSATION)
NEVER_A_CHAT: dict[str, Any] = {"case_type": "request", "live": False, "requested_at": NOON}
ONCE_A_CHAT: dict[str, Any] = NEVER_A_CHAT | {"ended_at": NOON}


def test_who_takes_a_case_has_joined() -> None:
    (joined,) = entries_for(happened(CaseAssigned, technician_id=TECHNICIAN), ended=False)
    assert isinstance(joined, ActivityNoted)
    assert (joined.code, joined.technician_id) == ("joined", TECHNICIAN)


@pytest.mark.parametrize(("live", "ended"), [(False, False), (True, True), (False, True)])
def test_who_takes_a_case_whose_chat_is_over_joins_nothing(*, live: bool, ended: bool) -> None:
    event = happened(CaseAssigned, technician_id=TECHNICIAN, status={"live": live})
    (taken,) = entries_for(event, ended=ended)
    assert isinstance(taken, ActivityNoted)
    assert (taken.code, taken.technician_id) == ("taken", TECHNICIAN)
    # The event once more, after the end was heard of, is the same line.
    assert entries_for(event, ended=not ended)[0].id == taken.id


def test_resolving_a_live_chat_ends_it() -> None:
    event = happened(CaseResolved, technician_id=TECHNICIAN)
    resolved, ended = entries_for(event, ended=False)
    assert isinstance(resolved, ActivityNoted)
    assert isinstance(ended, ConversationEnded)
    assert (ended.by, ended.author.id) == ("resolved", TECHNICIAN)
    assert ended.case_version == event.aggregate_version
    there = event.model_copy(update={"origin": Origin(address="192.0.2.7")})
    assert entries_for(there, ended=False)[1] == ended.model_copy(update={"origin": there.origin})
    over = happened(CaseResolved, technician_id=TECHNICIAN, status={"live": False})
    assert len(entries_for(over, ended=True)) == 1


def test_who_stops_waiting_ends_the_chat_as_a_request() -> None:
    customer = Actor(kind="customer", id=CUSTOMER, via="portal")
    event = happened(CaseRequested, reason="customer", actor=customer, status=ONCE_A_CHAT)
    (ended,) = entries_for(event, ended=False)
    assert isinstance(ended, ConversationEnded)
    assert (ended.by, ended.author.kind, ended.author.id) == ("request", "customer", CUSTOMER)
    assert (ended.causation_id, ended.actor) == (event.id, customer)
    assert entries_for(event, ended=False) == [ended]


def test_a_chat_that_ended_because_its_customer_was_gone_is_not_ended_again() -> None:
    assert (
        entries_for(happened(CaseRequested, reason="gone", status=ONCE_A_CHAT), ended=False) == []
    )


@pytest.mark.parametrize("kind", [CaseAssigned, CaseResolved, CaseReopened])
def test_a_request_that_never_was_a_chat_has_no_conversation_to_write_into(
    kind: type[CaseAssigned],
) -> None:
    assert (
        entries_for(happened(kind, technician_id=TECHNICIAN, status=NEVER_A_CHAT), ended=False)
        == []
    )
    assert (
        len(entries_for(happened(kind, technician_id=TECHNICIAN, status=ONCE_A_CHAT), ended=True))
        == 1
    )


def test_a_conversation_is_abandoned_once() -> None:
    ended = conversation_abandoned(HERE, NOON)
    assert (ended.by, ended.author.kind) == ("gone", "system")
    assert conversation_abandoned(HERE, NOON) == ended


def test_an_address_is_the_same_answer_only_under_the_same_client_id() -> None:
    one, two = (contact_given(CLEO, HERE, TECHNICIAN, it, NOON) for it in ("a@b.de", "c@d.de"))
    assert one.id == two.id
    assert contact_given(CLEO, HERE, COMPANY, "a@b.de", NOON).id != one.id


@pytest.mark.parametrize(
    ("state", "sees_incoming", "sees"),
    [
        ("unassigned", True, True),
        ("unassigned", False, False),
        ("pending", False, False),
        ("assigned", False, True),
        ("resolved", False, True),
    ],
)
def test_what_waits_is_for_those_who_see_it(state: str, *, sees_incoming: bool, sees: bool) -> None:
    event = happened(CaseReopened, technician_id=None, status={"state": state})
    assert technician_sees(event.case, sees_incoming=sees_incoming) is sees


def test_a_case_goes_out_of_sight_when_it_comes_back_to_nobody() -> None:
    nobodys = happened(CaseReopened, technician_id=None)
    assert goes_out_of_sight(nobodys)
    assert not goes_out_of_sight(
        happened(CaseReopened, technician_id=TECHNICIAN, status={"state": "assigned"})
    )
    # One that waited already was not in sight before.
    assert not goes_out_of_sight(happened(CaseDescribed))


def test_a_case_is_shown_with_everything_that_the_rest_interface_has() -> None:
    event = happened(CaseReopened, technician_id=None, status=ONCE_A_CHAT | {"rating": 4})
    shown = case_json(event, lambda _: "Ada")
    assert (shown["type"], shown["rating"], shown["rating_comment"]) == ("request", 4, "")
    assert shown["requested_at"] == shown["ended_at"] == "2026-01-05T12:00:00.000Z"
