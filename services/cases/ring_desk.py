"""How often chats would have rung, tried on the last month (X4, N9). How often they do is decided in notify."""

from functools import partial
from time import monotonic
from typing import Any, Final

from chassis.clock import Clock
from chassis.tokens import Identity
from services.cases import ring_trial
from services.cases.ring_trial import Patience, Tried
from services.cases.whatif import Bounds, Past, Slice, Span, replay


class RingDesk:
    """The use case of trying it."""

    def __init__(self, past: Past, clock: Clock) -> None:
        self._past = past
        self._clock = clock

    async def try_out(
        self, admin: Identity, before: Patience, wanted: Patience, after: str | None
    ) -> Slice[Tried]:
        """A slice of the last month under both, changing nothing; raises `CursorInvalid`."""
        span = Span(admin.tenant, tuple(admin.companies), self._clock.now())
        judge = partial(ring_trial.tried, before=before, after=wanted)
        return await replay(self._past, span, judge, after=after, bounds=Bounds(), now=monotonic)


# ---- what is asked for, and by which route -------------------------------------------------------

HANDLES: Final[dict[str, Any]] = {"POST /api/cases/ringing/trial": RingDesk.try_out}
