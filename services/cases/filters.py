"""Which cases a list holds: the three lists (S21), and what they can be narrowed down to (S44, S64).

Pure, and the only place where it is said what fits. The database narrows down with the same
conditions (`list_store.py`), and the console follows changes with the same rules in
`web/console/cases/filter.ts`; `tests/filters.json` is the table that both are held against.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from contracts.cases import Priority
from contracts.envelope import Id
from services.cases.decisions import UNRESOLVED
from services.cases.domain import Case, ListName, State
from services.cases.search import from_words, terms_of, told_words, words_of

MOST_VALUES: Final = 20
"""Of one field. More would be a list that nobody reads, and a plan that no index serves."""
LONGEST_TEXT: Final = 200

CaseType = Literal["live_chat", "request", "email", "call"]
Category = Literal["active", "closed"]
FollowUp = Literal["active", "closed"]
Who = Literal["me", "nobody"] | Id
ALL_STATES: Final[frozenset[State]] = UNRESOLVED | {"resolved"}
HELD: Final[frozenset[State]] = frozenset({"assigned", "snoozed"})
"""The states of cases that are in somebody's hands, if they have an assignee."""

_Some: Final = Field(max_length=MOST_VALUES)
Text = Annotated[str, Field(max_length=LONGEST_TEXT)]


class CaseFilter(BaseModel):
    """What a list is narrowed down to: every field that says something has to fit, by any of its values."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    category: Category | None = None
    """Active is whatever is not resolved."""
    state: Annotated[tuple[State, ...], _Some] = ()
    type: Annotated[tuple[CaseType, ...], _Some] = ()
    priority: Annotated[tuple[Priority, ...], _Some] = ()
    label: Annotated[tuple[Id, ...], _Some] = ()
    portal: Annotated[tuple[Id, ...], _Some] = ()
    technician: Annotated[tuple[Who, ...], _Some] = ()
    """Who has it: `me` is whoever asks."""
    flagged: bool | None = None
    follow_up: FollowUp | None = None
    """Active without a follow-up email, and since the customer wrote again (S44)."""
    spam: bool = False
    """Spam is in no list unless it is asked for, and then alone."""
    customer: Text = ""
    """Beginnings of words of the customer's name or address."""
    title: Text = ""
    """Beginnings of words of the title."""
    q: Text = ""
    """What `GET /api/cases/search` takes."""


EVERYTHING: Final = CaseFilter()


@dataclass(frozen=True)
class Wanted:
    """A list as somebody asks for it."""

    listed: ListName
    me: str
    filter: CaseFilter = EVERYTHING

    @cached_property
    def states(self) -> frozenset[State]:
        """The states that can fit at all."""
        states = _STATES_OF[self.listed]
        if self.filter.category is not None:
            states &= UNRESOLVED if self.filter.category == "active" else {"resolved"}
        return states & set(self.filter.state) if self.filter.state else states

    @cached_property
    def assignees(self) -> frozenset[str | None] | None:
        """Who may have it, None among them for nobody; None where that is of no interest."""
        if not self.filter.technician:
            return frozenset({self.me}) if self.listed == "mine" else None
        named = frozenset(self._person(it) for it in self.filter.technician)
        return named & {self.me} if self.listed == "mine" else named

    @cached_property
    def customer_terms(self) -> list[str]:
        """What is looked for in name and address; raises `SearchTooShort`."""
        return terms_of(self.filter.customer) if self.filter.customer else []

    @cached_property
    def title_terms(self) -> list[str]:
        """What is looked for in the title; raises `SearchTooShort`."""
        return terms_of(self.filter.title) if self.filter.title else []

    @cached_property
    def terms(self) -> list[str]:
        """What is looked for anywhere; raises `SearchTooShort`."""
        return terms_of(self.filter.q) if self.filter.q else []

    def check(self) -> None:
        """Raises `SearchTooShort` for a text of one letter."""
        _ = (self.customer_terms, self.title_terms, self.terms)

    def _person(self, who: str) -> str | None:
        return {"me": self.me, "nobody": None}.get(who, who)


_STATES_OF: Final[dict[ListName, frozenset[State]]] = {
    "unassigned": frozenset({"unassigned"}),
    "mine": HELD,
    "all": ALL_STATES,
}


def fits(case: Case, wanted: Wanted) -> bool:
    """Whether the case is one of the list."""
    return all(rule(case, wanted) for rule in _RULES)


def begins(terms: list[str], words: list[str]) -> bool:
    """Whether each term is the beginning of a word."""
    return all(any(word.startswith(term) for word in words) for term in terms)


def _labelled(case: Case, wanted: Wanted) -> bool:
    return not wanted.filter.label or not set(wanted.filter.label).isdisjoint(case.now.labels)


def _followed(case: Case, wanted: Wanted) -> bool:
    asked = wanted.filter.follow_up
    return asked is None or case.now.followed_up == (asked == "closed")


_RULES: Final[tuple[Callable[[Case, Wanted], bool], ...]] = (
    lambda case, wanted: case.now.spam == wanted.filter.spam,
    lambda case, wanted: case.now.state in wanted.states,
    lambda case, wanted: wanted.assignees is None or case.now.assignee_id in wanted.assignees,
    lambda case, wanted: not wanted.filter.type or case.now.case_type in wanted.filter.type,
    lambda case, wanted: not wanted.filter.priority or case.now.priority in wanted.filter.priority,
    lambda case, wanted: not wanted.filter.portal or case.now.portal_id in wanted.filter.portal,
    lambda case, wanted: wanted.filter.flagged in {None, case.now.flagged},
    _labelled,
    _followed,
    lambda case, wanted: begins(wanted.customer_terms, from_words(case)),
    lambda case, wanted: begins(wanted.title_terms, words_of(case.text.title)),
    lambda case, wanted: not wanted.terms or begins(wanted.terms, told_words(case)),
)
