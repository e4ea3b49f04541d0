"""What notify reads: the life of cases; and what wakes it."""

from collections.abc import Mapping
from functools import partial

from chassis.handling import Subscription
from chassis.timers import TimerHandler
from contracts.topics import CASE_EVENTS
from services.notify.handlers import FROM_CASES, FROM_TIMERS, Alerts


def case_events(alerts: Alerts) -> Subscription:
    """Customers begin to wait, and stop waiting."""
    handlers = {kind: partial(handle, alerts) for kind, handle in FROM_CASES.items()}
    return Subscription(CASE_EVENTS, handlers)


def timers(alerts: Alerts) -> Mapping[str, TimerHandler]:
    """A customer has waited for long."""
    return {kind: partial(handle, alerts) for kind, handle in FROM_TIMERS.items()}
