"""What the pages and the mails say, from the catalogs that people's browsers have."""

from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

ROOT = Path(__file__).parents[2]
CATALOGS = ("web/shared/locales", "services/notify/locales")


class Words:
    """The sentences of one language, by name."""

    def __init__(self, language: str) -> None:
        self._bundle = FluentBundle([language], use_isolating=False)
        for folder in CATALOGS:
            text = (ROOT / folder / f"{language}.ftl").read_text("utf-8")
            self._bundle.add_resource(FluentResource(text))

    def __call__(self, message: str, /, **params: str) -> str:
        pattern = self._bundle.get_message(message).value
        assert pattern is not None, message
        text, errors = self._bundle.format_pattern(pattern, params)
        assert errors == [], errors
        return str(text)
