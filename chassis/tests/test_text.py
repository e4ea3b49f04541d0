"""What people type is normalised and bounded, and told apart by field codes."""

import pytest
from pydantic import BaseModel, ValidationError

from chassis.errors import invalid_from
from chassis.text import EmailAddress, MessageText, OptionalEmailAddress, PersonName, Remark


class Form(BaseModel):
    name: PersonName = "Ana"
    text: MessageText = "Hello"
    email: EmailAddress = "ana@example.com"
    other_email: OptionalEmailAddress = ""
    remark: Remark = ""


def refused(**typed: object) -> list[dict[str, object]]:
    with pytest.raises(ValidationError) as caught:
        Form.model_validate(typed)
    return invalid_from(caught.value.errors()).fields


def code(**typed: object) -> object:
    (field,) = refused(**typed)
    return field["code"]


def test_names_are_trimmed_and_composed() -> None:
    assert Form(name="  Zoe\u0308  ").name == "Zoë"


@pytest.mark.parametrize("blank", ["", "   ", "\u200b", "\u2060 \u00a0"])
def test_a_name_that_nobody_can_see_is_missing(blank: str) -> None:
    assert code(name=blank) == "required"


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\n", "\u202e", "\u2028", "\x85"])
def test_a_name_has_no_control_characters(character: str) -> None:
    assert code(name=f"An{character}a") == "control_characters"


def test_a_name_may_hold_any_script_and_emoji_sequences() -> None:
    assert Form(name="محمد 👩‍🔧").name == "محمد 👩‍🔧"


def test_too_long_says_how_long_it_may_be() -> None:
    assert refused(name="x" * 101) == [
        {"field": "name", "code": "too_long", "params": {"max": 100}}
    ]
    assert Form(text="x" * 10_000).text


def test_a_message_keeps_its_lines_and_tabs_but_no_other_control_character() -> None:
    assert Form(text=" a\r\n\tb ").text == "a\n\tb"
    assert code(text="a\x07b") == "control_characters"
    assert code(text="\ud800") == "control_characters"


@pytest.mark.parametrize(
    "email", ["ana", "ana@", "@example.com", "a b@example.com", "ana@localhost"]
)
def test_an_address_that_is_none_is_told(email: str) -> None:
    assert code(email=email) == "invalid_email"


def test_the_domain_of_an_address_is_lower_case() -> None:
    assert Form(email=" Ana@EXAMPLE.com ").email == "Ana@example.com"


def test_an_address_is_no_longer_than_mail_allows() -> None:
    assert code(email="a" * 250 + "@example.com") == "too_long"


def test_what_is_optional_may_be_blank_and_is_checked_when_it_is_not() -> None:
    form = Form(other_email=" ", remark=" \n")
    assert (form.other_email, form.remark) == ("", "")
    assert Form(other_email="Ana@EXAMPLE.com").other_email == "Ana@example.com"
    assert code(other_email="ana") == "invalid_email"
    assert code(other_email="a" * 250 + "@example.com") == "too_long"
    assert code(remark="x" * 2_001) == "too_long"
    assert code(remark="a\x07b") == "control_characters"


def test_something_else_than_text_is_invalid() -> None:
    assert code(name=7) == "invalid"
