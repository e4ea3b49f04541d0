"""API keys: whom they let in, at which rate, and what is told of their use."""

import base64
from datetime import timedelta
from typing import Annotated

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI

from chassis.admits import current_administrator, current_technician, staff
from chassis.api_keys import ApiKeys, secret_hash, used
from chassis.app import create_app
from chassis.clock import FakeClock
from chassis.directory import Directory
from chassis.ids import new_id
from chassis.scopes import OF_THE_ACCOUNT, ApiKeyInvalid, KeyRateLimited
from chassis.settings import Settings
from chassis.tokens import Identity
from contracts.envelope import Actor
from contracts.portal import ApiKeyListed, CompanyListed

SETTINGS = Settings(kafka="k:1", mongo="mongodb://m", secret=base64.b64encode(bytes(32)).decode())
SECRET = "dbk_" + "s" * 43
KEY_ID, TENANT, COMPANY = new_id(), new_id(), new_id()
router = APIRouter(prefix="/api/demo")


@router.get("/cases")
async def cases(identity: Annotated[Identity, Depends(staff("cases:read"))]) -> list[str]:
    return [identity.id, identity.name, identity.via, *identity.companies]


@router.post("/cases")
async def write(identity: Annotated[Identity, Depends(staff("cases:write"))]) -> str:
    return identity.id


@router.get("/me")
async def me(identity: Annotated[Identity, Depends(current_technician)]) -> str:
    return identity.id


@router.get("/settings")
async def change(identity: Annotated[Identity, Depends(current_administrator)]) -> str:
    return identity.id


@router.get("/audit")
async def audit(identity: Annotated[Identity, Depends(staff("audit:read"))]) -> str:
    return identity.id


