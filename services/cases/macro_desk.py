"""What technicians do with macros: keep them, and apply them to a case as one step that one undo takes back."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from chassis.audit import facts, noted
from chassis.clock import Clock
from chassis.ids import derived_id, new_id
from chassis.storage import Tx
from chassis.tokens import AdministratorsOnly, Identity
from contracts.audit import AuditNoted
from contracts.cases import CaseMacroApplied, Through
from contracts.envelope import Actor
from services.cases import kept
from services.cases.actions import Act, Assign, Open, Reopen
from services.cases.decisions import Asked
from services.cases.domain import Case, CaseMovedOn, Change, step
from services.cases.keeping import CaseUnknown, Cause, Keeper
from services.cases.labels import Labels
from services.cases.macros import Macro, Macros, MacroUnknown
from services.cases.rule_runs import known_for
from services.cases.steps import Known, StepFailed, fault_of, play, words_of_steps
from services.cases.technicians import Decided, NeedsTechnician, Technicians

_TAKING: Final = (Assign, Open, Reopen)


class MacroDesk:
    """The use cases of macros."""

    def __init__(
        self,
        keeper: Keeper,
        macros: Macros,
        labels: Labels,
        technicians: Technicians,
        clock: Clock,
    ) -> None:
        self._keeper = keeper
        self._macros = macros
        self._labels = labels
        self._technicians = technicians
        self._clock = clock
        self.people = keeper.people

    # ---- keeping ----

    async def all(self, technician: Identity) -> list[tuple[Macro, list[tuple[int, str]]]]:
        """The macros that a technician can use, each with what is wrong with it: place and code."""
        known = await self._known_to(technician)
        macros = await self._macros.all(technician.tenant, technician.id)
        return [(macro, faults_of(macro.steps, known)) for macro in macros]

    async def add(
        self, technician: Identity, name: str, steps: Sequence[Act], *, shared: bool
    ) -> Macro:
        """Make a macro; raises `MacroTaken`, `TooManyMacros` and, of a shared one, `AdministratorsOnly`."""
        owner = None if shared else technician.id
        macro = Macro(new_id(), technician.tenant, name, owner, tuple(steps))
        return await self._put(technician, macro, "macro.created")

    async def change(
        self, technician: Identity, macro_id: str, name: str, steps: Sequence[Act], *, shared: bool
    ) -> Macro:
        """Keep a macro as it is given; raises `MacroUnknown` besides."""
        before = await self._own(technician, macro_id)
        owner = None if shared else technician.id
        after = replace(before, name=name, steps=tuple(steps), owner=owner)
        return await self._put(technician, after, "macro.changed", before)

    async def remove(self, technician: Identity, macro_id: str) -> None:
        """Delete a macro; what it has done stays done. Raises `MacroUnknown` and `AdministratorsOnly`."""
        macro = await self._own(technician, macro_id)

        async def work(tx: Tx) -> bool:
            await self._macros.remove(tx, macro)
            self._tell(tx, technician, "macro.deleted", macro)
            return True

        await self._keeper.storage.transact(work)

    async def _own(self, technician: Identity, macro_id: str) -> Macro:
        """A macro that the technician may change."""
        macro = await self._usable(None, technician, macro_id)
        _check_may(technician, macro)
        return macro

    async def _usable(self, tx: Tx | None, technician: Identity, macro_id: str) -> Macro:
        macro = await self._macros.get(tx, technician.tenant, macro_id)
        if macro is None or macro.owner not in {None, technician.id}:
            raise MacroUnknown
        return macro

    async def _put(
        self, technician: Identity, macro: Macro, action: str, before: Macro | None = None
    ) -> Macro:
        _check_may(technician, macro)

        async def work(tx: Tx) -> bool:
            await self._macros.put(tx, macro)
            self._tell(tx, technician, action, macro, before)
            return True

        await self._keeper.storage.transact(work)
        return macro

    def _tell(
        self, tx: Tx, technician: Identity, action: str, macro: Macro, before: Macro | None = None
    ) -> None:
        """The audit log, and whoever's menus have it, as it is or as it was: everybody's, or its owner's alone."""
        tx.emit(self._noted(action, technician, macro, before))
        owner = macro.owner if before is None or before.owner == macro.owner else None
        tx.emit(kept.changed(self._clock, technician, "macro", macro.id, only=owner))

    def _noted(
        self, action: str, technician: Identity, macro: Macro, before: Macro | None
    ) -> AuditNoted:
        return noted(
            self._clock,
            action,
            Actor(kind="technician", id=technician.id, via=technician.via),
            technician.tenant,
            subject_id=macro.id,
            details=facts(_told(macro), _told(before) if before else None),
        )

    # ---- applying ----

    async def apply(
        self,
        technician: Identity,
        case_id: str,
        macro_id: str,
        state_version: int,
        client_id: str | None,
    ) -> Case:
        """All that the macro says, or nothing of it; the same `client_id` again is the same application.

        Raises `CaseUnknown`, `MacroUnknown`, `CaseMovedOn` and the errors of its actions.
        """
        scope = self._technicians.scope_of(technician)
        event_id = application_id(case_id, technician, client_id or new_id())
        at = self._clock.now()

        async def work(tx: Tx) -> Case:
            case = await self._keeper.store.get(tx, scope, case_id)
            if case is None:
                raise CaseUnknown
            if await self._keeper.history.has(tx, event_id):
                return case
            macro = await self._usable(tx, technician, macro_id)
            known = await self._known_for(case)
            asked = Asked(technician.id, at, state_version)
            changes = _changes(technician, case, macro, asked, known, event_id)
            actor = Actor(kind="technician", id=technician.id, via=technician.via)
            through = Through(kind="macro", id=macro.id, name=macro.name)
            cause = Cause(at, actor, event_id, through=through)
            return await self._keeper.keep(tx, case, case, changes, cause)

        kept = await self._keeper.storage.transact(work)
        assert kept is not None  # noqa: S101 - without an inbox id no work is skipped
        return kept

    async def apply_to_many(
        self,
        technician: Identity,
        cases: Sequence[tuple[str, int]],
        macro_id: str,
        client_id: str | None,
    ) -> list[Decided]:
        """The same on many cases, each all or nothing by itself; raises `MacroUnknown`."""
        await self._usable(None, technician, macro_id)
        # The same id for all of them: without one that was sent, none of this is ever repeated.
        known_as = client_id or new_id()
        return [
            await self._technicians.decided(
                technician,
                case_id,
                partial(self.apply, technician, case_id, macro_id, state_version, known_as),
                application_id(case_id, technician, known_as),
            )
            for case_id, state_version in cases
        ]

    async def _known_for(self, case: Case) -> Known:
        return await known_for(case.tenant, case.company_id, self._labels, self._keeper)

    async def _known_to(self, technician: Identity) -> Known:
        labels = await self._labels.all(technician.tenant)
        people = self._keeper.people
        able = (
            it.technician_id
            for company in technician.companies
            for it in people.technicians_with_access(technician.tenant, company)
        )
        return Known(frozenset(it.id for it in labels if not it.retired), frozenset(able))


