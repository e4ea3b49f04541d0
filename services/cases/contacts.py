"""Contacts: a customer once known, whichever case they come with (S39, S40). Pure rules.

Whoever types an address may have typed somebody else's. So a contact shows technicians what may belong
together, each case says whether somebody made sure of it, and no customer ever sees anything by it.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from pydantic import BaseModel, ConfigDict

from chassis.errors import DeskbusError
from chassis.purposes import purpose_key
from services.cases.domain import Case
from services.cases.search import words_of

MOST_ADDRESSES: Final = 20
_PURPOSE: Final = "deskbus contact addresses"
_DIGEST_BYTES: Final = 16


class ContactUnknown(DeskbusError):
    """There is no such contact, or none with a case that the caller may see."""

    code = "contact_unknown"
    status = 404
    text = "There is no such contact."


class ContactMovedOn(DeskbusError):
    """Somebody else changed the contact meanwhile."""

    code = "contact_moved_on"
    status = 409
    text = "Somebody has changed this contact meanwhile. Please look at it again."


class AddressTaken(DeskbusError):
    """Another contact has the address: the two are one person, and can be merged."""

    code = "contact_address_taken"
    status = 409
    text = "Another contact has this address. Please merge the two contacts instead."


class SameContact(DeskbusError):
    """A contact cannot be merged with itself."""

    code = "contact_same"
    status = 422
    text = "A contact cannot be merged with itself."


class ContactText(BaseModel):
    """What is known of a person; all of it is sealed with the key of the contact."""

    model_config = ConfigDict(frozen=True)

    first_name: str = ""
    last_name: str = ""
    emails: tuple[str, ...] = ()
    organisation: str = ""
    phone: str = ""
    note: str = ""
    by_hand: tuple[str, ...] = ()
    """Which of the addresses technicians have added; the others are those of the cases."""
    named: bool = False
    """Whether a technician has chosen the name."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact as it is; `version` counts what technicians change."""

    id: str
    ids: tuple[str, ...]
    """Its own, and those of the contacts that were merged into it: cases go on naming the one they came with."""
    tenant: str
    key_id: str
    """The data key that seals it: another one once a case of it was deleted."""
    version: int
    text: ContactText
    first_seen: datetime
    last_seen: datetime
    """When the newest of its cases began."""
    cases: Mapping[str, int]
    """How many cases it has, by company."""

    @property
    def alone(self) -> bool:
        """Whether no case is left."""
        return not any(self.cases.values())


def normalised(address: str) -> str:
    """An address as it is compared: without case, in one form of Unicode."""
    return unicodedata.normalize("NFKC", address.strip()).casefold()


def begin(contact_id: str, case: Case) -> Contact:
    """The first case of somebody."""
    at = case.now.created_at
    text = _named_by(ContactText(), case)
    counts = {case.company_id: 1}
    return Contact(contact_id, (contact_id,), case.tenant, contact_id, 1, text, at, at, counts)


def grown(contact: Contact, case: Case) -> Contact:
    """One more case. Its customer's name is only taken where none is known: anybody can type an address."""
    at = case.now.created_at
    return replace(
        contact,
        text=_named_by(contact.text, case),
        first_seen=min(contact.first_seen, at),
        last_seen=max(contact.last_seen, at),
        cases=_counted(contact.cases, case.company_id, 1),
    )


def without(contact: Contact, case: Case, left: Sequence[Case]) -> Contact:
    """One case less; `left` are the others, the newest first: what only this one said is known no more."""
    text = contact.text
    said = [] if text.named else [it for it in left if _is_named(it)]
    names = {} if text.named else _names_of(said[0] if said else None)
    addresses = [*text.by_hand, *(it.text.customer.email for it in left)]
    cases = _counted(contact.cases, case.company_id, -1)
    seen = [it.now.created_at for it in left] or [contact.last_seen]
    known = text.model_copy(update={"emails": distinct(addresses), **names})
    return replace(contact, text=known, cases=cases, last_seen=max(seen))


