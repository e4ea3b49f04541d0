"""From a portal that an administrator makes to a chat that is given to somebody by itself, and why (S1, S7, S37, N3)."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journey.conftest import Seat
from tests.journey.pages import Console

pytestmark = [pytest.mark.browser, pytest.mark.mongo, pytest.mark.timeout(240)]


def test_an_administrator_makes_a_portal_and_has_its_chats_assigned(seat: Seat) -> None:
    admin = seat.console("ada", status="Not available").page
    admin.get_by_role("link", name="Settings").click()
    admin.get_by_role("link", name="Customer portals").click()
    admin.get_by_role("button", name="Add customer portal").click()
    dialog = admin.get_by_role("dialog")
    dialog.get_by_label("Name of the company").fill("Acme")
    name = dialog.get_by_label("Subdomain")
    name.fill("dem0")
    expect(dialog.get_by_text("is taken")).to_be_visible()
    name.fill("acme-desk")
    expect(dialog.get_by_text("You can have")).to_be_visible()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    expect(admin.get_by_text(re.compile("/p/acme-desk$"))).to_be_visible()
    admin.get_by_role("link", name="Assignment").click()
    switch = admin.get_by_role("switch", name="Acme")
    switch.click()
    expect(switch).to_be_checked()
    # The desk is shared, and others may have left chats with Greta: she has room for one more.
    capacity = admin.get_by_label("Live chats").first
    capacity.fill("90")
    admin.get_by_role("button", name="Save").first.click()
    expect(admin.get_by_text(re.compile("of 90")).first).to_be_visible()
    seat.console("tomas", status="Not available")
    greta = seat.console("greta")
    customer = seat.customer()
    customer.open("acme-desk")
    customer.fill_in("Pia", "Núñez", "pia@example.com")
    customer.chat()
    greta.open_list("My cases")
    expect(greta.row_of("Pia")).to_have_count(1)
    greta.open_case("Pia")
    told = re.compile(r"Assigned automatically to .*Greta.*: available, \d+ of 90 chats")
    expect(greta.details.get_by_text(told)).to_have_count(1)
    promise_a_first_answer(admin)
    watch_it_fall_due(greta)


def promise_a_first_answer(admin: Page) -> None:
    """Within a minute, in this portal alone, with a warning when half of it is left."""
    admin.get_by_role("link", name="Service levels").click()
    places = admin.get_by_label("Applies to")
    option = places.locator("option", has_text="acme-desk")
    places.select_option(option.first.get_attribute("value"))
    admin.get_by_label("First response", exact=True).first.fill("1")
    admin.get_by_label("Every hour").check()
    admin.get_by_label("Warn", exact=True).select_option("50")
    admin.get_by_role("button", name="Save").click()
    expect(admin.get_by_role("button", name="Use what all portals have")).to_be_visible()


def watch_it_fall_due(greta: Console) -> None:
    """The case says what is due, warns, and stands on top; answered in time, it is at rest (X10)."""
    due = greta.row_of("Pia").locator(".sla-badge")
    expect(due).to_have_count(1)
    page = greta.page
    expect(greta.details.get_by_text("First response is due soon")).to_have_count(1)
    expect(due).to_have_attribute("data-tone", "near")
    decision = greta.details.get_by_test_id("alert").filter(has_text="First response due soon")
    expect(decision).to_contain_text("Greta")
    page.get_by_role("button", name=re.compile("^Notifications")).click()
    inbox = page.get_by_role("dialog", name="Notifications")
    expect(inbox.get_by_text("Your case is due soon").first).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile("^Sorted by")).click()
    page.get_by_role("menuitemradio", name="Due next").click()
    expect(greta.rows().first).to_contain_text("Pia")
    greta.say("Hello Pia, how can I help you?")
    expect(due).to_have_count(0)
    expect(greta.details.get_by_text(re.compile("First response in time"))).to_have_count(1)
    expect(greta.details.get_by_test_id("lookers")).to_contain_text("Greta")
