"""How many transcripts of one case may be mailed."""

from pydantic import Field

from chassis.settings import Settings


class TranscriptsSettings(Settings):
    """Settings of transcripts."""

    transcripts_per_hour: int = Field(
        5, ge=1, le=1_000, description="how many transcripts of one case may be mailed in an hour"
    )
