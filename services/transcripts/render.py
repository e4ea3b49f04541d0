"""A document as plain text and as HTML.

Nothing that a person wrote can pass for something else. In the text a line of the conversation
begins at the left edge and whatever was written is indented; in the HTML everything is escaped,
there is no script, and nothing is loaded from anywhere.
"""

import html
from collections.abc import Iterator
from itertools import groupby
from string import Template
from typing import Final

from services.transcripts.document import Document, Row

_INDENT: Final = "    "

# Blocks only, no grid and no flex: mail programs know little more than that.
_STYLE: Final = """
body{margin:0;background:#f4f5f7;color:#1b1f26;font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
main{max-width:720px;margin:0 auto;padding:32px 24px;background:#fff}
h1{margin:0 0 16px;font-size:24px;line-height:1.25;font-weight:600}
table{border-collapse:collapse;margin:0 0 16px}
th{padding:2px 24px 2px 0;text-align:left;vertical-align:top;font-weight:400;color:#5b6472;white-space:nowrap}
td{padding:2px 0;vertical-align:top;overflow-wrap:anywhere}
p{margin:0 0 12px}
.quiet{color:#5b6472;font-size:13px}
h2{margin:28px 0 12px;padding:0 0 6px;border-bottom:1px solid #d9dde3;font-size:13px;font-weight:600;color:#5b6472}
.said{margin:0 0 12px;padding:8px 12px;border-left:3px solid #c3c9d2;break-inside:avoid}
.customer{border-left-color:#8a93a1;background:#f4f5f7}
.technician{border-left-color:#3456c8;background:#f0f3fd}
.said p{margin:0}
.said .by{font-size:13px;color:#5b6472}
.said b{color:#1b1f26;font-weight:600}
.said .text{white-space:pre-wrap;overflow-wrap:anywhere}
.event{margin:0 0 12px;color:#5b6472;font-size:13px;text-align:center}
footer{margin:32px 0 0;padding:12px 0 0;border-top:1px solid #d9dde3}
@media (max-width:480px){th,td{display:block;padding:0}td{margin:0 0 8px}}
@page{size:A4;margin:18mm}
@media print{body{background:none;font-size:10.5pt}main{max-width:none;padding:0}.said,.customer,.technician{background:none}h2{break-after:avoid}}
""".strip().replace("\n", "")

_PAGE: Final = Template(
    '<!doctype html><html lang="$language"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width,initial-scale=1">'
    '<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">'
    "<title>$title</title><style>$style</style></head>"
    "<body><main>$intro<h1>$title</h1><table>$facts</table>"
    '<p class="quiet">$zone_note</p>$rows'
    '<footer class="quiet">$produced</footer></main></body></html>\n'
)


# ---- text ----------------------------------------------------------------------------------------


def as_text(document: Document) -> str:
    """The document as lines of text."""
    return "\n".join(_text_lines(document)) + "\n"


def _text_lines(document: Document) -> Iterator[str]:
    for sentence in document.intro:
        yield from (sentence, "")
    yield from (document.title, "=" * len(document.title), "")
    width = max((len(label) for label, _ in document.facts), default=0) + 1
    yield from (f"{label + ':':<{width}} {value}" for label, value in document.facts)
    yield from ("", document.zone_note)
    for day, rows in groupby(document.rows, key=lambda row: row.day):
        yield from ("", day, "-" * len(day), "")
        yield from (text_of(row) for row in rows)
    yield from ("-" * len(document.produced), document.produced)


def text_of(row: Row) -> str:
    """One row, with an empty line behind it."""
    if not row.who:
        return f"{row.time}  * {row.text}\n"
    remark = f" ({row.remark})" if row.remark else ""
    # Every kind of line break counts, or a message could write at the left edge.
    said = "\n".join(_INDENT + line for line in row.text.splitlines())
    return f"{row.time}  {row.who}{remark}:\n{said}\n"


# ---- HTML ----------------------------------------------------------------------------------------


def as_html(document: Document) -> str:
    """The document as one page that needs nothing else."""
    return _PAGE.substitute(
        language=document.language,
        title=html.escape(document.title),
        style=_STYLE,
        intro="".join(f"<p>{html.escape(sentence)}</p>" for sentence in document.intro),
        facts="".join(_fact(label, value) for label, value in document.facts),
        zone_note=html.escape(document.zone_note),
        rows="".join(_day(day, rows) for day, rows in groupby(document.rows, lambda it: it.day)),
        produced=html.escape(document.produced),
    )


def _fact(label: str, value: str) -> str:
    return f"<tr><th>{html.escape(label)}</th><td>{html.escape(value)}</td></tr>"


def _day(day: str, rows: Iterator[Row]) -> str:
    return f"<h2>{html.escape(day)}</h2>" + "".join(html_of(row) for row in rows)


def html_of(row: Row) -> str:
    """One row. Directions are each text's own, so that none reorders what stands beside it."""
    time, text = html.escape(row.time), html.escape(row.text)
    if not row.who:
        return f'<p class="event">{time} · <bdi>{text}</bdi></p>'
    remark = f" · <bdi>{html.escape(row.remark)}</bdi>" if row.remark else ""
    by = f'<p class="by"><b><bdi>{html.escape(row.who)}</bdi></b> · {time}{remark}</p>'
    return f'<div class="said {row.speaker}">{by}<p class="text" dir="auto">{text}</p></div>'
