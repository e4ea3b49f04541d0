"""Who gets a case that waits, by itself (S37, X3): pure rules, from what is known at a moment to a decision.

Round robin: of those who are available, have access and have room, the one whose last automatic assignment
is the longest ago. Live chats and all other cases count apart, because a chat takes somebody's whole
attention and a request does not: a chat counts while it is live, any other case while it is assigned;
what is snoozed or resolved takes nobody's attention. People may take more than that by hand.

Whoever put a case back into the queue is not given it again in the same wait.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Literal

from chassis.ids import derived_id
from contracts.cases import CaseRouted, Weighed
from contracts.portal import TechnicianListed
from services.cases import decisions
from services.cases.decisions import Asked
from services.cases.domain import Case, Change, step

Kind = Literal["chats", "cases"]
KINDS: Final[tuple[Kind, ...]] = ("chats", "cases")
Outcome = Literal["assigned", "no_access", "none_available", "at_capacity", "gave_back"]
AWAY: Final = "away"
MOST: Final = 1_000
"""More cases at once no technician is given."""


@dataclass(frozen=True, slots=True)
class Room:
    """How many live chats and how many other cases somebody has, or can have, at once."""

    chats: int = 0
    cases: int = 0

    def of(self, kind: Kind) -> int:
        """The number of one kind."""
        return self.chats if kind == "chats" else self.cases


@dataclass(frozen=True, slots=True)
class OwnRoom:
    """What an account has decided for one technician; None is what it has decided for all."""

    chats: int | None = None
    cases: int | None = None


DEFAULT_ROOM: Final = Room(chats=3, cases=20)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an account has decided, and whose turn it is."""

    tenant: str
    automatic: frozenset[str] = frozenset()
    """The portals whose cases are assigned by themselves; none of them at first."""
    capacity: Room = DEFAULT_ROOM
    own: Mapping[str, OwnRoom] = field(default_factory=dict)
    """What was decided for single technicians, by their id."""
    given: int = 0
    """How many assignments were decided on; it numbers the turns."""
    turns: Mapping[str, int] = field(default_factory=dict)
    """The number of each technician's last one."""

    def room_of(self, technician_id: str) -> Room:
        """What a technician takes at once."""
        own = self.own.get(technician_id, OwnRoom())
        return Room(
            self.capacity.chats if own.chats is None else own.chats,
            self.capacity.cases if own.cases is None else own.cases,
        )

    def switched(self, portal_id: str, *, automatic: bool) -> "Plan":
        """With automatic assignment on or off for a portal."""
        others = self.automatic - {portal_id}
        return replace(self, automatic=others | {portal_id} if automatic else others)

    def with_own(self, technician_id: str, own: OwnRoom) -> "Plan":
        """With another capacity for one technician."""
        others = {it: room for it, room in self.own.items() if it != technician_id}
        return replace(self, own=others if own == OwnRoom() else {**others, technician_id: own})


@dataclass(frozen=True, slots=True)
class Routing:
    """A decision, with everybody who was weighed for it."""

    outcome: Outcome
    kind: Kind
    considered: tuple[Weighed, ...]
    technician_id: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that waits for a technician, as far as it matters to whom it is given."""

    case_id: str
    live: bool
    state_version: int
    put_back_by: str | None
    """Who put it into the queue; None where nobody did by hand."""

    @property
    def kind(self) -> Kind:
        """What it counts as while somebody has it."""
        return "chats" if self.live else "cases"


def waiting_of(case: Case) -> Waiting:
    """The case as it waits."""
    return Waiting(case.id, case.now.live, case.now.state_version, case.now.changed_by)


def decide(
    case: Waiting,
    able: Iterable[TechnicianListed],
    loads: Mapping[str, Room],
    plan: Plan,
) -> Routing:
    """Who gets the case; `able` are the active technicians with access to its company."""
    kind = case.kind
    return chosen_of(kind, [_weigh(case, person, kind, loads, plan) for person in able])


def chosen_of(kind: Kind, weighed: list[Weighed]) -> Routing:
    """The decision among those who were weighed."""
    free = [it for it in weighed if it.verdict == "later"]
    if not free:
        return Routing(_why_nobody(weighed), kind, tuple(weighed))
    chosen = min(free, key=_whose_turn)
    told = [it.model_copy(update={"verdict": "chosen"}) if it is chosen else it for it in weighed]
    return Routing("assigned", kind, tuple(told), chosen.technician_id)


def _weigh(
    case: Waiting, person: TechnicianListed, kind: Kind, loads: Mapping[str, Room], plan: Plan
) -> Weighed:
    load = loads.get(person.technician_id, Room()).of(kind)
    capacity = plan.room_of(person.technician_id).of(kind)
    if not person.available:
        verdict = "not_available"
    elif case.put_back_by == person.technician_id:
        verdict = "gave_back"
    else:
        verdict = "later" if load < capacity else "at_capacity"
    return Weighed(
        technician_id=person.technician_id,
        verdict=verdict,
        load=load,
        capacity=capacity,
        turn=plan.turns.get(person.technician_id, 0),
    )


def _whose_turn(it: Weighed) -> tuple[int, int, str]:
    """Whoever was given one longest ago; among those who never were, whoever has least to do."""
    return it.turn, it.load, it.technician_id


def _why_nobody(weighed: list[Weighed]) -> Outcome:
    """The reason that is nearest to somebody's taking it."""
    verdicts = {it.verdict for it in weighed}
    if "at_capacity" in verdicts:
        return "at_capacity"
    if "gave_back" in verdicts:
        return "gave_back"
    return "none_available" if verdicts else "no_access"


# ---- what becomes of the case --------------------------------------------------------------------


def routing_id(case: Waiting, routing: Routing) -> str:
    """That nobody could have a case is told once for each reason in a wait, however often it is found."""
    return derived_id("routing", case.case_id, str(case.state_version), routing.outcome)


def route(case: Case, routing: Routing, asked: Asked, without_access: int) -> list[Change]:
    """The decision, and what follows from it; raises `CaseMovedOn`."""
    tells = {
        "technician_id": routing.technician_id,
        "outcome": routing.outcome,
        "kind": routing.kind,
        "considered": routing.considered,
        "without_access": without_access,
    }
    told = replace(step(case, CaseRouted, tells), event_id=routing_id(waiting_of(case), routing))
    if routing.technician_id is None:
        return [told]
    return [told, *decisions.transfer(told.case, asked, routing.technician_id)]


def is_unattended(case: Case) -> bool:
    """Whether somebody sits in a live chat and waits for a technician who has it (X4)."""
    waits = not case.answered or case.now.waiting_since is not None
    return case.now.live and case.now.state == "assigned" and waits


def offer_again(case: Case, at: datetime) -> list[Change]:
    """Whoever has it vanished: a chat that waits for them is everybody's again (X4)."""
    if not is_unattended(case):
        return []
    asked = Asked(None, at, case.now.state_version)
    given_back = decisions.transfer(case, asked, None)
    return [replace(it, tells={**it.tells, "reason": AWAY}) for it in given_back]
