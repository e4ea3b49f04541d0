"""How long the bot waits for an email address."""

from pydantic import Field

from chassis.settings import Settings


class CasesSettings(Settings):
    """Settings of cases."""

    ask_email_seconds: float = Field(
        60, ge=1, le=86_400, description="seconds that the bot waits for an email address"
    )
