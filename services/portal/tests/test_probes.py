"""The synthetic customer: let in by its proof alone, whoever is there, and cleaned up after by the next."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from chassis.errors import Invalid
from chassis.ids import derived_id, is_id, new_id
from chassis.mongo import Database
from chassis.storage import MongoStorage
from chassis.synthetic import conversation_of, is_synthetic, probe_key, proof_of
from contracts.erasure import ErasureRequested
from services.portal import handlers
from services.portal.customers import PortalNotTakingChats
from services.portal.domain import Admission, Portal, new_admission
from services.portal.probes import KEPT
from services.portal.records import INDEXES
from services.portal.storage import MongoPortalStore
from services.portal.tests.examples import SECRET, World, admission

KEY = probe_key(SECRET)


def synthetic(key: bytes = KEY, **fields: Any) -> Any:
    admission_id = new_id()
    return admission(admission_id=admission_id, probe=proof_of(key, admission_id), **fields)


@pytest.fixture
def probed(world: World) -> World:
    world.desk = replace(world.desk, probe_key=KEY)
    return world


async def demo(world: World) -> Portal:
    portal = await world.store.portal_named(None, "demo")
    assert portal is not None
    return portal


async def test_it_is_let_in_whether_or_not_somebody_is_available(probed: World) -> None:
    request = synthetic()
    admitted = await handlers.admit(probed.desk, "demo", request)
    assert admitted.conversation_id == conversation_of(request.admission_id)
    assert is_synthetic(admitted.conversation_id)
    with pytest.raises(PortalNotTakingChats):
        await handlers.admit(probed.desk, "demo", admission())


async def test_an_inactive_portal_lets_nobody_in(probed: World) -> None:
    portal = await demo(probed)
    await probed.save(replace(portal, state="inactive"))
    with pytest.raises(PortalNotTakingChats):
        await handlers.admit(probed.desk, "demo", synthetic())


@pytest.mark.parametrize("key", [probe_key(bytes(32)), SECRET])
async def test_nobody_else_passes_for_it(probed: World, key: bytes) -> None:
    await probed.make_available()
    with pytest.raises(Invalid):
        await handlers.admit(probed.desk, "demo", synthetic(key))


async def test_without_a_key_there_is_none(world: World) -> None:
    with pytest.raises(Invalid):
        await handlers.admit(world.desk, "demo", synthetic(b""))


async def test_the_next_one_has_those_before_it_erased(probed: World) -> None:
    await probed.make_available()
    customer = await handlers.admit(probed.desk, "demo", admission())
    first = await handlers.admit(probed.desk, "demo", synthetic())
    probed.clock.advance(KEPT.total_seconds() + 1)
    for _ in range(2):
        last = await handlers.admit(probed.desk, "demo", synthetic())
    asked = [m for m in probed.storage.emitted if isinstance(m, ErasureRequested)]
    assert [m.conversation_id for m in asked] == [first.conversation_id]
    left = await probed.store.ids(Admission)
    assert customer.conversation_id in left
    assert last.conversation_id in left
    assert first.conversation_id not in left


def test_no_other_id_looks_like_its_conversations() -> None:
    assert is_id(conversation_of(new_id()))
    for made in (new_id(), derived_id("conversation", new_id())):
        assert not is_synthetic(made)
    assert len({conversation_of(new_id()) for _ in range(1_000)}) == 1_000


@pytest.mark.mongo
async def test_they_are_found_among_all_customers_by_an_index(
    mongo_database: Database, probed: World
) -> None:
    portal = await demo(probed)
    await mongo_database.ensure_indexes(INDEXES)
    store, now = MongoPortalStore(mongo_database), probed.clock.now()
    ids = [conversation_of(new_id()), derived_id("conversation", new_id()), new_id()]
    storage = MongoStorage(mongo_database, probed.keys)
    for conversation_id in ids:
        made = new_admission(portal, conversation_id, "live", "s", now - KEPT - KEPT)
        await storage.transact(partial(store.put, record=made))
    assert [a.id for a in await store.synthetic(None, now, 20)] == ids[:1]
    query = {"_id": {"$gte": "0", "$lt": "1"}, "created_at": {"$lt": now}}
    assert "COLLSCAN" not in str(await mongo_database.collection("admissions").explain(query))
