"""One suite for the store of contacts in memory and the one on MongoDB."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from chassis.errors import RetryLater
from chassis.ids import derived_id
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.storage import FakeStorage, MongoStorage, Storage
from services.cases.contacts import AddressIndex, Contact, ContactText
from services.cases.contacts_store import (
    CONTACTS,
    LATEST_FIRST,
    REMAINS,
    ContactStore,
    FakeContactStore,
    MongoContactStore,
    page_query,
    words_query,
)
from services.cases.search import BlindIndex
from services.cases.storage import CASES, NEWEST_FIRST, MongoCaseStore, Scope, contact_query
from services.cases.tests.examples import (
    AT,
    CASE,
    COMPANY,
    EMAIL,
    OTHER_COMPANY,
    OTHER_TENANT,
    TENANT,
)
from services.cases.tests.test_storage import indexes, stages

ADDRESSES, WORDS = AddressIndex(bytes(32)), BlindIndex(bytes(32))
HERE = Scope(TENANT, (COMPANY,))
BOTH = Scope(TENANT, (COMPANY, OTHER_COMPANY))


@dataclass
class Kept:
    """A store with its transactions and keys."""

    storage: Storage
    store: ContactStore
    keyring: FakeKeyring

    async def put(self, *contacts: Contact) -> None:
        for one in contacts:
            await self.keyring.create(one.key_id)
            await self.storage.transact(lambda tx, one=one: self.store.put(tx, one))  # type: ignore[misc]


@pytest.fixture
async def kept(memory_or_mongo: Database | None) -> Kept:
    keyring = FakeKeyring()
    if memory_or_mongo is None:
        storage = FakeStorage()
        return Kept(storage, FakeContactStore(storage, ADDRESSES, WORDS), keyring)
    return await on_mongo(memory_or_mongo, keyring)


async def on_mongo(database: Database, keyring: FakeKeyring) -> Kept:
    store = MongoContactStore(database, keyring, ADDRESSES, WORDS)
    await store.prepare()
    return Kept(MongoStorage(database, keyring), store, keyring)


def person(number: int = 1, *, company: str = COMPANY, tenant: str = TENANT) -> Contact:
    contact_id = derived_id("contact", str(number), tenant)
    text = ContactText(first_name=f"Cleo{number}", emails=(f"cleo{number}@example.com",))
    seen = AT + timedelta(minutes=number // 2)
    return Contact(contact_id, (contact_id,), tenant, contact_id, 1, text, seen, seen, {company: 1})


async def test_a_contact_comes_back_as_it_was(kept: Kept) -> None:
    one = replace(person(), ids=(person().id, derived_id("merged")))
    await kept.put(one)
    for contact_id in one.ids:
        assert await kept.store.get(None, TENANT, contact_id) == one
    assert await kept.store.get(None, OTHER_TENANT, one.id) is None
    assert await kept.store.with_address(None, TENANT, "CLEO1@Example.com") == one
    assert await kept.store.with_address(None, OTHER_TENANT, "cleo1@example.com") is None


async def test_an_address_is_one_contacts(kept: Kept) -> None:
    await kept.put(person(1))
    thief = replace(person(2), text=person(1).text)
    with pytest.raises(RetryLater):
        await kept.put(thief)
    # In another account it is somebody else's.
    await kept.put(person(1, tenant=OTHER_TENANT))


async def test_pages_have_every_contact_once_the_latest_first(kept: Kept) -> None:
    made = [person(number) for number in range(7)]
    await kept.put(*made[::2], *made[1::2])
    await kept.put(
        replace(made[0], cases={COMPANY: 1, OTHER_COMPANY: 2}), person(9, company=OTHER_COMPANY)
    )
    found: list[str] = []
    after: str | None = None
    while True:
        page = await kept.store.page(HERE, after, 3)
        found += [it.id for it in page.contacts]
        after = page.next
        if after is None:
            break
    by_place = sorted(made, key=lambda it: (it.last_seen, it.id), reverse=True)
    assert found == [it.id for it in by_place]
    both = [it.id for it in (await kept.store.page(BOTH, None, 20)).contacts]
    assert (len(both), len(set(both))) == (8, 8)


async def test_words_find_those_who_may_be_seen(kept: Kept) -> None:
    await kept.put(person(1), person(2, company=OTHER_COMPANY))
    found = await kept.store.candidates(BOTH, ["cleo", "exa"], 5)
    assert [it.id for it in found] == [person(2).id, person(1).id]
    assert [it.id for it in await kept.store.candidates(HERE, ["cleo"], 5)] == [person(1).id]
    await kept.storage.transact(lambda tx: kept.store.remove(tx, person(1)))
    assert await kept.store.candidates(HERE, ["cleo"], 5) == []


async def test_an_erasure_destroys_the_keys_that_were_left_to_it(mongo_database: Database) -> None:
    kept = await on_mongo(mongo_database, FakeKeyring())
    await kept.put(person(1), person(2))
    store = kept.store
    assert isinstance(store, MongoContactStore)
    await kept.storage.transact(lambda tx: store.leave(tx, person(1).key_id, CASE))
    purge = store.holdings(kept.keyring)[CONTACTS]
    assert [await purge(CASE), await purge(CASE)] == [1, 0]
    left = await store.page(HERE, None, 5)
    assert [it.id for it in left.contacts] == [person(2).id]


async def test_nothing_personal_is_kept_in_clear(mongo_database: Database) -> None:
    kept = await on_mongo(mongo_database, FakeKeyring())
    await kept.put(person(1))
    row = await mongo_database.collection(CONTACTS).find_one({"_id": person(1).id})
    assert "cleo" not in repr(row).lower()


async def test_every_query_has_an_index(mongo_database: Database) -> None:
    kept = await on_mongo(mongo_database, FakeKeyring())
    await kept.put(*(person(number) for number in range(20)))
    cases = MongoCaseStore(mongo_database, kept.keyring, WORDS)
    await cases.prepare()
    contacts = mongo_database.collection(CONTACTS)

    async def plan(query: Any, index: str) -> None:
        found = await contacts.explain(query, LATEST_FIRST, 21, index)
        assert stages(found).isdisjoint({"COLLSCAN", "SORT"})
        assert indexes(found) == {index}

    for scope in (HERE, BOTH):
        for after in (None, f"{'0' * 12}{person().id}"):
            await plan(page_query(scope, after), "listed")
        await plan(words_query(scope, WORDS.of_terms(TENANT, ["cleo", "cox"])), "words")
    for query, index in (
        ({"tenant": TENANT, "ids": person().id}, "ids"),
        ({"tenant": TENANT, "addresses": ADDRESSES.of(TENANT, EMAIL)}, "address"),
    ):
        assert indexes(await contacts.explain(query)) == {index}
    remains = mongo_database.collection(REMAINS)
    assert indexes(await remains.explain({"case_id": CASE})) == {"of_case"}
    for scope in (HERE, replace(BOTH, incoming=False), Scope(TENANT, None)):
        for ids in ([CASE], [CASE, COMPANY]):
            query = contact_query(scope, ids, None)
            found = await mongo_database.collection(CASES).explain(
                query, NEWEST_FIRST, 21, "contact"
            )
            assert stages(found).isdisjoint({"COLLSCAN", "SORT"})
            assert indexes(found) == {"contact"}
