"""How far an erasure is: who has answered, who could not, and who is asked again. Pure rules."""

from datetime import timedelta

import pytest

from chassis.ids import derived_id
from contracts.erasure import ErasureAnswered, StorePurged
from contracts.topics import SERVICES
from services.cases import domain, erasure
from services.cases.erasing import requested
from services.cases.erasure import ChatNotEnded, Erasure, Tombstone
from services.cases.tests.examples import ANN, AT, CASE, opened

LATER = AT + timedelta(seconds=3)


def begun() -> Erasure:
    case = domain.open_case(opened(), 1001).case
    return erasure.begin(case, ANN, AT, derived_id("erasing"))


def answer(
    service: str, attempt: int = 1, removed: int = 2, failed: str = "", store: str = "mails"
) -> ErasureAnswered:
    asked = requested(begun(), AT)
    return ErasureAnswered(
        **asked.model_dump(exclude={"id", "type", "attempt"}),
        id=derived_id(service, str(attempt)),
        service=service,
        attempt=attempt,
        stores=(StorePurged(store=store, removed=removed, failed=failed),),
    )


def heard(one: Erasure, *answers: ErasureAnswered) -> Erasure:
    for told in answers:
        one = erasure.hear(one, told, LATER)
    return one


def all_answer(attempt: int = 1, removed: int = 2) -> list[ErasureAnswered]:
    return [answer(service, attempt, removed) for service in SERVICES]


def asked_again(one: Erasure) -> Erasure:
    again = erasure.ask_again(one)
    assert again is not None
    return again


def test_a_live_chat_must_have_ended_before_its_case_can_be_deleted() -> None:
    case = domain.open_case(opened(), 1001).case
    with pytest.raises(ChatNotEnded):
        erasure.check_deletable(case)
    (change,) = domain.end_chat(case, AT, gone=False)
    erasure.check_deletable(change.case)


def test_it_holds_nothing_but_the_number_and_who_deleted_it() -> None:
    one = begun()
    assert (one.id, one.number, one.requested_by) == (CASE, 1001, ANN)
    for word in ("Cleo", "Cox", "example.com"):
        assert word not in repr(one)


def test_it_is_purged_once_everybody_has_answered() -> None:
    one = heard(begun(), *all_answer()[:-1])
    assert (erasure.standing(one), erasure.missing(one)) == ("purging", [SERVICES[-1]])
    one = heard(one, all_answer()[-1])
    assert (erasure.standing(one), one.purged_at, one.completed_at) == ("purged", LATER, None)


def test_it_is_complete_once_a_second_look_has_found_nothing() -> None:
    one = asked_again(heard(begun(), *all_answer()))
    found_more = [answer("chat", 2, removed=1), *(answer(s, 2, 0) for s in SERVICES if s != "chat")]
    one = heard(one, *found_more)
    assert erasure.standing(one) == "purged"
    one = heard(asked_again(one), *all_answer(3, removed=0))
    assert (erasure.standing(one), one.completed_at) == ("complete", LATER)
    assert erasure.ask_again(one) is None
    removed = {service: told.stores[0].removed for service, told in one.answers.items()}
    assert removed == dict.fromkeys(SERVICES, 2) | {"chat": 3}


def test_a_store_that_could_not_be_purged_keeps_it_incomplete() -> None:
    failed = answer("notify", failed="DatabaseAway", removed=0)
    one = heard(begun(), *(it for it in all_answer() if it.service != "notify"), failed)
    assert (erasure.standing(one), erasure.missing(one)) == ("incomplete", ["notify"])
    one = heard(asked_again(one), answer("notify", 2))
    assert (erasure.standing(one), erasure.missing(one)) == ("purged", [])


def test_who_does_not_answer_at_all_makes_it_incomplete_when_asked_again() -> None:
    one = heard(begun(), *all_answer()[:-1])
    assert erasure.standing(asked_again(one)) == "incomplete"


def test_a_late_answer_to_an_earlier_attempt_only_adds_its_counts() -> None:
    one = heard(asked_again(begun()), answer("chat", 2, removed=0), answer("chat", 1, removed=5))
    assert (one.answers["chat"].attempt, one.answers["chat"].found) == (2, 0)
    assert one.answers["chat"].stores[0].removed == 5


def test_the_case_itself_counts_once_though_it_was_gone_before_anybody_was_asked() -> None:
    one = asked_again(heard(begun(), answer("cases", store="cases", removed=0)))
    one = heard(one, answer("cases", 2, store="cases", removed=0))
    assert [it.removed for it in one.answers["cases"].stores] == [1]
    assert one.answers["cases"].found == 0
    other = heard(begun(), answer("chat", store="cases", removed=0))
    assert [it.removed for it in other.answers["chat"].stores] == [0]


@pytest.mark.parametrize(("attempt", "minutes"), [(1, 1), (2, 2), (4, 8), (9, 60), (500, 60)])
def test_it_is_asked_for_less_and_less_often_and_never_given_up(attempt: int, minutes: int) -> None:
    minute = timedelta(minutes=1)
    assert erasure.wait_after(attempt, minute) == minutes * minute


def test_each_tombstone_is_kept_with_its_place() -> None:
    one = erasure.bury(erasure.bury(begun(), Tombstone(2, 7, AT)), Tombstone(2, 9, LATER))
    assert [it.offset for it in one.tombstones] == [7, 9]
