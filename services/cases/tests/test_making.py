"""Cases that technicians make (S43, X26), on fakes."""

from dataclasses import replace

import pytest

from chassis.ids import derived_id
from chassis.tokens import Identity
from contracts.chat import Visitor
from services.cases.keeping import CaseUnknown
from services.cases.making import PortalNotYours, Wanted
from services.cases.storage import Scope
from services.cases.tests.examples import ANN, CASE, COMPANY, EMAIL, PORTAL, TENANT, message, opened
from services.cases.tests.house import HERE, House, who

CALL = Wanted(
    client_id=derived_id("client"),
    kind="call",
    portal_id=PORTAL,
    customer=Visitor(first_name="Cleo", last_name="Cox", email=EMAIL),
    title="Invoice",
    problem="She cannot find her invoice.",
    locale="de",
    keep=True,
)


async def test_a_call_becomes_a_case_of_whoever_took_it(house: House) -> None:
    made = await house.making.make(who(ANN), HERE, CALL)
    assert (made.now.case_type, made.now.live, made.now.state) == ("call", False, "assigned")
    assert (made.now.assignee_id, made.company_id, made.now.portal_id) == (ANN, COMPANY, PORTAL)
    assert (made.text.title, made.text.preview) == ("Invoice", "She cannot find her invoice.")
    # The key goes out before anything that it seals.
    assert house.told == ["key.created", "case.opened"]
    assert made.now.contact_id == (await house.book.page(HERE, None, 5)).contacts[0].id


async def test_the_same_press_is_the_same_case(house: House) -> None:
    first = await house.making.make(who(ANN), HERE, CALL)
    assert await house.making.make(who(ANN), HERE, CALL) == first
    assert house.told.count("case.opened") == 1


async def test_one_that_its_maker_does_not_keep_waits_and_a_program_keeps_none(
    house: House,
) -> None:
    left = await house.making.make(who(ANN), HERE, replace(CALL, keep=False))
    assert (left.now.state, left.now.assignee_id) == ("unassigned", None)
    program = Identity("technician", derived_id("key"), TENANT, "", companies=(COMPANY,), scopes=())
    other = replace(CALL, client_id=derived_id("another"))
    assert (await house.making.make(program, HERE, other)).now.state == "unassigned"


async def test_a_portal_of_nobodys_company_is_refused(house: House) -> None:
    for wanted in (replace(CALL, portal_id=derived_id("elsewhere")), CALL):
        mine = (COMPANY,) if wanted is not CALL else ()
        with pytest.raises(PortalNotYours):
            await house.making.make(who(ANN, companies=mine), HERE, wanted)
    assert house.told == []


async def test_a_case_that_was_made_from_a_conversation_refers_to_it_and_is_told_of_there(
    house: House,
) -> None:
    asked = message("And where is my parcel?")
    await house.hears(opened(), message("help"), asked)
    before = await house.case()
    wanted = replace(CALL, kind="request", refers_to=CASE, refers_from=asked.id)
    made = await house.making.make(who(ANN), HERE, wanted)
    assert (made.now.refers_to, made.now.refers_from) == (CASE, asked.id)
    source = await house.case()
    # Nothing of the conversation was moved, and no decision on it is outdated.
    assert source.now == before.now
    assert source.text == before.text
    (split,) = [it for it in await house.history.read(None, CASE) if it.type == "case.split"]
    assert split.tells == {"technician_id": ANN, "into_id": made.id, "into_number": made.now.number}
    assert [it.id for it in (await house.book.related(HERE, made, None, 5)).cases] == [CASE]


async def test_a_conversation_that_may_not_be_seen_is_not_referred_to(house: House) -> None:
    await house.hears(opened())
    with pytest.raises(CaseUnknown):
        await house.making.make(who(ANN), Scope(TENANT, ()), replace(CALL, refers_to=CASE))
