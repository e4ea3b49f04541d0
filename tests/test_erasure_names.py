"""Every store that the receipt of a deletion may name has a name in every language."""

import sys
from inspect import signature
from unittest.mock import MagicMock

import pytest

from chassis.erasure import DATA_KEY, bus_holdings
from chassis.timers import TIMERS, MongoTimers
from services.cases.rule_runs import RUNS
from tests.test_error_catalogs import import_everything, messages


def stores() -> set[str]:
    """What any `holdings()` names. The timers of a service are named where they are made."""
    import_everything()
    named = {DATA_KEY, TIMERS, RUNS, *bus_holdings(MagicMock())}
    for module in [name for name in sys.modules if name.startswith("services.")]:
        for kind in vars(sys.modules[module]).values():
            if isinstance(kind, type) and kind is not MongoTimers and hasattr(kind, "holdings"):
                wanted = signature(kind.holdings).parameters
                named |= set(kind.holdings(*(MagicMock() for _ in wanted)))
    return named


@pytest.mark.parametrize("language", ["en", "es", "de"])
def test_every_store_that_a_deletion_purges_has_a_name(language: str) -> None:
    assert {"cases", "conversations", "mails", "received_pieces", "admissions"} <= stores()
    wanted = {f"erasure-store-{name.replace('_', '-')}" for name in stores()}
    assert sorted(wanted - messages(language)) == []
