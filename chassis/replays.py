"""Handles dead letters again, by the instance that reads their partition and as its records are handled.

Partitions do not wait for each other; within one, letters are taken in the order in which they were written.
A letter whose database or key is away stays asked for and is tried again, one that fails is dead
again with the new reason. A crash at any point leaves the letter asked for, and who takes it up then
finds in the inbox whether its effect was there already.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Final

from chassis.dead_letters import DeadLetters
from chassis.deaths import DeadLetter, Outcome, StillDead
from chassis.errors import RetryLater
from chassis.failpoints import failpoint
from chassis.logs import logger

LOOK_SECONDS: Final = 1.0

Again = Callable[[DeadLetter], Awaitable[Outcome]]
"""Handles a dead letter through the normal path; raises `StillDead` and `RetryLater`."""

Partitions = Callable[[], Iterable[int]]
"""The partitions of a topic that this instance reads now."""

_log = logger(__name__)


class Replays:
    """The replays of one service, for each topic by whoever reads it."""

    def __init__(self, letters: DeadLetters) -> None:
        self._letters = letters
        self._readers: dict[str, tuple[Again, Partitions]] = {}

    def add(self, topic: str, again: Again, partitions: Partitions) -> None:
        """Handle the dead letters of a topic; before `run`."""
        self._readers[topic] = (again, partitions)

    async def run(self) -> None:
        """Look for what is asked for, for ever."""
        while True:
            try:
                await self.take_up()
            except RetryLater as error:
                _log.warning("replays_wait", reason=type(error).__name__)
            await self._letters.wait_for_asked(LOOK_SECONDS)

    async def take_up(self) -> None:
        """Handle what is asked for now."""
        for topic, (again, partitions) in self._readers.items():
            lanes: dict[int, list[DeadLetter]] = {}
            for letter in await self._letters.asked(topic, partitions()):
                lanes.setdefault(letter.partition, []).append(letter)
            await asyncio.gather(*(self._work(again, lane) for lane in lanes.values()))

    async def _work(self, again: Again, lane: list[DeadLetter]) -> None:
        for letter in lane:
            try:
                outcome = await again(letter)
                await failpoint("replay.after_effect")
            except StillDead as error:
                await self._letters.settle(letter, "failed", error.death)
            except RetryLater as error:
                await self._letters.note_waiting(letter, type(error).__name__)
            else:
                await self._letters.settle(letter, outcome, None)
