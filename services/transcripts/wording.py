"""One reader's language and time zone: sentences from the catalogs, dates as CLDR has them."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Final, Literal, get_args
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global
from babel.dates import format_date, format_datetime, format_time, get_timezone_name
from babel.numbers import format_decimal
from fluent.runtime import FluentBundle, FluentResource

Language = Literal["en", "es", "de"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
UTC_ZONE: Final = "UTC"
_NOWHERE: Final = {"ZZ", "001"}
"""What CLDR says the territory is of a zone that no place has."""
_LOCALES: Final = Path(__file__).parent / "locales"


def language_of(tag: str) -> Language:
    """The language of a tag such as `de-AT`, or English for one in which Deskbus does not speak."""
    wanted = tag.partition("-")[0].lower()
    return next((language for language in LANGUAGES if language == wanted), "en")


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def is_zone(name: str) -> bool:
    """Whether there is a time zone of this name, such as `Europe/Berlin`."""
    return name in _zones()


def _territory(zone: str) -> str:
    """Two letters, or one of `_NOWHERE`."""
    name = get_global("zone_aliases").get(zone, zone)
    return str(get_global("zone_territories").get(name, "ZZ"))


@cache
def _catalog(language: Language) -> FluentBundle:
    # Without the marks that isolate directions: people copy text out of a transcript.
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource((_LOCALES / f"{language}.ftl").read_text("utf-8")))
    return bundle


class Words:
    """What a reader reads. `zone` must be a zone (`is_zone`)."""

    def __init__(self, language: Language, zone: str) -> None:
        self.language = language
        self.zone = zone
        self._info = ZoneInfo(zone)
        self._catalog = _catalog(language)
        self._days: dict[date, str] = {}
        self._times: dict[tuple[int, int], str] = {}

    def say(self, name: str, params: Mapping[str, str] | None = None) -> str:
        """The sentence of this name; raises when the catalog lacks it or a parameter."""
        pattern = self._catalog.get_message(name).value
        if pattern is None:
            raise LookupError(name)
        text, errors = self._catalog.format_pattern(pattern, dict(params or {}))
        if errors:
            raise errors[0]
        return str(text)

    def day(self, time: datetime) -> str:
        """The date with its weekday."""
        local = time.astimezone(self._info).date()
        if local not in self._days:
            # A heading: Spanish would begin it with a small letter.
            text = format_date(local, "full", locale=self.language)
            self._days[local] = text[:1].upper() + text[1:]
        return self._days[local]

    def clock(self, time: datetime) -> str:
        """The time of day, to the minute."""
        local = time.astimezone(self._info)
        # A long conversation asks the same few hundred minutes ten thousand times.
        minute = (local.hour, local.minute)
        if minute not in self._times:
            self._times[minute] = format_time(local.time(), "short", locale=self.language)
        return self._times[minute]

    def moment(self, time: datetime) -> str:
        """Date and time, to the second, with the zone."""
        return str(format_datetime(time, "long", tzinfo=self._info, locale=self.language))

    def zone_note(self) -> str:
        """In which zone all times are, as people call it all year round: `Central European Time`."""
        if _territory(self.zone) in _NOWHERE:
            return self.say("zone-note-nowhere", {"name": self.zone.removeprefix("Etc/")})
        return self.say("zone-note", {"zone": self._zone_name(), "name": self.zone})

    def _zone_name(self) -> str:
        return str(get_timezone_name(self._info, width="long", locale=self.language))

    def number(self, value: int) -> str:
        """A whole number with its thousands set apart."""
        return format_decimal(value, locale=self.language)
