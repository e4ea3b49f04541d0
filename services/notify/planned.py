"""The store of mails that are planned: one for each case at most, until it is due or has lost its reason.

A file of its own, because the promise is another one than the ledger's: what stands here may be
dropped without a trace. What stays is the version of the case that was seen last, so that a replay
of what came before it plans nothing anew.
"""

from typing import Final, Protocol

from chassis.erasure import Holdings, purging
from chassis.keyring import Erased, KeySource
from chassis.mongo import Database, Index
from chassis.storage import FakeStorage, Tx, session_of
from contracts.notify import SendMail

PLANNED: Final = "planned"
# A plan is asked for by its case alone.
INDEXES: Final[dict[str, list[Index]]] = {PLANNED: []}
_SEALED_AS: Final = b"planned mail"


class PlannedStore(Protocol):
    """`tx` is the transaction to be part of."""

    async def version(self, tx: Tx, case_id: str) -> int:
        """The version of the case that was seen last; 0 for one that never was."""
        ...

    async def put(self, tx: Tx, case_id: str, version: int, mail: SendMail | None) -> None:
        """Note that this version was seen, and what is planned because of it; None drops what was."""
        ...

    async def take(self, tx: Tx, case_id: str) -> SendMail | None:
        """What is planned, if anything is, and it is planned no more; None for an erased case."""
        ...


class MongoPlannedStore:
    """The store on the service's own database; a mail is sealed with the data key of its case."""

    def __init__(self, database: Database, keyring: KeySource) -> None:
        self._database = database
        self._keyring = keyring
        self._planned = database.collection(PLANNED)

    async def prepare(self) -> None:
        """Create what is missing of the collection."""
        await self._database.ensure_indexes(INDEXES)

    def holdings(self) -> Holdings:
        """What is kept of a case, and how it is purged."""
        return {PLANNED: purging(self._planned, "_id")}

    async def version(self, tx: Tx, case_id: str) -> int:
        row = await self._planned.find_one(
            {"_id": case_id}, projection={"version": 1}, session=session_of(tx)
        )
        return 0 if row is None else int(row["version"])

    async def put(self, tx: Tx, case_id: str, version: int, mail: SendMail | None) -> None:
        row: dict[str, int | bytes] = {"version": version}
        if mail is not None:
            plain = mail.model_dump_json().encode()
            row["sealed"] = await self._keyring.seal(case_id, plain, _SEALED_AS)
        await self._planned.replace_one({"_id": case_id}, row, upsert=True, session=session_of(tx))

    async def take(self, tx: Tx, case_id: str) -> SendMail | None:
        row = await self._planned.find_one({"_id": case_id}, session=session_of(tx))
        if row is None or "sealed" not in row:
            return None
        update = {"$unset": {"sealed": ""}}
        await self._planned.update_one({"_id": case_id}, update, session=session_of(tx))
        try:
            plain = await self._keyring.open(case_id, row["sealed"], _SEALED_AS)
        except Erased:
            return None
        return SendMail.model_validate_json(plain)


class FakePlannedStore:
    """The same promises in memory, but for keys: nothing is erased here."""

    def __init__(self, storage: FakeStorage) -> None:
        self._planned: dict[str, tuple[int, SendMail | None]] = storage.table(PLANNED)

    async def version(self, tx: Tx, case_id: str) -> int:  # noqa: ARG002
        return self._planned.get(case_id, (0, None))[0]

    async def put(self, tx: Tx, case_id: str, version: int, mail: SendMail | None) -> None:  # noqa: ARG002
        self._planned[case_id] = (version, mail)

    async def take(self, tx: Tx, case_id: str) -> SendMail | None:  # noqa: ARG002
        version, mail = self._planned.get(case_id, (0, None))
        if mail is not None:
            self._planned[case_id] = (version, None)
        return mail
