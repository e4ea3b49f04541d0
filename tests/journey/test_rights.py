"""Who sees what waits, who is told of it, and who can find out why: S57 with its setting, and N3."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journey.conftest import RunningDesk, Seat
from tests.journey.pages import Console, PortalPage

pytestmark = [pytest.mark.browser, pytest.mark.mongo, pytest.mark.timeout(240)]

SWITCH = re.compile("^Hide incoming cases")
HIDDEN = "hidden while you are not available"


def settings(console: Console) -> Locator:
    console.page.get_by_role("link", name="Settings").click()
    console.page.get_by_role("link", name="Incoming cases").click()
    return console.page.get_by_role("switch", name=SWITCH)


def ask(seat: Seat, name: str) -> PortalPage:
    customer = seat.customer()
    customer.start(name)
    customer.say("My invoice shows the wrong address.")
    expect(customer.page.get_by_test_id("message")).to_have_count(1)
    return customer


def test_the_account_decides_whether_what_waits_is_hidden(desk: RunningDesk, seat: Seat) -> None:
    """S57: off, everybody sees and assigns everything, and is still not notified while not available."""
    greta = seat.console("greta")
    tomas = seat.console("tomas", status="Not available")
    admin = seat.console("ada", status="Not available")
    ask(seat, "Nils")
    greta.open_list("Unassigned")
    expect(greta.row_of("Nils")).to_have_count(1)
    tomas.open_list("All cases")
    expect(tomas.row_of("Nils")).to_have_count(0)
    expect(tomas.page.get_by_text(HIDDEN).first).to_be_visible()
    hide = settings(admin)
    expect(hide).to_be_checked()
    hide.click()
    try:
        expect(tomas.row_of("Nils")).to_have_count(1)
        ask(seat, "Odette")
        expect(tomas.row_of("Odette")).to_have_count(1)
        expect(tomas.red_dot).to_have_count(0)
        tomas.open_case("Nils")
        tomas.press("Assign to me")
        expect(tomas.details).to_contain_text("Tomás Vega (you)")
        admin.page.reload()
        expect(admin.page.get_by_role("switch", name=SWITCH)).not_to_be_checked()
    finally:
        switch = admin.page.get_by_role("switch", name=SWITCH)
        if not switch.is_checked():
            switch.click()
        expect(switch).to_be_checked()
    expect(tomas.row_of("Odette")).to_have_count(0)
    expect(tomas.row_of("Nils")).to_have_count(1)


def test_settings_are_closed_to_others(desk: RunningDesk, seat: Seat) -> None:
    greta = seat.console("greta")
    greta.page.get_by_role("link", name="Settings").click()
    expect(greta.page.get_by_role("heading", name="Preferences")).to_be_visible()
    expect(greta.page.get_by_role("link", name="Incoming cases")).to_have_count(0)
    greta.page.goto(f"{desk.address}/console/settings/incoming")
    expect(greta.page.get_by_text("Settings are for administrators")).to_be_visible()
    expect(greta.page.get_by_role("switch")).to_have_count(0)


def open_alerts(page: Page) -> Locator:
    alerts = page.get_by_test_id("alerts")
    alerts.get_by_text("Who was notified").click()
    return alerts


def test_the_case_tells_who_was_notified_and_why_others_were_not(seat: Seat) -> None:
    """N3, in the words of the viewer's language."""
    greta = seat.console("greta")
    seat.console("tomas", status="Not available")
    seat.console("ada", status="Not available")
    ask(seat, "Pia")
    greta.open_list("Unassigned")
    greta.open_case("Pia")
    alerts = open_alerts(greta.page)
    first = alerts.get_by_test_id("alert").first
    expect(first).to_contain_text("Notified: Greta Lindqvist (you)")
    expect(first).to_contain_text(re.compile("Not available: .*Tomás Vega"))
    expect(alerts.get_by_text("Nobody was notified.")).to_have_count(0)
    german = seat.sign_in("greta", locale="de-DE")
    german.locator("[data-case]").filter(has_text="Pia").first.click()
    alerts = german.get_by_test_id("alerts")
    alerts.get_by_text("Wer benachrichtigt wurde").click()
    expect(alerts).to_contain_text(re.compile("Nicht verfügbar: .*Tomás Vega"))


def test_that_nobody_was_notified_is_said_plainly(seat: Seat) -> None:
    """N3: without opening anything."""
    greta = seat.console("greta", status="Not available")
    for who in ("tomas", "ada"):
        seat.console(who, status="Not available")
    customer = seat.customer()
    customer.open()
    customer.fill_in("Quirin", "Núñez", "quirin@example.com")
    customer.page.get_by_label("Your question").fill("Does anybody read this?")
    customer.page.get_by_role("button", name="Send", exact=True).click()
    expect(customer.page.get_by_text("Thank you. Your request has been sent.")).to_be_visible()
    greta.set_status("Available")
    greta.open_list("Unassigned")
    greta.open_case("Quirin")
    expect(greta.page.get_by_text("Nobody was notified.").first).to_be_visible()


def test_nobody_joins_a_chat_that_has_ended(seat: Seat) -> None:
    """S17: who takes its case looks after the request, and says so."""
    greta = seat.console("greta")
    customer = ask(seat, "Rufus")
    customer.end_chat()
    greta.open_list("Unassigned")
    greta.open_case("Rufus")
    greta.press("Assign to me")
    expect(customer.line("Greta Lindqvist is looking after your request")).to_be_visible()
    expect(greta.line("You took the case")).to_be_visible()
    expect(customer.line("has joined")).to_have_count(0)


def test_a_case_is_deleted_by_two_presses_and_gone_for_everybody(seat: Seat) -> None:
    """S32, N4: for its customer, for a colleague who looks at it, and with a receipt."""
    greta = seat.console("greta")
    admin = seat.console("ada")
    customer = ask(seat, "Sigrid")
    for console in (greta, admin):
        console.open_list("All cases")
        console.open_case("Sigrid")
    button = admin.details.get_by_role("button", name=re.compile("^Delete case"))
    expect(button).to_have_attribute("aria-disabled", "true")
    expect(greta.details.get_by_role("button", name=re.compile("^Delete case"))).to_have_count(0)
    customer.end_chat()
    expect(button).to_have_attribute("aria-disabled", "false")
    button.click()
    again = admin.details.get_by_role("group", name="Delete case")
    expect(again).to_contain_text("This cannot be undone.")
    again.get_by_role("button", name="Delete case").click()
    for console in (greta, admin):
        expect(console.row_of("Sigrid")).to_have_count(0)
    expect(greta.page.get_by_text("This case was deleted")).to_be_visible()
    expect(customer.page.get_by_text("This conversation was deleted")).to_be_visible()
    customer.page.reload()
    expect(customer.page.get_by_text("This conversation was deleted")).to_be_visible()
    admin.page.get_by_role("button", name="Show receipt").click()
    receipt = admin.page.locator(".erasure").first
    receipt.locator("summary").click()
    expect(receipt.locator(".receipt-answer[data-state='purged']")).to_have_count(5)
    expect(receipt).to_contain_text("Key destroyed by the record at partition")
    expect(receipt).not_to_contain_text("Sigrid")
