"""Case lists and search beside the raw indexed `find`, at small and large desks.

The first page of each list, of one with a filter and of one in another order; and what is found by a word that every
case has, and by one that few have. Of a search the floor is the `find` of all its candidates.
"""

import asyncio
import os
import tempfile
import time
from base64 import b64encode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import typer
from pydantic import SecretStr
from pymongo import AsyncMongoClient

from bench.report import MILLISECONDS, Spread, conditions, percentile, say, table
from chassis.devstack.mongod import Mongod
from chassis.ids import derived_id, new_id
from chassis.keyring import Keyring, Wrapping
from chassis.mongo import Database, Document
from chassis.settings import Settings
from chassis.storage import MongoStorage
from contracts.chat import Author, ConversationOpened, Device, Visitor
from contracts.envelope import Actor
from services.cases.domain import Case, open_case
from services.cases.filters import CaseFilter, Wanted
from services.cases.list_store import ListReader
from services.cases.listing import MOST_CANDIDATES, Listing, read_page
from services.cases.search import BlindIndex
from services.cases.sorting import NEWEST, Sorting, keys_of
from services.cases.storage import (
    CASES,
    FIRST_NUMBER,
    MongoCaseStore,
    Scope,
    asked_of,
)

PAGE = 20
BATCH = 2_000
TENANT, PORTAL, ME = derived_id("tenant"), derived_id("portal"), derived_id("me")
COLLEAGUE = derived_id("colleague")
COMPANIES = tuple(derived_id("company", str(n)) for n in range(4))
BEGINNING = datetime(2024, 1, 1, tzinfo=UTC)
SCOPE = Scope(TENANT, COMPANIES)
INDEX = BlindIndex(bytes(32))
RARE = "zebra"
LISTS: dict[str, tuple[Wanted, Listing]] = {
    "unassigned": (Wanted("unassigned", ME), Listing()),
    "mine": (Wanted("mine", ME), Listing()),
    "all": (Wanted("all", ME), Listing()),
    "all, closed and urgent": (
        Wanted("all", ME, CaseFilter(category="closed", priority=("urgent",))),
        Listing(),
    ),
    "all, by last update": (Wanted("all", ME), Listing(sort="updated")),
    "search, a word of all": (Wanted("all", ME, CaseFilter(q="cleo")), Listing(sort="relevance")),
    "search, a word of few": (Wanted("all", ME, CaseFilter(q=RARE)), Listing(sort="relevance")),
}
"""One in a hundred cases is urgent, and one in a thousand has the rare word."""


def main(
    size: list[int] = typer.Option([1_000, 100_000, 1_000_000], help="Cases; may be given again."),
    rounds: int = typer.Option(5, help="Rounds, each with floor and desk in turn."),
    calls: int = typer.Option(200, help="Pages asked for in each round."),
) -> None:
    """Measure a page of 20 cases and a search, opened and decrypted, beside the raw `find` of the same documents."""
    say(conditions({"sizes": size, "rounds": rounds, "calls": calls}))
    asyncio.run(_run(sorted(size), rounds, calls))


async def _run(sizes: list[int], rounds: int, calls: int) -> None:
    settings = Settings(
        kafka="unused", mongo="unused", secret=SecretStr(b64encode(os.urandom(32)).decode())
    )
    rows = []
    with tempfile.TemporaryDirectory() as folder, Mongod(Path(folder)) as mongo:
        for size in sizes:
            name = f"bench_{size}"
            async with Database.connect(mongo.url, name) as database:
                keyring = Keyring(database, settings)
                store = MongoCaseStore(database, keyring, INDEX)
                await store.prepare()
                await Filling(database, keyring, settings).fill(store, size)
                bench = Bench(store, mongo.url, name, rounds, calls)
                rows += [await bench.row(size, listed) for listed in LISTS]
                await database.drop()
    say(
        f"\nMilliseconds for a page of {PAGE}, or a search in at most {MOST_CANDIDATES}, p50: median of {rounds} rounds (range)\n"
    )
    say(table(["cases", "list", "raw find", "Deskbus", "Deskbus / raw"], rows))


