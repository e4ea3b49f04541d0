"""What the chassis' tests share."""

import base64

import pytest

from chassis.settings import Settings
from chassis.tests.bus_desk import addresses, desk  # noqa: F401 - fixtures


@pytest.fixture
def settings() -> Settings:
    """Settings of a service that reaches no server."""
    secret = base64.b64encode(bytes(32)).decode()
    return Settings(kafka="127.0.0.1:1", mongo="mongodb://127.0.0.1:1", secret=secret)
