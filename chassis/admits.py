"""Whom a route lets in: FastAPI dependencies that answer who is calling.

`Annotated[Identity, Depends(current_technician)]` for the console alone, `Depends(staff("cases:read"))` for a
route that a program with an API key of that scope may call as well, and `current_customer`,
`current_identity` and `person(scope)` for the other side. The description of the interface is made from them.
"""

from typing import TYPE_CHECKING, Annotated, Final, Literal

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from chassis.asking import authenticated
from chassis.scopes import ADMINISTER, PREFIX, NotForApiKeys, Scope, ScopeMissing
from chassis.tokens import AdministratorsOnly, Identity, TokenInvalid, TokenVerifier

if TYPE_CHECKING:
    from chassis.api_keys import ApiKeys

Kind = Literal["technician", "customer"]

BEARER: Final = HTTPBearer(
    auto_error=False,
    scheme_name="AccessToken",
    description="An access token (of a technician or a customer) or, where a scope is named, an API key.",
)


class Admits:
    """Lets these kinds of people in, and with a `scope` the API keys that hold it."""

    def __init__(
        self, *kinds: Kind, scope: Scope | None = None, administrators: bool = False
    ) -> None:
        self.kinds = kinds
        self.scope = scope
        self.administrators = administrators

    async def __call__(
        self,
        request: Request,
        credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)],
    ) -> Identity:
        """Who sent this request.

        Raises `TokenInvalid`, `TokenExpired`, `AdministratorsOnly`, and of API keys `ApiKeyInvalid`,
        `KeyRateLimited`, `ScopeMissing`
        and `NotForApiKeys`.
        """
        if credentials is None:
            raise TokenInvalid
        identity = self._verified(request, credentials.credentials)
        if identity.kind not in self.kinds:
            raise TokenInvalid
        if self.administrators and identity.role != "administrator":
            raise AdministratorsOnly
        authenticated(identity)
        return identity

    def _verified(self, request: Request, secret: str) -> Identity:
        if not secret.startswith(PREFIX):
            verifier: TokenVerifier = request.app.state.verifier
            return verifier.identity(secret)
        keys: ApiKeys = request.app.state.api_keys
        identity = keys.identity(secret)
        if self.scope is None:
            raise NotForApiKeys
        if self.scope not in (identity.scopes or ()):
            raise ScopeMissing(scope=self.scope)
        return identity


current_identity: Final = Admits("technician", "customer")
current_technician: Final = Admits("technician")
current_administrator: Final = Admits("technician", scope=ADMINISTER, administrators=True)
"""Administrators, and API keys that administer."""
current_customer: Final = Admits("customer")


def staff(scope: Scope) -> Admits:
    """Technicians, and API keys of this scope."""
    return Admits("technician", scope=scope)


def person(scope: Scope) -> Admits:
    """Technicians, customers, and API keys of this scope."""
    return Admits("technician", "customer", scope=scope)
