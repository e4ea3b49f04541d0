"""Who is told of what, and why: of customers who wait, and by mail of requests that arrived. Pure rules."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal, Protocol, get_args

from pydantic import TypeAdapter, ValidationError

from chassis.ids import derived_id
from chassis.text import EmailAddress
from contracts.cases import CaseChanged, CaseReopened, CaseRestored, CaseTransferred, CaseWoken
from contracts.envelope import Actor
from contracts.notify import (
    AlertRaised,
    MailContent,
    MailKind,
    Routed,
    SendMail,
)
from contracts.portal import TechnicianListed
from contracts.relations import CaseUnmerged
from services.notify.alerting import About, filled

AlertKind = Literal["waiting", "waiting_again", "escalated", "sla_warned", "sla_breached"]
Reason = Literal["available", "not_available", "not_active", "no_access"]
StaffKind = Literal["escalation", "service_level"]
"""To technicians: because nobody came, or because a promise is about to be broken, or was."""
STAFF_KINDS: Final = frozenset(get_args(StaffKind))
LedgerKind = MailKind | StaffKind | Literal["follow_up"]
"""From the desk to customers or to technicians, or from a technician to a customer."""
MailState = Literal["requested", "sending", "waiting", "accepted", "failed", "unknown"]

# ---- alerts --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that nobody has taken. `told` is how often technicians were told of it: not yet, while the desk
    decides by itself who gets it.

    Of a request they are told once; a live chat, in which somebody sits and waits, rings again.
    While it is `muted` (or spam) it goes on without being told (S52).
    `reopened` is the `state_version` of its coming back that it began with, 0 for a case's first wait.
    """

    case_id: str
    tenant: str
    company_id: str
    number: int
    correlation_id: str
    causation_id: str
    live: bool = True
    told: int = 0
    muted: bool = False
    reopened: int = 0

    @property
    def about(self) -> About:
        """What its alerts are about."""
        return About(
            self.case_id,
            self.tenant,
            self.company_id,
            self.number,
            self.correlation_id,
            self.causation_id,
        )

    @property
    def alert_id(self) -> str:
        """The id of its next alert: whoever decides on it again finds that it was decided."""
        wait = ("reopened", str(self.reopened)) if self.reopened else ("waiting",)
        return derived_id(self.case_id, *wait, str(self.told + 1))


_COMES_BACK: Final = (CaseReopened, CaseRestored, CaseTransferred, CaseUnmerged, CaseWoken)
"""A case of a technician waits for one again: each time is a wait of its own."""


def begin(event: CaseChanged) -> Waiting | None:
    """The wait that begins with an event of a case, if anybody waits there at this moment; not of a muted one."""
    case, back = event.case, isinstance(event, _COMES_BACK)
    if case.state != "unassigned" or is_quiet(event):
        return None
    if not (case.live or case.case_type != "live_chat" or back):
        return None
    return Waiting(
        case_id=event.conversation_id,
        tenant=event.tenant,
        company_id=event.company_id,
        number=case.number,
        correlation_id=event.correlation_id,
        causation_id=event.id,
        live=case.live,
        reopened=case.state_version if back else 0,
    )


def is_quiet(event: CaseChanged) -> bool:
    """Whether the case alerts nobody at present."""
    return event.case.muted or event.case.spam


def decide(
    waiting: Waiting, technicians: Iterable[TechnicianListed], at: datetime, version: int
) -> AlertRaised:
    """The alert, with everybody who was considered; it may be that nobody is told."""
    considered = [_consider(waiting, person) for person in technicians]
    fields = filled(waiting.about, waiting.alert_id, at, version, considered)
    return AlertRaised(alert="waiting_again" if waiting.told else "waiting", **fields)


@dataclass(frozen=True, slots=True)
class Decision:
    """A line of the ledger of alerts: everybody who was considered for one, and why they were told or not."""

    id: str
    tenant: str
    company_id: str
    case_id: str
    alert: AlertKind
    decided_at: datetime
    considered: tuple[Routed, ...]
    promise: str = ""
    """Of the service level; empty where it is about none."""
    because: str = ""
    """Why nobody was considered; empty where somebody was."""


