"""Writes the dashboards, and the table of metrics in docs/operations.md: `make dashboards`.

Both are committed, and a test fails when they are stale. What is measured is read from the registry of
this process, with every service imported and none started.
"""

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Final

from prometheus_client import REGISTRY
from prometheus_client.metrics import MetricWrapperBase

from contracts.topics import SERVICES
from deploy.grafana.desk import DESK
from deploy.grafana.machine import MACHINE

ROOT: Final = Path(__file__).parents[2]
DOCUMENT: Final = ROOT / "docs" / "operations.md"
DASHBOARDS: Final = {"desk.json": DESK, "machine.json": MACHINE}
BEGIN: Final = "<!-- made by `make dashboards` from the metrics themselves -->\n"
END: Final = "<!-- end -->"
_PREFIX: Final = "deskbus_"


def generated() -> dict[Path, str]:
    """The text of each file."""
    folder = ROOT / "deploy" / "grafana" / "dashboards"
    texts = {
        folder / name: json.dumps(dashboard.as_json(), indent=2) + "\n"
        for name, dashboard in DASHBOARDS.items()
    }
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    return {**texts, DOCUMENT: f"{before}{BEGIN}{table()}{END}{after}"}


def stale() -> list[str]:
    """The files that differ from what they would be made to say now."""
    return [
        path.name
        for path, text in generated().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


def table() -> str:
    """Every metric of ours, in Markdown."""
    lines = ["| name | type | labels | meaning |", "| --- | --- | --- | --- |"]
    lines += [f"| {' | '.join(row)} |" for row in sorted(_rows())]
    return "\n".join(lines) + "\n"


def _rows() -> Iterator[tuple[str, str, str, str]]:
    for service in SERVICES:
        import_module(f"services.{service}.app")
    # Only the collectors themselves know their labels before anything was measured.
    for collector in REGISTRY._collector_to_names:  # noqa: SLF001
        if isinstance(collector, MetricWrapperBase):
            family = next(iter(collector.describe()))
            if family.name.startswith(_PREFIX):
                name = f"{family.name}_total" if family.type == "counter" else family.name
                labels = ", ".join(f"`{label}`" for label in collector._labelnames)  # noqa: SLF001
                yield f"`{name}`", family.type, labels, family.documentation


def write() -> None:
    """Writes every file."""
    for path, text in generated().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
