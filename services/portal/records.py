"""What portal keeps: every kind of record, the collection and the indexes that it has, and its form as a document."""

from dataclasses import asdict, fields
from typing import Any, Final, TypeVar

from chassis.mongo import Document, Index
from services.portal.domain import (
    Account,
    Admission,
    Attempts,
    Company,
    Portal,
    Session,
    SigningKey,
    Technician,
)
from services.portal.domain_audit import AuditEntry, FieldChange
from services.portal.domain_keys import ApiKey
from services.portal.domain_portals import OldSubdomain

Record = (
    Account
    | Admission
    | ApiKey
    | Attempts
    | AuditEntry
    | Company
    | OldSubdomain
    | Portal
    | Session
    | SigningKey
    | Technician
)
R = TypeVar("R", bound=Record)

COLLECTIONS: Final[dict[type[Record], str]] = {
    Account: "accounts",
    Admission: "admissions",
    ApiKey: "api_keys",
    Attempts: "attempts",
    AuditEntry: "audit",
    Company: "companies",
    OldSubdomain: "old_subdomains",
    Portal: "portals",
    Session: "sessions",
    SigningKey: "signing_keys",
    Technician: "technicians",
}
UNIQUE: Final[dict[type[Record], tuple[str, ...]]] = {
    ApiKey: ("secret_hash",),
    Portal: ("subdomain", "skeleton", "company_id"),
    Technician: ("email",),
}
INDEXES: Final[dict[str, list[Index]]] = {
    "accounts": [],
    "admissions": [Index([("expires_at", 1)], name="purge", expireAfterSeconds=0)],
    "attempts": [Index([("expires_at", 1)], name="purge", expireAfterSeconds=0)],
    "api_keys": [
        Index([("secret_hash", 1)], name="secret_hash", unique=True),
        Index([("tenant", 1), ("created_at", -1)], name="of_account"),
    ],
    "audit": [
        Index([("tenant", 1), ("place", -1)], name="of_account"),
        Index([("tenant", 1), ("by_id", 1), ("place", -1)], name="by_person"),
        Index([("tenant", 1), ("group", 1), ("place", -1)], name="by_group"),
        Index([("tenant", 1), ("action", 1), ("place", -1)], name="by_action"),
        Index([("tenant", 1), ("case_id", 1), ("place", -1)], name="by_case"),
        Index([("expires_at", 1)], name="purge", expireAfterSeconds=0),
    ],
    "companies": [Index([("tenant", 1), ("name", 1)], name="of_account")],
    "old_subdomains": [],
    "portals": [
        *(Index([(field, 1)], name=field, unique=True) for field in UNIQUE[Portal]),
        # Most have none, and an empty one is nobody's.
        Index(
            [("mail_address", 1)],
            name="mail_address",
            unique=True,
            partialFilterExpression={"mail_address": {"$gt": ""}},
        ),
    ],
    "sessions": [
        Index([("technician_id", 1), ("used_at", -1)], name="of_technician"),
        Index([("expires_at", 1)], name="purge", expireAfterSeconds=0),
    ],
    "signing_keys": [],
    "technicians": [
        Index([("email", 1)], name="email", unique=True),
        Index([("tenant", 1), ("name", 1)], name="of_account"),
        Index([("tenant", 1), ("companies", 1), ("available", 1), ("active", 1)], name="on_duty"),
    ],
}


def without_id(record: Record) -> Document:
    """The record as a document, whose id stands apart."""
    return {name: value for name, value in asdict(record).items() if name != "id"}


def record_of(kind: type[R], document: Document) -> R:
    """The record that a document is."""
    if "changes" in document:
        changes = [FieldChange(**change) for change in document["changes"]]
        document = {**document, "changes": changes}
    # What a record of an older version lacks has its default.
    values = {name: _frozen(document[name]) for name in _names(kind) if name in document}
    return kind(id=document["_id"], **values)


def _names(kind: type[Any]) -> list[str]:
    return [field.name for field in fields(kind) if field.name != "id"]


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def unique_if_set(record: Record) -> tuple[str, ...]:
    """Fields that no other record may have alike, beside `UNIQUE`: those that are empty in most."""
    return ("mail_address",) if isinstance(record, Portal) and record.mail_address else ()
