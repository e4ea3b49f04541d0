"""Use cases of the account: what its administrators decide for everybody."""

from chassis.scopes import ApiKeyInvalid
from chassis.storage import Tx
from chassis.tokens import AdministratorsOnly, Identity, TokenInvalid
from services.portal.auditing import actor_of
from services.portal.desk import Desk
from services.portal.domain import Account
from services.portal.domain_keys import ApiKey
from services.portal.technicians import present


async def change_account(desk: Desk, identity: Identity, *, hide_incoming: bool) -> Account:
    """The choice of an administrator, told to every service; raises `AdministratorsOnly`."""

    async def work(tx: Tx) -> Account:
        await check_administrator(desk, tx, identity)
        account = await desk.store.get(tx, Account, identity.tenant)
        if account is None:
            raise TokenInvalid
        changed = account.decided(hide_incoming=hide_incoming)
        if changed is not account:
            await desk.save(tx, changed, actor_of(identity))
        return changed

    return await desk.commit(work)


async def check_administrator(desk: Desk, tx: Tx | None, identity: Identity) -> None:
    """Whether the person who asks is an administrator, or the key one that administers.

    Raises `AdministratorsOnly`. By the rights of now: the token may be of before they were taken away.
    """
    if identity.scopes is None:
        role = (await present(desk, tx, identity)).role
    else:
        key = await desk.store.get(tx, ApiKey, identity.id)
        if key is None or key.revoked_at is not None:
            raise ApiKeyInvalid
        role = identity.role or "technician"
    if role != "administrator":
        raise AdministratorsOnly
