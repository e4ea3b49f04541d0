"""The technician's daily work on one case, and what the customer sees of it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journey.conftest import Seat
from tests.journey.pages import Console, PortalPage
from tests.journey.test_screens import assert_sound, look

pytestmark = [pytest.mark.browser, pytest.mark.mongo, pytest.mark.timeout(240)]


STATE = re.compile("^Case status")


def chat_of(seat: Seat, console: Console, name: str) -> PortalPage:
    """A customer's live chat, taken by whoever sits at the console."""
    customer = seat.customer()
    customer.start(name)
    customer.say("My invoice shows the wrong address.")
    console.open_list("Unassigned")
    console.open_case(name)
    console.press("Assign to me")
    expect(console.composer).to_be_visible()
    return customer


def choose(console: Console, menu: str | re.Pattern[str], item: str | re.Pattern[str]) -> None:
    console.page.get_by_role("button", name=menu).click()
    console.page.get_by_role("menu").get_by_text(item).click()


def expect_to_filter_by(console: Console, label: str) -> None:
    choose(console, "Filter", "Label")
    expect(console.page.get_by_role("menuitemcheckbox", name=label)).to_be_visible()
    console.page.keyboard.press("Escape")


def test_a_case_is_put_off_and_comes_back_with_the_customers_reply(seat: Seat) -> None:
    """S33-S36: snoozed until the next reply, it leaves nobody's hands; the reply opens it again."""
    greta = seat.console("greta")
    customer = chat_of(seat, greta, "Petra")
    choose(greta, "Snooze", "The next reply")
    expect(greta.details).to_contain_text("Snoozed")
    # Put off or not, the chat goes on until somebody leaves it (S46).
    expect(greta.page.get_by_role("button", name="Leave chat")).to_be_visible()
    greta.open_list("My cases")
    expect(greta.row_of("Petra")).to_contain_text("Snoozed")
    customer.say("Is anybody there?")
    expect(greta.details).to_contain_text("Assigned")
    expect(greta.line("The case is open again")).to_have_count(1)
    choose(greta, STATE, "Pending")
    expect(greta.details).to_contain_text("Pending")
    expect(greta.details).to_contain_text("Nobody")
    greta.press("Assign to me")
    expect(greta.details).to_contain_text("Greta")
    expect(customer.line(re.compile("snooz|pending", re.IGNORECASE))).to_have_count(0)


def reads_in_order(console: Console, *texts: str) -> None:
    """What the case did stands between the lines of the chat as it was done, however late those came."""
    expect(console.line("You joined the chat")).to_be_visible()
    log = console.page.get_by_role("region", name="Conversation", exact=True).inner_text()
    places = [log.find(it) for it in texts]
    assert -1 not in places, log
    assert places == sorted(places), log


