"""Every action of the audit log says from where it was done, over every route that leads to it (X15)."""

import re
from collections.abc import Iterable, Iterator

import pytest

from tests.api.audited import READING, ROUTES
from tests.api.origins import case_ways, desk_ways
from tests.api.origins.walk import ADA, HERE, Json, Step, Walk
from tests.api.test_audited import messages_in
from tests.support.whole import Client, Whole

pytestmark = [pytest.mark.mongo, pytest.mark.tansu, pytest.mark.timeout(600)]
AUDITED = {
    (route, action)
    for route, actions in {**ROUTES, **READING}.items()
    if not isinstance(actions, str)
    for action in actions
}
SAID = {"number", "count", "name", "title", "portal", "technician", "since", "undone"} | {
    f"{it}_id" for it in ("note", "mail", "into")
}
"""What web/console/settings/auditWords.ts leaves to the sentence, or out."""
PROMISE = re.compile("(first_response|next_response|resolution)(_[a-z]+)?$")
"""These are called as everywhere else."""


@pytest.fixture
def walk(own_desk: Whole) -> Iterator[Walk]:
    people = Client(own_desk)
    walk = Walk(own_desk, people)
    yield walk
    walk.http.close()
    people.http.close()


def test_from_where_it_was_done_is_told_of_every_action(walk: Walk) -> None:
    go_every_way(walk)
    assert {(step.route, step.action) for step in walk.done} == AUDITED

    lines: dict[tuple[str, str], Json] = {}

    def missing() -> list[Step]:
        lines.update({(it["action"], it["user_agent"]): it for it in written(walk)})
        return [step for step in walk.done if (step.action, step.browser) not in lines]

    walk.until_none("in the audit log", missing)
    addresses = {step: lines[step.action, step.browser]["address"] for step in walk.done}
    assert {step: it for step, it in addresses.items() if it != HERE} == {}
    assert sorted(unnamed(lines.values())) == []


def unnamed(lines: Iterable[Json]) -> set[str]:
    """What lines hold that the console shows under the name that programs know it by."""
    told = {name for line in lines for name in line["details"]}
    told |= {change["field"] for line in lines for change in line["changes"]}
    words = messages_in("en")
    return {
        name
        for name in told - SAID
        if f"audit-field-{name.replace('_', '-')}" not in words and not PROMISE.match(name)
    }


def go_every_way(walk: Walk) -> None:
    desk_ways.sessions(walk)
    walk.sign_in()
    desk_ways.person_and_account(walk)
    desk_ways.portals_and_keys(walk)
    desk_ways.settings(walk)
    case_id = case_ways.messages_and_transcripts(walk)
    case_ways.states(walk, case_id)
    case_ways.marks(walk, case_id)
    case_ways.many(walk)
    case_ways.merges(walk)
    case_ways.contacts(walk)
    case_ways.removals(walk)


def written(walk: Walk) -> Iterator[Json]:
    """The audit log, the newest first."""
    query: Json | None = {"limit": 200}
    while query is not None:
        page = walk.ask("GET", "/api/portal/audit", by=ADA, query=query)
        yield from page["entries"]
        query = {**query, "after": page["next"]} if page["next"] else None
