"""API keys, on fakes."""

from datetime import timedelta
from typing import Literal

import pytest

from chassis.api_keys import secret_hash
from chassis.errors import Invalid, NotFound
from chassis.ids import new_id
from chassis.scopes import OF_THE_ACCOUNT, ApiKeyInvalid
from chassis.tokens import AdministratorsOnly, Identity
from contracts.portal import ApiKeyListed
from services.portal import auditing, handlers
from services.portal.api_keys import Created
from services.portal.domain_audit import AuditFilter
from services.portal.domain_keys import ApiKey
from services.portal.schemas_integrations import NewApiKey
from services.portal.tests.examples import ADA, World
from services.portal.tests.test_audit import lines, use


async def wish(world: World, **changes: object) -> NewApiKey:
    companies = (await world.technician()).companies[:1]
    fields = {"name": "Billing", "scopes": ["cases:read"], "companies": list(companies)}
    return NewApiKey.model_validate({**fields, **changes})


async def created(world: World, **changes: object) -> Created:
    ada = await world.identity(ADA)
    return await handlers.create_api_key(world.desk, ada, await wish(world, **changes))


async def test_a_new_key_is_told_to_every_service_by_its_hash(world: World) -> None:
    key, secret = await created(world)
    (listed,) = world.storage.emitted
    assert isinstance(listed, ApiKeyListed)
    assert listed.secret_hash == secret_hash(secret)
    assert (listed.scopes, listed.companies) == (key.scopes, key.companies)
    assert secret.startswith("dbk_")
    assert len(secret) == 47


async def test_the_secret_is_kept_nowhere(world: World) -> None:
    key, secret = await created(world)
    everything = repr([world.storage.table(name) for name in ("api_keys", "audit", "outbox")])
    assert secret not in everything
    assert secret not in repr(world.storage.emitted)
    assert key.hint == secret[:8]


async def test_its_creation_and_its_end_stand_in_the_audit_log(world: World) -> None:
    key, _ = await created(world)
    world.clock.advance(1)
    await handlers.revoke_api_key(world.desk, await world.identity(ADA), key.id)
    revoked, new = await lines(world, AuditFilter(group="keys"))
    assert (new.action, new.subject_name, new.by_name) == ("api_key.created", "Billing", "Ada Berg")
    assert [it.field for it in revoked.changes] == ["revoked_at"]
    assert key.secret_hash not in repr((revoked, new))


async def test_a_revoked_key_is_told_once_and_stays_revoked(world: World) -> None:
    key, _ = await created(world)
    ada = await world.identity(ADA)
    first = await handlers.revoke_api_key(world.desk, ada, key.id)
    world.clock.advance(5)
    assert await handlers.revoke_api_key(world.desk, ada, key.id) == first
    told = [it for it in world.storage.emitted if isinstance(it, ApiKeyListed)]
    assert [it.revoked for it in told] == [False, True]


async def test_keys_are_an_administrators_business(world: World) -> None:
    key, _ = await created(world)
    greta = await world.identity()
    with pytest.raises(AdministratorsOnly):
        await handlers.list_api_keys(world.desk, greta)
    with pytest.raises(AdministratorsOnly):
        await handlers.create_api_key(world.desk, greta, await wish(world))
    with pytest.raises(AdministratorsOnly):
        await handlers.revoke_api_key(world.desk, greta, key.id)
    assert await handlers.list_api_keys(world.desk, await world.identity(ADA)) == [key]


async def test_a_key_that_is_not_there_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        await handlers.revoke_api_key(world.desk, await world.identity(ADA), new_id())


async def test_a_key_is_for_companies_of_the_account_and_for_a_time_to_come(world: World) -> None:
    with pytest.raises(Invalid) as strange:
        await created(world, companies=[new_id()])
    with pytest.raises(Invalid) as past:
        await created(world, expires_at=world.clock.now() - timedelta(seconds=1))
    fields = [error.value.fields[0]["field"] for error in (strange, past)]
    assert fields == ["companies", "expires_at"]
    assert world.storage.emitted == []


@pytest.mark.parametrize("scope", sorted(OF_THE_ACCOUNT))
async def test_what_is_the_accounts_is_for_keys_of_all_companies(world: World, scope: str) -> None:
    with pytest.raises(Invalid) as limited:
        await created(world, scopes=["cases:read", scope])
    assert limited.value.fields[0]["code"] == "all_companies_needed"
    key, _ = await created(world, scopes=[scope], companies=[], all_companies=True)
    (listed,) = world.storage.emitted
    assert isinstance(listed, ApiKeyListed)
    assert (listed.companies, listed.all_companies) == ((), True)
    assert await world.store.get(None, ApiKey, key.id) == key


async def test_a_key_says_whether_it_is_for_all_companies_or_for_which(world: World) -> None:
    codes = []
    wishes: list[dict[str, object]] = [{"companies": []}, {"all_companies": True}]
    for changes in wishes:
        with pytest.raises(Invalid) as wrong:
            await created(world, **changes)
        codes.append(wrong.value.fields[0]["code"])
    assert codes == ["required", "not_allowed"]


def as_key(key: ApiKey, role: Literal["administrator", "technician"]) -> Identity:
    scopes, name = key.scopes, key.name
    return Identity("technician", key.id, key.tenant, name, role=role, scopes=scopes)


async def test_a_key_that_administers_changes_the_account_under_its_name(world: World) -> None:
    key, _ = await created(world, scopes=["administer"], companies=[], all_companies=True)
    identity = as_key(key, "administrator")
    account = await handlers.change_account(world.desk, identity, hide_incoming=False)
    assert not account.hide_incoming
    (line,) = await lines(world, AuditFilter(action="account.changed"))
    assert (line.by, line.by_name, line.via) == ("api_key", "Billing", "api")
    assert await handlers.list_api_keys(world.desk, identity) == [key]


async def test_a_key_that_does_not_administer_or_was_revoked_changes_nothing(world: World) -> None:
    key, _ = await created(world, scopes=["cases:write"])
    with pytest.raises(AdministratorsOnly):
        await handlers.change_account(world.desk, as_key(key, "technician"), hide_incoming=False)
    await handlers.revoke_api_key(world.desk, await world.identity(ADA), key.id)
    # A service that has not heard of it yet would still let it in.
    with pytest.raises(ApiKeyInvalid):
        await handlers.change_account(world.desk, as_key(key, "administrator"), hide_incoming=False)
    assert await lines(world, AuditFilter(action="account.changed")) == []


async def test_uses_are_seen_at_the_key_and_once_a_day_in_the_log(world: World) -> None:
    key, _ = await created(world)
    for count in (3, 4):
        world.clock.advance(10)
        message = use(world, key.id, key.tenant, count)
        await world.storage.transact(lambda tx, it=message: auditing.keep_use(world.desk, tx, it))  # type: ignore[misc]
    kept = await world.store.get(None, ApiKey, key.id)
    assert kept is not None
    assert (kept.uses, kept.last_used_at, kept.version) == (7, world.clock.now(), 1)
    (line,) = await lines(world, AuditFilter(action="api_key.used"))
    assert (line.by, line.by_name, line.details) == ("api_key", "Billing", {"count": "7"})


async def test_a_use_told_in_another_accounts_name_counts_nothing(world: World) -> None:
    key, _ = await created(world)
    message = use(world, key.id, new_id(), 3)
    await world.storage.transact(lambda tx: auditing.keep_use(world.desk, tx, message))
    kept = await world.store.get(None, ApiKey, key.id)
    assert kept is not None
    assert kept.uses == 0
