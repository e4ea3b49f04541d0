"""What the mails of notify say, in the reader's language: as plain text, and as HTML for who likes it.

A file of its own, because it is all words and looks, and no rule. The HTML loads nothing and keeps
to what mail programs understand: one column, styles beside the elements, a dark version where known.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import Final

from fluent.runtime import FluentBundle, FluentResource

from contracts.cases import CaseChanged
from contracts.notify import MailContent, SlaAlerted

LANGUAGES: Final = ("en", "es", "de")
_LOCALES: Final = Path(__file__).parent / "locales"
PAGE: Final = Template(
    '<!doctype html><html lang="$language"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width,initial-scale=1">'
    '<meta name="color-scheme" content="light dark"><title>$subject</title><style>'
    "@media (prefers-color-scheme:dark){"
    ".page{background:#16181d!important;color:#e6e8ec!important}"
    ".card{background:#1f2229!important;border-color:#343943!important}"
    ".quiet{color:#a3aab6!important}.said{border-color:#4c5463!important}}"
    "</style></head>"
    '<body class="page" style="margin:0;background:#f3f4f6;color:#1c2026">'
    '<div style="max-width:560px;margin:0 auto;padding:24px 16px;'
    "font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif\">"
    '<p class="quiet" style="margin:0 0 12px;color:#5b6370;font-size:14px">$company</p>'
    '<div class="card" style="background:#ffffff;border:1px solid #dfe2e7;border-radius:10px;'
    'padding:24px">'
    "$card</div>"
    '<p class="quiet" style="margin:12px 0 0;color:#5b6370;font-size:13px">$footer</p>'
    "</div></body></html>"
)
_CARD: Final = Template(
    '<p style="margin:0 0 12px">$greeting</p><p style="margin:0 0 4px">$lead</p>'
    '<p style="margin:0 0 16px;font-size:28px;line-height:1.2;font-weight:600">$number</p>'
    '<p style="margin:0 0 16px">$next</p>'
    '<p style="margin:0"><a href="$link" style="display:inline-block;padding:10px 18px;'
    'border-radius:8px;background:#3355a5;color:#ffffff;font-weight:600;text-decoration:none">'
    "$open</a></p>$written"
)
_WRITTEN: Final = Template(
    '<h2 class="quiet" style="margin:24px 0 8px;font-size:14px;font-weight:600;color:#5b6370">'
    '$title</h2><div class="said" style="border-left:3px solid #cfd4db;padding-left:12px">$lines</div>'
)
LINE: Final = Template(
    '<p style="margin:0 0 8px;white-space:pre-wrap;overflow-wrap:anywhere">$line</p>'
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a letter needs to know beside its case: who will answer, and where the case can be looked at."""

    company: str
    link: str


def acknowledgement(event: CaseChanged, facts: Facts) -> MailContent:
    """What a customer is told whose request has arrived."""
    return _letter("acknowledgement", event, facts, [line.text for line in event.text.problem])


def survey(event: CaseChanged, facts: Facts) -> MailContent:
    """What a customer is asked whose case is resolved. What they wrote is not repeated: it is settled."""
    return _letter("survey", event, facts, [])


def escalation(name: str, number: int, facts: Facts, language: str) -> MailContent:
    """What a technician is told when nobody comes to a live chat."""
    values = {
        "number": str(number),
        "name": name,
        "company": facts.company,
        "address": "",
        "link": facts.link,
    }
    return _composed("escalation", language, values, [])


def service_level(
    name: str, alert: SlaAlerted, facts: Facts, language: str, *, own: bool
) -> MailContent:
    """What a technician is told of a promise that falls due or was not kept, in their own case or in nobody's."""
    values = {
        "number": str(alert.number),
        "name": name,
        "company": facts.company,
        "promise": alert.promise,
        "owner": "own" if own else "nobody",
        "address": "",
        "link": facts.link,
    }
    return _composed(alert.alert.replace("_", "-"), language, values, [])


def _letter(kind: str, event: CaseChanged, facts: Facts, lines: Sequence[str]) -> MailContent:
    language = language_of(event.text.locale)
    customer = event.text.customer
    values = {
        "number": str(event.case.number),
        "name": f"{customer.first_name} {customer.last_name}".strip(),
        "company": facts.company,
        "address": event.case.portal_address,
        "link": facts.link,
    }
    return _composed(kind, language, values, lines)


def _composed(
    kind: str, language: str, values: dict[str, str], lines: Sequence[str]
) -> MailContent:
    names = ("subject", "lead", "next", "open", "footer")
    words = {name: say(language, f"{kind}-{name}", values) for name in names}
    words |= {name: say(language, name, values) for name in ("greeting", "written")}
    return MailContent(
        subject=words["subject"],
        text=_as_text(words, values, lines),
        html=_as_html(language, words, values, lines),
    )


def language_of(locale: str) -> str:
    """Our language for a browser's locale such as `es-MX`; English for any other."""
    language = locale.partition("-")[0].lower()
    return language if language in LANGUAGES else LANGUAGES[0]


def say(language: str, message: str, values: dict[str, str]) -> str:
    """A message of the catalog in one of our languages."""
    catalog = _catalog(language)
    pattern = catalog.get_message(message).value
    assert pattern is not None  # noqa: S101 - every message of these catalogs has a text
    text, _ = catalog.format_pattern(pattern, values)
    return str(text)


@cache
def _catalog(language: str) -> FluentBundle:
    # Isolating marks would show in subjects and be copied along with a number.
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource((_LOCALES / f"{language}.ftl").read_text("utf-8")))
    return bundle


def _as_text(words: dict[str, str], values: dict[str, str], lines: Sequence[str]) -> str:
    quoted = "\n>\n".join(_quoted(line) for line in lines)
    written = [f"{words['written']}:\n\n{quoted}"] if lines else []
    lead = f"{words['lead']} {values['number']}."
    link = f"{words['open']}:\n{values['link']}"
    parts = [words["greeting"], lead, words["next"], link, *written, f"-- \n{words['footer']}"]
    return "\n\n".join(parts) + "\n"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.split("\n"))


def _as_html(
    language: str, words: dict[str, str], values: dict[str, str], lines: Sequence[str]
) -> str:
    safe = {name: html.escape(text) for name, text in (values | words).items()}
    said = "".join(LINE.substitute(line=html.escape(line)) for line in lines)
    safe["written"] = _WRITTEN.substitute(title=safe["written"], lines=said) if lines else ""
    return PAGE.substitute(safe, language=language, card=_CARD.substitute(safe))
