"""A desk as `deskbus up` starts it, and seats in front of it: browsers of customers and technicians."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from chassis.devstack.process import free_port
from chassis.folder import Folder
from tests.journey.pages import Console, PortalPage
from tests.support.cable import Cable
from tests.support.ready import wait_until_ready

GRACE_SECONDS = 6
SURVEY_AFTER_SECONDS = 5
CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=user-gesture-required",
]

expect.set_options(timeout=30_000)


@dataclass(frozen=True)
class RunningDesk:
    """Where a desk answers, and who may sign in to it."""

    address: str
    port: int
    passwords: dict[str, tuple[str, str]]
    mailbox: str = ""
    """Where the mailbox is shown, if not beside the desk."""

    @property
    def mailbox_address(self) -> str:
        return self.mailbox or self.address

    data: Path = Path()
    """Where a desk of this machine keeps everything."""
    pid: int = 0
    """Its first process, if it is one of this machine."""
    mail_port: int = 0
    """Where it takes mail in, if it is one of this machine."""


@contextmanager
def running_desk(data: Path, **environment: str) -> Iterator[RunningDesk]:
    """What `make run` runs, on a port and in a folder of its own."""
    port, mail_port = free_port(), free_port()
    write_account(data)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DESKBUS_")}
    log = (data / "up.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "chassis.cli", "up", "--data", str(data)],
        # Between two tests of one desk nobody has a console, for however long.
        env={
            **kept,
            "DESKBUS_AWAY_AFTER_SECONDS": "0",
            "DESKBUS_MAIL_LISTEN": f"127.0.0.1:{mail_port}",
            **environment,
            "DESKBUS_PORT": str(port),
        },
        stdout=log,
        stderr=log,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(process, address, data / "up.log")
        passwords = passwords_in(data / "first-account.json")
        yield RunningDesk(address, port, passwords, data=data, pid=process.pid, mail_port=mail_port)
    finally:
        # Not SIGINT: a shell that starts the tests in its background has every child ignore it.
        process.terminate()
        process.wait(30)
        log.close()


def desk_elsewhere() -> RunningDesk | None:
    """The desk that DESKBUS_JOURNEY names, such as one in containers: the journeys are then made there.

    DESKBUS_JOURNEY is its address (http, on this machine), DESKBUS_JOURNEY_ACCOUNT the file with its first account, and
    DESKBUS_JOURNEY_MAILBOX where the page of its mailbox is. Its grace and its survey must be as short as here.
    """
    address = os.environ.get("DESKBUS_JOURNEY")
    if not address:
        return None
    account = Path(os.environ["DESKBUS_JOURNEY_ACCOUNT"])
    mailbox = os.environ.get("DESKBUS_JOURNEY_MAILBOX", address)
    port = urlsplit(address).port or 80
    return RunningDesk(address, port, passwords_in(account), mailbox)


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    if elsewhere := desk_elsewhere():
        yield elsewhere
        return
    waits = {"DESKBUS_SURVEY_AFTER_SECONDS": str(SURVEY_AFTER_SECONDS)}
    with running_desk(tmp_path_factory.mktemp("desk"), **waits) as desk:
        yield desk


@pytest.fixture
def desk_on_kafka(own_kafka: str, tmp_path: Path) -> Iterator[RunningDesk]:
    with running_desk(tmp_path, DESKBUS_KAFKA=own_kafka) as desk:
        yield desk


def write_account(data: Path) -> None:
    """The first account as it is made, but for a grace that a test can wait for."""
    folder = Folder(data)
    account = folder.account()
    for portal in account["portals"]:
        portal["grace"] = GRACE_SECONDS
    folder.first_account.write_text(json.dumps(account))


def passwords_in(account: Path) -> dict[str, tuple[str, str]]:
    people = json.loads(account.read_text())["people"]
    return {
        p["name"].split()[0].lower().replace("á", "a"): (p["email"], p["password"]) for p in people
    }


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = next((path for path in CHROMIUM if Path(path).exists()), None)
    if program is None:
        pytest.skip("no Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


NewContext = Callable[..., BrowserContext]


@pytest.fixture
def new_context(browser: Browser) -> Iterator[NewContext]:
    contexts: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        # What moves is not waited for, and axe never looks at a colour that is on its way to another.
        usual = {"locale": "en-GB", "reduced_motion": "reduce"}
        context = browser.new_context(**{**usual, **options})
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@dataclass
class Seat:
    """Opens browsers of people, each with storage of its own, and checks that no page had an error."""

    desk: RunningDesk
    new_context: NewContext
    stack: ExitStack
    errors: list[str] = field(default_factory=list)

    def console(self, who: str, status: str = "Available", **options: Any) -> Console:
        console = Console(self._page(**options))
        console.sign_in(self.desk.address, *self.desk.passwords[who])
        console.set_status(status)
        return console

    def sign_in(self, who: str, **options: Any) -> Page:
        """A console in whatever language, as it stands after the sign-in."""
        page = self._page(**options)
        email, password = self.desk.passwords[who]
        page.goto(f"{self.desk.address}/console")
        page.locator("[name=email]").fill(email)
        page.locator("[name=password]").fill(password)
        page.locator("button[type=submit]").click()
        expect(page.locator("#tab-unassigned")).to_be_visible()
        return page

    def customer(self, **options: Any) -> PortalPage:
        cable = self.stack.enter_context(Cable(self.desk.port))
        return PortalPage(self._page(**options), cable)

    def browser(self, **options: Any) -> Page:
        """A browser that nobody has signed in with."""
        return self._page(**options)

    def _page(self, **options: Any) -> Page:
        page = self.new_context(**options).new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        return page


def make_available(desk: RunningDesk) -> None:
    """Somebody is there before the test begins, whatever the test before it left behind."""
    email, password = desk.passwords["greta"]
    with httpx.Client(base_url=f"{desk.address}/api/portal", timeout=10) as http:
        signed_in = http.post("/session", json={"email": email, "password": password})
        token = signed_in.raise_for_status().json()["access_token"]
        http.put(
            "/me/availability",
            json={"available": True},
            headers={"Authorization": f"Bearer {token}"},
        ).raise_for_status()


@contextmanager
def seat_at(desk: RunningDesk, new_context: NewContext) -> Iterator[Seat]:
    make_available(desk)
    with ExitStack() as stack:
        seat = Seat(desk, new_context, stack)
        yield seat
    assert seat.errors == []


@pytest.fixture
def seat(desk: RunningDesk, new_context: NewContext) -> Iterator[Seat]:
    with seat_at(desk, new_context) as seat:
        yield seat


@pytest.fixture
def seat_on_kafka(desk_on_kafka: RunningDesk, new_context: NewContext) -> Iterator[Seat]:
    with seat_at(desk_on_kafka, new_context) as seat:
        yield seat
