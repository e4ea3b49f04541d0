"""What administrators see of the machine: who is ready, what could not be handled, and that a replay mends it."""

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect
from pymongo import MongoClient

from chassis.devstack.process import free_port
from tests.journey.conftest import RunningDesk, Seat
from tests.journey.mailbox import mail_to
from tests.journey.test_screens import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.mongo, pytest.mark.timeout(240)]


def open_operations(desk: RunningDesk, page: Page) -> Locator:
    """The page of administrators; its list of dead letters."""
    page.goto(f"{desk.address}/console/settings/operations")
    expect(page.get_by_test_id("service-notify")).to_be_visible()
    return page.get_by_test_id("dead-letters").get_by_role("listitem")


def data_of(desk: RunningDesk) -> Path:
    if not desk.pid:
        pytest.skip("needs the database and the secret of a desk on this machine")
    return desk.data


@contextmanager
def refusing_mails(desk: RunningDesk, case_id: str) -> Iterator[None]:
    """A fault of the database, such as an operator makes: notify can note no mail of the case.

    Cases of other tests, such as a chat whose page is gone by now, come to their mails meanwhile.
    """
    port = (data_of(desk) / "mongo" / "port").read_text()
    url = f"mongodb://127.0.0.1:{port}/?directConnection=true"
    with MongoClient[dict[str, Any]](url) as client:
        notify = client["deskbus_notify"]
        notify.command("collMod", "mails", validator={"case_id": {"$ne": case_id}})
        try:
            yield
        finally:
            notify.command("collMod", "mails", validator={})


@dataclass(frozen=True)
class Asker:
    """A customer who is let in by the form, and then asks."""

    desk: RunningDesk
    email: str
    secret: str
    admitted: dict[str, Any]

    @classmethod
    def enter(cls, desk: RunningDesk, name: str) -> Self:
        email, secret = f"{name.lower()}@example.com", uuid.uuid4().hex + uuid.uuid4().hex
        body = {
            "kind": "request",
            "admission_id": str(uuid.uuid4()),
            "secret": secret,
            "first_name": name,
            "last_name": "Núñez",
            "email": email,
            "locale": "en",
        }
        url = f"{desk.address}/api/portal/portals/demo/admissions"
        admitted = httpx.post(url, json=body, timeout=20).raise_for_status().json()
        return cls(desk, email, secret, admitted)

    def ask(self) -> None:
        ticket = self.admitted["ticket"]
        httpx.post(
            f"{self.desk.address}/api/cases/requests",
            json={"ticket": ticket, "secret": self.secret, "question": "Is it mended?"},
            headers={"Authorization": f"Bearer {self.admitted['access_token']}"},
            timeout=20,
        ).raise_for_status()


def test_what_could_not_be_handled_is_listed_with_its_reason_and_gone_once_replayed(
    desk: RunningDesk, seat: Seat
) -> None:
    admin = seat.console("ada", status="Not available")
    letters = open_operations(desk, admin.page)
    expect(admin.page.get_by_text("No dead letters")).to_be_visible()
    wanda = Asker.enter(desk, "Wanda")
    with refusing_mails(desk, wanda.admitted["conversation_id"]):
        wanda.ask()
        expect(letters).to_have_count(1, timeout=15_000)
        expect(letters).to_contain_text("case.opened")
        expect(letters).to_contain_text("Handling failed: WriteError")
        letters.locator(".letter-open").click()
        dialog = admin.page.get_by_role("dialog")
        expect(dialog).to_contain_text("What is personal stays sealed and is not shown.")
        expect(dialog).not_to_contain_text("Wanda")
        dialog.get_by_role("button", name="Replay").click()
        expect(admin.page.get_by_text("1 failed again")).to_be_visible()
        expect(letters).to_have_count(1)
    letters.get_by_role("button", name="Replay case.opened").click()
    expect(admin.page.get_by_text("The event was handled.")).to_be_visible()
    expect(admin.page.get_by_text("No dead letters")).to_be_visible()
    assert mail_to(desk, wanda.email, "request")


def probe(desk: RunningDesk, *options: str) -> subprocess.Popen[str]:
    """`deskbus probe` as an operator starts it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DESKBUS_")}
    return subprocess.Popen(
        [sys.executable, "-m", "chassis.cli", "probe", "--url", desk.address, *options],
        env={**kept, "DESKBUS_SECRET": (data_of(desk) / "secret").read_text()},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_the_synthetic_customer_chats_end_to_end_and_disturbs_nobody(
    desk: RunningDesk, seat: Seat
) -> None:
    """N10."""
    greta = seat.console("greta")
    greta.open_list("All cases")
    # Once a case stands there, the count is that of all before it, too.
    Asker.enter(desk, "Walter").ask()
    expect(greta.row_of("Walter")).to_be_visible()
    before = int(greta.page.locator("#tab-all .tab-count").inner_text())
    once = probe(desk, "--once")
    told, _ = once.communicate(timeout=90)
    assert once.returncode == 0, told
    assert told.startswith("ok in ")
    port = free_port()
    going_on = probe(desk, "--every", "1", "--port", str(port))
    try:
        wait_for_metric(port, 'deskbus_probe_runs_total{outcome="success"} 2.0')
    finally:
        going_on.terminate()
        told, _ = going_on.communicate(timeout=30)
    assert going_on.returncode == 0, told
    assert "failed" not in told
    Asker.enter(desk, "Xenia").ask()
    expect(greta.row_of("Xenia")).to_be_visible()
    # A case of the synthetic customer would have come before this one.
    expect(greta.row_of("Synthetic")).to_have_count(0)
    expect(greta.page.locator("#tab-all .tab-count")).to_have_text(str(before + 1))


def wait_for_metric(port: int, line: str) -> None:
    """60 seconds at most."""
    told = ""
    for _ in range(300):
        with suppress(httpx.HTTPError):
            told = httpx.get(f"http://127.0.0.1:{port}/metrics", timeout=5).text
        if line in told.splitlines():
            return
        time.sleep(0.2)
    raise AssertionError(told)


@pytest.mark.parametrize(
    "view",
    [
        {"viewport": DESKTOP, "color_scheme": "light", "locale": "de-DE"},
        {"viewport": PHONE, "color_scheme": "dark", "locale": "es-ES"},
    ],
    ids=["desktop-de", "phone-es"],
)
def test_the_operations_page_is_sound(desk: RunningDesk, seat: Seat, view: dict[str, Any]) -> None:
    page = seat.sign_in("ada", **view)
    open_operations(desk, page)
    expect(page.locator(".service[data-health=ready]")).to_have_count(5)
    expect(page.locator(".figure-value")).to_have_count(4)
    findings = Axe().run(page).response["violations"]
    assert findings == [], [(f["id"], f["nodes"][0]["html"]) for f in findings]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # Topics have such names too (chat-log), so this page is asked for ids of its own messages.
    assert "operations-" not in page.locator("main").last.inner_text()


def test_operations_are_closed_to_others(desk: RunningDesk, seat: Seat) -> None:
    page = seat.console("greta").page
    page.goto(f"{desk.address}/console/settings/operations")
    expect(page.get_by_text("Settings are for administrators")).to_be_visible()
    expect(page.get_by_test_id("service-notify")).to_have_count(0)
