"""Who is asking: what is known of the HTTP request that the present task answers.

The edge notes where a request comes from and authentication whose it is, so that the transaction
far below can say both in the audit log without every use case handing them on.
"""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from starlette.requests import HTTPConnection
from starlette.types import Scope

from contracts.envelope import Origin

if TYPE_CHECKING:
    from chassis.tokens import Identity

AGENT_LIMIT: Final = 300


@dataclass(slots=True)
class Asking:
    """A request's origin. `identity` is absent until it was authenticated, and of requests that never are."""

    address: str = ""
    user_agent: str = ""
    identity: "Identity | None" = None


_asking: ContextVar[Asking | None] = ContextVar("asking", default=None)


def begin(scope: Scope) -> None:
    """Note where the request of this task comes from."""
    connection = HTTPConnection(scope)
    agent = connection.headers.get("user-agent", "")
    shown = "".join(character for character in agent if character.isprintable())
    address = connection.client.host if connection.client else ""
    _asking.set(Asking(address, shown[:AGENT_LIMIT]))


def asking() -> Asking:
    """The request that is being answered; an empty one where no request is the cause."""
    return _asking.get() or Asking()


def origin() -> Origin | None:
    """Where it comes from, to be told to another service; None where no request is the cause."""
    known = asking()
    return Origin(address=known.address, user_agent=known.user_agent) if known.address else None


def authenticated(identity: "Identity") -> None:
    """Note whose request it is."""
    known = _asking.get()
    if known is not None:
        known.identity = identity
