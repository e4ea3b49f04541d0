"""Whatever can go wrong, and whatever is mailed, has a text in every language."""

from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import get_args

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message

import chassis
import services
from chassis.errors import all_error_codes
from contracts.notify import MailKind
from services.notify.domain import StaffKind

LOCALES = Path(__file__).parents[1] / "web" / "shared" / "locales"


def import_everything() -> None:
    """An error class is known once its module is imported."""
    for package in (chassis, services):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if ".tests" not in module.name and not module.name.endswith("__main__"):
                import_module(module.name)


def messages(language: str) -> set[str]:
    resource = FluentParser().parse((LOCALES / f"{language}.ftl").read_text())
    return {entry.id.name for entry in resource.body if isinstance(entry, Message)}


@pytest.mark.parametrize("language", ["en", "es", "de"])
def test_every_error_code_has_a_message(language: str) -> None:
    import_everything()
    wanted = {f"error-{code.replace('_', '-')}" for code in all_error_codes()}
    assert sorted(wanted - messages(language)) == []


@pytest.mark.parametrize("language", ["en", "es", "de"])
def test_every_kind_of_mail_has_a_name(language: str) -> None:
    kinds = (*get_args(MailKind), *get_args(StaffKind))
    assert len(kinds) > len(get_args(StaffKind)) > 0
    assert {f"console-mail-{kind}" for kind in kinds} - messages(language) == set()
