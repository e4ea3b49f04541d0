"""What technicians do with saved filters: keep them, and see how many cases each has."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Final

from chassis.clock import Clock
from chassis.ids import new_id
from chassis.storage import Storage, Tx
from chassis.tokens import Identity
from services.cases import kept
from services.cases.filters import CaseFilter
from services.cases.labels import Labels, LabelUnknown
from services.cases.list_store import Tally
from services.cases.saved import (
    FilterNotYours,
    FilterUnknown,
    SavedFilter,
    SavedFilters,
    WordsNotKept,
)
from services.cases.storage import CaseStore, Scope


class SavedDesk:
    """The use cases of saved filters."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it connects
        self,
        storage: Storage,
        saved: SavedFilters,
        labels: Labels,
        store: CaseStore,
        scope_of: Callable[[Identity], Scope],
        clock: Clock,
    ) -> None:
        self._storage = storage
        self._saved = saved
        self._labels = labels
        self._store = store
        self._scope_of = scope_of
        self._clock = clock

    async def all(self, technician: Identity) -> list[tuple[SavedFilter, Tally]]:
        """The filters that a technician can use, by name, each with how many cases it has for them."""
        saved = await self._saved.all(technician.tenant, technician.id)
        return [(it, await self.tally(technician, it)) for it in saved]

    async def tally(self, technician: Identity, saved: SavedFilter) -> Tally:
        """How many cases a filter has for whoever looks."""
        wanted = saved.wanted_by(technician.id)
        return await self._store.tally(self._scope_of(technician), wanted)

    async def add(self, technician: Identity, wanted: SavedFilter, *, shared: bool) -> SavedFilter:
        """Save a filter; raises `FilterTaken`, `TooManyFilters`, `LabelUnknown` and `WordsNotKept`."""
        await self._check(technician, wanted.filter)
        saved = replace(wanted, id=new_id(), owner=None if shared else technician.id)
        return await self._put(technician, saved)

    async def change(
        self, technician: Identity, wanted: SavedFilter, *, shared: bool
    ) -> SavedFilter:
        """Keep a filter as it is given; raises `FilterUnknown` and `FilterNotYours` besides."""
        before = await self._own(technician, wanted.id)
        await self._check(technician, wanted.filter)
        # What an administrator takes back from everybody is its author's again.
        owner = None if shared else before.author
        kept_as = replace(wanted, author=before.author, owner=owner)
        return await self._put(technician, kept_as, before)

    async def remove(self, technician: Identity, filter_id: str) -> None:
        """Delete a filter; raises `FilterUnknown` and `FilterNotYours`."""
        saved = await self._own(technician, filter_id)

        async def work(tx: Tx) -> None:
            await self._saved.remove(tx, saved)
            self._tell(tx, technician, saved)

        await self._transact(work)

    async def _own(self, technician: Identity, filter_id: str) -> SavedFilter:
        """A filter that the technician may change."""
        saved = await self._saved.get(technician.tenant, filter_id)
        if saved is None or saved.owner not in {None, technician.id}:
            raise FilterUnknown
        if technician.id != saved.author and technician.role != "administrator":
            raise FilterNotYours
        return saved

    async def _check(self, technician: Identity, chosen: CaseFilter) -> None:
        if chosen.customer or chosen.title or chosen.q:
            raise WordsNotKept
        if not {it.id for it in await self._labels.all(technician.tenant)}.issuperset(chosen.label):
            raise LabelUnknown

    async def _put(
        self, technician: Identity, saved: SavedFilter, before: SavedFilter | None = None
    ) -> SavedFilter:
        async def work(tx: Tx) -> None:
            await self._saved.put(tx, saved)
            self._tell(tx, technician, saved, *(() if before is None else (before,)))

        await self._transact(work)
        return saved

    def _tell(self, tx: Tx, technician: Identity, *selves: SavedFilter) -> None:
        """Whose windows list it, as it is or as it was: everybody's, or its owner's alone."""
        owner = selves[0].owner if all(it.owner == selves[0].owner for it in selves) else None
        tx.emit(kept.changed(self._clock, technician, "filter", selves[0].id, only=owner))

    async def _transact(self, work: Callable[[Tx], Awaitable[None]]) -> None:
        await self._storage.transact(work)


# ---- what is asked for, and by which route -------------------------------------------------------

HANDLES: Final[dict[str, Any]] = {
    "GET /api/cases/filters": SavedDesk.all,
    "POST /api/cases/filters": SavedDesk.add,
    "PUT /api/cases/filters/{id}": SavedDesk.change,
    "DELETE /api/cases/filters/{id}": SavedDesk.remove,
}
