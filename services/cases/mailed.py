"""What a mail makes of a case (S43, S61): pure rules.

A mail to a portal is a case of its own. An answer to a mail of the desk is heard as a message in a conversation is:
it brings a case back that was resolved or put off, and its customer waits for an answer again. What a machine wrote
(somebody is away) stands on the case, and changes nothing: nobody waits there.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from contracts.cases import CaseOpened, CaseState, CaseText, ProblemLine
from contracts.chat import Visitor
from contracts.incoming import CaseMailed, MailReceived, MailSender
from contracts.portal import PortalListed
from services.cases.domain import Case, Change, come_back, step, whole_milliseconds
from services.cases.mail_words import with_mail, with_words
from services.cases.problem import cut, preview

TITLE_CHARACTERS: Final = 200
NAME_CHARACTERS: Final = 100


def open_by_mail(mail: MailReceived, portal: PortalListed, number: int) -> Change:
    """The case that begins with a mail: it waits in Unassigned since it was received."""
    now = whole_milliseconds(mail.received_at)
    status = CaseState(
        number=number,
        case_type="email",
        live=False,
        state="unassigned",
        state_version=1,
        assignee_id=None,
        portal_id=portal.portal_id,
        portal_address=portal.address,
        created_at=now,
        assigned_at=None,
        requested_at=None,
        ended_at=None,
        resolved_at=None,
        rating=None,
        changed_by=None,
        customer_at=now,
        waiting_since=now,
        unanswered=1,
    )
    body = mail.mail
    problem = (ProblemLine(text=body.text or body.subject, time=now),)
    text = CaseText(
        customer=customer_of(body.sender),
        preview=preview(problem),
        problem=problem,
        locale=mail.locale,
        title=cut(body.subject, TITLE_CHARACTERS),
    )
    case = Case(mail.conversation_id, portal.tenant, portal.company_id, 1, status, text)
    # Its text is the problem; its subject is the title only until somebody gives it a better one.
    return Change(CaseOpened, with_words(case, body.subject))


def receive(case: Case, mail: MailReceived, *, assignee_stays: bool) -> list[Change]:
    """An answer came; `assignee_stays` says whether the last assignee can still take it."""
    found = with_mail(case, mail.mail)
    heard = replace(
        step(found, CaseMailed, _tells(case, mail), **_heard(case, mail)),
        event_id=mail.id,
    )
    if mail.automatic:
        return [heard]
    return [heard, *come_back(heard.case, assignee_stays=assignee_stays)]


def customer_of(sender: MailSender) -> Visitor:
    """The customer as their mail names them: "Doe, Jane" and "Jane Doe" are one, and nobody is without a name."""
    last, comma, first = (part.strip() for part in sender.name.partition(","))
    if not comma:
        first, _, last = last.partition(" ")
    if not first:
        first, last = last, ""
    return Visitor(
        first_name=(first or sender.address.partition("@")[0])[:NAME_CHARACTERS],
        last_name=last.strip()[:NAME_CHARACTERS],
        email=sender.address,
    )


def line_of(mail: MailReceived) -> ProblemLine:
    """The mail as something that was said."""
    return ProblemLine(text=mail.mail.text, time=whole_milliseconds(mail.received_at))


def _heard(case: Case, mail: MailReceived) -> Mapping[str, Any]:
    if mail.automatic:
        return {}
    at = whole_milliseconds(mail.received_at)
    return {
        "customer_at": max(at, case.now.customer_at or at),
        "waiting_since": case.now.waiting_since or at,
        "unanswered": case.now.unanswered + 1,
        "followed_up": False,
    }


def _tells(case: Case, mail: MailReceived) -> dict[str, Any]:
    known = case.text.customer.email.casefold()
    return {
        "mail_id": mail.mail_id,
        "automatic": mail.automatic,
        "from_customer": bool(known) and mail.mail.sender.address.casefold() == known,
        "mail": mail.mail,
    }
