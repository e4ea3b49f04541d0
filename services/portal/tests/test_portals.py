"""Administrators make portals, change their addresses, and switch them off (S1-S3, S6)."""

from dataclasses import replace

import httpx
import pytest

from chassis.errors import DeskbusError
from chassis.ids import derived_id
from chassis.tokens import AdministratorsOnly, TokenExpired
from contracts.portal import CompanyListed, PortalListed, TechnicianListed
from services.portal import handlers
from services.portal.domain import (
    Account,
    Company,
    Portal,
    PortalState,
    SubdomainInvalid,
    SubdomainReserved,
    SubdomainTaken,
)
from services.portal.domain_portals import (
    CompanyHasPortal,
    CompanyNotOfAccount,
    MailAddressTaken,
    OwnPortalUnknown,
)
from services.portal.portals import Wanted
from services.portal.tests.browsers import code
from services.portal.tests.examples import ADA, GRETA, PASSWORD, World

OTHER, BARE = derived_id("other account"), derived_id("bare")


async def add(world: World, subdomain: str = "acme", **more: str | None) -> Portal:
    wanted: dict[str, str | None] = {"company_id": None, "company_name": "Acme", **more}
    ada = await world.identity(ADA)
    wish = Wanted(subdomain, "active", wanted["company_id"], str(wanted["company_name"]))
    return (await handlers.add_portal(world.desk, ada, wish))[1]


async def change(world: World, portal: Portal, subdomain: str, **more: str) -> Portal:
    state: PortalState = "inactive" if more.get("state") == "inactive" else "active"
    ada = await world.identity(ADA)
    return (
        await handlers.change_portal(
            world.desk, ada, portal.id, subdomain, state, more.get("mail_address")
        )
    )[1]


async def in_another_account(world: World, portal: Portal) -> Portal:
    """The same portal, had it belonged to somebody else all the time."""
    await world.save(Account(OTHER, "Other"))
    foreign = replace(portal, tenant=OTHER)
    await world.save(foreign)
    return foreign


async def test_a_portal_of_a_new_company_is_everybodys(world: World) -> None:
    before = await world.identity(GRETA)
    portal = await add(world)
    assert (portal.subdomain, portal.state) == ("acme", "active")
    told = world.storage.emitted
    assert [type(it) for it in told[:1]] == [CompanyListed]
    assert sum(isinstance(it, TechnicianListed) for it in told) == 3
    assert isinstance(told[-1], PortalListed)
    assert told[-1].address == "desk.example/p/acme"
    assert (await world.technician(GRETA)).companies[-1] == portal.company_id
    with pytest.raises(TokenExpired):
        await handlers.show_me(
            world.desk, replace(before, issued_at=before.issued_at.replace(year=2000))
        )


async def test_a_company_has_one_portal(world: World) -> None:
    portal = await add(world)
    with pytest.raises(CompanyHasPortal):
        await add(world, "acme-two", company_id=portal.company_id)
    with pytest.raises(CompanyNotOfAccount):
        await add(world, "acme-two", company_id="nothing")


async def test_a_company_without_one_can_be_chosen(world: World) -> None:
    tenant = (await world.identity(ADA)).tenant
    await world.save(Company(BARE, tenant, "Bare", 1))
    portal = await add(world, "bare-desk", company_id=BARE)
    assert portal.company_id == BARE


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("demo", SubdomainTaken),
        ("dem0", SubdomainTaken),
        ("Demo ", SubdomainTaken),
        ("admin", SubdomainReserved),
        ("adm1n", SubdomainReserved),
        ("a", SubdomainInvalid),
        ("a--b-c", SubdomainInvalid),
    ],
)
async def test_a_name_is_refused_while_it_is_typed_and_when_it_is_saved(
    world: World, name: str, refused: type[DeskbusError]
) -> None:
    ada = await world.identity(ADA)
    with pytest.raises(refused):
        await handlers.check_subdomain(world.desk, ada, name, None)
    with pytest.raises(refused):
        await add(world, name)
    # Nothing of it was kept, the new company neither.
    assert len((await handlers.list_portals(world.desk, ada)).companies) == 2


async def test_ones_own_name_is_free_for_oneself(world: World) -> None:
    portal = await world.portal("demo")
    ada = await world.identity(ADA)
    assert await handlers.check_subdomain(world.desk, ada, "DEMO", portal.id) == "demo"


