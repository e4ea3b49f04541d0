"""Whatever can go wrong, and whatever is mailed, has a text in every language."""

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import get_args

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import GroupComment, Message

import chassis
import services
from chassis.errors import DeskbusError, all_error_codes
from contracts.notify import MailKind
from services.notify.domain import StaffKind
from tests.api.access import ROWS

ROOT = Path(__file__).parents[1]
LOCALES = ROOT / "web" / "shared" / "locales"
THEIR_PARTS = ("Shared", "Portal", "Portal later", "Status")
"""How the headings begin below which customers' pages find their texts."""
SIGNING_IN = "/api/portal/session"
FOR_PROGRAMS = {"api_key_invalid", "api_key_rate_limited", "not_for_api_keys", "scope_missing"}
SOCKET = tuple(f"services.chat.{name}" for name in ("dialogue", "frames", "hub", "socket"))
"""Where what a socket is refused is declared."""


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


@pytest.mark.parametrize("language", ["en", "es", "de"])
def test_what_customers_may_be_told_is_on_their_pages(language: str) -> None:
    wanted = {f"error-{code.replace('_', '-')}" for code in _told_to_customers()}
    assert len(wanted) > 10
    assert sorted(wanted - set(_texts_of_customers(language))) == []


def _told_to_customers() -> set[str]:
    """What their socket may refuse, and the codes in the description of what they can call: `404-case_unknown-not_found`."""
    paths = json.loads((ROOT / "docs" / "openapi.json").read_text())["paths"]
    answers = [
        answer.get("$ref", "").rpartition("/")[2]
        for route, row in ROWS.items()
        if row.who.get("own_customer", "good") != 401 and SIGNING_IN not in route
        for answer in paths[route.split()[1]][route.split()[0].lower()]["responses"].values()
    ]
    by_rest = {code for answer in answers for code in answer.split("-")[1:]} - FOR_PROGRAMS
    declared = [it for module in SOCKET for it in vars(import_module(module)).values()]
    by_socket = {
        it.code for it in declared if isinstance(it, type) and issubclass(it, DeskbusError)
    }
    return by_rest | by_socket


def _texts_of_customers(language: str) -> Iterator[str]:
    part = ""
    for entry in FluentParser().parse((LOCALES / f"{language}.ftl").read_text()).body:
        if isinstance(entry, GroupComment):
            part = (entry.content or "").partition(":")[0]
        elif isinstance(entry, Message) and part in THEIR_PARTS:
            yield entry.id.name
