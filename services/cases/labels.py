"""The labels of an account (S38): what they are called, and in which colour they are shown."""
# ruff: noqa: ARG002 - the fake is handed transactions that it does not need

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal, Protocol

from chassis.errors import DeskbusError
from chassis.ids import new_id
from chassis.mongo import Database, Document, DuplicateKey, Index, Session
from chassis.storage import Tx, session_of
from services.cases.search import folded

LABELS: Final = "labels"
MOST: Final = 500
INDEXES: Final[dict[str, list[Index]]] = {
    LABELS: [Index([("tenant", 1), ("folded", 1)], name="title", unique=True)]
}

Colour = Literal["grey", "red", "amber", "green", "teal", "blue", "violet", "pink"]
"""A colour of the palette: each has a readable pair for light and for dark."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label as cases wear it. A retired one stays on the cases that have it, and is put on no other."""

    id: str
    tenant: str
    title: str
    colour: Colour
    retired: bool = False


class LabelUnknown(DeskbusError):
    """There is no such label, or it was retired."""

    code = "label_unknown"
    status = 422
    text = "This label does not exist any more. Please choose another one."


class LabelTaken(DeskbusError):
    """Two labels of the same name could not be told apart."""

    code = "label_taken"
    status = 409
    text = "There is a label with this name already."


class TooManyLabels(DeskbusError):
    """The account has as many labels as it can have."""

    code = "too_many_labels"
    status = 409
    text = "No more labels can be made. Please retire some first."


class Labels(Protocol):
    """The labels of every account. `tx` is the transaction to be part of; a change may stand alone."""

    async def all(self, tenant: str) -> list[Label]:
        """Every label, retired ones too, by title."""
        ...

    async def has_all(self, tenant: str, label_ids: Iterable[str]) -> bool:
        """Whether each is a label that can be put on."""
        ...

    async def add(self, tenant: str, title: str, colour: Colour, tx: Tx | None = None) -> Label:
        """Make a label; raises `LabelTaken` and `TooManyLabels`."""
        ...

    async def change(self, label: Label, tx: Tx | None = None) -> Label:
        """Keep a label as it is given; raises `LabelUnknown` and `LabelTaken`."""
        ...


class MongoLabels:
    """The labels in the service's own database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._rows = database.collection(LABELS)

    async def prepare(self) -> None:
        """Create what is missing of collection and indexes."""
        await self._database.ensure_indexes(INDEXES)

    async def all(self, tenant: str) -> list[Label]:
        rows = await self._rows.find({"tenant": tenant}, sort=[("folded", 1)], hint="title")
        return [_label(row) for row in rows]

    async def has_all(self, tenant: str, label_ids: Iterable[str]) -> bool:
        known = {label.id for label in await self.all(tenant) if not label.retired}
        return known.issuperset(label_ids)

    async def add(self, tenant: str, title: str, colour: Colour, tx: Tx | None = None) -> Label:
        if len(await self.all(tenant)) >= MOST:
            raise TooManyLabels
        label = Label(new_id(), tenant, title, colour)
        try:
            await self._rows.insert_one({"_id": label.id, **_fields(label)}, session=_session(tx))
        except DuplicateKey as error:
            raise LabelTaken from error
        return label

    async def change(self, label: Label, tx: Tx | None = None) -> Label:
        mine = {"_id": label.id, "tenant": label.tenant}
        try:
            changed = await self._rows.update_one(
                mine, {"$set": _fields(label)}, session=_session(tx)
            )
        except DuplicateKey as error:
            raise LabelTaken from error
        if not changed:
            raise LabelUnknown
        return label


def _session(tx: Tx | None) -> Session | None:
    return None if tx is None else session_of(tx)


def _fields(label: Label) -> Document:
    return {
        "tenant": label.tenant,
        "title": label.title,
        "folded": folded(label.title),
        "colour": label.colour,
        "retired": label.retired,
    }


def _label(row: Document) -> Label:
    return Label(row["_id"], row["tenant"], row["title"], row["colour"], row["retired"])


class FakeLabels:
    """The same promises in memory, but for those of a transaction."""

    def __init__(self) -> None:
        self._labels: dict[str, Label] = {}

    async def all(self, tenant: str) -> list[Label]:
        mine = [label for label in self._labels.values() if label.tenant == tenant]
        return sorted(mine, key=lambda label: folded(label.title))

    async def has_all(self, tenant: str, label_ids: Iterable[str]) -> bool:
        known = {label.id for label in await self.all(tenant) if not label.retired}
        return known.issuperset(label_ids)

    async def add(self, tenant: str, title: str, colour: Colour, tx: Tx | None = None) -> Label:
        if len(await self.all(tenant)) >= MOST:
            raise TooManyLabels
        return self._keep(Label(new_id(), tenant, title, colour))

    async def change(self, label: Label, tx: Tx | None = None) -> Label:
        known = self._labels.get(label.id)
        if known is None or known.tenant != label.tenant:
            raise LabelUnknown
        return self._keep(replace(label))

    def _keep(self, label: Label) -> Label:
        others = [it for it in self._labels.values() if it.tenant == label.tenant]
        if any(it.id != label.id and folded(it.title) == folded(label.title) for it in others):
            raise LabelTaken
        self._labels[label.id] = label
        return label
