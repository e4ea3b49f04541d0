"""One suite for the ledger of mails in memory and the one on MongoDB."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar, cast

import pytest
from cryptography.exceptions import InvalidTag

from chassis.ids import new_id
from chassis.keyring import Erased, FakeKeyring
from chassis.mongo import Database
from chassis.storage import FakeStorage, MongoStorage, Storage, Tx
from contracts.notify import MailContent
from services.notify import domain
from services.notify.domain import Mail
from services.notify.storage import MAILS, FakeMailStore, MailStore, MongoMailStore
from services.notify.tests.examples import ANN, AT, CASE, mail

T = TypeVar("T")
SECOND = timedelta(seconds=1)


@dataclass
class Kept:
    """A store with its transactions."""

    storage: Storage
    store: MailStore

    async def ask(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        return cast(T, await self.storage.transact(work))

    async def add(self, **different: Any) -> Mail:
        command = mail()
        line = replace(domain.requested(command, AT), **different)
        await self.ask(lambda tx: self.store.put(tx, line, command.content))
        return line


async def on_mongo(database: Database, keyring: FakeKeyring) -> Kept:
    store = MongoMailStore(database, keyring)
    await store.prepare()
    await keyring.create(CASE)
    return Kept(MongoStorage(database, keyring), store)


@pytest.fixture
async def kept(memory_or_mongo: Database | None) -> Kept:
    if memory_or_mongo is None:
        storage = FakeStorage()
        return Kept(storage, FakeMailStore(storage))
    return await on_mongo(memory_or_mongo, FakeKeyring())


async def test_a_mail_comes_back_as_it_was(kept: Kept) -> None:
    line = await kept.add()
    assert await kept.store.find(None, line.id) == line
    assert await kept.ask(lambda tx: kept.store.find(tx, line.id)) == line
    assert await kept.store.content(line) == mail().content


async def test_what_was_never_requested_is_not_there(kept: Kept) -> None:
    assert await kept.store.find(None, new_id()) is None
    assert await kept.store.of_case(new_id()) == []


async def test_a_mail_takes_the_place_of_one_with_its_id(kept: Kept) -> None:
    homeless = await kept.add(state="failed", reason="no_address", recipient="", due=None)
    command = mail(mail_id=homeless.id)
    line = domain.requested(command, AT + SECOND)
    await kept.ask(lambda tx: kept.store.put(tx, line, command.content))
    assert await kept.store.of_case(CASE) == [line]
    assert await kept.store.content(line) == command.content
    assert await kept.store.due(AT + SECOND, 10) == [line.id]


async def test_every_state_is_kept(kept: Kept) -> None:
    line = await kept.add()
    waiting = replace(line, state="waiting", attempts=3, reason="451", due=AT + SECOND)
    for after in (waiting, replace(waiting, state="unknown", handed=True, due=None)):
        await kept.ask(lambda tx, a=after: kept.store.save(tx, a))  # type: ignore[misc]
        assert await kept.store.find(None, line.id) == after


async def test_who_asked_for_it_is_kept(kept: Kept) -> None:
    line = await kept.add(asked_kind="technician", asked_id=ANN)
    assert await kept.store.find(None, line.id) == line


async def test_what_is_due_comes_first_first(kept: Kept) -> None:
    late, early, third = [await kept.add(due=AT + SECOND * n) for n in (2, 1, 3)]
    await kept.add(state="accepted", due=None)
    assert await kept.store.due(AT, 10) == []
    assert await kept.store.due(AT + SECOND * 2, 10) == [early.id, late.id]
    assert await kept.store.due(AT + SECOND * 3, 2) == [early.id, late.id]
    await kept.ask(lambda tx: kept.store.save(tx, replace(early, state="failed", due=None)))
    assert await kept.store.due(AT + SECOND * 3, 10) == [late.id, third.id]


async def test_a_claim_is_held_by_the_try_that_has_it(kept: Kept) -> None:
    line = await kept.add(state="sending", attempts=2, due=AT)
    await kept.store.hold(replace(line, attempts=1), AT + SECOND)
    assert await kept.store.due(AT, 10) == [line.id]
    await kept.store.hold(line, AT + SECOND)
    assert await kept.store.due(AT, 10) == []
    await kept.ask(lambda tx: kept.store.save(tx, replace(line, state="accepted", due=None)))
    await kept.store.hold(line, AT)
    assert await kept.store.due(AT, 10) == []


async def test_the_mails_of_a_case_are_in_order(kept: Kept) -> None:
    second = await kept.add(requested_at=AT + SECOND)
    first = await kept.add()
    assert await kept.store.of_case(CASE) == [first, second]


async def test_versions_count_up_and_none_is_lost_to_a_rollback(kept: Kept) -> None:
    async def rolled_back(tx: Tx) -> None:
        await kept.store.next_version(tx, CASE)
        raise InterruptedError

    assert await kept.ask(lambda tx: kept.store.next_version(tx, CASE)) == 1
    with pytest.raises(InterruptedError):
        await kept.ask(rolled_back)
    assert await kept.ask(lambda tx: kept.store.next_version(tx, CASE)) == 2
    assert await kept.ask(lambda tx: kept.store.next_version(tx, new_id())) == 1


# ---- on MongoDB only -----------------------------------------------------------------------------


async def row_of(database: Database, line: Mail) -> dict[str, Any]:
    row = await database.collection(MAILS).find_one({"_id": line.id})
    assert row is not None
    return row


async def test_nothing_personal_is_readable_in_the_database(mongo_database: Database) -> None:
    kept = await on_mongo(mongo_database, FakeKeyring())
    row = await row_of(mongo_database, await kept.add())
    for said in (b"cleo", b"Your chat", b"Hello"):
        assert said not in repr(row).encode()
        assert all(said not in value for value in row.values() if isinstance(value, bytes))


@pytest.mark.parametrize(
    ("state", "there"),
    [("waiting", True), ("unknown", True), ("accepted", False), ("failed", False)],
)
async def test_a_content_is_kept_while_it_may_be_needed(
    mongo_database: Database, state: Any, there: bool
) -> None:
    kept = await on_mongo(mongo_database, FakeKeyring())
    line = await kept.add()
    await kept.ask(lambda tx: kept.store.save(tx, replace(line, state=state, due=None)))
    assert ("content" in await row_of(mongo_database, line)) == there


async def test_of_an_erased_case_nothing_is_left(mongo_database: Database) -> None:
    keyring = FakeKeyring()
    kept = await on_mongo(mongo_database, keyring)
    line = await kept.add()
    await keyring.erase(CASE)
    for question in (kept.store.find(None, line.id), kept.store.content(line)):
        with pytest.raises(Erased):
            await question
    assert await kept.store.of_case(CASE) == []
    await kept.store.forget(line.id)
    assert await kept.store.due(AT, 10) == []
    assert {"recipient", "content"}.isdisjoint(await row_of(mongo_database, line))
    with pytest.raises(Erased):
        await kept.store.find(None, line.id)


async def test_a_box_of_one_mail_does_not_open_as_anothers(mongo_database: Database) -> None:
    kept = await on_mongo(mongo_database, FakeKeyring())
    one, other = await kept.add(), await kept.add()
    box = (await row_of(mongo_database, one))["content"]
    mails = mongo_database.collection(MAILS)
    await mails.update_one({"_id": other.id}, {"$set": {"content": box}})
    with pytest.raises(InvalidTag):
        await kept.store.content(other)


async def test_a_long_mail_is_kept_whole(mongo_database: Database) -> None:
    kept = await on_mongo(mongo_database, FakeKeyring())
    content = MailContent(subject="Long", text="ä" * 600_000, html="<p>" + "x" * 3_000_000)
    line = domain.requested(mail(), AT)
    await kept.ask(lambda tx: kept.store.put(tx, line, content))
    assert await kept.store.content(line) == content


@pytest.mark.parametrize(
    ("query", "sort", "index"),
    [
        ({"due": {"$lte": AT}}, [("due", 1)], "due"),
        ({"case_id": CASE}, [("requested_at", 1)], "of_case"),
    ],
)
async def test_every_list_has_its_index(
    mongo_database: Database, query: Any, sort: Any, index: str
) -> None:
    kept = await on_mongo(mongo_database, FakeKeyring())
    for _ in range(20):
        await kept.add(state="accepted", due=None)
    plan = await mongo_database.collection(MAILS).explain(query, sort, 10)
    assert "COLLSCAN" not in repr(plan)
    assert f"'indexName': '{index}'" in repr(plan)
    assert "'SORT'" not in repr(plan)
