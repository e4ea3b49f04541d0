"""The data keys: one for each case, so that a case is erased everywhere by destroying its key.

A service that makes a key keeps it, wrapped, in its own `data_keys` collection and tells it to the
others on the topic `data-keys`; each of them keeps what it reads in its own collection. A broker
that forgets everything therefore costs no key. A tombstone on the topic erases: the id is
remembered in `erased_keys`, and no replay brings the key back.
"""

import asyncio
import base64
import os
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Protocol

from aiokafka import ConsumerRecord, TopicPartition
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import ValidationError

from chassis.errors import RetryLater
from chassis.jobs import beside
from chassis.logs import logger
from chassis.mongo import Database, Document, DuplicateKey
from chassis.runtime import Runtime
from chassis.settings import Settings
from chassis.tail import Batch, Tail
from contracts.keys import DataKeyCreated
from contracts.topics import DATA_KEYS

KEY_BITS: Final = 256
NONCE_BYTES: Final = 12
MEMORY_KEYS: Final = 10_000
# A message and the key that seals it travel on two topics; the key is late by milliseconds at most.
WAIT_SECONDS: Final = 1.0

KEYS: Final = "data_keys"
ERASED: Final = "erased_keys"
POSITIONS: Final = "data_key_positions"

# Tells which log a stored position belongs to: a broker that begins anew begins a new epoch.
Epoch = Callable[[], Awaitable[int | None]]

_log = logger(__name__)


class KeyUnknown(RetryLater):
    """The data key has not arrived yet."""


class SecretChanged(RetryLater):
    """The key was wrapped by another secret than the one in the settings, which must be restored."""


class Erased(Exception):
    """The data key was destroyed, and with it whatever it sealed."""


class KeySource(Protocol):
    """Seals and opens with the data key of an id; raises `KeyUnknown` and `Erased`."""

    async def seal(self, key_id: str, plain: bytes, associated: bytes) -> bytes:
        """Nonce and AES-256-GCM ciphertext."""
        ...

    async def open(self, key_id: str, box: bytes, associated: bytes) -> bytes:
        """What was sealed; raises `cryptography.exceptions.InvalidTag` when anything differs."""
        ...

    async def recall(self, key_ids: Iterable[str]) -> None:
        """Have these keys at hand, with one look for all of them; what is not there is left out."""
        ...

    async def check(self, key_id: str) -> None:
        """Raises `Erased` for what was erased: asked before anything is done with what needs no key."""
        ...


@dataclass(frozen=True, slots=True)
class DataKey:
    """A data key as it may be stored and sent: wrapped by the key from the settings."""

    key_id: str
    wrapped: str


class Wrapping:
    """Wraps data keys; the key's id is bound into it, so that no key passes for another's."""

    def __init__(self, secret: bytes) -> None:
        self._cipher = AESGCM(secret)

    def new(self, key_id: str) -> DataKey:
        """A fresh random key."""
        box = _encrypt(self._cipher, AESGCM.generate_key(KEY_BITS), key_id.encode())
        return DataKey(key_id, base64.b64encode(box).decode())

    def unwrap(self, key: DataKey) -> AESGCM:
        """The cipher of the key; raises `SecretChanged`."""
        box = base64.b64decode(key.wrapped)
        try:
            return AESGCM(_decrypt(self._cipher, box, key.key_id.encode()))
        except InvalidTag as error:
            # Not to be taken for a broken message: with the right secret nothing is lost.
            _log.error("secret_changed", key_id=key.key_id)
            raise SecretChanged from error


def _encrypt(cipher: AESGCM, plain: bytes, associated: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, plain, associated)


def _decrypt(cipher: AESGCM, box: bytes, associated: bytes) -> bytes:
    return cipher.decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], associated)


