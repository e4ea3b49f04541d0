"""Sets one document: JSON on the standard input, PDF on the standard output.

A process of its own, because Typst keeps what it has set in memory: 200 MB after 10,000 messages.
Fonts come from packages alone, so a transcript looks the same on every machine: Inter for Latin,
Greek, Cyrillic and the usual symbols, Noto for other scripts and emoji, and what is within Typst
(DejaVu Sans Mono) for the rest, such as the lines of a pasted table.
"""

import json
import sys
from importlib.resources import files
from pathlib import Path

import typst

_FONTS = ("fontpkg_inter", "manimgx_fonts")
_TEMPLATE = Path(__file__).parent / "transcript.typ"


def pdf(document: str) -> bytes:
    """The PDF of a document in JSON, tagged for screen readers."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(files(it)) for it in _FONTS])
    compiler = typst.Compiler(_TEMPLATE, font_paths=fonts)
    made = compiler.compile(format="pdf", sys_inputs={"document": document})
    if not isinstance(made, bytes):
        raise TypeError(f"One PDF was expected, not {type(made).__name__}.")
    return made


if __name__ == "__main__":
    # Parsed and written anew: whatever is no JSON ends here, in a language that says where.
    sys.stdout.buffer.write(pdf(json.dumps(json.load(sys.stdin.buffer))))
