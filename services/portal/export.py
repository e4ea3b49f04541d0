"""The audit log as a file: CSV for spreadsheets, JSON lines for programs.

A file of its own, because what a spreadsheet makes of a cell is a rule of its own.
"""

import csv
import io
from collections.abc import AsyncIterator
from typing import Final

from services.portal.domain_audit import AuditEntry
from services.portal.schemas_integrations import line_view

COLUMNS: Final = (
    "time",
    "by",
    "by_name",
    "by_id",
    "action",
    "case_id",
    "subject_name",
    "subject_id",
    "company_id",
    "details",
    "changes",
    "via",
    "address",
    "user_agent",
)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


async def csv_lines(entries: AsyncIterator[AuditEntry]) -> AsyncIterator[str]:
    """The header, then a line for each entry. A mark at the beginning tells spreadsheets that it is UTF-8."""
    yield "\ufeff" + _row(COLUMNS)
    async for entry in entries:
        yield _row(_cells(entry))


async def json_lines(entries: AsyncIterator[AuditEntry]) -> AsyncIterator[str]:
    """Each entry as the REST interface shows it, on a line of its own."""
    async for entry in entries:
        yield line_view(entry).model_dump_json() + "\n"


def _cells(entry: AuditEntry) -> list[str]:
    line = {name: getattr(entry, name) for name in COLUMNS}
    line["time"] = entry.time.isoformat()
    line["details"] = "; ".join(f"{name}: {value}" for name, value in entry.details.items())
    line["changes"] = "; ".join(
        f"{it.field}: {it.before or ''} -> {it.after or ''}" for it in entry.changes
    )
    return [str(line[name] or "") for name in COLUMNS]


def _row(cells: tuple[str, ...] | list[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([_plain(cell) for cell in cells])
    return line.getvalue()


def _plain(cell: str) -> str:
    """A spreadsheet would run what begins like a formula; a browser can call itself anything."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