class KeyStore:
    """The wrapped keys in a service's own database, and how far the topic was read."""

    def __init__(self, database: Database) -> None:
        self._keys = database.collection(KEYS)
        self._erased = database.collection(ERASED)
        self._positions = database.collection(POSITIONS)

    async def find(self, key_id: str) -> DataKey | None:
        """The key, if it is here; raises `Erased`."""
        if row := await self._keys.find_one({"_id": key_id}):
            return DataKey(key_id, row["wrapped"])
        if await self._erased.find_one({"_id": key_id}):
            raise Erased(key_id)
        return None

    async def find_all(self, key_ids: list[str]) -> list[DataKey]:
        """Those of the keys that are here."""
        rows = await self._keys.find({"_id": {"$in": key_ids}})
        return [DataKey(row["_id"], row["wrapped"]) for row in rows]

    async def erased(self, key_ids: list[str]) -> set[str]:
        """Those of the ids that were erased."""
        return {row["_id"] for row in await self._erased.find({"_id": {"$in": key_ids}})}

    async def add(self, keys: list[DataKey]) -> None:
        """Keep those that are new and were never erased."""
        ids = [key.key_id for key in keys]
        gone = await self.erased(ids)
        await self._keys.insert_many_new([_row(key) for key in keys if key.key_id not in gone])
        await self._drop_erased(ids)

    async def _drop_erased(self, ids: list[str]) -> set[str]:
        """Looked at again behind an insertion: what was erased in between must not have come back."""
        gone = await self.erased(ids)
        if gone:
            await self._keys.delete_many({"_id": {"$in": sorted(gone)}})
        return gone

    async def erase(self, key_id: str) -> None:
        """Destroy the key. The note comes first, so that a crash between the two erases nothing less."""
        await self._erased.insert_many_new([{"_id": key_id}])
        if await self._keys.delete_one({"_id": key_id}):
            await self._erased.update_one({"_id": key_id}, {"$set": {"held": True}})

    async def claim(self, key_id: str) -> bool:
        """Whether a key of this id was destroyed here and nobody has counted it yet."""
        counted = {"_id": key_id, "held": True}
        return await self._erased.update_one(counted, {"$unset": {"held": ""}}) > 0

    async def create(self, key: DataKey) -> DataKey:
        """Keep the key, or return the one that this id has already; raises `Erased`."""
        if found := await self.find(key.key_id):
            return found
        try:
            await self._keys.insert_one(_row(key))
        except DuplicateKey:
            return await self.create(key)
        if await self._drop_erased([key.key_id]):
            raise Erased(key.key_id)
        return key

    async def positions(self, epoch: int | None) -> dict[int, int]:
        """The next offset of each partition in this epoch's log."""
        rows = await self._positions.find({"_id": {"$in": list(range(DATA_KEYS.partitions))}})
        return {row["_id"]: row["offset"] for row in rows if row["epoch"] == epoch}

    async def advance(self, partition: int, offset: int, epoch: int | None) -> None:
        """Remember the next offset of a partition."""
        row = {"_id": partition, "epoch": epoch, "offset": offset}
        await self._positions.replace_one({"_id": partition}, row, upsert=True)


def _row(key: DataKey) -> Document:
    return {"_id": key.key_id, "wrapped": key.wrapped}


