"""How far the log is stored, partition by partition, and whoever waits for that."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping
from heapq import heappop, heappush
from itertools import count

OnAdvance = Callable[[int, int], None]


class Watermarks:
    """Everything up to a partition's watermark is in the store. A watermark only grows."""

    def __init__(self) -> None:
        self._stored: dict[int, int] = {}
        self._waiting: defaultdict[int, list[tuple[int, int, asyncio.Future[None]]]] = defaultdict(
            list
        )
        self._order = count()
        self._listeners: list[OnAdvance] = []

    def on_advance(self, listener: OnAdvance) -> None:
        """Call back with partition and position whenever one grows."""
        self._listeners.append(listener)

    def stored(self, partition: int) -> int:
        """The last position of which it is known that it and all before it are stored."""
        return self._stored.get(partition, 0)

    def advance(self, watermarks: Mapping[int, int]) -> None:
        """Take note of what the store says, or of what was just stored."""
        for partition, seq in watermarks.items():
            if seq > self.stored(partition):
                self._stored[partition] = seq
                self._wake(partition, seq)

    async def reached(self, partition: int, seq: int) -> None:
        """Returns once this position is stored."""
        if seq <= self.stored(partition):
            return
        arrival = asyncio.get_running_loop().create_future()
        heappush(self._waiting[partition], (seq, next(self._order), arrival))
        await arrival

    def _wake(self, partition: int, seq: int) -> None:
        waiting = self._waiting[partition]
        while waiting and waiting[0][0] <= seq:
            arrival = heappop(waiting)[2]
            if not arrival.done():
                arrival.set_result(None)
        for listener in self._listeners:
            listener(partition, seq)