def application_id(case_id: str, technician: Identity, client_id: str) -> str:
    """The event that a macro's application to a case is told by."""
    return derived_id("macro", case_id, technician.id, client_id)


def faults_of(steps: Sequence[Act], known: Known) -> list[tuple[int, str]]:
    """Which of the actions name what is no more: place and code."""
    faults = ((at, fault_of(step, known)) for at, step in enumerate(steps))
    return [(at, fault.code) for at, fault in faults if fault is not None]


def _told(macro: Macro) -> dict[str, Any]:
    actions = words_of_steps(macro.steps)
    return {"name": macro.name, "shared": macro.owner is None, "actions": actions}


def _check_may(technician: Identity, macro: Macro) -> None:
    if macro.owner is None and technician.role != "administrator":
        raise AdministratorsOnly


def _changes(  # noqa: PLR0913, PLR0917 - an application has that many sides
    technician: Identity, case: Case, macro: Macro, asked: Asked, known: Known, event_id: str
) -> list[Change]:
    if technician.scopes is not None and any(isinstance(it, _TAKING) for it in macro.steps):
        raise NeedsTechnician
    try:
        played = play(case, macro.steps, asked, known, event_id)
    except StepFailed as failed:
        # The case as it is, not as it would have been behind the actions before the one that failed.
        moved_on = isinstance(failed.error, CaseMovedOn)
        raise (CaseMovedOn(case) if moved_on else failed.error) from failed
    if not played.changes:
        return []
    tells = {
        "technician_id": technician.id,
        "macro_id": macro.id,
        "since": case.version,
        "did": played.did,
    }
    told = replace(step(played.case, CaseMacroApplied, tells), event_id=event_id)
    return [*played.changes, told]


# ---- what is asked for, and by which route -------------------------------------------------------

HANDLES: Final[dict[str, Any]] = {
    "GET /api/cases/macros": MacroDesk.all,
    "POST /api/cases/macros": MacroDesk.add,
    "PUT /api/cases/macros/{id}": MacroDesk.change,
    "DELETE /api/cases/macros/{id}": MacroDesk.remove,
    "POST /api/cases/cases/{id}/macro": MacroDesk.apply,
    "POST /api/cases/many": MacroDesk.apply_to_many,
}
