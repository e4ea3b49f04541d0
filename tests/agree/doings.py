"""What people do in a burst, chosen at random by a seed: at two consoles, and on the customers' side."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

LISTS = ("unassigned", "mine", "all")
PRIORITIES = ("low", "normal", "high", "urgent")
VIEWS = (
    "",
    "&flagged=true",
    "&priority=high&priority=urgent",
    "&category=active&sort=updated",
    "&sort=customer",
    "&follow_up=active&sort=waiting&direction=asc",
)
"""What a list is narrowed down to and sorted by, as the console's address says it."""
WORDS = ("lamp", "invoice", "parcel", "delivery", "password", "refund")


@dataclass(frozen=True)
class Doing:
    """Something that somebody does: at a console, or `customer` on the other side."""

    who: str
    name: str
    said: Mapping[str, Any] = field(default_factory=dict)
    after: float = 0.0
    """Seconds after the burst began."""

    def __str__(self) -> str:
        return f"{self.after:.2f} {self.who} {self.name} {dict(self.said)}"


@dataclass
class Chance:
    """Chooses; the same seed chooses the same among the same cases."""

    seed: int
    consoles: Mapping[str, str]
    """The ids of those who sit there, by the names of the consoles."""
    labels: Sequence[str] = ()

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def burst(self, cases: Sequence[str], chats: Sequence[str]) -> list[Doing]:
        """A handful of doings within half a second."""
        count = self.random.randint(3, 9)
        return [self._one(cases, chats) for _ in range(count)]

    def _one(self, cases: Sequence[str], chats: Sequence[str]) -> Doing:
        after = self.random.uniform(0, 0.5)
        # Most of it happens to few cases, so that both consoles meet at the same one.
        case = self.random.choice(cases[-6:] if self._maybe(0.7) else cases)
        kind = self.random.choices(
            ("state", "mark", "many", "talk", "customer", "merge", "undo", "look", "away"),
            (30, 22, 8, 8, 16, 5, 8, 8, 3),
        )[0]
        who = self.random.choice(list(self.consoles))
        name, said = getattr(self, f"_{kind}")(case, cases, chats)
        if kind == "customer":
            who = "customer"
        return Doing(who, name, said, after)

    def _maybe(self, share: float) -> bool:
        return self.random.random() < share

    def _state(self, case: str, *_: object) -> tuple[str, dict[str, Any]]:
        return "act", {"id": case, "act": self._state_act()}

    def _state_act(self) -> dict[str, Any]:
        do = self.random.choice(
            ["assign", "assign", "resolve", "resolve", "reopen", "open", "pending", "snooze", "transfer"]
        )  # fmt: skip
        if do == "snooze":
            soon = datetime.now(UTC) + timedelta(seconds=self.random.choice([2, 600]))
            until = self.random.choice(["reply", "tomorrow", soon.isoformat()])
            return {"do": do, "until": until, "time_zone": "Europe/Madrid"}
        if do == "transfer":
            to = self.random.choice([None, *self.consoles.values()])
            person = to and {"id": to, "name": ""}
            return {"do": do, "to": person, "note": self.random.choice(["", "Yours"])}
        return {"do": do}

    def _mark(self, case: str, *_: object) -> tuple[str, dict[str, Any]]:
        return "act", {"id": case, "act": self._mark_act()}

    def _mark_act(self) -> dict[str, Any]:
        acts: list[dict[str, Any]] = [
            {"do": "flag", "flagged": self._maybe(0.6)},
            {"do": "priority", "priority": self.random.choice(PRIORITIES)},
            {"do": "title", "title": self.random.choice(["", *WORDS])},
            {"do": "mute", "muted": self._maybe(0.5)},
            {"do": "spam", "spam": self._maybe(0.4)},
            {"do": "label", "add": [self.random.choice(self.labels)], "remove": []},
            {"do": "label", "add": [], "remove": [self.random.choice(self.labels)]},
        ]
        return self.random.choice(acts)

    def _many(
        self, _: str, cases: Sequence[str], chats: Sequence[str]
    ) -> tuple[str, dict[str, Any]]:
        ids = self.random.sample(cases, min(len(cases), self.random.randint(2, 6)))
        act = self._state_act() if self._maybe(0.5) else self._mark_act()
        return "many", {"ids": ids, "act": act}

    def _talk(self, case: str, _: object, chats: Sequence[str]) -> tuple[str, dict[str, Any]]:
        text = f"About the {self.random.choice(WORDS)}"
        if self._maybe(0.5) or not chats:
            return "note", {"id": case, "text": text}
        return "say", {"id": self.random.choice(chats), "text": text}

    def _customer(self, _: str, __: object, chats: Sequence[str]) -> tuple[str, dict[str, Any]]:
        name = self.random.choices(["write", "chat", "request", "end"], [8, 2, 2, 1])[0]
        if name in {"write", "end"} and not chats:
            name = "chat"
        said = {"text": f"My {self.random.choice(WORDS)} is {self.random.choice(WORDS)}."}
        if name in {"write", "end"}:
            said["id"] = self.random.choice(chats)
        return name, said

    def _merge(self, case: str, cases: Sequence[str], _: object) -> tuple[str, dict[str, Any]]:
        if self._maybe(0.4):
            return "unmerge", {"id": case}
        return "merge", {"id": case, "into": self.random.choice(cases)}

    def _undo(self, case: str, *_: object) -> tuple[str, dict[str, Any]]:
        return "takeBack", {"id": case}

    def _look(self, case: str, *_: object) -> tuple[str, dict[str, Any]]:
        place = f"/{case}" if self._maybe(0.7) else ""
        where = f"list={self.random.choice(LISTS)}{self.random.choice(VIEWS)}"
        return "look", {"address": f"/console/cases{place}?{where}"}

    def _away(self, *_: object) -> tuple[str, dict[str, Any]]:
        if self._maybe(0.4):
            return "available", {"wanted": self._maybe(0.8)}
        return "drop", {}
