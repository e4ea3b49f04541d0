"""Waiting for what another process will have done by and by."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from pymongo import MongoClient

from tests.support.people import Technician

SECONDS = 240.0
_PAUSE_SECONDS = 0.2


async def until(what: str, ask: Callable[[], Awaitable[bool]], seconds: float = SECONDS) -> None:
    """Ask until the answer is yes; raises TimeoutError with `what` after so many seconds."""
    try:
        async with asyncio.timeout(seconds):
            while not await ask():
                await asyncio.sleep(_PAUSE_SECONDS)
    except TimeoutError as error:
        raise TimeoutError(f"not within {seconds} s: {what}") from error


async def until_heard(technician: Technician, conversation: str) -> None:
    """Until cases has heard all that was written in a conversation, which none of its answers tells.

    A customer's message that cases hears after the case was resolved reopens it, as it should; a test
    that wants it to stay resolved has to wait.
    """
    said: list[int] = []

    async def is_told() -> bool:
        # A relay that has just started tells a conversation as far as it has read the log.
        entries = await technician.entries(conversation)
        said[:] = [entry["seq"] for entry in entries if entry["kind"] == "message"]
        return bool(said)

    await until(f"something is said in {conversation}", is_told)
    last = max(said)
    desk = technician.desk
    with MongoClient[dict[str, Any]](desk.mongo) as client:
        cases = client[desk.database("cases")]["cases"]

        async def heard() -> bool:
            case = cases.find_one({"_id": conversation}, projection={"after_seq": 1})
            return case is not None and int(case["after_seq"]) >= last

        await until(f"cases has heard {conversation} up to {last}", heard)
