"""A transcript in the reader's words, before it is text, HTML or PDF: everything is plain text here."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from services.transcripts.domain import MAILS, WRITTEN, Case, Entry, Line, Transcript
from services.transcripts.mails import AUTOMATIC
from services.transcripts.wording import Language, Words

Speaker = Literal["customer", "technician", "desk"]


@dataclass(frozen=True, slots=True)
class Row:
    """What somebody said, or, with no `who`, a line about what happened."""

    day: str
    time: str
    who: str
    speaker: Speaker
    text: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """What is on the paper, from top to bottom. Days are headings: they stand with each row once more."""

    language: Language
    name: str
    """Of the file, without its ending."""
    title: str
    company: str
    facts: tuple[tuple[str, str], ...]
    """Label and value."""
    zone_note: str
    rows: tuple[Row, ...]
    produced: str
    page: str
    """`Page 1 of 2` with {page} and {pages} in the places of the numbers."""
    intro: tuple[str, ...] = field(default=())

    def introduced(self, sentence: str) -> "Document":
        """The same with a sentence above everything else."""
        return replace(self, intro=(*self.intro, sentence))

    def newest(self, count: int, sentence: str) -> "Document":
        """The same with its last rows only, and a sentence that says so."""
        kept = self.rows[len(self.rows) - count :]
        return replace(self.introduced(sentence), rows=kept)


def document(transcript: Transcript, company: str, words: Words, now: datetime) -> Document:
    """The document of a transcript; `company` is the name of today, or empty."""
    case = transcript.case
    number = {"number": str(case.number)}
    page = {"page": "{page}", "pages": "{pages}"}
    return Document(
        language=words.language,
        name=words.say("file-name", number),
        title=words.say("title", number),
        company=company,
        facts=tuple(
            (words.say(f"fact-{name}"), it) for name, it in _facts(transcript, company, words)
        ),
        zone_note=words.zone_note(),
        rows=tuple(_row(line, case, words) for line in transcript.lines),
        produced=words.say("produced", {"time": words.moment(now)}),
        page=words.say("page", page),
    )


def _facts(transcript: Transcript, company: str, words: Words) -> list[tuple[str, str]]:
    """What is known, by the names of the labels."""
    case = transcript.case
    facts = [
        ("company", company),
        ("portal", case.portal_address),
        ("customer", _with_address(case)),
        ("technicians", ", ".join(transcript.technicians)),
        ("assignee", "" if transcript.technicians else case.assignee_name),
        ("began", words.moment(transcript.began)),
        ("ended", words.moment(transcript.ended) if transcript.ended else ""),
        ("resolved", words.moment(case.resolved_at) if case.resolved_at else ""),
        ("messages", words.number(transcript.written)),
    ]
    return [(name, value) for name, value in facts if value]


def _with_address(case: Case) -> str:
    email = case.customer.email
    return f"{case.customer_name} <{email}>" if email else case.customer_name


def _row(line: Line, case: Case, words: Words) -> Row:
    entry = line.entry
    who, speaker = _speaker(entry, case, words)
    return Row(
        day=words.day(entry.time),
        time=words.clock(entry.time),
        who=who,
        speaker=speaker,
        text=_deleted(line.deletion, words) if line.deletion else _text(entry, case, words),
        remark=_remark(line, words),
    )


def _speaker(entry: Entry, case: Case, words: Words) -> tuple[str, Speaker]:
    if entry.kind == "bot":
        return words.say("automatic"), "desk"
    if entry.kind not in WRITTEN:
        return "", "desk"
    if entry.kind == "mailed_by_other":
        return _stranger(entry, words), "customer"
    if entry.author == "customer":
        return _customer(case, words), "customer"
    return _technician(entry, words), "technician"


def _customer(case: Case, words: Words) -> str:
    return case.customer_name or words.say("unnamed-customer")


def _technician(entry: Entry, words: Words) -> str:
    return entry.name or words.say("somebody")


def _stranger(entry: Entry, words: Words) -> str:
    """Whom a mail names as its sender, with the address, so that nobody passes for somebody who is known."""
    if entry.head is None or not entry.head.address:
        return words.say("unnamed-sender")
    name, address = entry.head.name, entry.head.address
    return f"{name} <{address}>" if name else address


def _remark(line: Line, words: Words) -> str:
    if line.late:
        return words.say("remark-late")
    if line.entry.kind in MAILS:
        return ", ".join(_mail_remarks(line, words))
    if line.entry.kind == "request":
        return words.say("remark-call" if line.entry.code == "call" else "remark-request")
    return ""


def _mail_remarks(line: Line, words: Words) -> Iterator[str]:
    head = line.entry.head
    if head is not None and head.subject:
        yield words.say("remark-mail", {"subject": head.subject})
    else:
        yield words.say("remark-mail-untitled")
    if line.entry.code == AUTOMATIC:
        yield words.say("remark-automatic")
    if line.undelivered:
        yield words.say("remark-undelivered")


def _text(entry: Entry, case: Case, words: Words) -> str:
    """What was said, or what happened."""
    if entry.kind in WRITTEN:
        return entry.text or (words.say("mail-empty") if entry.kind in MAILS else "")
    names = {"customer": _customer(case, words), "name": _technician(entry, words)}
    match entry.kind:
        case "bot":
            return entry.text or words.say(f"bot-{entry.code}")
        case "activity":
            return words.say(_activity(entry), names)
        case "ended":
            return words.say(f"ended-{entry.code}", names)
        case "contact":
            return words.say("contact", names | {"email": entry.text})
        case _:
            return words.say("opened", names)


def _deleted(deletion: Entry, words: Words) -> str:
    return words.say("deleted", {"name": _technician(deletion, words)})


def _activity(entry: Entry) -> str:
    by_message = entry.code == "reopened" and entry.technician_id is None
    return "reopened-by-message" if by_message else entry.code
