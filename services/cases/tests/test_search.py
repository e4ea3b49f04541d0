from dataclasses import replace

import pytest

from contracts.cases import ProblemLine
from services.cases import domain
from services.cases.domain import Case
from services.cases.search import (
    MOST_WORDS,
    BlindIndex,
    SearchTooShort,
    relevance,
    terms_of,
    told_words,
    words_of,
)
from services.cases.tests.examples import ANN, AT, CASE, OTHER_TENANT, fresh, message, opened
from services.cases.tests.house import House, who

INDEX = BlindIndex(bytes(32))


def told(text: str) -> Case:
    line = ProblemLine(text=text, time=AT)
    return domain.hear_customer(fresh(), [line], assignee_stays=True)[0].case


def test_words_have_neither_case_nor_accents_and_addresses_have_parts() -> None:
    assert words_of("Überweisung an JOSÉ") == ["uberweisung", "an", "jose"]
    assert words_of("cleo.cox@example.com") == [
        "cleo.cox@example.com",
        "cleo",
        "cox",
        "example",
        "com",
    ]
    assert words_of("Ελλάδα, Привет, 東京") == ["ελλαδα", "привет", "東京"]


@pytest.mark.parametrize("query", ["", " ", "a", "#", "é", "!?", "a b", "J. R."])
def test_one_letter_is_no_search(query: str) -> None:
    with pytest.raises(SearchTooShort):
        terms_of(query)


def test_the_longest_term_is_looked_for_first_and_single_letters_add_nothing() -> None:
    assert terms_of("a Lamp is dark") == ["lamp", "dark", "is"]
    assert terms_of("#1001") == ["1001"]


def test_a_long_problem_leaves_its_end_out_and_never_the_name() -> None:
    words = told_words(told(" ".join(f"word{n}" for n in range(400))))
    assert len(words) == MOST_WORDS
    assert {"1001", "cleo", "cox"} <= set(words)


def test_the_index_tells_nothing_and_differs_from_account_to_account() -> None:
    case = told("secret")
    digests = INDEX.of_case(case)
    assert not any(word in repr(digests).lower() for word in ("cleo", "secret"))
    other = INDEX.of_case(replace(case, tenant=OTHER_TENANT))
    assert set(digests).isdisjoint(other)
    assert set(digests).isdisjoint(BlindIndex(b"1" * 32).of_case(case))


def test_names_and_whole_words_come_before_beginnings_in_the_problem() -> None:
    by_name, by_problem = fresh(), told("Cleopatra had a lamp")
    assert relevance(by_name, ["cleo"]) == relevance(by_problem, ["cleo"])
    assert relevance(by_problem, ["lamp"]) > relevance(by_name, ["lamp"]) == 0
    assert relevance(by_problem, ["lamp"]) > relevance(by_problem, ["la"])


def test_a_term_counts_where_it_fits_best_and_all_terms_count() -> None:
    case = told("lamp broken, cleo says 1001")
    titled = replace(case, text=case.text.model_copy(update={"title": "Lamp"}))
    # The number, a whole name, a whole word of the title, the beginning of one, a whole word of the problem.
    assert [relevance(titled, [it]) for it in ("1001", "cleo", "lamp", "la", "broken")] == [
        16,
        12,
        8,
        4,
        2,
    ]
    assert relevance(titled, ["cleo", "broken", "unknown"]) == 14


async def test_a_technician_finds_what_they_may_see() -> None:
    house = House()
    await house.hears(opened(), message("My lamp is dark"))
    found = await house.technicians.search(who(ANN), "LÁMP cleo", 20)
    assert [case.id for case in found] == [CASE]
    assert await house.technicians.search(who(ANN), "unknown", 20) == []
    assert await house.technicians.search(who(ANN, OTHER_TENANT), "lamp", 20) == []
