"""What cases does to delete a case for good (S32, N4): it asks everybody, hears the answers, keeps the receipt.

The case is gone from every list with the decision itself. What each service holds is purged on request,
cases' own stores too; a timer asks again while somebody does not answer, and once more when all have.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, Protocol, cast

from chassis.clock import Clock
from chassis.errors import RetryLater
from chassis.ids import derived_id, new_id
from chassis.logs import logger
from chassis.producer import Position
from chassis.storage import Tx
from chassis.tokens import Identity
from chassis.topics import COMPACTION_LAG
from contracts.envelope import Actor, Message
from contracts.erasure import CaseDeleted, ErasureAnswered, ErasureRequested
from services.cases import erasure as rules
from services.cases.domain import Case, CaseMovedOn, whole_milliseconds
from services.cases.erasure import AdministratorsOnly, Erasure, Tombstone
from services.cases.erasure_store import ErasurePage, ErasureStore
from services.cases.keeping import SYSTEM, CaseUnknown, Keeper
from services.cases.storage import Scope

ERASE_AGAIN: Final = "erase_again"
WRITE_TOMBSTONE: Final = "write_tombstone"
BROKER_WAIT: Final = timedelta(seconds=5)
SECOND_TOMBSTONE: Final = COMPACTION_LAG + timedelta(minutes=1)
"""Behind the topic's longest lag: Kafka compacts a segment only once something is written behind it."""

Bury = Callable[[str], Awaitable[Position]]
"""Writes the tombstone of a data key; raises `RetryLater`."""

_log = logger(__name__)


class Forgetting(Protocol):
    """Uses a data key no more; `chassis.keyring.Keyring` does."""

    def forget(self, key_id: str) -> None:
        """Use the key no more here; the request to cases itself destroys it."""
        ...


class Parting(Protocol):
    """Parts cases that were merged; `relating.Relating` does."""

    async def part(self, tx: Tx, case: Case, by: Actor) -> None:
        """Have the case merged with no other any more."""
        ...


class Knowing(Protocol):
    """Knows customers again; `contact_book.ContactBook` does."""

    async def drop(self, tx: Tx, case: Case) -> None:
        """Know nothing more of what only this case has said."""
        ...


