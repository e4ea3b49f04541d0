"""What cases reads: the conversation log."""

from functools import partial

from chassis.handling import Subscription
from contracts.topics import CHAT_LOG
from services.cases.handlers import FROM_THE_LOG, Desk


def chat_log(desk: Desk) -> Subscription:
    """Conversations begin, are written in, and end."""
    handlers = {kind: partial(handle, desk) for kind, handle in FROM_THE_LOG.items()}
    return Subscription(CHAT_LOG, handlers)
