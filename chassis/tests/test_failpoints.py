"""A fault test gets the fault it asked for, where and when it asked for it."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from chassis.failpoints import FailpointRaised, FailpointSpecError, arm, failpoint


@pytest.fixture(autouse=True)
def _disarmed() -> Iterator[None]:
    yield
    arm("")


async def test_nothing_happens_where_nothing_is_armed() -> None:
    arm("relay.after_log=raise@1")
    await failpoint("persister.after_store")


async def test_only_the_named_hit_fires() -> None:
    arm("relay.after_log=raise@2")
    await failpoint("relay.after_log")
    with pytest.raises(FailpointRaised):
        await failpoint("relay.after_log")
    await failpoint("relay.after_log")


async def test_a_star_fires_every_time() -> None:
    arm("relay.after_log=raise@*, persister.after_store=raise@1")
    for _ in range(2):
        with pytest.raises(FailpointRaised):
            await failpoint("relay.after_log")
    with pytest.raises(FailpointRaised):
        await failpoint("persister.after_store")


async def test_a_delay_delays() -> None:
    arm("relay.after_log=delay:0.05@*")
    started = time.perf_counter()
    await failpoint("relay.after_log")
    assert time.perf_counter() - started >= 0.05


def test_kill_leaves_no_time_for_anything() -> None:
    program = (
        "import asyncio; from chassis.failpoints import arm, failpoint\n"
        "arm('relay.after_log=kill@1')\n"
        "try: asyncio.run(failpoint('relay.after_log'))\n"
        "finally: print('cleaned up')"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert ended.stdout == b""


@pytest.mark.parametrize(
    "spec",
    [
        "nowhere=kill@1",
        "relay.after_log=explode@1",
        "relay.after_log=delay:long@1",
        "relay.after_log=kill@x",
    ],
)
def test_what_cannot_be_understood_is_refused_with_advice(spec: str) -> None:
    with pytest.raises(FailpointSpecError, match=r"There are:|Write relay\.after_log=kill@3"):
        arm(spec)
