"""What notify reads: the life of cases, and what others have it send; and what wakes it."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from chassis.handling import Handler, Subscription
from chassis.storage import Tx
from chassis.timers import TimerHandler
from contracts.envelope import Message
from contracts.topics import CASE_EVENTS, NOTIFY_COMMANDS
from services.notify.handlers import (
    ALERTS_FROM_CASES,
    ALERTS_FROM_TIMERS,
    FROM_COMMANDS,
    MAILS_FROM_CASES,
    SURVEYS_FROM_CASES,
    SURVEYS_FROM_TIMERS,
    Alerts,
    Mails,
    Surveys,
)
from services.notify.inboxes import INBOXES_FROM_CASES, Inboxes
from services.notify.receiving import RECEIVED_FROM_CASES, Receiving
from services.notify.service_levels import LEVELS_FROM_CASES, ServiceLevels


def case_events(  # noqa: PLR0913, PLR0917 - everybody whom the life of a case concerns
    alerts: Alerts,
    mails: Mails,
    surveys: Surveys,
    inboxes: Inboxes,
    levels: ServiceLevels,
    receiving: Receiving,
) -> Subscription:
    """Customers begin to wait, stop waiting, leave requests, and are helped; and technicians are concerned."""
    tables = (
        _bound(ALERTS_FROM_CASES, alerts),
        _bound(MAILS_FROM_CASES, mails),
        _bound(SURVEYS_FROM_CASES, surveys),
        _bound(INBOXES_FROM_CASES, inboxes),
        _bound(LEVELS_FROM_CASES, levels),
        _bound(RECEIVED_FROM_CASES, receiving),
    )
    kinds = dict.fromkeys(kind for table in tables for kind in table)
    concerned = {kind: [table[kind] for table in tables if kind in table] for kind in kinds}
    return Subscription(CASE_EVENTS, {kind: _each(all_) for kind, all_ in concerned.items()})


def _bound(table: Mapping[type[Message], Any], owner: object) -> Mapping[type[Message], Handler]:
    return {kind: partial(handle, owner) for kind, handle in table.items()}


def _each(handlers: Sequence[Handler]) -> Handler:
    async def handle(tx: Tx, message: Message) -> None:
        for concerned in handlers:
            await concerned(tx, message)

    return handle


def commands(mails: Mails) -> Subscription:
    """Other services have written mails."""
    return Subscription(NOTIFY_COMMANDS, _bound(FROM_COMMANDS, mails))


def timers(alerts: Alerts, surveys: Surveys) -> Mapping[str, TimerHandler]:
    """A customer has waited for long, or had the time to say how it was."""
    ringing = {kind: partial(handle, alerts) for kind, handle in ALERTS_FROM_TIMERS.items()}
    asking = {kind: partial(handle, surveys) for kind, handle in SURVEYS_FROM_TIMERS.items()}
    return {**ringing, **asking}
