"""Use cases of API keys: an administrator creates them, looks at them, and revokes them."""

from datetime import datetime
from typing import NamedTuple

from chassis.errors import Invalid, NotFound
from chassis.ids import new_id
from chassis.storage import Tx
from chassis.tokens import Identity
from services.portal.accounts import check_administrator
from services.portal.auditing import actor_of
from services.portal.desk import Desk
from services.portal.domain_keys import ApiKey, fault_in_limits, hash_of, hint_of, new_secret
from services.portal.schemas_integrations import NewApiKey


class Created(NamedTuple):
    """A new key; `secret` is told now and never again."""

    key: ApiKey
    secret: str


async def list_api_keys(desk: Desk, identity: Identity) -> list[ApiKey]:
    """The account's keys, the newest first; raises `AdministratorsOnly`."""
    await check_administrator(desk, None, identity)
    return await desk.store.api_keys_of(None, identity.tenant)


async def create_api_key(desk: Desk, identity: Identity, wanted: NewApiKey) -> Created:
    """A key for all or some of the account's companies; raises `AdministratorsOnly` and `Invalid`."""
    secret, now = new_secret(), desk.clock.now()
    _check_expiry(wanted.expires_at, now)
    _check_limits(wanted)

    async def work(tx: Tx) -> ApiKey:
        await check_administrator(desk, tx, identity)
        await _check_companies(desk, tx, identity.tenant, wanted.companies)
        key = ApiKey(
            id=new_id(),
            tenant=identity.tenant,
            name=wanted.name,
            secret_hash=hash_of(secret),
            hint=hint_of(secret),
            scopes=tuple(sorted(set(wanted.scopes))),
            companies=tuple(sorted(set(wanted.companies))),
            all_companies=wanted.all_companies,
            rate_per_minute=wanted.rate_per_minute,
            created_at=now,
            created_by=identity.id,
            expires_at=wanted.expires_at,
        )
        await desk.save(tx, key, actor_of(identity))
        return key

    return Created(await desk.commit(work), secret)


async def revoke_api_key(desk: Desk, identity: Identity, key_id: str) -> ApiKey:
    """The key opens nothing from now on; again changes nothing. Raises `AdministratorsOnly` and `NotFound`."""

    async def work(tx: Tx) -> ApiKey:
        await check_administrator(desk, tx, identity)
        key = await desk.store.get(tx, ApiKey, key_id)
        if key is None or key.tenant != identity.tenant:
            raise NotFound
        revoked = key.revoked(desk.clock.now())
        if revoked is not key:
            await desk.save(tx, revoked, actor_of(identity))
        return revoked

    return await desk.commit(work)


def _check_expiry(expires_at: datetime | None, now: datetime) -> None:
    if expires_at is not None and expires_at <= now:
        raise Invalid([{"field": "expires_at", "code": "invalid", "params": {}}])


def _check_limits(wanted: NewApiKey) -> None:
    fault = fault_in_limits(wanted.scopes, wanted.companies, all_companies=wanted.all_companies)
    if fault is not None:
        raise Invalid([{"field": "companies", "code": fault, "params": {}}])


async def _check_companies(desk: Desk, tx: Tx, tenant: str, wanted: list[str]) -> None:
    found = await desk.store.companies_of(tx, tenant, wanted)
    if {company.id for company in found} != set(wanted):
        raise Invalid([{"field": "companies", "code": "invalid", "params": {}}])