def test_a_case_is_labelled_named_flagged_and_noted_and_the_customer_sees_nothing(
    seat: Seat,
) -> None:
    """S38, S42, S50, S52: the team's marks and notes stand for everybody but the customer."""
    greta, tomas = seat.console("greta"), seat.console("tomas")
    page = greta.page
    page.get_by_role("link", name="Settings").click()
    page.get_by_role("link", name="Labels").click()
    page.get_by_role("button", name="Add label").first.click()
    page.get_by_role("textbox", name="Name", exact=True).fill("Invoice")
    page.get_by_label("Red").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("list", name="Labels")).to_contain_text("Invoice")
    look(page, "settings-labels")
    # At another console it can be chosen at once, though nothing there was loaded again.
    expect_to_filter_by(tomas, "Invoice")
    page.get_by_role("link", name="Cases").first.click()
    customer = chat_of(seat, greta, "Quentin")
    choose(greta, "Add labels", "Invoice")
    page.keyboard.press("Escape")
    for item in ("Flag", "Urgent"):
        choose(greta, "More actions", item)
    choose(greta, "More actions", "Name the case")
    page.get_by_role("textbox", name="Name", exact=True).fill("Wrong address on the invoice")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("tab", name="Private note").click()
    note = page.get_by_role("textbox", name=re.compile("^Private note"))
    note.fill("The billing system keeps the old address. @Tom")
    page.get_by_role("option", name="Tomás Vega").click()
    expect(note).to_have_value(re.compile("@Tomás Vega $"))
    look(page, "note")
    page.get_by_role("button", name="Add note").click()
    expect(page.get_by_role("article", name="Private note")).to_contain_text("@Tomás Vega")
    expect(note).to_have_value("")
    reads_in_order(greta, "wrong address", "You joined the chat", "flag set", "keeps the old")
    look(page, "casework")
    told = tomas.page.get_by_role("button", name="Notifications, 1 unread")
    expect(tomas.page.get_by_test_id("inbox-news")).to_contain_text("Greta Lindqvist mentioned you")
    told.click()
    inbox = tomas.page.get_by_role("dialog", name="Notifications")
    entry = inbox.get_by_test_id("inbox-entry").first
    expect(entry).to_contain_text("Quentin")
    expect(entry).to_contain_text("old address")
    assert_sound(tomas.page)
    look(tomas.page, "inbox")
    entry.get_by_role("link").click()
    expect(tomas.page.get_by_role("article", name="Private note")).to_be_focused()
    expect(tomas.page.get_by_role("button", name="Notifications", exact=True)).to_be_visible()
    expect(tomas.details).to_contain_text("Wrong address on the invoice")
    expect(tomas.details.get_by_text("Invoice", exact=True)).to_have_count(1)
    expect(tomas.details).to_contain_text("Urgent")
    expect(tomas.page.get_by_role("article", name="Private note")).to_contain_text("old address")
    customer.page.reload()
    expect(customer.page.get_by_test_id("message").first).to_be_visible()
    expect(customer.page.get_by_text("old address")).to_have_count(0)


def test_a_list_is_narrowed_down_saved_and_follows_every_change(seat: Seat) -> None:
    """S21, S64: a filter and an order in the address, kept under a name with a count; a case leaves as it changes."""
    greta = seat.console("greta")
    page = greta.page
    chat_of(seat, greta, "Xenia")
    choose(greta, "More actions", "Flag")
    greta.open_list("All cases")
    choose(greta, "Filter", "Flag")
    page.get_by_role("menuitemradio", name="Flagged", exact=True).click()
    choose(greta, re.compile("^Sorted by"), "Updated")
    expect(greta.row_of("Xenia")).to_have_count(1)
    page.get_by_role("button", name="Save this filter").click()
    page.get_by_role("textbox", name="Name", exact=True).fill("To remember")
    page.get_by_role("button", name="Save", exact=True).click()
    saved = page.get_by_role("navigation", name="Saved filters")
    expect(saved.get_by_role("link", name="To remember")).to_be_visible()
    page.reload()
    expect(page).to_have_url(re.compile("flagged=true.*sort=updated"))
    expect(greta.row_of("Xenia")).to_have_count(1)
    look(page, "filtered")
    count = page.get_by_test_id("saved-count-To remember")
    before = int(count.inner_text())
    greta.open_case("Xenia")
    choose(greta, "More actions", "Remove flag")
    expect(greta.row_of("Xenia")).to_have_count(0)
    expect(count).to_have_text(str(before - 1))
    greta.open_list("All cases")
    expect(greta.row_of("Xenia")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"list=all$"))


