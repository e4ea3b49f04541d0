"""How a running service is: its checks and its event loop, measured for those who watch it from outside.

Probes of an orchestrator ask `/health/ready` and forget the answer; what is kept here shows later which
check failed, since when, and whether the loop was blocked at that time.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from chassis import metrics
from chassis.runtime import Checked

TICK_SECONDS: Final = 0.25
CHECK_SECONDS: Final = 10.0


async def watch_loop(service: str) -> None:
    """Measure how late the loop wakes this job, for ever."""
    loop, late = asyncio.get_running_loop(), metrics.LOOP_LAG_SECONDS.labels(service)
    while True:
        due = loop.time() + TICK_SECONDS
        await asyncio.sleep(TICK_SECONDS)
        late.observe(max(0.0, loop.time() - due))


async def watch_checks(service: str, checks: Callable[[], Awaitable[Sequence[Checked]]]) -> None:
    """Ask for every check, for ever."""
    while True:
        for check in await checks():
            metrics.CHECK_OK.labels(service, check.name).set(check.reason is None)
        await asyncio.sleep(CHECK_SECONDS)
