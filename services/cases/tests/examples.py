"""The people and messages that the tests of cases speak of."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Literal

from chassis.ids import derived_id
from chassis.tokens import Identity, Ticket
from chassis.tokens import Visitor as TicketVisitor
from contracts.cases import ProblemLine
from contracts.chat import (
    Author,
    BotSpoke,
    ContactGiven,
    ConversationEnded,
    ConversationOpened,
    Device,
    MessageDeleted,
    MessageSent,
    Visitor,
)
from contracts.envelope import Actor
from contracts.portal import CompanyListed, PortalListed, TechnicianListed
from services.cases import domain
from services.cases.domain import Case

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
TENANT, OTHER_TENANT = derived_id("tenant"), derived_id("other tenant")
COMPANY, OTHER_COMPANY = derived_id("company"), derived_id("other company")
PORTAL = derived_id("portal")
ANN, BEN = derived_id("ann"), derived_id("ben")
CASE = derived_id("case")
EMAIL = "cleo@example.com"
SECRET = "s" * 43
Ender = Literal["customer", "technician", "resolved", "request", "gone"]


def technician(
    technician_id: str,
    name: str,
    *,
    companies: tuple[str, ...] = (COMPANY,),
    active: bool = True,
    available: bool = True,
) -> TechnicianListed:
    return TechnicianListed(
        **_listed("technician", technician_id),
        technician_id=technician_id,
        name=name,
        role="technician",
        companies=companies,
        available=available,
        active=active,
        not_before=None,
    )


def portal(*, survey: bool = True) -> PortalListed:
    return PortalListed(
        **_listed("portal", PORTAL),
        portal_id=PORTAL,
        company_id=COMPANY,
        subdomain="demo",
        address="demo.desk.example",
        state="active",
        email="optional",
        greeting="",
        survey=survey,
        offer_after=120,
        grace=60,
    )


def company() -> CompanyListed:
    return CompanyListed(**_listed("company", COMPANY), company_id=COMPANY, name="Demo Ltd")


def _listed(kind: str, record_id: str) -> dict[str, object]:
    return {
        "id": derived_id(record_id, "listed"),
        "time": AT,
        "tenant": TENANT,
        "key": f"{kind}:{record_id}",
        "aggregate_version": 1,
        "actor": Actor(kind="system", via="portal"),
        "correlation_id": derived_id(record_id, "listed"),
    }


class FakePeople:
    """The directory as far as cases asks it."""

    def __init__(self, *people: TechnicianListed) -> None:
        self.loaded = True
        self.hides_incoming = True
        self.people = {person.technician_id: person for person in people}
        self.known_portals = {PORTAL: portal()}

    def technician(self, technician_id: str) -> TechnicianListed | None:
        return self.people.get(technician_id)

    def sees_incoming(self, technician_id: str) -> bool:
        found = self.people.get(technician_id)
        return found is not None and (found.available or not self.hides_incoming)

    def technicians_with_access(self, tenant: str, company_id: str) -> list[TechnicianListed]:
        of_account = [p for p in self.people.values() if p.tenant == tenant and p.active]
        return [p for p in of_account if company_id in p.companies]

    def technicians(self, tenant: str) -> list[TechnicianListed]:
        return [p for p in self.people.values() if p.tenant == tenant and p.active]

    def staff(self) -> list[TechnicianListed]:
        return [p for p in self.people.values() if p.active]

    def portals(self, tenant: str) -> list[PortalListed]:
        return [p for p in self.known_portals.values() if p.tenant == tenant]

    def portal(self, portal_id: str) -> PortalListed | None:
        return self.known_portals.get(portal_id)

    def company(self, company_id: str) -> CompanyListed | None:
        return company() if company_id == COMPANY else None


@dataclass(frozen=True)
class Entrance:
    """A customer admitted by portal: who they are, and what they hold."""

    customer: Identity
    ticket: Ticket


def admitted(case_id: str = CASE, *, kind: Literal["live", "request"] = "request") -> Entrance:
    customer = Identity(
        "customer", derived_id("customer", case_id), TENANT, "", conversation=case_id
    )
    ticket = Ticket(
        id=derived_id("ticket", case_id),
        kind=kind,
        conversation_id=case_id,
        tenant=TENANT,
        company_id=COMPANY,
        portal_id=PORTAL,
        portal_address="demo.desk.example",
        visitor=TicketVisitor(first_name="Cleo", last_name="Cox", email=EMAIL),
        locale="de",
        secret_hash=sha256(SECRET.encode()).hexdigest(),
    )
    return Entrance(customer, ticket)


def opened(
    case_id: str = CASE,
    *,
    at: datetime = AT,
    tenant: str = TENANT,
    company: str = COMPANY,
    email: str = EMAIL,
) -> ConversationOpened:
    return ConversationOpened(
        **_envelope(derived_id(case_id, "opened"), case_id, at, "customer"),
        tenant=tenant,
        company_id=company,
        author=Author(kind="customer", id=derived_id("customer", case_id)),
        portal_id=PORTAL,
        portal_address="demo.desk.example",
        locale="en",
        visitor=Visitor(first_name="Cleo", last_name="Cox", email=email),
        device=Device(),
    )


def message(
    text: str,
    *,
    by: str = "customer",
    case_id: str = CASE,
    at: datetime = AT,
    name: str | None = None,
) -> MessageSent:
    return MessageSent(
        **_envelope(derived_id(case_id, by, name or text), case_id, at, by),
        tenant=TENANT,
        company_id=COMPANY,
        author=Author(kind=by, id=ANN if by == "technician" else derived_id("customer", case_id)),
        client_id=derived_id(text, "client"),
        text=text,
    )


def deleted(message: MessageSent) -> MessageDeleted:
    return MessageDeleted(
        **_envelope(derived_id(message.id, "deleted"), message.key, AT, "technician"),
        tenant=TENANT,
        company_id=COMPANY,
        author=Author(kind="technician", id=ANN),
        message_id=message.id,
    )


def bot(
    code: Literal["greeting", "ask_email", "ask_email_why", "email_thanks"],
    *,
    case_id: str = CASE,
    at: datetime = AT,
) -> BotSpoke:
    return BotSpoke(
        **_envelope(derived_id(case_id, code), case_id, at, "system"),
        tenant=TENANT,
        company_id=COMPANY,
        author=Author(kind="system"),
        code=code,
        text="",
    )


def contact(email: str, *, case_id: str = CASE, at: datetime = AT) -> ContactGiven:
    return ContactGiven(
        **_envelope(derived_id(case_id, email), case_id, at, "customer"),
        tenant=TENANT,
        company_id=COMPANY,
        author=Author(kind="customer", id=derived_id("customer", case_id)),
        client_id=derived_id(email, "client"),
        email=email,
    )


def ended(case_id: str = CASE, *, at: datetime = AT, by: Ender = "customer") -> ConversationEnded:
    return ConversationEnded(
        **_envelope(derived_id(case_id, "ended", str(at)), case_id, at, "customer"),
        tenant=TENANT,
        company_id=COMPANY,
        author=Author(kind="customer", id=derived_id("customer", case_id)),
        by=by,
    )


def fresh() -> Case:
    """A live chat that waits."""
    return domain.open_case(opened(), 1001).case


def nameless() -> Case:
    """A chat whose customer's address nobody knows yet."""
    return domain.open_case(opened(email=""), 1001).case


def line(text: str) -> ProblemLine:
    return ProblemLine(text=text, time=AT)


def _envelope(message_id: str, case_id: str, at: datetime, by: str) -> dict[str, object]:
    return {
        "id": message_id,
        "time": at,
        "key": case_id,
        "conversation_id": case_id,
        "aggregate_version": 0,
        "actor": Actor(kind=by, via="socket"),
        "correlation_id": message_id,
    }
