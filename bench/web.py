"""What a visitor downloads and waits for: sizes of the portal page and the console, and how long each blocks."""

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import httpx
import typer
from playwright.sync_api import Browser, Page, Request, sync_playwright

from bench.report import Spread, conditions, say, table
from tests.journey.conftest import ARGUMENTS, CHROMIUM, running_desk

THROTTLE = 4
"""How much slower than this machine the visitor's is made."""
PAGES = {"portal page": "/p/demo", "console": "/console"}
FLOOR = "bare page"
BARE = "<!doctype html><title>Bare</title><p>Nothing but a sentence."
ENCODINGS = ("gzip", "br")
KINDS = {
    "document": "html",
    "scripts": "javascript",
    "styles": "css",
    "fonts": "font",
    "images": "image",
}
"""What is counted, and how its content type is known."""
QUIET_MS = 2_000
EARLY = """
() => {
  const paint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
  return performance.getEntriesByType("resource").filter((it) => it.responseEnd <= paint).map((it) => it.name);
}
"""
"""The addresses of what had come when something was seen first."""
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
        urls = {name: desk.address + path for name, path in PAGES.items()}
        sizes = [row for name, url in urls.items() for row in _size_rows(browser, name, url)]
        # Nothing is at this address but what is answered in the browser itself.
        times = _times(browser, {FLOOR: f"{desk.address}/bare", **urls}, rounds)
        browser.close()
    say("\nKilobytes of bodies as sent\n")
    say(table(["page", "encoding", *KINDS, "all"], sizes))
    say(f"\nMilliseconds: median of {rounds} loads (range), the pages in turn\n")
    say(table(["page", "first paint", "blocking time"], times))


def _size_rows(browser: Browser, name: str, url: str) -> list[list[str]]:
    files, early = _files(browser, url)
    return [
        [f"{name}, {what}", encoding, *_figures(_sizes(some, encoding))]
        for what, some in (("first paint", early), ("at rest", files))
        for encoding in ENCODINGS
    ]


def _times(browser: Browser, urls: Mapping[str, str], rounds: int) -> list[list[str]]:
    loads: dict[str, list[tuple[float, float]]] = {name: [] for name in urls}
    for _ in range(rounds):
        for name, url in urls.items():
            loads[name].append(_load(browser, url))
    rows = []
    for name, found in loads.items():
        paints, blocked = zip(*found, strict=True)
        rows.append([name, Spread.of(paints).told(0), Spread.of(blocked).told(0)])
    return rows


def _figures(found: Mapping[str, float]) -> list[str]:
    return [f"{it:.1f}" for it in (*found.values(), sum(found.values()))]


def _files(browser: Browser, url: str) -> tuple[dict[str, str], dict[str, str]]:
    """What a page loads until it asks for nothing more, and what of it had come at its first paint.

    The kind of each file by its address. At rest the portal page has all that an open chat needs.
    """
    page = browser.new_page()
    finished: list[Request] = []
    page.on("requestfinished", lambda request: finished.append(request))  # noqa: PLW0108 - a builtin takes no marks
    page.goto(url, wait_until="networkidle")
    # What a page fetches once it is at rest comes behind that, and counts too.
    count = -1
    while count < len(finished):
        count = len(finished)
        page.wait_for_timeout(QUIET_MS)
    files = {request.url: _kind(request) for request in finished}
    early = set(page.evaluate(EARLY))
    page.close()
    wanted = {address: kind for address, kind in files.items() if kind in KINDS}
    return wanted, {it: kind for it, kind in wanted.items() if it in early or it == url}


def _kind(request: Request) -> str:
    """By what was sent: a script that was fetched ahead is none of the browser's kinds."""
    response = request.response()
    sent_as = response.headers.get("content-type", "") if response else ""
    return next((kind for kind, part in KINDS.items() if part in sent_as), "data")


def _sizes(files: Mapping[str, str], encoding: str) -> dict[str, float]:
    """Kilobytes of bodies by kind, as they are sent to whoever takes this encoding: browsers take brotli by HTTPS only."""
    found = dict.fromkeys(KINDS, 0.0)
    with httpx.Client(headers={"accept-encoding": encoding}) as http:
        for url, kind in files.items():
            with http.stream("GET", url) as answer:
                found[kind] += sum(map(len, answer.iter_raw())) / 1024
    return found


def _load(browser: Browser, url: str) -> tuple[float, float]:
    """First contentful paint, and the time beyond 50 ms of each long task."""
    context = browser.new_context()
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": THROTTLE})
    page.add_init_script(OBSERVE)
    page.route("**/bare", lambda route: route.fulfill(content_type="text/html", body=BARE))
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