def test_what_is_done_again_and_again_is_a_macro_and_what_needs_nobody_a_rule(seat: Seat) -> None:
    """X11, N9: a macro in one step and one undo; a rule tried on the past, switched on, and at work."""
    ada = seat.console("ada")
    page = ada.page
    chat_of(seat, ada, "Viktor").end_chat()
    page.get_by_role("link", name="Settings").click()
    page.get_by_role("link", name="Macros").click()
    page.get_by_role("button", name="Add macro").first.click()
    page.get_by_role("textbox", name="Name", exact=True).fill("Close at once")
    page.get_by_label("Action 1", exact=True).select_option(label="Set the priority to")
    page.get_by_label("Priority").select_option("urgent")
    page.get_by_role("button", name="Add action").click()
    page.get_by_label("Action 2", exact=True).select_option(label="Resolve it")
    look(page, "macro")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("list", name="Macros")).to_contain_text("priority Urgent · resolve it")
    page.get_by_role("link", name="Rules").click()
    page.get_by_role("button", name="Add rule").first.click()
    page.get_by_role("textbox", name="Name", exact=True).fill("Invoices of Wanda")
    page.get_by_label("When", exact=True).last.select_option(label="the customer writes")
    page.get_by_role("button", name="Add condition").click()
    page.get_by_label("Words, with commas between").fill("invoice")
    page.get_by_label("Action 1", exact=True).select_option(label="Flag it")
    page.get_by_role("button", name="Try on the last month").click()
    expect(page.get_by_text(re.compile("cases would have been touched"))).to_be_visible()
    expect(page.get_by_role("list", name="Cases that would have been touched")).to_contain_text("#")
    look(page, "rule")
    page.get_by_role("button", name="Save, switched off").click()
    switch = page.get_by_role("switch", name="Invoices of Wanda is switched on")
    expect(switch).not_to_be_checked()
    switch.check()
    page.get_by_role("link", name="Cases").first.click()
    ada.open_list("All cases")
    ada.open_case("Viktor")
    choose(ada, "More actions", "Close at once")
    expect(ada.details).to_contain_text("Resolved")
    expect(ada.line("applied the macro Close at once: priority set, resolved")).to_have_count(1)
    look(page, "macro-applied")
    page.get_by_role("button", name="Undo").click()
    expect(ada.details).to_contain_text("Assigned")
    # Its history still tells of it; the mark is gone.
    expect(ada.details.get_by_text("Urgent", exact=True)).to_have_count(0)
    chat_of(seat, ada, "Wanda")
    expect(ada.line("Rule Invoices of Wanda: flag changed")).to_have_count(1)
    ada.line("Rule Invoices of Wanda").click()
    expect(page.get_by_text("When the customer writes and the problem contains")).to_be_visible()
    look(page, "ruled")


def test_a_case_is_given_to_a_colleague_and_back_to_the_queue(seat: Seat) -> None:
    """S37, S41: the customer is told who takes over; the note of why stands for the team alone."""
    greta, tomas = seat.console("greta"), seat.console("tomas")
    customer = chat_of(seat, greta, "Rosa")
    choose(greta, re.compile("^Assigned technician"), "Tomás Vega")
    greta.page.get_by_label("Note for whoever takes over").fill("You know the billing system")
    greta.page.get_by_role("button", name="Transfer case").click()
    expect(greta.details).to_contain_text("Tomás Vega")
    expect(customer.line(re.compile("Tomás Vega"))).to_have_count(1)
    inbox = tomas.page.get_by_test_id("inbox-news")
    expect(inbox).to_contain_text("Greta Lindqvist transferred a case to you")
    tomas.open_list("My cases")
    tomas.open_case("Rosa")
    expect(tomas.page.get_by_role("article", name="Private note")).to_contain_text("billing")
    choose(tomas, "More actions", "Mute")
    expect(tomas.details).to_contain_text("it alerts nobody")
    expect(tomas.row_of("Rosa")).to_contain_text("Muted")
    customer.say("Still there?")
    expect(tomas.page.get_by_text("Still there?").last).to_be_visible()
    look(tomas.page, "transferred")
    # By the keyboard it asks for a note as well.
    tomas.page.locator(".messages").focus()
    tomas.page.keyboard.press("t")
    tomas.page.get_by_role("option", name="Back to the queue").click()
    expect(tomas.page.get_by_label("Note for whoever takes over")).to_be_focused()
    tomas.page.keyboard.type("Not the billing system after all")
    tomas.page.get_by_role("button", name="Return to queue").click()
    expect(tomas.page.get_by_role("article", name="Private note").last).to_contain_text("after all")
    expect(tomas.details).to_contain_text("Nobody")
    greta.open_list("Unassigned")
    expect(greta.row_of("Rosa")).to_have_count(1)
    expect(customer.line(re.compile("another colleague"))).to_have_count(1)


