"""What becomes of contacts as cases come and go, and what technicians ask of them (S39, S40, S63).

A case finds its contact in the transaction that makes its customer's address known. Nothing here is told
to customers: who types an address sees nothing of whoever has it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Final, Protocol, TypeVar, cast

from chassis.audit import noted
from chassis.clock import Clock
from chassis.ids import derived_id, new_id
from chassis.keyring import DataKey, Erased
from chassis.storage import Storage, Tx
from chassis.tokens import Identity
from contracts.audit import AuditDetail
from contracts.envelope import Actor
from services.cases import contacts as rules
from services.cases import kept, search
from services.cases.contacts import (
    AddressTaken,
    Contact,
    ContactMovedOn,
    ContactText,
    ContactUnknown,
    SameContact,
    contact_words,
)
from services.cases.contacts_store import ContactPage, ContactStore, sees
from services.cases.domain import Case
from services.cases.storage import CaseStore, Page, Scope

MOST_CANDIDATES: Final = 200
MOST_READ: Final = 500
"""How many of a contact's cases are looked at to know what is left of it when one is deleted."""
T = TypeVar("T")


class Keys(Protocol):
    """Makes data keys; `chassis.keyring.Keyring` does."""

    async def create(self, key_id: str) -> DataKey:
        """The key of this id, made if there is none; raises `Erased`."""
        ...

    async def erase(self, key_id: str) -> bool:
        """Destroy the key here, for good; returns whether it was here."""
        ...


