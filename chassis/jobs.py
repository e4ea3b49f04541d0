"""Background jobs that are restarted when they fail."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Final

from chassis import metrics
from chassis.errors import RetryLater
from chassis.logs import logger

Job = Callable[[], Awaitable[None]]

FIRST_BACKOFF: Final = 0.2
LAST_BACKOFF: Final = 10.0
# A job that ran this long was healthy: its next failure starts the back-off anew.
HEALTHY_SECONDS: Final = 30.0

_log = logger(__name__)


async def supervise(service: str, name: str, job: Job) -> None:
    """Run the job until it returns; a failure is logged, counted, and the job started again."""
    loop, backoff = asyncio.get_running_loop(), FIRST_BACKOFF
    # A count that begins only with the first crash could not be seen to rise.
    metrics.JOB_CRASHES.labels(service, name)
    while True:
        started = loop.time()
        try:
            return await job()
        except Exception as error:  # noqa: BLE001 - whatever it is, the job is needed
            _note(service, name, error)
        if loop.time() - started > HEALTHY_SECONDS:
            backoff = FIRST_BACKOFF
        await asyncio.sleep(backoff)
        backoff = min(backoff * 2, LAST_BACKOFF)


@asynccontextmanager
async def beside(work: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Let the work run beside the body, no longer than the body does.

    Unlike a task group it lets the body's own error through as it is.
    """
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        await stop(task)


async def stop(task: asyncio.Task[None]) -> None:
    """Cancel the task and wait until it has ended."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def _note(service: str, name: str, error: Exception) -> None:
    metrics.JOB_CRASHES.labels(service, name).inc()
    if isinstance(error, RetryLater):
        _log.warning("job_interrupted", service=service, job=name, reason=type(error).__name__)
    else:
        _log.error("job_crashed", service=service, job=name, exc_info=error)
