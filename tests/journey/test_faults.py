"""While the desk cannot take what customers write, or does not want to, they are told so."""

import os
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.journey.conftest import RunningDesk, Seat
from tests.journey.faults import closed, readiness, standstill
from tests.journey.test_screens import assert_sound

pytestmark = [
    pytest.mark.browser,
    pytest.mark.mongo,
    pytest.mark.timeout(240),
    pytest.mark.skipif("DESKBUS_JOURNEY" in os.environ, reason="needs a desk of its own to harm"),
]


def test_what_the_desk_cannot_take_is_said_and_sent_later(desk: RunningDesk, seat: Seat) -> None:
    """Broker and database hang, one after the other: nothing is lost, and nothing is there twice."""
    greta = seat.console("greta")
    customer = seat.customer()
    customer.start("Bruno")
    customer.say("one")
    expect(customer.page.get_by_role("img", name="Sent")).to_be_visible()
    greta.open_list("All cases")
    greta.open_case("Bruno")
    programs: list[Literal["tansu", "mongod"]] = ["tansu", "mongod"]
    for program in programs:
        with standstill(desk, program):
            customer.say(f"while {program} is away")
            expect(customer.page.get_by_text("Not delivered yet. We keep trying.")).to_be_visible()
            state = readiness(desk)
            away = {"tansu": "chat.broker", "mongod": "chat.database"}[program]
            assert not state["ready"]
            assert state["checks"][away] == "does not answer"
        expect(customer.page.get_by_role("img", name="Not delivered yet")).to_have_count(0)
    expected = ["one", "while tansu is away", "while mongod is away"]
    expect(greta.page.get_by_test_id("message")).to_have_count(len(expected))
    assert customer.texts() == greta.texts() == expected


def test_an_inactive_portal_takes_nothing(desk: RunningDesk, seat: Seat) -> None:
    """S9: live, checked again on submission, and whatever its technicians are."""
    seat.console("greta")
    early, late = seat.customer(), seat.customer()
    for customer in (early, late):
        customer.open()
        customer.fill_in("Carla", "Núñez", "carla@example.com")
    with closed(desk, "demo"):
        early.chat()
        look_again(late.page)
        for customer in (early, late):
            expect(
                customer.page.get_by_role("heading", name="Service not available")
            ).to_be_visible()
            expect(customer.page.get_by_text("We apologise for any inconvenience")).to_be_visible()
            expect(customer.page.get_by_role("textbox")).to_have_count(0)
            expect(customer.page.get_by_role("button")).to_have_count(0)
        assert_sound(late.page)
    look_again(late.page)
    expect(late.page.get_by_label("First name")).to_have_value("Carla")


def look_again(page: Page) -> None:
    """What a browser tells a page whose tab somebody comes back to."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
