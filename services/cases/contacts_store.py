"""The store of contacts: found by keyed digests of their addresses and words, sealed each with its own key.

A key that was used up (its contact is gone, or one of its cases was deleted) is destroyed by the erasure
of that case: `remains` says which one it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from chassis.erasure import Holdings
from chassis.errors import RetryLater
from chassis.keyring import Erased, KeySource
from chassis.mongo import Database, Document, DuplicateKey, Index
from chassis.storage import FakeStorage, Tx, session_of
from services.cases.contacts import AddressIndex, Contact, ContactText, contact_words
from services.cases.search import BlindIndex
from services.cases.storage import Scope

CONTACTS, REMAINS = "contacts", "contact_remains"
INDEXES: Final[dict[str, list[Index]]] = {
    CONTACTS: [
        # One address is one contact's, whoever else comes with it at the same moment.
        Index([("tenant", 1), ("addresses", 1)], name="address", unique=True),
        Index([("tenant", 1), ("ids", 1)], name="ids"),
        Index([("tenant", 1), ("companies", 1), ("place", -1)], name="listed"),
        Index([("tenant", 1), ("words", 1), ("place", -1)], name="words"),
    ],
    REMAINS: [Index([("case_id", 1)], name="of_case")],
}
LATEST_FIRST: Final = [("place", -1)]
_SEALED_AS: Final = b"contact"
_PLAIN: Final = ("tenant", "key_id", "version", "first_seen", "last_seen")


@dataclass(frozen=True, slots=True)
class ContactPage:
    """Some contacts, those with the latest case first; `next` continues behind them, and is None at the end."""

    contacts: list[Contact]
    next: str | None


class ContactStore(Protocol):
    """`tx` is the transaction to be part of; a read may stand alone, with None."""

    async def get(self, tx: Tx | None, tenant: str, contact_id: str) -> Contact | None:
        """The contact of this id or the one that it was merged into, whatever companies its cases are of."""
        ...

    async def with_address(self, tx: Tx | None, tenant: str, address: str) -> Contact | None:
        """Whose address it is."""
        ...

    async def put(self, tx: Tx, contact: Contact) -> None:
        """Keep a contact as it is now; its key must be there."""
        ...

    async def remove(self, tx: Tx, contact: Contact) -> None:
        """Have the contact no more."""
        ...

    async def leave(self, tx: Tx, key_id: str, case_id: str) -> None:
        """The erasure of this case destroys this key."""
        ...

    async def page(self, scope: Scope, after: str | None, limit: int) -> ContactPage:
        """Contacts with a case in the scope, behind `after`, the `next` of another page."""
        ...

    async def candidates(self, scope: Scope, terms: Sequence[str], limit: int) -> list[Contact]:
        """The latest contacts that have a word beginning with each term."""
        ...


class Keys(Protocol):
    """Makes and destroys data keys; `chassis.keyring.Keyring` does."""

    async def erase(self, key_id: str) -> bool:
        """Destroy the key here, for good; returns whether it was here."""
        ...


def place(last_seen: datetime, contact_id: str) -> str:
    """Where a contact stands in the list: sorts by time, and no two are the same."""
    return f"{round(last_seen.timestamp() * 1_000):012x}{contact_id}"


class MongoContactStore:
    """The store on the service's own database."""

    def __init__(
        self, database: Database, keyring: KeySource, addresses: AddressIndex, words: BlindIndex
    ) -> None:
        self._database = database
        self._keyring = keyring
        self._addresses = addresses
        self._words = words
        self._contacts = database.collection(CONTACTS)
        self._remains = database.collection(REMAINS)

    async def prepare(self) -> None:
        """Create what is missing of collections and indexes."""
        await self._database.ensure_indexes(INDEXES)

    def holdings(self, keys: Keys) -> Holdings:
        """What the erasure of a case destroys here: the keys of what contacts said of it."""

        async def purge(case_id: str) -> int:
            rows = await self._remains.find({"case_id": case_id})
            for row in rows:
                await keys.erase(row["_id"])
            return await self._remains.delete_many({"case_id": case_id})

        return {CONTACTS: purge}

    async def get(self, tx: Tx | None, tenant: str, contact_id: str) -> Contact | None:
        return await self._one(tx, {"tenant": tenant, "ids": contact_id})

    async def with_address(self, tx: Tx | None, tenant: str, address: str) -> Contact | None:
        digest = self._addresses.of(tenant, address)
        return await self._one(tx, {"tenant": tenant, "addresses": digest})

    async def put(self, tx: Tx, contact: Contact) -> None:
        row = {name: getattr(contact, name) for name in _PLAIN} | {
            "_id": contact.id,
            "ids": list(contact.ids),
            "addresses": [self._addresses.of(contact.tenant, it) for it in contact.text.emails],
            "words": self._words.of_words(contact.tenant, contact_words(contact.text)),
            "cases": dict(contact.cases),
            "companies": sorted(contact.cases),
            "place": place(contact.last_seen, contact.id),
            "sealed": await self._keyring.seal(
                contact.key_id, contact.text.model_dump_json().encode(), _SEALED_AS
            ),
        }
        try:
            await self._contacts.replace_one(
                {"_id": contact.id}, row, upsert=True, session=session_of(tx)
            )
        except DuplicateKey as error:
            # Somebody came with the same address at the same moment; the next try finds their contact.
            raise RetryLater from error

    async def remove(self, tx: Tx, contact: Contact) -> None:
        await self._contacts.delete_one({"_id": contact.id}, session=session_of(tx))

    async def leave(self, tx: Tx, key_id: str, case_id: str) -> None:
        row = {"_id": key_id, "case_id": case_id}
        await self._remains.replace_one({"_id": key_id}, row, upsert=True, session=session_of(tx))

    async def page(self, scope: Scope, after: str | None, limit: int) -> ContactPage:
        rows = await self._contacts.find(
            page_query(scope, after), sort=LATEST_FIRST, limit=limit + 1, hint="listed"
        )
        behind = rows[limit - 1]["place"] if len(rows) > limit else None
        return ContactPage(await self._all(rows[:limit]), behind)

    async def candidates(self, scope: Scope, terms: Sequence[str], limit: int) -> list[Contact]:
        query = words_query(scope, self._words.of_terms(scope.tenant, terms))
        rows = await self._contacts.find(query, sort=LATEST_FIRST, limit=limit, hint="words")
        return await self._all(rows)

    async def _one(self, tx: Tx | None, query: Document) -> Contact | None:
        session = None if tx is None else session_of(tx)
        row = await self._contacts.find_one(query, session=session)
        return None if row is None else await self._opened(row)

    async def _all(self, rows: Sequence[Document]) -> list[Contact]:
        await self._keyring.recall(row["key_id"] for row in rows)
        found = [await self._opened(row) for row in rows]
        return [contact for contact in found if contact is not None]

    async def _opened(self, row: Document) -> Contact | None:
        try:
            text = await self._keyring.open(row["key_id"], row["sealed"], _SEALED_AS)
        except Erased:
            return None
        return Contact(
            id=row["_id"],
            ids=tuple(row["ids"]),
            text=ContactText.model_validate_json(text),
            cases=row["cases"],
            **{name: row[name] for name in _PLAIN},
        )


