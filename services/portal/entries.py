"""Portal's records as the directory shows them to every service.

A file of its own, because it is the one place where portal's storage meets the shared contracts.
"""

from datetime import datetime
from typing import Any

from chassis.ids import new_id
from contracts.envelope import Actor
from contracts.portal import (
    AccountListed,
    ApiKeyListed,
    CompanyListed,
    DirectoryEntry,
    PortalListed,
    SigningKeyListed,
    TechnicianListed,
)
from services.portal.domain import Account, Company, Listed, Portal, SigningKey, Technician
from services.portal.domain_keys import ApiKey

SYSTEM = Actor(kind="system", via="portal")


def technicians_own(technician: Technician) -> Actor:
    """The technician as the cause of a change to themselves."""
    return Actor(kind="technician", id=technician.id, via="console")


def portal_address(host: str, subdomain: str) -> str:
    """What people type to reach a portal, without the scheme."""
    return f"{host}/p/{subdomain}"


def entry(record: Listed, *, host: str, now: datetime, actor: Actor = SYSTEM) -> DirectoryEntry:
    """The directory's record of `record`; `host` is where portals are reached."""
    match record:
        case Account():
            return AccountListed(
                **_envelope(record, "account", now, actor),
                account_id=record.id,
                hide_incoming=record.hide_incoming,
            )
        case Company():
            return CompanyListed(
                **_envelope(record, "company", now, actor),
                company_id=record.id,
                name=record.name,
            )
        case Portal():
            return PortalListed(
                **_envelope(record, "portal", now, actor),
                portal_id=record.id,
                company_id=record.company_id,
                subdomain=record.subdomain,
                address=portal_address(host, record.subdomain),
                state=record.state,
                email=record.email,
                greeting=record.greeting,
                survey=record.survey,
                offer_after=record.offer_after,
                grace=record.grace,
                mail_address=record.mail_address,
            )
        case SigningKey():
            return SigningKeyListed(
                **_envelope(record, "signing_key", now, actor),
                key_id=record.id,
                public_key=record.public_key,
            )
        case Technician():
            return _technician(record, now, actor)
        case ApiKey():
            return _api_key(record, now, actor)


def _technician(technician: Technician, now: datetime, actor: Actor) -> TechnicianListed:
    return TechnicianListed(
        **_envelope(technician, "technician", now, actor),
        technician_id=technician.id,
        name=technician.name,
        email=technician.email,
        role=technician.role,
        companies=technician.companies,
        available=technician.available,
        active=technician.active,
        not_before=technician.not_before,
        away_since=technician.away_since,
    )


def _api_key(key: ApiKey, now: datetime, actor: Actor) -> ApiKeyListed:
    return ApiKeyListed(
        **_envelope(key, "api_key", now, actor),
        api_key_id=key.id,
        name=key.name,
        secret_hash=key.secret_hash,
        scopes=key.scopes,
        companies=key.companies,
        all_companies=key.all_companies,
        rate_per_minute=key.rate_per_minute,
        expires_at=key.expires_at,
        revoked=key.revoked_at is not None,
    )


def _envelope(record: Listed, kind: str, now: datetime, actor: Actor) -> dict[str, Any]:
    return {
        "id": new_id(),
        "time": now,
        "tenant": record.tenant,
        "key": f"{kind}:{record.id}",
        "aggregate_version": record.version,
        "actor": actor,
        "correlation_id": new_id(),
    }
