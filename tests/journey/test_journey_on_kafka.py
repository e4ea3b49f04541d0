"""The same journey on real Apache Kafka: the broker that production runs on acknowledges before the store."""

import pytest
from playwright.sync_api import expect

from tests.journey.conftest import Seat

pytestmark = [pytest.mark.browser, pytest.mark.kafka, pytest.mark.timeout(300)]


def test_the_journey_from_question_to_resolution(seat_on_kafka: Seat) -> None:
    greta = seat_on_kafka.console("greta")
    customer = seat_on_kafka.customer()
    customer.start("Ana")
    customer.say("My invoice shows the wrong address.")
    greta.open_list("Unassigned")
    expect(greta.rows().first).to_contain_text("My invoice shows the wrong address.")
    greta.open_case("Ana")
    greta.press("Assign to me")
    expect(customer.line("Greta Lindqvist has joined")).to_be_visible()
    greta.say("Let me look at it.")
    expect(customer.page.get_by_test_id("message")).to_have_count(2)

    customer.cable.pull()
    customer.say("Thank you.")
    greta.say("It is corrected.")
    customer.cable.plug_in()
    for side in (customer, greta):
        expect(side.page.get_by_test_id("message")).to_have_count(4)
    assert customer.texts() == greta.texts()
    assert sorted(customer.texts()[2:]) == ["It is corrected.", "Thank you."]

    greta.press("Resolve case")
    greta.page.get_by_role("dialog").get_by_role("button", name="Resolve case").click()
    expect(customer.page.get_by_text("Your request is resolved")).to_be_visible()
    greta.open_list("All cases")
    greta.open_case("Ana")
    greta.press("Reopen case")
    expect(greta.details).to_contain_text("Greta Lindqvist (you)")
