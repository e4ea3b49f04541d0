"""Measures what the MongoDB driver does: commands by their duration, and the pool of connections.

Both drivers publish the same events, from threads of theirs, and a command is a network's round trip
beside which this is nothing. What a command or an error says is never looked at.
"""

from collections.abc import Sequence
from typing import Any

from prometheus_client import Histogram
from pymongo import monitoring

from chassis import metrics

MICROSECONDS = 1e6


def listeners(service: str) -> Sequence[Any]:
    """What a client is given as `event_listeners`."""
    return (_Commands(service), _Pool(service))


class _Commands(monitoring.CommandListener):
    def __init__(self, service: str) -> None:
        self._service = service
        self._histograms: dict[tuple[str, str], Histogram] = {}

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        """Measured when it has ended."""

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        self._observe(event.command_name, "done", event.duration_micros)

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        self._observe(event.command_name, "failed", event.duration_micros)

    def _observe(self, command: str, outcome: str, duration: int) -> None:
        histogram = self._histograms.get((command, outcome))
        if histogram is None:
            histogram = metrics.MONGO_SECONDS.labels(self._service, command, outcome)
            self._histograms[command, outcome] = histogram
        histogram.observe(duration / MICROSECONDS)


class _Pool(monitoring.ConnectionPoolListener):
    """Open connections and those in use; the difference is idle."""

    def __init__(self, service: str) -> None:
        self._open = metrics.MONGO_CONNECTIONS.labels(service, "open")
        self._in_use = metrics.MONGO_CONNECTIONS.labels(service, "in_use")
        self._wait = metrics.MONGO_WAIT_SECONDS.labels(service)

    def connection_created(self, _: monitoring.ConnectionCreatedEvent) -> None:
        self._open.inc()

    def connection_closed(self, _: monitoring.ConnectionClosedEvent) -> None:
        self._open.dec()

    def connection_checked_out(self, event: monitoring.ConnectionCheckedOutEvent) -> None:
        self._in_use.inc()
        self._wait.observe(event.duration or 0.0)

    def connection_checked_in(self, _: monitoring.ConnectionCheckedInEvent) -> None:
        self._in_use.dec()

    def connection_check_out_failed(self, event: monitoring.ConnectionCheckOutFailedEvent) -> None:
        self._wait.observe(event.duration or 0.0)

    def pool_created(self, event: monitoring.PoolCreatedEvent) -> None:
        """Nothing is in it yet."""

    def pool_ready(self, event: monitoring.PoolReadyEvent) -> None:
        """Nothing is in it yet."""

    def pool_cleared(self, event: monitoring.PoolClearedEvent) -> None:
        """Its connections are closed one by one, and told then."""

    def pool_closed(self, event: monitoring.PoolClosedEvent) -> None:
        """Its connections were closed before."""

    def connection_ready(self, event: monitoring.ConnectionReadyEvent) -> None:
        """It was counted when it was created."""

    def connection_check_out_started(
        self, event: monitoring.ConnectionCheckOutStartedEvent
    ) -> None:
        """Measured when it has ended."""
