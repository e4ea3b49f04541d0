"""What cases of before have not: the words by which they are found, their places in each order, and their contact.
What their database has and nobody reads any more goes: the indexes of earlier versions.

A migration that goes forward only, in the background, in small batches, on the one instance that has the
lease; how far it has come is kept, so a restart goes on from there. The version before may run beside it:
what it changes meanwhile is found here later, or gets both with its next change.
"""

import asyncio
from collections.abc import Sequence
from functools import reduce
from typing import Final

from chassis.clock import Clock
from chassis.errors import RetryLater
from chassis.ids import new_id
from chassis.leases import Leases
from chassis.logs import logger
from chassis.mongo import Database, Document, Index
from chassis.storage import Tx, session_of
from contracts.relations import CaseContactLinked
from services.cases.domain import Case, Change, step
from services.cases.keeping import SYSTEM, Cause, Keeper
from services.cases.mail_words import MAILS, with_entry
from services.cases.search import BlindIndex
from services.cases.shelves import RETIRED
from services.cases.sorting import keys_of
from services.cases.storage import CASES, Scope

BACKFILLS: Final = "backfills"
INDEXES: Final[dict[str, list[Index]]] = {BACKFILLS: []}
NAME: Final = "words, contacts, orders and mails"
BATCH: Final = 50
PAUSE_SECONDS: Final = 0.2
"""Between two batches, so that people are served first."""
WAIT_SECONDS: Final = 5.0
"""Until it is looked again whether somebody has to go on with it."""
_LOOKED_AT: Final = {"tenant": 1, "contact_id": 1, "by_updated": 1, "found": {"$isArray": "$words"}}

_log = logger(__name__)


class Backfill:
    """Goes once through all cases, by id."""

    def __init__(
        self, database: Database, keeper: Keeper, index: BlindIndex, clock: Clock, instance: str
    ) -> None:
        self._database = database
        self._keeper = keeper
        self._index = index
        self._clock = clock
        self._leases = Leases(database, clock, instance)
        self._progress = database.collection(BACKFILLS)
        self._cases = database.collection(CASES)

    async def run(self) -> None:
        """Until all is done, by whichever instance; then there is nothing to do for ever."""
        await self._database.ensure_indexes(INDEXES)
        await self._leases.prepare()
        while True:
            try:
                if await self.drop_retired() and await self.advance():
                    break
                await asyncio.sleep(PAUSE_SECONDS)
            except RetryLater:
                await asyncio.sleep(WAIT_SECONDS)
        await asyncio.Event().wait()

    async def drop_retired(self) -> bool:
        """Drop the indexes that nobody reads any more, unless somebody else is at it; whether none is left."""
        old = RETIRED & await self._database.indexes_there(CASES)
        if old and await self._leases.acquire(BACKFILLS) is None:
            await asyncio.sleep(WAIT_SECONDS)
            return False
        for name in sorted(old):
            await self._database.drop_index(CASES, name)
            _log.info("index_dropped", collection=CASES, index=name)
        return True

    async def advance(self) -> bool:
        """Do the next batch, if nobody else is at it; whether all is done."""
        progress = await self._progress.find_one({"_id": NAME}) or {}
        if progress.get("done"):
            return True
        if await self._leases.acquire(BACKFILLS) is None:
            await asyncio.sleep(WAIT_SECONDS)
            return False
        rows = await self._next(progress.get("after", ""))
        for row in rows:
            await self._complete(row)
        done = len(rows) < BATCH
        # No id stays behind that a deletion would have to find.
        kept = {"done": True} if done else {"after": rows[-1]["_id"]}
        await self._progress.replace_one({"_id": NAME}, {"_id": NAME, **kept}, upsert=True)
        if done:
            _log.info("backfill_done", backfill=NAME)
        return done

    async def _next(self, after: str) -> Sequence[Document]:
        return await self._cases.find(
            {"_id": {"$gt": after}}, sort=[("_id", 1)], limit=BATCH, projection=_LOOKED_AT
        )

    async def _complete(self, row: Document) -> None:
        """A case that was deleted meanwhile, or whose key was destroyed, is passed over."""
        mails = await self._keeper.history.of_types(row["_id"], MAILS)
        if row["found"] and row.get("contact_id") and row.get("by_updated") and not mails:
            return

        async def work(tx: Tx) -> None:
            case = await self._keeper.store.get(tx, Scope(row["tenant"], None), row["_id"])
            if case is None:
                return
            found = reduce(with_entry, mails, case)
            await self._index_words(tx, found)
            if found != case:
                await self._keeper.store.save(tx, case, found)
            if case.now.contact_id is None and case.text.customer.email:
                cause = Cause(self._clock.now(), SYSTEM, new_id())
                await self._keeper.keep(tx, found, found, [_linking(found)], cause)

        await self._keeper.storage.transact(work)

    async def _index_words(self, tx: Tx, case: Case) -> None:
        found_by = {"words": self._index.of_case(case), **keys_of(case)}
        await self._cases.update_one({"_id": case.id}, {"$set": found_by}, session=session_of(tx))


def _linking(case: Case) -> Change:
    """The keeper finds the contact: all that is to be told is that there is one now."""
    return step(case, CaseContactLinked, {"technician_id": None})
