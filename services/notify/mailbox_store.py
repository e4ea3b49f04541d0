"""How far a mailbox was read, as it is kept. Nothing of it is a customer's."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol

from chassis.mongo import Database, Index

MAILBOXES: Final = "mailboxes"
INDEXES: Final[dict[str, list[Index]]] = {MAILBOXES: []}


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a mailbox: the last mail that was looked at, and those before it that have to wait.

    `validity` is the server's: mails are counted anew when it changes (RFC 3501, 2.3.1.1).
    """

    name: str
    validity: int
    last: int
    looked_at: datetime
    waiting: tuple[int, ...] = ()

    def passed(self, uid: int, *, waits: bool) -> "Place":
        """The place after one more mail was looked at."""
        others = tuple(it for it in self.waiting if it != uid)
        waiting = tuple(sorted((*others, uid))) if waits else others
        return replace(self, last=max(self.last, uid), waiting=waiting)


class PlaceStore(Protocol):
    """Keeps places by the name of their mailbox."""

    async def get(self, name: str) -> Place | None:
        """The place, if the mailbox was read before."""
        ...

    async def put(self, place: Place) -> None:
        """Keep it."""
        ...


class MongoPlaceStore:
    """The store on the service's own database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._rows = database.collection(MAILBOXES)

    async def prepare(self) -> None:
        """Create what is missing of the collection."""
        await self._database.ensure_indexes(INDEXES)

    async def get(self, name: str) -> Place | None:
        row = await self._rows.find_one({"_id": name})
        if row is None:
            return None
        return Place(name, row["validity"], row["last"], row["looked_at"], tuple(row["waiting"]))

    async def put(self, place: Place) -> None:
        row = {"_id": place.name, "validity": place.validity, "last": place.last}
        row |= {"looked_at": place.looked_at, "waiting": [*place.waiting]}
        await self._rows.replace_one({"_id": place.name}, row, upsert=True)
