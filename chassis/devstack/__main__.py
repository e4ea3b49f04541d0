"""Run one server of the devstack: print its address once it serves, and stop it on Ctrl-C or SIGTERM."""

import os
import signal
import sys
import tempfile
import threading
from pathlib import Path
from typing import Annotated

import typer

from chassis.devstack.kafka import KafkaCluster
from chassis.devstack.mongod import Mongod
from chassis.devstack.process import Server, StartFailed, Unavailable, is_running
from chassis.devstack.tansu import Tansu

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)

Data = Annotated[
    Path | None, typer.Option(help="A directory for its data; a temporary one by default.")
]
Port = Annotated[int | None, typer.Option(help="A free one by default.")]
Brokers = Annotated[int, typer.Option(help="1, or 3 with replication as in production.")]
Follow = Annotated[int | None, typer.Option(help="Stop as well when the process of this id ends.")]

FOLLOW_SECONDS = 0.5


@app.command()
def mongo(data: Data = None, port: Port = None, follow: Follow = None) -> None:
    """Run a MongoDB replica set of one. What is in --data is there again the next time."""
    with tempfile.TemporaryDirectory(prefix="deskbus-mongo-") as temporary:
        server = Mongod(data or Path(temporary), port, for_now=data is None)
        _serve(server, server.url, follow)


@app.command()
def tansu(data: Data = None, port: Port = None, follow: Follow = None) -> None:
    """Run Tansu, the embedded Kafka-compatible broker, which keeps everything in memory."""
    with tempfile.TemporaryDirectory(prefix="deskbus-tansu-") as temporary:
        server = Tansu(data or Path(temporary), port)
        _serve(server, server.address, follow)


@app.command()
def kafka(brokers: Brokers = 1, data: Data = None, follow: Follow = None) -> None:
    """Run Apache Kafka. It begins empty each time."""
    with tempfile.TemporaryDirectory(prefix="deskbus-kafka-") as temporary:
        server = KafkaCluster(data or Path(temporary), brokers)
        _serve(server, server.address, follow)


def _serve(server: Server, address: str, follow: int | None) -> None:
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with server:
        print(address, flush=True)
        while not ended.wait(FOLLOW_SECONDS):
            if follow is not None and not is_running(follow):
                break


if __name__ == "__main__":
    try:
        app()
    except Unavailable as error:
        print(error, file=sys.stderr)
        sys.exit(os.EX_UNAVAILABLE)
    except StartFailed as error:
        sys.exit(str(error))
