"""The list of cases in every state that it can be in: read, unreadable, without a row, with one, with a thousand."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from chassis.ids import derived_id
from tests.journey.conftest import Seat
from tests.journey.test_screens import VIEWS, assert_sound, look

pytestmark = [pytest.mark.browser, pytest.mark.mongo, pytest.mark.timeout(180)]

LISTS = "**/api/cases/cases?*"
AWAY = {"error": {"code": "unavailable", "message": "away", "params": {}}}
MANY = 1_000


@pytest.mark.parametrize(
    "view", VIEWS[1:3], ids=lambda v: f"{v['viewport']['width']}-{v['locale']}"
)
def test_a_list_is_sound_whatever_is_in_it(seat: Seat, view: dict[str, Any]) -> None:
    seat.console("greta")
    customer = seat.customer()
    customer.start("Lena")
    customer.say("Where is my parcel?")
    page = seat.sign_in("greta", **view)
    page.locator("#tab-all").click()
    row = page.locator("[data-case]").filter(has_text="Lena").first
    expect(row).to_be_visible()
    name = f"list-{view['viewport']['width']}"
    for state, answer, seen in (
        ("loading", lambda _: None, ".row-skeleton"),
        ("none", with_rows(0), ".pane-list .empty"),
        ("one", with_rows(1), "[data-case]"),
        ("many", with_rows(MANY), "[data-case]"),
        ("unread", lambda it: it.fulfill(status=503, json=AWAY), ".pane-list .banner"),
    ):
        page.route(LISTS, answer)
        page.reload()
        expect(page.locator(seen).first).to_be_visible()
        assert_sound(page)
        look(page, f"{name}-{state}")
        if state == "many":
            to_the_end(page)
        if state != "unread":
            page.unroute(LISTS)
    # Nobody has to press anything once the service is back.
    page.unroute(LISTS)
    expect(row).to_be_visible()
    expect(page.locator(".pane-list .banner")).to_have_count(0)


def with_rows(count: int) -> Callable[[Route], None]:
    """The desk's own answer with so many rows: copies of its first."""

    def answer(route: Route) -> None:
        found = route.fetch()
        page = found.json()
        first = page["cases"][:1]
        cases = [
            {**case, "id": derived_id("copy", str(at)), "number": 10_000 + at}
            for case in first
            for at in range(count)
        ]
        counts = dict.fromkeys(page["counts"], count)
        route.fulfill(response=found, json={**page, "cases": cases, "counts": counts, "next": None})

    return answer


def to_the_end(page: Page) -> None:
    """The last of very many is there, and few are drawn."""
    page.locator("[data-case]").first.focus()
    page.keyboard.press("End")
    expect(page.locator(f'li[aria-posinset="{MANY}"] [data-case]')).to_be_focused()
    assert page.locator("[data-case]").count() < MANY / 10
    assert_sound(page)
