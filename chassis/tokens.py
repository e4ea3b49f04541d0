"""Access tokens and admission tickets: Ed25519 JWTs that portal signs and every service verifies.

A service's `start` puts its `TokenVerifier` into `runtime.state.verifier`; what routes depend on stands
in `chassis.admits`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from jwt.types import Options
from pydantic import BaseModel, ConfigDict, ValidationError

from chassis.clock import Clock
from chassis.errors import DeskbusError

LIFETIME: Final = timedelta(minutes=10)
_ALGORITHM: Final = "EdDSA"
_UNSIGNED: Final = datetime(1970, 1, 1, tzinfo=UTC)
# The audience keeps a ticket from passing as an access token, and the other way round.
_Audience = Literal["access", "ticket"]
# The clock is injected, so times are checked here and not by PyJWT against the machine's clock.
_OPTIONS: Final[Options] = {"verify_exp": False, "verify_iat": False, "verify_nbf": False}


class TokenInvalid(DeskbusError):
    """The token is not one of ours, or not for this."""

    code = "token_invalid"
    status = 401
    text = "You are not signed in."


class TokenExpired(DeskbusError):
    """The token was good once; a renewal tells whether the person still has access."""

    code = "token_expired"
    status = 401
    text = "Your session has expired. Please sign in again."


class TicketInvalid(DeskbusError):
    """The ticket is not one of ours, has expired, or belongs to someone else."""

    code = "ticket_invalid"
    status = 403
    text = "This chat can no longer be started. Please begin again."


class AdministratorsOnly(DeskbusError):
    """This is for administrators, and the person who asks is none (any more)."""

    code = "administrators_only"
    status = 403
    text = "Only administrators can do this."


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is calling. A customer has a `conversation`, a technician a `role` and `companies`.

    A program with an API key acts as a technician of its own: it has the key's id, name and companies, and
    `scopes` beside them; routes that do not name a scope are closed to it. Its role is that of an administrator
    if it has the scope to administer.
    """

    kind: Literal["technician", "customer"]
    id: str
    tenant: str
    name: str
    role: Literal["administrator", "technician"] | None = None
    companies: Sequence[str] = ()
    conversation: str | None = None
    scopes: Sequence[str] | None = None
    """What an API key is good for; None for people."""
    issued_at: datetime = _UNSIGNED
    expires_at: datetime = _UNSIGNED

    @property
    def via(self) -> Literal["console", "api", "portal"]:
        """By which way in, as the actor of what they cause has it."""
        if self.kind == "customer":
            return "portal"
        return "console" if self.scopes is None else "api"


class Visitor(BaseModel):
    """What a customer said about themselves."""

    model_config = ConfigDict(frozen=True)

    first_name: str
    last_name: str
    email: str


class Device(BaseModel):
    """What a customer's browser said about itself."""

    model_config = ConfigDict(frozen=True)

    user_agent: str | None = None
    language: str | None = None
    time_zone: str | None = None
    screen: str | None = None
    page: str | None = None


class Ticket(BaseModel):
    """The right to open one conversation, once; only who knows the secret may redeem it."""

    model_config = ConfigDict(frozen=True)

    id: str
    kind: Literal["live", "request"] = "live"
    """What it opens: a live chat, at chat, or a support request, at cases."""
    conversation_id: str
    tenant: str
    company_id: str
    portal_id: str
    portal_address: str
    visitor: Visitor
    locale: str
    secret_hash: str
    """SHA-256, in hex, of the secret that the customer's browser made."""
    device: Device | None = None


class TokenSigner:
    """Signs with portal's private key; `kid` names the public one in the directory."""

    def __init__(self, private_key: Ed25519PrivateKey, kid: str, clock: Clock) -> None:
        self._key = private_key
        self._kid = kid
        self._clock = clock

    def access(self, identity: Identity) -> tuple[str, datetime]:
        """A token for ten minutes, and when it ends."""
        claims = {
            "sub": identity.id,
            "kind": identity.kind,
            "tenant": identity.tenant,
            "name": identity.name,
            "role": identity.role,
            "companies": list(identity.companies),
            "conversation": identity.conversation,
        }
        return self._sign("access", claims)

    def ticket(self, ticket: Ticket) -> str:
        """The ticket as a token for ten minutes."""
        return self._sign("ticket", ticket.model_dump(mode="json"))[0]

    def _sign(self, audience: _Audience, claims: Mapping[str, Any]) -> tuple[str, datetime]:
        now = self._clock.now()
        end = now + LIFETIME
        # Fractions of a second count: a sign-out and the next sign-in may share a second.
        times = {"iat": now.timestamp(), "exp": end.timestamp()}
        payload = {**claims, **times, "aud": audience}
        return jwt.encode(payload, self._key, _ALGORITHM, headers={"kid": self._kid}), end


class TokenVerifier:
    """Verifies with the public keys of the directory, and honours sign-outs (`not_before`)."""

    def __init__(
        self,
        keys: Callable[[str], Ed25519PublicKey | None],
        not_before: Callable[[str], datetime | None],
        clock: Clock,
    ) -> None:
        self._keys = keys
        self._not_before = not_before
        self._clock = clock

    def identity(self, token: str) -> Identity:
        """Who holds the token; raises `TokenInvalid` or `TokenExpired`."""
        identity = _identity(self._claims(token, "access"))
        # A revoked token counts as expired: the client renews it, and learns its rights of today.
        if self._clock.now() >= identity.expires_at or self.revoked(identity):
            raise TokenExpired
        return identity

    def revoked(self, identity: Identity) -> bool:
        """Whether the person signed out, or lost rights, after the token was issued."""
        not_before = self._not_before(identity.id)
        return not_before is not None and identity.issued_at < not_before

    def ticket(self, token: str) -> Ticket:
        """The ticket in the token; raises `TicketInvalid`."""
        try:
            claims = self._claims(token, "ticket")
            ticket = Ticket.model_validate(claims)
        except (TokenInvalid, ValidationError) as error:
            raise TicketInvalid from error
        if self._clock.now() >= _moment(claims["exp"]):
            raise TicketInvalid
        return ticket

    def _claims(self, token: str, audience: _Audience) -> dict[str, Any]:
        try:
            key = self._keys(jwt.get_unverified_header(token).get("kid", ""))
            if key is None:
                raise TokenInvalid
            return jwt.decode(token, key, [_ALGORITHM], options=_OPTIONS, audience=audience)
        except jwt.InvalidTokenError as error:
            raise TokenInvalid from error


def _identity(claims: Mapping[str, Any]) -> Identity:
    return Identity(
        kind=claims["kind"],
        id=claims["sub"],
        tenant=claims["tenant"],
        name=claims["name"],
        role=claims["role"],
        companies=tuple(claims["companies"]),
        conversation=claims["conversation"],
        issued_at=_moment(claims["iat"]),
        expires_at=_moment(claims["exp"]),
    )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
