"""Where in an answer the mail begins that it answers. Pure.

By lines, and by what mail programs write into them: never by a pattern over the whole text. What strangers send may
be made to keep such a pattern busy for minutes, in which nothing else of the service would run; the libraries for
this (mail-parser-reply among them: two kilobytes of "Am 1 schrieb " take it 17 seconds) are made of those. Each line is looked
at a few times here, as far as a head of a mail could be long.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

LONGEST_HEAD: Final = 400
"""Characters of "on Monday at ten, somebody wrote:"."""
MOST_LINES: Final = 3
"""That it may be broken into."""
LEAST_KINDS: Final = 3
"""Of lines in a head as Outlook writes it."""

# How it begins, and what it says behind that; it ends with a colon.
_WROTE: Final = (
    ("On ", " wrote"),
    ("El ", " escribió"),
    ("Am ", " schrieb"),
    ("Le ", " a écrit"),
    ("Il ", " ha scritto"),
    ("Op ", " schreef"),
    ("W dniu ", " napisał"),
    ("", " schrieb am "),
)
_TIME: Final = re.compile(r"\d{1,2}[:.]\d{2}")
_KEYS: Final = {
    "from": ("From", "Von", "De", "Da", "Van", "Od"),
    "sent": ("Sent", "Date", "Gesendet", "Datum", "Enviado", "Enviado el", "Fecha", "Envoyé", "Inviato", "Verzonden"),
    "to": ("To", "An", "Para", "À", "A", "Aan", "Do"),
    "cc": ("Cc", "Kopie", "CC"),
    "subject": ("Subject", "Betreff", "Asunto", "Objet", "Oggetto", "Onderwerp", "Temat"),
}  # fmt: skip
_KIND_OF: Final = {word: kind for kind, words in _KEYS.items() for word in words}
_KEY: Final = re.compile(r"\*?([^\W\d_]{1,10}(?: el)?):\*?(?:\s|$)")
_OF_OLD: Final = re.compile(
    r"-{2,}\s?(?:Original Message|Mensaje original|Ursprüngliche Nachricht|Message d'origine)\s?-{2,}",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(
    r"_{8,}"
    r"|(?:Get|Holen Sie sich|Obtener|Obtén|Descargar) Outlook (?:for|für|para) .{1,200}"
    r"|Sent from (?:my|Outlook) .{1,60}|Von meinem .{1,60} gesendet|Gesendet (?:von|mit) .{1,60}"
    r"|Enviado desde (?:mi|Outlook) .{1,60}"
)
"""What mail programs put under what somebody wrote."""


def without_history(text: str) -> str:
    """What stands above the mail that is answered; all of it where answers stand between the lines of a quotation."""
    lines = text.split("\n")
    place = next((it for it in range(len(lines)) if _begins(lines, it)), len(lines))
    if _is_talk(lines[place:]):
        return text
    above = lines[:place]
    while above and _is_none_of_theirs(above[-1]):
        above.pop()
    return "\n".join(above)


def _begins(lines: Sequence[str], place: int) -> bool:
    line = lines[place].strip("> \t")
    if not line or len(line) > LONGEST_HEAD:
        return False
    return bool(_OF_OLD.fullmatch(line)) or _is_block(lines, place) or _is_wrote(lines, place)


def _is_wrote(lines: Sequence[str], place: int) -> bool:
    """Whether "on Monday at ten, somebody wrote:" stands here, perhaps in several lines."""
    head = ""
    for end in range(place, min(place + MOST_LINES, len(lines))):
        line = lines[end].strip("> \t")
        head = f"{head} {line}".strip()
        if not line or len(head) > LONGEST_HEAD:
            return False
        if head.endswith(":"):
            return _says_wrote(head) and _is_of_a_mail(head, lines[end + 1 : end + 1 + MOST_LINES])
    return False


def _says_wrote(head: str) -> bool:
    return any(c.isdigit() for c in head) and any(
        head.startswith(begins) and says in head for begins, says in _WROTE
    )


def _is_of_a_mail(head: str, behind: Sequence[str]) -> bool:
    """Else somebody tells what they wrote on Monday, and goes on with that."""
    following = next((line for line in behind if line.strip()), "")
    return "@" in head or bool(_TIME.search(head)) or following.lstrip().startswith(">")


def _is_block(lines: Sequence[str], place: int) -> bool:
    """Whether a head as Outlook writes it stands here: whose mail it was, and at least two things more of it."""
    kinds = list(_kinds(lines[place : place + 12]))
    return (
        bool(kinds)
        and kinds[0] in {"from", "sent"}
        and "from" in kinds
        and len({*kinds}) >= LEAST_KINDS
    )


def _kinds(lines: Sequence[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        found = _KEY.match(line.strip("> \t")[:LONGEST_HEAD])
        kind = _KIND_OF.get(found[1]) if found else None
        if kind is not None:
            yield kind
        elif number == 0 or "@" not in line:
            # A long list of recipients goes on in the next line.
            return


def _is_talk(quotation: Sequence[str]) -> bool:
    """Whether something was written between the lines of a quotation."""
    quoted = [line.lstrip().startswith(">") for line in quotation if line.strip()]
    if True not in quoted:
        return False
    last = len(quoted) - quoted[::-1].index(True)
    return False in quoted[quoted.index(True) : last]


def _is_none_of_theirs(line: str) -> bool:
    bare = line.strip()
    return not bare or bare.startswith(">") or bool(_BETWEEN.fullmatch(bare[:300]))
