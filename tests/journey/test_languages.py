"""The rest of the journey, from the question to the survey, in three languages, at desktop and on the phone."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journey.conftest import RunningDesk, Seat
from tests.journey.mailbox import mail_to
from tests.journey.test_screens import DESKTOP, PHONE, assert_sound
from tests.journey.words import Words

pytestmark = [pytest.mark.browser, pytest.mark.mongo, pytest.mark.timeout(240)]

LOCALES = {"en": "en-GB", "es": "es-ES", "de": "de-DE"}


class Party:
    """Somebody at a browser of a language and a width."""

    def __init__(self, page: Page, language: str, *, phone: bool) -> None:
        self.page, self.say, self.phone = page, Words(language), phone

    def press(self, message: str, /) -> None:
        self.page.get_by_role("button", name=self.say(message), exact=True).click()

    def reads(self, message: str, /, **params: str) -> None:
        expect(self.page.get_by_text(self.say(message, **params)).first).to_be_visible()

    def writes(self, text: str) -> None:
        self.page.locator(".composer textarea").fill(text)
        self.page.locator(".composer button[type=submit]").click()

    def turns(self, message: str) -> None:
        """On a phone one pane is seen at a time."""
        if self.phone:
            self.press(message)

    def opens(self, list_name: str, customer: str) -> None:
        """Open the case of a customer from a list."""
        self.page.locator(f"#tab-{list_name}").click()
        self.page.locator("[data-case]").filter(has_text=customer).first.click()

    def decides(self, action: str) -> None:
        """Press the case's one action, in the details."""
        self.turns("console-details")
        self.press(f"console-action-{action}")
        self.turns("console-back-to-conversation")


def view(language: str, *, phone: bool) -> dict[str, Any]:
    return {
        "locale": LOCALES[language],
        "viewport": PHONE if phone else DESKTOP,
        "color_scheme": "dark" if phone else "light",
    }


def start(customer: Party, first: str) -> None:
    for field, value in (
        ("first_name", first),
        ("last_name", "Núñez"),
        ("email", f"{first.lower()}@example.com"),
    ):
        customer.page.locator(f"[name={field}]").fill(value)
    assert_sound(customer.page)
    customer.page.locator("button[type=submit]").click()
    customer.writes("4711?")
    customer.reads("chat-waiting-title")
    # What the bot says moves the page on, away from under the pointer of who presses in that moment.
    expect(customer.page.get_by_test_id("bot")).to_have_count(1)


def chat_and_rate(desk: RunningDesk, customer: Party, technician: Party, first: str) -> None:
    """S12, S13, S18, S30, S62."""
    email = f"{first.lower()}@example.com"
    assert_sound(customer.page)
    assert_sound(technician.page)
    technician.opens("unassigned", first)
    technician.decides("assign")
    customer.reads("chat-activity-joined", name="Greta Lindqvist")
    technician.reads("console-activity-joined-you")
    technician.writes("4712.")
    expect(customer.page.get_by_test_id("message")).to_have_count(2)
    customer.press("chat-end")
    customer.press("chat-end-yes")
    customer.reads("chat-over-title")
    technician.reads("console-ended-customer", name=f"{first} Núñez")
    with customer.page.expect_download() as download:
        customer.press("copies-form-pdf")
    assert download.value.path().read_bytes().startswith(b"%PDF")

    technician.decides("resolve")
    # It is asked, and neither above nor below what one sees, however small that is.
    for asked in ("chat-resolved-title", "survey-title"):
        expect(customer.page.get_by_text(customer.say(asked))).to_be_in_viewport()
    assert_sound(customer.page)
    customer.page.get_by_text(customer.say("survey-rating-4"), exact=True).click()
    customer.press("survey-send")
    customer.reads("survey-thanks")
    customer.press("copies-request")
    customer.reads("copies-mail-accepted", email=email)
    assert "4712." in mail_to(desk, email, "4712")
    technician.turns("console-details")
    technician.reads("console-rating", rating="4")
    assert_sound(technician.page)
    technician.turns("console-back-to-conversation")
    technician.turns("console-back-to-list")


def stop_waiting(desk: RunningDesk, customer: Party, technician: Party, first: str) -> None:
    """S11, S47, X7."""
    email = f"{first.lower()}@example.com"
    customer.page.get_by_role("button", name=customer.say("chat-waiting-here-label")).click()
    customer.page.get_by_label(customer.say("form-question")).fill("4713?")
    assert_sound(customer.page)
    customer.press("form-send")
    customer.reads("request-title-request")
    customer.reads("request-next-mail", email=email)
    assert_sound(customer.page)
    technician.opens("unassigned", first)
    technician.reads("console-type-request")
    technician.reads("console-mail-assign-and-send")
    assert_sound(technician.page)
    subject = customer.say("acknowledgement-subject", number="#").partition("#")[0].strip()
    assert "4713?" in mail_to(desk, email, subject)


@pytest.mark.parametrize(
    ("language", "phone", "first"),
    [("de", True, "Detlef"), ("es", False, "Elvira"), ("en", True, "Edgar")],
)
def test_the_journey_is_in_everybodys_own_language(
    desk: RunningDesk, seat: Seat, language: str, phone: bool, first: str
) -> None:
    """X18: the technician sits at another language and at another width than the customer."""
    other = {"de": "es", "es": "en", "en": "de"}[language]
    page = seat.sign_in("greta", **view(other, phone=not phone))
    technician = Party(page, other, phone=not phone)
    portal = seat.customer(**view(language, phone=phone))
    portal.open()
    customer = Party(portal.page, language, phone=phone)
    # The page puts it there once its catalog has come.
    expect(customer.page.locator("html")).to_have_attribute("lang", language)
    start(customer, first)
    chat_and_rate(desk, customer, technician, first)
    customer.press("chat-over-new")
    start(customer, first)
    stop_waiting(desk, customer, technician, first)
