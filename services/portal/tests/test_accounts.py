"""What administrators decide for the whole account."""

from dataclasses import replace

import httpx
import pytest

from chassis.mongo import Database
from chassis.tokens import AdministratorsOnly
from contracts.portal import AccountListed
from services.portal import handlers
from services.portal.domain import Account
from services.portal.storage import MongoPortalStore
from services.portal.tests.browsers import code, sign_in
from services.portal.tests.examples import ADA, GRETA, PASSWORD, World


async def test_a_choice_is_told_once_for_each_change(world: World) -> None:
    identity = await world.identity(ADA)
    for hide in (True, False, False, True):
        account = await handlers.change_account(world.desk, identity, hide_incoming=hide)
        assert account.hide_incoming is hide
    shown, hidden = world.storage.emitted
    assert isinstance(shown, AccountListed)
    assert isinstance(hidden, AccountListed)
    assert (shown.hide_incoming, hidden.hide_incoming) == (False, True)
    assert (shown.aggregate_version, hidden.aggregate_version) == (2, 3)
    assert (shown.key, shown.actor.id) == (f"account:{identity.tenant}", identity.id)


async def test_a_technician_decides_nothing_for_others(world: World) -> None:
    with pytest.raises(AdministratorsOnly):
        await handlers.change_account(world.desk, await world.identity(GRETA), hide_incoming=False)
    assert world.storage.emitted == []


async def test_who_is_an_administrator_no_more_decides_nothing_by_an_old_token(
    world: World,
) -> None:
    identity = await world.identity(ADA)
    await world.save(replace(await world.technician(ADA), role="technician"))
    with pytest.raises(AdministratorsOnly):
        await handlers.change_account(world.desk, identity, hide_incoming=False)


async def test_the_choice_stands_in_everybodys_profile(world: World) -> None:
    await handlers.change_account(world.desk, await world.identity(ADA), hide_incoming=False)
    profile = await handlers.show_me(world.desk, await world.identity(GRETA))
    assert profile.account.hide_incoming is False


@pytest.mark.tansu
@pytest.mark.mongo
async def test_by_rest_administrators_alone_change_it(client: httpx.AsyncClient) -> None:
    url, wish = "/api/portal/account", {"hide_incoming": False}
    assert code(await client.patch(url, json=wish)) == (401, "token_invalid")
    await sign_in(client)
    assert code(await client.patch(url, json=wish)) == (403, "administrators_only")
    ada = {"email": ADA, "password": PASSWORD}
    token = (await client.post("/api/portal/session", json=ada)).json()["access_token"]
    client.headers["authorization"] = f"Bearer {token}"
    assert (await client.get("/api/portal/me")).json()["hide_incoming"] is True
    answer = await client.patch(url, json=wish)
    assert (answer.status_code, answer.json()) == (200, {"name": "Demo", "hide_incoming": False})
    assert (await client.get("/api/portal/me")).json()["hide_incoming"] is False


@pytest.mark.tansu
@pytest.mark.mongo
@pytest.mark.parametrize("wish", [{}, {"hide_incoming": "no"}, {"hide": True}])
async def test_what_is_no_choice_is_refused(
    client: httpx.AsyncClient, wish: dict[str, object]
) -> None:
    await sign_in(client)
    answer = await client.patch("/api/portal/account", json=wish)
    assert code(answer) == (422, "invalid_input")


@pytest.mark.mongo
async def test_an_account_of_before_the_choice_hides(mongo_database: Database) -> None:
    await mongo_database.collection("accounts").insert_one({"_id": "old", "name": "Old"})
    found = await MongoPortalStore(mongo_database).get(None, Account, "old")
    assert found == Account("old", "Old", hide_incoming=True, version=1)
