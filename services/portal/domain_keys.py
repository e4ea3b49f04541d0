"""API keys, pure: programs that act for the account within scopes, companies and a rate."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from chassis.api_keys import secret_hash
from chassis.scopes import OF_THE_ACCOUNT, PREFIX

SHOWN: Final = 4
"""So many characters of a secret are shown ever after, to tell keys apart."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key. Its secret was shown once, to whoever created it, and stands nowhere. `version` counts its records."""

    id: str
    tenant: str
    name: str
    secret_hash: str
    hint: str
    """The first characters of the secret."""
    scopes: tuple[str, ...]
    companies: tuple[str, ...]
    rate_per_minute: int
    created_at: datetime
    created_by: str
    expires_at: datetime | None
    revoked_at: datetime | None = None
    all_companies: bool = False
    """Whether it is for every company of the account, later ones too; then `companies` is empty."""
    last_used_at: datetime | None = None
    last_used_from: str = ""
    uses: int = 0
    version: int = 1

    def revoked(self, now: datetime) -> "ApiKey":
        """The key after it was revoked; unchanged when it was before."""
        if self.revoked_at is not None:
            return self
        return replace(self, revoked_at=now, version=self.version + 1)

    def used(self, count: int, at: datetime, address: str) -> "ApiKey":
        """The key after so many more uses; what is told late does not turn the clock back."""
        if self.last_used_at is not None and at < self.last_used_at:
            return replace(self, uses=self.uses + count)
        return replace(self, uses=self.uses + count, last_used_at=at, last_used_from=address)


def fault_in_limits(
    scopes: Collection[str], companies: Collection[str], *, all_companies: bool
) -> str | None:
    """Why a key cannot have these companies: the code of the field's error; None if it can."""
    if all_companies:
        return "not_allowed" if companies else None
    if not companies:
        return "required"
    # What such a scope opens is the account's, so it would reach beyond the companies.
    return "all_companies_needed" if OF_THE_ACCOUNT.intersection(scopes) else None


def new_secret() -> str:
    """A secret of 256 random bits, recognisable by scanners of leaked ones."""
    return PREFIX + secrets.token_urlsafe(32)


def hint_of(secret: str) -> str:
    """What is shown of a secret after its first showing."""
    return secret[: len(PREFIX) + SHOWN]


def hash_of(secret: str) -> str:
    """What is kept of a secret."""
    return secret_hash(secret)
