"""Each route against each kind of caller who should not get what it has: the table beside this says what they are told."""

import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from chassis.scopes import OF_THE_ACCOUNT, SCOPES
from tests.api.access import ROWS, SERVICES, Actor, Expected, Row
from tests.support.ready import LOOK_SECONDS
from tests.support.whole import Client, Visit, Whole, begin_chat, strangers, visit

pytestmark = [pytest.mark.mongo, pytest.mark.tansu]
ADA, GRETA = "ada@example.com", "greta@example.com"
OF_COMPANIES = [scope for scope in SCOPES if scope not in OF_THE_ACCOUNT]
MARK = "SomethingOfThisAccount"
"""Stands in what only this account may see."""
REFUSALS = {401, 403, 404, 405, 422, 429}


@dataclass(frozen=True)
class World:
    """The desk with something in it, and a token for each caller."""

    client: Client
    document: Mapping[str, Any]
    tokens: Mapping[Actor, str | None]
    places: Mapping[str, str]
    bodies: Mapping[str, Mapping[str, Any]]
    own: Visit

    def ask(self, route: str, row: Row, actor: Actor) -> httpx.Response:
        method, _, template = route.partition(" ")
        path = template
        for name, value in {**self.places, **row.path}.items():
            path = path.replace("{" + name + "}", value)
        operation = self.document["paths"][template][method.lower()]
        example = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
        body = {**example.get("example", {}), **row.body, **self.bodies.get(route, {})}
        sent = {"json": body} if body else {}
        for name in {"client_id", "replay_id"} & body.keys():
            body[name] = str(uuid.uuid4())
        return self.client.ask(method, path, self.tokens[actor], params=row.query, **sent)


# For the session as the desk: a worker may come back to this module, and a label's title is taken then.
@pytest.fixture(scope="session")
def world(desk: Whole) -> Iterator[World]:
    client = Client(desk)
    admin, greta = client.sign_in(ADA), client.sign_in(GRETA)
    available = {"available": True}
    client.ask("PUT", "/api/portal/me/availability", greta, json=available).raise_for_status()
    me = client.ask("GET", "/api/portal/me", admin).raise_for_status().json()
    companies = {company["name"]: company["id"] for company in me["companies"]}
    own, other, request = begin_chat(client), visit(client), visit(client, "request")
    label = client.until(
        "POST", "/api/cases/labels", greta, json={"title": MARK, "colour": "grey"}
    ).json()
    greta_id = client.ask("GET", "/api/portal/me", greta).raise_for_status().json()["id"]
    case = f"/api/cases/cases/{own.conversation}"
    found = client.until("GET", case, greta).json()
    version, contact = found["state_version"], found["contact_id"]
    client.ask("POST", f"{case}/assign", greta, json={"state_version": version}).raise_for_status()
    client.ask("POST", f"{case}/title", greta, json={"title": MARK}).raise_for_status()
    mailed = {"to": "customer", "request_id": str(uuid.uuid4()), "time_zone": "UTC", "through": 0}
    path = f"/api/transcripts/conversations/{own.conversation}/mails"
    mail = client.until("POST", path, greta, json=mailed).json()["mail_id"]
    keys = {
        name: _key(client, admin, name, [companies[it] for it in limited], scopes)
        for name, limited, scopes in (
            ("key", ["Demo"], OF_COMPANIES),
            ("key_elsewhere", ["Demo Shop"], OF_COMPANIES),
            ("administering", [], sorted(OF_THE_ACCOUNT)),
            ("doomed", ["Demo"], ["team:read"]),
        )
    }
    outside = strangers(desk)
    tokens: dict[Actor, str | None] = {
        "nobody": None,
        "own_customer": own.token,
        "other_customer": other.token,
        "requester": request.token,
        "technician": greta,
        "elsewhere": outside["elsewhere"],
        "stranger": outside["stranger"],
        "key": keys["key"]["secret"],
        "key_elsewhere": keys["key_elsewhere"]["secret"],
        "administering": keys["administering"]["secret"],
    }
    for name in ("key", "key_elsewhere"):
        client.until("GET", "/api/cases/labels", str(tokens[name]))
    for service in SERVICES:
        client.until("GET", f"/api/{service}/operations", str(tokens["administering"]))
    client.until("GET", "/api/cases/labels", outside["stranger"])
    client.until("GET", f"/api/notify/mails/{mail}", greta)
    document = client.http.get("/api/openapi.json").raise_for_status().json()
    flag = {"name": MARK, "actions": [{"do": "flag"}]}
    ruled = {"name": MARK, "trigger": "opened", "actions": [{"do": "flag"}]}
    rule, doomed_rule = (
        client.ask("POST", "/api/cases/rules", admin, json=ruled).raise_for_status().json()
        for _ in range(2)
    )
    macro, doomed = (
        client.ask("POST", "/api/cases/macros", greta, json={**flag, "name": name}).json()
        for name in (MARK, f"{MARK}, doomed")
    )
    saved, doomed_saved = (
        client.ask("POST", "/api/cases/filters", greta, json={"name": name}).json()
        for name in (MARK, f"{MARK}, doomed")
    )
    places = {
        "subdomain": "demo",
        "conversation_id": own.conversation,
        "case_id": own.conversation,
        "key_id": keys["doomed"]["key"]["id"],
        "label_id": label["id"],
        "contact_id": contact,
        "macro_id": macro["id"],
        "rule_id": rule["id"],
        "doomed_rule_id": doomed_rule["id"],
        "technician_id": greta_id,
        "doomed_macro_id": doomed["id"],
        "filter_id": saved["id"],
        "doomed_filter_id": doomed_saved["id"],
        "portal_id": found["portal"]["id"],
        "mail_id": mail,
        "message_id": own.message,
        "letter_id": str(uuid.uuid4()),
        "replay_id": str(uuid.uuid4()),
        "entry_id": str(uuid.uuid4()),
        "form": "txt",
    }
    bodies: dict[str, Mapping[str, Any]] = {
        "POST /api/cases/cases": {"portal_id": found["portal"]["id"]},
        "POST /api/cases/cases/{case_id}/merge": {"into": own.conversation},
        "POST /api/chat/conversations": {"ticket": own.ticket, "secret": own.secret},
        "POST /api/cases/requests": {"ticket": request.ticket, "secret": request.secret},
        "POST /api/cases/many": {"cases": [{"id": own.conversation, "state_version": 1}]},
        "POST /api/portal/api-keys": {"companies": [companies["Demo"]]},
        "PUT /api/cases/labels/{label_id}": {"title": MARK},
        "PUT /api/cases/macros/{macro_id}": flag,
        "POST /api/cases/rules/order": {"ids": [rule["id"]]},
        "POST /api/cases/cases/{case_id}/macro": {"macro": macro["id"]},
        "POST /api/cases/cases/{case_id}/label": {"remove": [label["id"]]},
    }
    yield World(client, document, tokens, places, bodies, own)
    client.http.close()