def page_query(scope: Scope, after: str | None) -> Document:
    """What MongoDB is asked for a page."""
    query: Document = {"tenant": scope.tenant, "companies": {"$in": list(scope.companies or ())}}
    return query if after is None else query | {"place": {"$lt": after}}


def words_query(scope: Scope, digests: Sequence[bytes]) -> Document:
    """What MongoDB is asked for a search; the first digest stands alone, so that the index is read for it."""
    first, *others = digests
    query: Document = {"tenant": scope.tenant, "words": first}
    query |= {"companies": {"$in": list(scope.companies or ())}}
    return query | {"$and": [{"words": other} for other in others]} if others else query


# ---- in memory -----------------------------------------------------------------------------------


class FakeContactStore:
    """The same promises in memory; `left` are the keys that erasures destroy, with their cases."""

    def __init__(self, storage: FakeStorage, addresses: AddressIndex, words: BlindIndex) -> None:
        self._contacts: dict[str, Contact] = storage.table(CONTACTS)
        self.left: dict[str, Any] = storage.table(REMAINS)
        self._addresses = addresses
        self._words = words

    async def get(self, tx: Tx | None, tenant: str, contact_id: str) -> Contact | None:  # noqa: ARG002
        of_account = [it for it in self._contacts.values() if it.tenant == tenant]
        return next((it for it in of_account if contact_id in it.ids), None)

    async def with_address(self, tx: Tx | None, tenant: str, address: str) -> Contact | None:  # noqa: ARG002
        wanted = self._addresses.of(tenant, address)
        of_account = [it for it in self._contacts.values() if it.tenant == tenant]
        return next((it for it in of_account if wanted in self._digests(it)), None)

    async def put(self, tx: Tx, contact: Contact) -> None:  # noqa: ARG002
        others = [it for it in self._contacts.values() if it.id != contact.id]
        if any({*self._digests(it)} & {*self._digests(contact)} for it in others):
            raise RetryLater
        self._contacts[contact.id] = contact

    async def remove(self, tx: Tx, contact: Contact) -> None:  # noqa: ARG002
        self._contacts.pop(contact.id, None)

    async def leave(self, tx: Tx, key_id: str, case_id: str) -> None:  # noqa: ARG002
        self.left[key_id] = case_id

    async def page(self, scope: Scope, after: str | None, limit: int) -> ContactPage:
        mine = [it for it in self._contacts.values() if sees(scope, it)]
        mine.sort(key=_place_of, reverse=True)
        found = [it for it in mine if after is None or _place_of(it) < after]
        return ContactPage(
            found[:limit], _place_of(found[limit - 1]) if len(found) > limit else None
        )

    async def candidates(self, scope: Scope, terms: Sequence[str], limit: int) -> list[Contact]:
        wanted = set(self._words.of_terms(scope.tenant, terms))
        mine = [it for it in self._contacts.values() if sees(scope, it)]
        found = [it for it in mine if wanted <= set(self._found_by(it))]
        return sorted(found, key=_place_of, reverse=True)[:limit]

    def _found_by(self, contact: Contact) -> list[bytes]:
        return self._words.of_words(contact.tenant, contact_words(contact.text))

    def _digests(self, contact: Contact) -> list[bytes]:
        return [self._addresses.of(contact.tenant, it) for it in contact.text.emails]


def _place_of(contact: Contact) -> str:
    return place(contact.last_seen, contact.id)


def sees(scope: Scope, contact: Contact) -> bool:
    """Whether one of its cases is in the scope."""
    within = scope.companies is None or not {*scope.companies}.isdisjoint(contact.cases)
    return contact.tenant == scope.tenant and within