class Keyring:
    """Memory, then the service's own collection, then a short wait for the topic."""

    def __init__(
        self, database: Database, settings: Settings, *, wait: float = WAIT_SECONDS
    ) -> None:
        self._store = KeyStore(database)
        self._settings = settings
        self._wrapping = Wrapping(settings.secret_key())
        self._wait = wait
        self._memory: OrderedDict[str, AESGCM] = OrderedDict()
        self._gone: OrderedDict[str, None] = OrderedDict()
        self._arrivals: dict[str, asyncio.Event] = {}
        self._loaded = False

    def attach(self, runtime: Runtime, epoch: Epoch) -> None:
        """Follow the topic while the service runs; it is ready when all keys of the start are read."""
        runtime.run("keyring", lambda: self.follow(epoch))
        runtime.check("keyring", lambda: None if self._loaded else "data keys are still loading")

    async def follow(self, epoch: Epoch) -> None:
        """Learn from the topic, for ever."""
        current = await epoch()
        known = await self._store.positions(current)

        def start(place: TopicPartition) -> int | None:
            return known.get(place.partition)

        async with (
            Tail(self._settings, [DATA_KEYS], start) as tail,
            beside(self._note_loaded(tail)),
        ):
            async for batch in tail:
                await self._take(batch)
                next_offset = batch.records[-1].offset + 1
                await self._store.advance(batch.partition, next_offset, current)

    async def _note_loaded(self, tail: Tail) -> None:
        await tail.caught_up()
        self._loaded = True

    async def _take(self, batch: Batch) -> None:
        # Whatever the order in the batch: once erased, a key never comes back.
        await self.learn([key for record in batch.records if (key := _key(record))])
        for record in batch.records:
            if record.value is None and record.key is not None:
                await self._store.erase(record.key.decode())
                self.forget(record.key.decode())

    async def create(self, key_id: str) -> DataKey:
        """The key of this id, made if there is none: to be sent as `DataKeyCreated`."""
        if key_id in self._gone:
            raise Erased(key_id)
        return await self._store.create(self._wrapping.new(key_id))

    async def seal(self, key_id: str, plain: bytes, associated: bytes) -> bytes:
        """Nonce and AES-256-GCM ciphertext."""
        return _encrypt(await self._cipher(key_id), plain, associated)

    async def open(self, key_id: str, box: bytes, associated: bytes) -> bytes:
        """What was sealed; raises `InvalidTag` when anything differs."""
        return _decrypt(await self._cipher(key_id), box, associated)

    async def recall(self, key_ids: Iterable[str]) -> None:
        """Have these keys at hand; whoever opens twenty boxes would otherwise look twenty times."""
        missing = [key_id for key_id in key_ids if key_id not in self._memory]
        if missing:
            for key in await self._store.find_all(missing):
                with suppress(Erased):
                    self._remember(key)

    async def learn(self, keys: list[DataKey]) -> None:
        """Keep keys that came from the topic, and wake whoever waits for one of them."""
        await self._store.add(keys)
        for key in keys:
            self._wake(key.key_id)

    async def check(self, key_id: str) -> None:
        """Raises `Erased`. Of a conversation that is being talked in the key is at hand, and nobody is asked."""
        known = key_id in self._memory
        if key_id in self._gone or (not known and await self._store.erased([key_id])):
            raise Erased(key_id)

    async def erase(self, key_id: str) -> bool:
        """Destroy the key here, for good; returns whether it was here, once, whoever destroyed it."""
        await self._store.erase(key_id)
        self.forget(key_id)
        return await self._store.claim(key_id)

    def forget(self, key_id: str) -> None:
        """Use the key no more here; another instance destroys it in the store."""
        # Whoever has just fetched it must not remember it either.
        self._gone[key_id] = None
        if len(self._gone) > MEMORY_KEYS:
            self._gone.popitem(last=False)
        self._memory.pop(key_id, None)
        self._wake(key_id)

    async def _cipher(self, key_id: str) -> AESGCM:
        if cipher := self._memory.get(key_id):
            self._memory.move_to_end(key_id)
            return cipher
        return self._remember(await self._fetch(key_id))

    async def _fetch(self, key_id: str) -> DataKey:
        # Registered before the first look, so that no arrival between the two is missed.
        arrival = self._arrivals.setdefault(key_id, asyncio.Event())
        try:
            if key := await self._store.find(key_id):
                return key
            with suppress(TimeoutError):
                await asyncio.wait_for(arrival.wait(), self._wait)
            if key := await self._store.find(key_id):
                return key
            raise KeyUnknown
        finally:
            self._arrivals.pop(key_id, None)

    def _remember(self, key: DataKey) -> AESGCM:
        if key.key_id in self._gone:
            raise Erased(key.key_id)
        cipher = self._memory[key.key_id] = self._wrapping.unwrap(key)
        if len(self._memory) > MEMORY_KEYS:
            self._memory.popitem(last=False)
        return cipher

    def _wake(self, key_id: str) -> None:
        if arrival := self._arrivals.pop(key_id, None):
            arrival.set()


def _key(record: ConsumerRecord) -> DataKey | None:
    if record.value is None:
        return None
    try:
        message = DataKeyCreated.model_validate_json(record.value)
    except ValidationError:
        _log.warning("data_key_unreadable", partition=record.partition, offset=record.offset)
        return None
    return DataKey(message.key_id, message.wrapped)


class FakeKeyring:
    """Real encryption with keys that live in memory only; like the real one, it must be told to create."""

    def __init__(self) -> None:
        self._wrapping = Wrapping(bytes(32))
        self._keys: dict[str, DataKey] = {}
        self._erased: set[str] = set()

    async def create(self, key_id: str) -> DataKey:
        """The key of this id, made if there is none."""
        if key_id in self._erased:
            raise Erased(key_id)
        return self._keys.setdefault(key_id, self._wrapping.new(key_id))

    async def seal(self, key_id: str, plain: bytes, associated: bytes) -> bytes:
        """Nonce and AES-256-GCM ciphertext."""
        return _encrypt(self._cipher(key_id), plain, associated)

    async def open(self, key_id: str, box: bytes, associated: bytes) -> bytes:
        """What was sealed."""
        return _decrypt(self._cipher(key_id), box, associated)

    async def recall(self, key_ids: Iterable[str]) -> None:
        """All are at hand."""

    async def check(self, key_id: str) -> None:
        """Raises `Erased`."""
        if key_id in self._erased:
            raise Erased(key_id)

    async def erase(self, key_id: str) -> bool:
        """Destroy the key, for good; returns whether it was here."""
        self._erased.add(key_id)
        return self._keys.pop(key_id, None) is not None

    def _cipher(self, key_id: str) -> AESGCM:
        if key_id in self._erased:
            raise Erased(key_id)
        if key_id not in self._keys:
            raise KeyUnknown
        return self._wrapping.unwrap(self._keys[key_id])
