"""A child process with a log file, and what every server of the devstack needs around it."""

import atexit
import contextlib
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import Self

LOOPBACK = "127.0.0.1"
LEASH = Path(__file__).with_name("leash.py")
POLL_SECONDS = 0.02
UNGIVEN_PORTS = range(15_000, 32_000)


class Unavailable(RuntimeError):
    """This machine lacks what the server needs; the text says what, and how to get it."""


class StartFailed(RuntimeError):
    """The server ended, or did not answer in time; the text holds the end of its log."""


class Server(ABC):
    """Something that runs between `start` and `stop`, and a `with` block does both."""

    @abstractmethod
    def start(self) -> None: ...

    @abstractmethod
    def stop(self) -> None: ...

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


class Process:
    """One program, tied to this process; `start` may follow `stop` or `kill` to run it again."""

    def __init__(
        self,
        argv: Sequence[str],
        log: Path,
        *,
        death_signal: signal.Signals = signal.SIGTERM,
    ) -> None:
        self._argv = list(argv)
        self._log = log
        self._death_signal = death_signal
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        if self._child is None:
            raise RuntimeError("the process was not started")
        return self._child.pid

    @property
    def running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def start(self) -> None:
        # The leash is tied to the thread that forks: a server started from a pool's thread would end with it.
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError("start servers from the main thread")
        leash = [
            sys.executable,
            "-I",
            "-S",
            str(LEASH),
            str(os.getpid()),
            str(int(self._death_signal)),
        ]
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            self._child = subprocess.Popen(  # noqa: S603
                [*leash, *self._argv],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Ctrl-C is for the parent, which then stops its servers after what uses them.
                start_new_session=True,
            )
        atexit.register(self.kill)

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> None:
        """Poll `ready` until it is true; raise StartFailed when the program ended or time is up."""
        deadline = time.monotonic() + seconds
        while not ready():
            if not self.running:
                raise StartFailed(f"{self._argv[0]} ended at once:\n{self._log_tail()}")
            if time.monotonic() > deadline:
                self.kill()
                raise StartFailed(
                    f"{self._argv[0]} was not ready in {seconds} s:\n{self._log_tail()}"
                )
            time.sleep(POLL_SECONDS)

    def terminate(self) -> None:
        """Ask the program to end, without waiting for it."""
        if self._child is not None and self.running:
            self._child.terminate()

    def stop(self, grace_seconds: float = 15) -> None:
        """Ask the program to end, wait for it, and kill it after `grace_seconds`."""
        self.terminate()
        if self._child is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(grace_seconds)
        self.kill()

    def kill(self) -> None:
        """End the program without warning, as a crash would."""
        atexit.unregister(self.kill)
        if self._child is not None:
            self._child.kill()
            self._child.wait()

    def _log_tail(self, lines: int = 15) -> str:
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-lines:])


class Program(Server):
    """A server that is one program."""

    _process: Process

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process.running

    def stop(self) -> None:
        self._process.stop()

    def kill(self) -> None:
        self._process.kill()


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def free_port() -> int:
    """A loopback port that nothing listens on at the moment.

    It is drawn from below those that systems give to outgoing connections (Linux: from 32768 on): one of them would
    be taken now and then before whoever asked listens on it.
    """
    # Not from the seeded generator, which gives the same to all workers of a test run.
    for port in random.SystemRandom().sample(UNGIVEN_PORTS, 100):
        if port_is_free(port):
            return port
    raise StartFailed("a hundred ports in a row are taken")


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As servers do, so that a port in TIME_WAIT after a restart counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def port_answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((LOOPBACK, port)) == 0


def find_program(variable: str, name: str, *, wheel: str, path_in_wheel: str) -> Path | None:
    """The program named by an environment variable, else on the PATH, else inside an installed wheel."""
    if named := os.environ.get(variable):
        if not os.access(named, os.X_OK):
            raise Unavailable(f"{variable}={named} is not a program")
        return Path(named)
    if on_path := shutil.which(name):
        return Path(on_path)
    return _file_in_wheel(wheel, path_in_wheel)


def _file_in_wheel(wheel: str, path_in_wheel: str) -> Path | None:
    # The wheel's module is never imported: one of them acts at import time.
    try:
        file = Path(str(metadata.distribution(wheel).locate_file(path_in_wheel)))
    except metadata.PackageNotFoundError:
        return None
    return file if os.access(file, os.X_OK) else None
