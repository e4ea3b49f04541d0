"""How a measurement is told: the machine, the rounds, medians with their ranges, and ratios to the floor."""

import os
import platform
import statistics
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("aiokafka", "faststream", "fastapi", "uvicorn", "motor", "pymongo", "websockets")
MILLISECONDS = 1_000


class Spoiled(Exception):
    """A message was lost or came twice: the round does not count, and neither does the run."""


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@dataclass(frozen=True)
class Spread:
    """One figure over the rounds of a run."""

    values: tuple[float, ...]

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        return cls(tuple(values))

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    def told(self, digits: int = 2) -> str:
        """The median, and the range in brackets."""
        low, high = min(self.values), max(self.values)
        return f"{self.median:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"


def conditions(settings: Mapping[str, object]) -> str:
    """What a figure depends on: the machine, its other load, the versions, and this run's settings."""
    load = ", ".join(f"{n:.1f}" for n in os.getloadavg())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return "\n".join(
        [
            f"machine: {_processor()}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.release()}",
            f"load of the last 1, 5 and 15 minutes before: {load}",
            f"Python {platform.python_version()}, {packages}",
            "settings: " + ", ".join(f"{name}={value}" for name, value in settings.items()),
        ]
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def say(text: str) -> None:
    """One line of progress or of the result, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
