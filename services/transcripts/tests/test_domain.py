"""What a transcript holds, and who gets it."""

import random
from dataclasses import replace
from typing import Any, get_args

import pytest

from chassis.errors import Invalid
from chassis.ids import derived_id
from chassis.tokens import Identity
from services.transcripts import domain
from services.transcripts.domain import Addressee, Entry, Kind, Side, TranscriptEmpty, transcript
from services.transcripts.tests.examples import (
    ANN,
    ANNS,
    AT,
    BEN,
    CLEOS,
    COMPANY,
    OTHER_CASE,
    OTHER_COMPANY,
    OTHER_TENANT,
    TENANT,
    case,
    entry,
    said,
    whole_journey,
)


def texts(entries: list[Entry], side: Side = "customer") -> list[str]:
    return [it.entry.text for it in transcript(case(), entries, side).lines]


# ---- order, repetition, lateness -----------------------------------------------------------------


def test_positions_order_it_and_not_times_or_arrival() -> None:
    entries = [said("b", 2, time=AT), said("a", 1), said("c", 3, time=AT)]
    for _ in range(5):
        random.Random(4).shuffle(entries)
        assert texts(entries) == ["a", "b", "c"]


def test_what_is_behind_the_first_end_is_late_and_stays() -> None:
    entries = [said("a", 1), entry("ended", 2, code="customer"), said("b", 3)]
    entries += [entry("ended", 4, code="resolved"), said("c", 5)]
    lines = transcript(case(), entries, "customer").lines
    assert [(it.entry.text, it.late) for it in lines if it.entry.kind == "message"] == [
        ("a", False),
        ("b", True),
        ("c", True),
    ]


def test_only_messages_are_late() -> None:
    lines = transcript(case(), whole_journey(), "staff").lines
    assert [it.entry.text for it in lines if it.late] == ["One more thing"]


def test_what_the_case_did_after_a_line_of_the_log_stands_behind_it() -> None:
    """The case is assigned and flagged at once, before the log has that somebody joined (`after_seq` is older)."""
    entries = [
        said("hello", 3),
        replace(entry("activity", 7, code="joined", technician_id=ANN), version=2),
        replace(entry("mailed", 3, text="before", author="customer"), version=1),
        replace(entry("mailed", 3, text="after", author="customer"), version=3),
        replace(entry("followed_up", 3, text="last"), version=4),
        said("welcome", 8),
        replace(entry("ended", 9, code="resolved"), version=6),
        replace(entry("followed_up", 8, text="asked"), version=5),
        replace(entry("followed_up", 8, text="thanks"), version=7),
    ]
    for _ in range(5):
        random.Random(4).shuffle(entries)
        lines = transcript(case(), entries, "staff").lines
        assert [it.entry.text or it.entry.code for it in lines] == [
            *("hello", "before", "joined", "after", "last", "welcome", "asked", "resolved"),
            "thanks",
        ]


def test_the_first_opening_and_the_first_end_count() -> None:
    entries = [entry("opened", 1), said("a", 2), entry("opened", 3)]
    entries += [entry("ended", 4, code="gone"), entry("ended", 5, code="resolved")]
    lines = transcript(case(), entries, "customer").lines
    assert [(it.entry.kind, it.entry.seq) for it in lines] == [
        ("opened", 1),
        ("message", 2),
        ("ended", 4),
    ]


def test_a_question_stands_behind_the_entry_that_it_followed() -> None:
    question = entry("request", 2, text="Please call me", author="customer")
    assert texts([question, said("b", 3), said("a", 2)]) == ["a", "Please call me", "b"]


def test_ten_thousand_messages_are_all_there() -> None:
    entries = [said(str(n), n) for n in range(1, 10_001)]
    random.Random(1).shuffle(entries)
    assert texts(entries) == [str(n) for n in range(1, 10_001)]


# ---- what the customer may see -------------------------------------------------------------------


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_that_there_is_was_decided_on(kind: Kind) -> None:
    one = entry(kind, 1, code="joined")
    of_mails = {"mailed", "mailed_by_other", "followed_up", "undelivered"}
    assert domain.may_see(one, "customer") is (kind != "mailed_by_other")
    assert domain.may_see(one, "page") is (kind not in of_mails)
    assert domain.may_see(one, "staff") is True


@pytest.mark.parametrize("kind", ["note", "handover", ""])
def test_a_kind_that_nobody_decided_on_is_not_the_customers(kind: Any) -> None:
    note = replace(said("They are not to be trusted", 2), kind=kind)
    assert (domain.may_see(note, "customer"), domain.may_see(note, "page")) == (False, False)
    assert texts([said("a", 1), note]) == ["a"]


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("joined", True),
        ("taken", True),
        ("transferred", True),
        ("resolved", True),
        ("reopened", False),
        ("x", False),
    ],
)
def test_of_activities_customers_see_what_chat_shows_them(code: str, seen: bool) -> None:
    activity = entry("activity", 2, code=code)
    assert (domain.may_see(activity, "customer"), domain.may_see(activity, "page")) == (seen, seen)
    kinds = [it.entry.kind for it in transcript(case(), [said("a", 1), activity], "staff").lines]
    assert kinds == ["message", "activity"]


