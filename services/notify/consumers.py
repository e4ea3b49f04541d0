"""What notify reads: the life of cases, and what others have it send; and what wakes it."""

from collections.abc import Mapping
from functools import partial

from chassis.handling import Handler, Subscription
from chassis.storage import Tx
from chassis.timers import TimerHandler
from contracts.envelope import Message
from contracts.topics import CASE_EVENTS, NOTIFY_COMMANDS
from services.notify.handlers import (
    ALERTS_FROM_CASES,
    FROM_COMMANDS,
    FROM_TIMERS,
    MAILS_FROM_CASES,
    Alerts,
    Mails,
)


def case_events(alerts: Alerts, mails: Mails) -> Subscription:
    """Customers begin to wait, stop waiting, and leave requests."""
    kinds = dict.fromkeys([*ALERTS_FROM_CASES, *MAILS_FROM_CASES])
    return Subscription(CASE_EVENTS, {kind: _of_both(kind, alerts, mails) for kind in kinds})


def _of_both(kind: type[Message], alerts: Alerts, mails: Mails) -> Handler:
    alert, mail = ALERTS_FROM_CASES.get(kind), MAILS_FROM_CASES.get(kind)

    async def handle(tx: Tx, message: Message) -> None:
        if alert is not None:
            await alert(alerts, tx, message)
        if mail is not None:
            await mail(mails, tx, message)

    return handle


def commands(mails: Mails) -> Subscription:
    """Other services have written mails."""
    handlers = {kind: partial(handle, mails) for kind, handle in FROM_COMMANDS.items()}
    return Subscription(NOTIFY_COMMANDS, handlers)


def timers(alerts: Alerts) -> Mapping[str, TimerHandler]:
    """A customer has waited for long."""
    return {kind: partial(handle, alerts) for kind, handle in FROM_TIMERS.items()}
