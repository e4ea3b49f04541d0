"""In which order a list is shown: each order has a key, a text that no two cases share, so that pages go by it.

The console has the same keys in `web/console/cases/sorting.ts`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from chassis.errors import DeskbusError
from contracts.cases import CaseState, Priority
from services.cases.domain import Case

SortName = Literal["created", "updated", "customer", "waiting", "priority", "sla"]
Direction = Literal["asc", "desc"]

NEVER: Final = "f" * 12
"""Sorts behind every time: a case that does not wait, or has nothing due."""
URGENCY: Final[Mapping[Priority, int]] = {"low": 1, "normal": 2, "high": 3, "urgent": 4}


class SortNeedsSearch(DeskbusError):
    """Only what was looked for fits better or worse."""

    code = "sort_needs_search"
    status = 422
    text = "Sorting by relevance needs words to search for."


@dataclass(frozen=True, slots=True)
class Order:
    """One way to sort: the field that keeps the key, what the key begins with, and which end comes first."""

    field: str
    place: Callable[[CaseState], str]
    natural: Direction = "desc"


def moment(time: datetime | None) -> str:
    """A time as it sorts: milliseconds in twelve hexadecimal digits."""
    return NEVER if time is None else f"{round(time.timestamp() * 1_000):012x}"


ORDERS: Final[Mapping[SortName, Order]] = {
    "created": Order("submitted", lambda now: moment(now.created_at)),
    "updated": Order("by_updated", lambda now: moment(now.updated_at or now.created_at)),
    "customer": Order(
        "by_customer", lambda now: moment(now.customer_at or now.requested_at or now.created_at)
    ),
    "waiting": Order("by_waiting", lambda now: moment(now.waiting_since), "asc"),
    "priority": Order(
        "by_priority", lambda now: f"{URGENCY[now.priority]}{moment(now.created_at)}"
    ),
    "sla": Order("by_sla", lambda now: moment(now.sla_due_at), "asc"),
}


@dataclass(frozen=True, slots=True)
class Sorting:
    """An order, and which of its ends comes first."""

    sort: SortName = "created"
    ascending: bool = False

    @classmethod
    def of(cls, sort: SortName, direction: Direction | None) -> "Sorting":
        """The order with the end first that one would expect, unless a direction is named."""
        return cls(sort, (direction or ORDERS[sort].natural) == "asc")

    @property
    def field(self) -> str:
        """The field that keeps its key."""
        return ORDERS[self.sort].field

    def comes_behind(self, key: str, after: str | None) -> bool:
        """Whether a key stands behind that of another page's last case."""
        return after is None or (key > after if self.ascending else key < after)


NEWEST: Final = Sorting()


def key_of(sort: SortName, case: Case) -> str:
    """The place of a case in an order."""
    return ORDERS[sort].place(case.now) + case.id


def keys_of(case: Case) -> dict[str, str]:
    """Every key of a case, by the field that keeps it."""
    return {order.field: order.place(case.now) + case.id for order in ORDERS.values()}
