"""Macros (X11): named lists of actions that technicians keep, for themselves or for everybody of the account."""
# ruff: noqa: ARG002 - the fake is handed transactions that it does not need

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from chassis.errors import DeskbusError
from chassis.mongo import Database, Document, DuplicateKey, Index
from chassis.storage import FakeStorage, Tx, session_of
from services.cases.actions import Act
from services.cases.search import folded
from services.cases.steps import kept_steps, steps_of

MACROS: Final = "macros"
MOST: Final = 200
"""Of each technician's own, and of those that are shared."""
INDEXES: Final[dict[str, list[Index]]] = {
    MACROS: [Index([("tenant", 1), ("owner", 1), ("folded", 1)], name="name", unique=True)]
}


@dataclass(frozen=True, slots=True)
class Macro:
    """A named list of actions. Without an `owner` it is everybody's of the account."""

    id: str
    tenant: str
    name: str
    owner: str | None
    steps: tuple[Act, ...]


class MacroUnknown(DeskbusError):
    """There is no such macro, or it is a colleague's own."""

    code = "macro_unknown"
    status = 404
    text = "This macro does not exist any more."


class MacroTaken(DeskbusError):
    """Two macros of the same name could not be told apart."""

    code = "macro_taken"
    status = 409
    text = "There is a macro with this name already."


class TooManyMacros(DeskbusError):
    """There are as many macros as there can be."""

    code = "too_many_macros"
    status = 409
    text = "No more macros can be made. Please delete some first."


class Macros(Protocol):
    """The macros of every account. `tx` is the transaction to be part of; a read may stand alone."""

    async def all(self, tenant: str, technician_id: str) -> list[Macro]:
        """Those that a technician can use, by name: the shared ones and their own."""
        ...

    async def get(self, tx: Tx | None, tenant: str, macro_id: str) -> Macro | None:
        """The macro of this id, whoever's it is."""
        ...

    async def put(self, tx: Tx, macro: Macro) -> None:
        """Keep a macro, a new one or instead of its former self; raises `MacroTaken` and `TooManyMacros`."""
        ...

    async def remove(self, tx: Tx, macro: Macro) -> None:
        """Have it no more."""
        ...


class MongoMacros:
    """The macros in the service's own database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._rows = database.collection(MACROS)

    async def prepare(self) -> None:
        """Create what is missing of collection and indexes."""
        await self._database.ensure_indexes(INDEXES)

    async def all(self, tenant: str, technician_id: str) -> list[Macro]:
        rows = await self._rows.find(usable_query(tenant, technician_id), hint="name")
        return _by_name([_macro(row) for row in rows])

    async def get(self, tx: Tx | None, tenant: str, macro_id: str) -> Macro | None:
        session = None if tx is None else session_of(tx)
        row = await self._rows.find_one({"_id": macro_id, "tenant": tenant}, session=session)
        return None if row is None else _macro(row)

    async def put(self, tx: Tx, macro: Macro) -> None:
        session = session_of(tx)
        owned = {"tenant": macro.tenant, "owner": macro.owner}
        others = await self._rows.find(owned, projection={"_id": 1}, limit=MOST, session=session)
        if len(others) >= MOST and all(row["_id"] != macro.id for row in others):
            raise TooManyMacros
        try:
            await self._rows.replace_one(
                {"_id": macro.id}, _row(macro), upsert=True, session=session
            )
        except DuplicateKey as error:
            raise MacroTaken from error

    async def remove(self, tx: Tx, macro: Macro) -> None:
        await self._rows.delete_one({"_id": macro.id}, session=session_of(tx))


def usable_query(tenant: str, technician_id: str) -> Document:
    """What MongoDB is asked for the macros of a technician."""
    return {"tenant": tenant, "owner": {"$in": [None, technician_id]}}


def _row(macro: Macro) -> Document:
    return {
        "_id": macro.id,
        "tenant": macro.tenant,
        "owner": macro.owner,
        "name": macro.name,
        "folded": folded(macro.name),
        "steps": kept_steps(macro.steps),
    }


def _macro(row: Document) -> Macro:
    return Macro(row["_id"], row["tenant"], row["name"], row["owner"], steps_of(row["steps"]))


def _by_name(macros: Sequence[Macro]) -> list[Macro]:
    return sorted(macros, key=lambda it: (folded(it.name), it.owner or ""))


class FakeMacros:
    """The same promises in memory."""

    def __init__(self, storage: FakeStorage) -> None:
        self._macros: dict[str, Macro] = storage.table(MACROS)

    async def all(self, tenant: str, technician_id: str) -> list[Macro]:
        return _by_name(
            [
                it
                for it in self._macros.values()
                if it.tenant == tenant and it.owner in {None, technician_id}
            ]
        )

    async def get(self, tx: Tx | None, tenant: str, macro_id: str) -> Macro | None:
        macro = self._macros.get(macro_id)
        return macro if macro and macro.tenant == tenant else None

    async def put(self, tx: Tx, macro: Macro) -> None:
        owned = [
            it
            for it in self._macros.values()
            if (it.tenant, it.owner) == (macro.tenant, macro.owner) and it.id != macro.id
        ]
        if len(owned) >= MOST and macro.id not in self._macros:
            raise TooManyMacros
        if any(folded(it.name) == folded(macro.name) for it in owned):
            raise MacroTaken
        self._macros[macro.id] = macro

    async def remove(self, tx: Tx, macro: Macro) -> None:
        self._macros.pop(macro.id, None)