def _consider(waiting: Waiting, person: TechnicianListed) -> Routed:
    reason = reason_of(waiting, person)
    return Routed(technician_id=person.technician_id, told=reason == "available", reason=reason)


def reason_of(waiting: Waiting, person: TechnicianListed) -> Reason:
    """The first thing in the way, from what lasts longest to what changes by the minute."""
    return reason_in(waiting.company_id, person)


def reason_in(company_id: str, person: TechnicianListed) -> Reason:
    """The same for any case of a company."""
    if not person.active:
        return "not_active"
    if company_id not in person.companies:
        return "no_access"
    return "available" if person.available else "not_available"


# ---- mails ---------------------------------------------------------------------------------------

CLAIM: Final = timedelta(seconds=15)
"""How long a mail stays with the process that sends it, unless that one says that it is still at it."""

NO_ADDRESS: Final = "no_address"
"""Why a mail failed that was due while nobody knew where to: it is sent after all once somebody does."""

_ADDRESS: Final = TypeAdapter[str](EmailAddress)


@dataclass(frozen=True, slots=True)
class Mail:
    """A line of the delivery ledger.

    `attempts` numbers the tries, so that a process which lost its claim finds out. `handed` is noted
    before the first byte of the content leaves: whoever finds a try that was broken off knows by it
    whether the server may have the mail. `due` is when somebody has to look at it again, if ever.
    """

    id: str
    tenant: str
    company_id: str
    case_id: str
    kind: LedgerKind
    recipient: str
    correlation_id: str
    causation_id: str
    requested_at: datetime
    changed_at: datetime
    state: MailState
    due: datetime | None
    attempts: int = 0
    reason: str = ""
    handed: bool = False
    asked_kind: Literal["customer", "technician"] | None = None
    """Whether one of the staff or the customer asked for it; absent where the desk writes of its own accord."""
    asked_id: str | None = None
    """Which technician, or program, that was."""


class Wanted(Protocol):
    """A mail that somebody wants to be sent: a command of another service, or one of our own letters."""

    @property
    def id(self) -> str: ...
    @property
    def mail_id(self) -> str: ...
    @property
    def tenant(self) -> str: ...
    @property
    def company_id(self) -> str: ...
    @property
    def conversation_id(self) -> str: ...
    @property
    def kind(self) -> LedgerKind: ...
    @property
    def recipient(self) -> str: ...
    @property
    def correlation_id(self) -> str: ...
    @property
    def content(self) -> MailContent: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one try. `reason` is the server's three-digit answer or a short code of ours."""

    state: Literal["accepted", "waiting", "failed", "unknown"]
    reason: str


@dataclass(frozen=True, slots=True)
class Persistence:
    """How long a mail is tried: the waits double from `first` to `longest`, until `give_up` has passed."""

    first: timedelta
    longest: timedelta
    give_up: timedelta

    def wait(self, attempts: int) -> timedelta:
        """The wait behind so many tries."""
        # Beyond any longest wait already, and 2**attempts would grow without end.
        doubled: timedelta = self.first * 2 ** min(attempts - 1, 20)
        return min(doubled, self.longest)


def acknowledgement(event: CaseChanged, content: MailContent) -> SendMail:
    """The mail that tells a customer that their request has arrived: one for each case, for ever."""
    mail_id = acknowledgement_id(event.conversation_id)
    return _to_customer(event, "acknowledgement", mail_id, content)


def acknowledgement_id(case_id: str) -> str:
    """The id of the one acknowledgement that a case can have."""
    return derived_id(case_id, "acknowledgement")


def is_acknowledged(event: CaseChanged) -> bool:
    """Whether a case in this state gets an acknowledgement; a live chat is not one to be answered by mail."""
    return event.case.case_type == "request"


def survey(event: CaseChanged, content: MailContent) -> SendMail:
    """The mail that asks a customer how it was: one for each resolution, for ever."""
    mail_id = survey_id(event.conversation_id, event.case.resolved_at)
    return _to_customer(event, "survey", mail_id, content)


