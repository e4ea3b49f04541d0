"""No route by which the staff changes something is forgotten by the audit log, and each of its lines can be read."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message

from chassis.describing import admission_of
from contracts.topics import TOPICS
from services import describe
from services.portal.domain import Account, Company, Portal, Technician
from services.portal.domain_audit import _SILENT
from services.portal.domain_keys import ApiKey
from tests.api.audited import OTHERS, READING, ROUTES

ROOT = Path(__file__).parents[2]
EVENTS = {
    message.type_name()
    for topic in TOPICS
    if topic.audited
    for message in topic.messages
    if message.audited
}
KNOWN = {
    action
    for named in (*ROUTES.values(), *READING.values())
    if not isinstance(named, str)
    for action in named
} | set(OTHERS)
SESSIONS = {
    "POST /api/portal/session",
    "DELETE /api/portal/session",
    "POST /api/portal/session/renew",
}
"""These know whose session it is by themselves."""


def test_every_route_by_which_staff_changes_something_is_audited_or_says_why_not() -> None:
    changing = set(SESSIONS)
    for app in describe._apps().values():
        for route in app.state.described:
            admits = admission_of(route)
            if admits is not None and "technician" in admits.kinds:
                changing |= {f"{it} {route.path}" for it in route.methods if it != "GET"}
    assert sorted(changing - ROUTES.keys()) == [], "say in tests/api/audited.py what of it is noted"
    assert sorted(ROUTES.keys() - changing) == []


def test_every_action_is_an_event_or_written_by_somebody() -> None:
    source = "\n".join(
        path.read_text()
        for path in sorted((ROOT / "services").rglob("*.py"))
        if "tests" not in path.parts
    )
    records = {
        f"{kind}.{how}"
        for kind in ("technician", "account", "company", "portal", "api_key")
        for how in ("created", "changed")
    }
    for action in KNOWN - EVENTS - records - {"conversation.message_deleted"}:
        assert f'"{action}"' in source, action


@pytest.mark.parametrize("language", ["en", "es", "de"])
def test_every_action_has_a_sentence(language: str) -> None:
    wanted = {f"audit-{re.sub('[._]', '-', action)}" for action in KNOWN | EVENTS}
    assert sorted(wanted - messages_in(language)) == []


@pytest.mark.parametrize("language", ["en", "es", "de"])
def test_every_field_of_a_record_has_a_name(language: str) -> None:
    records = (Account, ApiKey, Company, Portal, Technician)
    told = {field.name for record in records for field in fields(record)} - _SILENT
    wanted = {f"audit-field-{name.replace('_', '-')}" for name in told}
    assert sorted(wanted - messages_in(language)) == []


def messages_in(language: str) -> set[str]:
    """The names of the messages that the console has in a language."""
    text = (ROOT / "web" / "shared" / "locales" / f"{language}.ftl").read_text()
    return {it.id.name for it in FluentParser().parse(text).body if isinstance(it, Message)}
