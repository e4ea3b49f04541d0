"""Chat's settings."""

from datetime import timedelta
from typing import Final

from pydantic import Field

from chassis.settings import Settings

REPLAYED: Final = timedelta(days=1)
"""How much of the archive a broker is given again that has forgotten everything."""


class ChatSettings(Settings):
    """What chat needs to know beyond every service."""

    sockets_per_person: int = Field(
        20, ge=1, description="how many sockets one person may have open at once"
    )
    sockets_unknown: int = Field(
        500, ge=1, description="how many sockets may wait for their first frame at once"
    )
