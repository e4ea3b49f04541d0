"""Errors have stable codes, and ids their one spelling."""

import re
from typing import Literal

import pytest
from pydantic import AwareDatetime, BaseModel, ValidationError

import chassis.directory
import chassis.edge
import chassis.mongo
import chassis.tokens  # noqa: F401 - these declare errors
from chassis.errors import Invalid, all_error_codes, invalid_from, render
from chassis.ids import derived_id, is_id, new_id


def test_codes_are_snake_case() -> None:
    codes = all_error_codes()
    assert {"unavailable", "invalid_input", "token_expired", "ticket_invalid"} <= codes
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", code) for code in codes)


def test_fields_are_rendered_only_where_there_are_some_to_render() -> None:
    field = {"field": "email", "code": "required", "params": {}}
    assert render(Invalid([field]))["fields"] == [field]


def test_ids_are_canonical_and_derived_ones_repeat() -> None:
    assert is_id(new_id())
    assert derived_id("a", "b") == derived_id("a", "b") != derived_id("ab", "")
    assert not is_id(new_id().upper())
    assert not is_id("")


def test_a_field_of_several_kinds_is_named_once_and_by_its_name() -> None:
    class Put(BaseModel):
        until: Literal["reply", "tomorrow"] | AwareDatetime
        place: int

    with pytest.raises(ValidationError) as caught:
        Put.model_validate({"until": "someday", "place": "here"})
    fields = invalid_from(caught.value.errors()).fields
    assert [(it["field"], it["code"]) for it in fields] == [
        ("until", "invalid"),
        ("place", "invalid"),
    ]
