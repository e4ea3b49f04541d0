"""The pages as people have them: phone and desktop, dark and light, three languages, by keyboard; axe finds nothing."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.journey.conftest import Seat
from tests.journey.pages import Console

pytestmark = [pytest.mark.browser, pytest.mark.mongo, pytest.mark.timeout(180)]

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}
VIEWS: list[dict[str, Any]] = [
    {"viewport": DESKTOP, "color_scheme": "light", "locale": "en-GB"},
    {"viewport": DESKTOP, "color_scheme": "dark", "locale": "de-DE"},
    {"viewport": PHONE, "color_scheme": "light", "locale": "es-ES"},
    {"viewport": PHONE, "color_scheme": "dark", "locale": "en-GB"},
]


def assert_sound(page: Page) -> None:
    """Nothing that axe finds, nothing that scrolls sideways, and no message id where words should be."""
    findings = Axe().run(page).response["violations"]
    assert findings == [], [
        (f["id"], f["nodes"][0]["html"], f["nodes"][0]["failureSummary"]) for f in findings
    ]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    words = page.locator("body").inner_text()
    assert not any(
        f"{group}-" in words for group in ("console", "chat", "form", "portal", "status", "error")
    )


# The last view is that of a customer in test_languages.py, which looks at each page.
@pytest.mark.parametrize("view", VIEWS[:3], ids=lambda v: f"{v['viewport']['width']}-{v['locale']}")
def test_the_portal_page_is_sound(seat: Seat, view: dict[str, Any]) -> None:
    seat.console("greta")
    customer = seat.customer(**view)
    customer.open()
    expect(customer.page.locator("[name=first_name]")).to_be_visible()
    assert_sound(customer.page)
    for name, value in (
        ("first_name", "Mia"),
        ("last_name", "Núñez"),
        ("email", "mia@example.com"),
    ):
        customer.page.locator(f"[name={name}]").fill(value)
    customer.page.locator("button[type=submit]").click()
    customer.page.locator(".composer textarea").fill("Where is my parcel?")
    customer.page.locator(".composer button[type=submit]").click()
    expect(customer.page.get_by_test_id("message")).to_have_count(1)
    assert_sound(customer.page)


@pytest.mark.parametrize("view", VIEWS[:3], ids=lambda v: f"{v['viewport']['width']}-{v['locale']}")
def test_the_console_is_sound(seat: Seat, view: dict[str, Any]) -> None:
    seat.console("greta")
    customer = seat.customer()
    customer.start("Nora")
    customer.say("Where is my parcel?")
    page = seat.sign_in("greta", **view)
    assert_sound(page)
    page.locator("#tab-all").click()
    page.locator("[data-case]").filter(has_text="Nora").first.click()
    expect(page.get_by_test_id("message").first).to_be_visible()
    assert_sound(page)
    if view is STATEFUL:
        assert_states_are_sound(page)
    if view is VIEWS[2]:
        assert_phone_states_are_sound(page)


MAGNIFIED = ({"width": 320, "height": 640}, {"width": 720, "height": 450})
"""A window of 1280 px at 400 % (WCAG 1.4.10), and one of 1440 x 900 px at 200 % (1.4.4)."""
OUT_OF_SIGHT = """async () => {
  const moving = document.getAnimations().filter((a) => a.effect.getComputedTiming().iterations < Infinity);
  await Promise.all(moving.map((a) => a.finished.catch(() => undefined)));
  const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest(".visually-hidden");
  const name = (e) => `${e.tagName}.${e.className} ${e.innerText ?? ""}`.slice(0, 90);
  const top = document.querySelector("dialog[open]") ?? document.body;
  const all = [top, ...top.querySelectorAll("*")].filter(seen);
  const sideways = all.filter(
    (e) => /auto|scroll/.test(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1,
  );
  const beside = all.filter((e) => {
    const { left, right } = e.getBoundingClientRect();
    return e.matches("a, button, input, textarea, select, [role=option]") && (left < -1 || right > innerWidth + 1);
  });
  const below = all.filter((e) => {
    const { top, bottom } = e.getBoundingClientRect();
    return e.matches("dialog, .menu-list, .composer, .mail-composer") && (top < -1 || bottom > innerHeight + 1);
  });
  const spilt = all.filter((e) => e.matches("p, h2") && e.scrollWidth > e.clientWidth + 1 && !/hidden|clip/.test(getComputedStyle(e).overflowX));
  return [...new Set([...sideways, ...beside, ...below, ...spilt].map(name))];
}"""


def assert_sound_magnified(page: Page) -> None:
    """As it is, and with nothing to be scrolled sideways for, or out of reach, where there is little room."""
    assert_sound(page)
    before = page.viewport_size
    assert before
    for size in MAGNIFIED:
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        # The page may need a moment to take another shape; what stays out of sight is told.
        with suppress(PlaywrightTimeout):
            page.wait_for_function(f"({OUT_OF_SIGHT})().then((it) => !it.length)", timeout=5_000)
        assert page.evaluate(OUT_OF_SIGHT) == [], size
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size(before)


ON_A_PHONE = ("Control+k", "?", "c", "t", "z", "l")
"""Keys of the palette, the help sheet, a new case, handing over, putting off and labels."""


def assert_phone_states_are_sound(page: Page) -> None:
    """One pane at a time: the conversation with its composers, dialogs over it, the details, and the list again."""
    page.keyboard.press("a")
    composer = page.locator(".composer textarea")
    composer.fill("Un momento, por favor: lo miro ahora mismo.")
    assert_sound_magnified(page)
    for tab in (1, 2):
        page.locator(".reply-tabs [role=tab]").nth(tab).click()
        assert_sound_magnified(page)
    page.locator(".messages").focus()
    for key in ON_A_PHONE:
        page.keyboard.press(key)
        expect(page.locator("dialog[open]")).to_be_visible()
        expect(page.locator("dialog[open] .skeleton")).to_have_count(0)
        assert_sound_magnified(page)
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
    page.locator(".pane-bar button[aria-haspopup=dialog]").click()
    expect(page.locator("dialog[open] dl")).to_be_visible()
    assert_sound_magnified(page)
    page.keyboard.press("Escape")
    page.locator(".pane-bar button[aria-expanded=false]").last.click()
    expect(page.locator(".pane-details .history-actions")).to_be_visible()
    assert_sound_magnified(page)
    look(page, "phone-details")
    for button in (".history-actions [aria-haspopup=dialog]", ".transcript-actions button"):
        page.locator(button).first.click()
        expect(page.locator("dialog[open] .dialog-actions")).to_be_visible()
        assert_sound_magnified(page)
        page.locator("dialog[open] .dialog-actions button").first.click()
        expect(page.locator("dialog[open]")).to_have_count(0)
    page.locator(".more-button").click()
    assert_sound_magnified(page)
    page.keyboard.press("Escape")
    for _pane in range(2):
        page.locator(".pane-bar button").first.click()
    expect(page.locator("[data-case]").first).to_be_visible()
    page.locator("[data-search]").fill("nora")
    expect(page.get_by_role("option").first).to_be_visible()
    assert_sound_magnified(page)
    page.keyboard.press("Escape")
    page.locator("[data-case]").first.focus()
    page.keyboard.press("x")
    expect(page.locator(".selection-bar")).to_be_visible()
    assert_sound_magnified(page)
    look(page, "phone-list")
    page.keyboard.press("Escape")


STATEFUL = VIEWS[1]
"""Where the console is looked at with everything open that can be: dark, and in the language of the longest words."""
DIALOGS = ("Control+k", "?", "f", "c", "l")
"""Keys of the palette, the help sheet, the fields of a filter, a new case, and labels to choose from."""
MENUS = (".pane-list .filter-button", ".topbar .menu-button", ".inbox-bell", ".more-button")


def assert_states_are_sound(page: Page) -> None:
    """Whatever opens over a case, and what is said when an action was refused; the focus comes back each time."""
    for key in DIALOGS:
        page.keyboard.press(key)
        expect(page.locator("dialog[open]")).to_be_visible()
        expect(page.locator("dialog[open] .skeleton")).to_have_count(0)
        assert_sound(page)
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
        assert page.evaluate("document.activeElement !== document.body"), key
    for menu in MENUS:
        page.locator(menu).first.click()
        expect(page.locator("[aria-expanded=true]").first).to_be_visible()
        assert_sound(page)
        page.keyboard.press("Escape")
    refuse = {"error": {"code": "label_unknown", "message": "gone", "params": {}}}
    page.route("**/api/cases/cases/*/priority", lambda it: it.fulfill(status=422, json=refuse))
    page.keyboard.press("p")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".toast[data-tone=error]")).to_contain_text("label_unknown")
    assert_sound(page)
    page.unroute("**/api/cases/cases/*/priority")


SIZES = (DESKTOP, {"width": 1024, "height": 768}, PHONE)
ADMINISTERED = ("audit", "api-keys", "deleted-cases")


def test_what_administrators_see_is_sound_at_every_width(seat: Seat) -> None:
    """Also the banner of who was found away (X4), the inbox, and a case where the details are a drawer."""
    customer, greta = seat.customer(), seat.console("greta")
    customer.start("Nils")
    customer.say("Where is my parcel?")
    page = seat.sign_in("ada", viewport=DESKTOP, locale="de-DE")
    page.get_by_role("banner").get_by_role("link", name="Einstellungen").wait_for()
    page.route("**/api/portal/me", _as_if_away)
    for place in ADMINISTERED:
        page.goto(f"{seat.desk.address}/console/settings/{place}")
        expect(page.get_by_role("heading", level=2).first).to_be_visible()
        expect(page.locator(".notices")).to_contain_text("nicht verfügbar")
        expect(page.locator(".skeleton")).to_have_count(0)
        _sound_at_every_width(page, place)
    page.unroute("**/api/portal/me")
    page.goto(f"{seat.desk.address}/console/inbox")
    expect(page.get_by_text("Nichts Neues für Sie")).to_be_visible()
    _sound_at_every_width(page, "inbox-page")
    greta.open_list("Unassigned")
    greta.open_case("Nils")
    greta.page.set_viewport_size({"width": 1024, "height": 768})
    expect(greta.details).to_have_count(0)
    greta.page.get_by_role("button", name="Details").click()
    expect(greta.details).to_contain_text("Nils")
    assert_sound(greta.page)
    look(greta.page, "console-1024")


SECTIONS = (
    *("preferences", "incoming", "assignment", "snoozing", "service-levels"),
    *("deleted-cases", "operations", "audit"),
)
EDITED = ("labels", "macros", "rules", "portals", "api-keys")
"""Sections with something to add, in a dialog."""
TRIED = ("assignment", "snoozing", "service-levels")


def test_every_section_of_the_settings_is_sound_on_a_phone_and_by_keyboard(seat: Seat) -> None:
    """With nothing done, with what was tried on the last month, with a form open, and after a removal."""
    page = seat.sign_in("ada", viewport=PHONE, color_scheme="dark", locale="es-ES")
    for place in SECTIONS:
        _open_section(page, seat.desk.address, place)
        if place in TRIED:
            page.locator(".level-actions .button").last.click()
            expect(page.locator(".level-trial [role=status]").last).not_to_be_empty()
            expect(page.locator(".level-trial progress")).to_have_count(0)
        if place == "audit":
            page.locator(".audit-line summary").first.press("Enter")
            expect(page.locator(".audit-exact").first).to_be_visible()
        assert_sound(page)
        look(page, f"section-{place}")
    for place in EDITED:
        _open_section(page, seat.desk.address, place)
        assert_sound(page)
        add = page.locator(".settings-body .button-primary[type=button]")
        add.press("Enter")
        expect(page.locator("dialog[open] input:focus")).to_have_count(1)
        assert_sound(page)
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
        expect(add).to_be_focused()
    _open_section(page, seat.desk.address, "labels")
    page.locator(".settings-body .button-primary[type=button]").press("Enter")
    expect(page.locator("dialog[open] input:focus")).to_have_count(1)
    page.keyboard.type("Averiado")
    page.keyboard.press("Enter")
    row = page.locator(".named-row").filter(has_text="Averiado")
    row.locator("button").last.press("Enter")
    expect(row).to_have_count(0)
    assert_sound(page)
    page.locator(".toast .button-secondary").press("Enter")
    expect(row.locator("button").first).to_be_focused()


def _open_section(page: Page, address: str, place: str) -> None:
    page.goto(f"{address}/console/settings/{place}")
    expect(page.get_by_role("heading", level=2).first).to_be_visible()
    expect(page.locator(".skeleton")).to_have_count(0)


def _as_if_away(route: Route) -> None:
    answer = route.fetch()
    away = {"at": "2026-01-05T09:10:00Z", "since": "2026-01-05T09:08:00Z"}
    route.fulfill(response=answer, json={**answer.json(), "available": False, "away": away})


def _sound_at_every_width(page: Page, name: str) -> None:
    for size in SIZES:
        dark = size is not DESKTOP
        page.emulate_media(color_scheme="dark" if dark else "light")
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        assert_sound(page)
        look(page, f"{name}-{size['width']}")


def look(page: Page, name: str) -> None:
    """A picture for whoever wants to see it: DESKBUS_PICTURES names a folder."""
    if folder := os.environ.get("DESKBUS_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def test_the_console_works_by_keyboard(seat: Seat) -> None:
    greta = seat.console("greta")
    customer = seat.customer()
    customer.start("Olga")
    customer.say("Where is my parcel?")
    greta.open_list("Unassigned")
    expect(greta.row_of("Olga")).to_be_visible()
    greta.rows().first.focus()
    greta.page.keyboard.press("Enter")
    expect(greta.details).to_contain_text("Olga")
    greta.page.keyboard.press("a")
    expect(greta.details).to_contain_text("Greta Lindqvist (you)")
    expect(greta.composer).to_be_focused()
    command(greta, "all cas")
    expect(greta.page.get_by_role("tab", name="All cases")).to_have_attribute(
        "aria-selected", "true"
    )
    greta.row_of("Olga").focus()
    greta.page.keyboard.press("x")
    chosen = greta.page.get_by_role("region", name="Chosen cases")
    expect(chosen).to_contain_text("One case chosen")
    greta.page.keyboard.press("Escape")
    expect(chosen).to_have_count(0)


def command(console: Console, typed: str) -> None:
    """From the palette, found by a part of its name, also while something is written."""
    page = console.page
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Commands")).to_be_focused()
    page.keyboard.type(typed)
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="Commands")).to_have_count(0)
