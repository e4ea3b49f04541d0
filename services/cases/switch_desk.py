"""Automatic assignment switched on for the last month, to see what it would have done (S37, N9)."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Any, Final

from chassis.clock import Clock
from chassis.tokens import Identity
from services.cases.assigning import NotInAccount
from services.cases.assignment_store import AssignmentStore
from services.cases.attendance import Attendance, AttendanceStore
from services.cases.directory import People
from services.cases.routing_sim import Desk, Team, Tried, judge_of, packed, unpacked
from services.cases.whatif import Bounds, CursorInvalid, Past, Slice, Span, replay

SECONDS: Final = 2.0
"""How long a part of a trial takes at most."""
BETWEEN: Final = "~"
"""Between the place in the past at which a trial goes on and the desk that it has made until then."""


@dataclass(frozen=True, slots=True)
class SwitchTrial:
    """A part of a trial, and how it goes on."""

    part: Slice[Tried]
    next: str | None
    known_since: datetime | None
    """From when on it is known who was available; None where it is not of anybody."""


class SwitchDesk:
    """The use case of trying it."""

    def __init__(
        self,
        store: AssignmentStore,
        people: People,
        attendance: AttendanceStore,
        past: Past,
        clock: Clock,
    ) -> None:
        self._store = store
        self.people = people
        self._attendance = attendance
        self._past = past
        self._clock = clock

    async def try_out(
        self, administrator: Identity, portal_id: str, after: str | None
    ) -> SwitchTrial:
        """A slice of the last month with a portal's cases assigned by themselves, changing nothing.

        Raises `NotInAccount` and `CursorInvalid`.
        """
        portal, tenant = self.people.portal(portal_id), administrator.tenant
        if portal is None or portal.tenant != tenant:
            raise NotInAccount
        now = self._clock.now()
        rows = await self._attendance.of_account(tenant, now)
        cursor, desk = _place(after)
        plan = await self._store.plan(None, tenant)
        team = Team(portal_id, plan, partial(self._able, tenant), Attendance(rows))
        part = await replay(
            self._past,
            Span(tenant, tuple(administrator.companies), now),
            judge_of(team, desk),
            after=cursor,
            bounds=Bounds(seconds=SECONDS),
            now=monotonic,
        )
        following = None if part.next is None else f"{part.next}{BETWEEN}{packed(desk)}"
        return SwitchTrial(part, following, min((it.at for it in rows), default=None))

    def _able(self, tenant: str, company_id: str) -> list[str]:
        able = self.people.technicians_with_access(tenant, company_id)
        return [it.technician_id for it in able]


def _place(after: str | None) -> tuple[str | None, Desk]:
    """Where a trial goes on, and with which desk; raises `CursorInvalid`."""
    if after is None:
        return None, Desk()
    cursor, between, desk = after.partition(BETWEEN)
    if not between:
        raise CursorInvalid
    return cursor, unpacked(desk)


# ---- what is asked for, and by which route -------------------------------------------------------

HANDLES: Final[dict[str, Any]] = {
    "POST /api/cases/assignment/portals/{portal_id}/trial": SwitchDesk.try_out,
}
