"""A link opens the one case that it was made for, and nothing that was not made here opens any."""

import base64
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from hypothesis import given
from hypothesis import strategies as st

from chassis.ids import new_id
from chassis.links import CaseRef, LinkInvalid, Links
from chassis.purposes import purpose_key
from chassis.settings import Settings

SECRET = bytes(range(32))
CASE = CaseRef(new_id(), new_id())


def links(secret: bytes = SECRET, **different: Any) -> Links:
    encoded = base64.b64encode(secret).decode()
    return Links(Settings(kafka="-", mongo="-", secret=encoded, **different))


def token_of(address: str) -> str:
    return address.partition("#")[2]


TOKEN = token_of(links().to_case(CASE))


def test_a_link_leads_back_to_its_case_at_every_service() -> None:
    assert links().case_behind(TOKEN) == CASE


def test_the_token_stands_in_the_fragment_and_names_nothing() -> None:
    address = links(public_url="https://desk.example").to_case(CASE)
    assert address == f"https://desk.example/c#{TOKEN}"
    named = base64.urlsafe_b64decode(TOKEN)
    assert bytes.fromhex(CASE.case_id.replace("-", "")) not in named


def test_every_link_to_a_case_is_the_same_and_to_another_case_another() -> None:
    assert token_of(links().to_case(CASE)) == TOKEN
    assert token_of(links().to_case(CaseRef(CASE.tenant, new_id()))) != TOKEN
    assert token_of(links().to_case(CaseRef(new_id(), CASE.case_id))) != TOKEN


@pytest.mark.parametrize(
    "token",
    ["", "x", TOKEN[:-1], TOKEN[:32], TOKEN + "A", TOKEN + "=", "ä" * 64, "!" * 64, "A" * 64],
    ids=["empty", "short", "one less", "half", "one more", "padded", "umlauts", "marks", "zeros"],
)
def test_what_was_cut_off_or_made_up_is_refused(token: str) -> None:
    with pytest.raises(LinkInvalid):
        links().case_behind(token)


@given(st.integers(0, 63), st.integers(1, 63))
def test_a_token_with_one_other_character_is_refused(place: int, by: int) -> None:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    other = alphabet[(alphabet.index(TOKEN[place]) + by) % 64]
    with pytest.raises(LinkInvalid):
        links().case_behind(TOKEN[:place] + other + TOKEN[place + 1 :])


def test_a_token_of_another_desk_or_purpose_is_refused() -> None:
    named = base64.urlsafe_b64decode(TOKEN)[:32]
    other = AESSIV(purpose_key(SECRET, "something else")).encrypt(named, None)
    for token in (
        token_of(links(bytes(32)).to_case(CASE)),
        base64.urlsafe_b64encode(other).decode(),
    ):
        with pytest.raises(LinkInvalid):
            links().case_behind(token)