@pytest.mark.parametrize(
    ("to", "side"), [("customer", "customer"), ("address", "customer"), ("assignee", "staff")]
)
def test_another_address_gets_what_a_customer_gets(to: Addressee, side: Side) -> None:
    assert domain.side_for(to) == side


def test_a_download_is_for_whoever_asks() -> None:
    sides = [domain.side_of(it, case()) for it in (ANNS, CLEOS)]
    assert sides == ["staff", "page"]
    assert domain.side_of(CLEOS, case(contact_verified=True)) == "customer"


# ---- deletions -----------------------------------------------------------------------------------


def deletion(of: Entry, seq: int, **fields: Any) -> Entry:
    return entry("deleted", seq, author="technician", name="Ann Ash", code=of.id, **fields)


@pytest.mark.parametrize("side", ["customer", "staff"])
def test_a_deleted_message_has_who_deleted_it_in_place_of_its_text(side: Side) -> None:
    unwanted = said("My password is lamp", 2)
    entries = [said("a", 1), unwanted, deletion(unwanted, 4), deletion(unwanted, 3), said("b", 5)]
    lines = transcript(case(), entries, side).lines
    assert [it.entry.text for it in lines] == ["a", "", "b"]
    assert [it.deletion and it.deletion.seq for it in lines] == [None, 3, None]


def test_what_comes_behind_its_deletion_was_not_deleted() -> None:
    later = said("b", 3)
    assert texts([said("a", 1), deletion(later, 2), later]) == ["a", "b"]


# ---- emptiness -----------------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["customer", "staff"])
def test_without_a_word_of_anybody_there_is_no_transcript(side: Side) -> None:
    silent = [it for it in whole_journey() if it.kind not in domain.WRITTEN]
    for entries in ([], silent):
        with pytest.raises(TranscriptEmpty):
            transcript(case(), entries, side)


def test_one_question_is_enough() -> None:
    assert texts([entry("request", 0, text="Please call me", author="customer")])


# ---- what it says of itself ----------------------------------------------------------------------


def test_its_times_are_those_of_the_conversation() -> None:
    read = transcript(case(), whole_journey(), "customer")
    assert read.began == whole_journey()[0].time
    assert read.ended == whole_journey()[10].time
    assert read.time_zone == "Europe/Vienna"
    assert read.written == 4


def test_a_request_began_when_it_became_a_case() -> None:
    read = transcript(case(), [entry("request", 0, text="x", author="customer")], "customer")
    assert (read.began, read.ended, read.time_zone) == (AT, None, "")


def test_technicians_are_named_once_in_the_order_they_came() -> None:
    entries = [
        entry("activity", 1, code="joined", technician_id=ANN, name="Ann Ash"),
        said("b", 2, by="technician", name="Ben Bay"),
        said("a", 3, by="technician"),
        entry("activity", 4, code="resolved", name="Cy Cole"),
    ]
    assert transcript(case(), entries, "staff").technicians == ("Ann Ash", "Ben Bay")


# ---- who may ask for what ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("identity", "may"),
    [
        (CLEOS, True),
        (replace(CLEOS, conversation=OTHER_CASE), False),
        (replace(CLEOS, conversation=None), False),
        (replace(CLEOS, tenant=OTHER_TENANT), False),
        (ANNS, True),
        (replace(ANNS, companies=(OTHER_COMPANY,)), False),
        (replace(ANNS, companies=()), False),
        (replace(ANNS, tenant=OTHER_TENANT), False),
        (Identity("technician", derived_id("x"), TENANT, "X", companies=(COMPANY,)), True),
        # A customer's token with companies in it is nobody's.
        (replace(CLEOS, conversation=OTHER_CASE, companies=(COMPANY,)), False),
    ],
)
def test_everybody_reads_what_is_theirs(identity: Identity, may: bool) -> None:
    assert domain.may_read(identity, case(), sees_incoming=True) is may


@pytest.mark.parametrize(
    ("identity", "assignee", "sees_incoming", "may"),
    [
        (ANNS, None, True, True),
        (ANNS, None, False, False),
        (ANNS, ANN, False, True),
        (ANNS, BEN, False, True),
        (CLEOS, None, False, True),
    ],
)
def test_what_waits_is_read_by_those_who_see_it(
    identity: Identity, assignee: str | None, sees_incoming: bool, may: bool
) -> None:
    waiting = case(assignee_id=assignee)
    assert domain.may_read(identity, waiting, sees_incoming=sees_incoming) is may


@pytest.mark.parametrize("to", ["assignee", "address"])
def test_customers_mail_to_themselves_only(to: Addressee) -> None:
    domain.check_addressee(CLEOS, "customer", None)
    with pytest.raises(Invalid) as refusal:
        domain.check_addressee(CLEOS, to, "x@example.com")
    assert refusal.value.fields == [{"field": "to", "code": "invalid", "params": {}}]


def test_another_address_has_to_be_named() -> None:
    domain.check_addressee(ANNS, "address", "x@example.com")
    domain.check_addressee(ANNS, "assignee", None)
    with pytest.raises(Invalid) as refusal:
        domain.check_addressee(ANNS, "address", None)
    assert refusal.value.fields == [{"field": "address", "code": "required", "params": {}}]
