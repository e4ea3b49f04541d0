"""The people and events that the tests of notify speak of."""

from datetime import UTC, datetime
from typing import Any, TypeVar

from chassis.ids import derived_id, new_id
from chassis.tokens import Identity
from contracts.cases import (
    CaseAssigned,
    CaseChanged,
    CaseChatEnded,
    CaseContactChanged,
    CaseEdited,
    CaseNoted,
    CaseOpened,
    CaseReady,
    CaseReopened,
    CaseRequested,
    CaseResolved,
    CaseRestored,
    CaseState,
    CaseText,
    CaseTransferred,
    CaseWoken,
    ProblemLine,
    SurveyAnswered,
)
from contracts.chat import Visitor
from contracts.envelope import Actor, Message
from contracts.notify import MailContent, SendMail
from contracts.portal import CompanyListed, PortalListed, TechnicianListed
from contracts.sla import CaseSlaBreached, CaseSlaWarned
from tests.support.neighbours import Neighbours

C = TypeVar("C", bound=CaseChanged)
AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
TENANT, COMPANY, OTHER_COMPANY = derived_id("tenant"), derived_id("company"), derived_id("other")
ANN, BEN, CAT, DAN = (derived_id(name) for name in ("ann", "ben", "cat", "dan"))
CASE = derived_id("case")
ANNS = Identity("technician", ANN, TENANT, "Ann", companies=(COMPANY,))


def technician(technician_id: str, **different: Any) -> TechnicianListed:
    usual: dict[str, Any] = {
        "role": "technician",
        "companies": (COMPANY,),
        "available": True,
        "active": True,
        "not_before": None,
        "name": "Somebody",
        "tenant": TENANT,
    }
    return TechnicianListed(
        **_envelope(f"technician:{technician_id}", 1),
        technician_id=technician_id,
        **(usual | different),
    )


def opened(**different: Any) -> CaseOpened:
    return CaseOpened(**_case_fields(1, **different))


def request(**different: Any) -> CaseOpened:
    """A customer has sent a support request."""
    usual: dict[str, Any] = {"case_type": "request", "live": False, "requested_at": AT}
    return CaseOpened(**_case_fields(1, **(usual | different)))


def requested(version: int = 2, **different: Any) -> CaseRequested:
    """A customer has stopped waiting."""
    usual: dict[str, Any] = {"case_type": "request", "live": False, "requested_at": AT}
    return CaseRequested(**_case_fields(version, **(usual | different)), reason="customer")


def ready(version: int = 2, **different: Any) -> CaseReady:
    """The bot is done with asking."""
    return CaseReady(**_case_fields(version, **different))


def reopened(version: int, **different: Any) -> CaseReopened:
    """The customer of a resolved case, whose chat is over, has written again."""
    usual: dict[str, Any] = {"live": False, "ended_at": AT}
    return CaseReopened(**_case_fields(version, **(usual | different)), technician_id=None)


def contact_changed(version: int = 3, **different: Any) -> CaseContactChanged:
    """The customer of a request has become known."""
    usual: dict[str, Any] = {"case_type": "request", "live": False, "requested_at": AT}
    return CaseContactChanged(**_case_fields(version, **(usual | different)))


_RESOLVED: dict[str, Any] = {
    "live": False,
    "state": "resolved",
    "assignee_id": ANN,
    "resolved_at": AT,
    "changed_by": ANN,
}


def resolved(version: int = 3, **different: Any) -> CaseResolved:
    """A technician has resolved the case."""
    return CaseResolved(**_case_fields(version, **(_RESOLVED | different)), technician_id=ANN)


def taken_back(version: int = 4) -> CaseReopened:
    """A technician has opened the resolved case again."""
    taken: dict[str, Any] = {"live": False, "state": "assigned", "assignee_id": ANN}
    return CaseReopened(**_case_fields(version, **taken), technician_id=ANN)


def rated(version: int = 4, resolution: int = 3) -> SurveyAnswered:
    """The customer has said how it was."""
    said = _RESOLVED | {"rating": 5, "state_version": resolution}
    return SurveyAnswered(**_case_fields(version, **said))


def noted(*mentions: str, version: int = 3, by: str = BEN, **different: Any) -> CaseNoted:
    """A technician has written a note that calls some."""
    told = {"note_id": new_id(), "technician_id": by, "mentions": mentions, "note": "Look, please."}
    return _by(CaseNoted(**_case_fields(version, **different), **told), by)


def given(to: str, *, version: int = 3, by: str | None = BEN, **different: Any) -> CaseAssigned:
    """Somebody, or the desk itself, has given the case to a technician."""
    taken: dict[str, Any] = {"state": "assigned", "assignee_id": to}
    return _by(CaseAssigned(**_case_fields(version, **(taken | different)), technician_id=to), by)


