"""What an API key can be good for, and how one is refused.

A route names the one scope that opens it; a key holds any number.
"""

from typing import Final, Literal, get_args

from chassis.errors import DeskbusError

PREFIX: Final = "dbk_"
"""What every key begins with, so that it is told from an access token, and found where it was leaked."""

Scope = Literal[
    "cases:read",
    "cases:write",
    "conversations:read",
    "conversations:write",
    "transcripts:read",
    "transcripts:write",
    "notifications:read",
    "team:read",
    "audit:read",
    "administer",
]
SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)
ADMINISTER: Final[Scope] = "administer"
OF_THE_ACCOUNT: Final[frozenset[str]] = frozenset({ADMINISTER, "audit:read"})
"""What these open is the whole account's, so a key that is limited to companies cannot have them."""


class ApiKeyInvalid(DeskbusError):
    """The key is none of ours, was revoked, or has expired; which of them is not told."""

    code = "api_key_invalid"
    status = 401
    text = "This API key is not valid (any more)."


class ScopeMissing(DeskbusError):
    """The key is good, but not for this; `scope` is what it lacks."""

    code = "scope_missing"
    status = 403
    text = "This API key may not do this: it lacks the scope {scope}."


class NotForApiKeys(DeskbusError):
    """The route serves people alone."""

    code = "not_for_api_keys"
    status = 403
    text = "This cannot be done with an API key."


class KeyRateLimited(DeskbusError):
    """The key's requests of the last minute are used up; `seconds` until the next is taken."""

    code = "api_key_rate_limited"
    status = 429
    text = "This API key has used up its {limit} requests a minute. Try again in {seconds} s."
