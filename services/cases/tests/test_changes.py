"""From what to what marks of a case were changed, wherever a reader goes on reading (S17, N6)."""

from services.cases.actions import Flag, Mute, Prioritise, Title
from services.cases.changes import Marked
from services.cases.tests.examples import ANN, CASE, message, opened
from services.cases.tests.house import House, who


async def told(house: House, after: int) -> list[list[Marked]]:
    _, entries = await house.technicians.timeline(who(ANN), CASE, after)
    changes = await house.technicians.changes(CASE, entries, after)
    return [list(changes[it.id]) for it in entries if it.id in changes]


async def test_each_change_says_what_it_was_and_what_it_is(house: House) -> None:
    await house.hears(opened(), message("Where is it?"))
    await house.act(Prioritise(priority="high"), ANN)
    await house.act(Title(title="The parcel"), ANN)
    await house.act(Title(title="Two parcels"), ANN)
    await house.act(Flag(flagged=True), ANN)
    await house.act(Mute(muted=True), ANN)
    changes = await told(house, 0)
    assert changes == [
        [Marked("priority", "normal", "high")],
        [Marked("title", "", "The parcel")],
        [Marked("title", "The parcel", "Two parcels")],
        [Marked("flagged", False, True)],
        [Marked("muted", False, True)],
    ]
    # Whoever reads on from somewhere is told the same of what is behind it.
    version = (await house.case()).version
    for left in range(len(changes) + 1):
        assert await told(house, version - left) == changes[len(changes) - left :]


async def test_an_undo_says_what_it_brought_back(house: House) -> None:
    await house.hears(opened())
    case = await house.act(Prioritise(priority="urgent"), ANN)
    await house.technicians.undo(who(ANN), CASE, case.version)
    assert (await told(house, 0))[-1] == [Marked("priority", "urgent", "normal")]


async def test_what_changes_no_mark_says_nothing_of_it(house: House) -> None:
    await house.hears(opened(), message("Where is it?"))
    await house.act("assign", ANN, 1)
    assert await told(house, 0) == []
