"""Which index a list is read from: what MongoDB is asked, and never more of it than so many rows.

A list is a walk along an index, in its order. An index that holds little but what is wanted is a shelf;
each is in the order of submission, the first that has all that fits is taken. In another order a shelf
with few cases is sorted as a whole; one with many, or of everything, is left for the walk along the order.

What the index does not know is asked of the rows on the way. So that a filter that fits hardly anything
does not read a desk of a million cases, a walk ends after `MOST_LOOKED_AT` rows, and the page that it
brings says where the next one goes on: it may be short, or empty, without being the last.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from chassis.mongo import Document, Index
from services.cases.decisions import UNRESOLVED
from services.cases.domain import INCOMING, State
from services.cases.filters import ALL_STATES, HELD, Wanted
from services.cases.search import BlindIndex, Where
from services.cases.sorting import ORDERS, Sorting

MOST_LOOKED_AT: Final = 5_000
"""Rows for one page: about thirty milliseconds where none of them fits."""

NO_SPAM: Final[Document] = {"spam": False}
_PLACE: Final = [("tenant", 1), ("company_id", 1)]
_SUBMITTED: Final = ("submitted", -1)


def _states(states: Iterable[State]) -> Document:
    return {"state": {"$in": sorted(states)}}


_HOLDS: Final[dict[str, Document]] = {
    "listed": NO_SPAM,
    "taken": {**_states(ALL_STATES - INCOMING), **NO_SPAM},
    "waiting": {"state": "unassigned", **NO_SPAM},
    "in_hand": {**_states(HELD), **NO_SPAM},
    "open": {**_states(UNRESOLVED), **NO_SPAM},
    "flagged": {"flagged": True},
    "spam": {"spam": True},
    "unanswered": {"followed_up": False, **NO_SPAM},
}
"""What the indexes that do not hold every case hold."""


def _partly(name: str, *key: tuple[str, int]) -> Index:
    return Index([*key, _SUBMITTED], name=name, partialFilterExpression=_HOLDS[name])


def _every(name: str, field: str) -> Index:
    return Index([("tenant", 1), (field, 1), _SUBMITTED], name=name)


INDEXES: Final[list[Index]] = [
    *(_partly(name, *_PLACE) for name in ("listed", "taken", "waiting", "open")),
    _partly("in_hand", ("tenant", 1), ("assignee_id", 1), ("company_id", 1)),
    *(_partly(name, *_PLACE) for name in ("flagged", "spam", "unanswered")),
    _every("words", "words"),
    _every("label", "labels"),
    _every("technician", "assignee_id"),
    _every("portal", "portal_id"),
    _every("type", "case_type"),
    _every("priority", "priority"),
    *(
        Index([*_PLACE, (order.field, 1)], name=order.field)
        for order in ORDERS.values()
        if order.field != "submitted"
    ),
]
RETIRED: Final = frozenset({"all", "unassigned", "mine", "held", "not_incoming"})
"""Indexes of earlier versions, which a database that was begun then would have to keep up with every write. A name comes
here one version after the last that reads it, because that one may run beside the next."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """An index, what is looked for in it, and what its rows are asked beside."""

    index: str
    holds: Document
    asks: tuple[Document, ...] = ()
    few: bool = False
    """It is known to have no more rows than may be looked at for one page."""

    @property
    def is_bounded(self) -> bool:
        """Whether rows may have to be passed over, and so many that one has to stop somewhere."""
        return bool(self.asks) and not self.few

    def query(self, *more: Document) -> Document:
        """All that a row has to fit."""
        return {"$and": [self.holds, *self.asks, *more]}


@dataclass(frozen=True, slots=True)
class Plan:
    """Where a list is read from: by submission from `shelf`; in another order perhaps from `walk`."""

    shelf: Shelf
    walk: Shelf


@dataclass(frozen=True, slots=True)
class Asked:
    """A list with whoever asks for it: what they may see, and the digests of what they look for."""

    tenant: str
    companies: tuple[str, ...]
    wanted: Wanted
    states: frozenset[State]
    digests: tuple[bytes, ...]


def digests_of(tenant: str, wanted: Wanted, index: BlindIndex) -> tuple[bytes, ...]:
    """What its texts are looked for by, the longest first, which has the fewest rows."""
    looked_for: list[tuple[str, Where]] = [
        *((term, "from") for term in wanted.customer_terms),
        *((term, "title") for term in wanted.title_terms),
        *((term, "") for term in wanted.terms),
    ]
    looked_for.sort(key=lambda it: len(it[0]), reverse=True)
    return tuple(index.of_terms(tenant, [term], where)[0] for term, where in looked_for)


def plan_of(asked: Asked, sorting: Sorting) -> Plan | None:
    """How the list is read; None where nothing can fit."""
    if not asked.states or asked.wanted.assignees == frozenset():
        return None
    within = {"tenant": asked.tenant, "company_id": {"$in": list(asked.companies)}}
    conditions = _conditions(asked)
    walk = Shelf(sorting.field, within, tuple(conditions.values()))
    return Plan(_shelf(asked, within, conditions), walk)


def _shelf(asked: Asked, within: Document, conditions: dict[str, Document]) -> Shelf:
    name = next(name for name, has_all in _choices(asked) if has_all)
    by_company = name not in _KEYS or name == "in_hand"
    key = _KEYS.get(name, "")
    holds = {**_HOLDS.get(name, {}), **conditions.get(key, {})}
    account = within if by_company else {"tenant": asked.tenant}
    known = {key} | _known_in(name, asked.states)
    rest = tuple(it for about, it in conditions.items() if about not in known)
    return Shelf(name, account | holds, rest if by_company else (within, *rest))


def _choices(asked: Asked) -> Iterator[tuple[str, object]]:
    """The shelves, and whether each has all that fits: the one that holds least comes first."""
    chosen, states, assignees = asked.wanted.filter, asked.states, asked.wanted.assignees
    yield "words", asked.digests
    yield "spam", chosen.spam
    yield "flagged", chosen.flagged
    yield "in_hand", assignees and len(assignees) == 1 and None not in assignees and states <= HELD
    yield "waiting", states == {"unassigned"}
    yield "open", states <= UNRESOLVED
    yield "label", chosen.label
    yield "unanswered", chosen.follow_up == "active"
    yield "technician", assignees
    yield "type", chosen.type and _COMMON_TYPES.isdisjoint(chosen.type)
    yield "priority", chosen.priority and "normal" not in chosen.priority
    yield "portal", chosen.portal
    yield "taken", states <= _TAKEN
    yield "listed", True


WIDE: Final = frozenset({"taken", "listed"})
"""The shelves of everything else. Most of what is on them fits, so in another order nobody need look how many they have."""
_COMMON_TYPES: Final = frozenset({"live_chat", "request"})
_TAKEN: Final = ALL_STATES - INCOMING
_KEYS: Final = {
    "words": "word",
    "in_hand": "assignee",
    "label": "label",
    "technician": "assignee",
    "type": "type",
    "priority": "priority",
    "portal": "portal",
}
"""The condition that an index is looked into for; it is known by account alone then, but for the cases in hand."""
_STATES_ON: Final[dict[str, frozenset[State]]] = {
    "taken": _TAKEN,
    "waiting": frozenset({"unassigned"}),
    "in_hand": HELD,
    "open": UNRESOLVED,
}


def _known_in(name: str, states: frozenset[State]) -> set[str]:
    """What goes without saying of the rows of an index."""
    held = _HOLDS.get(name, {})
    marks = {"spam": "spam", "flagged": "flagged", "followed_up": "follow_up"}
    known = {about for field, about in marks.items() if field in held}
    return known | ({"state"} if _STATES_ON.get(name) == states else set())


def _conditions(asked: Asked) -> dict[str, Document]:
    """What a row is asked, by what it is about."""
    wanted, chosen = asked.wanted, asked.wanted.filter
    word, *words = asked.digests or (None,)
    found: dict[str, Document | None] = {
        "spam": {"spam": chosen.spam},
        "state": _any("state", asked.states if asked.states != ALL_STATES else ()),
        "assignee": _any("assignee_id", wanted.assignees or ()),
        "label": _any("labels", chosen.label),
        "type": _any("case_type", chosen.type),
        "priority": _any("priority", chosen.priority),
        "portal": _any("portal_id", chosen.portal),
        "flagged": None if chosen.flagged is None else {"flagged": chosen.flagged},
        "follow_up": (chosen.follow_up and {"followed_up": chosen.follow_up == "closed"}) or None,
        # One alone, so that the index is read for it.
        "word": None if word is None else {"words": word},
        "words": {"$and": [{"words": it} for it in words]} if words else None,
    }
    return {about: it for about, it in found.items() if it}


def _any(field: str, values: Iterable[str | None]) -> Document | None:
    listed = sorted(values, key=lambda it: it or "")
    if not listed:
        return None
    return {field: listed[0] if len(listed) == 1 else {"$in": listed}}
