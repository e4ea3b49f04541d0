"""When a case comes back that somebody puts off (S36), as an account has decided: pure rules.

Days are those of whoever puts the case off, by the clock of their zone. A customer's message ends every
sleep; a case that waits for nothing else sleeps for ever where its customer never writes, unless the
account has said how many days are enough.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

Choice = Literal["reply", "tomorrow", "next_week"]
WEEK: Final = 7
HOUR: Final = 60


@dataclass(frozen=True, slots=True)
class SnoozeTimes:
    """What an account has decided. Monday is day 0 of the week."""

    minute: int = 9 * HOUR
    """Of the day, at which what was put off to a day comes back."""
    weekday: int = 0
    """The day that next week means."""
    reply_days: int | None = None
    """How many days a case waits for its customer's next reply at most; None for ever."""

    def until(self, choice: Choice, zone: str, at: datetime) -> datetime | None:
        """When a case comes back that is put off at a moment, in UTC; None for the next reply alone."""
        here = ZoneInfo(zone)
        today = at.astimezone(here).date()
        days = self._days(choice, today.weekday())
        if days is None:
            return None
        hour, minute = divmod(self.minute, HOUR)
        return datetime.combine(today + timedelta(days=days), time(hour, minute), here).astimezone(
            at.tzinfo
        )

    def _days(self, choice: Choice, today: int) -> int | None:
        if choice == "reply":
            return self.reply_days
        return 1 if choice == "tomorrow" else WEEK - today + self.weekday


NINE: Final = SnoozeTimes()
"""What holds where nothing was decided."""


def chosen(until: datetime | None, zone: str, at: datetime) -> Choice | Literal["time"]:
    """What was probably chosen where nobody kept it: what it looks like, by what held then and in a zone."""
    if until is None:
        return "reply"
    days: tuple[Choice, ...] = ("tomorrow", "next_week")
    return next((it for it in days if NINE.until(it, zone, at) == until), "time")
