"""How many cases each list has, kept for each company and changed in the transaction that changes a case.

A tally is split in stripes by the case's id, because a transaction that meets another one's
write in a document has to begin again.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from chassis.mongo import Database, Document, Index
from chassis.storage import Tx, session_of
from services.cases.domain import Case
from services.cases.filters import HELD

TALLIES: Final = "tallies"
INDEXES: Final[list[Index]] = [Index([("tenant", 1), ("company_id", 1)], name="of_company")]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases each list has."""

    unassigned: int
    mine: int
    all: int


class Tallies:
    """All companies' tallies."""

    def __init__(self, database: Database) -> None:
        self._tallies = database.collection(TALLIES)

    async def move(self, tx: Tx, before: Case | None, after: Case | None) -> None:
        """A case is no more what it was; None is a case that is not there."""
        change = Counter(_tallied(after))
        change.subtract(_tallied(before))
        moved = {name: by for name, by in change.items() if by}
        case = after or before
        if case is None or not moved:
            return
        await self._tallies.update_one(
            # The last digit of an id is random: sixteen stripes.
            {"_id": f"{case.company_id}/{case.id[-1]}"},
            {"$inc": moved, "$setOnInsert": {"tenant": case.tenant, "company_id": case.company_id}},
            upsert=True,
            session=session_of(tx),
        )

    async def counts(self, of: Document, states: Collection[str], technician_id: str) -> Counts:
        """Of the companies that the query `of` finds; `states` are those of all cases that are seen."""
        mine = f"mine.{technician_id}"
        rows = await self._tallies.find(of, projection=dict.fromkeys((*states, mine), 1))
        return Counts(
            unassigned=sum(row.get("unassigned", 0) for row in rows),
            mine=sum(row.get("mine", {}).get(technician_id, 0) for row in rows),
            all=sum(row.get(state, 0) for row in rows for state in states),
        )


def _tallied(case: Case | None) -> Mapping[str, int]:
    """What a case adds to the tally of its company: nothing while it is spam, which is in no list."""
    if case is None or case.now.spam:
        return {}
    tallied: dict[str, int] = {case.now.state: 1}
    if case.now.state in HELD and case.now.assignee_id:
        tallied[f"mine.{case.now.assignee_id}"] = 1
    return tallied
