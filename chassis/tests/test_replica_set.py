"""A new MongoDB becomes one with a replica set, an owner and a user: on a real one with a key file."""

import base64
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient
from pymongo.errors import OperationFailure

from chassis import replica_set
from chassis.devstack.mongod import mongod_program
from chassis.devstack.process import Process, Unavailable, free_port, port_answers
from chassis.settings import SettingsError

pytestmark = pytest.mark.mongo
DATABASES = ["desk_portal", "desk_chat"]


@dataclass
class Guarded:
    """A mongod as docker-compose.yml starts it."""

    data: Path
    program: Path
    port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        key = self.data / "key"
        key.write_text(base64.b64encode(os.urandom(90)).decode())
        key.chmod(0o400)
        (self.data / "db").mkdir()
        arguments = ["--replSet=desk", f"--keyFile={key}", f"--dbpath={self.data / 'db'}"]
        where = [f"--port={self.port}", "--bind_ip=127.0.0.1", "--nounixsocket"]
        self.process = Process(
            [str(self.program), *arguments, *where, "--oplogSize=16"], self.data / "log"
        )

    def start(self) -> None:
        self.process.start()
        self.process.wait_until(lambda: port_answers(self.port), 60)

    def address(self, password: str = "first") -> str:
        return f"mongodb://desk:{password}@127.0.0.1:{self.port}/?replicaSet=desk&authSource=admin"

    def set_up(self, password: str = "first", owner: str = "owner") -> None:
        # Its port stands in the address; the member's host is what services call it.
        replica_set.set_up(self.address(password), DATABASES, owner)

    def client(self, password: str = "first") -> MongoClient[dict[str, Any]]:
        return MongoClient(self.address(password), serverSelectionTimeoutMS=5_000)


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Guarded]:
    try:
        server = Guarded(tmp_path, mongod_program())
    except Unavailable as missing:
        pytest.skip(str(missing))
    server.start()
    yield server
    server.process.stop()


def test_a_new_database_is_set_up_and_a_second_time_changes_nothing(guarded: Guarded) -> None:
    guarded.set_up()
    guarded.set_up()
    with guarded.client() as client:
        with client.start_session() as session, session.start_transaction():
            client.desk_chat.entries.insert_one({"_id": 1}, session=session)
        assert client.desk_chat.entries.count_documents({}) == 1
        client.desk_portal.entries.create_index("x")
        assert client.admin.command("serverStatus")["ok"]
        with pytest.raises(OperationFailure):
            client.other.entries.insert_one({})
        with pytest.raises(OperationFailure):
            client.admin.command("createUser", "thief", pwd="x", roles=["root"])


def test_nobody_comes_in_without_a_password(guarded: Guarded) -> None:
    guarded.set_up()
    with (
        MongoClient[dict[str, Any]]("127.0.0.1", guarded.port, directConnection=True) as stranger,
        pytest.raises(OperationFailure),
    ):
        stranger.desk_chat.entries.find_one()


def test_what_was_interrupted_is_finished(
    guarded: Guarded, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the replica set and its owner, and between the owner and the user."""
    for step in ("_ensure_owner", "_ensure_user"):
        with monkeypatch.context() as patch:
            patch.setattr(replica_set, step, _interrupt)
            with pytest.raises(KeyboardInterrupt):
                guarded.set_up()
        guarded.process.kill()
        guarded.start()
    guarded.set_up()
    with guarded.client() as client:
        assert client.desk_chat.entries.count_documents({}) == 0


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_the_services_password_follows_the_settings_the_owners_does_not(guarded: Guarded) -> None:
    guarded.set_up()
    guarded.set_up(password="second")
    with guarded.client("second") as client:
        assert client.desk_chat.entries.count_documents({}) == 0
    with pytest.raises(SettingsError, match="DESKBUS_MONGO_ROOT_PASSWORD is not the password"):
        guarded.set_up(owner="another")


@pytest.mark.parametrize("address", ["mongodb://mongo/?replicaSet=x", "mongodb://a:b@mongo/"])
def test_an_address_that_says_too_little_is_told(address: str) -> None:
    with pytest.raises(SettingsError, match="must name a user, a password and a replicaSet"):
        replica_set.set_up(address, DATABASES, "owner")
