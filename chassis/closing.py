"""Ending what belongs to aiokafka. Without a broker its `stop` may hang, or let a CancelledError escape that nobody asked for."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from chassis.logs import logger

PATIENCE_SECONDS = 3.0

_log = logger(__name__)


async def closed(stopping: Coroutine[Any, Any, object]) -> None:
    """Waits for it a while, in a task of its own, so that whatever it throws stays there."""
    task = asyncio.create_task(stopping)
    done, _ = await asyncio.wait({task}, timeout=PATIENCE_SECONDS)
    if not done:
        task.cancel()
        await asyncio.wait({task}, timeout=PATIENCE_SECONDS)
    if task.done() and not task.cancelled() and task.exception() is not None:
        _log.info("closed_with_error", error=type(task.exception()).__name__)