class Erasing:
    """The use cases of deletion."""

    def __init__(  # noqa: PLR0913 - what it stands on, each from the composition root
        self,
        keeper: Keeper,
        erasures: ErasureStore,
        keys: Forgetting,
        *,
        bury: Bury,
        clock: Clock,
        look_again: timedelta,
        contacts: Knowing | None = None,
        relating: Parting | None = None,
    ) -> None:
        self._storage = keeper.storage
        self._cases = keeper.store
        self._timers = keeper.timers
        self.people = keeper.people
        self._erasures = erasures
        self._keys = keys
        self._bury = bury
        self._clock = clock
        self._look_again = look_again
        self._contacts = contacts
        self._relating = relating

    # ---- what administrators ask for ----

    async def delete(
        self, scope: Scope, administrator: Identity, case_id: str, state_version: int
    ) -> Erasure:
        """Delete a case as it was at `state_version`; a second time it is the same deletion.

        Raises `AdministratorsOnly`, `CaseUnknown`, `ChatNotEnded` and `CaseMovedOn`.
        """
        self.check_administrator(administrator)

        async def work(tx: Tx) -> Erasure:
            if known := await self._seen(tx, scope, case_id):
                return known
            case = await self._cases.get(tx, scope, case_id)
            if case is None:
                raise CaseUnknown
            rules.check_deletable(case)
            if case.now.state_version != state_version:
                raise CaseMovedOn(case)
            return await self._begin(tx, case, administrator)

        begun = cast(Erasure, await self._storage.transact(work))
        self._keys.forget(case_id)
        return begun

    async def show(self, scope: Scope, administrator: Identity, case_id: str) -> Erasure:
        """The receipt of a deleted case; raises `AdministratorsOnly` and `CaseUnknown`."""
        self.check_administrator(administrator)
        erasure = await self._seen(None, scope, case_id)
        if erasure is None:
            raise CaseUnknown
        return erasure

    async def list_erasures(
        self, scope: Scope, administrator: Identity, after: str | None, limit: int
    ) -> ErasurePage:
        """Deleted cases, the latest first; raises `AdministratorsOnly`."""
        self.check_administrator(administrator)
        return await self._erasures.page(scope, after, limit)

    def check_administrator(self, technician: Identity) -> None:
        """Raises `AdministratorsOnly`, by the role of now: the token may be of before it was taken away."""
        if not self.people.loaded:
            raise RetryLater
        if technician.scopes is not None:
            # A key is looked up with every request, so its role is that of now.
            if technician.role != "administrator":
                raise AdministratorsOnly
            return
        known = self.people.technician(technician.id)
        if known is None or not known.active or known.role != "administrator":
            raise AdministratorsOnly

    async def _seen(self, tx: Tx | None, scope: Scope, case_id: str) -> Erasure | None:
        erasure = await self._erasures.get(tx, case_id)
        if erasure is None or erasure.tenant != scope.tenant:
            return None
        return erasure if erasure.company_id in (scope.companies or ()) else None

    async def _begin(self, tx: Tx, case: Case, by: Identity) -> Erasure:
        begun = rules.begin(case, by.id, self._now(), new_id())
        actor = Actor(kind="technician", id=by.id, via=by.via)
        if self._relating is not None:
            await self._relating.part(tx, case, actor)
        if self._contacts is not None:
            await self._contacts.drop(tx, case)
        await self._cases.remove(tx, case)
        await self._erasures.put(tx, begun)
        payload = {"case_id": case.id}
        await self._timers.schedule(
            tx, _tombstone_timer(case.id), begun.requested_at, WRITE_TOMBSTONE, payload
        )
        await self._plan_next(tx, begun)
        tx.emit(deleted(case, begun, actor), requested(begun, begun.requested_at))
        return begun

    # ---- what wakes it, and what the others answer ----

    async def answered(self, tx: Tx, told: ErasureAnswered) -> None:
        """A service has purged what it holds, or could not."""
        erasure = await self._erasures.get(tx, told.conversation_id)
        if erasure is not None:
            await self._erasures.put(tx, rules.hear(erasure, told, self._now()))

    async def ask_again(self, tx: Tx, payload: Mapping[str, Any]) -> None:
        """The answers are late, or it is time for the second look."""
        erasure = await self._erasures.get(tx, payload["case_id"])
        asking = rules.ask_again(erasure) if erasure else None
        if asking is None:
            return
        await self._erasures.put(tx, asking)
        await self._plan_next(tx, asking)
        tx.emit(requested(asking, self._now()))

    async def write_tombstone(self, tx: Tx, payload: Mapping[str, Any]) -> None:
        """The key goes from the topic: a first tombstone at once, a second that has the first take effect."""
        erasure = await self._erasures.get(tx, payload["case_id"])
        if erasure is None:
            return
        now = self._now()
        try:
            position = await self._bury(erasure.id)
        except RetryLater as error:
            _log.warning("tombstone_waits", case=erasure.id, reason=type(error).__name__)
            await self._plan_tombstone(tx, erasure.id, now + BROKER_WAIT)
            return
        written = Tombstone(position.partition, position.offset, now)
        await self._erasures.put(tx, rules.bury(erasure, written))
        if not erasure.tombstones:
            await self._plan_tombstone(tx, erasure.id, now + SECOND_TOMBSTONE)

    def _now(self) -> datetime:
        """As a database keeps it: what is told at once and what is read later are the same."""
        return whole_milliseconds(self._clock.now())

    async def _plan_tombstone(self, tx: Tx, case_id: str, due: datetime) -> None:
        timer_id, payload = _tombstone_timer(case_id), {"case_id": case_id}
        await self._timers.schedule(tx, timer_id, due, WRITE_TOMBSTONE, payload)

    async def _plan_next(self, tx: Tx, erasure: Erasure) -> None:
        due = self._now() + rules.wait_after(erasure.attempt, self._look_again)
        payload = {"case_id": erasure.id}
        await self._timers.schedule(tx, f"erasure/{erasure.id}", due, ERASE_AGAIN, payload)


def deleted(case: Case, erasure: Erasure, actor: Actor) -> CaseDeleted:
    """The last that is said of a case."""
    return CaseDeleted(
        id=derived_id("case.deleted", case.id),
        time=erasure.requested_at,
        tenant=case.tenant,
        key=case.id,
        aggregate_version=case.version + 1,
        actor=actor,
        correlation_id=erasure.correlation_id,
        company_id=case.company_id,
        conversation_id=case.id,
        number=case.now.number,
        technician_id=erasure.requested_by,
    )


def requested(erasure: Erasure, at: datetime) -> ErasureRequested:
    """What every service is asked in the present attempt."""
    return ErasureRequested(
        id=derived_id("erasure.requested", erasure.id, str(erasure.attempt)),
        time=at,
        tenant=erasure.tenant,
        key=erasure.id,
        aggregate_version=erasure.attempt,
        actor=SYSTEM,
        correlation_id=erasure.correlation_id,
        causation_id=derived_id("case.deleted", erasure.id),
        company_id=erasure.company_id,
        conversation_id=erasure.id,
        attempt=erasure.attempt,
    )


def _tombstone_timer(case_id: str) -> str:
    return f"tombstone/{case_id}"


# ---- what is handled, and by whom ----------------------------------------------------------------

ERASING_FROM_THE_BUS: Final[
    Mapping[type[Message], Callable[[Erasing, Tx, Any], Awaitable[None]]]
] = {
    ErasureAnswered: Erasing.answered,
}
ERASING_FROM_TIMERS: Final = {
    ERASE_AGAIN: Erasing.ask_again,
    WRITE_TOMBSTONE: Erasing.write_tombstone,
}
