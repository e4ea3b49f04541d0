"""A service's start: tried anew for as long as what it needs is only away.

A disk may be slow, a MongoDB may still be electing, and whoever starts a desk should not have to know.
What has been begun of an attempt is left again before the next one.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

from chassis.errors import RetryLater
from chassis.logs import logger
from chassis.runtime import Runtime

START_SECONDS: Final = 100.0
"""After so many no attempt begins any more: less than whoever started the service waits for it (`deskbus up` 180 s,
Kubernetes 120 s), so that its log ends with the reason."""
FIRST_PAUSE: Final = 0.2
LAST_PAUSE: Final = 5.0

_log = logger(__name__)


async def started(
    new: Callable[[], Runtime], start: Callable[[Runtime], Awaitable[None]]
) -> Runtime:
    """The runtime that `start` succeeded with; who gets it leaves it.

    Raises what `start` raises: at once what another attempt would not mend, and what is away (`RetryLater`) once
    `START_SECONDS` are over.
    """
    began, pause = time.monotonic(), FIRST_PAUSE
    while True:
        runtime = new()
        try:
            await start(runtime)
        except BaseException as error:
            await runtime.aclose()
            is_over = time.monotonic() + pause > began + START_SECONDS
            if is_over or not isinstance(error, RetryLater):
                raise
            _tell(runtime.name, error, pause)
        else:
            return runtime
        await asyncio.sleep(pause)
        pause = min(pause * 2, LAST_PAUSE)


def _tell(service: str, error: RetryLater, pause: float) -> None:
    """The classes alone: an error's text may hold an address with its password."""
    reason = type(error.__cause__).__name__ if error.__cause__ else None
    _log.warning(
        "start_waits",
        service=service,
        waits_for=type(error).__name__,
        reason=reason,
        again_in_seconds=pause,
    )