class World:
    """A directory with one key, and a service that knows it."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.directory = Directory(SETTINGS)
        self.directory.loaded = True
        self.version = 0
        self.list_key()
        self.keys = ApiKeys(self.directory.api_key, self.clock)

    def list_key(self, **changes: object) -> None:
        self.version += 1
        fields = {
            "id": new_id(),
            "time": self.clock.now(),
            "tenant": TENANT,
            "key": f"api_key:{KEY_ID}",
            "aggregate_version": self.version,
            "actor": Actor(kind="system", via="portal"),
            "correlation_id": new_id(),
            "api_key_id": KEY_ID,
            "name": "Billing",
            "secret_hash": secret_hash(SECRET),
            "scopes": ("cases:read",),
            "companies": (COMPANY,),
            "rate_per_minute": 3,
            "expires_at": None,
            "revoked": False,
        }
        self.directory.apply(ApiKeyListed.model_validate({**fields, **changes}))

    def list_company(self, company_id: str, tenant: str = TENANT) -> None:
        self.directory.apply(
            CompanyListed(
                id=new_id(),
                time=self.clock.now(),
                tenant=tenant,
                key=f"company:{company_id}",
                aggregate_version=1,
                actor=Actor(kind="system", via="portal"),
                correlation_id=new_id(),
                company_id=company_id,
                name="Demo",
            )
        )

    def app(self) -> FastAPI:
        async def start(_: object) -> None:
            return

        app = create_app("demo", SETTINGS, start=start, routers=[router])
        app.state.api_keys = self.keys
        app.state.verifier = self.directory.verifier(self.clock)
        return app


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def client(world: World) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(world.app())
    headers = {"authorization": f"Bearer {SECRET}"}
    return httpx.AsyncClient(transport=transport, base_url="http://desk", headers=headers)


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


async def test_a_key_acts_as_itself_where_its_scope_is_named(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/demo/cases")
    assert answer.json() == [KEY_ID, "Billing", "api", COMPANY]


async def test_a_key_opens_nothing_else(client: httpx.AsyncClient) -> None:
    assert code(await client.post("/api/demo/cases")) == (403, "scope_missing")
    assert code(await client.get("/api/demo/me")) == (403, "not_for_api_keys")


def test_a_key_for_all_companies_has_those_that_there_are(world: World) -> None:
    world.list_key(companies=(), all_companies=True)
    assert world.keys.identity(SECRET).companies == ()
    world.list_company(COMPANY)
    later = new_id()
    world.list_company(later)
    world.list_company(new_id(), tenant=new_id())
    assert set(world.keys.identity(SECRET).companies) == {COMPANY, later}
    shown = world.directory.technician(KEY_ID)
    assert shown is not None
    assert set(shown.companies) == {COMPANY, later}


async def test_a_key_administers_with_that_scope_alone(
    client: httpx.AsyncClient, world: World
) -> None:
    assert code(await client.get("/api/demo/settings")) == (403, "scope_missing")
    world.list_key(scopes=("administer",), all_companies=True, rate_per_minute=10)
    assert (await client.get("/api/demo/settings")).json() == KEY_ID
    # And nothing beside it.
    assert code(await client.get("/api/demo/cases")) == (403, "scope_missing")
    assert code(await client.get("/api/demo/me")) == (403, "not_for_api_keys")


@pytest.mark.parametrize("scope", sorted(OF_THE_ACCOUNT))
async def test_a_key_of_some_companies_opens_nothing_of_the_accounts_however_it_is_listed(
    client: httpx.AsyncClient, world: World, scope: str
) -> None:
    world.list_key(scopes=("cases:read", scope), rate_per_minute=10)
    assert (await client.get("/api/demo/cases")).is_success
    assert code(await client.get("/api/demo/settings")) == (403, "scope_missing")
    assert code(await client.get("/api/demo/audit")) == (403, "scope_missing")
    assert world.keys.identity(SECRET).role == "technician"


async def test_a_revoked_key_opens_nothing_at_once(client: httpx.AsyncClient, world: World) -> None:
    world.list_key(revoked=True)
    assert code(await client.get("/api/demo/cases")) == (401, "api_key_invalid")


def test_an_expired_or_unknown_key_is_refused_alike(world: World) -> None:
    world.list_key(expires_at=world.clock.now() + timedelta(seconds=5))
    assert world.keys.identity(SECRET).id == KEY_ID
    world.clock.advance(5)
    for secret in (SECRET, "dbk_other"):
        with pytest.raises(ApiKeyInvalid):
            world.keys.identity(secret)


async def test_a_key_is_kept_to_its_rate(client: httpx.AsyncClient, world: World) -> None:
    for _ in range(3):
        assert (await client.get("/api/demo/cases")).is_success
    answer = await client.get("/api/demo/cases")
    assert code(answer) == (429, "api_key_rate_limited")
    seconds = int(answer.headers["retry-after"])
    assert answer.json()["error"]["params"] == {"limit": 3, "seconds": seconds}
    world.clock.advance(seconds)
    assert (await client.get("/api/demo/cases")).is_success


def test_the_rate_holds_over_any_time(world: World) -> None:
    taken = 0
    for _ in range(600):
        world.clock.advance(1)
        try:
            world.keys.identity(SECRET)
        except KeyRateLimited:
            continue
        taken += 1
    assert 30 <= taken <= 33


def test_what_a_key_did_is_shown_under_its_name(world: World) -> None:
    shown = world.directory.technician(KEY_ID)
    assert shown is not None
    assert shown.name == "Billing"
    # It is nobody to assign to, to alert or to mention.
    assert world.directory.everyone(TENANT) == []
    assert world.directory.technicians_with_access(TENANT, COMPANY) == []


def test_nothing_that_waits_is_hidden_from_a_key(world: World) -> None:
    assert world.directory.sees_incoming(KEY_ID)
    assert not world.directory.sees_incoming(new_id())


def test_uses_are_counted_until_they_are_told(world: World) -> None:
    for _ in range(2):
        world.clock.advance(1)
        world.keys.identity(SECRET)
    ((key_id, use),) = world.keys.uses.taken().items()
    assert world.keys.uses.taken() == {}
    message = used(key_id, use)
    assert (message.api_key_id, message.count, message.last_at) == (KEY_ID, 2, world.clock.now())
    world.keys.identity(SECRET)
    world.keys.uses.put_back(key_id, use)
    assert world.keys.uses.taken()[KEY_ID].count == 3
