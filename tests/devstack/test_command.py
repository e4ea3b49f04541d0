"""`python -m chassis.devstack`, and the fixtures that stand on it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from chassis.devstack.process import port_answers
from tests.support.servers import SharedServers

SERVE_TANSU = [sys.executable, "-m", "chassis.devstack", "tansu"]

pytestmark = pytest.mark.tansu


def port_of(address: str) -> int:
    return int(address.rsplit(":", 1)[1])


def test_it_prints_the_address_and_stops_on_sigterm() -> None:
    with subprocess.Popen(SERVE_TANSU, stdout=subprocess.PIPE, text=True) as command:
        assert command.stdout is not None
        port = port_of(command.stdout.readline())
        assert port_answers(port)
        command.send_signal(signal.SIGTERM)
        assert command.wait(10) == 0
    assert not port_answers(port)


def test_it_stops_when_the_process_that_it_follows_ends() -> None:
    with subprocess.Popen(["/bin/sleep", "60"]) as followed:
        follow = ["--follow", str(followed.pid)]
        with subprocess.Popen(
            [*SERVE_TANSU, *follow], stdout=subprocess.PIPE, text=True
        ) as command:
            assert command.stdout is not None
            assert port_answers(port_of(command.stdout.readline()))
            followed.kill()
            followed.wait()
            assert command.wait(10) == 0


def test_a_missing_program_is_said_in_one_line_and_with_its_own_exit_code() -> None:
    done = subprocess.run(
        SERVE_TANSU,
        env=os.environ | {"DESKBUS_TANSU": "/no/such/tansu"},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == os.EX_UNAVAILABLE
    assert done.stderr == "DESKBUS_TANSU=/no/such/tansu is not a program\n"


def test_workers_share_one_server(tmp_path: Path) -> None:
    one, other = (SharedServers(tmp_path, owner=os.getpid()) for _ in range(2))
    assert one.address("tansu") == other.address("tansu")
    assert port_answers(port_of(one.address("tansu")))


def test_an_address_in_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESKBUS_KAFKA", "kafka.example:9092")
    assert SharedServers(tmp_path, owner=os.getpid()).address("kafka") == "kafka.example:9092"


def test_a_missing_server_skips_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESKBUS_TANSU", "/no/such/tansu")
    with pytest.raises(pytest.skip.Exception, match=r"no tansu: .*/no/such/tansu"):
        SharedServers(tmp_path, owner=os.getpid()).address("tansu")
