"""Duplicates are merged, and go their own ways again (X26), on fakes."""

from datetime import timedelta

import pytest

from chassis.ids import derived_id
from services.cases.actions import Mail, Note
from services.cases.domain import CaseMovedOn
from services.cases.erasing import Erasing
from services.cases.merging import CaseIsMerged, CaseNotMerged, OtherCompany, SameCase, StillLive
from services.cases.storage import Scope
from services.cases.tests.examples import (
    ANN,
    AT,
    BEN,
    CASE,
    COMPANY,
    OTHER_COMPANY,
    TENANT,
    admitted,
    ended,
    message,
    opened,
)
from services.cases.tests.house import HERE, House, who
from services.cases.tests.test_erasing import ANNS, Deleting

SOURCE, TARGET = CASE, derived_id("target")


async def two(house: House) -> None:
    """A chat that is over and assigned, and another one of the same customer."""
    await house.hears(opened(), message("help"), ended())
    await house.act("assign", ANN, 1)
    await house.hears(opened(TARGET), message("help again", case_id=TARGET), ended(TARGET))
    await house.act("assign", BEN, 1, TARGET)


async def merge(house: House, source: int = 2, target: int = 2) -> None:
    await house.relating.merge(who(ANN), HERE, (SOURCE, source), (TARGET, target))


async def test_a_duplicate_goes_on_in_its_target_and_both_say_so(house: House) -> None:
    await two(house)
    await merge(house)
    source, target = await house.case(SOURCE), await house.case(TARGET)
    assert (source.now.state, source.now.merged_into, source.now.state_version) == (
        "resolved",
        TARGET,
        3,
    )
    assert (target.now.merged, target.now.state, target.now.state_version) == (
        (SOURCE,),
        "assigned",
        2,
    )
    assert target.now.unanswered == 2
    assert {"case.merged", "case.absorbed"} <= {*house.told}
    # Again is no change.
    told = len(house.told)
    await merge(house, 3, 2)
    assert len(house.told) == told


async def test_a_merged_case_is_frozen_but_for_taking_the_merge_back(house: House) -> None:
    await two(house)
    await merge(house)
    for action in ("reopen", "open", "flag"):
        with pytest.raises(CaseIsMerged):
            await house.act(action, ANN, 3)
    with pytest.raises(CaseIsMerged):
        await house.act(Note(client_id=derived_id("note"), text="Hm."), ANN)
    assert (await house.case()).now.state == "resolved"


async def test_what_the_customer_writes_there_is_heard_in_the_target(house: House) -> None:
    await two(house)
    await merge(house)
    await house.act("resolve", BEN, 2, TARGET)
    await house.hears(message("are you there?"))
    source, target = await house.case(SOURCE), await house.case(TARGET)
    assert source.now.state == "resolved"
    assert (target.now.state, target.now.assignee_id, target.now.unanswered) == ("assigned", BEN, 3)
    await house.hears(message("Yes", by="technician"))
    assert (await house.case(TARGET)).now.unanswered == 0


async def test_of_what_was_done_meanwhile_nothing_is_overrun(house: House) -> None:
    await two(house)
    for versions in ((1, 2), (2, 1)):
        with pytest.raises(CaseMovedOn):
            await merge(house, *versions)
    assert (await house.case(TARGET)).now.merged == ()


async def test_what_waits_in_either_is_followed_up_no_more(house: House) -> None:
    """A mail closes the follow-up (S44) until the customer writes, wherever they do."""
    await two(house)
    await house.act(Mail(client_id=derived_id("mail"), text="Soon."), BEN, 2, TARGET)
    assert (await house.case(TARGET)).now.followed_up
    await merge(house)
    # In the source they were not answered.
    assert not (await house.case(TARGET)).now.followed_up
    await house.act(Mail(client_id=derived_id("again"), text="Now."), BEN, 2, TARGET)
    assert (await house.case(TARGET)).now.followed_up
    await house.hears(message("are you there?"))
    assert not (await house.case(TARGET)).now.followed_up


async def test_an_open_case_brings_its_resolved_target_back(house: House) -> None:
    await two(house)
    await house.act("resolve", BEN, 2, TARGET)
    await merge(house, target=3)
    target = await house.case(TARGET)
    assert (target.now.state, target.now.assignee_id) == ("assigned", BEN)


async def test_what_is_resolved_leaves_its_target_as_it_is(house: House) -> None:
    await two(house)
    await house.act("resolve", ANN, 2)
    await house.act("resolve", BEN, 2, TARGET)
    await merge(house, 3, 3)
    assert (await house.case(TARGET)).now.state == "resolved"


