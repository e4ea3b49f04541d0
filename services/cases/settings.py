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
    erase_again_seconds: float = Field(
        60,
        ge=1,
        le=3_600,
        description="seconds after which all services are asked again to purge a deleted case: because one has not answered, or for a second look",
    )
