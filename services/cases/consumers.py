"""What cases reads, the conversation log, and what wakes it."""

from collections.abc import Mapping
from functools import partial

from chassis.erasure import Eraser
from chassis.erasure import erasures as asked_to_erase
from chassis.handling import Subscription
from chassis.timers import TimerHandler
from contracts.topics import CHAT_LOG, ERASURES, NOTIFY_EVENTS
from services.cases.erasing import ERASING_FROM_THE_BUS, ERASING_FROM_TIMERS, Erasing
from services.cases.follow_up_desk import FROM_LEDGER, FollowUps
from services.cases.handlers import FROM_THE_LOG, FROM_TIMERS, SAID_IN_THE_LOG, Desk
from services.cases.mailing import FROM_MAILS, Mailing
from services.cases.rule_runs import FROM_RUNS, RULES_FROM_TIMERS, RuleRuns
from services.cases.sla_handlers import SLA_FROM_TIMERS, SlaDesk


def chat_log(desk: Desk) -> Subscription:
    """Conversations begin, are written in, and end."""
    handlers = {kind: partial(handle, desk) for kind, handle in FROM_THE_LOG.items()}
    said = {kind: partial(handle, desk) for kind, handle in SAID_IN_THE_LOG.items()}
    return Subscription(CHAT_LOG, handlers, said)


def notify_events(mailing: Mailing, follow_ups: FollowUps) -> Subscription:
    """Mails have come in, and something became of those that were written."""
    received = {kind: partial(handle, mailing) for kind, handle in FROM_MAILS.items()}
    written = {kind: partial(handle, follow_ups) for kind, handle in FROM_LEDGER.items()}
    return Subscription(NOTIFY_EVENTS, {**received, **written})


def erasures(erasing: Erasing, eraser: Eraser) -> Subscription:
    """Services answer what they have purged; and cases is asked itself, like every other."""
    handlers = {kind: partial(handle, erasing) for kind, handle in ERASING_FROM_THE_BUS.items()}
    return Subscription(ERASURES, {**asked_to_erase(eraser).handlers, **handlers})


def rule_runs(ruling: RuleRuns) -> Mapping[str, TimerHandler]:
    """What has happened has set rules off."""
    return {kind: partial(handle, ruling) for kind, handle in FROM_RUNS.items()}


def timers(
    desk: Desk, erasing: Erasing, ruling: RuleRuns, sla: SlaDesk
) -> Mapping[str, TimerHandler]:
    """The bot has waited long enough, a snooze is over, a promise falls due, an erasure has to be asked for again."""
    cases = {kind: partial(handle, desk) for kind, handle in FROM_TIMERS.items()}
    deleted = {kind: partial(handle, erasing) for kind, handle in ERASING_FROM_TIMERS.items()}
    waited = {kind: partial(handle, ruling) for kind, handle in RULES_FROM_TIMERS.items()}
    promised = {kind: partial(handle, sla) for kind, handle in SLA_FROM_TIMERS.items()}
    return {**cases, **deleted, **waited, **promised}
