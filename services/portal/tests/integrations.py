"""A line of the audit log and an API key, as they are kept."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from services.portal.domain_audit import AuditEntry, AuditFilter, FieldChange, group_of, place_of
from services.portal.domain_keys import ApiKey

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
ENTRY = AuditEntry(
    id="entry",
    tenant="tenant",
    place=place_of(NOW, "entry"),
    time=NOW,
    group="people",
    action="technician.changed",
    by="technician",
    by_id="ada",
    by_name="Ada Berg",
    via="console",
    case_id=None,
    company_id=None,
    subject_id="greta",
    subject_name="Greta Lind",
    details={"reason": "holiday"},
    changes=(FieldChange("available", "yes", "no"),),
    address="192.0.2.1",
    user_agent="Firefox",
    expires_at=NOW + timedelta(days=730),
)
KEY = ApiKey(
    id="key",
    tenant="tenant",
    name="Billing",
    secret_hash="hash",
    hint="dbk_abcd",
    scopes=("cases:read",),
    companies=("company",),
    rate_per_minute=60,
    created_at=NOW,
    created_by="ada",
    expires_at=None,
)
FILTERS = (
    AuditFilter(by_id="ada"),
    AuditFilter(group="cases"),
    AuditFilter(action="case.assigned"),
    AuditFilter(case_id="case"),
    AuditFilter(since=NOW, until=NOW),
    AuditFilter("ada", "cases", "case.assigned", "case", NOW, NOW),
)


def entry(number: int, action: str = "case.assigned", **changes: object) -> AuditEntry:
    """The `number`th entry, a second after the one before."""
    time, name = NOW + timedelta(seconds=number), f"entry-{number:03}"
    fields = {"id": name, "time": time, "place": place_of(time, name), "action": action}
    return replace(ENTRY, **{**fields, "group": group_of(action), **changes})  # type: ignore[arg-type]
