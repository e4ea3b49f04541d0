"""Who writes an email to a portal has a case, and answers into it (S43, S61, X7)."""

import smtplib
from email.message import EmailMessage

import pytest
from playwright.sync_api import expect

from tests.journey.conftest import RunningDesk, Seat
from tests.journey.mailbox import headers_in
from tests.journey.test_screens import VIEWS, assert_sound

pytestmark = [pytest.mark.browser, pytest.mark.mongo, pytest.mark.timeout(240)]

SENDER = "yolanda@mail.example"
ASKED, ANSWERED = "The blue printer prints in green.", "It is still green."


def send(desk: RunningDesk, text: str, to: str, *, file: bytes = b"", **headers: str) -> None:
    """Bring a mail to the desk, as the mail server of its sender does."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = f"Yolanda Yard <{SENDER}>", to, "Printer"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    if file:
        message.add_attachment(file, maintype="text", subtype="csv", filename="pages.csv")
    with smtplib.SMTP("127.0.0.1", desk.mail_port, timeout=20) as server:
        server.send_message(message, SENDER, [to])


def test_a_mail_is_a_case_and_its_answer_brings_it_back(desk: RunningDesk, seat: Seat) -> None:
    """It rings, is read with its files and its original, is acknowledged, and answered after it was resolved."""
    if not desk.mail_port:
        pytest.skip("that desk takes no mail from here")
    greta = seat.console("greta")
    send(desk, ASKED, "demo@deskbus.example", file=b"1;2")
    greta.open_list("All cases")
    greta.open_case("Yolanda Yard")
    expect(greta.details).to_contain_text("Printer")
    expect(greta.details.get_by_role("link", name=SENDER)).to_be_visible()
    pane = greta.page.get_by_role("main")
    expect(pane.locator(".request-question")).to_have_text(ASKED)
    with greta.page.expect_download() as saved:
        pane.get_by_role("button", name="pages.csv").click()
    assert saved.value.path().read_bytes() == b"1;2"
    pane.get_by_role("button", name="Show original").click()
    original = greta.page.get_by_role("dialog", name="The mail as it came")
    expect(original).to_contain_text("Subject: Printer")
    original.get_by_role("button", name="Close").click()

    ours = headers_in(desk, SENDER, "We have received your request")
    greta.press("Assign to me")
    expect(greta.details).to_contain_text("Greta Lindqvist (you)")
    greta.press("Resolve case")
    expect(greta.details.get_by_role("button", name="Case status: Resolved")).to_be_visible()
    quoted = f"{ANSWERED}\n\nOn Mon, 5 Jan 2026 at 10:00, Demo wrote:\n> We have received it"
    send(desk, quoted, str(ours["Reply-To"]), In_Reply_To=str(ours["Message-ID"]))
    came = pane.get_by_role("article", name="Email from Yolanda Yard")
    expect(came).to_contain_text(ANSWERED)
    expect(came).not_to_contain_text("We have received it")
    expect(greta.details.get_by_role("button", name="Case status: Assigned")).to_be_visible()
    assert_sound(greta.page)
    there = seat.sign_in("greta", **VIEWS[2])
    there.goto(greta.page.url)
    expect(there.locator(".mailed-card")).to_contain_text(ANSWERED)
    assert_sound(there)
