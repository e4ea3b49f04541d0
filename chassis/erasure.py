"""Erasing a case (N4): the key is destroyed, what is held is purged store by store, and answered for.

cases asks on the topic `erasures`; every service has one `Eraser`, which knows all its stores. The key
goes first: from then on nothing that is still on its way can be read, so nothing comes back. A store
that cannot be purged now is named in the answer, and cases asks again. Every purge may be repeated.
"""

from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, Protocol

from chassis.clock import Clock
from chassis.dead_letters import DEAD_LETTERS, buried_query
from chassis.errors import DeskbusError, RetryLater
from chassis.handling import Subscription
from chassis.ids import derived_id
from chassis.keyring import Erased
from chassis.logs import logger
from chassis.mongo import Collection, Database
from chassis.parking import PARKED
from chassis.storage import OUTBOX, Tx
from contracts.envelope import Actor, Message
from contracts.erasure import ErasureAnswered, ErasureRequested, StorePurged
from contracts.topics import ERASURES, TOPICS

DATA_KEY: Final = "data_key"
TRIES_REMEMBERED: Final = 1_000

Purge = Callable[[str], Awaitable[int]]
"""Removes what one store holds of a case; returns how much that was. Again is no change."""

Holdings = dict[str, Purge]
"""The stores that may hold something of a case, by name."""

_log = logger(__name__)


class ConversationDeleted(DeskbusError, Erased):
    """The conversation was deleted, with everything in it: told to people, and passed over by the bus."""

    code = "conversation_deleted"
    status = 410
    text = "This conversation was deleted."


class Keys(Protocol):
    """Destroys data keys; `chassis.keyring.Keyring` does."""

    async def erase(self, key_id: str) -> bool:
        """Destroy the key here, for good; returns whether it was here."""
        ...


class Eraser:
    """Purges what one service holds, and says what became of each store."""

    def __init__(
        self, service: str, keys: Keys, holdings: Mapping[str, Purge], clock: Clock
    ) -> None:
        self._service = service
        self._keys = keys
        self._holdings = holdings
        self._clock = clock
        self._tries: OrderedDict[str, Counter[str]] = OrderedDict()
        """What was removed for the latest requests so far, by store."""

    async def erase(self, request: ErasureRequested) -> ErasureAnswered:
        """Purge every store; raises `RetryLater` only while the key itself cannot be destroyed.

        What is removed stays so when the answer's transaction fails, and the next try would find nothing: its answer
        tells what all tries of this process have removed.
        """
        case_id, removed = request.conversation_id, self._removed_for(request.id)
        removed[DATA_KEY] += int(await self._keys.erase(case_id))
        stores = [StorePurged(store=DATA_KEY, removed=removed[DATA_KEY])]
        for name, purge in self._holdings.items():
            told = await _purged(name, purge, case_id)
            removed[name] += told.removed
            stores.append(told.model_copy(update={"removed": removed[name]}))
        return self._answer(request, tuple(stores))

    def _removed_for(self, request_id: str) -> Counter[str]:
        found = self._tries.setdefault(request_id, Counter())
        if len(self._tries) > TRIES_REMEMBERED:
            self._tries.popitem(last=False)
        return found

    def _answer(
        self, request: ErasureRequested, stores: tuple[StorePurged, ...]
    ) -> ErasureAnswered:
        return ErasureAnswered(
            id=derived_id("erasure.answered", self._service, request.id),
            time=self._clock.now(),
            tenant=request.tenant,
            key=request.key,
            aggregate_version=request.attempt,
            actor=Actor(kind="system", via=self._service),
            correlation_id=request.correlation_id,
            causation_id=request.id,
            company_id=request.company_id,
            conversation_id=request.conversation_id,
            service=self._service,
            attempt=request.attempt,
            stores=stores,
        )


async def _purged(name: str, purge: Purge, case_id: str) -> StorePurged:
    """One store's fault must neither keep the others' content nor be taken for success."""
    try:
        return StorePurged(store=name, removed=await purge(case_id))
    except RetryLater as error:
        failed = error.code if type(error) is RetryLater else type(error).__name__
    except Exception as error:  # noqa: BLE001 - it is told in the answer, and tried again
        _log.exception("store_not_purged", store=name, case=case_id)
        failed = type(error).__name__
    return StorePurged(store=name, removed=0, failed=failed)


def erasures(eraser: Eraser) -> Subscription:
    """The subscription of a service that answers by its outbox."""

    async def erase(tx: Tx, request: Message) -> None:
        if isinstance(request, ErasureRequested):
            tx.emit(await eraser.erase(request))

    return Subscription(ERASURES, {ErasureRequested: erase})


# ---- stores --------------------------------------------------------------------------------------


def purging(collection: Collection, field: str) -> Purge:
    """Removes the documents whose indexed `field` is the case's id."""

    async def purge(case_id: str) -> int:
        return await collection.delete_many({field: case_id})

    return purge


def purging_by_id(collection: Collection, ids: Callable[[str], list[str]]) -> Purge:
    """Removes the documents whose ids are made from the case's, such as its timers."""

    async def purge(case_id: str) -> int:
        return await collection.delete_many({"_id": {"$in": ids(case_id)}})

    return purge


def bus_holdings(database: Database) -> Holdings:
    """What the chassis itself holds: messages on their way out, told before, waiting for another, or dead.

    The inbox is not among them: it has ids of messages, and nothing of what they said.
    """

    async def of_outbox(case_id: str) -> int:
        return await database.collection(OUTBOX).delete_many(outbox_query(case_id))

    async def of_parked(case_id: str) -> int:
        return await database.collection(PARKED).delete_many(parked_query(case_id))

    async def of_dead_letters(case_id: str) -> int:
        return await database.collection(DEAD_LETTERS).delete_many(buried_query(case_id))

    return {OUTBOX: of_outbox, PARKED: of_parked, DEAD_LETTERS: of_dead_letters}


def outbox_query(case_id: str) -> dict[str, Any]:
    """What was told of a case, but for its deletion."""
    return {"key": case_id, "lasting": {"$ne": True}}


def parked_query(case_id: str) -> dict[str, Any]:
    """What waits under the key of a case, whatever the topic."""
    return {"topic": {"$in": [topic.name for topic in TOPICS]}, "key": case_id}
