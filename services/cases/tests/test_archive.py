"""One suite for history and labels in memory and on MongoDB."""

from dataclasses import dataclass, replace

import pytest

from chassis.ids import derived_id, new_id
from chassis.keyring import FakeKeyring
from chassis.mongo import Database
from chassis.storage import FakeStorage, MongoStorage, Storage
from contracts.cases import CaseAssigned, ProblemLine
from contracts.envelope import Actor
from services.cases import decisions, domain
from services.cases.decisions import Asked
from services.cases.domain import Change
from services.cases.history import (
    HISTORY,
    Entry,
    FakeHistory,
    History,
    MongoHistory,
    entry_of,
    text_at,
)
from services.cases.keeping import Cause, announced
from services.cases.labels import FakeLabels, Labels, LabelTaken, LabelUnknown, MongoLabels
from services.cases.tests.examples import (
    ANN,
    AT,
    BEN,
    CASE,
    OTHER_TENANT,
    TENANT,
    fresh,
    message,
    opened,
)


@dataclass
class Archive:
    storage: Storage
    history: History
    labels: Labels

    async def keep(self, change: Change, *, text_changed: bool) -> Entry:
        cause = Cause(AT, Actor(kind="technician", id=ANN, via="console"), new_id())
        entry = entry_of(announced(change, cause), text_changed=text_changed)
        await self.storage.transact(lambda tx: self.history.append(tx, entry))
        return entry


@pytest.fixture
async def archive(memory_or_mongo: Database | None) -> Archive:
    if memory_or_mongo is None:
        storage = FakeStorage()
        return Archive(storage, FakeHistory(storage), FakeLabels())
    return await on_mongo(memory_or_mongo)


async def on_mongo(database: Database) -> Archive:
    keyring = FakeKeyring()
    await keyring.create(CASE)
    history, labels = MongoHistory(database, keyring), MongoLabels(database)
    await history.prepare()
    await labels.prepare()
    return Archive(MongoStorage(database, keyring), history, labels)


async def test_a_deleted_message_is_in_no_state_of_the_past(archive: Archive) -> None:
    kept, secret = message("My lamp is dark"), message("My password is lamp")
    changes = [domain.open_case(opened(), 1001)]
    for said in (kept, secret):
        line = ProblemLine(text=said.text, time=AT, message_id=said.id)
        changes += domain.hear_customer(changes[-1].case, [line], assignee_stays=False)
    changes += decisions.assign(changes[-1].case, Asked(ANN, AT, 1))
    for change in changes:
        await archive.keep(change, text_changed=change.event is not CaseAssigned)
    before = await archive.history.read(None, CASE)
    await archive.storage.transact(lambda tx: archive.history.forget(tx, CASE, secret.id))
    after = await archive.history.read(None, CASE)
    assert [entry.text and entry.text.preview for entry in after] == [
        "",
        kept.text,
        kept.text,
        None,
    ]
    assert [replace(entry, text=None) for entry in after] == [
        replace(entry, text=None) for entry in before
    ]


def life() -> list[Change]:
    """Opened, noted, taken."""
    begun = domain.open_case(opened(), 1001)
    (noted,) = decisions.note(begun.case, Asked(BEN, AT, 1), derived_id("note"), "Cleo!", (ANN,))
    (taken,) = decisions.assign(noted.case, Asked(ANN, AT, 1))
    return [begun, noted, taken]


async def test_what_happened_comes_back_as_it_was(archive: Archive) -> None:
    kept = [await archive.keep(it, text_changed=n == 0) for n, it in enumerate(life())]
    found = await archive.history.read(None, CASE)
    assert found == kept
    assert [entry.note for entry in found] == ["", "Cleo!", ""]
    assert found[2].tells == {"technician_id": ANN}
    assert text_at(found) == fresh().text


async def test_a_part_of_it_is_read(archive: Archive) -> None:
    for change in life():
        await archive.keep(change, text_changed=True)
    assert [it.version for it in await archive.history.read(None, CASE, after=1)] == [2, 3]
    assert [it.version for it in await archive.history.read(None, CASE, through=2)] == [1, 2]
    assert await archive.history.read(None, derived_id("another")) == []
    assert await archive.history.has(None, derived_id("note"))
    assert not await archive.history.has(None, new_id())


async def test_labels_come_by_title_and_are_changed(archive: Archive) -> None:
    zebra = await archive.labels.add(TENANT, "Zebra", "grey")
    angry = await archive.labels.add(TENANT, "angry", "red")
    await archive.labels.add(OTHER_TENANT, "Zebra", "blue")
    assert await archive.labels.all(TENANT) == [angry, zebra]
    assert await archive.labels.has_all(TENANT, [angry.id, zebra.id])
    retired = await archive.labels.change(replace(angry, title="Calm", retired=True))
    assert not await archive.labels.has_all(TENANT, [retired.id])
    with pytest.raises(LabelTaken):
        await archive.labels.change(replace(zebra, title="CALM"))
    with pytest.raises(LabelUnknown):
        await archive.labels.change(replace(zebra, tenant=OTHER_TENANT))


@pytest.mark.usefixtures("db_prefix")
async def test_nothing_personal_stands_in_the_history(mongo_url: str, db_prefix: str) -> None:
    async with Database.connect(mongo_url, f"{db_prefix}cases") as database:
        archive = await on_mongo(database)
        for change in life():
            await archive.keep(change, text_changed=True)
        rows = await database.collection(HISTORY).find({"case_id": CASE})
        assert len(rows) == 3
        assert "cleo" not in repr(rows).lower()
        plans = [
            await database.collection(HISTORY).explain(
                {"case_id": CASE, "version": {"$gt": 0}}, [("version", 1)]
            ),
            await database.collection("labels").explain({"tenant": TENANT}, [("folded", 1)]),
        ]
        assert all("COLLSCAN" not in repr(plan) and "'SORT'" not in repr(plan) for plan in plans)
