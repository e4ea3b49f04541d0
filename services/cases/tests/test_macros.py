"""A macro is one step: all of it or nothing, once, on the timeline, and taken back by one undo."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.ids import derived_id, new_id
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.storage import FakeStorage, MongoStorage, Storage
from chassis.tokens import AdministratorsOnly, Identity
from contracts.cases import CaseMacroApplied, CaseNoted
from contracts.kept import KeptChanged
from services.cases import macros as module
from services.cases.actions import (
    Act,
    Assign,
    Flag,
    Label,
    Mute,
    Pend,
    Prioritise,
    Resolve,
    Spam,
    Title,
    Transfer,
)
from services.cases.decisions import Asked, NothingToUndo
from services.cases.domain import CaseMovedOn
from services.cases.labels import LabelUnknown
from services.cases.macros import (
    MACROS,
    FakeMacros,
    Macro,
    Macros,
    MacroTaken,
    MacroUnknown,
    MongoMacros,
    TooManyMacros,
    usable_query,
)
from services.cases.steps import (
    Known,
    SnoozeFor,
    StepFailed,
    WriteNote,
    kept_steps,
    play,
    steps_of,
)
from services.cases.technicians import NeedsTechnician
from services.cases.tests.examples import (
    ANN,
    AT,
    BEN,
    CASE,
    COMPANY,
    OTHER_TENANT,
    TENANT,
    fresh,
    message,
    opened,
    technician,
)
from services.cases.tests.house import House, who

GREET = (Assign(), Prioritise(priority="high"), WriteNote(text="Taken by macro"))
BYE = (Assign(), Title(title="Done"), Resolve())


def boss(technician_id: str = BEN) -> Identity:
    return Identity(
        "technician", technician_id, TENANT, "", role="administrator", companies=(COMPANY,)
    )


@pytest.fixture
async def desk(house: House) -> House:
    await house.hears(opened(), message("My lamp is dark"))
    return house


async def made(desk: House, *steps: Act, name: str = "Close", shared: bool = False) -> Macro:
    maker = boss() if shared else who(ANN)
    return await desk.macros.add(maker, name, steps, shared=shared)


async def test_a_macro_is_done_as_one_step_and_says_so(desk: House) -> None:
    macro = await made(desk, *BYE)
    case = await desk.macros.apply(who(ANN), CASE, macro.id, 1, None)
    assert (case.now.state, case.now.assignee_id, case.text.title) == ("resolved", ANN, "Done")
    told = desk.last
    assert isinstance(told, CaseMacroApplied)
    assert [it.action for it in told.did] == ["assign", "title", "resolve"]
    _, entries = await desk.technicians.timeline(who(ANN), CASE, 2)
    through = {it.through and (it.through.kind, it.through.id, it.through.name) for it in entries}
    assert through == {("macro", macro.id, "Close")}
    assert [it.type for it in entries][-1] == "case.macro_applied"


async def test_one_undo_takes_the_whole_macro_back(desk: House) -> None:
    before = await desk.case()
    macro = await made(desk, *BYE)
    done = await desk.macros.apply(who(ANN), CASE, macro.id, 1, None)
    with pytest.raises(NothingToUndo):
        await desk.technicians.undo(who(BEN), CASE, done.version)
    back = await desk.technicians.undo(who(ANN), CASE, done.version)
    assert (back.now.state, back.now.assignee_id, back.text.title) == ("unassigned", None, "")
    assert back.now.labels == before.now.labels


async def test_the_same_application_again_is_the_same(desk: House) -> None:
    macro = await made(desk, *GREET)
    client_id = new_id()
    first = await desk.macros.apply(who(ANN), CASE, macro.id, 1, client_id)
    again = await desk.macros.apply(who(ANN), CASE, macro.id, 1, client_id)
    assert first == again
    notes = [it for it in desk.storage.emitted if isinstance(it, CaseNoted)]
    assert [it.note for it in notes] == ["Taken by macro"]


async def test_what_cannot_be_done_whole_is_not_done_at_all(desk: House) -> None:
    label = await desk.labels.add(TENANT, "Lamp", "red")
    macro = await made(desk, Flag(), Label(add=(label.id,)), Resolve())
    theirs = Label(add=(derived_id("no label"),))
    broken = await made(desk, Flag(), theirs, name="Broken")
    before, told = await desk.case(), list(desk.told)
    with pytest.raises(LabelUnknown):
        await desk.macros.apply(who(ANN), CASE, broken.id, 1, None)
    with pytest.raises(CaseMovedOn) as news:
        await desk.macros.apply(who(ANN), CASE, macro.id, 7, None)
    assert news.value.case == before
    assert (await desk.case(), desk.told) == (before, told)
    faults = {it.name: found for it, found in await desk.macros.all(who(ANN))}
    assert faults == {"Broken": [(1, "label_unknown")], "Close": []}


async def test_a_macro_that_changes_nothing_says_nothing(desk: House) -> None:
    macro = await made(desk, Flag())
    await desk.act(Flag(), ANN)
    told = list(desk.told)
    await desk.macros.apply(who(ANN), CASE, macro.id, 1, None)
    assert desk.told == told


async def test_many_cases_are_each_all_or_nothing(desk: House) -> None:
    second = derived_id("second")
    await desk.hears(opened(second))
    await desk.act("assign", BEN, 1, case_id=second)
    macro = await made(desk, Flag(), Assign())
    wanted = [(CASE, 1), (second, 1), (derived_id("none"), 1)]
    results = await desk.macros.apply_to_many(who(ANN), wanted, macro.id, new_id())
    assert [it.outcome for it in results] == ["done", "moved_on", "unknown"]
    assert not (await desk.case(second)).now.flagged


async def test_own_macros_are_nobody_elses_and_shared_ones_administrators(desk: House) -> None:
    own = await made(desk, *BYE)
    shared = await made(desk, *GREET, name="Greet", shared=True)
    assert [it.name for it, _ in await desk.macros.all(who(BEN))] == ["Greet"]
    assert [it.name for it, _ in await desk.macros.all(who(ANN))] == ["Close", "Greet"]
    for stranger in (who(BEN), who(ANN, OTHER_TENANT)):
        with pytest.raises(MacroUnknown):
            await desk.macros.change(stranger, own.id, "Mine", BYE, shared=False)
        with pytest.raises((MacroUnknown, AdministratorsOnly)):
            await desk.macros.remove(stranger, shared.id)
    with pytest.raises(AdministratorsOnly):
        await desk.macros.add(who(ANN), "For all", BYE, shared=True)
    noted = [(it.action, it.subject_id) for it in desk.storage.noted]
    assert noted == [("macro.created", own.id), ("macro.created", shared.id)]


async def test_whose_menus_have_a_macro_are_told_of_it(desk: House) -> None:
    own = await made(desk, *BYE)
    await desk.macros.change(who(ANN), own.id, "Close it", BYE, shared=False)
    await desk.macros.remove(who(ANN), own.id)
    shared = await made(desk, *GREET, name="Greet", shared=True)
    # Taken back, it goes from everybody's menu.
    await desk.macros.change(boss(), shared.id, "Greet", GREET, shared=False)
    await desk.macros.change(boss(), shared.id, "Greeting", GREET, shared=False)
    found = [it for it in desk.storage.emitted if isinstance(it, KeptChanged)]
    assert {it.what for it in found} == {"macro"}
    told = [(it.subject_id, it.technician_id) for it in found]
    assert told == [*[(own.id, ANN)] * 3, *[(shared.id, None)] * 2, (shared.id, BEN)]


async def test_a_program_takes_no_case_by_a_macro_either(desk: House) -> None:
    macro = await made(desk, *BYE, shared=True)
    robot = new_id()
    desk.people.hides_incoming = False
    desk.people.people[robot] = technician(robot, "Robot")
    key = Identity("technician", robot, TENANT, "", companies=(COMPANY,), scopes=("cases:write",))
    with pytest.raises(NeedsTechnician):
        await desk.macros.apply(key, CASE, macro.id, 1, None)


# ---- actions, kept and played --------------------------------------------------------------------

STEPS = st.one_of(
    st.just(Assign()),
    st.just(Resolve()),
    st.just(Pend()),
    st.builds(SnoozeFor, until=st.sampled_from(["reply", "tomorrow", "next_week"])),
    st.builds(Transfer, to=st.sampled_from([None, ANN, BEN, derived_id("gone")])),
    st.builds(Label, add=st.sampled_from([(CASE,), (derived_id("gone"),)])),
    st.builds(Title, title=st.sampled_from(["", "Lamp"])),
    st.builds(Flag, flagged=st.booleans()),
    st.builds(Mute, muted=st.booleans()),
    st.builds(Spam, spam=st.booleans()),
    st.builds(WriteNote, text=st.sampled_from(["Note", "Another"])),
)
KNOWN = Known(frozenset({CASE}), frozenset({ANN, BEN}))


@given(st.lists(STEPS, max_size=8))
def test_actions_lead_to_one_case_through_versions_without_a_gap(steps: list[Act]) -> None:
    asked = Asked(ANN, AT, 1)
    try:
        played = play(fresh(), steps, asked, KNOWN, "seed")
    except StepFailed as failed:
        with pytest.raises(StepFailed):
            play(fresh(), steps[: failed.at + 1], asked, KNOWN, "seed")
        return
    assert played == play(fresh(), steps, asked, KNOWN, "seed")
    versions = [it.case.version for it in played.changes]
    assert versions == list(range(2, len(versions) + 2))
    assert len(played.did) == len(steps)


@given(st.lists(STEPS, max_size=8))
def test_what_is_kept_is_what_is_read(steps: list[Act]) -> None:
    assert steps_of(kept_steps(steps)) == tuple(steps)


# ---- the store, fake and real --------------------------------------------------------------------


@pytest.fixture
async def kept(memory_or_mongo: Database | None) -> tuple[Storage, Macros]:
    if memory_or_mongo is None:
        storage = FakeStorage()
        return storage, FakeMacros(storage)
    macros = MongoMacros(memory_or_mongo)
    await macros.prepare()
    return MongoStorage(memory_or_mongo, FakeKeyring()), macros


def macro(name: str, owner: str | None = None) -> Macro:
    return Macro(new_id(), TENANT, name, owner, BYE)


async def test_a_store_keeps_macros_apart(
    kept: tuple[Storage, Macros], monkeypatch: pytest.MonkeyPatch
) -> None:
    storage, macros = kept
    one, two, own = macro("Über"), macro("Adieu"), macro("Uber", ANN)
    await storage.transact(lambda tx: macros.put(tx, one))
    await storage.transact(lambda tx: macros.put(tx, two))
    await storage.transact(lambda tx: macros.put(tx, own))
    assert await macros.all(TENANT, ANN) == [two, one, own]
    assert await macros.all(TENANT, BEN) == [two, one]
    assert await macros.all(OTHER_TENANT, ANN) == []
    assert await macros.get(None, OTHER_TENANT, one.id) is None
    with pytest.raises(MacroTaken):
        await storage.transact(lambda tx: macros.put(tx, macro("uber")))
    monkeypatch.setattr(module, "MOST", 2)
    with pytest.raises(TooManyMacros):
        await storage.transact(lambda tx: macros.put(tx, macro("Third")))
    await storage.transact(lambda tx: macros.put(tx, one))
    await storage.transact(lambda tx: macros.remove(tx, two))
    assert await macros.all(TENANT, BEN) == [one]


@pytest.mark.mongo
async def test_the_list_of_macros_has_its_index(mongo_database: Database) -> None:
    await MongoMacros(mongo_database).prepare()
    plan = await mongo_database.collection(MACROS).explain(usable_query(TENANT, ANN))
    assert "COLLSCAN" not in repr(plan)
