"""Setting up, on fakes."""

from dataclasses import replace

import pytest

from contracts.portal import (
    AccountListed,
    CompanyListed,
    PortalListed,
    SigningKeyListed,
    TechnicianListed,
)
from services.portal import handlers
from services.portal.domain import (
    Account,
    SubdomainReserved,
    SubdomainTaken,
    skeleton,
)
from services.portal.schemas import FirstAccount
from services.portal.tests.examples import (
    WISH,
    World,
    wish_for,
)


async def test_the_first_account_is_told_to_the_directory(empty_world: World) -> None:
    await handlers.create_first_account(empty_world.desk, FirstAccount.model_validate(WISH))
    emitted = empty_world.storage.emitted
    companies = {m.company_id: m.name for m in emitted if isinstance(m, CompanyListed)}
    portals = {m.subdomain: m for m in emitted if isinstance(m, PortalListed)}
    people = [m for m in emitted if isinstance(m, TechnicianListed)]
    assert {s: companies[p.company_id] for s, p in portals.items()} == {
        "demo": "Demo Ltd",
        "shop": "Demo Shop",
    }
    assert portals["demo"].address == "desk.example/p/demo"
    assert {person.name for person in people} == {"Ada Berg", "Greta Lind", "Tom Weiss"}
    assert {frozenset(person.companies) for person in people} == {frozenset(companies)}
    assert {message.aggregate_version for message in emitted} == {1}


async def test_a_portals_options_are_told_with_what_was_left_out(empty_world: World) -> None:
    await handlers.create_first_account(empty_world.desk, FirstAccount.model_validate(WISH))
    portals = [m for m in empty_world.storage.emitted if isinstance(m, PortalListed)]
    demo, shop = sorted(portals, key=lambda portal: portal.subdomain)
    options = {"email", "greeting", "survey", "offer_after", "grace"}
    assert demo.model_dump(include=options) == {
        "email": "required",
        "greeting": "",
        "survey": True,
        "offer_after": 120,
        "grace": 60,
    }
    assert shop.model_dump(include=options) == {
        "email": "optional",
        "greeting": "Hi! What are you looking for?",
        "survey": False,
        "offer_after": 90,
        "grace": 30,
    }


async def test_two_portals_of_the_wish_that_look_alike_create_nothing(empty_world: World) -> None:
    alike = [{"company": "A", "subdomain": "acme"}, {"company": "B", "subdomain": "acrne"}]
    wish = FirstAccount.model_validate({**WISH, "portals": alike})
    with pytest.raises(SubdomainTaken) as refused:
        await handlers.create_first_account(empty_world.desk, wish)
    assert refused.value.params == {"subdomain": "acrne"}
    assert await empty_world.store.ids(Account) == []


async def test_an_account_that_is_there_is_left_alone(world: World) -> None:
    before = await world.technician()
    wish = FirstAccount.model_validate({**wish_for("other"), "account": "Other"})
    assert not await handlers.create_first_account(world.desk, wish)
    assert await world.technician() == before
    assert await world.store.portal_named(None, "other") is None
    assert world.storage.emitted == []


async def test_a_reserved_subdomain_creates_nothing(empty_world: World) -> None:
    wish = FirstAccount.model_validate(wish_for("c0nsole"))
    with pytest.raises(SubdomainReserved):
        await handlers.create_first_account(empty_world.desk, wish)
    assert await empty_world.store.ids(Account) == []


async def test_a_look_alike_of_another_accounts_portal_creates_nothing(world: World) -> None:
    foreign = replace(
        await world.portal(),
        id="other",
        company_id="other",
        subdomain="acrne",
        skeleton=skeleton("acrne"),
    )
    await world.storage.transact(lambda tx: world.store.put(tx, foreign))
    account = (await world.store.ids(Account))[0]
    await world.storage.transact(lambda tx: world.store.remove(tx, Account, account))
    wish = FirstAccount.model_validate(wish_for("acme"))
    with pytest.raises(SubdomainTaken):
        await handlers.create_first_account(world.desk, wish)
    assert await world.store.ids(Account) == []


async def test_the_signing_key_is_made_once(world: World) -> None:
    first = await handlers.ensure_signing_key(world.storage, world.store, bytes(32))
    second = await handlers.ensure_signing_key(world.storage, world.store, bytes(32))
    assert first == second


async def test_the_directory_told_again_is_whole_and_newer(world: World) -> None:
    assert await handlers.republish(world.desk) == 9
    emitted = world.storage.emitted
    kinds = [type(message) for message in emitted]
    assert kinds.count(TechnicianListed) == 3
    assert kinds.count(AccountListed) == kinds.count(SigningKeyListed) == 1
    assert kinds.count(CompanyListed) == kinds.count(PortalListed) == 2
    assert {message.aggregate_version for message in emitted} == {2}
    assert len({message.key for message in emitted}) == 9
