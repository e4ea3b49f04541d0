"""The interfaces' descriptions are those of the services as they are."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from services import describe

CONVERSATION = "0190a1b2-0000-7000-8000-000000000001"


def committed(name: str) -> Any:
    return json.loads((describe.DOCS / name).read_text(encoding="utf-8"))


def test_descriptions_are_fresh() -> None:
    assert describe.stale() == [], "run make schemas"


def test_a_change_of_a_service_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.describe.PROTOCOL", 2)
    assert describe.stale() == ["socket.schema.json"]


def test_descriptions_hold_nothing_of_a_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKBUS_PUBLIC_URL", "https://desk.example")
    for text in describe.described().values():
        assert "desk.example" not in text
        assert "127.0.0.1" not in text


@pytest.mark.parametrize("service", ["portal", "chat", "cases"])
def test_every_service_with_an_interface_is_described(service: str) -> None:
    assert any(path.startswith(f"/api/{service}/") for path in committed("openapi.json")["paths"])


@pytest.mark.parametrize(
    ("frame", "valid"),
    [
        ({"t": "auth", "token": "x", "protocol": 1}, True),
        ({"t": "watch", "conversation": CONVERSATION, "after": None}, True),
        ({"t": "watch", "conversation": "somewhere"}, False),
        ({"t": "typing", "conversation": CONVERSATION}, False),
        ({"t": "shout", "conversation": CONVERSATION}, False),
    ],
)
def test_the_schema_of_the_socket_tells_frames_from_others(
    frame: dict[str, object], valid: bool
) -> None:
    assert Draft202012Validator(committed("socket.schema.json")).is_valid(frame) is valid