def handed_on(
    to: str | None, *, version: int = 4, by: str = BEN, **different: Any
) -> CaseTransferred:
    """A technician has transferred the case; back to the queue where it is to None."""
    taken: dict[str, Any] = {"state": "assigned", "assignee_id": to}
    fields = _case_fields(version, **(taken | different))
    return _by(CaseTransferred(**fields, technician_id=to, from_id=by), by)


def woken(of: str | None, *, by: str | None = None, version: int = 5) -> CaseWoken:
    """A snoozed case is open again."""
    state = "assigned" if of else "unassigned"
    fields = _case_fields(version, state=state, assignee_id=of)
    return _by(CaseWoken(**fields, reason="technician" if by else "due", technician_id=by), by)


def due_soon(of: str | None, *, version: int = 6) -> CaseSlaWarned:
    """A promise falls due soon."""
    fields = _case_fields(version, state="assigned" if of else "unassigned", assignee_id=of)
    return CaseSlaWarned(**fields, kind="next_response", due_at=AT)


def overdue(of: str | None, *, version: int = 7) -> CaseSlaBreached:
    """A promise was not kept."""
    fields = _case_fields(version, state="assigned" if of else "unassigned", assignee_id=of)
    return CaseSlaBreached(**fields, kind="next_response", due_at=AT)


def edited(version: int = 2, **different: Any) -> CaseEdited:
    """A technician has changed a mark of the case that waits."""
    fields = _case_fields(version, **different)
    return CaseEdited(**fields, technician_id=BEN, fields=tuple(different))


def undone(version: int, *, by: str = BEN, **different: Any) -> CaseRestored:
    """A technician has taken back what made this version."""
    fields = _case_fields(version + 1, **different)
    return _by(
        CaseRestored(**fields, technician_id=by, undone=version, fields=tuple(different)), by
    )


def _by(event: C, technician_id: str | None) -> C:
    if technician_id is None:
        return event
    return event.model_copy(
        update={"actor": Actor(kind="technician", id=technician_id, via="test")}
    )


def portal(*, survey: bool = True) -> PortalListed:
    return PortalListed(
        **_envelope(f"portal:{derived_id('portal')}", 1),
        tenant=TENANT,
        portal_id=derived_id("portal"),
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


def company(name: str = "Demo Ltd") -> CompanyListed:
    return CompanyListed(
        **_envelope(f"company:{COMPANY}", 1), tenant=TENANT, company_id=COMPANY, name=name
    )


def mail(**different: Any) -> SendMail:
    """Transcripts wants something mailed."""
    usual: dict[str, Any] = {
        "tenant": TENANT,
        "company_id": COMPANY,
        "conversation_id": CASE,
        "mail_id": new_id(),
        "kind": "transcript",
        "recipient": "cleo@example.com",
        "content": MailContent(subject="Your chat", text="Hello\n.\n..\n", html="<p>Hello</p>"),
    }
    return SendMail(**(_envelope(CASE, 1) | usual | different))


def ends(version: int = 2) -> list[CaseChanged]:
    """Everything that ends a wait."""
    taken: dict[str, Any] = {"state": "assigned", "assignee_id": ANN}
    return [
        CaseAssigned(**_case_fields(version, **taken), technician_id=ANN),
        CaseResolved(**_case_fields(version, **taken), technician_id=ANN),
        CaseChatEnded(**_case_fields(version, live=False)),
    ]


def _case_fields(
    version: int,
    *,
    email: str = "cleo@example.com",
    locale: str = "en",
    problem: tuple[str, ...] = (),
    **different: Any,
) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "number": 1001,
        "case_type": "live_chat",
        "live": True,
        "state": "unassigned",
        "state_version": version,
        "assignee_id": None,
        "portal_id": derived_id("portal"),
        "portal_address": "demo.desk.example",
        "created_at": AT,
        "assigned_at": None,
        "requested_at": None,
        "ended_at": None,
        "resolved_at": None,
        "rating": None,
        "changed_by": None,
    }
    visitor = Visitor(first_name="Cleo", last_name="Cox", email=email)
    lines = tuple(ProblemLine(text=text, time=AT) for text in problem)
    return {
        **_envelope(CASE, version),
        "tenant": TENANT,
        "company_id": COMPANY,
        "conversation_id": CASE,
        "after_seq": 0,
        "case": CaseState(**(usual | different)),
        "text": CaseText(customer=visitor, preview="", problem=lines, locale=locale),
    }


def _envelope(key: str, version: int) -> dict[str, Any]:
    return {
        "id": new_id(),
        "time": AT,
        "key": key,
        "aggregate_version": version,
        "actor": Actor(kind="system", via="test"),
        "correlation_id": new_id(),
    }


def about(message: Message, neighbours: Neighbours, case_id: str) -> Any:
    """The message as one of a case among these neighbours."""
    return message.model_copy(
        update={
            "id": new_id(),
            "tenant": neighbours.tenant,
            "company_id": neighbours.company,
            "conversation_id": case_id,
            "key": case_id,
        }
    )
