"""The mail that a technician writes to a customer (S31): their words, in the frame of a letter.

A file of its own, because what it says is somebody's and not ours. What the frame adds (greeting, who writes for
whom, and what it is about) is in the customer's language; the words stay as they were typed.
"""

import html
from dataclasses import dataclass
from string import Template
from typing import Final, Literal

from contracts.follow_ups import CaseFollowedUp
from contracts.notify import MailContent
from services.notify.letters import LINE, PAGE, Facts, language_of, say

FOLLOW_UP: Final = "follow_up"
_CARD: Final = Template(
    '<p style="margin:0 0 12px">$greeting</p>$said'
    '<p style="margin:16px 0 0">$author<br><span class="quiet" style="color:#5b6370">$company</span></p>'
)
_FOOTER: Final = Template('$footer <a href="$link" style="color:inherit">$open</a>')


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A mail to a customer that somebody wrote, as the ledger takes it on."""

    id: str
    mail_id: str
    tenant: str
    company_id: str
    conversation_id: str
    recipient: str
    correlation_id: str
    content: MailContent
    kind: Literal["follow_up"] = FOLLOW_UP


def follow_up(event: CaseFollowedUp, author: str, facts: Facts, *, answerable: bool) -> FollowUp:
    """The one mail that an event asks for; `answerable` says whether an answer to it arrives in the case."""
    return FollowUp(
        id=event.id,
        mail_id=event.mail_id,
        tenant=event.tenant,
        company_id=event.company_id,
        conversation_id=event.conversation_id,
        recipient=event.recipient,
        correlation_id=event.correlation_id,
        content=letter(event, author, facts, answerable=answerable),
    )


def letter(event: CaseFollowedUp, author: str, facts: Facts, *, answerable: bool) -> MailContent:
    """The mail as it will be read."""
    language, customer = language_of(event.text.locale), event.text.customer
    values = {
        "name": f"{customer.first_name} {customer.last_name}".strip(),
        "number": str(event.case.number),
        "address": event.case.portal_address,
        "company": facts.company,
        "author": author,
        "link": facts.link,
    }
    about = say(language, "follow-up-about", values)
    how = say(language, "follow-up-answer", values) if answerable else ""
    words = {
        "greeting": say(language, "greeting", values),
        "open": say(language, "follow-up-open", values),
        "footer": " ".join(filter(None, (how, about))),
    }
    return MailContent(
        subject=event.subject,
        text=_as_text(words, values, event.body),
        html=_as_html(language, words, values | {"subject": event.subject}, event.body),
    )


def _as_text(words: dict[str, str], values: dict[str, str], body: str) -> str:
    signed = "\n".join(filter(None, (values["author"], values["company"])))
    footer = f"-- \n{words['footer']}\n{words['open']}:\n{values['link']}"
    return "\n\n".join([words["greeting"], body, signed, footer]) + "\n"


def _as_html(language: str, words: dict[str, str], values: dict[str, str], body: str) -> str:
    safe = {name: html.escape(text) for name, text in (values | words).items()}
    paragraphs = "".join(LINE.substitute(line=html.escape(part)) for part in body.split("\n\n"))
    safe["footer"] = _FOOTER.substitute(safe)
    return PAGE.substitute(safe, language=language, card=_CARD.substitute(safe, said=paragraphs))
