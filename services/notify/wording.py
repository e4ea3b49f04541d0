"""What somebody wrote in a mail: HTML as text, and without what they answer. The only place that knows the library.

This is for reading alone: the mail is kept as it came, and what is left out can be looked at.
"""

import re
from typing import Final

from inscriptis import get_text
from lxml.etree import LxmlError

from services.notify import history

HTML_LIMIT: Final = 500_000
"""Characters that are looked at; what a person writes is far below."""
TEXT_LIMIT: Final = 100_000

_SIGNATURE: Final = re.compile(r"^-- $", re.MULTILINE)


def as_plain(document: str) -> str:
    """HTML as a person reads it; nothing of it is run, and nothing is loaded."""
    cut = document[:HTML_LIMIT].replace("\x00", "")
    try:
        return str(get_text(cut.encode("utf-8", "replace").decode("utf-8")))
    except (LxmlError, ValueError, RecursionError):
        return ""


def without_history(text: str) -> str:
    """What is new in an answer; answers between the lines of a quotation are left with it."""
    above = _SIGNATURE.split(text[:TEXT_LIMIT], maxsplit=1)[0]
    return history.without_history(above)
