"""What a reply is known by: what is made is read again, and nothing else is."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.ids import new_id
from services.notify.tests.examples import AT
from services.notify.threading import (
    LONGEST_LOCAL,
    MOST_REFERENCES,
    Earlier,
    MailRef,
    Threads,
    fits_plus,
    references,
)

THREADS, OTHERS = Threads(b"\0" * 32), Threads(b"\1" * 32)
SENDER, INTAKE = "desk@mail.example.com", "desk@example.com"
UUIDS = st.uuids().map(str)


@given(UUIDS, UUIDS)
def test_what_is_made_is_read_again_in_any_letters(mail_id: str, case_id: str) -> None:
    made = THREADS.message_id(mail_id, case_id, SENDER)
    assert made.endswith("@mail.example.com>")
    for seen in (made, made.upper(), made.strip("<>"), f" {made}\t"):
        assert THREADS.mail_of(seen) == MailRef(mail_id, case_id)
        assert THREADS.case_of(seen) == case_id
    address = THREADS.reply_to(case_id, INTAKE)
    assert address.startswith("desk+")
    assert len(address.partition("@")[0]) <= LONGEST_LOCAL
    assert THREADS.case_at(address) == THREADS.case_at(address.upper()) == case_id


@given(UUIDS, UUIDS, UUIDS)
def test_nobody_makes_one_for_a_case_that_they_only_know_of(
    mail_id: str, case_id: str, wanted: str
) -> None:
    made = THREADS.message_id(mail_id, case_id, SENDER)
    if wanted not in {mail_id, case_id}:
        assert THREADS.case_of(made.replace(case_id, wanted)) is None
        assert THREADS.case_of(made.replace(mail_id, wanted)) is None
    assert OTHERS.case_of(made) is None
    assert OTHERS.case_at(THREADS.reply_to(case_id, INTAKE)) is None


def test_a_tag_of_one_kind_is_none_of_the_other() -> None:
    case_id = new_id()
    token = THREADS.reply_to(case_id, INTAKE).partition("+")[2].partition("@")[0]
    assert THREADS.case_of(f"<{case_id}.{case_id}.{token[-16:]}@example.com>") is None


@pytest.mark.parametrize(
    "text", ["", "<>", "<a@b>", "desk@example.com", "desk+sales@example.com", "<" + "a" * 999]
)
def test_what_is_not_ours_is_nothing(text: str) -> None:
    assert THREADS.case_of(text) is None
    assert THREADS.case_at(text) is None


def test_one_changed_letter_of_an_address_is_noticed() -> None:
    address = THREADS.reply_to(new_id(), INTAKE)
    at = address.index("+") + 1
    for place in range(at, at + 42):
        other = "a" if address[place] != "a" else "b"
        changed = address[:place] + other + address[place + 1 :]
        # The last letter carries two bits that say nothing.
        assert THREADS.case_at(changed) != THREADS.case_at(address) or place == at + 41


def test_an_address_too_long_for_a_token_is_known_before() -> None:
    assert fits_plus("d" * 21 + "@example.com")
    assert not fits_plus("d" * 22 + "@example.com")


def test_a_mail_refers_to_the_thread_in_its_order_and_to_the_ends_of_a_long_one() -> None:
    thread = [Earlier(f"<{n}@example.com>", AT + timedelta(seconds=n)) for n in range(30)]
    assert references(reversed(thread[:3])) == (
        "<0@example.com>",
        "<1@example.com>",
        "<2@example.com>",
    )
    kept = references(thread)
    assert (len(kept), kept[0], kept[-1]) == (
        MOST_REFERENCES,
        "<0@example.com>",
        "<29@example.com>",
    )
    assert references([]) == ()
