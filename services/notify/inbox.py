"""What stands in a technician's notification inbox (S50), and why: pure rules.

What becomes an entry is decided here and nowhere else. A new kind of entry is a function in `RULES`
and a text `console-inbox-<kind>` of the console.

An inbox is for what concerns one person and would otherwise be missed: somebody calls them in a note,
a case becomes theirs without their doing, one of theirs is back, about to be late, or late, or a mail of theirs
did not arrive. Nobody is told of what they did
themselves. Being away changes nothing, because an inbox waits. Spam tells of nothing but a mention, which a
colleague wrote on purpose; a muted case also of becoming somebody's, who would not know that it is theirs: a line
of an inbox rings nowhere.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from chassis.ids import derived_id
from contracts.cases import (
    CaseAssigned,
    CaseChanged,
    CaseNoted,
    CaseReopened,
    CaseTransferred,
    CaseWoken,
)
from contracts.envelope import Actor
from contracts.follow_ups import CaseFollowUpChanged
from contracts.notify import InboxChanged
from contracts.portal import TechnicianListed
from contracts.sla import CaseSlaBreached, CaseSlaWarned

MENTIONED, ASSIGNED, TRANSFERRED = "mentioned", "assigned", "transferred"
WOKEN, REOPENED = "woken", "reopened"
SLA_WARNED, SLA_BREACHED = "sla_warned", "sla_breached"
UNCLAIMED: Final[Mapping[str, str]] = {
    SLA_WARNED: "sla_warned_unclaimed",
    SLA_BREACHED: "sla_breached_unclaimed",
}
"""The same of a case that nobody has, told to those who may take it: news until somebody does."""
MAIL_BOUNCED: Final = "mail_bounced"
_SAYS: Final = {MENTIONED: 0, ASSIGNED: 1, TRANSFERRED: 1}
"""What one action can tell the same person: a transfer with a note is one entry, and says the most it can."""


@dataclass(frozen=True, slots=True)
class Told:
    """One technician who is to be told; `note_id` names the note that calls them."""

    technician_id: str | None
    kind: str
    note_id: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of an inbox: ids and codes alone, what they are about is asked of the case.

    `version` is that of the case which the event made, `by` the technician or API key behind it; None
    where a customer or the desk itself was. `gone` was removed by its owner, or taken back by who caused it: the row stays until
    it expires, so that no replay brings it back.
    """

    id: str
    tenant: str
    company_id: str
    case_id: str
    technician_id: str
    kind: str
    number: int
    version: int
    by: str | None
    note_id: str | None
    at: datetime
    read: bool = False
    gone: bool = False

    @property
    def position(self) -> str:
        """Its place in the inbox: sorts by time, and no two are the same."""
        return f"{round(self.at.timestamp() * 1_000):012x}{self.id}"


# ---- who is told of what -------------------------------------------------------------------------


def _mentioned(event: CaseNoted) -> Iterable[Told]:
    return [Told(called, MENTIONED, event.note_id) for called in event.mentions]


def _holder(kind: str) -> Callable[[CaseChanged], Iterable[Told]]:
    """It concerns whom the case belongs to: it has come back to them, or is about to be too late."""
    return lambda event: [Told(event.case.assignee_id, kind)]


def _bounced(event: CaseFollowUpChanged) -> Iterable[Told]:
    """Who wrote a mail that did not arrive takes the customer for answered, wrongly."""
    return [Told(event.technician_id, MAIL_BOUNCED)] if event.state == "failed" else []


_TOLD_OF_MUTED: Final = frozenset({MENTIONED, ASSIGNED, TRANSFERRED})

RULES: Final[Mapping[type[CaseChanged], Callable[[Any], Iterable[Told]]]] = {
    CaseNoted: _mentioned,
    CaseAssigned: lambda event: [Told(event.technician_id, ASSIGNED)],
    CaseTransferred: lambda event: [Told(event.technician_id, TRANSFERRED)],
    CaseWoken: _holder(WOKEN),
    CaseReopened: _holder(REOPENED),
    CaseSlaWarned: _holder(SLA_WARNED),
    CaseSlaBreached: _holder(SLA_BREACHED),
    CaseFollowUpChanged: _bounced,
}


def entries_of(
    event: CaseChanged,
    person: Callable[[str], TechnicianListed | None],
    at: datetime,
    kept: timedelta,
) -> list[Entry]:
    """What the event enters into whose inbox, at most one line for each person.

    What is older than an inbox remembers enters nothing: its line would be gone already, and a replay
    of any age brings nothing back.
    """
    if event.time <= at - kept:
        return []
    told = {it.technician_id: it for it in RULES[type(event)](event) if _is_told(event, it, person)}
    return [_entry(event, it, technician_id) for technician_id, it in told.items() if technician_id]


def unclaimed(event: CaseChanged, alert: str, technician_ids: Iterable[str]) -> list[Entry]:
    """The lines of a case that nobody has and that is late, or about to be, for those who may take it."""
    kind = UNCLAIMED[alert]
    return [_entry(event, Told(it, kind), it) for it in technician_ids]


def _is_told(
    event: CaseChanged, told: Told, person: Callable[[str], TechnicianListed | None]
) -> bool:
    if told.technician_id is None or told.technician_id == event.actor.id:
        return False
    if event.case.spam and told.kind != MENTIONED:
        return False
    if event.case.muted and told.kind not in _TOLD_OF_MUTED:
        return False
    known = person(told.technician_id)
    # Rights are of today: who has lost them since will not be shown the case either.
    return known is not None and known.active and event.company_id in known.companies


def _entry(event: CaseChanged, told: Told, technician_id: str) -> Entry:
    cause = event.correlation_id if told.kind in _SAYS else event.id
    return Entry(
        id=derived_id("inbox", event.conversation_id, technician_id, cause),
        tenant=event.tenant,
        company_id=event.company_id,
        case_id=event.conversation_id,
        technician_id=technician_id,
        kind=told.kind,
        number=event.case.number,
        version=event.aggregate_version,
        by=event.actor.id if event.actor.kind == "technician" else None,
        note_id=told.note_id,
        # As the database keeps it: a position that is told must be the one that is stored.
        at=event.time.replace(microsecond=event.time.microsecond // 1_000 * 1_000),
    )


def merged(known: Entry | None, new: Entry) -> Entry | None:
    """What is to be kept of a line whose id may be known; None when there is no news in it."""
    if known is None:
        return new
    if known.gone or _SAYS.get(new.kind, 0) <= _SAYS.get(known.kind, 0):
        return None
    return replace(known, kind=new.kind, version=new.version)


def is_taken_back(entry: Entry, undone: int) -> bool:
    """Whether an undo leaves nothing to tell: what a note says stays said."""
    return entry.version == undone and entry.note_id is None and not entry.gone


def announced(entry: Entry, event: CaseChanged, version: int, at: datetime) -> InboxChanged:
    """The event that tells consoles of a change; its id is made from the line and what it says now."""
    return InboxChanged(
        id=derived_id(entry.id, entry.kind, str(entry.gone)),
        time=at,
        tenant=entry.tenant,
        key=entry.case_id,
        aggregate_version=version,
        actor=Actor(kind="system", via="notify"),
        correlation_id=event.correlation_id,
        causation_id=event.id,
        company_id=entry.company_id,
        conversation_id=entry.case_id,
        technician_id=entry.technician_id,
        entry_id=entry.id,
        kind="" if entry.gone else entry.kind,
    )
