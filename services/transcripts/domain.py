"""What a transcript holds, who may read it, and to whom it may be mailed: pure rules.

The record keeps every entry at its first position in the conversation. Order, lateness and what is
a repetition are decided by positions, never by time or by the order of arrival.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from chassis.errors import DeskbusError, Invalid
from chassis.tokens import Identity
from contracts.chat import Visitor

Kind = Literal[
    "opened", "message", "activity", "ended", "bot", "contact", "request", "deleted",
    "mailed", "mailed_by_other", "followed_up", "undelivered",
]  # fmt: skip
Addressee = Literal["customer", "assignee", "address"]
Side = Literal["page", "customer", "staff"]
"""For whom a transcript is made: whoever has the customer's page open, the outside, or the desk's own people."""

MAILS: Final[frozenset[Kind]] = frozenset({"mailed", "mailed_by_other", "followed_up"})
WRITTEN: Final[frozenset[Kind]] = MAILS | {"message", "request"}
"""What people wrote themselves; without any of it there is nothing to hand out."""
_OUTSIDE: Final[frozenset[Kind]] = MAILS | {"request", "undelivered"}
"""What the conversation has no entry of: it stands behind the one whose position it names."""
_ABOUT_OTHERS: Final[frozenset[Kind]] = frozenset({"deleted", "undelivered"})
"""What is said with the entry that its code names, and not by itself."""
# Named one by one: a kind of entry that is added later is hidden from customers until somebody decides.
_PAGE_KINDS: Final[frozenset[Kind]] = frozenset(
    {"opened", "message", "ended", "bot", "contact", "request", "deleted"}
)
_KINDS_FOR: Final[dict[Side, frozenset[Kind]]] = {
    "page": _PAGE_KINDS,
    "customer": _PAGE_KINDS | {"mailed", "followed_up", "undelivered"},
}
_CUSTOMERS_ACTIVITIES: Final = frozenset({"joined", "taken", "transferred", "queued", "resolved"})


class ConversationUnknown(DeskbusError):
    """There is no such conversation, or it is not the caller's to see."""

    code = "conversation_unknown"
    status = 404
    text = "This conversation is not available."


class TranscriptEmpty(DeskbusError):
    """Nobody has written anything."""

    code = "transcript_empty"
    status = 409
    text = "Nothing was written here yet, so there is no transcript."


class EmailUnknown(DeskbusError):
    """No email address is known for whom it shall be mailed to."""

    code = "email_unknown"
    status = 409
    text = "No email address is known for this. Please name one."


class CaseNotAssigned(DeskbusError):
    """Nobody has the case, so it cannot be mailed to whoever has it."""

    code = "case_not_assigned"
    status = 409
    text = "Nobody is assigned to this case."


class TooManyTranscripts(DeskbusError):
    """The transcripts of a case that may be mailed within an hour were mailed."""

    code = "too_many_transcripts"
    status = 429
    text = "The transcript was mailed several times already. Please try again in an hour."


@dataclass(frozen=True, slots=True)
class Case:
    """The case as its last event told it, with the assignee's name of that time."""

    id: str
    tenant: str
    company_id: str
    version: int
    number: int
    portal_address: str
    created_at: datetime
    resolved_at: datetime | None
    assignee_id: str | None
    assignee_name: str
    customer: Visitor
    locale: str
    """The customer's language, as a tag such as `de-AT`."""
    contact_verified: bool = False
    """Whether somebody made sure that the customer is who their address says."""

    @property
    def waits(self) -> bool:
        """Whether it waits for a technician: no other case is without one."""
        return self.assignee_id is None

    @property
    def customer_name(self) -> str:
        """How the customer introduced themselves."""
        return f"{self.customer.first_name} {self.customer.last_name}".strip()


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over a mail, each in one line: of one that came in its sender, of one that was written its recipient."""

    subject: str
    name: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `name` is the technician's whom it names, as they were called then."""

    id: str
    conversation_id: str
    seq: int
    time: datetime
    kind: Kind
    author: Literal["customer", "technician", "system"]
    technician_id: str | None = None
    name: str = ""
    code: str = ""
    """Which activity or automatic message, who ended the conversation, which message was deleted or never arrived;
    of a request that it was noted from a `call`."""
    text: str = ""
    """What was written: a message, a question, an address; of `opened`, the customer's time zone."""
    head: Head | None = None
    """Of a mail."""
    version: int = 0
    """That of the case with which it came, for what is no entry of the conversation or tells of the case there."""


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in its place. A message behind the end is late: shown and flagged, never dropped.

    Of a deleted message it is told who deleted it, and its entry has no text; of a mail, whether it never arrived.
    """

    entry: Entry
    late: bool = False
    deletion: Entry | None = None
    undelivered: bool = False


@dataclass(frozen=True, slots=True)
class Transcript:
    """A conversation as somebody may read it."""

    case: Case
    lines: tuple[Line, ...]

    @property
    def began(self) -> datetime:
        """When the conversation was opened, or the request made."""
        return next((it.entry.time for it in self._of("opened")), self.case.created_at)

    @property
    def ended(self) -> datetime | None:
        """When the live conversation ended."""
        return next((it.entry.time for it in self._of("ended")), None)

    @property
    def time_zone(self) -> str:
        """The zone that the customer's browser named; empty when it named none."""
        return next((it.entry.text for it in self._of("opened")), "")

    @property
    def technicians(self) -> tuple[str, ...]:
        """The names of those who took part, in the order in which they came."""
        took_part = (it.entry for it in self.lines if _takes_part(it.entry))
        return tuple(dict.fromkeys(entry.name for entry in took_part if entry.name))

    @property
    def written(self) -> int:
        """How many messages and questions there are."""
        return sum(it.entry.kind in WRITTEN for it in self.lines)

    def _of(self, kind: Kind) -> Iterator[Line]:
        return (it for it in self.lines if it.entry.kind == kind)


