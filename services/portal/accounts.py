"""Use cases of the account: what its administrators decide for everybody."""

from typing import cast

from chassis.storage import Tx
from chassis.tokens import AdministratorsOnly, Identity
from services.portal.desk import Desk
from services.portal.domain import Account, Technician
from services.portal.entries import technicians_own
from services.portal.technicians import present


async def change_account(desk: Desk, identity: Identity, *, hide_incoming: bool) -> Account:
    """The choice of an administrator, told to every service; raises `AdministratorsOnly`."""

    async def work(tx: Tx) -> Account:
        technician = await check_administrator(desk, tx, identity)
        # Who is present has an account.
        account = cast(Account, await desk.store.get(tx, Account, technician.tenant))
        changed = account.decided(hide_incoming=hide_incoming)
        if changed is not account:
            await desk.save(tx, changed, technicians_own(technician))
        return changed

    return await desk.commit(work)


async def check_administrator(desk: Desk, tx: Tx | None, identity: Identity) -> Technician:
    """The person who asks, if an administrator; raises `AdministratorsOnly`."""
    technician = await present(desk, tx, identity)
    # By the role of now: the token may be of before it was taken away.
    if technician.role != "administrator":
        raise AdministratorsOnly
    return technician
