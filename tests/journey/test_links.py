"""Who reads a mail of the desk: the link in it shows how the case is, and takes the survey's answer."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journey.conftest import RunningDesk, Seat
from tests.journey.mailbox import link_in, mail_to
from tests.journey.pages import Console
from tests.journey.test_screens import VIEWS, assert_sound

pytestmark = [pytest.mark.browser, pytest.mark.mongo, pytest.mark.timeout(240)]

QUESTION = "My invoice shows the wrong address."


def leave_request(seat: Seat, name: str) -> Console:
    """Somebody stops waiting and closes the page; returns the console of who finds the request."""
    greta = seat.console("greta")
    customer = seat.customer()
    customer.start(name)
    customer.say(QUESTION)
    expect(customer.page.get_by_test_id("message")).to_have_count(1)
    # What the bot says moves the page on, away from under the pointer of who presses in that moment.
    expect(customer.page.get_by_test_id("bot")).to_have_count(1)
    customer.page.get_by_text("here", exact=True).click()
    customer.page.get_by_role("textbox", name="Your question").fill("Please correct it.")
    customer.page.get_by_role("button", name="Send", exact=True).click()
    expect(customer.page.get_by_text("Thank you. Your request has been sent.")).to_be_visible()
    customer.page.close()
    greta.open_list("All cases")
    greta.open_case(name)
    expect(greta.details).to_contain_text("Please correct it.")
    return greta


def look_again(page: Page) -> None:
    """What a browser tells a page whose tab somebody comes back to."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_a_mail_leads_to_the_request_and_to_its_survey(desk: RunningDesk, seat: Seat) -> None:
    """S62, X7: the request is acknowledged, followed by its link, and rated by mail; the case has the rating."""
    greta = leave_request(seat, "Xanthia")
    mail_to(desk, "xanthia@example.com", "We have received your request")
    mailbox = seat.browser()
    mailbox.goto(f"{desk.mailbox_address}/mailbox")
    mailbox.locator("a.row").filter(has_text="xanthia@example.com").first.click()
    with mailbox.expect_popup() as opened:
        mailbox.frame_locator("iframe").get_by_role("link", name="See how it stands").click()
    status = opened.value
    expect(status.get_by_role("heading", name="We have received it")).to_be_visible()
    assert "Xanthia" not in status.locator("body").inner_text()
    assert QUESTION not in status.locator("body").inner_text()

    greta.press("Assign to me")
    expect(greta.details).to_contain_text("Greta Lindqvist (you)")
    # The console shows it before the desk has it; the history tells what the desk has.
    expect(greta.line("took the case")).to_be_visible()
    look_again(status)
    expect(status.get_by_text("Greta Lindqvist is working on it")).to_be_visible()
    greta.press("Resolve case")
    expect(greta.details).to_contain_text("Resolved")

    link = link_in(mail_to(desk, "xanthia@example.com", "how did we do"))
    assert link == status.url
    reader = seat.browser()
    reader.goto(link)
    expect(reader.get_by_role("heading", name="It is resolved")).to_be_visible()
    reader.get_by_text("Good", exact=True).click()
    reader.get_by_label(re.compile("Anything you would like to add")).fill("Quick and kind.")
    reader.get_by_role("button", name="Send rating").click()
    expect(reader.get_by_text("Thank you for your rating")).to_be_visible()
    look_again(status)
    expect(status.get_by_text("Thank you for your rating")).to_be_visible()

    expect(greta.details).to_contain_text("4 of 5")
    expect(greta.details).to_contain_text("Quick and kind.")
    mails = greta.details.get_by_test_id("mail")
    expect(mails.filter(has_text="Acknowledgement")).to_contain_text("Sent")
    expect(mails.filter(has_text="Survey")).to_contain_text("Sent")


def test_a_technician_sees_that_nobody_could_be_written_to(seat: Seat) -> None:
    """N2: a page that was closed leaves a request without an address, and the case says so."""
    greta = seat.console("greta")
    customer = seat.customer()
    customer.open("shop")
    customer.fill_in("Yvo", "Núñez", "")
    customer.chat()
    customer.say(QUESTION)
    expect(customer.page.get_by_test_id("bot").nth(1)).to_be_visible()
    customer.page.close()
    greta.open_list("All cases")
    expect(greta.row_of("Yvo").get_by_text("Support request")).to_be_visible()
    greta.open_case("Yvo")
    mail = greta.details.get_by_test_id("mail").filter(has_text="Acknowledgement")
    expect(mail).to_contain_text("Not sent: no email address is known")


def test_a_link_that_was_cut_off_says_so(desk: RunningDesk, seat: Seat) -> None:
    page = seat.browser()
    for fragment in ("", "#", "#abc", f"#{'A' * 64}"):
        page.goto("about:blank")
        page.goto(f"{desk.address}/c{fragment}")
        expect(page.get_by_role("heading", name="This link does not work")).to_be_visible()
    assert_sound(page)


def test_the_page_of_a_link_is_sound(desk: RunningDesk, seat: Seat) -> None:
    """One request, looked at in every view: while it waits, once it is resolved, and when it is rated."""
    greta = leave_request(seat, "Zoraya")
    link = link_in(mail_to(desk, "zoraya@example.com", "We have received your request"))
    pages = [seat.browser(**view) for view in VIEWS]
    for page in pages:
        page.goto(link)
        expect(page.locator(".step[aria-current]")).to_have_count(1)
        assert_sound(page)
    greta.press("Assign to me")
    greta.press("Resolve case")
    for page in pages:
        look_again(page)
        expect(page.locator(".survey")).to_be_visible()
        assert_sound(page)
    pages[0].locator(".scale-choice").nth(4).click()
    pages[0].locator(".survey button[type=submit]").click()
    for page in pages:
        look_again(page)
        expect(page.locator(".panel-done")).to_be_visible()
        assert_sound(page)
