"""Work that one instance at a time may do.

Instances compare their own clocks, so a clock that is ahead may take a lease early. That costs
nothing but a change of hands: every acquisition raises the lease's fence, and who holds an old
fence finds out at the next `renew`, before doing anything.
"""

import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from chassis.clock import Clock
from chassis.mongo import Database, DuplicateKey, Index

LEASES = "leases"
INDEXES: dict[str, list[Index]] = {LEASES: []}
LEASE_SECONDS = 5.0


@dataclass
class Lease:
    """A lease as its holder has it. `fence` grows with every change of hands."""

    name: str
    fence: int
    good_until: float
    """On this process's monotonic clock, which a change of the wall clock does not touch."""

    def is_fresh(self) -> bool:
        """Whether nobody else can have it yet. Asked right before an effect, it catches a frozen process."""
        return time.monotonic() < self.good_until


class Leases:
    """The leases of one database, as one instance sees them."""

    def __init__(
        self, database: Database, clock: Clock, instance: str, seconds: float = LEASE_SECONDS
    ) -> None:
        self._database = database
        self._leases = database.collection(LEASES)
        self._clock = clock
        self._instance = instance
        self._seconds = seconds

    async def prepare(self) -> None:
        await self._database.ensure_indexes(INDEXES)

    async def acquire(self, name: str) -> Lease | None:
        """Takes the lease unless another instance has it. The same instance may take its own again."""
        asked_at, now = time.monotonic(), self._clock.now()
        free = {"_id": name, "$or": [{"instance": self._instance}, {"expires_at": {"$lte": now}}]}
        taken = {
            "$set": {"instance": self._instance, "expires_at": self._expiry()},
            "$inc": {"fence": 1},
        }
        try:
            row = await self._leases.find_one_and_update(free, taken, upsert=True)
        except DuplicateKey:
            return None
        return None if row is None else Lease(name, row["fence"], asked_at + self._seconds)

    async def renew(self, lease: Lease) -> bool:
        """False when another has it by now; the lease is then worth nothing."""
        asked_at = time.monotonic()
        mine = {"_id": lease.name, "instance": self._instance, "fence": lease.fence}
        renewed = await self._leases.update_one(mine, {"$set": {"expires_at": self._expiry()}}) == 1
        lease.good_until = asked_at + self._seconds if renewed else 0.0
        return renewed

    async def renew_all(self, leases: Collection[Lease]) -> set[str]:
        """The same for many with one command, which waits for the journal once; the names of those that are renewed."""
        if not leases:
            return set()
        asked_at = time.monotonic()
        fenced = [{"_id": lease.name, "fence": lease.fence} for lease in leases]
        mine = {"instance": self._instance, "$or": fenced}
        count = await self._leases.update_many(mine, {"$set": {"expires_at": self._expiry()}})
        everyone = {lease.name for lease in leases}
        kept = everyone if count == len(everyone) else await self.still_held(leases)
        for lease in leases:
            lease.good_until = asked_at + self._seconds if lease.name in kept else 0.0
        return kept

    async def still_held(self, leases: Iterable[Lease]) -> set[str]:
        """The names of those that nobody took since."""
        fences = {lease.name: lease.fence for lease in leases}
        rows = (
            await self._leases.find({"_id": {"$in": list(fences)}, "instance": self._instance})
            if fences
            else []
        )
        return {row["_id"] for row in rows if row["fence"] == fences[row["_id"]]}

    async def release(self, lease: Lease) -> None:
        """Lets the next one have it at once."""
        lease.good_until = 0.0
        mine = {"_id": lease.name, "instance": self._instance, "fence": lease.fence}
        await self._leases.update_one(mine, {"$set": {"expires_at": self._clock.now()}})

    async def holders(self, prefix: str) -> set[str]:
        """The instances that hold an unexpired lease whose name begins with `prefix`."""
        rows = await self._leases.find(
            {
                "_id": {"$gte": prefix, "$lt": prefix + "\uffff"},
                "expires_at": {"$gt": self._clock.now()},
            }
        )
        return {row["instance"] for row in rows}

    def _expiry(self) -> object:
        return self._clock.now() + timedelta(seconds=self._seconds)
