"""Cases of all kinds, for tests of lists."""

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from chassis.ids import derived_id
from contracts.cases import ProblemLine
from services.cases import domain
from services.cases.domain import Case
from services.cases.filters import CaseFilter, CaseType, Wanted
from services.cases.tests.examples import ANN, AT, BEN, COMPANY, OTHER_COMPANY, PORTAL, opened

LABELS: Final = tuple(derived_id("label", str(n)) for n in range(3))
PORTALS: Final = (PORTAL, derived_id("another portal"))
STATES: Final = ("pending", "unassigned", "assigned", "snoozed", "resolved")
TYPES: Final[tuple[CaseType, ...]] = ("live_chat", "request", "email", "call")
PRIORITIES: Final = ("low", "normal", "high", "urgent")
NAMES: Final = (("Cleo", "Cox"), ("Zoë", "Núñez"), ("Jörg", "Müller"))
TITLES: Final = ("", "Wrong invoice", "Lamp is dark")


def any_case(chance: random.Random, number: int) -> Case:
    """A case in some state, with some marks."""
    case_id = derived_id("some case", str(number))
    minutes = chance.randrange(5_000)
    company = chance.choice([COMPANY, COMPANY, OTHER_COMPANY])
    fresh = domain.open_case(
        opened(case_id, at=AT + timedelta(minutes=minutes), company=company), number
    ).case
    state = chance.choice(STATES)
    held = state in {"assigned", "snoozed", "resolved"}
    marks: dict[str, Any] = {
        "state": state,
        "assignee_id": chance.choice([ANN, BEN]) if held else None,
        "case_type": chance.choice(TYPES),
        "priority": chance.choice(PRIORITIES),
        "portal_id": chance.choice(PORTALS),
        "labels": tuple(chance.sample(LABELS, chance.choice([0, 0, 1, 2]))),
        "flagged": chance.random() < 0.2,
        "spam": chance.random() < 0.1,
        "followed_up": chance.random() < 0.5,
        "updated_at": AT + timedelta(minutes=minutes + chance.randrange(3_000)),
        "customer_at": chance.choice([None, AT + timedelta(minutes=chance.randrange(9_000))]),
        "waiting_since": chance.choice([None, AT + timedelta(minutes=chance.randrange(9_000))]),
        "sla_due_at": chance.choice([None, AT + timedelta(minutes=chance.randrange(9_000))]),
    }
    first, last = chance.choice(NAMES)
    visitor = fresh.text.customer.model_copy(update={"first_name": first, "last_name": last})
    text = fresh.text.model_copy(
        update={
            "customer": visitor,
            "title": chance.choice(TITLES),
            "problem": (ProblemLine(text=chance.choice(["My lamp", "An invoice"]), time=AT),),
        }
    )
    return replace(fresh, now=fresh.now.model_copy(update=marks), text=text)


def any_filter(chance: random.Random) -> CaseFilter:
    """A filter of up to three fields."""
    fields: dict[str, Any] = {
        "category": chance.choice(["active", "closed"]),
        "state": tuple(chance.sample(STATES, 2)),
        "type": tuple(chance.sample(TYPES, chance.choice([1, 2]))),
        "priority": tuple(chance.sample(PRIORITIES, chance.choice([1, 2]))),
        "label": tuple(chance.sample(LABELS, chance.choice([1, 2]))),
        "portal": (chance.choice(PORTALS),),
        "technician": tuple(chance.sample(["me", "nobody", BEN], chance.choice([1, 2]))),
        "flagged": chance.choice([True, False]),
        "follow_up": chance.choice(["active", "closed"]),
        "spam": True,
        "customer": chance.choice(["nun", "cleo", "muller jorg", "example.com"]),
        "title": chance.choice(["invo", "lamp dark"]),
        "q": chance.choice(["lamp", "zoe invoice", "100"]),
    }
    chosen = chance.sample(list(fields), chance.randrange(4))
    return CaseFilter(**{name: fields[name] for name in chosen})


def any_list(chance: random.Random) -> Wanted:
    """One of the three lists, with a filter."""
    listed = chance.choice(["unassigned", "mine", "all", "all"])
    return Wanted(listed, ANN, any_filter(chance))  # type: ignore[arg-type]
