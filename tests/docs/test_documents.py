"""The documents say what is there: tables are compared with the code, and links lead somewhere."""

import re
from pathlib import Path

import pytest

from contracts.topics import SERVICES, TOPICS

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", *sorted((ROOT / "docs").glob("*.md"))]


def table_rows(text: str, first: str) -> list[list[str]]:
    """The cells of the rows below the table header that starts with this cell."""
    lines = text.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"| {first} |"))
    rows: list[list[str]] = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            return rows
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def test_the_table_of_topics_is_the_registry() -> None:
    found = table_rows((ROOT / "ARCHITECTURE.md").read_text(), "topic")
    expected = [
        [
            f"`{topic.name}`",
            f"`{topic.key}`" if "<" in topic.key else topic.key,
            *(
                ("W" if service in (topic.owner, *topic.producers) else "")
                + ("R" if service in topic.consumers else "")
                for service in SERVICES
            ),
        ]
        for topic in TOPICS
    ]
    assert found == expected


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_to_files(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", document.read_text()):
        if not target.startswith(("http://", "https://")):
            assert (document.parent / target).exists(), target


def test_every_finished_row_points_to_a_test_that_is_there() -> None:
    for row in table_rows((ROOT / "docs" / "features.md").read_text(), "row"):
        state, tests = row[2], re.findall(r"`([^`]+)`", row[3])
        assert state in ("done", "part", "open"), row
        assert bool(tests) == (state != "open"), row
        for test in tests:
            path, _, name = test.partition("::")
            assert (ROOT / path).exists(), test
            assert not name or f"def {name}(" in (ROOT / path).read_text(), test


def test_the_checklist_has_every_row_once() -> None:
    ids = [row[0] for row in table_rows((ROOT / "docs" / "features.md").read_text(), "row")]
    expected = [f"S{n}" for n in range(1, 66) if n != 59]
    expected += [f"X{n}" for n in range(1, 33)] + [f"N{n}" for n in range(1, 11)]
    assert sorted(ids) == sorted(expected)