def survey_id(case_id: str, resolved_at: datetime | None) -> str:
    """The id of the one survey that a resolution can have.

    A resolution is named by its moment: where its reopening is taken back it is the same one still.
    """
    return derived_id(case_id, "survey", str(resolved_at))


def is_to_be_asked(event: CaseChanged, *, offered: bool) -> bool:
    """Whether a case in this state wants its customer's word; `offered` says whether its portal has a survey."""
    return offered and event.case.state == "resolved" and event.case.rating is None


def _to_customer(
    event: CaseChanged, kind: MailKind, mail_id: str, content: MailContent
) -> SendMail:
    return SendMail(
        id=event.id,
        time=event.time,
        tenant=event.tenant,
        key=event.key,
        aggregate_version=event.aggregate_version,
        actor=Actor(kind="system", via="notify"),
        correlation_id=event.correlation_id,
        causation_id=event.causation_id,
        company_id=event.company_id,
        conversation_id=event.conversation_id,
        mail_id=mail_id,
        kind=kind,
        recipient=event.text.customer.email,
        content=content,
    )


def requested(command: "Wanted", at: datetime, by: Actor | None = None) -> Mail:
    """The line with which a mail enters the ledger; one to no address has failed with it.

    `by` is who asked for it, if anybody did.
    """
    address = _address(command.recipient)
    kind = by.kind if by and by.kind != "system" else None
    return Mail(
        id=command.mail_id,
        tenant=command.tenant,
        company_id=command.company_id,
        case_id=command.conversation_id,
        kind=command.kind,
        recipient=address or command.recipient,
        correlation_id=command.correlation_id,
        causation_id=command.id,
        requested_at=at,
        changed_at=at,
        state="requested" if address else "failed",
        due=at if address else None,
        reason="" if address else _fault(command.recipient),
        asked_kind=kind,
        asked_id=by.id if by and kind == "technician" else None,
    )


def replaces(mail: Mail, known: Mail) -> bool:
    """Whether a mail is entered although the ledger has its id: for want of an address, it was never one."""
    return known.reason == NO_ADDRESS and mail.state == "requested"


def _fault(recipient: str) -> str:
    return "invalid_address" if recipient else NO_ADDRESS


def _address(text: str) -> str | None:
    try:
        return _ADDRESS.validate_python(text)
    except ValidationError:
        return None


def claimed(mail: Mail, at: datetime, persistence: Persistence) -> Mail | None:
    """The mail in the hands of whoever asks, if it is due: `sending`.

    One whose try was broken off is `unknown` if its content may have left, and `failed` if its time is over.
    """
    if mail.due is None or mail.due > at:
        return None
    if mail.state == "sending" and (mail.handed or at > mail.requested_at + persistence.give_up):
        state: MailState = "unknown" if mail.handed else "failed"
        return replace(mail, state=state, reason="interrupted", due=None, changed_at=at)
    return replace(
        mail,
        state="sending",
        attempts=mail.attempts + 1,
        reason="interrupted" if mail.state == "sending" else "",
        due=at + CLAIM,
        handed=False,
        changed_at=at,
    )


def handed_over(mail: Mail, attempt: int) -> Mail | None:
    """The mail with the note that its content is about to leave; None for a try that lost its claim."""
    if mail.state != "sending" or mail.attempts != attempt:
        return None
    return replace(mail, handed=True)


def settled(
    mail: Mail, attempt: int, outcome: Outcome, at: datetime, persistence: Persistence
) -> Mail | None:
    """The mail after a try; None when there is nothing to say any more.

    A try that was given up for broken may still learn what the server said: that is the truth then.
    """
    if mail.attempts != attempt or mail.state not in {"sending", "unknown"}:
        return None
    state, due = outcome.state, None
    if state == "waiting":
        due = at + persistence.wait(attempt)
        if due > mail.requested_at + persistence.give_up:
            state, due = "failed", None
    if state == mail.state:
        return None
    return replace(mail, state=state, reason=outcome.reason, due=due, changed_at=at)
