"""The rest of the first journey: requests, the bot, the end of a chat, survey, transcript, availability."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journey.conftest import RunningDesk, Seat
from tests.journey.mailbox import mail_to
from tests.journey.pages import Console, PortalPage

pytestmark = [pytest.mark.browser, pytest.mark.mongo, pytest.mark.timeout(240)]

QUESTION = "My invoice shows the wrong address."


def ask(customer: PortalPage, name: str) -> None:
    customer.start(name)
    customer.say(QUESTION)
    expect(customer.page.get_by_test_id("message")).to_have_count(1)


def take(console: Console, name: str) -> None:
    console.open_list("All cases")
    console.open_case(name)
    console.press("Assign to me")
    expect(console.details).to_contain_text("Greta Lindqvist (you)")


def test_the_greeting_answers_the_first_message(seat: Seat) -> None:
    """S14: at once, and nothing is asked that is known."""
    seat.console("greta")
    customer = seat.customer()
    ask(customer, "Paula")
    expect(customer.page.get_by_test_id("bot")).to_have_count(1)
    expect(
        customer.page.get_by_test_id("bot").get_by_text("Thank you for your message.")
    ).to_be_visible()
    expect(customer.page.get_by_text("What is your email address?")).to_have_count(0)


def test_who_is_unknown_is_asked_and_pending_until_then(seat: Seat) -> None:
    """S14, S33: two messages ask for the address; the case is Pending, and Unassigned once it is given."""
    greta = seat.console("greta")
    customer = seat.customer()
    customer.open("shop")
    customer.fill_in("Quinn", "Núñez", "")
    customer.chat()
    customer.say(QUESTION)
    expect(customer.page.get_by_test_id("bot").nth(1)).to_contain_text(
        "What is your email address?"
    )
    greta.open_list("All cases")
    expect(greta.row_of("Quinn")).to_contain_text("Pending")
    greta.open_list("Unassigned")
    expect(greta.row_of("Quinn")).to_have_count(0)
    customer.page.get_by_label("Email").fill("quinn@example.com")
    customer.page.get_by_label("Email").press("Enter")
    expect(customer.page.get_by_test_id("bot").last).to_be_visible()
    expect(greta.row_of("Quinn")).to_have_count(1)
    greta.open_case("Quinn")
    expect(greta.details).to_contain_text("quinn@example.com")


def test_who_stops_waiting_sends_a_request(desk: RunningDesk, seat: Seat) -> None:
    """S11, S25, S26, S47, X7."""
    greta = seat.console("greta")
    customer = seat.customer()
    ask(customer, "Rosa")
    greta.open_list("All cases")
    greta.open_case("Rosa")
    customer.page.get_by_text("here", exact=True).click()
    customer.page.get_by_label("Your question").fill("Please correct it.")
    customer.page.get_by_role("button", name="Send", exact=True).click()
    expect(customer.page.get_by_text("Thank you. Your request has been sent.")).to_be_visible()
    number = re.search(r"\d{4,}", customer.page.locator("main").inner_text())
    assert number
    row = greta.row_of("Rosa")
    expect(row.get_by_text("Support request")).to_be_visible()
    expect(row).to_contain_text(number.group())
    expect(greta.details).to_contain_text("Please correct it.")
    expect(greta.page.get_by_role("textbox", name=re.compile("^Message to"))).to_have_count(0)
    assert number.group() in mail_to(desk, "rosa@example.com", number.group())
    answer_by_mail(greta, desk)
    greta.press("Resolve case")
    expect(greta.details).to_contain_text("Resolved")


def answer_by_mail(greta: Console, desk: RunningDesk) -> None:
    """S31, S42, S44, S45, S61: assigned, answered by mail from a draft that outlives a reload, and said to be sent."""
    expect(greta.details).to_contain_text("No follow-up email yet")
    greta.details.get_by_role("button", name="Follow-up email").click()
    text = greta.page.get_by_label("Text of the email")
    expect(text).to_be_focused()
    text.fill("The address is right now.\n\nA new invoice follows.")
    greta.page.reload()
    expect(text).to_have_value("The address is right now.\n\nA new invoice follows.")
    greta.page.get_by_role("button", name="Assign to me and send").click()
    card = greta.page.get_by_role("article", name="Email to the customer")
    expect(card).to_contain_text("Sent: the mail server has accepted it")
    expect(card).to_contain_text("A new invoice follows.")
    expect(card).to_contain_text("rosa@example.com")
    expect(text).to_have_value("")
    expect(greta.details).to_contain_text("A follow-up email was sent")
    expect(greta.details).to_contain_text("Greta Lindqvist (you)")
    expect(greta.details).to_contain_text("wrote an email: Re: ")
    shown = mail_to(desk, "rosa@example.com", "A new invoice follows")
    assert "Hello Rosa" in shown
    assert "Greta Lindqvist" in shown


def test_without_a_technician_there_is_the_request_form(desk: RunningDesk, seat: Seat) -> None:
    """S9, S57: nobody available, so no chat; what comes in is hidden from who is away, and shown on return."""
    greta = seat.console("greta", status="Not available")
    tomas = seat.console("tomas", status="Not available")
    customer = seat.customer()
    customer.open()
    customer.page.get_by_label("Your question").fill(QUESTION)
    customer.fill_in("Sara", "Núñez", "sara@example.com")
    customer.page.get_by_role("button", name="Send", exact=True).click()
    expect(customer.page.get_by_text("Thank you. Your request has been sent.")).to_be_visible()
    mail_to(desk, "sara@example.com", r"\d{4,}")
    tomas.open_list("All cases")
    expect(tomas.page.get_by_text("hidden while you are not available").first).to_be_visible()
    expect(tomas.row_of("Sara")).to_have_count(0)
    greta.set_status("Available")
    greta.open_list("Unassigned")
    expect(greta.row_of("Sara")).to_have_count(1)
    expect(greta.row_of("Sara").get_by_text("Support request")).to_be_visible()


def test_a_closed_tab_becomes_a_request(seat: Seat) -> None:
    """X32, with the grace that this desk was given."""
    greta = seat.console("greta")
    customer = seat.customer()
    customer.open("shop")
    customer.fill_in("Tess", "Núñez", "tess@example.com")
    customer.chat()
    customer.say(QUESTION)
    expect(customer.page.get_by_test_id("message")).to_have_count(1)
    greta.open_list("Unassigned")
    expect(greta.row_of("Tess")).to_contain_text("Live chat")
    customer.page.close()
    expect(greta.row_of("Tess")).to_contain_text("Support request", timeout=30_000)
    expect(greta.row_of("Tess")).to_contain_text(QUESTION)


def test_after_the_end_the_log_can_be_kept(desk: RunningDesk, seat: Seat) -> None:
    """S13, S18: three forms to download, and one by mail."""
    greta = seat.console("greta")
    customer = seat.customer()
    ask(customer, "Uma")
    take(greta, "Uma")
    greta.say("Let me look at it.")
    expect(customer.page.get_by_test_id("message")).to_have_count(2)
    customer.end_chat()
    for form, beginning in (("Text", b""), ("HTML", b"<!"), ("PDF", b"%PDF")):
        with customer.page.expect_download() as download:
            click_form(customer.page, form)
        content = download.value.path().read_bytes()
        assert content.lstrip().lower().startswith(beginning.lower()), form
        if form != "PDF":
            assert QUESTION.encode() in content
            assert b"Let me look at it." in content
    customer.page.get_by_role("button", name="Request a transcript of the conversation").click()
    expect(customer.page.get_by_text("The transcript was sent to uma@example.com.")).to_be_visible()
    assert "Let me look at it." in mail_to(desk, "uma@example.com", "Let me look at it")


def click_form(page: Page, form: str) -> None:
    page.get_by_role("link", name=form, exact=True).or_(
        page.get_by_role("button", name=form, exact=True)
    ).click()


def test_the_survey_is_on_the_case_at_once(seat: Seat) -> None:
    """S62."""
    greta = seat.console("greta")
    customer = seat.customer()
    ask(customer, "Vera")
    take(greta, "Vera")
    greta.press("Resolve case")
    greta.page.get_by_role("dialog").get_by_role("button", name="Resolve case").click()
    expect(customer.page.get_by_text("How did we do?")).to_be_visible()
    customer.page.get_by_text("Good", exact=True).click()
    customer.page.get_by_label(re.compile("Anything you would like to add")).fill("Quick and kind.")
    customer.page.get_by_role("button", name="Send rating").click()
    expect(customer.page.get_by_text("Thank you for your rating")).to_be_visible()
    greta.open_list("All cases")
    greta.open_case("Vera")
    expect(greta.details).to_contain_text("4 of 5")
    expect(greta.details).to_contain_text("Quick and kind.")
    customer.page.reload()
    expect(customer.page.get_by_text("Thank you for your rating")).to_be_visible()
    expect(customer.page.get_by_role("button", name="Send rating")).to_have_count(0)


def test_a_technician_sends_the_transcript(desk: RunningDesk, seat: Seat) -> None:
    """S60, N2: to another address, said to be sent once the mail server has it, and standing on the case."""
    greta = seat.console("greta")
    customer = seat.customer()
    ask(customer, "Wim")
    take(greta, "Wim")
    greta.page.get_by_role("button", name="Send transcript").click()
    dialog = greta.page.get_by_role("dialog")
    dialog.get_by_text("Another address").click()
    dialog.get_by_role("textbox").fill("archive@example.com")
    dialog.get_by_role("button", name="Send transcript").click()
    expect(greta.page.get_by_text("Sent to archive@example.com")).to_be_visible()
    assert QUESTION in mail_to(desk, "archive@example.com", "invoice")
    greta.page.keyboard.press("Escape")
    history = greta.details.get_by_role("region", name="History")
    expect(history).to_contain_text("archive@example.com, requested by Greta Lindqvist (you): Sent")
