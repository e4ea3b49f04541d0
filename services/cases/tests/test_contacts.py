"""Customers once known (S39, S40), on fakes: who is found again, what is told of them, and what a deletion leaves."""

from dataclasses import replace

import pytest

from chassis.ids import derived_id
from contracts.kept import KeptChanged
from services.cases import contacts as rules
from services.cases.actions import Verify
from services.cases.contacts import (
    AddressTaken,
    Contact,
    ContactMovedOn,
    ContactUnknown,
    SameContact,
)
from services.cases.storage import Scope
from services.cases.tests.examples import (
    ANN,
    CASE,
    COMPANY,
    EMAIL,
    OTHER_COMPANY,
    TENANT,
    contact,
    message,
    opened,
)
from services.cases.tests.house import HERE, House, who
from services.cases.tests.test_erasing import Deleting

SECOND = derived_id("second case")
THIRD = derived_id("third case")


async def only(house: House) -> Contact:
    page = await house.book.page(HERE, None, 10)
    (found,) = page.contacts
    return found


async def related(house: House, case_id: str = CASE, scope: Scope = HERE) -> list[str]:
    case = await house.case(case_id)
    return [it.id for it in (await house.book.related(scope, case, None, 10)).cases]


async def test_a_customer_with_an_address_is_a_contact_from_the_first_event_on(
    house: House,
) -> None:
    await house.hears(opened())
    case, found = await house.case(), await only(house)
    assert (case.now.contact_id, case.now.contact_verified) == (found.id, False)
    assert house.last.case.contact_id == found.id
    assert (found.text.first_name, found.text.emails, found.cases) == (
        "Cleo",
        (EMAIL,),
        {COMPANY: 1},
    )


async def test_the_same_address_in_another_case_is_the_same_contact(house: House) -> None:
    await house.hears(
        opened(), opened(SECOND, email=EMAIL.upper()), opened(THIRD, email="x@y.example")
    )
    assert await related(house) == [SECOND]
    assert await related(house, SECOND) == [CASE]
    assert await related(house, THIRD) == []
    known = await house.case()
    assert known.now.contact_id == (await house.case(SECOND)).now.contact_id


async def test_who_gives_no_address_is_nobody_until_they_do(house: House) -> None:
    await house.hears(opened(email=""))
    assert (await house.case()).now.contact_id is None
    assert await related(house) == []
    await house.hears(contact(EMAIL))
    assert (await house.case()).now.contact_id == (await only(house)).id


async def test_a_corrected_address_leads_to_another_contact_and_leaves_none_behind(
    house: House,
) -> None:
    await house.hears(opened(email="old@example.com"))
    await house.act(Verify(), ANN)
    before = await only(house)
    await house.hears(contact(EMAIL))
    found = await only(house)
    assert found.id != before.id
    assert (found.text.emails, found.cases) == ((EMAIL,), {COMPANY: 1})
    # Nobody has made sure of the new one.
    assert not (await house.case()).now.contact_verified


async def test_cases_of_companies_that_are_not_the_technicians_are_neither_shown_nor_counted(
    house: House,
) -> None:
    await house.hears(opened(), opened(SECOND, company=OTHER_COMPANY))
    assert await related(house) == []
    both = Scope(TENANT, (COMPANY, OTHER_COMPANY))
    assert await related(house, scope=both) == [SECOND]
    with pytest.raises(ContactUnknown):
        await house.book.show(Scope(TENANT, ()), (await only(house)).id)


async def test_a_name_that_came_with_a_typed_address_changes_nobody(house: House) -> None:
    await house.hears(opened())
    other = opened(SECOND)
    other = other.model_copy(
        update={"visitor": other.visitor.model_copy(update={"first_name": "Mallory"})}
    )
    await house.hears(other)
    assert (await only(house)).text.first_name == "Cleo"


async def test_only_who_has_an_address_can_be_made_sure_of(house: House) -> None:
    await house.hears(opened(email=""))
    with pytest.raises(ContactUnknown):
        await house.act(Verify(), ANN)
    await house.hears(contact(EMAIL))
    assert (await house.act(Verify(), ANN)).now.contact_verified
    assert house.told[-1] == "case.contact_linked"
    again = len(house.told)
    await house.act(Verify(), ANN)
    assert len(house.told) == again


# ---- what technicians say ------------------------------------------------------------------------


async def edit(house: House, version: int = 1, **fields: object) -> Contact:
    found = await only(house)
    wanted = found.text.model_copy(update=fields)
    return await house.book.edit(who(ANN), HERE, found.id, wanted, version)


def told(house: House) -> list[tuple[str, tuple[str, ...]]]:
    """Which contacts consoles were told of, and of which companies those are."""
    found = [it for it in house.storage.emitted if isinstance(it, KeptChanged)]
    return [(it.subject_id, it.companies) for it in found if it.what == "contact"]


