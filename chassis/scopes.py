"""What an API key can be good for. A route names the one scope that opens it; a key holds any number."""

from typing import Final, Literal, get_args

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
]
SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)
