"""Portal's rules, pure: no I/O, no clock, no framework."""

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from chassis.errors import DeskbusError
from chassis.ids import derived_id
from services.portal.domain_keys import ApiKey

PortalState = Literal["active", "inactive"]
Role = Literal["administrator", "technician"]
View = Literal["chat", "request", "unavailable"]
AdmissionKind = Literal["live", "request"]
EmailPolicy = Literal["required", "optional"]


DESK: Final = derived_id("desk")
"""The tenant of what belongs to the whole installation and to no account."""


@dataclass(frozen=True, slots=True)
class Account:
    """A tenant: everything else carries its id. `version` counts its directory records."""

    id: str
    name: str
    hide_incoming: bool = True
    """Whether cases that wait for a technician are shown to those only who are available (S57)."""
    version: int = 1

    @property
    def tenant(self) -> str:
        """Itself."""
        return self.id

    def decided(self, *, hide_incoming: bool) -> "Account":
        """The account after a choice in its settings; unchanged when it says nothing new."""
        if hide_incoming == self.hide_incoming:
            return self
        return replace(self, hide_incoming=hide_incoming, version=self.version + 1)


@dataclass(frozen=True, slots=True)
class Company:
    """A customer organisation or brand of the account. `version` counts its directory records."""

    id: str
    tenant: str
    name: str
    version: int


@dataclass(frozen=True, slots=True)
class Portal:
    """A company's door for customers; a company has at most one."""

    id: str
    tenant: str
    company_id: str
    subdomain: str
    skeleton: str
    """What the subdomain looks like; unique too, see `skeleton`."""
    state: PortalState
    email: EmailPolicy
    """Whether nobody gets into a chat without an email address, or the bot asks for a missing one."""
    greeting: str
    """The portal's own words of greeting; empty for those of Deskbus."""
    survey: bool
    offer_after: int
    """Seconds of waiting after which a support request is offered without being asked for."""
    grace: int
    """Seconds for which a customer's page may be gone before an unassigned chat becomes a request."""
    version: int
    mail_address: str = ""
    """An address of its own at which it takes mail, in lower case; empty for none. No two portals have the same."""


