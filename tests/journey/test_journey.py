"""The first journey, its seven steps, in two real browsers on the embedded default."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.journey.conftest import Seat
from tests.journey.pages import Console

pytestmark = [pytest.mark.browser, pytest.mark.mongo, pytest.mark.timeout(180)]

QUESTION = "My invoice shows the wrong address."


def test_a_question_stands_at_once_in_the_console(seat: Seat) -> None:
    """Steps 2 to 4: S8, S10, S20 to S27, S56."""
    greta = seat.console("greta")
    greta.enable_sound()
    greta.open_list("My cases")
    greta.page.evaluate("window.deskbusStayed = true")

    customer = seat.customer()
    customer.start("Ana")
    expect(customer.page.get_by_text("What can we do for you, Ana?")).to_be_visible()
    customer.say(QUESTION)
    expect(customer.page.get_by_text("A technician will join you shortly.")).to_be_visible()

    expect(greta.red_dot).to_be_visible()
    assert greta.page.evaluate("window.deskbusStayed"), "the console was reloaded"
    greta.open_list("Unassigned")
    expect(greta.red_dot).to_have_count(0)
    row = greta.rows().first
    expect(row).to_contain_text("Ana Núñez")
    expect(row).to_contain_text(QUESTION)
    expect(row).to_contain_text("Live chat")
    expect(row).to_contain_text("/p/demo")
    expect(row).to_contain_text(re.compile(r"#\d+"))
    clock = row.locator(".case-time")
    before = clock.inner_text()
    expect(clock).not_to_have_text(before)
    colour = row.get_by_text("Live chat").evaluate("e => getComputedStyle(e).color")
    assert is_red(greta, colour), colour

    greta.open_case("Ana Núñez")
    for fact in ("Ana", "Núñez", "ana@example.com", "Unassigned", "Nobody", QUESTION):
        expect(greta.details).to_contain_text(fact)
    expect(greta.details.get_by_role("link", name="ana@example.com")).to_have_attribute(
        "href", re.compile("^mailto:")
    )


def is_red(console: Console, colour: str) -> bool:
    """Whether a computed colour is red, whatever notation it is in."""
    red, green, blue, _ = console.page.evaluate(
        """colour => { const c = document.createElement('canvas').getContext('2d');
        c.fillStyle = colour; c.fillRect(0, 0, 1, 1); return [...c.getImageData(0, 0, 1, 1).data] }""",
        colour,
    )
    return bool(red > 1.5 * green and red > 1.5 * blue)


def test_an_alert_is_heard_by_the_available_only(seat: Seat) -> None:
    """S23, S57: a tone for who is available, none for who is not."""
    greta, tomas = seat.console("greta"), seat.console("tomas", status="Not available")
    for console in (greta, tomas):
        console.enable_sound()
        count_tones(console)
    customer = seat.customer()
    customer.start("Ben")
    customer.say(QUESTION)
    wait_until(greta, lambda: greta.page.evaluate("window.tones") > 0)
    expect(greta.page.get_by_role("alert").filter(has_text="waiting")).not_to_have_count(0)
    assert tomas.page.evaluate("window.tones") == 0


def count_tones(console: Console) -> None:
    console.page.evaluate(
        """() => { window.tones = 0; const start = OscillatorNode.prototype.start;
        OscillatorNode.prototype.start = function (...a) { window.tones += 1; return start.apply(this, a) } }"""
    )


def test_both_sides_chat_once_it_is_assigned(seat: Seat) -> None:
    """Step 5: S10, S28, S29, S51, X8, X17."""
    greta = seat.console("greta")
    customer = seat.customer()
    customer.start("Clara")
    customer.say(QUESTION)
    greta.open_case("Clara")
    expect(greta.page.get_by_text("Assign the case to yourself to reply.")).to_be_visible()
    greta.press("Assign to me")
    expect(customer.line("Greta Lindqvist has joined")).to_be_visible()
    expect(greta.line("You joined the chat")).to_be_visible()
    expect(greta.details).to_contain_text("Greta Lindqvist (you)")
    for name, there in (("Unassigned", 0), ("My cases", 1), ("All cases", 1)):
        greta.open_list(name)
        expect(greta.row_of("Clara")).to_have_count(there)

    greta.open_case("Clara")
    greta.composer.press_sequentially("Let me", delay=30)
    expect(customer.page.get_by_text("Greta Lindqvist is typing")).to_be_visible()
    greta.page.reload()
    expect(greta.composer).to_have_value("Let me")
    greta.say("Let me look at it.")
    expect(
        customer.page.get_by_test_id("message").filter(has_text="Let me look at it.")
    ).to_be_visible()
    customer.composer.press_sequentially("Thank", delay=30)
    expect(greta.page.get_by_text("Clara Núñez is typing")).to_be_visible()
    customer.say("Thank you.")
    expect(greta.page.get_by_test_id("message").filter(has_text="Thank you.")).to_be_visible()
    expect(customer.page.get_by_role("img", name="Read")).to_be_visible()
    assert customer.texts() == greta.texts() == [QUESTION, "Let me look at it.", "Thank you."]

    greta.delete("Let me look at it.")
    customer.composer.fill("By the way")
    for _ in range(2):
        gone = customer.page.get_by_test_id("message").filter(has_text="deleted this message")
        expect(gone).to_have_text("Greta Lindqvist deleted this message")
        expect(customer.page.get_by_text("Let me look at it.")).to_have_count(0)
        expect(customer.composer).to_have_value("By the way")
        # What was live before is read from the log now.
        customer.page.reload()
    expect(greta.page.get_by_text("You deleted this message")).to_be_visible()


def test_a_lost_connection_misses_nothing_and_sends_once(seat: Seat) -> None:
    """Step 5: N1, and an unsent message that survives a reload."""
    greta = seat.console("greta")
    customer = seat.customer()
    customer.start("Dora")
    customer.say("one")
    greta.open_list("All cases")
    greta.open_case("Dora")
    greta.press("Assign to me")
    expect(customer.line("has joined")).to_be_visible()

    customer.cable.pull()
    for text in ("two", "three", "four"):
        greta.say(text)
    expect(greta.page.get_by_test_id("message")).to_have_count(4)
    # Before the cable is whole again, for what is still on its way might be overtaken.
    expect(greta.page.get_by_role("img", name="Not delivered yet")).to_have_count(0)
    customer.say("written offline")
    expect(customer.page.get_by_role("img", name="Not delivered yet")).to_be_visible()
    expect(customer.page.get_by_text("Not delivered yet. Trying again.")).to_be_visible()
    customer.cable.plug_in()

    expected = ["one", "two", "three", "four", "written offline"]
    expect(customer.page.get_by_test_id("message")).to_have_count(5)
    expect(greta.page.get_by_test_id("message")).to_have_count(5)
    expect(customer.page.get_by_role("img", name="Not delivered yet")).to_have_count(0)
    assert customer.texts() == greta.texts() == expected

    customer.page.reload()
    expect(customer.page.get_by_test_id("message")).to_have_count(5)
    assert customer.texts() == expected


def test_an_unsent_message_survives_a_reload(seat: Seat) -> None:
    customer = seat.customer()
    customer.start("Ella")
    customer.say("one")
    expect(customer.page.get_by_role("img", name="Sent")).to_be_visible()
    customer.cable.pull()
    customer.say("kept in the browser")
    expect(customer.page.get_by_role("img", name="Not delivered yet")).to_be_visible()
    customer.cable.plug_in()
    customer.page.reload()
    expect(customer.page.get_by_role("img", name="Not delivered yet")).to_have_count(0)
    expect(customer.page.get_by_test_id("message")).to_have_count(2)
    assert customer.texts() == ["one", "kept in the browser"]


def test_of_two_who_press_at_once_one_wins(seat: Seat) -> None:
    """Step 6: N5, X9. The requests are held back until both are on their way."""
    consoles = {"greta": seat.console("greta"), "tomas": seat.console("tomas")}
    customer = seat.customer()
    customer.start("Finn")
    customer.say(QUESTION)
    held: list[Route] = []
    for console in consoles.values():
        console.open_list("Unassigned")
        console.open_case("Finn")
        expect(console.details).to_contain_text("Nobody")
    # Each is told of the other before they press.
    expect(consoles["greta"].onlooker("Tomás Vega is looking at this case")).to_be_visible()
    expect(consoles["tomas"].onlooker("Greta Lindqvist is looking at this case")).to_be_visible()
    for console in consoles.values():
        console.page.route("**/assign", lambda route: held.append(route))  # noqa: PLW0108 a built-in cannot be marked
    for console in consoles.values():
        console.press("Assign to me")
    wait_until(consoles["greta"], lambda: len(held) == len(consoles))
    for route in held:
        route.continue_()
    lost = [c.page.get_by_text("was faster") for c in consoles.values()]
    wait_until(consoles["greta"], lambda: any(text.count() > 0 for text in lost))
    assert [text.count() for text in lost].count(0) == 1
    loser = "greta" if lost[0].count() > 0 else "tomas"
    winner = {"greta": "Tomás Vega", "tomas": "Greta Lindqvist"}[loser]
    expect(consoles[loser].page.get_by_text(f"{winner} was faster")).to_be_visible()
    expect(consoles[loser].details).to_contain_text(winner)


def wait_until(console: Console, holds: Callable[[], bool]) -> None:
    """Let the browsers go on until this holds; ten seconds at most."""
    for _ in range(100):
        if holds():
            return
        console.page.wait_for_timeout(100)
    raise AssertionError("it never came to hold")


def test_resolving_and_reopening(seat: Seat) -> None:
    """Step 7: S28, S30."""
    greta = seat.console("greta")
    customer = seat.customer()
    customer.start("Gus")
    customer.say(QUESTION)
    greta.open_list("All cases")
    greta.open_case("Gus")
    greta.press("Assign to me")
    expect(customer.line("has joined")).to_be_visible()
    greta.press("Resolve case")
    greta.page.get_by_role("dialog").get_by_role("button", name="Resolve case").click()
    expect(customer.page.get_by_text("Your request is resolved")).to_be_visible()
    greta.open_list("My cases")
    expect(greta.row_of("Gus")).to_have_count(0)
    greta.open_list("All cases")
    expect(greta.row_of("Gus")).to_have_count(1)
    greta.open_case("Gus")
    expect(greta.details).to_contain_text("Resolved")
    greta.press("Reopen case")
    expect(greta.details).to_contain_text("Greta Lindqvist (you)")
    greta.open_list("My cases")
    expect(greta.row_of("Gus")).to_have_count(1)


@pytest.mark.parametrize("side", ["customer", "technician"])
def test_either_side_ends_the_chat_and_the_case_stays(seat: Seat, side: str) -> None:
    """Step 7: S12, S30, S46."""
    name = {"customer": "Hana", "technician": "Ivo"}[side]
    greta = seat.console("greta")
    customer = seat.customer()
    customer.start(name)
    customer.say(QUESTION)
    greta.open_list("All cases")
    greta.open_case(name)
    greta.press("Assign to me")
    expect(customer.line("has joined")).to_be_visible()
    if side == "customer":
        customer.end_chat()
        expect(greta.line(f"{name} Núñez ended the chat")).to_be_visible()
    else:
        greta.page.get_by_role("button", name="Leave chat").click()
        greta.page.get_by_role("dialog").get_by_role("button", name="Leave chat").click()
        expect(greta.line("You ended the chat")).to_be_visible()
    expect(customer.page.get_by_text("This chat has ended")).to_be_visible()
    expect(customer.page.get_by_role("button", name="Start a new chat")).to_be_visible()
    greta.open_list("My cases")
    expect(greta.row_of(name)).to_have_count(1)
    expect(greta.details).to_contain_text("Assigned")
    expect(greta.row_of(name).get_by_text("Live chat")).to_have_css(
        "color", grey_of(greta), timeout=15_000
    )


def grey_of(console: Console) -> str:
    return str(
        console.page.locator("body").evaluate(
            """body => { const e = document.createElement('span'); e.style.color = 'var(--request)';
            body.append(e); const colour = getComputedStyle(e).color; e.remove(); return colour }"""
        )
    )


def test_a_double_click_on_chat_is_one_case(seat: Seat) -> None:
    greta = seat.console("greta")
    customer = seat.customer()
    customer.open()
    customer.fill_in("Jana", "Núñez", "jana@example.com")
    customer.page.get_by_role("button", name="Chat", exact=True).dblclick()
    customer.say(QUESTION)
    greta.open_list("All cases")
    expect(greta.row_of("Jana")).to_have_count(1)


def test_a_double_click_on_assign_is_one_assignment(seat: Seat) -> None:
    greta = seat.console("greta")
    customer = seat.customer()
    customer.start("Kira")
    customer.say(QUESTION)
    greta.open_list("All cases")
    greta.open_case("Kira")
    greta.page.get_by_role("complementary").get_by_role("button", name="Assign to me").dblclick()
    expect(customer.line("has joined")).to_have_count(1)
    expect(greta.details).to_contain_text("Greta Lindqvist (you)")
    expect(greta.details).to_contain_text("Assigned")


def test_the_form_says_what_is_wrong(seat: Seat) -> None:
    customer = seat.customer()
    customer.open()
    customer.fill_in("", "Núñez", "not an address")
    customer.chat()
    expect(customer.page.get_by_text("Please fill this in.")).to_be_visible()
    expect(customer.page.get_by_text("This does not look like an email address.")).to_be_visible()
    expect(customer.page.get_by_label("First name")).to_be_focused()


def test_an_unknown_portal_says_so(seat: Seat) -> None:
    customer = seat.customer()
    customer.open("nowhere-at-all")
    expect(customer.page.get_by_text("There is no support page here")).to_be_visible()


def test_a_message_that_is_too_long_stays_in_the_composer(seat: Seat) -> None:
    customer = seat.customer()
    customer.start("Lea")
    customer.composer.fill("x" * 40_000)
    customer.composer.press("Enter")
    expect(customer.page.get_by_role("alert")).to_contain_text("30,000 characters too many")
    assert len(customer.composer.input_value()) == 40_000