@dataclass(frozen=True)
class Bench:
    """One desk of some size."""

    store: MongoCaseStore
    mongo: str
    name: str
    rounds: int
    calls: int

    async def row(self, size: int, listed: str) -> list[str]:
        """Both, in turn, over all rounds."""
        raw, ours = [], []
        wanted, listing = LISTS[listed]
        searched = listing.sort == "relevance"
        sorting = NEWEST if listing.sort == "relevance" else Sorting.of(listing.sort, None)
        most = MOST_CANDIDATES if searched else PAGE
        async with AsyncMongoClient[dict[str, Any]](self.mongo, tz_aware=True) as client:
            cases = client[self.name][CASES]
            async with Database.connect(self.mongo, self.name) as database:
                reader = ListReader(database.collection(CASES))
                walk = await reader.walk(asked_of(SCOPE, wanted, INDEX), sorting, None)
            if walk is None:
                raise RuntimeError("a list that nothing can be in")

            async def find() -> object:
                order = [(sorting.field, 1 if sorting.ascending else -1)]
                found = cases.find(walk.query, sort=order, limit=most + 1)
                return await found.hint(walk.index).to_list(None)

            async def page() -> object:
                return await read_page(self.store, SCOPE, wanted, listing)

            for _ in range(self.rounds):
                raw.append(await self._p50(find))
                ours.append(await self._p50(page))
        ratios = [mine / floor for mine, floor in zip(ours, raw, strict=True)]
        told = [Spread.of(values).told() for values in (raw, ours, ratios)]
        return [f"{size:,}", listed, *told]

    async def _p50(self, ask: Callable[[], Awaitable[object]]) -> float:
        took = []
        for _ in range(self.calls):
            started = time.perf_counter()
            await ask()
            took.append(time.perf_counter() - started)
        return percentile(took, 0.5) * MILLISECONDS


class Filling:
    """As many cases as wanted, each with its own data key, as a desk of some years has them."""

    def __init__(self, database: Database, keyring: Keyring, settings: Settings) -> None:
        self._cases = database.collection(CASES)
        self._storage = MongoStorage(database, keyring)
        self._keyring = keyring
        self._wrapping = Wrapping(settings.secret_key())

    async def fill(self, store: MongoCaseStore, size: int) -> None:
        """The first is stored as every case is; the others are made like it."""
        case = open_case(_opened(), 1).case
        await self._keyring.create(case.id)
        await self._storage.transact(lambda tx: store.add(tx, case))
        row = await self._cases.find_one({"_id": case.id})
        if row is None:
            raise RuntimeError("the first case was not stored")
        for first in range(1, size, BATCH):
            await self._add(row, case, range(first, min(first + BATCH, size)), size)
        say(f"{size:,} cases are there")

    async def _add(self, like: Document, case: Case, numbers: range, size: int) -> None:
        copies = [replace(case, id=new_id()) for _ in numbers]
        await self._keyring.learn([self._wrapping.new(copy.id) for copy in copies])
        await self._keyring.recall(copy.id for copy in copies)
        text, rare = case.text.model_dump_json().encode(), INDEX.of_words(TENANT, [RARE])
        rows = [
            {
                **like,
                "_id": copy.id,
                "number": FIRST_NUMBER + number,
                "company_id": COMPANIES[number % len(COMPANIES)],
                **keys_of(_at(copy, number)),
                "sealed": await self._keyring.seal(copy.id, text, b"case"),
                "words": like["words"] + ([] if number % 1_000 else rare),
                **_state(number, size),
            }
            for number, copy in zip(numbers, copies, strict=True)
        ]
        await self._cases.insert_many_new(rows)


def _at(case: Case, number: int) -> Case:
    """The case as if it had come so many seconds after the first."""
    at = BEGINNING + timedelta(seconds=number)
    return replace(case, now=case.now.model_copy(update={"created_at": at, "updated_at": at}))


def _state(number: int, size: int) -> Document:
    """Of the newest two hundred some wait and some are at work; the others are resolved, and one in a hundred is urgent."""
    return _held(number, size) | {"priority": "normal" if number % 100 else "urgent"}


def _held(number: int, size: int) -> Document:
    if number < size - 200:
        return {"state": "resolved", "assignee_id": COLLEAGUE}
    if number % 2:
        return {"state": "assigned", "assignee_id": ME}
    return {"state": "unassigned", "assignee_id": None}


def _opened() -> ConversationOpened:
    conversation = new_id()
    return ConversationOpened(
        id=new_id(),
        time=BEGINNING,
        tenant=TENANT,
        key=conversation,
        aggregate_version=1,
        actor=Actor(kind="customer", via="portal"),
        correlation_id=new_id(),
        causation_id=None,
        conversation_id=conversation,
        author=Author(kind="customer", id=conversation),
        company_id=COMPANIES[0],
        portal_id=PORTAL,
        portal_address="demo.desk.example",
        visitor=Visitor(first_name="Cleo", last_name="Customer", email="cleo@example.com"),
        locale="en",
        device=Device(),
    )


if __name__ == "__main__":
    typer.run(main)
