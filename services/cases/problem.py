"""The problem in the customer's words, and its preview: bounded, and cut between whole graphemes.

A file of its own, because the rules of the domain need it and it needs none of them.
"""

from typing import Final

import regex

from contracts.cases import CaseText, ProblemLine

PROBLEM_LINES: Final = 20
PROBLEM_CHARACTERS: Final = 4_000
"""For messages, which the conversation keeps whole. A request's question stands nowhere else: it is not cut."""
PREVIEW_CHARACTERS: Final = 200

_GRAPHEME: Final = regex.compile(r"\X")


def grown(problem: tuple[ProblemLine, ...], line: ProblemLine) -> tuple[ProblemLine, ...]:
    """The problem with one more of the customer's messages, as far as there is room for it."""
    room = PROBLEM_CHARACTERS - sum(len(known.text) for known in problem)
    if room <= 0 or len(problem) >= PROBLEM_LINES:
        return problem
    return (*problem, line.model_copy(update={"text": cut(line.text, room)}))


def preview(problem: tuple[ProblemLine, ...]) -> str:
    """The beginning of the problem in one line."""
    in_one_line = " ".join(word for line in problem for word in line.text.split())
    return cut(in_one_line, PREVIEW_CHARACTERS)


def without_message(text: CaseText, message_id: str) -> CaseText:
    """What a case says after a message was deleted; the same where it is no part of it."""
    problem = tuple(line for line in text.problem if line.message_id != message_id)
    if problem == text.problem:
        return text
    return text.model_copy(update={"problem": problem, "preview": preview(problem)})


def cut(text: str, limit: int) -> str:
    """At most `limit` code points of the text, and no grapheme torn apart."""
    if len(text) <= limit:
        return text
    end = 0
    for grapheme in _GRAPHEME.finditer(text):
        if grapheme.end() > limit:
            break
        end = grapheme.end()
    # One grapheme may be longer than any limit (a letter under hundreds of marks): then it is torn.
    return text[: end or limit]
