"""What a person sees and presses on the pages, by the names that they and a screen reader know."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.support.cable import Cable


@dataclass
class PortalPage:
    """The customer's page, on a cable that can be pulled."""

    page: Page
    cable: Cable

    def open(self, subdomain: str = "demo") -> None:
        self.page.goto(f"{self.cable.address}/p/{subdomain}")

    def fill_in(self, first: str, last: str, email: str) -> None:
        self.page.get_by_label("First name").fill(first)
        self.page.get_by_label("Last name").fill(last)
        self.page.get_by_label("Email").fill(email)

    def chat(self) -> None:
        self.page.get_by_role("button", name="Chat", exact=True).click()

    def start(self, first: str) -> None:
        """Fill the form in and press Chat."""
        self.open()
        self.fill_in(first, "Núñez", f"{first.lower()}@example.com")
        self.chat()

    @property
    def composer(self) -> Locator:
        return self.page.get_by_role("textbox", name="Your message")

    def say(self, text: str) -> None:
        self.composer.fill(text)
        self.composer.press("Enter")

    def end_chat(self) -> None:
        self.page.get_by_role("button", name="End chat").click()
        self.page.get_by_role("button", name="Yes", exact=True).click()

    def texts(self) -> list[str]:
        return [
            text.strip()
            for text in self.page.get_by_test_id("message").locator(".bubble").all_inner_texts()
        ]

    def line(self, text: str | re.Pattern[str]) -> Locator:
        return self.page.locator(".row-line").filter(has_text=text)


@dataclass
class Console:
    """The technician's console."""

    page: Page

    def sign_in(self, address: str, email: str, password: str) -> None:
        self.page.goto(f"{address}/console")
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("tab", name=re.compile("Unassigned"))).to_be_visible()

    def enable_sound(self) -> None:
        self.page.get_by_role("button", name="Enable sound").click()

    def set_status(self, name: str) -> None:
        self.page.get_by_role("button", name=re.compile("^Status: ")).click()
        self.page.get_by_role("menuitemradio", name=re.compile(f"^{name}")).click()
        self.page.keyboard.press("Escape")
        expect(self.page.get_by_role("button", name=f"Status: {name}")).to_be_visible()

    def open_list(self, name: str) -> None:
        self.page.get_by_role("tab", name=re.compile(f"^{name}")).click()

    def rows(self) -> Locator:
        return self.page.locator("[data-case]")

    def row_of(self, customer: str) -> Locator:
        return self.rows().filter(has_text=customer)

    def open_case(self, customer: str) -> None:
        self.row_of(customer).first.click()

    def press(self, action: str) -> None:
        self.page.get_by_role("complementary").get_by_role("button", name=action).click()

    @property
    def details(self) -> Locator:
        return self.page.get_by_role("complementary", name="Case details")

    @property
    def composer(self) -> Locator:
        return self.page.get_by_role("textbox", name=re.compile("^Message to "))

    def say(self, text: str) -> None:
        self.composer.fill(text)
        self.composer.press("Enter")

    def texts(self) -> list[str]:
        return [
            text.strip()
            for text in self.page.get_by_test_id("message").locator(".bubble").all_inner_texts()
        ]

    def delete(self, text: str) -> None:
        """By keyboard alone: the menu of a message, its last item, and the confirmation."""
        message = self.page.get_by_test_id("message").filter(has_text=text)
        message.get_by_role("button", name="Message actions").focus()
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("menuitem", name="Copy")).to_be_focused()
        self.page.keyboard.press("End")
        self.page.keyboard.press("Enter")
        dialog = self.page.get_by_role("dialog", name="Delete this message?")
        expect(dialog).to_contain_text(text)
        dialog.get_by_role("button", name="Delete").press("Enter")

    def onlooker(self, sentence: str) -> Locator:
        """A colleague's picture in the bar above the conversation."""
        return self.page.get_by_role("main").get_by_role("img", name=sentence)

    def line(self, text: str | re.Pattern[str]) -> Locator:
        return self.page.locator(".row-line").filter(has_text=text)

    @property
    def red_dot(self) -> Locator:
        return self.page.get_by_test_id("red-dot")
