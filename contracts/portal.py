"""What portal says: the directory of the account, its portals and people that every service keeps in memory.

The topic is compacted: the last record of a key is the present truth. No record holds a customer's data.
Technicians' names and addresses are business contact data; they are not sealed with a case's key.
"""

from typing import ClassVar, Literal

from pydantic import AwareDatetime, Field

from contracts.envelope import Audience, Id, Message


class DirectoryEntry(Message):
    """A record of the directory. Its key is `<kind>:<id>`."""

    audience: ClassVar[Audience] = "staff"


class AccountListed(DirectoryEntry):
    """The account: what it has decided for all its technicians."""

    type: Literal["directory.account"] = "directory.account"
    account_id: Id
    hide_incoming: bool
    """Whether cases that wait for a technician are shown to those only who are available (S57)."""


class CompanyListed(DirectoryEntry):
    """A company of the account."""

    type: Literal["directory.company"] = "directory.company"
    company_id: Id
    name: str


class PortalListed(DirectoryEntry):
    """A company's portal; `address` is what people type, without the scheme."""

    type: Literal["directory.portal"] = "directory.portal"
    portal_id: Id
    company_id: Id
    subdomain: str
    address: str
    state: Literal["active", "inactive"]
    email: Literal["required", "optional"]
    """Whether nobody gets in without an email address, or the bot asks for a missing one in the chat."""
    greeting: str
    """The portal's own words of greeting; empty for those of Deskbus, in the customer's language."""
    survey: bool
    offer_after: int
    """Seconds of waiting after which a support request is offered without being asked for."""
    grace: int
    """Seconds for which a customer's page may be gone before an unassigned chat becomes a request."""
    mail_address: str = ""
    """An address of its own at which it takes mail, beside that of its subdomain; empty for none."""


class TechnicianListed(DirectoryEntry):
    """A technician with rights and availability. Tokens issued before `not_before` are refused everywhere."""

    type: Literal["directory.technician"] = "directory.technician"
    technician_id: Id
    name: str
    email: str = ""
    """Where colleagues mail them to; empty only in records of before it was listed."""
    role: Literal["administrator", "technician"]
    companies: tuple[Id, ...]
    available: bool
    active: bool
    not_before: AwareDatetime | None
    away_since: AwareDatetime | None = None
    """When they were last seen, if they are not available because they vanished (X4); their own choices clear it."""


class SigningKeyListed(DirectoryEntry):
    """A public key that verifies portal's tokens (Ed25519, base64url of the 32 raw bytes)."""

    type: Literal["directory.signing_key"] = "directory.signing_key"
    key_id: str
    public_key: str


class ApiKeyListed(DirectoryEntry):
    """A key by which a program calls the REST interface; every service verifies it by its hash alone."""

    # Nobody's console needs it, and the hash is no colleague's business.
    audience: ClassVar[Audience] = "services"

    type: Literal["directory.api_key"] = "directory.api_key"
    api_key_id: Id
    name: str
    secret_hash: str
    """SHA-256, in hex, of the whole secret; the secret itself is known to its holder alone."""
    scopes: tuple[str, ...]
    companies: tuple[Id, ...]
    """Empty in the record of a key for all companies."""
    all_companies: bool = False
    """Whether it is for every company of the account, later ones too."""
    rate_per_minute: int = Field(ge=1)
    expires_at: AwareDatetime | None
    revoked: bool
