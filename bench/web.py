"""What a visitor downloads and waits for: sizes of the portal page and the console, and how long each blocks."""

import sys
import tempfile
from pathlib import Path

import typer
from playwright.sync_api import Browser, Page, Request, sync_playwright

from bench.report import Spread, conditions, say, table
from tests.journey.conftest import ARGUMENTS, CHROMIUM, running_desk

THROTTLE = 4
"""How much slower than this machine the visitor's is made."""
PAGES = {"portal page": "/p/demo", "console": "/console"}
OBSERVE = """
window.longTasks = [];
new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((e) => e.duration)))
  .observe({ type: "longtask", buffered: true });
"""


def main(rounds: int = typer.Option(5, help="How often each page is loaded.")) -> None:
    """Measure sizes as sent (gzip and brotli) and blocking time on a processor four times slower."""
    say(conditions({"rounds": rounds, "throttle": THROTTLE}))
    program = next((path for path in CHROMIUM if Path(path).exists()), None)
    if program is None:
        sys.exit("bench.web needs Chromium: apt-get install chromium")
    with (
        tempfile.TemporaryDirectory() as folder,
        running_desk(Path(folder)) as desk,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        rows = [_row(browser, name, desk.address + path, rounds) for name, path in PAGES.items()]
        browser.close()
    say(
        f"\nKilobytes as sent with the first view, milliseconds: median of {rounds} loads (range)\n"
    )
    head = ["page", "all, gzip", "scripts, gzip", "all, brotli", "first paint", "blocking time"]
    say(table(head, rows))


def _row(browser: Browser, name: str, url: str, rounds: int) -> list[str]:
    gzip, brotli = _sizes(browser, url, "gzip"), _sizes(browser, url, "br")
    paints, blocked = [], []
    for _ in range(rounds):
        paint, blocking = _load(browser, url)
        paints.append(paint)
        blocked.append(blocking)
    return [
        name,
        f"{sum(gzip.values()):.1f}",
        f"{gzip.get('script', 0):.1f}",
        f"{sum(brotli.values()):.1f}",
        Spread.of(paints).told(0),
        Spread.of(blocked).told(0),
    ]


def _sizes(browser: Browser, url: str, encoding: str) -> dict[str, float]:
    """Kilobytes of bodies as they were sent, by kind of resource."""
    context = browser.new_context()
    page = context.new_page()
    page.route(
        "**/*",
        lambda route: route.continue_(
            headers={**route.request.headers, "accept-encoding": encoding}
        ),
    )
    found: dict[str, float] = {}
    page.on("requestfinished", lambda request: _add(found, request))
    page.goto(url, wait_until="networkidle")
    context.close()
    return found


def _add(found: dict[str, float], request: Request) -> None:
    kind = request.resource_type
    if kind in {"document", "script", "stylesheet", "font", "image"}:
        found[kind] = found.get(kind, 0) + request.sizes()["responseBodySize"] / 1024


def _load(browser: Browser, url: str) -> tuple[float, float]:
    """First contentful paint, and the time beyond 50 ms of each long task."""
    context = browser.new_context()
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": THROTTLE})
    page.add_init_script(OBSERVE)
    page.goto(url, wait_until="networkidle")
    paint = _number(
        page, "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
    )
    blocked = _number(page, "longTasks.reduce((sum, ms) => sum + ms - 50, 0)")
    context.close()
    return paint, blocked


def _number(page: Page, script: str) -> float:
    return float(page.evaluate(script))


if __name__ == "__main__":
    typer.run(main)