@dataclass(frozen=True, slots=True)
class Technician:
    """A person of the account who signs in. `version` counts their directory records."""

    id: str
    tenant: str
    name: str
    email: str
    password_hash: str
    role: Role
    companies: tuple[str, ...]
    available: bool
    sound: bool
    active: bool
    not_before: datetime | None
    version: int
    away_since: datetime | None = None
    """When they were last seen, if they are not available because they vanished (X4)."""
    away_at: datetime | None = None
    """When the desk concluded so."""

    def made_available(self, available: bool) -> "Technician":
        """The technician after a choice in the Status menu; unchanged when it says nothing new."""
        if available == self.available and self.away_since is None:
            return self
        chosen = replace(self, available=available, away_since=None, away_at=None)
        return replace(chosen, version=self.version + 1)

    def vanished(self, since: datetime, at: datetime) -> "Technician":
        """The technician whom nobody has seen for too long; who is not available anyway stays as they are."""
        if not self.available:
            return self
        gone = replace(self, available=False, away_since=since, away_at=at)
        return replace(gone, version=self.version + 1)

    def signed_out_everywhere(self, now: datetime) -> "Technician":
        """The technician whose tokens of before `now` are refused by every service."""
        return replace(self, not_before=now, version=self.version + 1)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The Ed25519 key of all tokens; its private half is wrapped by the key from the settings."""

    id: str
    public_key: str
    """Base64url of the 32 raw bytes, as the directory has it."""
    wrapped: str
    version: int
    tenant: str = DESK


Listed = Account | Company | Portal | Technician | SigningKey | ApiKey
"""What the directory tells every service of."""


# ---- subdomains (S3) -----------------------------------------------------------------------------

_SUBDOMAIN: Final = re.compile(r"[a-z0-9](?:[a-z0-9]|-(?!-)){1,38}[a-z0-9]")
_LOOK_ALIKE_DIGITS: Final = str.maketrans("0123458i", "olzeasbl", "-")
_LOOK_ALIKE_PAIRS: Final = (("vv", "w"), ("rn", "m"))


class SubdomainInvalid(DeskbusError):
    """The subdomain does not have the form of one."""

    code = "subdomain_invalid"
    status = 422
    text = "A subdomain has 3 to 40 letters from a to z, digits or single hyphens inside."


class SubdomainReserved(DeskbusError):
    """Deskbus uses the name itself, or it looks like one that Deskbus uses."""

    code = "subdomain_reserved"
    status = 409
    text = "The subdomain {subdomain} is reserved. Please choose another one."


class SubdomainTaken(DeskbusError):
    """Another portal of any account has the name, or one that looks like it."""

    code = "subdomain_taken"
    status = 409
    text = (
        "The subdomain {subdomain} is taken or looks like a taken one. Please choose another one."
    )


def checked_subdomain(text: str) -> str:
    """The subdomain in its one spelling; raises `SubdomainInvalid` or `SubdomainReserved`."""
    subdomain = unicodedata.normalize("NFKC", text).strip().lower()
    if not _SUBDOMAIN.fullmatch(subdomain):
        raise SubdomainInvalid
    if skeleton(subdomain) in _RESERVED_SKELETONS:
        raise SubdomainReserved(subdomain=subdomain)
    return subdomain


def skeleton(subdomain: str) -> str:
    """What remains of a subdomain for a hasty eye: two with one skeleton must not both be given away."""
    seen = subdomain.translate(_LOOK_ALIKE_DIGITS)
    for pair, letter in _LOOK_ALIKE_PAIRS:
        seen = seen.replace(pair, letter)
    return seen


RESERVED: Final = frozenset(
    "account admin administrator api app assets auth billing cdn console deskbus docs health help "  # noqa: SIM905 - a list of words would be a page long
    "login mail metrics portal security smtp static status support system webmail widget www".split()
)
_RESERVED_SKELETONS: Final = frozenset(map(skeleton, RESERVED))


# ---- admission (S8, S9) --------------------------------------------------------------------------

ADMISSION_KEPT: Final = timedelta(days=30)
# As long as its ticket: a repeated click means the same chat, a try of an hour later does not.
ADMISSION_REPEATABLE: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Admission:
    """A customer let in. It holds nothing personal: who they are stands in the ticket alone."""

    id: str
    """The id of the conversation."""
    tenant: str
    company_id: str
    portal_id: str
    kind: AdmissionKind
    secret_hash: str
    created_at: datetime
    expires_at: datetime

    @property
    def customer_id(self) -> str:
        """The customer of this conversation; whoever comes again is, for now, someone new."""
        return derived_id("customer", self.id)

    def opens_to(self, secret: str, now: datetime) -> bool:
        """Whether the secret is the one that the customer's browser made, in time."""
        return now < self.expires_at and hmac.compare_digest(self.secret_hash, hashed(secret))

    def repeatable(self, now: datetime) -> bool:
        """Whether the same request once more gets the same answer without a new look at the portal."""
        return now < self.created_at + ADMISSION_REPEATABLE

    def used(self, now: datetime) -> "Admission":
        """The admission kept for another thirty days."""
        return replace(self, expires_at=now + ADMISSION_KEPT)


def new_admission(
    portal: Portal, conversation_id: str, kind: AdmissionKind, secret: str, now: datetime
) -> Admission:
    """A customer let in at the portal now."""
    return Admission(
        id=conversation_id,
        tenant=portal.tenant,
        company_id=portal.company_id,
        portal_id=portal.id,
        kind=kind,
        secret_hash=hashed(secret),
        created_at=now,
        expires_at=now + ADMISSION_KEPT,
    )


