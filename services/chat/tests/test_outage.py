"""While the database or the broker is away nothing is acknowledged that could be lost, and then it goes on."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest

from chassis.devstack.mongod import Mongod
from chassis.devstack.tansu import Tansu
from chassis.ids import new_id
from chassis.settings import Settings
from services.chat import log
from services.chat.tests.world import Customer, Instance, Person
from tests.support.neighbours import Neighbours, eventually

pytestmark = [pytest.mark.tansu, pytest.mark.mongo]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Mongod]:
    """A server of this test's own, which it may stop."""
    server = Mongod(tmp_path / "mongo")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def settings(database: Mongod, broker: Tansu) -> Settings:
    return Settings(
        kafka=broker.address,
        mongo=database.url,
        embedded=True,
        secret=base64.b64encode(bytes(32)).decode(),
    )


async def test_without_the_database_a_message_is_not_accepted_and_a_resend_is_once(
    chat: Instance,
    neighbours: Neighbours,
    database: Mongod,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(log, "STORED_SECONDS", 0.5)
    customer, client_id = Customer(neighbours), new_id()
    await customer.opens(chat)
    frame = {
        "t": "send",
        "conversation": customer.conversation,
        "client_id": client_id,
        "text": "hello",
    }
    async with Person.at(chat, customer.token) as cleo:
        await cleo.watches(customer.conversation)
        database.kill()
        await cleo.say(**frame)
        error = await cleo.hears("error")
        assert (error["code"], error["retry"], error["client_id"]) == (
            "unavailable",
            True,
            client_id,
        )
        assert cleo.of("ack") == []
        readiness = chat.app.state.runtime.readiness
        checks = await eventually(readiness, lambda found: bool(found["log"]))
        assert checks["database"]
        database.start()
        await eventually(readiness, lambda found: not any(found.values()))
        await cleo.say(**frame)
        await cleo.hears("ack")
        assert cleo.texts(customer.conversation) == ["hello"]
    stored = await chat.app.state.chat.store.load(customer.conversation)
    assert len(stored.positions) == len(["opened", "message", "greeting"])