async def test_what_makes_no_sense_is_refused(house: House) -> None:
    await house.hears(opened(), opened(TARGET, company=OTHER_COMPANY))
    both = Scope(TENANT, (COMPANY, OTHER_COMPANY))
    for source, target, error in (
        (SOURCE, SOURCE, SameCase),
        (SOURCE, TARGET, OtherCompany),
    ):
        with pytest.raises(error):
            await house.relating.merge(who(ANN), both, (source, 1), (target, 1))
    await house.hears(opened(derived_id("third")))
    with pytest.raises(StillLive):
        await house.relating.merge(who(ANN), HERE, (SOURCE, 1), (derived_id("third"), 1))
    with pytest.raises(CaseNotMerged):
        await house.relating.unmerge(who(ANN), HERE, SOURCE, 1)


async def test_two_cannot_be_merged_into_each_other(house: House) -> None:
    await two(house)
    await merge(house)
    with pytest.raises(CaseIsMerged):
        await house.relating.merge(who(ANN), HERE, (TARGET, 2), (SOURCE, 3))


async def test_a_merge_is_taken_back_and_the_case_is_as_it_was(house: House) -> None:
    await two(house)
    before = await house.case(SOURCE)
    await merge(house)
    with pytest.raises(CaseMovedOn):
        await house.relating.unmerge(who(BEN), HERE, SOURCE, 2)
    await house.relating.unmerge(who(BEN), HERE, SOURCE, 3)
    source, target = await house.case(SOURCE), await house.case(TARGET)
    assert (source.now.state, source.now.assignee_id) == ("assigned", ANN)
    assert (source.now.merged_into, source.now.resolved_at) == (None, None)
    assert (source.now.waiting_since, source.now.unanswered) == (before.now.waiting_since, 1)
    assert target.now.merged == ()
    assert {"case.unmerged", "case.released"} <= {*house.told}
    # And once more from there.
    await merge(house, 4)


async def test_who_waits_in_a_case_that_was_parted_again_waits_there_alone(house: House) -> None:
    await two(house)
    await house.act(Mail(client_id=derived_id("mail"), text="Soon."), BEN, 2, TARGET)
    await merge(house)
    await house.hears(message("are you there?"))
    assert (await house.case(TARGET)).now.unanswered == 2
    await house.relating.unmerge(who(BEN), HERE, SOURCE, 3)
    source, target = (await house.case(SOURCE)).now, (await house.case(TARGET)).now
    assert (source.unanswered, source.waiting_since) == (2, AT)
    assert (target.unanswered, target.waiting_since, target.followed_up) == (0, None, True)


async def test_who_waits_in_both_goes_on_waiting_in_both(house: House) -> None:
    await two(house)
    alone = (await house.case(TARGET)).now
    await merge(house)
    await house.hears(message("and here", case_id=TARGET))
    await house.relating.unmerge(who(BEN), HERE, SOURCE, 3)
    target = (await house.case(TARGET)).now
    assert (target.unanswered, target.waiting_since) == (2, alone.waiting_since)


async def test_who_was_answered_meanwhile_is_not_counted_down_twice(house: House) -> None:
    await two(house)
    await merge(house)
    await house.hears(message("Yes", by="technician", case_id=TARGET))
    house.clock.advance(60)
    await house.hears(message("Thanks, and", at=AT + timedelta(minutes=1), case_id=TARGET))
    await house.relating.unmerge(who(BEN), HERE, SOURCE, 3)
    target = (await house.case(TARGET)).now
    assert (target.unanswered, target.waiting_since) == (1, AT + timedelta(minutes=1))


async def test_who_left_gets_nothing_back(house: House) -> None:
    await two(house)
    await merge(house)
    house.people.people[ANN] = house.people.people[ANN].model_copy(update={"active": False})
    await house.relating.unmerge(who(BEN), HERE, SOURCE, 3)
    source = await house.case(SOURCE)
    assert (source.now.state, source.now.assignee_id) == ("unassigned", None)


async def test_the_old_link_and_the_customers_page_follow_the_merge(house: House) -> None:
    await two(house)
    await merge(house)
    number = (await house.case(SOURCE)).now.number
    own, _ = await house.desk.look_up_own(admitted().customer, SOURCE)
    assert (own.id, own.now.number, own.now.state, own.now.assignee_id) == (
        SOURCE,
        number,
        "assigned",
        BEN,
    )


async def test_a_deletion_parts_what_was_merged(house: House) -> None:
    await two(house)
    await merge(house)
    begun = Deleting(house)
    await delete(begun.erasing, TARGET, 2)
    source = await house.case(SOURCE)
    assert (source.now.merged_into, source.now.state, source.now.assignee_id) == (
        None,
        "assigned",
        ANN,
    )


async def test_a_deleted_source_leaves_its_target(house: House) -> None:
    await two(house)
    await merge(house)
    begun = Deleting(house)
    await delete(begun.erasing, SOURCE, 3)
    assert (await house.case(TARGET)).now.merged == ()


async def delete(erasing: Erasing, case_id: str, version: int) -> None:
    await erasing.delete(HERE, ANNS, case_id, version)
