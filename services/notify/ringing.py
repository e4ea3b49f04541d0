"""What administrators decide about how long a live chat rings (X4); trying it is the business of cases, who know the past."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from chassis.audit import facts, noted
from chassis.clock import Clock
from chassis.storage import Storage, Tx
from chassis.tokens import Identity
from contracts.envelope import Actor
from services.notify.patience import Patience, PatienceStore


class Ringing:
    """The use cases of how long it rings."""

    def __init__(
        self, storage: Storage, store: PatienceStore, clock: Clock, *, mails: bool = True
    ) -> None:
        self.mails = mails
        """Whether people are mailed at last: the deployment has it so, or not."""
        self._storage = storage
        self._store = store
        self._clock = clock

    async def show(self, admin: Identity) -> Patience:
        """What holds for the account."""
        return await self._store.of(None, admin.tenant)

    async def change(self, admin: Identity, seconds: float, times: int) -> Patience:
        """Decide it anew; what rings already goes by it from its next ring on."""

        async def work(tx: Tx) -> Patience:
            before = await self._store.of(tx, admin.tenant)
            after = replace(before, wait=timedelta(seconds=seconds), times=times)
            if after != before:
                await self._store.put(tx, admin.tenant, after)
                self._note(tx, admin, before, after)
            return after

        kept = await self._storage.transact(work)
        assert kept is not None  # noqa: S101 - without an inbox id no work is skipped
        return kept

    def _note(self, tx: Tx, admin: Identity, before: Patience, after: Patience) -> None:
        tx.emit(
            noted(
                self._clock,
                "ringing.changed",
                Actor(kind="technician", id=admin.id, via=admin.via),
                admin.tenant,
                subject_id=admin.tenant,
                details=facts(_told(after), _told(before)),
            )
        )


def _told(patience: Patience) -> dict[str, Any]:
    return {"seconds": f"{patience.wait.total_seconds():g}", "times": patience.times}


# ---- what is asked for, and by which route -------------------------------------------------------

HANDLES: Final[dict[str, Any]] = {
    "GET /api/notify/ringing": Ringing.show,
    "PUT /api/notify/ringing": Ringing.change,
}
