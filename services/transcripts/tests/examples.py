"""The people, entries and cases that the tests of transcripts speak of."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

from chassis.ids import derived_id
from chassis.tokens import Identity
from contracts.cases import (
    CaseAssigned,
    CaseChanged,
    CaseOpened,
    CaseRequested,
    CaseState,
    CaseText,
    ProblemLine,
)
from contracts.chat import (
    ActivityNoted,
    Author,
    BotSpoke,
    ContactGiven,
    ConversationEnded,
    ConversationEntry,
    ConversationOpened,
    Device,
    MessageDeleted,
    MessageSent,
    Visitor,
)
from contracts.envelope import Actor
from contracts.portal import CompanyListed, TechnicianListed
from services.transcripts.domain import Case, Entry

AT = datetime(2026, 1, 5, 22, 30, tzinfo=UTC)
TENANT, OTHER_TENANT = derived_id("tenant"), derived_id("other tenant")
COMPANY, OTHER_COMPANY = derived_id("company"), derived_id("other company")
PORTAL = derived_id("portal")
ANN, BEN = derived_id("ann"), derived_id("ben")
CUSTOMER = derived_id("customer")
CASE, OTHER_CASE = derived_id("case"), derived_id("other case")
CLEO = Visitor(first_name="Cleo", last_name="Cox", email="cleo@example.com")

ANNS = Identity("technician", ANN, TENANT, "Ann Ash", "technician", (COMPANY,))
BENS = Identity("technician", BEN, TENANT, "Ben Bay", "technician", (COMPANY,))
CLEOS = Identity("customer", CUSTOMER, TENANT, "", conversation=CASE)


def entry(kind: str, seq: int, **fields: Any) -> Entry:
    """An entry of the record; minutes pass with its position, within a century."""
    known: dict[str, Any] = {
        "id": derived_id(CASE, kind, str(seq), str(fields)),
        "conversation_id": CASE,
        "seq": seq,
        "time": AT + timedelta(minutes=seq % 50_000_000),
        "kind": kind,
        "author": "system",
    }
    return Entry(**(known | fields))


def said(text: str, seq: int, *, by: str = "customer", **fields: Any) -> Entry:
    """A message of the customer, or of Ann."""
    if by == "technician":
        fields = {"technician_id": ANN, "name": "Ann Ash"} | fields
    return entry("message", seq, text=text, author=by, **fields)


def case(**fields: Any) -> Case:
    known: dict[str, Any] = {
        "id": CASE,
        "tenant": TENANT,
        "company_id": COMPANY,
        "version": 1,
        "number": 1001,
        "portal_address": "desk.example/p/demo",
        "created_at": AT,
        "resolved_at": None,
        "assignee_id": ANN,
        "assignee_name": "Ann Ash",
        "customer": CLEO,
        "locale": "de-AT",
    }
    return Case(**(known | fields))


# ---- what others say on the bus ------------------------------------------------------------------


def logged(kind: type[ConversationEntry], seq: int = 1, **fields: Any) -> Any:
    """An entry of the conversation log."""
    known = _OF_KIND[kind] | fields
    return kind(**_envelope(derived_id(CASE, kind.type_name(), str(seq)), seq), **known)


_OF_KIND: dict[type[ConversationEntry], dict[str, Any]] = {
    ConversationOpened: {
        "author": Author(kind="customer", id=CUSTOMER),
        "portal_id": PORTAL,
        "portal_address": "desk.example/p/demo",
        "locale": "de-AT",
        "visitor": CLEO,
        "device": Device(time_zone="Europe/Vienna"),
    },
    MessageSent: {
        "author": Author(kind="customer", id=CUSTOMER),
        "client_id": derived_id("client"),
        "text": "My lamp is dark",
    },
    MessageDeleted: {
        "author": Author(kind="technician", id=ANN),
        "message_id": derived_id(CASE, "conversation.message", "3"),
    },
    ActivityNoted: {
        "author": Author(kind="system"),
        "code": "joined",
        "technician_id": ANN,
        "case_version": 2,
    },
    ConversationEnded: {"author": Author(kind="customer", id=CUSTOMER), "by": "customer"},
    BotSpoke: {"author": Author(kind="system"), "code": "greeting", "text": ""},
    ContactGiven: {
        "author": Author(kind="customer", id=CUSTOMER),
        "client_id": derived_id("client"),
        "email": "cleo@example.org",
    },
}


def happened(kind: type[CaseChanged], version: int = 1, **fields: Any) -> Any:
    """An event of a case; fields of its state or its text are found by their names."""
    state = _STATE | {name: it for name, it in fields.items() if name in CaseState.model_fields}
    text = _TEXT | {name: it for name, it in fields.items() if name in CaseText.model_fields}
    envelope = _envelope(derived_id(CASE, kind.type_name(), str(version)), version)
    envelope |= {name: it for name, it in fields.items() if name in kind.model_fields}
    return kind(
        **(envelope | {"aggregate_version": version, "after_seq": fields.get("after_seq", 0)}),
        case=CaseState(**state),
        text=CaseText(**text),
    )


_STATE: dict[str, Any] = {
    "number": 1001,
    "case_type": "live_chat",
    "live": True,
    "state": "unassigned",
    "state_version": 1,
    "assignee_id": None,
    "portal_id": PORTAL,
    "portal_address": "desk.example/p/demo",
    "created_at": AT,
    "assigned_at": None,
    "requested_at": None,
    "ended_at": None,
    "resolved_at": None,
    "rating": None,
    "changed_by": None,
}
_TEXT: dict[str, Any] = {"customer": CLEO, "preview": "", "problem": (), "locale": "de-AT"}


def opened(**fields: Any) -> CaseOpened:
    return cast(CaseOpened, happened(CaseOpened, **fields))


def assigned(version: int = 2, *, to: str = ANN) -> CaseAssigned:
    known = {"state": "assigned", "assignee_id": to, "technician_id": to, "changed_by": to}
    return cast(CaseAssigned, happened(CaseAssigned, version, **known))


def requested(question: str, version: int = 3, **fields: Any) -> CaseRequested:
    """The customer stopped waiting and asked."""
    problem = (ProblemLine(text="My lamp", time=AT), ProblemLine(text=question, time=AT))
    known = {"reason": "customer", "case_type": "request", "problem": problem, "live": False}
    return cast(CaseRequested, happened(CaseRequested, version, **(known | fields)))


def _envelope(message_id: str, minutes: int) -> dict[str, Any]:
    return {
        "id": message_id,
        "time": AT + timedelta(minutes=minutes),
        "tenant": TENANT,
        "key": CASE,
        "aggregate_version": 0,
        "actor": Actor(kind="customer", id=CUSTOMER, via="test"),
        "correlation_id": message_id,
        "company_id": COMPANY,
        "conversation_id": CASE,
    }


class FakePeople:
    """The directory as far as transcripts asks it: Ann, Ben, and one company."""

    def __init__(self) -> None:
        self.loaded = True
        self.away: set[str] = set()
        """Who sees nothing that waits for a technician."""
        self.names = {ANN: "Ann Ash", BEN: "Ben Bay"}
        self.emails = {ANN: "ann@example.com", BEN: "ben@example.com"}

    def technician(self, technician_id: str) -> TechnicianListed | None:
        if technician_id not in self.names:
            return None
        return TechnicianListed(
            **_listed(f"technician:{technician_id}"),
            technician_id=technician_id,
            name=self.names[technician_id],
            email=self.emails.get(technician_id, ""),
            role="technician",
            companies=(COMPANY,),
            available=True,
            active=True,
            not_before=None,
        )

    def sees_incoming(self, technician_id: str) -> bool:
        return technician_id not in self.away

    def company(self, company_id: str) -> CompanyListed | None:
        if company_id != COMPANY:
            return None
        return CompanyListed(**_listed(f"company:{COMPANY}"), company_id=COMPANY, name="Demo Ltd")


def _listed(key: str) -> dict[str, Any]:
    envelope = _envelope(derived_id(key), 0)
    del envelope["company_id"], envelope["conversation_id"]
    return envelope | {"key": key, "aggregate_version": 1}


def whole_journey() -> list[Entry]:
    """One of everything, over midnight in Vienna."""
    return [
        entry("opened", 1, author="customer", text="Europe/Vienna"),
        said("My lamp is dark", 2),
        entry("bot", 3, code="greeting"),
        entry("bot", 4, code="ask_email"),
        entry("contact", 5, author="customer", text="cleo@example.com"),
        entry("bot", 6, code="email_thanks"),
        entry("activity", 7, code="joined", technician_id=ANN, name="Ann Ash"),
        said("Is it plugged in?\nPlease look.", 8, by="technician"),
        said("Yes", 60),
        entry("activity", 61, code="resolved", technician_id=ANN, name="Ann Ash"),
        entry("ended", 62, code="resolved", author="technician", technician_id=ANN, name="Ann Ash"),
        said("One more thing", 63),
        entry("activity", 64, code="reopened", technician_id=BEN, name="Ben Bay"),
    ]
