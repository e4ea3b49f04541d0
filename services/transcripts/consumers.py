"""What transcripts reads: the conversation log, and the life of cases."""

from functools import partial

from chassis.handling import Subscription
from contracts.topics import CASE_EVENTS, CHAT_LOG
from services.transcripts.handlers import FROM_CASES, FROM_THE_LOG, SAID_IN_THE_LOG, Record


def chat_log(record: Record) -> Subscription:
    """Everything that is said."""
    handlers = {kind: partial(handle, record) for kind, handle in FROM_THE_LOG.items()}
    said = {kind: partial(handle, record) for kind, handle in SAID_IN_THE_LOG.items()}
    return Subscription(CHAT_LOG, handlers, said)


def case_events(record: Record) -> Subscription:
    """Who it is about, its number, and who has it."""
    handlers = {kind: partial(handle, record) for kind, handle in FROM_CASES.items()}
    return Subscription(CASE_EVENTS, run_handlers=handlers)
