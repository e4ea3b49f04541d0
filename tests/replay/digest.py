"""What a desk knows: every document of every service's database, so that two moments can be compared."""

import hashlib
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

import bson
from pymongo import MongoClient

from contracts.topics import SERVICES
from tests.support.desk import Desk

Document = dict[str, Any]
Digest = Mapping[str, Mapping[str, str]]
"""By `service.collection/id`, a hash of each field."""

BOOKKEEPING: Mapping[str, str] = {
    "*.leases": "who may do a thing is decided anew every few seconds",
    "*.bus_offsets": "the place in the log: it has to follow what was delivered again",
    "*.data_key_positions": "the same for the data keys",
    "chat.log/watermarks": "the same for the conversation log",
    "*.inbox:at": "when a message was handled; that it was, is compared",
}
"""What is left out of every comparison, and why: `service.collection`, `/id` or `:field` of it."""

RESTARTED: Mapping[str, str] = {
    "portal.accounts:version": "at each start portal tells the directory again, as a new version",
    "portal.companies:version": "the same",
    "portal.portals:version": "the same",
    "portal.technicians:version": "the same",
    "portal.signing_keys:version": "the same",
    "portal.api_keys:version": "the same",
    "portal.outbox": "holds what it told again",
    "cases.attendance": "notes how everybody is when the directory is told in a fresh log, as a new version",
}
"""What is left out as well where services were started in between."""


def digest(desk: Desk, leave_out: AbstractSet[str] = frozenset()) -> Digest:
    """Every document as it is, but for bookkeeping."""
    hidden = {*BOOKKEEPING, *leave_out}
    found: dict[str, Mapping[str, str]] = {}
    with MongoClient[Document](desk.mongo) as client:
        for service in SERVICES:
            database = client[desk.database(service)]
            for name in sorted(database.list_collection_names()):
                found |= _collection(service, name, database[name].find(), hidden)
    return found


def _collection(
    service: str, name: str, documents: Iterable[Document], hidden: AbstractSet[str]
) -> dict[str, Mapping[str, str]]:
    places = {f"{service}.{name}", f"*.{name}"}
    if places & hidden:
        return {}
    found: dict[str, Mapping[str, str]] = {}
    for document in documents:
        if f"{service}.{name}/{document['_id']}" in hidden:
            continue
        shown = {
            field: _hash(value)
            for field, value in document.items()
            if not {f"{place}:{field}" for place in places} & hidden
        }
        found[f"{service}.{name}/{document['_id']}"] = shown
    return found


def _hash(value: Any) -> str:
    return hashlib.sha256(bson.encode({"": value})).hexdigest()


def differences(before: Digest, after: Digest) -> list[str]:
    """What came, went or changed, field by field; nothing for the same digest."""
    found = [f"gone: {place}" for place in before.keys() - after.keys()]
    found += [f"new: {place}" for place in after.keys() - before.keys()]
    for place in before.keys() & after.keys():
        old, new = before[place], after[place]
        fields = [field for field in sorted({*old, *new}) if old.get(field) != new.get(field)]
        found += [f"changed: {place}: {', '.join(fields)}"] if fields else []
    return sorted(found)
