"""What fits a filter, and in which order: the table that the console is held against too."""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest
from pydantic import ValidationError

from chassis.ids import derived_id
from contracts.cases import ProblemLine
from services.cases.actions import Mail
from services.cases.domain import Case
from services.cases.filters import CaseFilter, Wanted, fits
from services.cases.listing import Listing, read_page
from services.cases.search import SearchTooShort
from services.cases.sorting import ORDERS, Sorting, SortNeedsSearch, key_of
from services.cases.tests.examples import ANN, BEN, fresh, message, opened
from services.cases.tests.house import HERE, House

TABLE: Final[dict[str, Any]] = json.loads(Path(__file__).with_name("filters.json").read_text())
BASE: Final[dict[str, Any]] = TABLE["cases"]["waiting"]


def case_of(name: str) -> Case:
    told = BASE | TABLE["cases"][name]
    like = fresh()
    customer = {it: told[it] for it in ("first_name", "last_name", "email")}
    text = like.text.model_copy(
        update={
            "customer": like.text.customer.model_copy(update=customer),
            "title": told["title"],
            "problem": (ProblemLine(text=told["problem"], time=like.now.created_at),),
        }
    )
    names = {"case_type": "type", "assignee_id": "assignee", "portal_id": "portal"}
    marks = {field: told[it] for field, it in names.items()} | {"labels": tuple(told["labels"])}
    same = ("number", "state", "flagged", "priority", "spam", "followed_up")
    times = [it for it in told if it.endswith("_at") or it == "waiting_since"]
    marks |= {it: told[it] for it in same}
    marks |= {it: told[it] and datetime.fromisoformat(told[it]) for it in times}
    return replace(like, id=told["id"], text=text, now=like.now.model_copy(update=marks))


CASES: Final = {name: case_of(name) for name in TABLE["cases"]}


@pytest.mark.parametrize("example", TABLE["fits"], ids=lambda it: f"{it['list']} {it['filter']}")
def test_a_filter_holds_what_fits_it(example: dict[str, Any]) -> None:
    chosen = CaseFilter.model_validate_json(json.dumps(example["filter"]))
    wanted = Wanted(example["list"], TABLE["me"], chosen)
    assert [name for name, case in CASES.items() if fits(case, wanted)] == example["cases"]


@pytest.mark.parametrize("example", TABLE["orders"], ids=lambda it: f"{it['sort']}")
def test_an_order_goes_by_its_keys(example: dict[str, Any]) -> None:
    sorting = Sorting.of(example["sort"], example["direction"])
    assert set(ORDERS) == {it["sort"] for it in TABLE["orders"]}
    listed = [name for name, case in CASES.items() if not case.now.spam]
    keys = {name: key_of(sorting.sort, CASES[name]) for name in listed}
    ordered = sorted(listed, key=lambda name: keys[name], reverse=not sorting.ascending)
    assert ordered == example["cases"]


@pytest.mark.parametrize("field", ["customer", "title", "q"])
def test_a_text_of_one_letter_finds_everything_and_nothing(field: str) -> None:
    with pytest.raises(SearchTooShort):
        Wanted("all", ANN, CaseFilter(**{field: "e"})).check()


def test_a_filter_that_names_no_field_is_none() -> None:
    with pytest.raises(ValidationError):
        CaseFilter.model_validate({"colour": "red"})


async def test_what_fits_best_comes_first_and_goes_by_pages(house: House) -> None:
    ids = [f"00000000-0000-7000-8000-00000000000{n}" for n in range(3)]
    await house.hears(*(opened(case_id) for case_id in ids))
    await house.hears(message("Where is my lamp", case_id=ids[0]))
    await house.hears(message("lampshade", case_id=ids[1]))
    wanted = Wanted("all", ANN, CaseFilter(q="lamp"))
    first = await read_page(house.keeper.store, HERE, wanted, Listing("relevance", limit=1))
    assert [case.id for case in first.cases] == [ids[0]]
    second = await read_page(
        house.keeper.store, HERE, wanted, Listing("relevance", after=first.next, limit=1)
    )
    assert ([case.id for case in second.cases], second.next) == ([ids[1]], None)
    with pytest.raises(SortNeedsSearch):
        await read_page(house.keeper.store, HERE, Wanted("all", ANN), Listing("relevance"))


async def test_what_is_said_in_the_chat_is_no_follow_up_and_a_mail_is(house: House) -> None:
    """S44: active until a follow-up email is written, and again when the customer replies; whatever the state is."""

    async def is_active() -> bool:
        wanted = Wanted("all", BEN, CaseFilter(follow_up="active"))
        return bool((await read_page(house.keeper.store, HERE, wanted, Listing())).cases)

    await house.hears(opened(), message("help"))
    assert await is_active()
    await house.act("assign", ANN, 1)
    await house.hears(message("At once", by="technician"))
    assert await is_active()
    await house.act(Mail(client_id=derived_id("mail"), text="It is on its way"), ANN, 2)
    assert not await is_active()
    await house.act("resolve", ANN, 2)
    assert not await is_active()
    await house.hears(message("Still dark"))
    assert await is_active()


async def test_a_case_knows_when_it_changed_last(house: House) -> None:
    await house.hears(opened())
    house.clock.advance(90)
    await house.act("flag", ANN)
    assert (await house.case()).now.updated_at == house.clock.now()
    assert house.last.case.updated_at == house.clock.now()
