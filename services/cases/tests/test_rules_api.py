"""Rules and macros in the real service: REST, MongoDB, the embedded broker, and the worker that runs rules."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from chassis.mongo import Database
from services.cases.app import create
from services.cases.settings import CasesSettings
from tests.support.neighbours import Neighbours, eventually, running

pytestmark = [pytest.mark.tansu, pytest.mark.mongo]


@pytest.fixture
async def app(settings: CasesSettings, neighbours: Neighbours) -> AsyncIterator[FastAPI]:
    async with running(create(settings)) as app:
        yield app


@pytest.fixture
async def boss(neighbours: Neighbours, app: FastAPI) -> AsyncIterator[AsyncClient]:
    """An administrator's browser."""
    me = await neighbours.employ("Ada", role="administrator")

    async def known() -> object:
        return app.state.desk.people.technician(me.id)

    await eventually(known, bool)
    async with neighbours.client(app, me) as browser:
        yield browser


async def case_of(browser: AsyncClient, case_id: str, **wanted: Any) -> dict[str, Any]:
    """The case once it is as wanted."""
    answer = await eventually(
        lambda: browser.get(f"/api/cases/cases/{case_id}"),
        lambda a: a.status_code == 200 and wanted.items() <= a.json().items(),
    )
    return dict(answer.json())


async def contents(database: Database) -> dict[str, list[Any]]:
    """What the service knows of cases and rules; leases and the outbox move by themselves."""
    names = ("cases", "history", "timers", "rules", "rule_runs", "rule_tallies", "tallies", "inbox")
    return {name: await database.collection(name).find({}, sort=[("_id", 1)]) for name in names}


async def test_a_rule_is_tried_switched_on_and_runs(
    neighbours: Neighbours, boss: AsyncClient, settings: CasesSettings
) -> None:
    before = await neighbours.open_chat()
    await case_of(boss, before)
    wanted = {
        "name": "All are urgent",
        "trigger": "opened",
        "conditions": [{"what": "type", "values": ["live_chat"]}],
        "actions": [{"do": "priority", "priority": "urgent"}, {"do": "note", "text": "By rule"}],
    }
    async with Database.connect(settings.mongo, settings.database("cases")) as database:
        there = await contents(database)
        answer = await boss.post("/api/cases/rules/trial", json={"rule": wanted})
        assert await contents(database) == there, "a trial changes nothing"
    trial = answer.json()
    assert [it["case_id"] for it in trial["cases"]] == [before]
    assert (trial["touched"], trial["actions"]) == (1, {"priority": 1, "note": 1})
    rule = (await boss.post("/api/cases/rules", json=wanted)).json()
    assert rule["on"] is False
    switched = await boss.post(f"/api/cases/rules/{rule['id']}/switch", json={"on": True})
    assert switched.json()["on"] is True
    after = await neighbours.open_chat()
    await case_of(boss, after, priority="urgent")
    timeline = (await boss.get(f"/api/cases/cases/{after}/timeline")).json()["entries"]
    told = [(it["type"], it["through"] and it["through"]["name"]) for it in timeline]
    assert told == [
        ("case.opened", None),
        ("case.edited", rule["name"]),
        ("case.noted", rule["name"]),
        ("case.ruled", rule["name"]),
    ]
    assert timeline[-1]["tells"]["held"][0]["values"] == ["live_chat"]
    assert (await case_of(boss, before))["priority"] == "normal"
    (shown,) = (await boss.get("/api/cases/rules")).json()["rules"]
    assert shown["runs"] == 1


async def test_a_macro_is_applied_to_one_and_to_many_and_undone(
    neighbours: Neighbours, boss: AsyncClient
) -> None:
    actions = [{"do": "assign"}, {"do": "flag"}, {"do": "resolve"}]
    wanted = {"name": "Close", "shared": True, "actions": actions}
    macro = (await boss.post("/api/cases/macros", json=wanted)).json()
    first, second = [await neighbours.open_chat() for _ in range(2)]
    for case_id in (first, second):
        await case_of(boss, case_id)
    use = {"macro": macro["id"], "state_version": 1}
    done = (await boss.post(f"/api/cases/cases/{first}/macro", json=use)).json()
    assert (done["state"], done["flagged"]) == ("resolved", True)
    body = {"version": done["version"]}
    undone = (await boss.post(f"/api/cases/cases/{first}/undo", json=body)).json()
    assert (undone["state"], undone["flagged"]) == ("unassigned", False)
    many = {
        "cases": [{"id": first, "state_version": 1}, {"id": second, "state_version": 1}],
        "action": {"do": "macro", "macro": macro["id"]},
    }
    results = (await boss.post("/api/cases/many", json=many)).json()["results"]
    assert [it["outcome"] for it in results] == ["moved_on", "done"]


NONE: tuple[tuple[dict[str, Any], str], ...] = (
    ({"name": ""}, "name"),
    ({"trigger": "full_moon"}, "trigger"),
    ({"actions": []}, "actions"),
    ({"actions": [{"do": "assign"}]}, "actions"),
    ({"actions": [{"do": "flag"}] * 21}, "actions"),
    ({"actions": [{"do": "snooze", "until": "2027-01-01T00:00:00Z"}]}, "actions"),
    ({"conditions": [{"what": "text", "values": []}]}, "conditions"),
    ({"conditions": [{"what": "weather", "values": ["rain"]}]}, "conditions"),
    ({"trigger": "waited"}, ""),
    ({"minutes": 5}, ""),
    ({"on": True}, "on"),
)


async def test_what_is_no_rule_is_refused_by_field(boss: AsyncClient) -> None:
    rule = {"name": "Flags", "trigger": "opened", "actions": [{"do": "flag"}]}
    for change, field in NONE:
        answer = await boss.post("/api/cases/rules", json=rule | change)
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid_input")
        fields = [it["field"] for it in answer.json()["error"]["fields"]]
        assert any(it.startswith(field) for it in fields), change
    assert (await boss.get("/api/cases/rules")).json()["rules"] == []
