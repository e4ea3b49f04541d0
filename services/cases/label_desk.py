"""What technicians do with the labels of their account: make, rename, recolour and retire them (S38)."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from chassis.audit import facts, noted
from chassis.clock import Clock
from chassis.storage import Storage, Tx
from chassis.tokens import Identity
from contracts.audit import AuditNoted
from contracts.envelope import Actor
from services.cases import kept
from services.cases.labels import Colour, Label, Labels


class LabelDesk:
    """The use cases; each change is one transaction with its line in the audit log."""

    def __init__(self, storage: Storage, labels: Labels, clock: Clock) -> None:
        self._storage = storage
        self._labels = labels
        self._clock = clock

    async def all(self, technician: Identity) -> list[Label]:
        """Every label, retired ones too, by title."""
        return await self._labels.all(technician.tenant)

    async def add(self, technician: Identity, title: str, colour: Colour) -> Label:
        """Make a label, and note who did; raises `LabelTaken` and `TooManyLabels`."""

        async def work(tx: Tx) -> Label:
            label = await self._labels.add(technician.tenant, title, colour, tx)
            self._tell(tx, "label.created", technician, label)
            return label

        return await self._noted(work)

    async def change(self, technician: Identity, label: Label) -> Label:
        """Keep a label as it is given, and note who did; raises `LabelUnknown` and `LabelTaken`."""

        async def work(tx: Tx) -> Label:
            known = await self._labels.all(technician.tenant)
            before = next((it for it in known if it.id == label.id), None)
            changed = await self._labels.change(label, tx)
            self._tell(tx, "label.changed", technician, changed, before)
            return changed

        return await self._noted(work)

    def _tell(
        self, tx: Tx, action: str, technician: Identity, label: Label, before: Label | None = None
    ) -> None:
        tx.emit(self._label_noted(action, technician, label, before))
        tx.emit(kept.changed(self._clock, technician, "label", label.id))

    def _label_noted(
        self, action: str, technician: Identity, label: Label, before: Label | None
    ) -> AuditNoted:
        return noted(
            self._clock,
            action,
            Actor(kind="technician", id=technician.id, via=technician.via),
            technician.tenant,
            subject_id=label.id,
            details=facts(_told(label), _told(before) if before else None),
        )

    async def _noted(self, work: Callable[[Tx], Awaitable[Label]]) -> Label:
        label = await self._storage.transact(work)
        assert label is not None  # noqa: S101 - without an inbox id no work is skipped
        return label


def _told(label: Label) -> dict[str, Any]:
    return {"title": label.title, "colour": label.colour, "retired": label.retired}


# ---- what is asked for, and by which route -------------------------------------------------------

HANDLES: Final[dict[str, Any]] = {
    "GET /api/cases/labels": LabelDesk.all,
    "POST /api/cases/labels": LabelDesk.add,
    "PUT /api/cases/labels/{label_id}": LabelDesk.change,
}
