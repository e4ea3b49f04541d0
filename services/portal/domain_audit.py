"""The audit log's entries, pure: what one says, what it is about, and how a change of a record reads."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Final, Literal, get_args

from services.portal.domain import Account, Company, Listed, Portal, SigningKey, Technician
from services.portal.domain_keys import ApiKey

Group = Literal["sessions", "people", "settings", "cases", "exports", "keys"]
GROUPS: Final[tuple[Group, ...]] = get_args(Group)
By = Literal["technician", "api_key", "system"]

_GROUP_OF: Final[dict[str, Group]] = {
    "session": "sessions",
    "technician": "people",
    "case": "cases",
    "conversation": "cases",
    "transcript": "exports",
    "audit": "exports",
    "api_key": "keys",
}
_KINDS: Final[dict[type[Any], str]] = {
    Account: "account",
    ApiKey: "api_key",
    Company: "company",
    Portal: "portal",
    SigningKey: "signing_key",
    Technician: "technician",
}
# What counts records is no change of them, and a secret is not told even as its hash.
_SILENT: Final = frozenset({"id", "tenant", "version", "skeleton", "last_used_at", "uses"})
_SECRET: Final = frozenset({"password_hash", "secret_hash", "wrapped"})
HIDDEN: Final = "•••"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of a record, as text, before and after; None where the record was not there."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the audit log. It is written once and never changed, but for the summary of a key's uses."""

    id: str
    tenant: str
    place: str
    """Sorts by time: twelve hexadecimal digits of milliseconds, and the id."""
    time: datetime
    group: Group
    action: str
    by: By
    by_id: str | None
    by_name: str
    """As it was then: people and keys are renamed."""
    via: str
    case_id: str | None
    company_id: str | None
    subject_id: str | None
    subject_name: str
    details: dict[str, str]
    changes: tuple[FieldChange, ...]
    address: str
    user_agent: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries: by person or key, group, exact action, case and time; what is None is not asked for."""

    by_id: str | None = None
    group: Group | None = None
    action: str | None = None
    case_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def group_of(action: str) -> Group:
    """Under which heading an action is filed; what has no heading of its own is a setting."""
    return _GROUP_OF.get(action.partition(".")[0], "settings")


def place_of(time: datetime, entry_id: str = "") -> str:
    """Where an entry of this time stands; without an id, before all of its millisecond.

    Nothing was done before 1970, so all moments before it are one.
    """
    return f"{max(0, int(time.timestamp() * 1000)):012x}{entry_id}"


def kind_of(record: Listed) -> str:
    """The word for the record in an action, such as `technician` in `technician.changed`."""
    return _KINDS[type(record)]


def name_of(record: Listed) -> str:
    """By what people know the record."""
    return str(getattr(record, "name", None) or getattr(record, "subdomain", record.id))


def changes_between(before: Listed | None, after: Listed) -> tuple[FieldChange, ...]:
    """What a record's new state says that its old one did not."""
    return tuple(_changes(before, after))


def _changes(before: Any, after: Any) -> Iterator[FieldChange]:
    for field in fields(after):
        old = getattr(before, field.name, None)
        new = getattr(after, field.name)
        if field.name in _SILENT or old == new:
            continue
        if field.name in _SECRET:
            yield FieldChange(field.name, HIDDEN if old else None, HIDDEN)
        else:
            yield FieldChange(field.name, None if before is None else _text(old), _text(new))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return value.isoformat() if isinstance(value, datetime) else str(value)


def expiry(time: datetime, kept: timedelta) -> datetime:
    """When an entry of this time is forgotten."""
    return time + kept