def _key(
    client: Client, admin: str, name: str, companies: Sequence[str], scopes: Sequence[str]
) -> Any:
    """A key; without companies it is for all of them."""
    body = {
        "name": f"{MARK} {name}",
        "scopes": scopes,
        "companies": companies,
        "all_companies": not companies,
        "rate_per_minute": 6000,
    }
    return client.ask("POST", "/api/portal/api-keys", admin, json=body).raise_for_status().json()


def test_every_route_has_a_row_and_every_row_a_route(world: World) -> None:
    described = {
        f"{method.upper()} {path}"
        for path, methods in world.document["paths"].items()
        for method in methods
    }
    assert sorted(described - ROWS.keys()) == [], "say in tests/api/access.py who may call it"
    assert sorted(ROWS.keys() - described) == []


def _comes_last(route: object) -> bool:
    return str(route).rpartition("/")[2] in LAST


# What changes the case for good comes last, so that the others still have something to refuse.
LAST = ("resolve", "spam", "end", "revoke", "survey", "undo")


@pytest.mark.parametrize("route", sorted(ROWS, key=_comes_last))
def test_each_caller_is_told_what_the_table_says(world: World, route: str) -> None:
    row = ROWS[route]
    wrong = []
    # Who may comes last: the others must have been refused before anything was changed.
    for actor, expected in sorted(row.who.items(), key=lambda item: item[1] == "good"):
        answer = world.ask(route, row, actor)
        if not _as_expected(answer, expected):
            wrong.append((actor, expected, answer.status_code, answer.text[:200]))
    assert wrong == []


def _as_expected(answer: httpx.Response, expected: Expected) -> bool:
    if expected == "good":
        return answer.status_code not in REFUSALS and answer.status_code < 500
    if expected == "nothing":
        return answer.is_success and MARK not in answer.text
    return answer.status_code == expected


