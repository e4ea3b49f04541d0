"""What technicians ask of two cases at once: to merge them (X26), and to take that back."""

from itertools import pairwise
from typing import Any, Final, cast

from chassis.clock import Clock
from chassis.ids import new_id
from chassis.storage import Tx
from chassis.tokens import Identity
from contracts.cases import CaseState
from contracts.envelope import Actor
from contracts.relations import CaseAbsorbed, CaseMerged
from services.cases import merging
from services.cases.decisions import Asked
from services.cases.domain import Case
from services.cases.keeping import CaseUnknown, Cause, Keeper
from services.cases.merging import LONGEST_CHAIN, Absorbed, CaseNotMerged
from services.cases.storage import CaseStore, Scope


class Relating:
    """The use cases; what becomes of both cases is one transaction."""

    def __init__(self, keeper: Keeper, clock: Clock) -> None:
        self._keeper = keeper
        self._clock = clock

    async def merge(
        self,
        technician: Identity,
        scope: Scope,
        source: tuple[str, int],
        target: tuple[str, int],
    ) -> Case:
        """The source goes on in the target, each as it was at the `state_version` beside its id; returns the source.

        Raises `CaseUnknown`, `CaseMovedOn` and the errors of `merging`.
        """
        cause = self._cause_of(technician)

        async def work(tx: Tx) -> Case:
            one = await self._get(tx, scope, source[0])
            other = await self._get(tx, scope, target[0])
            asked = Asked(technician.id, cause.time, source[1])
            stays = self._keeper.assignee_stays(other)
            mine, theirs = merging.merge(one, other, asked, target[1], assignee_stays=stays)
            await self._keeper.keep(tx, other, other, theirs, cause)
            return await self._keeper.keep(tx, one, one, mine, cause)

        return cast(Case, await self._keeper.storage.transact(work))

    async def unmerge(
        self, technician: Identity, scope: Scope, case_id: str, state_version: int
    ) -> Case:
        """The merge is taken back; raises `CaseUnknown`, `CaseNotMerged` and `CaseMovedOn`."""
        cause = self._cause_of(technician)

        async def work(tx: Tx) -> Case:
            source = await self._get(tx, scope, case_id)
            if source.now.merged_into is None:
                raise CaseNotMerged
            target = await self._keeper.store.get(
                tx, Scope(scope.tenant, None), source.now.merged_into
            )
            asked = Asked(technician.id, cause.time, state_version)
            before = await self._before(tx, case_id)
            stays = self._keeper.assignee_stays(source)
            absorbed = await self._absorbed(tx, source)
            mine, theirs = merging.unmerge(
                source, target, asked, before, absorbed, assignee_stays=stays
            )
            if target is not None:
                await self._keeper.keep(tx, target, target, theirs, cause)
            return await self._keeper.keep(tx, source, source, mine, cause)

        return cast(Case, await self._keeper.storage.transact(work))

    async def part(self, tx: Tx, case: Case, by: Actor) -> None:
        """The case is about to be deleted: it is nobody's target and nobody's source any more."""
        cause = Cause(self._clock.now(), by, new_id())
        everywhere = Scope(case.tenant, None)
        if case.now.merged_into is not None:
            target = await self._keeper.store.get(tx, everywhere, case.now.merged_into)
            if target is not None:
                absorbed = await self._absorbed(tx, case)
                released = merging.release(target, case, by.id, absorbed)
                await self._keeper.keep(tx, target, target, released, cause)
        for source_id in case.now.merged:
            source = await self._keeper.store.get(tx, everywhere, source_id)
            if source is not None and source.now.merged_into == case.id:
                before = await self._before(tx, source_id)
                stays = self._keeper.assignee_stays(source)
                freed = merging.set_free(source, by.id, before, assignee_stays=stays)
                await self._keeper.keep(tx, source, source, [freed], cause)

    async def _before(self, tx: Tx, case_id: str) -> CaseState:
        """The case as it was right before it was merged."""
        entries = await self._keeper.history.read(tx, case_id)
        merged = [n for n, it in enumerate(entries) if it.type == CaseMerged.type_name()]
        return entries[merged[-1] - 1].now

    async def _absorbed(self, tx: Tx, source: Case) -> Absorbed | None:
        """The target of a case around the moment at which it was merged."""
        entries = await self._keeper.history.read(tx, source.now.merged_into or "")
        for before, after in reversed([*pairwise(entries)]):
            if after.type == CaseAbsorbed.type_name() and after.tells["source_id"] == source.id:
                return Absorbed(before.now, after.now)
        return None

    async def _get(self, tx: Tx, scope: Scope, case_id: str) -> Case:
        case = await self._keeper.store.get(tx, scope, case_id)
        if case is None:
            raise CaseUnknown
        return case

    def _cause_of(self, technician: Identity) -> Cause:
        actor = Actor(kind="technician", id=technician.id, via=technician.via)
        return Cause(self._clock.now(), actor, new_id())


async def target_of(store: CaseStore, tx: Tx | None, case: Case) -> Case:
    """The case in which this one goes on; itself where it was not merged."""
    for _ in range(LONGEST_CHAIN):
        if case.now.merged_into is None:
            return case
        into = await store.get(tx, Scope(case.tenant, None), case.now.merged_into)
        if into is None:
            return case
        case = into
    return case


HANDLES: Final[dict[str, Any]] = {
    "POST /api/cases/cases/{id}/merge": Relating.merge,
    "POST /api/cases/cases/{id}/unmerge": Relating.unmerge,
}
