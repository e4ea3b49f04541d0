"""The frame of trials: one suite for the past in memory and on MongoDB."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.ids import derived_id, new_id
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.storage import FakeStorage, MongoStorage, Storage, Tx
from contracts.cases import CaseHeard
from contracts.envelope import Actor
from services.cases import whatif
from services.cases.domain import Change
from services.cases.history import HISTORY, Entry, FakeHistory, History, MongoHistory, entry_of
from services.cases.keeping import Cause, announced
from services.cases.tests.examples import (
    AT,
    COMPANY,
    OTHER_COMPANY,
    OTHER_TENANT,
    PORTAL,
    TENANT,
    fresh,
)
from services.cases.whatif import (
    Bounds,
    CursorInvalid,
    FakePast,
    Life,
    MongoPast,
    Past,
    Slice,
    Span,
    replay,
)

UNTIL = AT + timedelta(days=30)
SPAN = Span(TENANT, (COMPANY,), UNTIL)
MINUTE = timedelta(minutes=1)


@dataclass
class Trials:
    storage: Storage
    history: History
    past: Past
    keyring: FakeKeyring

    async def lived(
        self, name: str, *times: datetime, tenant: str = TENANT, company_id: str = COMPANY
    ) -> str:
        """A case with an event at each time."""
        case_id = derived_id(name)
        await self.keyring.create(case_id)
        base = replace(fresh(), id=case_id, tenant=tenant, company_id=company_id)
        for version, time in enumerate(times, 1):
            cause = Cause(time, Actor(kind="system", via="cases"), new_id())
            event = announced(Change(CaseHeard, replace(base, version=version)), cause)
            entry = entry_of(event, text_changed=version == 1)
            await self.storage.transact(partial(_append, self.history, entry))
        return case_id

    async def try_all(
        self, span: Span = SPAN, *, slice_after: int = 10_000, cases: int = 10_000
    ) -> list[Slice[str]]:
        """All slices, each of which ends after so many looks at the clock."""
        ticks = Ticks()
        slices: list[Slice[str]] = []
        after: str | None = None
        while True:
            part = await replay(
                self.past, span, told, after=after, bounds=Bounds(cases, slice_after), now=ticks
            )
            slices.append(part)
            after = part.next
            if after is None:
                return slices
            assert len(slices) < 500


@dataclass
class Ticks:
    """A clock that goes on by a second whenever it is looked at."""

    seconds: float = field(default=0.0)

    def __call__(self) -> float:
        self.seconds += 1
        return self.seconds


async def _append(history: History, entry: Entry, tx: Tx) -> None:
    await history.append(tx, entry)


def told(life: Life) -> str:
    return f"{life.case_id} {len(life.entries)} {len(life.recent)}"


def outcomes(slices: list[Slice[str]]) -> list[str]:
    return [it for part in slices for it in part.outcomes]


@pytest.fixture
async def trials(memory_or_mongo: Database | None) -> Trials:
    keyring = FakeKeyring()
    if memory_or_mongo is None:
        storage = FakeStorage()
        return Trials(storage, FakeHistory(storage), FakePast(storage), keyring)
    history = MongoHistory(memory_or_mongo, keyring)
    await history.prepare()
    return Trials(MongoStorage(memory_or_mongo, keyring), history, MongoPast(history), keyring)


async def test_what_a_case_lived_through_before_the_span_is_known_and_counts_not(
    trials: Trials,
) -> None:
    old = await trials.lived("old", AT - 2 * MINUTE, AT - MINUTE)
    both = await trials.lived("both", AT - MINUTE, AT, AT + MINUTE)
    await trials.lived("new", UNTIL)
    (whole,) = await trials.try_all()
    assert whole.outcomes == [f"{both} 3 2"]
    assert old not in repr(whole.outcomes)
    assert (whole.cases, whole.next, whole.progress, whole.cut) == (1, None, 1.0, False)


async def test_nobody_elses_past_is_looked_at(trials: Trials) -> None:
    mine = await trials.lived("mine", AT)
    await trials.lived("another account's", AT, tenant=OTHER_TENANT)
    await trials.lived("another company's", AT, company_id=OTHER_COMPANY)
    assert outcomes(await trials.try_all()) == [f"{mine} 1 1"]
    assert outcomes(await trials.try_all(replace(SPAN, portal_id=PORTAL))) == [f"{mine} 1 1"]
    assert outcomes(await trials.try_all(replace(SPAN, portal_id=derived_id("another")))) == []


async def test_slices_judge_each_case_once_and_end(
    trials: Trials, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whatif, "_PAGE", 3)
    for number in range(7):
        times = [AT + MINUTE * (number + 2 * step) for step in range(number % 3 + 1)]
        await trials.lived(f"case {number}", *times)
    # Several at one moment, more than a page.
    for number in range(2):
        await trials.lived(f"at once {number}", AT + MINUTE)
    (whole,) = await trials.try_all()
    slices = await trials.try_all(slice_after=1)
    assert len(slices) > 5
    assert sorted(outcomes(slices)) == sorted(whole.outcomes)
    assert len(set(whole.outcomes)) == 9
    assert [part.cases for part in slices] == sorted(part.cases for part in slices)
    assert [part.progress for part in slices] == sorted(part.progress for part in slices)
    assert {part.span.until for part in slices} == {UNTIL}


async def test_a_trial_that_is_cut_off_says_so(trials: Trials) -> None:
    for number in range(4):
        await trials.lived(f"case {number}", AT + MINUTE * number)
    slices = await trials.try_all(slice_after=1, cases=3)
    assert len(outcomes(slices)) == 3
    assert (slices[-1].cut, slices[-1].cases, slices[-1].next) == (True, 3, None)
    assert not (await trials.try_all(cases=4))[-1].cut


async def test_what_is_sealed_is_opened_only_for_who_needs_it(trials: Trials) -> None:
    await trials.lived("case", AT)
    seen: list[Entry] = []

    async def look(span: Span) -> bool:
        await replay(
            trials.past,
            span,
            lambda life: seen.extend(life.entries),
            after=None,
            bounds=Bounds(),
            now=Ticks(),
        )
        return seen.pop().text is not None

    assert not await look(SPAN)
    assert await look(replace(SPAN, sealed=True))


@given(st.text(max_size=40))
def test_a_cursor_of_ones_own_making_is_refused_or_harmless(text: str) -> None:
    try:
        whatif._place(SPAN, text)
    except CursorInvalid:
        return
    assert re.match(whatif.CURSOR, text)


@pytest.mark.usefixtures("db_prefix")
async def test_the_past_is_found_by_an_index(mongo_url: str, db_prefix: str) -> None:
    async with Database.connect(mongo_url, f"{db_prefix}cases") as database:
        await MongoHistory(database, FakeKeyring()).prepare()
        rows = database.collection(HISTORY)
        plans = [
            await rows.explain(whatif._query(SPAN, AT), [("time", 1)], hint="of_account"),
            await rows.explain(
                {"case_id": TENANT, "time": {"$lt": AT}}, [("version", 1)], hint="of_case"
            ),
        ]
        assert all("COLLSCAN" not in repr(plan) and "'SORT'" not in repr(plan) for plan in plans)