@pytest.fixture(scope="module")
def narrow_keys(world: World) -> Mapping[str, str]:
    """For each scope a key that has every other one."""
    admin = world.client.sign_in(ADA)
    found: dict[str, str] = {}
    for scope in SCOPES:
        scopes = [other for other in SCOPES if other != scope]
        found[scope] = _key(world.client, admin, f"all but {scope}", [], scopes)["secret"]
    for lacking, secret in found.items():
        reads = "/api/cases/labels" if lacking != "cases:read" else "/api/portal/technicians"
        world.client.until("GET", reads, secret)
    return found


def test_a_key_without_the_scope_is_refused_with_every_other_one(
    world: World, narrow_keys: Mapping[str, str]
) -> None:
    wrong, seen = [], set()
    for route, row in ROWS.items():
        method, _, template = route.partition(" ")
        security = world.document["paths"][template][method.lower()].get("security", [])
        for scope in (it["ApiKey"][0] for it in security if "ApiKey" in it):
            seen.add(scope)
            narrow = World(**{**vars(world), "tokens": {"key": narrow_keys[scope]}})
            answer = narrow.ask(route, row, "key")
            if answer.status_code != 403 or answer.json()["error"]["code"] != "scope_missing":
                wrong.append((route, scope, answer.status_code, answer.text[:200]))
    assert wrong == []
    assert seen == set(SCOPES), "a scope that opens nothing"


def test_a_key_of_some_companies_cannot_be_made_to_administer(world: World) -> None:
    admin = world.client.sign_in(ADA)
    me = world.client.ask("GET", "/api/portal/me", admin).json()
    company = me["companies"][0]["id"]
    for scope in OF_THE_ACCOUNT:
        wanted = {"name": "No", "scopes": [scope], "companies": [company]}
        answer = world.client.ask("POST", "/api/portal/api-keys", admin, json=wanted)
        (fault,) = answer.json()["error"]["fields"]
        assert (fault["field"], fault["code"]) == ("companies", "all_companies_needed")


def test_what_a_key_administers_stands_in_the_audit_log_under_its_name(world: World) -> None:
    secret = str(world.tokens["administering"])
    for hide in (False, True):
        body = {"hide_incoming": hide}
        answer = world.client.ask("PATCH", "/api/portal/account", secret, json=body)
        assert answer.raise_for_status().json()["hide_incoming"] is hide
    found = world.client.ask("GET", "/api/portal/audit?action=account.changed", secret)
    line = found.raise_for_status().json()["entries"][0]
    assert (line["by"], line["by_name"]) == ("api_key", f"{MARK} administering")
    assert line["via"] == "api"


def test_a_revoked_key_opens_nothing_anywhere(world: World) -> None:
    admin = world.client.sign_in(ADA)
    me = world.client.ask("GET", "/api/portal/me", admin).json()
    companies = [me["companies"][0]["id"]]
    made = _key(world.client, admin, "to be revoked", companies, ["cases:read", "team:read"])
    for path in ("/api/cases/labels", "/api/portal/technicians"):
        world.client.until("GET", path, made["secret"])
    path = f"/api/portal/api-keys/{made['key']['id']}/revoke"
    world.client.ask("POST", path, admin).raise_for_status()
    for path in ("/api/cases/labels", "/api/portal/technicians"):
        _until_refused(world.client, path, made["secret"])


def _until_refused(client: Client, path: str, secret: str) -> None:
    for _ in range(100):
        time.sleep(LOOK_SECONDS)
        answer = client.ask("GET", path, secret)
        if answer.status_code == 401:
            assert answer.json()["error"]["code"] == "api_key_invalid"
            return
    raise AssertionError(f"{path} is still open")


def test_what_was_done_stands_in_the_audit_log(world: World) -> None:
    """From the services over the bus to the administrator, with where it came from and nothing of the customer."""
    admin = world.client.sign_in(ADA)
    path = f"/api/portal/audit?case={world.own.conversation}&limit=200"
    for _ in range(200):
        time.sleep(LOOK_SECONDS)
        found = world.client.ask("GET", path, admin).raise_for_status().json()["entries"]
        actions = {line["action"] for line in found}
        if {"case.assigned", "transcript.sent"} <= actions:
            break
    assert {"case.assigned", "case.edited", "transcript.sent"} <= actions
    assigned = next(line for line in found if line["action"] == "case.assigned")
    assert assigned["by_name"] == "Greta Lindqvist"
    assert assigned["address"] == "127.0.0.1"
    assert "httpx" in assigned["user_agent"]
    assert "ana@example.com" not in str(found)
    assert "My invoice" not in str(found)
