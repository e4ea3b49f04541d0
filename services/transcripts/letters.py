"""A transcript as a mail: the whole of it, or its newest part where it is too long for one."""

from typing import Final

import orjson

from contracts.notify import MailContent
from services.transcripts.document import Document
from services.transcripts.domain import Addressee, Case
from services.transcripts.render import as_html, as_text, html_of, text_of
from services.transcripts.wording import Words

LIMIT_BYTES: Final = 600_000
"""Of both bodies together as JSON: sealed and in base64 they still fit into a record of 1 MB."""


def letter(paper: Document, case: Case, words: Words, to: Addressee, *, asked: bool) -> MailContent:
    """The mail; `asked` says whether its reader asked for it."""
    params = {"number": str(case.number), "company": paper.company or case.portal_address}
    subject = words.say("mail-subject", params)
    paper = paper.introduced(words.say(_intro(to, asked=asked), params))
    return _content(subject, _fitting(paper, words))


def _intro(to: Addressee, *, asked: bool) -> str:
    if to == "customer":
        return "mail-intro-customer" if asked else "mail-intro-customer-sent"
    return "mail-intro-staff" if to == "assignee" and asked else "mail-intro-address"


def _content(subject: str, paper: Document) -> MailContent:
    return MailContent(subject=subject, text=as_text(paper), html=as_html(paper))


def _fitting(paper: Document, words: Words) -> Document:
    if _size(_content("", paper)) <= LIMIT_BYTES:
        return paper
    # The sentence is as long as it gets, so that what is left of the limit is known.
    frame = paper.newest(0, words.say("mail-cut", {"left": words.number(len(paper.rows))}))
    kept = _how_many(paper, LIMIT_BYTES - _size(_content("", frame)))
    left = len(paper.rows) - kept
    return paper.newest(kept, words.say("mail-cut", {"left": words.number(left)}))


def _how_many(paper: Document, room: int) -> int:
    """How many of the newest rows fit, with the headings of their days."""
    count, day = 0, ""
    for row in reversed(paper.rows):
        # A heading has the day and a line under it in the text, and the day once more in the HTML.
        heading = "" if row.day == day else row.day * 3 + "\n<h2></h2>\n\n\n"
        room -= len(orjson.dumps([text_of(row), html_of(row), heading]))
        if room < 0:
            break
        count, day = count + 1, row.day
    return count


def _size(content: MailContent) -> int:
    return len(orjson.dumps(content.model_dump()))
