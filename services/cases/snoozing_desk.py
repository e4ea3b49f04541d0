"""What administrators decide about putting cases off (S36), what everybody sees of it, and what they try (N9)."""

from functools import partial
from time import monotonic
from typing import Any, Final

from chassis.audit import facts, noted
from chassis.clock import Clock
from chassis.storage import Storage, Tx
from chassis.tokens import Identity
from contracts.audit import AuditNoted
from contracts.envelope import Actor
from services.cases import kept, snooze_trial
from services.cases.snooze_trial import Tried
from services.cases.snoozing import HOUR, SnoozeTimes
from services.cases.snoozing_store import SnoozingStore
from services.cases.whatif import Bounds, Past, Slice, Span, replay

KEPT: Final = "snoozing"
"""By this name consoles hear that it changed."""


class SnoozingDesk:
    """The use cases of snooze times."""

    def __init__(self, storage: Storage, snoozing: SnoozingStore, past: Past, clock: Clock) -> None:
        self._storage = storage
        self._snoozing = snoozing
        self._past = past
        self._clock = clock

    async def show(self, technician: Identity) -> SnoozeTimes:
        """What holds for the account."""
        return await self._snoozing.times(None, technician.tenant)

    async def change(self, admin: Identity, times: SnoozeTimes) -> SnoozeTimes:
        """Decide it anew; what sleeps already comes back when it was to come back."""

        async def work(tx: Tx) -> bool:
            before = await self._snoozing.times(tx, admin.tenant)
            if times == before:
                return False
            await self._snoozing.put(tx, admin.tenant, times)
            tx.emit(self._noted(admin, before, times))
            tx.emit(kept.changed(self._clock, admin, KEPT, admin.tenant))
            return True

        await self._storage.transact(work)
        return times

    async def try_out(
        self, admin: Identity, times: SnoozeTimes, zone: str, after: str | None
    ) -> Slice[Tried]:
        """A slice of the last month with other times, changing nothing; raises `CursorInvalid`."""
        span = Span(admin.tenant, tuple(admin.companies), self._clock.now())
        judge = partial(snooze_trial.tried, times=times, zone=zone)
        return await replay(self._past, span, judge, after=after, bounds=Bounds(), now=monotonic)

    def _noted(self, admin: Identity, before: SnoozeTimes, after: SnoozeTimes) -> AuditNoted:
        return noted(
            self._clock,
            "snoozing.changed",
            Actor(kind="technician", id=admin.id, via=admin.via),
            admin.tenant,
            subject_id=admin.tenant,
            details=facts(_told(after), _told(before)),
        )


def _told(times: SnoozeTimes) -> dict[str, Any]:
    hour, minute = divmod(times.minute, HOUR)
    morning = f"{hour:02}:{minute:02}"
    return {"morning": morning, "weekday": times.weekday, "reply_days": times.reply_days}


# ---- what is asked for, and by which route -------------------------------------------------------

HANDLES: Final[dict[str, Any]] = {
    "GET /api/cases/snoozing": SnoozingDesk.show,
    "PUT /api/cases/snoozing": SnoozingDesk.change,
    "POST /api/cases/snoozing/trial": SnoozingDesk.try_out,
}