def _takes_part(entry: Entry) -> bool:
    arrives = entry.kind == "activity" and entry.code in {"joined", "taken"}
    return arrives or entry.kind in {"message", "followed_up"}


# ---- the transcript ------------------------------------------------------------------------------


def transcript(case: Case, entries: Iterable[Entry], side: Side) -> Transcript:
    """The transcript as this side may read it; raises `TranscriptEmpty`."""
    in_order = list(_without_repetitions(_placed(entries)))
    end = next((entry.seq for entry in in_order if entry.kind == "ended"), None)
    deletions = _deletions(in_order)
    undelivered = {entry.code for entry in in_order if entry.kind == "undelivered"}
    lines = tuple(
        replace(
            _line(entry, end, deletions.get(entry.id)),
            undelivered=entry.kind == "followed_up" and entry.id in undelivered,
        )
        for entry in in_order
        if entry.kind not in _ABOUT_OTHERS and may_see(entry, side)
    )
    if not any(line.entry.kind in WRITTEN for line in lines):
        raise TranscriptEmpty
    return Transcript(case, lines)


def _deletions(in_order: Iterable[Entry]) -> dict[str, Entry]:
    """The first deletion of each message that stands before it."""
    found: dict[str, Entry] = {}
    before: set[str] = set()
    for entry in in_order:
        if entry.kind == "deleted" and entry.code in before:
            found.setdefault(entry.code, entry)
        before.add(entry.id)
    return found


def _line(entry: Entry, end: int | None, deletion: Entry | None) -> Line:
    if entry.kind != "message":
        return Line(entry)
    kept = replace(entry, text="") if deletion else entry
    return Line(kept, late=end is not None and entry.seq > end, deletion=deletion)


def may_see(entry: Entry, side: Side) -> bool:
    """Whether an entry may leave the desk: never a private note, nor what only colleagues need to know."""
    if side == "staff":
        return True
    if entry.kind == "activity":
        return entry.code in _CUSTOMERS_ACTIVITIES
    return entry.kind in _KINDS_FOR[side]


def _placed(entries: Iterable[Entry]) -> list[Entry]:
    """In order: what came beside the conversation stands behind the entry whose position it names.

    It stands behind what the conversation tells of earlier changes of the case, too, which comes there
    a moment after them.
    """
    known = list(entries)
    told = [it for it in known if it.version and it.kind not in _OUTSIDE]

    def place(entry: Entry) -> tuple[int, bool, int]:
        if entry.kind not in _OUTSIDE:
            return entry.seq, False, 0
        earlier = (it.seq for it in told if it.version < entry.version)
        return max(entry.seq, max(earlier, default=0)), True, entry.version

    return sorted(known, key=place)


def _without_repetitions(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The first opening and the first end count; later ones say nothing new."""
    seen: set[Kind] = set()
    for entry in entries:
        if entry.kind in seen:
            continue
        if entry.kind in {"opened", "ended"}:
            seen.add(entry.kind)
        yield entry


# ---- who may ask for what ------------------------------------------------------------------------


def may_read(identity: Identity, case: Case, *, sees_incoming: bool) -> bool:
    """Customers read their own conversation; technicians those of the companies they have access to.

    `sees_incoming` says of a technician whether they see cases that wait for one (S57).
    """
    if identity.tenant != case.tenant:
        return False
    if identity.kind == "customer":
        return identity.conversation == case.id
    return case.company_id in identity.companies and (sees_incoming or not case.waits)


def side_of(identity: Identity, case: Case) -> Side:
    """What somebody reads who downloads.

    Mails are for whoever has the mailbox, and anybody can type its address into a page: there they are
    left out until somebody has made sure who the customer is.
    """
    if identity.kind == "technician":
        return "staff"
    return "customer" if case.contact_verified else "page"


def side_for(to: Addressee) -> Side:
    """What is mailed: another address is the outside, whoever asks for it."""
    return "staff" if to == "assignee" else "customer"


def check_addressee(identity: Identity, to: Addressee, address: str | None) -> None:
    """Customers may mail to themselves only; a named address needs naming. Raises `Invalid`."""
    if identity.kind == "customer" and to != "customer":
        raise Invalid([{"field": "to", "code": "invalid", "params": {}}])
    if to == "address" and not address:
        raise Invalid([{"field": "address", "code": "required", "params": {}}])