class ContactBook:
    """The contacts of every account."""

    def __init__(
        self, storage: Storage, contacts: ContactStore, cases: CaseStore, keys: Keys, clock: Clock
    ) -> None:
        self._storage = storage
        self._contacts = contacts
        self._cases = cases
        self._keys = keys
        self._clock = clock

    # ---- as cases come and go ----

    async def link(self, tx: Tx, before: Case | None, case: Case) -> str | None:
        """The contact of a case whose customer gave an address just now; None where it has none.

        An address that the customer corrected leads to another contact, which loses the case.
        """
        address = case.text.customer.email
        if not address:
            return case.now.contact_id
        told = before.text.customer.email if before else ""
        if case.now.contact_id and rules.normalised(told) == rules.normalised(address):
            return case.now.contact_id
        known = await self._contacts.with_address(tx, case.tenant, address)
        if known is not None and case.now.contact_id in known.ids:
            return case.now.contact_id
        await self.drop(tx, case)
        contact = rules.grown(known, case) if known else await self._begin(case)
        await self._contacts.put(tx, contact)
        return contact.id

    async def drop(self, tx: Tx, case: Case) -> None:
        """The case is its contact's no more: what only it has said is forgotten, and its key with its erasure."""
        contact_id = case.now.contact_id
        contact = contact_id and await self._contacts.get(tx, case.tenant, contact_id)
        if not contact:
            return
        await self._contacts.leave(tx, contact.key_id, case.id)
        everywhere = Scope(case.tenant, None)
        page = await self._cases.of_contact(tx, everywhere, contact.ids, None, MOST_READ)
        left = rules.without(contact, case, [it for it in page.cases if it.id != case.id])
        if left.alone or not left.text.emails:
            await self._contacts.remove(tx, contact)
            return
        key = await self._keys.create(new_id())
        await self._contacts.put(tx, replace(left, key_id=key.key_id))

    async def _begin(self, case: Case) -> Contact:
        # The same id when the transaction begins again, so that no key is left over.
        contact_id = derived_id("contact", case.id, str(case.version))
        try:
            await self._keys.create(contact_id)
        except Erased:
            contact_id = (await self._keys.create(new_id())).key_id
        return rules.begin(contact_id, case)

    # ---- what technicians ask for ----

    async def page(self, scope: Scope, after: str | None, limit: int) -> ContactPage:
        """Contacts with a case that may be seen, those with the latest case first."""
        return await self._contacts.page(scope, after, limit)

    async def search(self, scope: Scope, query: str, limit: int) -> list[Contact]:
        """Contacts by name, address, organisation and phone; raises `SearchTooShort`."""
        terms = search.terms_of(query)
        found = await self._contacts.candidates(scope, terms, MOST_CANDIDATES)
        return sorted(found, key=lambda it: _whole_words(it, terms), reverse=True)[:limit]

    async def show(self, scope: Scope, contact_id: str) -> Contact:
        """One contact; raises `ContactUnknown`."""
        return await self._seen(None, scope, contact_id)

    async def cases(self, scope: Scope, contact_id: str, after: str | None, limit: int) -> Page:
        """The cases of a contact that may be seen, the newest first; raises `ContactUnknown`."""
        contact = await self._seen(None, scope, contact_id)
        return await self._cases.of_contact(None, scope, contact.ids, after, limit)

    async def related(self, scope: Scope, case: Case, after: str | None, limit: int) -> Page:
        """The other cases of a case's contact, the newest first."""
        contact_id = case.now.contact_id
        contact = contact_id and await self._contacts.get(None, scope.tenant, contact_id)
        if not contact:
            return Page([], None)
        page = await self._cases.of_contact(None, scope, contact.ids, after, limit)
        return Page([it for it in page.cases if it.id != case.id], page.next)

    async def edit(
        self, technician: Identity, scope: Scope, contact_id: str, wanted: ContactText, version: int
    ) -> Contact:
        """Keep what a technician says of a contact; raises `ContactUnknown`, `ContactMovedOn` and `AddressTaken`."""

        async def work(tx: Tx) -> Contact:
            contact = await self._seen(tx, scope, contact_id)
            changed = rules.edited(contact, wanted, version)
            if changed != contact:
                await self._check_free(tx, changed)
                await self._contacts.put(tx, changed)
                self._note(tx, "contact.changed", technician, contact_id)
                self._tell(tx, technician, changed)
            return changed

        return await self._transact(work)

    async def merge(
        self, technician: Identity, scope: Scope, contact: tuple[str, int], other: tuple[str, int]
    ) -> Contact:
        """Two contacts, each with the version it was looked at, are one person: the second becomes part of the first.

        Raises `ContactUnknown`, `ContactMovedOn` and `SameContact`.
        """

        async def work(tx: Tx) -> tuple[Contact, Contact]:
            into = await self._at_version(tx, scope, *contact)
            gone = await self._at_version(tx, scope, *other)
            if into.id == gone.id:
                raise SameContact
            whole = rules.united(into, gone)
            # First of all the other goes: an address is one contact's at any moment.
            await self._contacts.remove(tx, gone)
            await self._contacts.put(tx, whole)
            self._note(tx, "contact.merged", technician, into.id, merged=gone.id)
            self._tell(tx, technician, whole)
            self._tell(tx, technician, gone)
            return whole, gone

        whole, gone = await self._transact(work)
        await self._keys.erase(gone.key_id)
        return whole

    async def _at_version(self, tx: Tx, scope: Scope, contact_id: str, version: int) -> Contact:
        found = await self._seen(tx, scope, contact_id)
        if found.version != version:
            raise ContactMovedOn
        return found

    async def _check_free(self, tx: Tx, contact: Contact) -> None:
        for address in contact.text.emails:
            owner = await self._contacts.with_address(tx, contact.tenant, address)
            if owner is not None and owner.id != contact.id:
                raise AddressTaken

    async def _seen(self, tx: Tx | None, scope: Scope, contact_id: str) -> Contact:
        contact = await self._contacts.get(tx, scope.tenant, contact_id)
        if contact is None or not sees(scope, contact):
            raise ContactUnknown
        return contact

    def _note(
        self, tx: Tx, action: str, technician: Identity, contact_id: str, **told: str
    ) -> None:
        actor = Actor(kind="technician", id=technician.id, via=technician.via)
        details = [AuditDetail(name=name, value=value) for name, value in told.items()]
        tx.emit(
            noted(
                self._clock, action, actor, technician.tenant,
                subject_id=contact_id, details=details,
            )
        )  # fmt: skip

    def _tell(self, tx: Tx, technician: Identity, contact: Contact) -> None:
        tx.emit(
            kept.changed(self._clock, technician, "contact", contact.id, companies=contact.cases)
        )

    async def _transact(self, work: Callable[[Tx], Awaitable[T]]) -> T:
        # Without an inbox id no work is skipped.
        return cast(T, await self._storage.transact(work))


def _whole_words(contact: Contact, terms: list[str]) -> int:
    return len({*contact_words(contact.text)} & {*terms})


# ---- what is asked for, and by which route -------------------------------------------------------

HANDLES: Final[dict[str, Any]] = {
    "GET /api/cases/contacts": ContactBook.page,
    "GET /api/cases/contacts/{id}": ContactBook.show,
    "GET /api/cases/contacts/{id}/cases": ContactBook.cases,
    "PUT /api/cases/contacts/{id}": ContactBook.edit,
    "POST /api/cases/contacts/{id}/merge": ContactBook.merge,
    "GET /api/cases/cases/{id}/related": ContactBook.related,
}
