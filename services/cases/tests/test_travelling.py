"""The past of a case is what it was (N6): a snapshot of any moment and the events behind it are the present."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.errors import DeskbusError
from services.cases.actions import (
    Act,
    Assign,
    Flag,
    Mute,
    Note,
    Open,
    Pend,
    Prioritise,
    Reopen,
    Resolve,
    Snooze,
    Spam,
    Title,
    Transfer,
)
from services.cases.domain import Case, CaseMovedOn
from services.cases.schemas_customers import customer_view
from services.cases.tests.examples import ANN, BEN, CASE, ended, message, opened
from services.cases.tests.house import CUSTOMER, House, who

ACTS: list[Act | str] = [
    Assign(), Open(), Pend(), Resolve(), Reopen(), Snooze(until="reply"),
    Transfer(to=BEN, note="Yours"), Transfer(to=None), Flag(), Flag(flagged=False), Mute(),
    Spam(), Spam(spam=False), Prioritise(priority="urgent"), Title(title="Dark lamp"), Title(title=""),
    Note(client_id=ANN, text="Look"), "customer", "technician", "end", "undo", "survey",
]  # fmt: skip
Step = tuple[Act | str, str]
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from([ANN, BEN])), max_size=14)


async def live(steps: list[Step]) -> tuple[House, dict[int, Case]]:
    """A house in which all of it happened as far as it could, and the case as it was seen in between."""
    house = House()
    await house.hears(opened())
    seen = {}
    for act, by in steps:
        house.clock.advance(60)
        with suppress(DeskbusError, CaseMovedOn):
            await _do(house, act, by)
        case = await house.case()
        seen[case.version] = case
    return house, seen


async def _do(house: House, act: Act | str, by: str) -> None:
    now = await house.case()
    match act:
        case "customer" | "technician":
            await house.hears(message("Hello", by=act))
        case "end":
            await house.hears(ended())
        case "survey":
            await house.desk.answer_survey(CUSTOMER, CASE, 4, "Quick")
        case "undo":
            await house.technicians.undo(who(by), CASE, now.version)
        case _:
            await house.act(act, by, now.now.state_version)


@settings(max_examples=60)
@given(STEPS)
async def test_every_moment_that_was_seen_is_found_again(steps: list[Step]) -> None:
    house, seen = await live(steps)
    for version, case in seen.items():
        past = await house.technicians.look_back(who(ANN), CASE, version=version, at=None)
        assert (past.now, past.text, past.version) == (case.now, case.text, version)


@settings(max_examples=60)
@given(STEPS, st.integers(1, 40))
async def test_a_snapshot_and_the_events_behind_it_are_the_present(
    steps: list[Step], moment: int
) -> None:
    house, _ = await live(steps)
    now = await house.case()
    version = min(moment, now.version)
    case = await house.technicians.look_back(who(ANN), CASE, version=version, at=None)
    _, behind = await house.technicians.timeline(who(ANN), CASE, version)
    assert [entry.version for entry in behind] == list(range(version + 1, now.version + 1))
    for entry in behind:
        text = entry.text or case.text
        case = replace(case, version=entry.version, now=entry.now, text=text)
    assert (case.now, case.text, case.version) == (now.now, now.text, now.version)


@settings(max_examples=40)
@given(STEPS)
async def test_the_customers_page_is_found_again_as_it_was(steps: list[Step]) -> None:
    """What it said of the case and of its survey, at each moment at which the customer could have looked."""
    house, seen = House(), {}
    await house.hears(opened())
    for act, by in steps:
        house.clock.advance(60)
        with suppress(DeskbusError, CaseMovedOn):
            await _do(house, act, by)
        case, survey = await house.desk.look_up_own(CUSTOMER, CASE)
        seen[case.version] = customer_view(case, survey)
    for version, page in seen.items():
        past = await house.technicians.look_back(who(ANN), CASE, version=version, at=None)
        assert customer_view(*house.desk.as_customer(past)) == page


@settings(max_examples=30)
@given(STEPS, st.integers(0, 15))
async def test_a_time_shows_the_case_as_it_was_then(steps: list[Step], minutes: int) -> None:
    house, _ = await live(steps[:minutes])
    then = await house.case()
    at = house.clock.now()
    for act, by in steps[minutes:]:
        house.clock.advance(60)
        with suppress(DeskbusError, CaseMovedOn):
            await _do(house, act, by)
    past = await house.technicians.look_back(
        who(ANN), CASE, version=None, at=at + timedelta(seconds=30)
    )
    assert (past.now, past.text, past.version) == (then.now, then.text, then.version)
