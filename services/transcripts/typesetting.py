"""Sets one document: JSON on the standard input, PDF on the standard output.

A process of its own, because Typst keeps what it has set in memory: 200 MB after 10,000 messages.
Fonts come from a package alone, so a transcript looks the same on every machine.
"""

import json
import sys
from importlib.resources import files
from pathlib import Path

import typst

_TEMPLATE = Path(__file__).parent / "transcript.typ"


def pdf(document: str) -> bytes:
    """The PDF of a document in JSON, tagged for screen readers."""
    with_fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(files("manimgx_fonts"))],
    )
    compiler = typst.Compiler(_TEMPLATE, font_paths=with_fonts)
    made = compiler.compile(format="pdf", sys_inputs={"document": document})
    if not isinstance(made, bytes):
        raise TypeError(f"One PDF was expected, not {type(made).__name__}.")
    return made


if __name__ == "__main__":
    # Parsed and written anew: whatever is no JSON ends here, in a language that says where.
    sys.stdout.buffer.write(pdf(json.dumps(json.load(sys.stdin.buffer))))
