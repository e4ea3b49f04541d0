"""Deleting a customer for good: every case of a contact, each with its receipt, and so the contact itself."""

from dataclasses import replace
from typing import Any, Final

from chassis.errors import DeskbusError
from chassis.tokens import Identity
from services.cases import erasure as rules
from services.cases.contact_book import ContactBook
from services.cases.contacts import ContactUnknown
from services.cases.domain import Case
from services.cases.erasing import Erasing
from services.cases.erasure import Erasure
from services.cases.storage import Scope

PAGE: Final = 100


class ContactElsewhere(DeskbusError):
    """Some of the contact's cases are of companies that the administrator has no access to."""

    code = "contact_elsewhere"
    status = 409
    text = "This contact has cases of companies that you have no access to. Ask somebody who has access to all of them."


class ContactErasing:
    """The use case."""

    def __init__(self, erasing: Erasing, book: ContactBook) -> None:
        self._erasing = erasing
        self._book = book

    async def delete(self, scope: Scope, administrator: Identity, contact_id: str) -> list[Erasure]:
        """Delete every case of a contact; interrupted, it may be asked for again and goes on with what is left.

        Raises `AdministratorsOnly`, `ContactUnknown`, `ContactElsewhere`, `ChatNotEnded` before anything is
        deleted, and `CaseMovedOn` where somebody changed a case meanwhile.
        """
        self._erasing.check_administrator(administrator)
        # What waits is deleted too, whether or not they are available to see it.
        whole = replace(scope, incoming=True)
        contact = await self._book.show(whole, contact_id)
        if not {*contact.cases} <= {*(scope.companies or ())}:
            raise ContactElsewhere
        for found in await self._all(whole, contact_id):
            rules.check_deletable(found)
        erased: list[Erasure] = []
        # Looked at one by one: what was merged into a case that is deleted has another state from then on.
        while case := await self._next(whole, contact_id):
            version = case.now.state_version
            erased.append(await self._erasing.delete(whole, administrator, case.id, version))
        return erased

    async def _next(self, scope: Scope, contact_id: str) -> Case | None:
        """One of the cases that are left; the contact goes with the last."""
        try:
            page = await self._book.cases(scope, contact_id, None, 1)
        except ContactUnknown:
            return None
        return page.cases[0] if page.cases else None

    async def _all(self, scope: Scope, contact_id: str) -> list[Case]:
        found: list[Case] = []
        after: str | None = None
        while True:
            page = await self._book.cases(scope, contact_id, after, PAGE)
            found += page.cases
            after = page.next
            if after is None:
                return found


HANDLES: Final[dict[str, Any]] = {"DELETE /api/cases/contacts/{id}": ContactErasing.delete}
