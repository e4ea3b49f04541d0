"""The words of a case's mails, by which it is found (S63): pure rules.

What stands in mails is no part of what a case tells of itself: it is in the history alone. A case keeps the words
apart, without their order and without those that it had already, the latest mail's first: a long exchange lets go of
what was written long ago, and never of what has just come.
"""

from dataclasses import replace
from typing import Final

from contracts.incoming import MailBody
from services.cases.domain import Case
from services.cases.history import Entry
from services.cases.search import MOST_WORDS, words_of

MAILED: Final = "case.mailed"
FOLLOWED_UP: Final = "case.followed_up"
MAILS: Final = (MAILED, FOLLOWED_UP)


def with_words(case: Case, *said: str) -> Case:
    """The case, to be found by what one more mail says."""
    words = dict.fromkeys(word for text in said for word in words_of(text))
    kept = tuple(dict.fromkeys([*words, *case.mail_words]))[:MOST_WORDS]
    return replace(case, mail_words=kept)


def with_mail(case: Case, mail: MailBody) -> Case:
    """The case, to be found by a mail that came in; whoever wrote it is looked for as well, and their firm."""
    sender = mail.sender
    domain = sender.address.rpartition("@")[2]
    return with_words(case, sender.name, sender.address, domain, mail.subject, mail.text)


def with_entry(case: Case, entry: Entry) -> Case:
    """The case, to be found by the mail that an entry of its history tells of; the same where it tells of none."""
    if entry.type == MAILED:
        return with_mail(case, MailBody.model_validate(entry.personal["mail"]))
    if entry.type == FOLLOWED_UP:
        return with_words(case, entry.personal["subject"], entry.personal["body"])
    return case
