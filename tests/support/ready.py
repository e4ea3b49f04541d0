"""Waits until a desk that was started serves."""

import subprocess
import time
from pathlib import Path

import httpx

START_SECONDS = 120.0
LOOK_SECONDS = 0.1


def wait_until_ready(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Fails with the end of its log when it ends, or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{address}/health/ready", timeout=2).status_code == httpx.codes.OK:
                return
        except httpx.HTTPError:
            pass
        time.sleep(LOOK_SECONDS)
    raise AssertionError(f"the desk did not start:\n{log.read_text(errors='replace')[-5000:]}")
