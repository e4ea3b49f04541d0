"""Whether the environment says what services understand. Apart from `serve`, because `deskbus up` serves nothing itself."""

import os
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from chassis.settings import Settings, refuse_unknown, setting_names
from contracts.topics import SERVICES

_MAILBOX: Final = "chassis.devstack.mailbox.page"
# Variables that other parts read: the devstack, and the tests' own.
_OTHERS: Final = frozenset(
    f"DESKBUS_{name}" for name in ("CI", "MONGOD", "TANSU", "TANSU_ADDRESS", "KAFKA_JARS")
)


def check_environment() -> None:
    """Refuse variables that no service reads; raises `SettingsError`.

    All services count, because they may well share one environment.
    """
    for module in (_MAILBOX, *(f"services.{name}.settings" for name in SERVICES)):
        if find_spec(module):
            import_module(module)
    refuse_unknown(os.environ, setting_names(_family(Settings)) | _OTHERS)


def _family(kind: type[Settings]) -> Iterator[type[Settings]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _family(child)
