"""A customer is deleted for good, with every case, on fakes."""

import pytest

from chassis.ids import derived_id
from chassis.tokens import Identity
from services.cases.contact_erasing import ContactElsewhere, ContactErasing
from services.cases.contacts import ContactUnknown
from services.cases.erasure import AdministratorsOnly, ChatNotEnded
from services.cases.storage import Scope
from services.cases.tests.examples import (
    ANN,
    CASE,
    OTHER_COMPANY,
    TENANT,
    ended,
    message,
    opened,
)
from services.cases.tests.house import HERE, House, who
from services.cases.tests.test_erasing import ANNS, Deleting

SECOND, THIRD = derived_id("second case"), derived_id("third case")


class Asking:
    def __init__(self, house: House) -> None:
        self.house = house
        self.begun = Deleting(house)
        self.erasing = ContactErasing(self.begun.erasing, house.book)

    async def delete(self, by: Identity = ANNS, scope: Scope = HERE) -> list[str]:
        case = await self.house.case()
        erased = await self.erasing.delete(scope, by, str(case.now.contact_id))
        return [it.id for it in erased]


async def test_every_case_of_a_contact_is_deleted_and_the_contact_with_them(house: House) -> None:
    await house.hears(opened(), ended(), opened(SECOND), ended(SECOND))
    await house.hears(opened(THIRD, email="ben@example.com"))
    assert {*await Asking(house).delete()} == {CASE, SECOND}
    (left,) = (await house.book.page(HERE, None, 9)).contacts
    assert left.text.emails == ("ben@example.com",)
    assert house.told.count("case.deleted") == 2
    # The keys of what the contact said go with the erasures.
    assert {*house.contacts.left.values()} == {CASE, SECOND}


async def test_merged_ones_too(house: House) -> None:
    await house.hears(opened(), message("a"), ended(), opened(SECOND), ended(SECOND))
    await house.relating.merge(who(ANN), HERE, (CASE, 1), (SECOND, 1))
    assert {*await Asking(house).delete()} == {CASE, SECOND}


async def test_while_somebody_chats_nothing_is_deleted(house: House) -> None:
    await house.hears(opened(), ended(), opened(SECOND))
    with pytest.raises(ChatNotEnded):
        await Asking(house).delete()
    assert "case.deleted" not in house.told


async def test_only_who_may_see_all_of_it_deletes_it(house: House) -> None:
    await house.hears(opened(), ended(), opened(SECOND, company=OTHER_COMPANY))
    asking = Asking(house)
    with pytest.raises(ContactElsewhere):
        await asking.delete()
    with pytest.raises(ContactUnknown):
        await asking.delete(scope=Scope(TENANT, (derived_id("third company"),)))
    with pytest.raises(AdministratorsOnly):
        await asking.delete(who(derived_id("nobody")))
    assert "case.deleted" not in house.told
