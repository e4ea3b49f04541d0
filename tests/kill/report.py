"""How much a run does, and what it found."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.support.desk import Death

PROBLEMS_SHOWN = 40


@dataclass(frozen=True)
class Load:
    """How much a run does. The seed makes its chain of deaths and everybody's choices repeatable."""

    seed: int = 1
    customers: int = 6
    callers: int = 2
    """How many come, one after the other, with requests, surveys and transcripts."""
    pause: tuple[float, float] = (0.05, 0.25)
    between_deaths: float = 4.0
    rounds: int = 1
    at_once: int = 1
    """How many services may be away at the same time."""
    back_within: float | None = None
    """Seconds in which a killed service has to be ready again; None where the machine's speed is not the question."""


@dataclass
class Report:
    """What a run found; a run passes only with no problem at all."""

    problems: list[str] = field(default_factory=list)
    checked: Counter[str] = field(default_factory=Counter)
    """How often each kind of thing was looked at."""
    counted: Counter[str] = field(default_factory=Counter)
    """What there was of things that may be or not."""
    messages: int = 0
    deaths: list[Death] = field(default_factory=list)

    def expect(self, kind: str, where: str, found: Any, expected: Any) -> None:
        """Look at one thing of a kind."""
        self.checked[kind] += 1
        if found != expected:
            self.problems.append(f"{kind}: {where}: found {found!r}, expected {expected!r}")

    def summary(self) -> str:
        """For people to read."""
        slowest = max((death.ready_after or 0.0 for death in self.deaths), default=0.0)
        lines = [
            f"{self.messages} messages acknowledged, {len(self.deaths)} deaths, {len(self.problems)} problems",
            f"slowest return to readiness: {slowest:.1f} s",
            *(
                f"  {d.service:11} {d.cause:40} back after {d.ready_after or -1:.1f} s"
                for d in self.deaths
            ),
            "checked:",
            *(f"  {count:6} {kind}" for kind, count in sorted(self.checked.items())),
            "there were:",
            *(f"  {count:6} {kind}" for kind, count in sorted(self.counted.items())),
            *self.problems[:PROBLEMS_SHOWN],
        ]
        return "\n".join(lines)