def test_the_past_of_a_case_is_looked_at(seat: Seat) -> None:
    """N6: a slider over what happened shows the case as it was, and what its customer saw."""
    greta = seat.console("greta")
    chat_of(seat, greta, "Selma")
    choose(greta, "More actions", "Urgent")
    greta.page.get_by_role("button", name="Look back").click()
    dialog = greta.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Assigned")
    expect(dialog).to_contain_text("Urgent")
    saw = dialog.get_by_role("region", name="What the customer saw")
    expect(saw).to_contain_text("A technician had joined.")
    look(greta.page, "travel")
    dialog.get_by_role("slider").press("Home")
    expect(dialog).to_contain_text("Unassigned")
    expect(dialog).to_contain_text("Nobody")
    expect(dialog).not_to_contain_text("Urgent")
    # Greta, who came later, was not there yet for the customer either.
    expect(saw).not_to_contain_text("Greta")
    expect(saw).to_contain_text("The page asked for the question.")
    # Where it cannot be read, nothing else stands under its date.
    greta.page.route("**/past?version=*", lambda it: it.abort())
    dialog.get_by_role("slider").press("End")
    expect(dialog.get_by_role("status")).to_contain_text("network")
    expect(dialog).not_to_contain_text("Unassigned")
    # It is asked for again by itself.
    greta.page.unroute("**/past?version=*")
    expect(dialog).to_contain_text("Urgent")


def test_a_case_is_found_by_the_beginnings_of_words(seat: Seat) -> None:
    """S63, S65: by name, number and text, without accents, during a chat too."""
    greta = seat.console("greta")
    chat_of(seat, greta, "Thibaud")
    chat_of(seat, greta, "Ulla")
    page = greta.page
    page.keyboard.press("Escape")
    search = page.get_by_role("combobox", name=re.compile("^Search cases"))
    search.fill("thib nunez")
    expect(page.get_by_role("option").first).to_contain_text("Thibaud Núñez")
    look(page, "search")
    search.press("Enter")
    expect(page.get_by_role("heading", name="Thibaud Núñez")).to_be_visible()
    search.fill("zzzz")
    expect(page.get_by_text("No case fits")).to_be_visible()


def test_two_cases_of_one_customer_are_known_together_merged_and_parted(seat: Seat) -> None:
    """S39, S40, S43, X26: the contact, its other conversations, one case of two, and a call noted by hand."""
    greta = seat.console("greta")
    page = greta.page
    chat_of(seat, greta, "Sofia").end_chat()
    chat_of(seat, greta, "Sofia").end_chat()
    previous = greta.details.get_by_role("region", name="Previous conversations")
    expect(previous.get_by_role("listitem")).to_have_count(1)
    expect(previous).to_contain_text("not verified")
    greta.details.get_by_role("button", name="Mark as verified").click()
    expect(greta.details).to_contain_text("Not verified after all")
    look(page, "contact-in-details")
    choose(greta, "More actions", "Merge into another case")
    page.get_by_role("dialog").get_by_role("radio").first.check()
    page.get_by_role("button", name="Merge", exact=True).click()
    elsewhere = page.get_by_role("article", name=re.compile("Sofia .* in #"))
    expect(elsewhere).to_contain_text("My invoice shows the wrong address.")
    expect(greta.details).to_contain_text("Merged from")
    look(page, "merged")
    page.get_by_role("button", name="Undo").click()
    expect(greta.details).not_to_contain_text("Merged from")
    greta.details.get_by_role("link", name="Open contact").click()
    card = page.get_by_role("article", name=re.compile("Sofia"))
    expect(card.get_by_role("listitem")).to_have_count(2)
    look(page, "contact")
    page.keyboard.press("c")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Call").check()
    dialog.get_by_label("First name").fill("Sofia")
    dialog.get_by_label("Problem").fill("She called about it.")
    dialog.get_by_role("button", name="Make case").click()
    expect(page.get_by_role("region", name="Call")).to_contain_text("She called about it.")
    look(page, "call")
