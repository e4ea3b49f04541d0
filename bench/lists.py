"""How smoothly a long list scrolls while the desk is busy: times of frames, beside an empty page that is scrolled alike."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import typer
from playwright.sync_api import Browser, Page, sync_playwright

from bench.report import conditions, percentile, say, table
from chassis.devstack.process import free_port
from tests.journey.conftest import ARGUMENTS, CHROMIUM

WEB = Path(__file__).resolve().parents[1] / "web"
CONSOLE = "/console/cases?list=all"
LISTED = ".pane-list .pane-scroll"
LATE_MS = 17
"""A frame of 60 a second that took longer was not drawn in its time."""
MISSED_MS = 33
"""One was left out altogether."""
FLOOR = """<main class="pane-scroll" style="height: 100vh; overflow: auto; contain: strict">
  <div style="height: 860000px"></div></main>"""
LOAD = """async ([selector, wanted]) => {
  const list = document.querySelector(selector);
  const end = performance.now() + 90000;
  const height = () => list.scrollHeight;
  const row = () => list.querySelector("[data-case]").getBoundingClientRect().height;
  while (height() < wanted * row() * 0.99) {
    if (performance.now() > end) throw new Error("loaded only " + height() / row() + " rows");
    list.scrollTop = height();
    await new Promise((go) => setTimeout(go, 20));
  }
  list.scrollTop = 0;
}"""
SCROLL = """async ([selector, seconds, step]) => {
  const list = document.querySelector(selector);
  list.scrollTop = 0;
  const times = [];
  await new Promise((done) => {
    const frame = (now) => {
      times.push(now);
      list.scrollTop += step;
      if (list.scrollTop + list.clientHeight >= list.scrollHeight - 1) list.scrollTop = 0;
      if (now - times[0] < seconds * 1000) requestAnimationFrame(frame); else done();
    };
    requestAnimationFrame(frame);
  });
  return times.slice(1).map((time, at) => time - times[at]);
}"""


def main(
    rows: int = typer.Option(10_000, help="Rows of the list."),
    changes: int = typer.Option(20, help="Changes a second."),
    seconds: float = typer.Option(8, help="How long each is scrolled in a round."),
    step: int = typer.Option(40, help="Pixels for each frame: 40 are some 28 rows a second."),
    rounds: int = typer.Option(3, help="Rounds, the floor in each of them."),
) -> None:
    """Measure the times between animation frames of the built console against the mock backend in `web/dev`."""
    say(conditions({"rows": rows, "changes": changes, "seconds": seconds, "step": step}))
    program = next((path for path in CHROMIUM if Path(path).exists()), None)
    if program is None:
        sys.exit("bench.lists needs Chromium: apt-get install chromium")
    with _mock(rows) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        floor = _empty(browser)
        console = _console(browser, address, rows)
        found: dict[str, list[float]] = {}

        def scrolled(name: str, page: Page, selector: str = LISTED) -> None:
            page.bring_to_front()
            times = page.evaluate(SCROLL, [selector, seconds, step])
            found[name] = found.get(name, []) + times

        for _ in range(rounds):
            scrolled("floor: an empty page", floor, ".pane-scroll")
            scrolled("the list", console)
            _churn(address, changes, seconds)
            scrolled(f"the list, {changes} changes a second", console)
            _open_case(console)
            _churn(address, changes, seconds)
            scrolled("the same beside an open case", console)
            console.go_back()
        browser.close()
    say(f"\nMilliseconds between frames, {rounds} rounds of {seconds:g} s each, {rows:,} rows\n")
    head = ["page", "frames", "median", "p99", f"over {LATE_MS} ms", f"over {MISSED_MS} ms"]
    say(table(head, [Frames.of(times).told(name) for name, times in found.items()]))


@dataclass(frozen=True)
class Frames:
    """How long frames took, in milliseconds, and which share (0 to 1) was late."""

    count: int
    median: float
    p99: float
    late: float
    missed: float

    @classmethod
    def of(cls, times: list[float]) -> "Frames":
        def over(limit: float) -> float:
            return sum(it > limit for it in times) / len(times)

        p50, p99 = percentile(times, 0.5), percentile(times, 0.99)
        return cls(len(times), p50, p99, over(LATE_MS), over(MISSED_MS))

    def told(self, name: str) -> list[str]:
        """A row of the table."""
        shares = [f"{self.late:.1%}", f"{self.missed:.1%}"]
        return [name, str(self.count), f"{self.median:.1f}", f"{self.p99:.1f}", *shares]


@contextmanager
def _mock(rows: int) -> Iterator[str]:
    """The built pages with the backend that lives in the preview server's memory."""
    here = Path(sys.executable).parent / "node"
    node = str(here) if here.exists() else shutil.which("node")
    if node is None:
        sys.exit("there is no node")
    port = free_port()
    command = [node, "node_modules/vite/bin/vite.js", "preview", "--config", "dev/vite.config.ts"]
    process = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port), "--strictPort"],
        cwd=WEB,
        env=os.environ | {"MOCK_CASES": str(rows), "VITE_CONFIG_NATIVE_IGNORE_WARNING": "true"},
        stdout=subprocess.DEVNULL,
        # The lock's `node` starts the one that runs: both are stopped.
        start_new_session=True,
    )
    try:
        yield _answering(f"http://127.0.0.1:{port}")
    finally:
        os.killpg(process.pid, 15)
        process.wait(10)


def _answering(address: str) -> str:
    for _ in range(100):
        try:
            httpx.get(address + "/console", timeout=2)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return address
    raise RuntimeError("the preview server does not answer")


def _empty(browser: Browser) -> Page:
    page = browser.new_page()
    page.set_content(FLOOR)
    return page


def _console(browser: Browser, address: str, rows: int) -> Page:
    """Signed in, with the whole list loaded."""
    page = browser.new_page()
    page.goto(address + CONSOLE)
    page.get_by_label("Email").fill("tina@example.com")
    page.get_by_label("Password").fill("right")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_selector(f"{LISTED} [data-case]")
    page.evaluate(LOAD, [LISTED, rows])
    return page


def _open_case(page: Page) -> None:
    page.locator(f"{LISTED} [data-case]").first.click()
    page.wait_for_selector(".pane-details .history-actions")


def _churn(address: str, changes: int, seconds: float) -> None:
    body = {"per_second": changes, "seconds": seconds}
    httpx.post(address + "/api/mock/churn", json=body).raise_for_status()


if __name__ == "__main__":
    typer.run(main)
