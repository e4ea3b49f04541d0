"""How long a customer waits before the technicians are told again."""

from pydantic import Field

from chassis.settings import Settings


class NotifySettings(Settings):
    """Settings of notify."""

    ring_again_seconds: float = Field(60, ge=1, le=86_400, description="seconds between two alerts")
    ring_again_times: int = Field(3, ge=0, le=100, description="how often a wait is told again")