async def test_a_contact_is_edited_on_the_version_that_was_looked_at(house: House) -> None:
    await house.hears(opened())
    changed = await edit(house, organisation="Acme", note="Prefers mails.")
    assert (changed.version, changed.text.organisation) == (2, "Acme")
    assert house.storage.noted[-1].action == "contact.changed"
    assert told(house) == [(changed.id, (COMPANY,))]
    # As it is already, it is nobody's news.
    found = await only(house)
    assert await house.book.edit(who(ANN), HERE, found.id, found.text, 2) == found
    assert len(told(house)) == 1
    with pytest.raises(ContactMovedOn):
        await edit(house, organisation="Emca")
    assert (await only(house)).text.organisation == "Acme"


async def test_an_address_that_was_added_finds_the_contact(house: House) -> None:
    await house.hears(opened())
    await edit(house, emails=(EMAIL, "cleo@home.example"))
    await house.hears(opened(SECOND, email="cleo@home.example"))
    assert await related(house) == [SECOND]


async def test_an_address_of_somebody_else_is_not_taken_away(house: House) -> None:
    await house.hears(opened(), opened(SECOND, email="ben@example.com"))
    known = await house.case()
    found = await house.book.show(HERE, str(known.now.contact_id))
    wanted = found.text.model_copy(update={"emails": (EMAIL, "BEN@example.com")})
    with pytest.raises(AddressTaken):
        await house.book.edit(who(ANN), HERE, found.id, wanted, 1)


async def test_two_contacts_that_are_one_person_are_merged(house: House) -> None:
    await house.hears(opened(), opened(SECOND, email="cleo@home.example"))
    one, two = [str((await house.case(it)).now.contact_id) for it in (CASE, SECOND)]
    with pytest.raises(ContactMovedOn):
        await house.book.merge(who(ANN), HERE, (one, 1), (two, 2))
    whole = await house.book.merge(who(ANN), HERE, (one, 1), (two, 1))
    assert (whole.ids, whole.cases) == ((one, two), {COMPANY: 2})
    assert told(house) == [(one, (COMPANY,)), (two, (COMPANY,))]
    assert await related(house) == [SECOND]
    assert await related(house, SECOND) == [CASE]
    # The old id leads to the same contact, and so does its address.
    assert (await house.book.show(HERE, two)).id == one
    await house.hears(opened(THIRD, email="cleo@home.example"))
    assert (await house.case(THIRD)).now.contact_id == one
    with pytest.raises(SameContact):
        await house.book.merge(who(ANN), HERE, (one, 2), (two, 2))


async def test_contacts_are_found_by_beginnings_of_what_is_known_of_them(house: House) -> None:
    await house.hears(opened(), opened(SECOND, email="ben@example.com"))
    found = await house.book.search(HERE, "CLEO@exam", 10)
    assert [it.text.emails for it in found] == [(EMAIL,)]
    assert await house.book.search(Scope(TENANT, (OTHER_COMPANY,)), "cleo", 10) == []


# ---- what a deletion leaves ----------------------------------------------------------------------


async def deleting(house: House) -> Deleting:
    await house.hears(opened(), message("help"))
    await house.act("assign", ANN, 1)
    await house.act("resolve", ANN, 2)
    case = await house.case()
    over = replace(case, now=case.now.model_copy(update={"live": False}))
    await house.storage.transact(lambda tx: house.keeper.store.save(tx, case, over))
    return Deleting(house)


async def test_the_contact_goes_with_its_last_case(house: House) -> None:
    begun = await deleting(house)
    found = await only(house)
    await begun.delete(3)
    assert (await house.book.page(HERE, None, 10)).contacts == []
    assert house.contacts.left == {found.key_id: CASE}


async def test_of_a_deleted_case_a_contact_keeps_nothing_that_only_it_has_said(
    house: House,
) -> None:
    begun = await deleting(house)
    other = opened(SECOND)
    named = other.visitor.model_copy(update={"first_name": "Cleopatra"})
    await house.hears(other.model_copy(update={"visitor": named}))
    before = await only(house)
    await begun.delete(3)
    left = await only(house)
    assert (left.text.first_name, left.cases) == ("Cleopatra", {COMPANY: 1})
    # Under another key, so that what was kept under the old one is unreadable once that is destroyed.
    assert left.key_id != before.key_id
    assert house.contacts.left == {before.key_id: CASE}
    assert await related(house, SECOND) == []


def test_an_address_counts_once_however_it_is_written() -> None:
    assert rules.distinct(("A@x.example", "a@X.example", "", "b@x.example")) == (
        "A@x.example",
        "b@x.example",
    )
