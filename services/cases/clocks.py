"""How the service level follows a case: every change moves its clocks, and a timer waits for the next (X10)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

from chassis.storage import Tx
from chassis.timers import Timers
from services.cases import sla
from services.cases.domain import Case, Change
from services.cases.sla import OWN, Policy

RING = "sla"
"""The timer of a case's next warning or breach."""


class Policies(Protocol):
    """Knows what counts for a case; `services.cases.sla_store.ServiceLevels` does."""

    async def policy_of(self, tx: Tx | None, tenant: str, portal_id: str) -> Policy:
        """What counts for a case of this portal."""
        ...


class NoPolicies:
    """Of a desk that promises nothing."""

    async def policy_of(self, tx: Tx | None, tenant: str, portal_id: str) -> Policy:  # noqa: ARG002
        return sla.NOTHING


class Clocks:
    """Called by the keeper alone, inside the transaction of a change."""

    def __init__(self, policies: Policies, timers: Timers) -> None:
        self.policies = policies
        self._timers = timers

    async def followed(self, tx: Tx, before: Case | None, change: Change, at: datetime) -> Change:
        """The change with the clocks as they stand after it; `before` is the case right before it."""
        if change.event in OWN:
            return change
        if before is not None and _outline(before) == _outline(change.case):
            return _with_clocks(change, sla.stated(before.now.sla_clocks))
        clocks = () if before is None else before.now.sla_clocks
        policy = await self.policy_of(tx, change.case)
        if not clocks and not policy.promises:
            return change
        now, answered = change.case.now, change.case.answered
        followed = sla.follow(clocks, now, at, policy, answered=answered)
        return _with_clocks(change, sla.stated(followed))

    def late(self, before: Case, after: Case) -> Sequence[Change]:
        """What became known to be late only by what was done at last."""
        return sla.late(before, after)

    async def watch(self, tx: Tx, before: Case | None, after: Case) -> None:
        """Have a timer for the next warning or breach, where that is another one than before."""
        if after.now.sla_clocks != (() if before is None else before.now.sla_clocks):
            await self.set_timer(tx, after)

    async def set_timer(self, tx: Tx, case: Case) -> None:
        """Have the timer of the next warning or breach; none where no clock runs."""
        policy = await self.policy_of(tx, case)
        due = sla.next_look(case.now.sla_clocks, case.now.priority, policy)
        if due is None:
            await self._timers.cancel(tx, timer_of(case.id))
        else:
            payload = {"tenant": case.tenant, "case_id": case.id}
            await self._timers.schedule(tx, timer_of(case.id), due, RING, payload)

    async def policy_of(self, tx: Tx | None, case: Case) -> Policy:
        """What counts for a case."""
        return await self.policies.policy_of(tx, case.tenant, case.now.portal_id)


def timer_of(case_id: str) -> str:
    """The id of the one timer that the service level has for a case."""
    return f"sla/{case_id}"


def _outline(case: Case) -> sla.Outline:
    return sla.outline(case.now, answered=case.answered)


def _with_clocks(change: Change, status: dict[str, Any]) -> Change:
    now = change.case.now.model_copy(update=status)
    return replace(change, case=replace(change.case, now=now))
