"""What cases reads, the conversation log, and what wakes it."""

from collections.abc import Mapping
from functools import partial

from chassis.handling import Subscription
from chassis.timers import TimerHandler
from contracts.topics import CHAT_LOG
from services.cases.handlers import FROM_THE_LOG, FROM_TIMERS, Desk


def chat_log(desk: Desk) -> Subscription:
    """Conversations begin, are written in, and end."""
    handlers = {kind: partial(handle, desk) for kind, handle in FROM_THE_LOG.items()}
    return Subscription(CHAT_LOG, handlers)


def timers(desk: Desk) -> Mapping[str, TimerHandler]:
    """The bot has waited long enough, or a snooze is over."""
    return {kind: partial(handle, desk) for kind, handle in FROM_TIMERS.items()}