def view_of(state: PortalState, *, anyone_available: bool) -> View:
    """What a customer finds at the portal; only technicians with access to its company count."""
    if state == "inactive":
        return "unavailable"
    return "chat" if anyone_available else "request"


def admits(view: View, kind: AdmissionKind) -> bool:
    """Whether a portal that shows `view` lets a customer in; a request is taken while chats are, too."""
    return view == "chat" or (view == "request" and kind == "request")


def needs_email(portal: Portal, kind: AdmissionKind) -> bool:
    """Whether a customer must give an address: a request is answered by mail, whatever the portal asks."""
    return kind == "request" or portal.email == "required"


def conversation_of(admission_id: str) -> str:
    """The conversation that an admission leads to: a double click leads to one."""
    return derived_id("conversation", admission_id)


def hashed(secret: str) -> str:
    """SHA-256 in hex. Only for random secrets, which need neither salt nor slowness."""
    return hashlib.sha256(secret.encode()).hexdigest()


# ---- sessions ------------------------------------------------------------------------------------

SESSION_KEPT: Final = timedelta(days=30)
RENEWAL_GRACE: Final = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Session:
    """A technician signed in with one browser. The row alone lets nobody in: it holds hashes only."""

    id: str
    tenant: str
    technician_id: str
    secret_hash: str
    previous_hash: str | None
    created_at: datetime
    used_at: datetime
    expires_at: datetime

    def renewed(self, secret: str, chain_key: bytes, now: datetime) -> "Session":
        """The session after `secret` was exchanged for its successor."""
        return replace(
            self,
            secret_hash=hashed(successor(secret, chain_key)),
            previous_hash=hashed(secret),
            used_at=now,
            expires_at=now + SESSION_KEPT,
        )

    def standing(
        self, secret: str, now: datetime
    ) -> Literal["current", "grace", "copied", "unknown"]:
        """What a presented secret is to this session.

        The one before the current is good for a moment more, for two tabs that renew at once and
        for an answer that was lost on its way. Later it is a copy in somebody else's hands.
        """
        if now >= self.expires_at:
            return "unknown"
        if hmac.compare_digest(self.secret_hash, hashed(secret)):
            return "current"
        if not hmac.compare_digest(self.previous_hash or "", hashed(secret)):
            return "unknown"
        return "grace" if now < self.used_at + RENEWAL_GRACE else "copied"


def successor(secret: str, chain_key: bytes) -> str:
    """The refresh secret after this one.

    It follows from the one before, so that two tabs that renew at once are given the same; the key
    keeps whoever has an old secret, or reads the database, from going on by themselves.
    """
    return hmac.new(chain_key, secret.encode(), hashlib.sha256).hexdigest()


# ---- attempts to sign in -------------------------------------------------------------------------

ATTEMPTS_ALLOWED: Final = 5
ATTEMPTS_WINDOW: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Attempts:
    """Attempts to sign in with one email from one address; neither stands here in clear."""

    id: str
    count: int
    expires_at: datetime

    def another(self, now: datetime) -> "Attempts":
        """The attempts with one more; the window runs from the first."""
        if now >= self.expires_at:
            return first_attempt(self.id, now)
        return replace(self, count=self.count + 1)

    def blocked(self, now: datetime) -> timedelta | None:
        """How long until the next attempt is allowed, or None if it is."""
        if self.count < ATTEMPTS_ALLOWED or now >= self.expires_at:
            return None
        return self.expires_at - now


def attempts_id(email: str, address: str, key: bytes) -> str:
    """Under which attempts are counted; without the key nobody learns the email from it."""
    return hmac.new(key, f"{email}\n{address}".encode(), hashlib.sha256).hexdigest()


def first_attempt(attempts_id: str, now: datetime) -> Attempts:
    """The first of a series of attempts."""
    return Attempts(attempts_id, 1, now + ATTEMPTS_WINDOW)
