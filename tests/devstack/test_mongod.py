from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient
from pymongo.collection import Collection

from chassis.devstack.mongod import Mongod
from chassis.devstack.process import free_port

pytestmark = pytest.mark.mongo


@contextmanager
def notes_in(server: Mongod) -> Iterator[Collection[dict[str, Any]]]:
    with MongoClient[dict[str, Any]](server.url) as client:
        yield client["devstack"]["notes"]


def ids_in(server: Mongod) -> list[int]:
    with notes_in(server) as notes:
        return sorted(note["_id"] for note in notes.find())


def test_transactions_work_and_data_survives_a_stop_a_crash_and_a_new_port(tmp_path: Path) -> None:
    server = Mongod(tmp_path)
    with server, notes_in(server) as notes:
        with notes.database.client.start_session() as session, session.start_transaction():
            notes.insert_one({"_id": 1}, session=session)
        server.kill()
        server.start()
        assert ids_in(server) == [1]

    again = Mongod(tmp_path)
    assert again.port == server.port
    with again:
        assert ids_in(again) == [1]

    with Mongod(tmp_path, free_port()) as elsewhere, notes_in(elsewhere) as notes:
        assert elsewhere.port != server.port
        notes.insert_one({"_id": 2})
        assert ids_in(elsewhere) == [1, 2]


def test_it_answers_on_loopback_only(tmp_path: Path) -> None:
    with Mongod(tmp_path) as server, MongoClient[dict[str, Any]](server.url) as client:
        options = client.admin.command("getCmdLineOpts")["parsed"]
    assert options["net"]["bindIp"] == "127.0.0.1"


def test_the_shared_server_is_a_replica_set(mongo_url: str, db_prefix: str) -> None:
    with MongoClient[dict[str, Any]](mongo_url) as client:
        notes = client[f"{db_prefix}devstack"]["notes"]
        with client.start_session() as session, session.start_transaction():
            notes.insert_one({"_id": 1}, session=session)
            session.abort_transaction()
        assert notes.count_documents({}) == 0
