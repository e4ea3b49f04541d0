"""One suite for the store in memory and the one on MongoDB."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, cast

import pytest

from chassis.keyring import FakeKeyring
from chassis.mongo import Collection, Database, Document, DuplicateKey
from chassis.storage import FakeStorage, MongoStorage, Storage
from services.portal import handlers
from services.portal.domain import (
    Account,
    Admission,
    Attempts,
    Company,
    Portal,
    Session,
    SigningKey,
    Technician,
    skeleton,
)
from services.portal.domain_audit import AuditFilter
from services.portal.records import COLLECTIONS, INDEXES, Record
from services.portal.storage import FakePortalStore, MongoPortalStore, PortalStore
from services.portal.tests.integrations import ENTRY, FILTERS, KEY, NOW

COMPANY = Company("company", "tenant", "Demo Ltd", 1)
PORTAL = Portal(
    id="portal",
    tenant="tenant",
    company_id="company",
    subdomain="demo",
    skeleton=skeleton("demo"),
    state="active",
    email="optional",
    greeting="Hi!",
    survey=False,
    offer_after=90,
    grace=30,
    version=1,
    mail_address="help@acme.example",
)
GRETA = Technician(
    id="greta",
    tenant="tenant",
    name="Greta Lind",
    email="greta@demo.example",
    password_hash="hash",
    role="technician",
    companies=("company", "another"),
    available=True,
    sound=True,
    active=True,
    not_before=None,
    version=1,
)
SESSION = Session("session", "tenant", "greta", "hash", None, NOW, NOW, NOW + timedelta(days=1))
RECORDS: list[Record] = [
    Account("tenant", "Demo"),
    Admission("admission", "tenant", "company", "portal", "request", "hash", NOW, NOW),
    Attempts("attempts", 3, NOW),
    COMPANY,
    PORTAL,
    SESSION,
    SigningKey("key", "public", "wrapped", 1),
    KEY,
    replace(KEY, id="old", secret_hash="x", expires_at=NOW, revoked_at=NOW, last_used_at=NOW),
    GRETA,
    replace(GRETA, id="gone", email="gone@demo.example", not_before=NOW, companies=()),
]


@dataclass
class Kept:
    """A store with its transactions."""

    storage: Storage
    store: PortalStore

    async def put(self, *records: Record) -> None:
        for record in records:
            await self.storage.transact(lambda tx, r=record: self.store.put(tx, r))  # type: ignore[misc]


@pytest.fixture
async def database(mongo_database: Database) -> Database:
    await mongo_database.ensure_indexes(INDEXES)
    return mongo_database


@pytest.fixture(params=["fake", pytest.param("mongo", marks=pytest.mark.mongo)])
def kept(request: pytest.FixtureRequest) -> Kept:
    if request.param == "fake":
        storage = FakeStorage()
        return Kept(storage, FakePortalStore(storage))
    database = request.getfixturevalue("database")
    return Kept(MongoStorage(database, FakeKeyring()), MongoPortalStore(database))


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
async def test_a_record_comes_back_as_it_was_put(kept: Kept, record: Record) -> None:
    await kept.put(record)
    assert await kept.store.get(None, type(record), record.id) == record
    assert await kept.store.ids(type(record)) == [record.id]


async def test_putting_again_replaces(kept: Kept) -> None:
    await kept.put(GRETA, replace(GRETA, name="Greta Lindqvist"))
    assert await kept.store.get(None, Technician, "greta") == replace(GRETA, name="Greta Lindqvist")


async def test_a_removed_record_is_gone(kept: Kept) -> None:
    await kept.put(SESSION)
    await kept.storage.transact(lambda tx: kept.store.remove(tx, Session, "session"))
    await kept.storage.transact(lambda tx: kept.store.remove(tx, Session, "session"))
    assert await kept.store.get(None, Session, "session") is None


@pytest.mark.parametrize(
    "twin",
    [
        replace(PORTAL, id="twin", company_id="b", skeleton="b"),
        replace(PORTAL, id="twin", company_id="b", subdomain="dem0", skeleton=skeleton("dem0")),
        replace(PORTAL, id="twin", subdomain="b", skeleton="b"),
        replace(PORTAL, id="twin", company_id="b", subdomain="b", skeleton="b"),
        replace(GRETA, id="twin"),
    ],
    ids=["subdomain", "look-alike", "company", "mail-address", "email"],
)
async def test_what_must_be_unique_is_refused_and_changes_nothing(
    kept: Kept, twin: Portal | Technician
) -> None:
    await kept.put(PORTAL, GRETA)

    async def work(tx: Any) -> None:
        await kept.store.put(tx, replace(COMPANY, name="changed beside"))
        await kept.store.put(tx, twin)

    with pytest.raises(DuplicateKey):
        await kept.storage.transact(work)
    assert await kept.store.get(None, type(twin), "twin") is None
    assert await kept.store.get(None, Company, "company") is None


async def test_portals_are_found_by_subdomain_and_by_company(kept: Kept) -> None:
    await kept.put(PORTAL)
    assert await kept.store.portal_named(None, "demo") == PORTAL
    assert await kept.store.portal_named(None, "dem0") is None
    assert await kept.store.portals_of(None, ["company", "x"]) == [PORTAL]
    assert await kept.store.portals_of(None, []) == []


async def test_companies_are_found_within_their_account_alone(kept: Kept) -> None:
    foreign = replace(COMPANY, id="foreign", tenant="other")
    first = replace(COMPANY, id="z", name="Alpha")
    await kept.put(COMPANY, foreign, first)
    ids = ["company", "foreign", "z", "unknown"]
    assert await kept.store.companies_of(None, "tenant", ids) == [first, COMPANY]


async def test_technicians_are_found_by_email_and_by_account(kept: Kept) -> None:
    ada = replace(GRETA, id="z", name="Ada", email="ada@demo.example")
    await kept.put(GRETA, ada, replace(GRETA, id="x", tenant="other", email="x@other.example"))
    assert await kept.store.technician_mailed(None, "ada@demo.example") == ada
    assert await kept.store.technician_mailed(None, "nobody@demo.example") is None
    assert await kept.store.technicians_of(None, "tenant") == [ada, GRETA]


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({}, True),
        ({"available": False}, False),
        ({"active": False}, False),
        ({"companies": ("another",)}, False),
        ({"tenant": "other"}, False),
    ],
)
async def test_on_duty_is_who_is_active_available_and_has_access(
    kept: Kept, changes: dict[str, Any], counts: bool
) -> None:
    await kept.put(replace(GRETA, **changes))
    assert await kept.store.anyone_on_duty(None, "tenant", "company") is counts


async def test_sessions_are_a_persons_with_the_last_used_first(kept: Kept) -> None:
    newer = replace(SESSION, id="newer", used_at=NOW + timedelta(seconds=1))
    await kept.put(SESSION, newer, replace(SESSION, id="x", technician_id="tom"))
    assert await kept.store.sessions_of(None, "greta") == [newer, SESSION]


async def test_two_starts_at_once_agree_on_one_signing_key(kept: Kept) -> None:
    keys = await asyncio.gather(
        *(handlers.ensure_signing_key(kept.storage, kept.store, bytes(32)) for _ in range(5))
    )
    assert len({key.id for key in keys}) == 1
    assert len(await kept.store.ids(SigningKey)) == 1


async def test_changes_at_the_same_time_are_all_counted(kept: Kept) -> None:
    await kept.put(replace(GRETA, version=0))

    async def change(tx: Any) -> None:
        technician = await kept.store.get(tx, Technician, "greta")
        assert technician is not None
        await kept.store.put(tx, replace(technician, version=technician.version + 1))

    await asyncio.gather(*(kept.storage.transact(change) for _ in range(8)))
    assert await kept.store.get(None, Technician, "greta") == replace(GRETA, version=8)


# ---- MongoDB alone -------------------------------------------------------------------------------


class _Watched:
    """A collection that notes what it is asked."""

    def __init__(self, collection: Collection, asked: list[tuple[Collection, Any, Any]]) -> None:
        self._collection = collection
        self._asked = asked

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def ask(query: Any, *rest: Any, **options: Any) -> Any:
            self._asked.append((self._collection, query, options.get("sort")))
            return getattr(self._collection, name)(query, *rest, **options)

        return ask


class _WatchedStore(MongoPortalStore):
    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.asked: list[tuple[Collection, Any, Any]] = []

    def _of(self, kind: type[Any]) -> Collection:
        return cast(Collection, _Watched(super()._of(kind), self.asked))


def _stages(plan: Document) -> set[str]:
    inner = [*plan.get("inputStages", []), plan.get("inputStage")]
    return {plan["stage"]}.union(*(_stages(stage) for stage in inner if stage))


@pytest.mark.mongo
async def test_no_query_scans_a_collection(database: Database) -> None:
    store = _WatchedStore(database)
    calls: dict[str, tuple[Any, ...]] = {
        "put": (None, PORTAL),
        "get": (None, Portal, "portal"),
        "remove": (None, Session, "session"),
        "ids": (Technician,),
        "portal_named": (None, "demo"),
        "portal_looking": (None, "demo"),
        "portal_mailed": (None, "help@acme.example"),
        "companies_in": (None, "tenant"),
        "portals_of": (None, ["company", "x"]),
        "companies_of": (None, "tenant", ["company", "x"]),
        "technician_mailed": (None, "ada@demo.example"),
        "technicians_of": (None, "tenant"),
        "anyone_on_duty": (None, "tenant", "company"),
        "sessions_of": (None, "greta"),
        "synthetic": (None, NOW, 10),
        "api_keys_of": (None, "tenant"),
        "add_entry": (None, ENTRY),
        "entries_of": ("tenant", AuditFilter(), None, 10),
    }
    assert set(calls) == {name for name in vars(PortalStore) if not name.startswith("_")}
    for name, arguments in calls.items():
        await getattr(store, name)(*arguments)
    assert len(store.asked) == len(calls)
    for wanted in FILTERS:
        await store.entries_of("tenant", wanted, ENTRY.place, 10)
    for collection, query, sort in store.asked:
        stages = _stages(await collection.explain(query, sort))
        assert "COLLSCAN" not in stages, (query, stages)


@pytest.mark.mongo
async def test_what_a_newer_version_wrote_beside_is_kept(database: Database) -> None:
    storage = MongoStorage(database, FakeKeyring())
    kept = Kept(storage, MongoPortalStore(database))
    await kept.put(GRETA)
    technicians = database.collection(COLLECTIONS[Technician])
    await technicians.update_one({"_id": "greta"}, {"$set": {"nickname": "G"}})
    await kept.put(replace(GRETA, version=2))
    found = await technicians.find_one({"_id": "greta"})
    assert found is not None
    assert (found["nickname"], found["version"]) == ("G", 2)
