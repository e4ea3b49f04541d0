import pytest

from chassis.settings import Settings
from services.cases.settings import CasesSettings
from services.cases.tests.house import House
from tests.support.neighbours import broker, neighbours
from tests.support.neighbours import settings as common_settings

__all__ = ["broker", "common_settings", "neighbours"]


@pytest.fixture
def settings(common_settings: Settings) -> CasesSettings:
    """With a bot that waits for a second only, so that a test has the time to see it end."""
    return CasesSettings(**common_settings.model_dump(), ask_email_seconds=1)


@pytest.fixture
def house() -> House:
    return House()
