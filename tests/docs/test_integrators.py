"""What the console can do, an integrator can: every call of the pages is a described route, and most are open to keys.

What keys cannot call stands in docs/integrators.md with its reason, so that a route without a scope is a decision and no oversight.
"""

import re
from pathlib import Path
from typing import Any

import pytest

from chassis.docs import merged_openapi
from chassis.scopes import OF_THE_ACCOUNT, SCOPES
from services import describe

WEB = Path(__file__).parents[2] / "web"
DOCUMENT = merged_openapi(describe._apps())
Operation = dict[str, Any]
OPERATIONS: dict[str, Operation] = {
    f"{method.upper()} {path}": operation
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}
STAFF = {
    route: operation
    for route, operation in OPERATIONS.items()
    if "security" in operation and "For customers." not in operation["description"]
}

PAGE = (Path(__file__).parents[2] / "docs" / "integrators.md").read_text("utf-8")


def table(heading: str) -> dict[str, str]:
    """The first two columns of the table below a heading of docs/integrators.md."""
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`[^|]*`) \| ([^|]+) \|", section, re.MULTILINE)
    return {name.strip("`"): told for names, told in rows for name in names.split(", ")}


PEOPLE_ALONE = table("What stays for people")
"""Routes, or the beginnings of their paths, with why no key opens them."""
BOUNDED = {
    "GET /api/cases/labels": "as many as an account may have",
    "GET /api/cases/macros": "as many as an account may have",
    "GET /api/cases/filters": "as many as somebody may have",
    "GET /api/cases/rules": "as many as an account may have",
    "GET /api/cases/rules/choices": "portals and technicians of an account",
    "GET /api/cases/service-levels": "portals of an account",
    "GET /api/cases/assignment": "portals and technicians of an account",
    "GET /api/cases/cases/{case_id}/technicians": "technicians of a company",
    "GET /api/cases/cases/{case_id}/related": "the newest, and how many more",
    "GET /api/cases/cases/{case_id}/looks": "one line of each technician",
    "GET /api/notify/cases/{case_id}/received": "mails in one case",
    "GET /api/cases/search": "the best of two hundred candidates",
    "GET /api/portal/technicians": "technicians of an account",
    "GET /api/portal/sessions": "browsers of a person",
    "GET /api/portal/api-keys": "keys of an account",
    "GET /api/portal/company-portals": "companies of an account",
    "GET /api/notify/cases/{case_id}/mails": "mails about one case",
    "GET /api/notify/cases/{case_id}/alerts": "decisions on one case",
}
"""Lists without pages, and what bounds them."""


def keys_of(operation: Operation) -> list[str]:
    """The scopes that open a route to API keys."""
    return [scope for it in operation["security"] for scope in it.get("ApiKey", [])]


def listed(route: str) -> bool:
    return any(route == it or (it.startswith("/") and it in route) for it in PEOPLE_ALONE)


@pytest.mark.parametrize("route", STAFF)
def test_a_route_is_open_to_keys_of_one_scope_or_said_to_be_for_people_alone(route: str) -> None:
    scopes = keys_of(STAFF[route])
    assert bool(scopes) != (listed(route) and not scopes), route
    assert set(scopes) <= set(SCOPES)
    assert len(scopes) <= 1


def test_no_reason_is_left_over() -> None:
    closed = [route for route, it in STAFF.items() if not keys_of(it)]
    for reason in PEOPLE_ALONE:
        assert any(reason == it or reason in it for it in closed), reason
    assert set(BOUNDED) <= set(OPERATIONS)


def test_the_page_for_integrators_names_every_scope() -> None:
    assert set(table("Scopes")) == set(SCOPES)
    limited = {scope for scope, told in table("Scopes").items() if "all companies" in told}
    assert limited == OF_THE_ACCOUNT


def test_no_key_makes_keys_or_touches_a_sign_in() -> None:
    for route in ("POST /api/portal/api-keys", "GET /api/portal/sessions"):
        assert keys_of(STAFF[route]) == []
    opened = [it for it in STAFF if keys_of(STAFF[it])]
    assert not [it for it in opened if re.search("password|role|session|/me(/|$)", it)]


@pytest.mark.parametrize("route", [it for it in STAFF if keys_of(STAFF[it])])
def test_a_key_is_told_when_it_may_ask_again(route: str) -> None:
    answer = STAFF[route]["responses"]["429"]
    if "$ref" in answer:
        answer = DOCUMENT["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    assert "Retry-After" in answer["headers"]
    assert "api_key_rate_limited" in answer["content"]["application/json"]["examples"]


@pytest.mark.parametrize("route", [it for it in OPERATIONS if it.startswith("GET ")])
def test_what_can_grow_is_read_in_pages(route: str) -> None:
    answer = OPERATIONS[route]["responses"]["200"].get("content", {}).get("application/json")
    if answer is None or "$ref" not in answer.get("schema", {}):
        return
    schema = DOCUMENT["components"]["schemas"][answer["schema"]["$ref"].rpartition("/")[2]]
    arrays = [
        it for it, kind in schema.get("properties", {}).items() if kind.get("type") == "array"
    ]
    if len(schema.get("properties", {})) > 4 or not arrays:
        return
    names = {it["name"] for it in OPERATIONS[route].get("parameters", [])}
    assert "after" in names or route in BOUNDED or "/operations" in route, (route, arrays)


# ---- what the pages call -------------------------------------------------------------------------

CALL = re.compile(r"\brequest(?:File)?(?:<[^(]*>)?\(\s*([`\"])(?P<path>/[^`\"?]*)")


def called() -> set[str]:
    """Every path below `/api` that the console asks for, with `{}` where it puts something in."""
    files = [it for it in (WEB / "console").rglob("*.ts*") if ".test." not in it.name]
    paths = (found["path"] for it in files for found in CALL.finditer(it.read_text("utf-8")))
    plain = (re.sub(r"\$\{[^}]*\}", "{}", path).rstrip("/") for path in paths)
    # What is put right behind a word is a query.
    return {re.sub(r"(?<=[a-z])\{\}$", "", path) for path in plain}


def test_everything_that_the_console_asks_for_is_described() -> None:
    paths = called()
    assert len(paths) > 40
    for path in paths:
        assert any(same(f"/api{path}", it) for it in DOCUMENT["paths"]), path


def same(asked: str, described: str) -> bool:
    """Whether the paths can be one, whatever stands in the braces of either."""
    forms = [(re.escape(one).replace(r"\{", "{").replace(r"\}", "}"), other) for one, other in
             ((asked, described), (described, asked))]  # fmt: skip
    return any(
        re.fullmatch(re.sub(r"\{[^}]*\}", "[^/]+", pattern), re.sub(r"\{[^}]*\}", "x", other))
        for pattern, other in forms
    )
