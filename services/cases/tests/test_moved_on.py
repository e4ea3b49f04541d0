"""How a decision that came too late is told: as the case is, and by whom, in words of three languages."""

from dataclasses import replace
from typing import get_args

import pytest

from contracts.cases import CaseState
from services.cases.domain import Case
from services.cases.moved_on import CaseHasMovedOn, OwnCaseHasMovedOn
from services.cases.tests.examples import ANN, fresh
from services.cases.tests.house import House
from services.cases.tests.test_bad_input import sentence

LANGUAGES = ("en", "es", "de")
STATES: tuple[str, ...] = get_args(CaseState.model_fields["state"].annotation)


def changed(state: str, by: str | None) -> Case:
    case = fresh()
    now = case.now.model_copy(update={"state": state, "changed_by": by, "assignee_id": None})
    return replace(case, now=now)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_words_of_its_own(house: House, language: str) -> None:
    said = {}
    for state in STATES:
        error = CaseHasMovedOn(changed(state, ANN), house.people)
        said[state] = sentence(language, error.code, dict(error.params))
    assert len(set(said.values())) == len(STATES)
    assert all("Ann" in it for it in said.values()), said


def test_where_no_technician_was_faster_none_is_named(house: House) -> None:
    case = changed("resolved", None)
    for error in (CaseHasMovedOn(case, house.people), OwnCaseHasMovedOn(case, house.people)):
        texts = {it: sentence(it, error.code, dict(error.params)) for it in LANGUAGES}
        assert len(set(texts.values())) == len(LANGUAGES)
        assert not any(error.params["name"] in it for it in texts.values()), texts
