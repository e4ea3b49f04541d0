"""Setting up, on fakes."""

from dataclasses import replace

import pytest

from contracts.portal import CompanyListed, PortalListed, SigningKeyListed, TechnicianListed
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
)


async def test_the_first_account_is_told_to_the_directory(empty_world: World) -> None:
    await handlers.create_first_account(empty_world.desk, FirstAccount.model_validate(WISH))
    emitted = empty_world.storage.emitted
    company, portal, *people = emitted
    assert isinstance(company, CompanyListed)
    assert isinstance(portal, PortalListed)
    assert (company.name, portal.subdomain) == ("Demo Ltd", "demo")
    assert portal.address == "desk.example/p/demo"
    assert {p.name for p in people if isinstance(p, TechnicianListed)} == {
        "Ada Berg",
        "Greta Lind",
        "Tom Weiss",
    }
    assert {message.aggregate_version for message in emitted} == {1}


async def test_an_account_that_is_there_is_left_alone(world: World) -> None:
    before = await world.technician()
    wish = FirstAccount.model_validate({**WISH, "account": "Other", "portal": "other"})
    assert not await handlers.create_first_account(world.desk, wish)
    assert await world.technician() == before
    assert await world.store.portal_named(None, "other") is None
    assert world.storage.emitted == []


async def test_a_reserved_subdomain_creates_nothing(empty_world: World) -> None:
    wish = FirstAccount.model_validate({**WISH, "portal": "c0nsole"})
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
    wish = FirstAccount.model_validate({**WISH, "portal": "acme"})
    with pytest.raises(SubdomainTaken):
        await handlers.create_first_account(world.desk, wish)
    assert await world.store.ids(Account) == []


async def test_the_signing_key_is_made_once(world: World) -> None:
    first = await handlers.ensure_signing_key(world.storage, world.store, bytes(32))
    second = await handlers.ensure_signing_key(world.storage, world.store, bytes(32))
    assert first == second


async def test_the_directory_told_again_is_whole_and_newer(world: World) -> None:
    assert await handlers.republish(world.desk) == 6
    emitted = world.storage.emitted
    kinds = [type(message) for message in emitted]
    assert kinds.count(TechnicianListed) == 3
    assert kinds.count(SigningKeyListed) == kinds.count(CompanyListed) == 1
    assert kinds.count(PortalListed) == 1
    assert {message.aggregate_version for message in emitted} == {2}
    assert len({message.key for message in emitted}) == 6
