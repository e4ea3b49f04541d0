"""Traces: which work belongs to which request, across HTTP, sockets, Kafka and the outbox. Off by default.

A trace begins where somebody asks for something (an HTTP request, a frame that reaches the log, a timer)
and travels as the header `traceparent` of W3C with records and outbox rows. While it is off (`DESKBUS_TRACES`
is empty) OpenTelemetry's SDK is not imported, nothing is written into headers, and each place below costs
a call that looks and returns.

What a stranger sends as `traceparent` is not taken over: it could join its request to anybody's trace.
Facts are names, ids, codes and positions as in logs, never what people wrote; of an error, its class.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from chassis.spans import Spans

Headers = Sequence[tuple[str, bytes]]
Kind = Literal["server", "internal"]
Fact = str | int

TRACEPARENT: Final = "traceparent"

_armed: "list[Spans]" = []
_UNTRACED: Final[AbstractContextManager[None]] = nullcontext()


def arm(endpoint: str, service: str, instance: str) -> None:
    """Send spans to an OTLP endpoint over HTTP, such as `http://collector:4318`; an empty one changes nothing."""
    if endpoint:
        # Here, because a process without traces shall not pay for them.
        from chassis.spans import exporting  # noqa: PLC0415

        use(exporting(endpoint, service, instance))


def use(spans: "Spans | None") -> None:
    """Record with these from now on, or no more."""
    _armed[:] = [] if spans is None else [spans]


def disarm() -> None:
    """Send what was not sent yet, and record no more."""
    for spans in _armed:
        spans.close()
    use(None)


def begin(name: str, kind: Kind = "internal", **facts: Fact) -> AbstractContextManager[None]:
    """A span around the body: of the trace that is current, else the first of a new one."""
    return _armed[0].begin(name, kind, facts) if _armed else _UNTRACED


def follow(name: str, headers: Headers, **facts: Fact) -> AbstractContextManager[None]:
    """A span around what is done with a record, if its sender has told a trace."""
    return _armed[0].follow(name, headers, facts) if _armed else _UNTRACED


def follow_all(name: str, records: Iterable[Any]) -> AbstractContextManager[None]:
    """A span around what is done with many records at once, linked to the traces of all of them."""
    return _armed[0].follow_all(name, (it.headers for it in records)) if _armed else _UNTRACED


def is_traced(headers: Headers) -> bool:
    """Whether a trace is being followed that the sender of these has told."""
    return bool(_armed) and any(name == TRACEPARENT for name, _ in headers)


def sending(topic: str, headers: Headers) -> AbstractContextManager[Headers]:
    """A span around the sending of a record; the body gets the headers to send.

    It belongs to the trace that is current, or to the one that the headers tell: those of an outbox row.
    """
    return _armed[0].sending(topic, headers) if _armed else nullcontext(headers)


def onward(headers: Headers) -> Headers:
    """The headers with the trace that is current: for what is sent later, by somebody else."""
    return _armed[0].onward(headers) if _armed else headers


def without(headers: Headers) -> Headers:
    """The headers without a trace: a replay is not the work of whoever asked long ago."""
    return [(name, value) for name, value in headers if name != TRACEPARENT]


def name_it(name: str, failed: str = "", **facts: Fact) -> None:
    """Give the current span the name that is known only now; `failed` is why it went wrong."""
    if _armed:
        _armed[0].name_it(name, failed, facts)


def current_id() -> str | None:
    """The id of the trace that is current, as it stands in logs."""
    return _armed[0].current_id() if _armed else None
