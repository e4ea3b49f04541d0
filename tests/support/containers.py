"""Run one server in a Docker container, as `python -m chassis.devstack` does with a local one."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from docker.errors import APIError
from testcontainers.community.kafka import KafkaContainer
from testcontainers.community.mongodb import MongoDBAtlasLocalContainer

from chassis.devstack.process import is_running

MONGO_IMAGE = "mongodb/mongodb-atlas-local:8.0"
KAFKA_IMAGE = "confluentinc/cp-kafka:8.1.0"
KAFKA_SETTINGS = {
    "KAFKA_AUTO_CREATE_TOPICS_ENABLE": "false",
    "KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS": "1000",
    "KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR": "1",
    "KAFKA_TRANSACTION_STATE_LOG_MIN_ISR": "1",
}
START_SECONDS = 120


@contextmanager
def mongo() -> Iterator[str]:
    with MongoDBAtlasLocalContainer(MONGO_IMAGE) as container:
        yield container.get_connection_url()


@contextmanager
def kafka() -> Iterator[str]:
    container = KafkaContainer(KAFKA_IMAGE).with_kraft()
    for name, value in KAFKA_SETTINGS.items():
        container.with_env(name, value)
    container.start(timeout=START_SECONDS)
    try:
        yield container.get_bootstrap_server()
    finally:
        container.stop()


def main(kind: str, follow: Annotated[int, typer.Option()]) -> None:
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    try:
        with {"mongo": mongo, "kafka": kafka}[kind]() as address:
            print(address, flush=True)
            while is_running(follow) and not ended.wait(0.5):
                pass
    except APIError as error:
        print(f"the engine cannot run {kind}: {error}", file=sys.stderr)
        raise typer.Exit(os.EX_UNAVAILABLE) from error


if __name__ == "__main__":
    typer.run(main)
