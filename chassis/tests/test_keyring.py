"""Keys survive what a broker forgets, arrive when they are late, and stay erased."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from cryptography.exceptions import InvalidTag
from pydantic import SecretStr

from chassis.app import Runtime
from chassis.codec import encode
from chassis.ids import new_id
from chassis.keyring import (
    DataKey,
    Erased,
    FakeKeyring,
    Keyring,
    KeySource,
    KeyStore,
    KeyUnknown,
    SecretChanged,
)
from chassis.mongo import Database
from chassis.producer import Producer
from chassis.settings import Settings
from chassis.topics import admin, provision
from contracts.envelope import Actor
from contracts.keys import DataKeyCreated
from contracts.topics import DATA_KEYS

pytestmark = pytest.mark.mongo


@pytest.fixture
async def database(mongo_url: str, db_prefix: str) -> AsyncIterator[Database]:
    async with Database.connect(mongo_url, f"{db_prefix}keys") as connected:
        yield connected


@pytest.fixture
def keyring(database: Database, settings: Settings) -> Keyring:
    return Keyring(database, settings, wait=0.2)


@pytest.fixture(params=["real", "fake"])
def either(request: pytest.FixtureRequest) -> Keyring | FakeKeyring:
    if request.param == "fake":
        return FakeKeyring()
    real: Keyring = request.getfixturevalue("keyring")
    return real


async def test_what_is_sealed_opens_only_with_its_key_and_its_association(
    either: Keyring | FakeKeyring,
) -> None:
    mine, other = new_id(), new_id()
    await either.create(mine)
    await either.create(other)
    box = await either.seal(mine, b"plain", b"message")
    assert b"plain" not in box
    assert await either.open(mine, box, b"message") == b"plain"
    for key_id, associated in ((other, b"message"), (mine, b"another")):
        with pytest.raises(InvalidTag):
            await either.open(key_id, box, associated)


async def test_creating_again_returns_the_same_key(either: Keyring | FakeKeyring) -> None:
    key_id = new_id()
    keys = await asyncio.gather(*(either.create(key_id) for _ in range(5)))
    assert len(set(keys)) == 1


async def test_a_key_that_nobody_made_is_unknown(either: KeySource) -> None:
    with pytest.raises(KeyUnknown):
        await either.seal(new_id(), b"plain", b"")


async def test_an_erased_key_is_gone_for_good(either: Keyring | FakeKeyring) -> None:
    key_id = new_id()
    await either.create(key_id)
    box = await either.seal(key_id, b"plain", b"")
    await either.erase(key_id)
    with pytest.raises(Erased):
        await either.open(key_id, box, b"")
    with pytest.raises(Erased):
        await either.create(key_id)


async def test_what_was_erased_is_known_as_such_and_what_was_not_passes(
    either: Keyring | FakeKeyring,
) -> None:
    erased, other = new_id(), new_id()
    await either.create(erased)
    assert await either.erase(erased) is True
    assert await either.erase(erased) is False
    await either.check(other)
    with pytest.raises(Erased):
        await either.check(erased)


async def test_a_key_that_the_tombstone_destroyed_first_is_counted_once_all_the_same(
    keyring: Keyring, database: Database
) -> None:
    key_id = new_id()
    await keyring.create(key_id)
    await KeyStore(database).erase(key_id)
    assert await keyring.erase(key_id) is True
    assert await keyring.erase(key_id) is False


async def test_another_instance_of_the_service_knows_what_was_erased(
    keyring: Keyring, database: Database, settings: Settings
) -> None:
    key_id, other = new_id(), Keyring(database, settings)
    await keyring.create(key_id)
    box = await other.seal(key_id, b"plain", b"")
    await keyring.erase(key_id)
    # Its memory still has the key, until it is told.
    assert await other.open(key_id, box, b"") == b"plain"
    other.forget(key_id)
    with pytest.raises(Erased):
        await other.open(key_id, box, b"")
    for asking in (other.check(key_id), other.create(key_id)):
        with pytest.raises(Erased):
            await asking


async def test_a_key_that_is_made_while_it_is_erased_does_not_stay(
    keyring: Keyring, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    key_id, find = new_id(), KeyStore.find

    async def erased_behind_the_look(store: KeyStore, asked: str) -> DataKey | None:
        found = await find(store, asked)
        await KeyStore(database).erase(asked)
        return found

    monkeypatch.setattr(KeyStore, "find", erased_behind_the_look)
    with pytest.raises(Erased):
        await keyring.create(key_id)
    assert await database.collection("data_keys").find_one({"_id": key_id}) is None


async def test_keys_outlive_the_process(
    keyring: Keyring, database: Database, settings: Settings
) -> None:
    key_id = new_id()
    await keyring.create(key_id)
    box = await keyring.seal(key_id, b"plain", b"")
    assert await Keyring(database, settings).open(key_id, box, b"") == b"plain"


async def test_the_database_never_holds_a_bare_key(keyring: Keyring, database: Database) -> None:
    key_id = new_id()
    key = await keyring.create(key_id)
    row = await database.collection("data_keys").find_one({"_id": key_id})
    assert row == {"_id": key_id, "wrapped": key.wrapped}


async def test_a_key_does_not_pass_for_anothers(keyring: Keyring) -> None:
    key, other = await keyring.create(new_id()), new_id()
    await keyring.learn([DataKey(other, key.wrapped)])
    with pytest.raises(SecretChanged):
        await keyring.seal(other, b"plain", b"")


async def test_another_secret_makes_nothing_look_broken(
    keyring: Keyring, database: Database, settings: Settings
) -> None:
    key_id = new_id()
    await keyring.create(key_id)
    box = await keyring.seal(key_id, b"plain", b"")
    secret = SecretStr(base64.b64encode(bytes([1] * 32)).decode())
    changed = Keyring(database, settings.model_copy(update={"secret": secret}))
    with pytest.raises(SecretChanged):
        await changed.open(key_id, box, b"")


async def test_whoever_waits_gets_the_key_as_it_arrives(keyring: Keyring) -> None:
    key_id, elsewhere = new_id(), FakeKeyring()
    key = await elsewhere.create(key_id)
    box = await elsewhere.seal(key_id, b"plain", b"")
    waiting = [asyncio.create_task(keyring.open(key_id, box, b"")) for _ in range(3)]
    await asyncio.sleep(0.05)
    await keyring.learn([key])
    assert await asyncio.wait_for(asyncio.gather(*waiting), 30) == [b"plain"] * 3


async def test_a_replay_does_not_bring_an_erased_key_back(keyring: Keyring) -> None:
    key = await keyring.create(new_id())
    await keyring.erase(key.key_id)
    await keyring.learn([key])
    with pytest.raises(Erased):
        await keyring.seal(key.key_id, b"plain", b"")


# ---- the topic -----------------------------------------------------------------------------------


def created(key: DataKey) -> DataKeyCreated:
    message_id = new_id()
    return DataKeyCreated(
        id=message_id,
        time=datetime(2026, 1, 5, tzinfo=UTC),
        tenant=new_id(),
        key=key.key_id,
        aggregate_version=1,
        actor=Actor(kind="system", via="chat"),
        correlation_id=message_id,
        key_id=key.key_id,
        wrapped=key.wrapped,
    )


class Topic:
    """The topic `data-keys` of a broker, and services that follow it."""

    def __init__(self, settings: Settings, producer: Producer, database: Database) -> None:
        self.settings = settings
        self.database = database
        self._producer = producer

    async def tell(self, key: DataKey) -> None:
        await self._producer.send(await encode(created(key), FakeKeyring()))

    async def erase(self, key_id: str) -> None:
        await self._producer.send_raw(DATA_KEYS.name, key_id.encode(), None, [])

    async def garbage(self) -> None:
        await self._producer.send_raw(DATA_KEYS.name, b"x", b"{", [])

    @asynccontextmanager
    async def followed(self, epoch: int) -> AsyncIterator[Keyring]:
        async def current() -> int:
            return epoch

        keyring = Keyring(self.database, self.settings, wait=5)
        async with Runtime("test", self.settings) as runtime:
            keyring.attach(runtime, current)
            async with asyncio.timeout(30):
                while any((await runtime.readiness()).values()):
                    await asyncio.sleep(0.02)
            yield keyring


@pytest.fixture
async def topic(tansu_address: str, settings: Settings, database: Database) -> AsyncIterator[Topic]:
    embedded = settings.model_copy(update={"kafka": tansu_address, "embedded": True})
    async with admin(embedded) as client:
        await provision(client, [DATA_KEYS])
    async with Producer(embedded) as producer:
        yield Topic(embedded, producer, database)


async def opening_on(keyring: Keyring, key_id: str, box: bytes) -> None:
    while await keyring.open(key_id, box, b""):
        await asyncio.sleep(0.02)


@pytest.mark.tansu
async def test_keys_arrive_by_the_topic_and_are_erased_by_it(topic: Topic) -> None:
    early, late, elsewhere = new_id(), new_id(), FakeKeyring()
    boxes = {}
    for key_id in (early, late):
        await elsewhere.create(key_id)
        boxes[key_id] = await elsewhere.seal(key_id, b"plain", b"")
    await topic.tell(await elsewhere.create(early))
    async with topic.followed(epoch=1) as keyring:
        assert await keyring.open(early, boxes[early], b"") == b"plain"
        waiting = asyncio.create_task(keyring.open(late, boxes[late], b""))
        await topic.garbage()
        await topic.tell(await elsewhere.create(late))
        assert await waiting == b"plain"
        await topic.erase(early)
        with pytest.raises(Erased):
            await asyncio.wait_for(opening_on(keyring, early, boxes[early]), 30)


@pytest.mark.tansu
async def test_a_restart_reads_on_and_a_new_log_is_read_from_its_beginning(topic: Topic) -> None:
    key = await FakeKeyring().create(new_id())
    await topic.tell(key)
    async with topic.followed(epoch=1):
        pass
    rows = topic.database.collection("data_keys")
    await rows.delete_one({"_id": key.key_id})
    async with topic.followed(epoch=1):
        assert await rows.find_one({"_id": key.key_id}) is None
    async with topic.followed(epoch=2):
        assert await rows.find_one({"_id": key.key_id}) is not None


async def test_many_keys_are_recalled_with_one_look(
    database: Database, settings: Settings, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [new_id() for _ in range(3)]
    boxes = {}
    for key_id in ids:
        await keyring.create(key_id)
        boxes[key_id] = await keyring.seal(key_id, b"plain", b"")
    fresh = Keyring(database, settings)
    await fresh.recall([*ids, new_id()])

    async def look(*_: object) -> None:
        raise AssertionError("a key was looked for by itself")

    monkeypatch.setattr(KeyStore, "find", look)
    assert [await fresh.open(key_id, boxes[key_id], b"") for key_id in ids] == [b"plain"] * 3
