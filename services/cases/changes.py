"""From what to what marks of a case were changed: read off its history, where each event stands with the case after it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from contracts.cases import CaseEdited, CaseRestored
from services.cases.history import Entry, text_at

TOLD: Final = frozenset({CaseEdited.type_name(), CaseRestored.type_name()})
"""The events that change marks without saying themselves what they were."""
MARKS: Final = ("priority", "flagged", "muted", "spam")
"""Of a case's state; its title stands in its text."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark before and after a change."""

    field: str
    before: str | bool
    after: str | bool


def changes_of(entries: Sequence[Entry], behind: int) -> Mapping[str, Sequence[Marked]]:
    """What changed by which event, by its id, of those behind a version; `entries` begin with the case."""
    titles = dict(_titles(entries))
    return {
        entry.id: found
        for before, entry in pairwise(entries)
        if entry.version > behind
        and entry.type in TOLD
        and (found := _changes(before, entry, titles))
    }


def tells_changes(entries: Iterable[Entry]) -> bool:
    """Whether any of them changed a mark."""
    return any(entry.type in TOLD for entry in entries)


def _titles(entries: Sequence[Entry]) -> Iterable[tuple[str, str]]:
    """What the case was called after each event, by the event's id."""
    title = ""
    for entry in entries:
        text = text_at([entry])
        title = title if text is None else text.title
        yield entry.id, title


def _changes(before: Entry, entry: Entry, titles: Mapping[str, str]) -> list[Marked]:
    marks = [
        Marked(name, was, now)
        for name in MARKS
        if (was := getattr(before.now, name)) != (now := getattr(entry.now, name))
    ]
    was, now = titles[before.id], titles[entry.id]
    return marks if was == now else [Marked("title", was, now), *marks]
