"""How the desk is doing, for those who watch it: who waits, for how long, and how cases went.

A file of its own, because nothing in here decides anything: it looks at the queue of the whole
installation every few seconds, and counts what committed transactions have changed.
"""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final, Protocol, get_args

from prometheus_client import Histogram

from chassis import metrics
from chassis.clock import Clock
from chassis.errors import RetryLater
from chassis.mongo import Database, Index
from chassis.storage import Tx
from contracts.cases import CaseResolved, CaseState, SurveyAnswered
from contracts.portal import TechnicianListed
from contracts.sla import CaseSlaBreached, CaseSlaWarned
from services.cases.domain import Case, Change
from services.cases.sla import KINDS
from services.cases.storage import CASES

LOOK_SECONDS: Final = 5.0
CASE_TYPES: Final[tuple[str, ...]] = get_args(CaseState.model_fields["case_type"].annotation)
WAITING: Final = {"state": "unassigned"}
INDEXES: Final[dict[str, list[Index]]] = {
    CASES: [
        # All that is asked for stands in it, so that a long queue is not read case by case.
        Index(
            [("state", 1), ("case_type", 1), ("created_at", 1), ("waiting_since", 1)],
            name="queue",
            partialFilterExpression=WAITING,
        )
    ]
}


@dataclass(frozen=True, slots=True)
class Queued:
    """The cases of one type that wait for a technician."""

    case_type: str
    cases: int
    since: datetime
    """When the one that waits longest began to."""


class People(Protocol):
    """Who could come; `chassis.directory.Directory` knows it."""

    loaded: bool

    def staff(self) -> Iterable[TechnicianListed]:
        """The active technicians of every account."""
        ...


class MongoQueue:
    """The queue of all accounts, by type of case."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._cases = database.collection(CASES)

    async def prepare(self) -> None:
        """Create the index if it is missing."""
        await self._database.ensure_indexes(INDEXES)

    async def look(self) -> list[Queued]:
        """Types of which none waits are left out."""
        since = {"$min": {"$ifNull": ["$waiting_since", "$created_at"]}}
        grouped = {"_id": "$case_type", "cases": {"$sum": 1}, "since": since}
        rows = await self._cases.aggregate([{"$match": WAITING}, {"$group": grouped}])
        return [Queued(row["_id"], row["cases"], row["since"]) for row in rows]


async def watch(queue: MongoQueue, people: People, clock: Clock) -> None:
    """Show the queue and who could come, for ever; without a database it waits."""
    await queue.prepare()
    for case_type in CASE_TYPES:
        # What begins only with its first case could not be seen to rise.
        metrics.CASES_OPENED.labels(case_type)
        metrics.FIRST_RESPONSE_SECONDS.labels(case_type)
        metrics.RESOLUTION_SECONDS.labels(case_type)
    for kind in KINDS:
        metrics.SLA_WARNINGS.labels(kind)
        metrics.SLA_BREACHES.labels(kind)
    while True:
        # Meanwhile what was seen last goes on being shown; that the database is away shows by itself.
        with suppress(RetryLater):
            show(await queue.look(), clock.now())
        if people.loaded:
            metrics.TECHNICIANS_AVAILABLE.set(sum(it.available for it in people.staff()))
        await asyncio.sleep(LOOK_SECONDS)


def show(queued: Iterable[Queued], now: datetime) -> None:
    """Set the gauges, also of the types of which none waits."""
    found = {it.case_type: it for it in queued}
    for case_type in CASE_TYPES:
        it = found.get(case_type)
        waits = (now - it.since).total_seconds() if it else 0.0
        metrics.CASES_WAITING.labels(case_type).set(it.cases if it else 0)
        metrics.LONGEST_WAIT.labels(case_type).set(max(0.0, waits))


# ---- how cases went ------------------------------------------------------------------------------


def note_opened(tx: Tx, case: Case) -> None:
    """A case began."""
    tx.afterwards(metrics.CASES_OPENED.labels(case.now.case_type).inc)


def note_answered(tx: Tx, before: Case, at: datetime) -> None:
    """A technician wrote; the first time is how long its customer has waited for it."""
    if not before.answered:
        tx.afterwards(_span(metrics.FIRST_RESPONSE_SECONDS, before, at))


def note_change(tx: Tx, change: Change) -> None:
    """Each resolution counts, each answer to a survey, and each promise that was about to be broken or was."""
    now = change.case.now
    if change.event is CaseResolved and now.resolved_at is not None:
        tx.afterwards(_span(metrics.RESOLUTION_SECONDS, change.case, now.resolved_at))
    if change.event is SurveyAnswered and now.rating is not None:
        tx.afterwards(partial(metrics.RATING.observe, now.rating))
    if change.event is CaseSlaWarned:
        tx.afterwards(metrics.SLA_WARNINGS.labels(change.tells["kind"]).inc)
    if change.event is CaseSlaBreached:
        tx.afterwards(metrics.SLA_BREACHES.labels(change.tells["kind"]).inc)


def _span(histogram: Histogram, case: Case, until: datetime) -> Callable[[], None]:
    seconds = (until - case.now.created_at).total_seconds()
    return partial(histogram.labels(case.now.case_type).observe, max(0.0, seconds))
