"""Finding cases by what is personal in them, without keeping it readable (S63, S65).

Names, addresses, titles and problems are sealed, so an index of their words would give them away. What
is kept instead is a keyed digest of every beginning of every word: who has the database alone can
neither read a word nor try out words. A case has its digests in its own document, so that they go with it.

Words are compared without case and accents, by their beginnings. A search has candidates, found by
index and capped, which are opened and ordered by how well they fit.
"""

import hashlib
import hmac
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Final, Literal

import regex
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from chassis.errors import DeskbusError
from services.cases.domain import Case

SHORTEST: Final = 2
"""Characters that a search needs at least."""
LONGEST_BEGINNING: Final = 16
MOST_WORDS: Final = 250
"""Of one case. Names, number and title come first, so what is left out is the end of a long problem."""
MAILS_SHARE: Final = 125
"""Of those, for the words of its mails at least: a long problem takes no more than the rest once there are some."""
MOST_TERMS: Final = 8
DIGEST_BYTES: Final = 8

Where = Literal["", "from", "title"]
"""Where a word stands: anywhere, in the customer's name or address, in the title."""

_WORD: Final = regex.compile(r"[\p{L}\p{N}]+(?:[.'@_-][\p{L}\p{N}]+)*")
_PART: Final = regex.compile(r"[\p{L}\p{N}]+")


class SearchTooShort(DeskbusError):
    """A search of one letter finds everything and nothing."""

    code = "search_too_short"
    status = 422
    text = "Please type at least {least} characters."

    def __init__(self) -> None:
        super().__init__(least=SHORTEST)


def folded(text: str) -> str:
    """The text as it is compared: without case and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in apart if not unicodedata.combining(one))


def words_of(text: str) -> list[str]:
    """The words of a text, folded, in order; an address is one word and its parts are words too."""
    found: dict[str, None] = {}
    for word in _WORD.findall(folded(text)):
        found[word] = None
        found.update(dict.fromkeys(_PART.findall(word)))
    return list(found)


def terms_of(query: str) -> list[str]:
    """What is looked for, each term the beginning of a word; raises `SearchTooShort`."""
    terms = dict.fromkeys(_WORD.findall(folded(query.lstrip("#"))))
    # A single letter among others narrows nothing down, and no beginning so short is kept.
    long_enough = [term for term in terms if len(term) >= SHORTEST]
    if not long_enough:
        raise SearchTooShort
    return sorted(long_enough, key=len, reverse=True)[:MOST_TERMS]


def from_words(case: Case) -> list[str]:
    """The words of the customer's name and address, and what stands behind its @: a firm is looked for by it."""
    customer = case.text.customer
    domain = customer.email.rpartition("@")[2]
    return words_of(f"{customer.first_name} {customer.last_name} {customer.email} {domain}")


def told_words(case: Case) -> list[str]:
    """The words by which a case is found, the most telling ones first; what only its mails say comes last."""
    told = (
        str(case.now.number),
        " ".join(from_words(case)),
        case.text.title,
        *(line.text for line in case.text.problem),
    )
    words = dict.fromkeys(word for text in told for word in words_of(text))
    share = min(MAILS_SHARE, len(case.mail_words))
    kept = [*words][: MOST_WORDS - share]
    return list(dict.fromkeys([*kept, *case.mail_words, *words]))[:MOST_WORDS]


def relevance(case: Case, terms: Sequence[str]) -> int:
    """How well a case fits: whole words before beginnings, number and name before title before problem."""
    best = dict.fromkeys(terms, 0)
    for weight, words_in in _FIELDS:
        if all(found >= weight * _WHOLE for found in best.values()):
            # Nothing from here on fits better; a search may have hundreds of long problems to look through.
            break
        words = words_in(case)
        best = {term: max(found, weight * _fit(term, words)) for term, found in best.items()}
    return sum(best.values())


def _fit(term: str, words: Iterable[str]) -> int:
    return max(
        (_WHOLE if word == term else 1 for word in words if word.startswith(term)), default=0
    )


_WHOLE: Final = 2
_FIELDS: Final[tuple[tuple[int, Callable[[Case], list[str]]], ...]] = (
    (8, lambda case: words_of(str(case.now.number))),
    (6, from_words),
    (4, lambda case: words_of(case.text.title)),
    (1, lambda case: words_of(" ".join(line.text for line in case.text.problem))),
)
"""Where a term may be found, and what that counts; the weightiest first. What only mails say counts nothing beside
them: the console does not have it, and has to come to the same order."""


def is_beyond_digests(terms: Iterable[str]) -> bool:
    """Whether a term is longer than the longest beginning that is kept, so that a digest does not tell all of it."""
    return any(len(term) > LONGEST_BEGINNING for term in terms)


class BlindIndex:
    """Makes the digests, with a key that is derived from the desk's secret for this purpose alone."""

    def __init__(self, secret: bytes) -> None:
        self._key = HKDF(SHA256(), 32, salt=None, info=b"deskbus case search").derive(secret)

    def of_case(self, case: Case) -> list[bytes]:
        """What is kept of a case's words: anywhere, of its customer, of its title."""
        told: dict[Where, list[str]] = {
            "": told_words(case),
            "from": from_words(case),
            "title": words_of(case.text.title),
        }
        kept = {
            one for where, words in told.items() for one in self.of_words(case.tenant, words, where)
        }
        return sorted(kept)

    def of_words(self, tenant: str, words: Iterable[str], where: Where = "") -> list[bytes]:
        """What is kept of these words: a digest of each beginning, in no telling order."""
        beginnings = {
            word[:length]
            for word in words
            for length in range(SHORTEST, min(len(word), LONGEST_BEGINNING) + 1)
        }
        return sorted(self._digest(tenant, where, one) for one in beginnings)

    def of_terms(self, tenant: str, terms: Iterable[str], where: Where = "") -> list[bytes]:
        """What is looked for: anywhere, in the customer's name and address, or in the title."""
        return [self._digest(tenant, where, term[:LONGEST_BEGINNING]) for term in terms]

    def _digest(self, tenant: str, where: str, beginning: str) -> bytes:
        # With the account in it, two desks of one database cannot be compared with each other.
        message = "\0".join(it for it in (tenant, where, beginning) if it)
        return hmac.digest(self._key, message.encode(), hashlib.sha256)[:DIGEST_BYTES]
