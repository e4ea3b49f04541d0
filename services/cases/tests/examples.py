"""The people and messages that the tests of cases speak of."""

from datetime import UTC, datetime

from chassis.ids import derived_id
from contracts.chat import (
    Author,
    ConversationEnded,
    ConversationOpened,
    Device,
    MessageSent,
    Visitor,
)
from contracts.envelope import Actor
from contracts.portal import TechnicianListed

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
TENANT, OTHER_TENANT = derived_id("tenant"), derived_id("other tenant")
COMPANY, OTHER_COMPANY = derived_id("company"), derived_id("other company")
PORTAL = derived_id("portal")
ANN, BEN = derived_id("ann"), derived_id("ben")
CASE = derived_id("case")


def technician(
    technician_id: str, name: str, *, companies: tuple[str, ...] = (COMPANY,), active: bool = True
) -> TechnicianListed:
    return TechnicianListed(
        id=derived_id(technician_id, "listed"),
        time=AT,
        tenant=TENANT,
        key=f"technician:{technician_id}",
        aggregate_version=1,
        actor=Actor(kind="system", via="portal"),
        correlation_id=derived_id(technician_id, "listed"),
        technician_id=technician_id,
        name=name,
        role="technician",
        companies=companies,
        available=True,
        active=active,
        not_before=None,
    )


class FakePeople:
    """The directory as far as cases asks it."""

    def __init__(self, *people: TechnicianListed) -> None:
        self.loaded = True
        self.people = {person.technician_id: person for person in people}

    def technician(self, technician_id: str) -> TechnicianListed | None:
        return self.people.get(technician_id)

    def technicians_with_access(self, tenant: str, company_id: str) -> list[TechnicianListed]:
        of_account = [p for p in self.people.values() if p.tenant == tenant and p.active]
        return [p for p in of_account if company_id in p.companies]


def opened(
    case_id: str = CASE, *, at: datetime = AT, tenant: str = TENANT, company: str = COMPANY
) -> ConversationOpened:
    return ConversationOpened(
        **_envelope(derived_id(case_id, "opened"), case_id, at, "customer"),
        tenant=tenant,
        company_id=company,
        author=Author(kind="customer", id=derived_id("customer", case_id)),
        portal_id=PORTAL,
        portal_address="demo.desk.example",
        locale="en",
        visitor=Visitor(first_name="Cleo", last_name="Cox", email="cleo@example.com"),
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


def ended(case_id: str = CASE, *, at: datetime = AT) -> ConversationEnded:
    return ConversationEnded(
        **_envelope(derived_id(case_id, "ended", str(at)), case_id, at, "customer"),
        tenant=TENANT,
        company_id=COMPANY,
        author=Author(kind="customer", id=derived_id("customer", case_id)),
        by="customer",
    )


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