def edited(contact: Contact, wanted: ContactText, version: int) -> Contact:
    """As a technician wants it; raises `ContactMovedOn`."""
    if contact.version != version:
        raise ContactMovedOn
    before = {normalised(it) for it in contact.text.emails}
    emails = distinct(wanted.emails)
    kept = {normalised(it) for it in contact.text.by_hand}
    by_hand = tuple(it for it in emails if normalised(it) in kept or normalised(it) not in before)
    renamed = _name(wanted) != _name(contact.text)
    named = contact.text.named or renamed
    text = wanted.model_copy(update={"emails": emails, "by_hand": by_hand, "named": named})
    return contact if text == contact.text else replace(contact, version=version + 1, text=text)


def united(contact: Contact, other: Contact) -> Contact:
    """Both as one; what both say is taken from the first."""
    mine, theirs = contact.text, other.text
    text = ContactText(
        first_name=mine.first_name or theirs.first_name,
        last_name=mine.last_name or ("" if mine.first_name else theirs.last_name),
        emails=distinct((*mine.emails, *theirs.emails)),
        organisation=mine.organisation or theirs.organisation,
        phone=mine.phone or theirs.phone,
        note="\n\n".join(it for it in (mine.note, theirs.note) if it),
        by_hand=distinct((*mine.by_hand, *theirs.by_hand)),
        named=mine.named or (theirs.named and not mine.first_name),
    )
    cases = dict(contact.cases)
    for company, count in other.cases.items():
        cases[company] = cases.get(company, 0) + count
    return replace(
        contact,
        ids=(*contact.ids, *other.ids),
        version=contact.version + 1,
        text=text,
        first_seen=min(contact.first_seen, other.first_seen),
        last_seen=max(contact.last_seen, other.last_seen),
        cases=cases,
    )


def distinct(addresses: Iterable[str]) -> tuple[str, ...]:
    """Each address once, in the form in which it was met first."""
    found: dict[str, str] = {}
    for address in addresses:
        if address:
            found.setdefault(normalised(address), address)
    return tuple(found.values())[:MOST_ADDRESSES]


def contact_words(text: ContactText) -> list[str]:
    """The words by which a contact is found."""
    told = (text.first_name, text.last_name, *text.emails, text.organisation, text.phone)
    return list(dict.fromkeys(word for one in told for word in words_of(one)))


class AddressIndex:
    """Keyed digests of addresses, so that a contact is found by one without any being readable."""

    def __init__(self, secret: bytes) -> None:
        self._key = purpose_key(secret, _PURPOSE)

    def of(self, tenant: str, address: str) -> bytes:
        """The digest of an address in its account; two accounts cannot be compared with each other."""
        message = f"{tenant}\0{normalised(address)}".encode()
        return hmac.digest(self._key, message, hashlib.sha256)[:_DIGEST_BYTES]


def _named_by(text: ContactText, case: Case) -> ContactText:
    known = {"emails": distinct((*text.emails, case.text.customer.email))}
    names = _names_of(case) if not any(_name(text)) else {}
    return text.model_copy(update=known | names)


def _names_of(case: Case | None) -> dict[str, str]:
    if case is None:
        return {"first_name": "", "last_name": ""}
    customer = case.text.customer
    return {"first_name": customer.first_name, "last_name": customer.last_name}


def _is_named(case: Case) -> bool:
    return bool(case.text.customer.first_name or case.text.customer.last_name)


def _name(text: ContactText) -> tuple[str, str]:
    return text.first_name, text.last_name


def _counted(cases: Mapping[str, int], company_id: str, by: int) -> dict[str, int]:
    count = cases.get(company_id, 0) + by
    others = {name: n for name, n in cases.items() if name != company_id}
    return others | ({company_id: count} if count > 0 else {})
