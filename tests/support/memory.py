"""Temporary files of a test run are kept in memory where there is room.

Tests make and drop thousands of collections, and MongoDB waits for the disk at each: on a disk a run waits three times as
long as it computes. What outlives a killed process is in memory as on a disk, so no promise is looked at less closely.
"""

import os
import re
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM_BYTES = 4 * 2**30
FREE_BYTES = 8 * 2**30


def pytest_configure() -> None:
    if "TMPDIR" not in os.environ and _has_room():
        # In the environment, so that servers and workers have theirs there too.
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None


def _has_room() -> bool:
    try:
        there = os.statvfs(MEMORY)
        free = re.search(r"MemAvailable: +(\d+) kB", Path("/proc/meminfo").read_text())
    except OSError:
        return False
    room = there.f_bavail * there.f_frsize
    return room >= ROOM_BYTES and free is not None and int(free[1]) * 1024 >= FREE_BYTES
