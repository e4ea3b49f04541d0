"""Where something of a deleted case could be left: documents, the files of MongoDB, logs, records of topics."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from aiokafka import ConsumerRecord
from pymongo import MongoClient

from contracts.topics import SERVICES
from tests.support.desk import Desk

Document = dict[str, Any]

REMEMBERS: Mapping[str, str] = {
    "*.erased_keys": "the id, so that nothing of it comes back",
    "cases.erasures": "the receipt",
    "portal.audit": "that somebody did something with it, and no more: the log of the staff outlives the case",
    "*.outbox": "that it was deleted, and what was asked and answered",
    "cases.timers": "that it is to be looked at again",
}
"""Who may still know the id of a deleted case, and why."""
LASTING = {"case.deleted", "erasure.requested", "erasure.answered", "audit.noted", "api_key.used"}


def documents_about(desk: Desk, ids: Iterable[str]) -> list[str]:
    """`service.collection` of every document that has one of these ids anywhere in it, but for who remembers."""
    wanted = [it.encode() for it in ids]
    with MongoClient[Document](desk.mongo) as client:
        return [
            f"{service}.{name}: {document}"
            for service in SERVICES
            for name in client[desk.database(service)].list_collection_names()
            for document in client[desk.database(service)][name].find()
            if any(it in _flat(document) for it in wanted)
            and not _may_remember(service, name, document)
        ]


def _may_remember(service: str, name: str, document: Document) -> bool:
    if name == "outbox":
        return _type_of(document) in LASTING
    if name == "timers":
        return str(document["_id"]).startswith(("erasure/", "tombstone/"))
    return bool({f"*.{name}", f"{service}.{name}"} & REMEMBERS.keys())


def _type_of(row: Document) -> str:
    return next((bytes(value).decode() for key, value in row["headers"] if key == "type"), "")


def _flat(document: Document) -> bytes:
    """All keys and values of a document, bytes as they are."""
    return b"\n".join(_pieces(document))


def _pieces(value: Any) -> Iterator[bytes]:
    match value:
        case bytes():
            yield value
        case dict():
            for key, inner in value.items():
                yield str(key).encode()
                yield from _pieces(inner)
        case list():
            for inner in value:
                yield from _pieces(inner)
        case _:
            yield str(value).encode()


def files_with(folder: Path, marks: Iterable[bytes]) -> list[str]:
    """The files below a folder in which one of these byte strings stands, and which."""
    return [
        f"{path.relative_to(folder)}: {mark!r}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for mark in marks
        if mark in path.read_bytes()
    ]


def records_with(records: Iterable[ConsumerRecord], marks: Iterable[bytes]) -> list[str]:
    """The records in whose key, value or headers one of these byte strings stands."""
    return [
        f"{record.topic}:{record.partition}:{record.offset}"
        for record in records
        for mark in marks
        if mark in _whole(record)
    ]


def _whole(record: ConsumerRecord) -> bytes:
    headers = b"\n".join(name.encode() + b"=" + value for name, value in record.headers)
    return b"\n".join((record.key or b"", record.value or b"", headers))


def types_about(records: Iterable[ConsumerRecord], case_id: str) -> set[str]:
    """The types of messages that stand on the topics under the id of a case."""
    return {
        json.loads(record.value)["type"]
        for record in records
        if record.key == case_id.encode() and record.value
    }