async def test_an_old_address_is_given_to_nobody_else(world: World) -> None:
    portal = await add(world, "acme")
    await change(world, portal, "acme-support")
    assert await world.store.portal_named(None, "acme") is None
    foreign = await in_another_account(world, await add(world, "foreign"))
    with pytest.raises(OwnPortalUnknown):
        await change(world, foreign, "acme")
    # The own account takes it back, for whichever portal it likes.
    again = await change(world, await world.portal("acme-support"), "acme")
    assert again.subdomain == "acme"
    await change(world, again, "acme-support")
    old = [it for it in world.storage.table("old_subdomains").values() if it.subdomain == "acme"]
    assert len(old) == 1
    world.storage.table("old_subdomains")[old[0].id] = replace(old[0], tenant=OTHER)
    for name in ("acme", "acrne"):
        with pytest.raises(SubdomainTaken):
            await add(world, name, company_name="Thief")


async def test_a_change_that_says_nothing_new_tells_nothing(world: World) -> None:
    portal = await world.portal("demo")
    await change(world, portal, "demo")
    assert world.storage.emitted == []
    changed = await change(world, portal, "demo", state="inactive")
    (told,) = world.storage.emitted
    assert isinstance(told, PortalListed)
    assert (told.state, told.aggregate_version, changed.state) == ("inactive", 2, "inactive")
    look = await handlers.look_at_portal(world.desk, "demo")
    assert look.view == "unavailable"


async def test_technicians_make_none(world: World) -> None:
    greta = await world.identity(GRETA)
    portal = await world.portal("demo")
    for refused in (
        handlers.list_portals(world.desk, greta),
        handlers.check_subdomain(world.desk, greta, "acme", None),
        handlers.add_portal(world.desk, greta, Wanted("acme", "active", None, "Acme")),
        handlers.change_portal(world.desk, greta, portal.id, "acme", "active"),
    ):
        with pytest.raises(AdministratorsOnly):
            await refused


@pytest.mark.tansu
@pytest.mark.mongo
async def test_by_rest_a_portal_is_made_listed_and_moved(client: httpx.AsyncClient) -> None:
    ada = {"email": ADA, "password": PASSWORD}

    async def sign_in() -> None:
        token = (await client.post("/api/portal/session", json=ada)).json()["access_token"]
        client.headers["authorization"] = f"Bearer {token}"

    await sign_in()
    url = "/api/portal/company-portals"
    assert (await client.get("/api/portal/subdomains/acme")).json()["url"].endswith("/p/acme")
    taken = await client.get("/api/portal/subdomains/demo")
    assert code(taken) == (409, "subdomain_taken")
    assert code(await client.post(url, json={"subdomain": "acme"})) == (422, "invalid_input")
    made = await client.post(url, json={"subdomain": "acme", "company_name": "Acme"})
    assert (made.status_code, made.json()["name"]) == (201, "Acme")
    await sign_in()
    twice = await client.post(url, json={"subdomain": "acme", "company_name": "Acme"})
    assert code(twice) == (409, "subdomain_taken")
    portal = made.json()["portal"]
    moved = await client.put(
        f"{url}/{portal['id']}", json={"subdomain": "acme-desk", "state": "active"}
    )
    assert moved.json()["portal"]["url"].endswith("/p/acme-desk")
    assert code(await client.get("/api/portal/portals/acme")) == (404, "portal_unknown")
    listed = (await client.get(url)).json()
    assert [it["name"] for it in listed["companies"]] == ["Acme", "Demo Ltd", "Demo Shop"]
    assert listed["base"].endswith("/p/")


async def test_a_portal_takes_mail_at_an_address_that_no_other_has(world: World) -> None:
    portal = await change(world, await add(world), "acme", mail_address="help@acme.example")
    assert portal.mail_address == "help@acme.example"
    listed = world.storage.emitted[-1]
    assert isinstance(listed, PortalListed)
    assert listed.mail_address == "help@acme.example"
    # What is not said stays, and one's own address is free for oneself.
    assert (await change(world, portal, "acme")).mail_address == "help@acme.example"
    with pytest.raises(MailAddressTaken):
        await change(world, await world.portal("demo"), "demo", mail_address="help@acme.example")
    await in_another_account(world, portal)
    with pytest.raises(MailAddressTaken):
        await change(world, await world.portal("demo"), "demo", mail_address="help@acme.example")
    # Any number of portals have none.
    await change(world, await world.portal("demo"), "demo", mail_address="")
    await change(world, await world.portal("shop"), "shop", mail_address="")
