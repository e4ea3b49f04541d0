"""How long a case may be pending."""

from pydantic import Field

from chassis.settings import Settings


class CasesSettings(Settings):
    """Settings of cases."""

    ask_email_seconds: float = Field(
        60,
        ge=1,
        le=86_400,
        description="seconds that a case is pending: from its beginning, and anew from when the bot asks for an email address",
    )
