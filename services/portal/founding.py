"""Use cases of setting up: the signing key, the first account, and the directory told anew."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final, cast

from chassis.ids import derived_id, new_id
from chassis.mongo import DuplicateKey
from chassis.storage import Storage, Tx
from services.portal.desk import Desk
from services.portal.domain import (
    Account,
    Company,
    Listed,
    Portal,
    SigningKey,
    SubdomainTaken,
    Technician,
    checked_subdomain,
    skeleton,
)
from services.portal.domain_keys import ApiKey
from services.portal.schemas import FirstAccount, FirstPerson, FirstPortal
from services.portal.signing import new_signing_key
from services.portal.storage import PortalStore

FIRST_ACCOUNT: Final = derived_id("first account")
DIRECTORY: Final[tuple[type[Listed], ...]] = (
    Account,
    Company,
    Portal,
    Technician,
    SigningKey,
    ApiKey,
)
REPUBLISHED_AT_ONCE: Final = 100


async def ensure_signing_key(storage: Storage, store: PortalStore, secret: bytes) -> SigningKey:
    """The key of all tokens, made with the first start of the desk and told by `republish`."""

    async def work(tx: Tx) -> None:
        if not await store.ids(SigningKey):
            await store.put(tx, new_signing_key(secret))

    # `once`, so that two instances that start together agree on one.
    await storage.transact(work, once="signing key")
    first, *_ = await store.ids(SigningKey)
    return cast(SigningKey, await store.get(None, SigningKey, first))


async def create_first_account(desk: Desk, wish: FirstAccount) -> bool:
    """Creates the account in one transaction, unless it is there; returns whether it did.

    Raises the errors of a subdomain that cannot be used.
    """
    if await desk.store.get(None, Account, FIRST_ACCOUNT):
        return False
    records = await _first_records(desk, wish)

    async def work(tx: Tx) -> bool:
        # Once more inside: another instance may have been faster.
        if await desk.store.get(tx, Account, FIRST_ACCOUNT):
            return False
        for record in records:
            await _save_new(desk, tx, record)
        return True

    return await desk.commit(work)


async def _first_records(desk: Desk, wish: FirstAccount) -> list[Listed]:
    portals = [_new_portal(portal) for portal in wish.portals]
    companies = [
        Company(portal.company_id, FIRST_ACCOUNT, wished.company, version=1)
        for portal, wished in zip(portals, wish.portals, strict=True)
    ]
    people = [await _new_technician(desk, companies, person) for person in wish.people]
    return [Account(FIRST_ACCOUNT, wish.account), *companies, *portals, *people]


async def _save_new(desk: Desk, tx: Tx, record: Listed) -> None:
    try:
        await desk.save(tx, record)
    except DuplicateKey as error:
        if isinstance(record, Portal):
            raise SubdomainTaken(subdomain=record.subdomain) from error
        raise


async def republish(desk: Desk) -> int:
    """Tells the whole directory again, for a broker that may have lost it; returns how many records.

    Each becomes a new version: a copy of the old one could overtake a change that happens meanwhile,
    and on a compacted topic the last record is the truth.
    """
    count = 0
    for kind in DIRECTORY:
        ids = await desk.store.ids(kind)
        for start in range(0, len(ids), REPUBLISHED_AT_ONCE):
            count += await _tell_again(desk, kind, ids[start : start + REPUBLISHED_AT_ONCE])
    return count


async def _tell_again(desk: Desk, kind: type[Listed], ids: list[str]) -> int:
    async def work(tx: Tx) -> int:
        found = [await desk.store.get(tx, kind, record_id) for record_id in ids]
        records = [record for record in found if record is not None]
        for record in records:
            await desk.save(tx, replace(record, version=record.version + 1))
        return len(records)

    return await desk.commit(work)


def _new_portal(wished: FirstPortal) -> Portal:
    subdomain = checked_subdomain(wished.subdomain)
    return Portal(
        id=new_id(),
        tenant=FIRST_ACCOUNT,
        company_id=new_id(),
        subdomain=subdomain,
        skeleton=skeleton(subdomain),
        state="active",
        email=wished.email,
        greeting=wished.greeting,
        survey=wished.survey,
        offer_after=wished.offer_after,
        grace=wished.grace,
        version=1,
    )


async def _new_technician(
    desk: Desk, companies: Iterable[Company], person: FirstPerson
) -> Technician:
    return Technician(
        id=new_id(),
        tenant=FIRST_ACCOUNT,
        name=person.name,
        email=person.email.casefold(),
        password_hash=await desk.passwords.hash(person.password),
        role=person.role,
        companies=tuple(company.id for company in companies),
        available=False,
        sound=True,
        active=True,
        not_before=None,
        version=1,
    )
