"""What is asked for wrongly: each by its code and status, in words of three languages, and with nothing changed."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fluent.runtime import FluentBundle, FluentResource

from chassis.ids import new_id
from chassis.tokens import Identity
from services.cases.tests.test_api import Console, SignIn, app, signed_in
from tests.support.neighbours import Neighbours

__all__ = ["app", "signed_in"]
pytestmark = [pytest.mark.tansu, pytest.mark.mongo]
LOCALES = Path(__file__).parents[3] / "web" / "shared" / "locales"
PAST = "2020-01-01T09:00:00Z"
NEVER = "9999-12-31T09:00:00Z"


@dataclass(frozen=True)
class Wrong:
    """A request that nothing comes of; `{case}` in it is a case, `{contact}` its customer, `{nothing}` is neither."""

    path: str
    status: int
    code: str
    body: dict[str, Any] | None = None
    fields: tuple[str, ...] = ()
    words: dict[str, str] = field(default_factory=dict)
    """A part of the sentence, by language."""
    method: str = ""
    """GET where nothing is sent and POST where something is, unless it says otherwise."""


CASE = "/api/cases/cases/{case}"
SHORT = {"en": "at least 2", "es": "al menos 2", "de": "mindestens 2"}
WRONG = [
    Wrong(f"{CASE}/snooze", 422, "snooze_in_past", {"until": PAST, "state_version": 1}),
    Wrong(f"{CASE}/snooze", 422, "snooze_too_long", {"until": NEVER, "state_version": 1}),
    Wrong(f"{CASE}/snooze", 422, "invalid_input", {"until": "2020-01-01", "state_version": 1},
          fields=("until",)),
    Wrong(f"{CASE}/snooze", 422, "invalid_input",
          {"until": "tomorrow", "time_zone": "Mars/Phobos", "state_version": 1}, fields=("time_zone",)),
    Wrong(f"{CASE}/label", 422, "label_unknown", {"add": ["{nothing}"]}),
    Wrong(f"{CASE}/label", 422, "invalid_input", {"add": [], "remove": []}, fields=("",)),
    Wrong("/api/cases/many", 422, "label_unknown",
          {"cases": [{"id": "{case}", "state_version": 1}], "action": {"do": "label", "add": ["{nothing}"]}}),
    Wrong(f"{CASE}/merge", 422, "case_same",
          {"state_version": 1, "into": "{case}", "into_state_version": 1}),
    Wrong("/api/cases/search?q=a", 422, "search_too_short", words=SHORT),
    Wrong("/api/cases/search?q=%20%20", 422, "search_too_short", words=SHORT),
    Wrong("/api/cases/cases?q=a", 422, "search_too_short", words=SHORT),
    Wrong("/api/cases/cases?customer=b", 422, "search_too_short", words=SHORT),
    Wrong("/api/cases/cases?colour=red", 422, "invalid_input", fields=("colour",)),
    Wrong("/api/cases/cases?state=asleep", 422, "invalid_input", fields=("state.0",)),
    Wrong("/api/cases/cases?sort=mood", 422, "invalid_input", fields=("sort",)),
    Wrong("/api/cases/cases?sort=relevance", 422, "sort_needs_search"),
    Wrong("/api/cases/filters", 422, "invalid_input",
          {"name": "Red", "filter": {"colour": "red"}}, fields=("filter.colour",)),
    Wrong("/api/cases/filters", 422, "words_not_kept", {"name": "Cleo", "filter": {"q": "cleo"}}),
    Wrong("/api/cases/cases/{nothing}", 404, "case_unknown"),
    Wrong("/api/cases/cases/{nothing}/assign", 404, "case_unknown", {"state_version": 1}),
    Wrong("/api/cases/cases/{nothing}/flag", 404, "case_unknown", {}),
    Wrong(f"{CASE}/transfer", 422, "technician_cannot_take", {"to": "{nothing}", "state_version": 1}),
    Wrong(f"{CASE}/undo", 409, "nothing_to_undo", {"version": 2}),
    Wrong(f"{CASE}/past?version=99999999999", 422, "invalid_input", fields=("version",)),
    Wrong(f"{CASE}/snooze", 422, "invalid_input", {"until": "someday", "state_version": 1}, fields=("until",)),
    Wrong("/api/cases/labels/{nothing}", 422, "label_unknown", {"title": "Gone", "colour": "red", "retired": False},
          method="PUT"),
    Wrong("/api/cases/cases?label=urgent", 422, "invalid_input", fields=("label.0",)),
    Wrong("/api/cases/filters", 422, "label_unknown", {"name": "Gone", "filter": {"label": ["{nothing}"]}}),
    Wrong("/api/cases/filters", 422, "invalid_input", {"name": " ", "filter": {}}, fields=("name",)),
    Wrong("/api/cases/filters/{nothing}", 404, "filter_unknown", {"name": "Gone", "filter": {}}, method="PUT"),
    Wrong(f"{CASE}/macro", 404, "macro_unknown", {"macro": "{nothing}", "state_version": 1}),
    Wrong(f"{CASE}/priority", 422, "invalid_input", {"priority": "asap"}, fields=("priority",)),
    Wrong(f"{CASE}/merge", 404, "case_unknown",
          {"state_version": 1, "into": "{nothing}", "into_state_version": 1}),
    Wrong("/api/cases/cases/{nothing}/merge", 404, "case_unknown",
          {"state_version": 1, "into": "{case}", "into_state_version": 1}),
    Wrong(f"{CASE}/unmerge", 409, "case_not_merged", {"state_version": 1}),
    Wrong("/api/cases/cases", 422, "portal_not_yours", {"client_id": "{nothing}", "type": "call",
          "portal_id": "{nothing}", "customer": {"first_name": "Cleo"}, "problem": "Broken"}),
    Wrong("/api/cases/cases", 422, "invalid_input", {"client_id": "{nothing}", "type": "call", "portal_id": "{nothing}",
          "customer": {"first_name": "Cleo"}, "problem": "Broken", "refers_from": "{nothing}"}, fields=("",)),
    Wrong("/api/cases/search?q=a%20b", 422, "search_too_short", words=SHORT),
    Wrong("/api/cases/contacts/{contact}/merge", 422, "contact_same",
          {"other": "{contact}", "version": 1, "other_version": 1}),
    Wrong("/api/cases/contacts/{nothing}", 404, "contact_unknown"),
    Wrong("/api/cases/contacts?q=c", 422, "search_too_short", words=SHORT),
    Wrong(f"{CASE}?state_version=1", 403, "administrators_only", method="DELETE"),
]  # fmt: skip


@cache
def catalog(language: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource((LOCALES / f"{language}.ftl").read_text("utf-8")))
    return bundle


def sentence(language: str, code: str, params: dict[str, Any]) -> str:
    """What the pages make of an error: by its code, with those of its params that are words or numbers."""
    bundle = catalog(language)
    pattern = bundle.get_message(f"error-{code.replace('_', '-')}").value
    assert pattern is not None
    said = {name: value for name, value in params.items() if isinstance(value, str | int)}
    text, errors = bundle.format_pattern(pattern, said)
    assert errors == [], (language, code, errors)
    return str(text)


def filled(value: Any, names: dict[str, str]) -> Any:
    """With the ids of this run in place of their names."""
    if isinstance(value, dict):
        return {key: filled(it, names) for key, it in value.items()}
    if isinstance(value, list):
        return [filled(it, names) for it in value]
    return names.get(value[1:-1], value) if isinstance(value, str) else value


async def refused(ann: Console, wrong: Wrong, names: dict[str, str]) -> dict[str, Any]:
    """The error of a request that is refused as it should be."""
    path = wrong.path.format_map(names)
    method = wrong.method or ("GET" if wrong.body is None else "POST")
    sent = {} if wrong.body is None else {"json": filled(wrong.body, names)}
    answer = await ann.browser.request(method, path, **sent)
    error: dict[str, Any] = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (wrong.status, wrong.code), (path, error)
    assert [it["field"] for it in error.get("fields", [])] == [*wrong.fields], path
    return error


async def test_what_is_asked_for_wrongly_is_said_in_three_languages_and_changes_nothing(
    neighbours: Neighbours, signed_in: SignIn
) -> None:
    ann = await signed_in("Ann")
    case_id = await neighbours.open_chat()
    await ann.sees(case_id)
    before = (await ann.browser.get(f"/api/cases/cases/{case_id}")).json()
    names = {"case": case_id, "contact": before["contact_id"], "nothing": new_id()}
    for wrong in WRONG:
        error = await refused(ann, wrong, names)
        texts = {it: sentence(it, error["code"], error["params"]) for it in ("en", "es", "de")}
        assert len(set(texts.values())) == len(texts), texts
        for language, words in wrong.words.items():
            assert words in texts[language], texts
    assert (await ann.browser.get(f"/api/cases/cases/{case_id}")).json() == before
    asleep = {"do": "snooze", "until": PAST}
    many = {"cases": [{"id": case_id, "state_version": 1}], "action": asleep}
    (result,) = (await ann.browser.post("/api/cases/many", json=many)).json()["results"]
    assert (result["outcome"], result["code"]) == ("refused", "snooze_in_past")
    assert (await ann.browser.get(f"/api/cases/cases/{case_id}")).json() == before
    for kept in ("filters", "labels", "macros"):
        assert (await ann.browser.get(f"/api/cases/{kept}")).json() == {kept: []}
    listed = await ann.cases(list="all")
    assert [it["id"] for it in listed["cases"]] == [case_id]


async def test_an_action_on_what_has_moved_on_tells_how_it_is_and_who_was_faster(
    neighbours: Neighbours, signed_in: SignIn
) -> None:
    ann, ben = await signed_in("Ann"), await signed_in("Ben")
    case_id, place = await neighbours.open_chat(), "/api/cases/cases"
    await ann.sees(case_id)
    assert (await ann.press("assign", case_id, 1)).status_code == 200
    bodies: dict[str, dict[str, Any]] = {
        "assign": {}, "open": {}, "pending": {}, "resolve": {}, "snooze": {"until": "reply"},
        "transfer": {"to": ben.me.id}, "reopen": {}, "macro": {"macro": await macro_of(ben)},
        "mail": {"client_id": new_id(), "text": "It is on its way."},
    }  # fmt: skip
    now = (await ben.browser.get(f"{place}/{case_id}")).json()
    for action, body in bodies.items():
        answer = await ben.browser.post(
            f"{place}/{case_id}/{action}", json={"state_version": 1, **body}
        )
        error = answer.json()["error"]
        assert (answer.status_code, error["code"]) == (409, "case_moved_on"), action
        told = error["params"]
        assert (told["case"], told["by"]) == (now, {"id": ann.me.id, "name": "Ann"})
        for language in ("en", "es", "de"):
            assert "Ann" in sentence(language, error["code"], told)
    many = {"cases": [{"id": case_id, "state_version": 1}], "action": {"do": "resolve"}}
    (result,) = (await ben.browser.post("/api/cases/many", json=many)).json()["results"]
    assert (result["outcome"], result["code"]) == ("moved_on", "case_moved_on")
    assert result["case"]["changed_by"] == {"id": ann.me.id, "name": "Ann"}
    assert (await ben.browser.get(f"{place}/{case_id}")).json() == now


async def macro_of(technician: Console) -> str:
    wanted = {"name": "Close", "actions": [{"do": "resolve"}]}
    answer = await technician.browser.post("/api/cases/macros", json=wanted)
    return str(answer.raise_for_status().json()["id"])


async def test_someone_elses_case_is_none_and_is_named_by_none_of_many(
    neighbours: Neighbours,
    signed_in: SignIn,
    app: FastAPI,
) -> None:
    ann = await signed_in("Ann")
    case_id = await neighbours.open_chat()
    await ann.sees(case_id)
    elsewhere = await neighbours.employ("Eve", companies=(new_id(),))
    stranger = Identity("technician", new_id(), new_id(), "Zoe", companies=(neighbours.company,))
    asked = {"cases": [{"id": case_id, "state_version": 1}], "action": {"do": "resolve"}}
    for who in (elsewhere, stranger):
        async with neighbours.client(app, who) as browser:
            for path in ("", "/past", "/past/customer", "/timeline", "/technicians", "/related"):
                answer = await browser.get(f"/api/cases/cases/{case_id}{path}")
                assert (answer.status_code, answer.json()["error"]["code"]) == (404, "case_unknown")
            (result,) = (await browser.post("/api/cases/many", json=asked)).json()["results"]
            assert (result["outcome"], result["code"]) == ("unknown", "case_unknown")
            assert result["case"] is None
            back = {"changes": [{"id": case_id, "version": 2}]}
            (result,) = (await browser.post("/api/cases/many/undo", json=back)).json()["results"]
            assert (result["outcome"], result["case"]) == ("unknown", None)
