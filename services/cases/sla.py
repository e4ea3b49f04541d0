"""Service levels (X10): how soon a customer is answered and a case resolved. Pure rules.

Three promises, each with a clock that counts working time:

* `first_response` runs from the beginning of the case until a technician's first answer;
* `next_response` runs from each message of the customer that waits for an answer, once there was a first;
* `resolution` runs from the beginning until the case is resolved, and goes on where it stopped if it is reopened.

All stand still while a case is put aside: snoozed, marked as pending by a technician, or resolved (as
Zammad has it, and Zendesk for the resolution). An answer alone does not stop the resolution's clock:
"I will look into it" leaves the technician at work; who waits for the customer marks the case as pending or
snoozes it. The bot's wait for an address is no such rest, because the customer waits through it.

A clock is a sum: what was used in earlier runs, and since when it runs. Whoever changes the policy or the
priority changes what is left of it, not what was used.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Literal, get_args

from chassis.office_hours import OfficeHours, after, worked
from contracts.cases import CaseState, Priority, SlaClock
from contracts.sla import CaseSlaBreached, CaseSlaChanged, CaseSlaWarned
from services.cases.domain import Case, Change, step, whole_milliseconds

Kind = Literal["first_response", "next_response", "resolution"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
MINUTE: Final = timedelta(minutes=1)
SECOND: Final = timedelta(seconds=1)
OWN: Final = frozenset({CaseSlaBreached, CaseSlaChanged, CaseSlaWarned})
"""The events that say themselves how the clocks stand after them."""


@dataclass(frozen=True, slots=True)
class Targets:
    """Working minutes for each promise; None promises nothing."""

    first_response: int | None = None
    next_response: int | None = None
    resolution: int | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """What is promised, within which hours, and how early a warning comes."""

    targets: Targets
    by_priority: Mapping[Priority, Targets] = field(default_factory=dict)
    """Where a priority has a target of its own; what it leaves out is as for all others."""
    warn_percent: int = 25
    """How much of the time is left when a warning comes; 0 is never."""
    hours: OfficeHours | None = None
    """None counts every hour."""

    def allowed(self, kind: Kind, priority: Priority) -> timedelta | None:
        """The working time of a promise; None where nothing is promised."""
        own = getattr(self.by_priority.get(priority), kind, None)
        minutes: int | None = own if own is not None else getattr(self.targets, kind)
        return None if minutes is None else MINUTE * minutes

    @property
    def promises(self) -> bool:
        """Whether anything is promised at all."""
        return any(
            getattr(it, kind) for it in (self.targets, *self.by_priority.values()) for kind in KINDS
        )


NOTHING: Final = Policy(Targets())


@dataclass(frozen=True, slots=True)
class Outline:
    """All that decides about the clocks of a case; while it stays the same, so do they."""

    answered: bool
    waits: bool
    """Whether the customer waits for an answer."""
    aside: bool
    resolved: bool
    priority: Priority


def outline(now: CaseState, *, answered: bool) -> Outline:
    """What decides about the clocks of a case in this state; `answered` says whether a technician ever replied."""
    resolved = now.state == "resolved"
    pending = now.state == "pending" and now.changed_by is not None
    aside = resolved or pending or now.state == "snoozed"
    return Outline(answered, now.waiting_since is not None, aside, resolved, now.priority)


# ---- the clocks ----------------------------------------------------------------------------------


def follow(
    clocks: Iterable[SlaClock], now: CaseState, at: datetime, policy: Policy, *, answered: bool
) -> tuple[SlaClock, ...]:
    """The clocks after a change that led to `now` at a moment."""
    known = {clock.kind: clock for clock in clocks}
    here = outline(now, answered=answered)
    moment = whole_milliseconds(at)
    found = (_followed(kind, known.get(kind), now, here, moment, policy) for kind in KINDS)
    return tuple(clock for clock in found if clock is not None)


def _followed(  # noqa: PLR0913, PLR0917 - what a clock depends on
    kind: Kind,
    clock: SlaClock | None,
    now: CaseState,
    here: Outline,
    at: datetime,
    policy: Policy,
) -> SlaClock | None:
    allowed = policy.allowed(kind, here.priority)
    if allowed is None:
        return None
    wanted = _is_wanted(kind, here)
    begins = at
    if clock is None or (wanted and clock.met_at is not None and kind == "next_response"):
        if not wanted:
            return clock
        clock, begins = SlaClock(kind=kind), _beginning(kind, now, at)
    if wanted and not here.aside:
        return _running(clock, clock.running_since or begins, at, allowed, policy)
    return _stopped(clock, at, policy, met=not wanted)


def _is_wanted(kind: Kind, here: Outline) -> bool:
    """Whether the promise is still to be kept."""
    match kind:
        case "first_response":
            return not here.answered
        case "next_response":
            return here.answered and here.waits
        case "resolution":
            return not here.resolved


def _beginning(kind: Kind, now: CaseState, at: datetime) -> datetime:
    """Since when a new clock counts. A case from before there was a promise is given the whole time from now on."""
    if kind == "next_response":
        return now.waiting_since or at
    return now.created_at if now.state_version == 1 else at


def _running(
    clock: SlaClock, since: datetime, at: datetime, allowed: timedelta, policy: Policy
) -> SlaClock:
    due = _at_work(policy, since, allowed - SECOND * clock.used)
    warn = _warning(policy, since, allowed, clock.used)
    fits = {
        "warned_at": clock.warned_at if warn is not None and warn <= at else None,
        "breached_at": clock.breached_at if due is not None and due <= at else None,
    }
    return clock.model_copy(update={"running_since": since, "due_at": due, "met_at": None, **fits})


def _stopped(clock: SlaClock, at: datetime, policy: Policy, *, met: bool) -> SlaClock:
    late = clock.due_at is not None and clock.due_at < at
    stopped: dict[str, Any] = {
        "running_since": None,
        "due_at": None,
        "used": clock.used + _used(clock, at, policy),
        "met_at": (clock.met_at or at) if met else None,
        "breached_at": clock.breached_at or (at if late else None),
    }
    return clock.model_copy(update=stopped)


def _used(clock: SlaClock, at: datetime, policy: Policy) -> int:
    if clock.running_since is None:
        return 0
    return int(worked(policy.hours, clock.running_since, at) / SECOND)


def _at_work(policy: Policy, since: datetime, left: timedelta) -> datetime | None:
    if left <= timedelta():
        return since
    due = after(policy.hours, since, left)
    return None if due is None else whole_milliseconds(due)


def _warning(policy: Policy, since: datetime, allowed: timedelta, used: int) -> datetime | None:
    if not policy.warn_percent:
        return None
    left = allowed * (100 - policy.warn_percent) / 100 - SECOND * used
    return _at_work(policy, since, left)


# ---- what they say of the case -------------------------------------------------------------------


def stated(clocks: tuple[SlaClock, ...]) -> dict[str, Any]:
    """The fields of a case that its clocks decide."""
    running = [clock for clock in clocks if clock.due_at is not None]
    first = min(running, key=_due, default=None)
    return {
        "sla_clocks": clocks,
        "sla_due_at": first and first.due_at,
        "sla_kind": first.kind if first else "",
        "sla_warned_at": first and first.warned_at,
        "sla_breached_at": first and first.breached_at,
    }


def next_look(clocks: Iterable[SlaClock], priority: Priority, policy: Policy) -> datetime | None:
    """When the next warning or breach comes, if nothing happens before."""
    looks = (_next_of(clock, priority, policy) for clock in clocks)
    return min((look for look in looks if look is not None), default=None)


def _next_of(clock: SlaClock, priority: Priority, policy: Policy) -> datetime | None:
    if clock.due_at is None or clock.breached_at is not None:
        return None
    warn = warning_of(clock, priority, policy) if clock.warned_at is None else None
    return clock.due_at if warn is None else min(warn, clock.due_at)


def warning_of(clock: SlaClock, priority: Priority, policy: Policy) -> datetime | None:
    """When a running clock warns; None for one that stands still, or never does."""
    allowed = policy.allowed(_kind(clock), priority)
    if clock.running_since is None or allowed is None:
        return None
    return _warning(policy, clock.running_since, allowed, clock.used)


def ring(case: Case, at: datetime, policy: Policy) -> list[Change]:
    """The warnings and breaches that are due by now; what is late already is not warned of."""
    moment = whole_milliseconds(at)
    changes: list[Change] = []
    for clock in case.now.sla_clocks:
        here = changes[-1].case if changes else case
        if clock.due_at is None or clock.breached_at is not None:
            continue
        warn = warning_of(clock, case.now.priority, policy)
        if clock.due_at <= moment:
            changes.append(_rung(here, clock, CaseSlaBreached, breached_at=moment))
        elif clock.warned_at is None and warn is not None and warn <= moment:
            changes.append(_rung(here, clock, CaseSlaWarned, warned_at=moment))
    return changes


def late(before: Case, after_it: Case) -> list[Change]:
    """What was breached without a word, because it was done at last before the timer looked."""
    was = {clock.kind: clock for clock in before.now.sla_clocks if clock.due_at is not None}
    changes: list[Change] = []
    for clock in after_it.now.sla_clocks:
        old = was.get(clock.kind)
        if old is None or clock.due_at is not None:
            continue
        if clock.breached_at is not None and old.breached_at is None:
            here = changes[-1].case if changes else after_it
            tells = {"kind": clock.kind, "due_at": old.due_at}
            changes.append(step(here, CaseSlaBreached, tells))
    return changes


def recounted(case: Case, clocks: tuple[SlaClock, ...]) -> list[Change]:
    """The case by another policy; what that one would have told of long ago is told of no more."""
    status = stated(clocks)
    if all(getattr(case.now, name) == value for name, value in status.items()):
        return []
    return [step(case, CaseSlaChanged, **status)]


def quieted(
    clocks: Iterable[SlaClock], case: Case, at: datetime, policy: Policy
) -> tuple[SlaClock, ...]:
    """The clocks with all that is past marked as told of; what was told of the case before stays so."""
    known = {clock.kind: clock for clock in case.now.sla_clocks}
    moment, priority = whole_milliseconds(at), case.now.priority
    return tuple(_quieted(it, known.get(it.kind), priority, moment, policy) for it in clocks)


def _quieted(
    clock: SlaClock, old: SlaClock | None, priority: Priority, at: datetime, policy: Policy
) -> SlaClock:
    warn = warning_of(clock, priority, policy)
    told: dict[str, Any] = {}
    if warn is not None and warn <= at:
        told["warned_at"] = (old and old.warned_at) or at
    if clock.breached_at is not None or (clock.due_at is not None and clock.due_at <= at):
        told["breached_at"] = (old and old.breached_at) or clock.breached_at or at
    return clock.model_copy(update=told)


def _rung(case: Case, clock: SlaClock, event: Any, **told: datetime) -> Change:
    rung = clock.model_copy(update=told)
    clocks = tuple(rung if it.kind == clock.kind else it for it in case.now.sla_clocks)
    tells = {"kind": clock.kind, "due_at": clock.due_at}
    return step(case, event, tells, **stated(clocks))


def _due(clock: SlaClock) -> datetime:
    assert clock.due_at is not None  # noqa: S101 - those that stand still are left out before
    return clock.due_at


def _kind(clock: SlaClock) -> Kind:
    return clock.kind  # type: ignore[return-value]  # the contract leaves it open, the clocks here are ours
