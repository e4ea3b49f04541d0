"""Chat on Apache Kafka: several instances share the log, and nobody notices which one they are at."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Iterator
from functools import partial
from random import Random
from typing import Any

import pytest
from websockets.asyncio.client import connect

from chassis.clock import SystemClock
from chassis.devstack.kafka import KafkaCluster
from chassis.devstack.process import Unavailable
from chassis.ids import new_id
from chassis.settings import Settings
from services.chat.domain import Place, message_sent
from services.chat.positions import offset_of, seq_of
from services.chat.tests.world import Customer, Frame, Instance, Person, running
from tests.support.neighbours import Neighbours, eventually

pytestmark = [pytest.mark.kafka, pytest.mark.mongo]


@pytest.fixture(scope="module")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KafkaCluster]:
    """A cluster of this module's own: what others write is sealed with keys that are unknown here."""
    cluster = KafkaCluster(tmp_path_factory.mktemp("kafka"))
    try:
        cluster.start()
    except Unavailable as missing:
        pytest.skip(str(missing))
    yield cluster
    cluster.stop()


@pytest.fixture
def settings(mongo_url: str, db_prefix: str, kafka: KafkaCluster) -> Settings:
    return Settings(
        kafka=kafka.address,
        mongo=mongo_url,
        database_prefix=db_prefix.rstrip("_"),
        secret=base64.b64encode(bytes(32)).decode(),
    )


@pytest.fixture
async def neighbours(settings: Settings) -> AsyncIterator[Neighbours]:
    async with Neighbours.moved_in(settings) as neighbours:
        yield neighbours


@pytest.fixture
async def instances(
    settings: Settings, neighbours: Neighbours
) -> AsyncIterator[tuple[Instance, Instance]]:
    async with (
        running(settings, instance="1") as one,
        running(settings, instance="2") as two,
    ):
        yield one, two


@pytest.fixture
async def customer(instances: tuple[Instance, Instance], neighbours: Neighbours) -> Customer:
    customer = Customer(neighbours)
    await customer.opens(instances[0])
    return customer


# ---- one conversation, two instances -------------------------------------------------------------


async def test_people_at_two_instances_talk_and_see_the_same(
    instances: tuple[Instance, Instance], neighbours: Neighbours, customer: Customer
) -> None:
    one, two = instances
    ada = await neighbours.employ("Ada")
    async with (
        Person.at(one, customer.token) as cleo,
        Person.at(two, neighbours.token(ada)) as technician,
    ):
        await cleo.watches(customer.conversation)
        await technician.watches(customer.conversation)
        for n in range(10):
            await cleo.writes(customer.conversation, f"question {n}")
            await technician.writes(customer.conversation, f"answer {n}")
        await cleo.sees(customer.conversation, "answer 9")
        await technician.sees(customer.conversation, "answer 9")
        assert cleo.shows(customer.conversation) == technician.shows(customer.conversation)
        await technician.say(t="typing", conversation=customer.conversation, on=True)
        assert (await cleo.hears("typing"))["who"]["name"] == "Ada"


async def test_a_resend_at_another_instance_is_the_same_message(
    instances: tuple[Instance, Instance], customer: Customer
) -> None:
    one, two = instances
    async with Person.at(one, customer.token) as here, Person.at(two, customer.token) as there:
        await here.watches(customer.conversation)
        await there.watches(customer.conversation)
        wanted = []
        for n in range(20):
            client_id, text = new_id(), f"message {n}"
            wanted.append(text)
            await asyncio.gather(
                here.writes(customer.conversation, text, client_id),
                there.writes(customer.conversation, text, client_id),
            )
        for person in (here, there):
            await person.writes(customer.conversation, "the end")
            await person.sees(customer.conversation, "the end")
            assert [it for it in person.texts(customer.conversation) if it != "the end"] == wanted


async def test_a_contradiction_between_instances_is_retracted_in_everybodys_view(
    instances: tuple[Instance, Instance], customer: Customer
) -> None:
    """Past the relay's own check, as two instances could accept two bodies at the same moment."""
    one, two = instances
    async with Person.at(one, customer.token) as here, Person.at(two, customer.token) as there:
        await here.watches(customer.conversation)
        await there.watches(customer.conversation)
        chat = one.app.state.chat
        live = await chat.relay.conversation(customer.conversation)
        client_id = new_id()
        for text in ("yes", "no"):
            await chat.log.append(_written(customer, live.place, client_id, text))
        for person in (here, there):
            await person.finds(partial(_retracted, person, customer))
            assert person.texts(customer.conversation) == ["yes"]
        (retraction,) = _retracted(here, customer) or []
        assert _retracted(there, customer) == [retraction]
        await eventually(
            lambda: chat.store.entry(retraction["id"]), lambda found: found is not None
        )


def _written(customer: Customer, place: Place, client_id: str, text: str) -> Any:
    return message_sent(customer.identity, place, client_id, text, SystemClock().now())


def _retracted(person: Person, customer: Customer) -> list[Frame] | None:
    shown = person.shows(customer.conversation)
    return [it for it in shown if it.get("code") == "retracted"] or None


# ---- coming and going ----------------------------------------------------------------------------


class Wanderer:
    """A client whose connection breaks all the time; it comes back to either instance."""

    def __init__(self, random: Random, token: str, conversation: str) -> None:
        self.random = random
        self.token = token
        self.conversation = conversation
        self.entries: list[Frame] = []
        self.done = False

    async def run(self, instances: tuple[Instance, Instance]) -> None:
        while not self.done:
            await self._visit(self.random.choice(instances), self.random.uniform(0, 0.4))

    async def finish(self, instance: Instance, last: str) -> None:
        """Stay until a text has come."""
        await self._visit(instance, 60, last)

    async def _visit(self, instance: Instance, seconds: float, last: str | None = None) -> None:
        after = self.entries[-1]["seq"] if self.entries else None
        async with connect(f"ws://{instance.address}/ws") as socket:
            await socket.send(json.dumps({"t": "auth", "token": self.token, "protocol": 1}))
            watch = {"t": "watch", "conversation": self.conversation, "after": after}
            await socket.send(json.dumps(watch))
            try:
                async with asyncio.timeout(seconds):
                    while not any(last and it.get("text") == last for it in self.entries):
                        self._take(json.loads(await socket.recv()))
            except TimeoutError:
                return

    def _take(self, frame: Frame) -> None:
        if frame["t"] == "entries":
            self.entries += frame["entries"]
        elif frame["t"] == "entry":
            self.entries.append(frame["entry"])


async def test_who_comes_and_goes_at_any_instance_sees_everything_once_and_in_order(
    instances: tuple[Instance, Instance], customer: Customer
) -> None:
    random = Random(7)
    wanderers = [Wanderer(random, customer.token, customer.conversation) for _ in range(4)]
    visits = [asyncio.create_task(it.run(instances)) for it in wanderers]
    acks = await _talk(instances, customer, 150)
    for it in wanderers:
        it.done = True
    await asyncio.gather(*visits)
    async with instances[0].browser(customer.token) as browser:
        await customer.posts(browser, "the end")
    await asyncio.gather(*(it.finish(random.choice(instances), "the end") for it in wanderers))
    for it in wanderers:
        seqs = [entry["seq"] for entry in it.entries]
        assert seqs == sorted(set(seqs))
        shown = [e["text"] for e in it.entries if e["kind"] == "message"]
        assert sorted(shown) == sorted([*acks, "the end"])
        assert [e["id"] for e in it.entries] == [e["id"] for e in wanderers[0].entries]


async def _talk(instances: tuple[Instance, Instance], customer: Customer, count: int) -> list[str]:
    """Messages from both instances at once; every one is acknowledged."""
    async with instances[0].browser(customer.token) as a, instances[1].browser(customer.token) as b:

        async def say(browser: Any, name: str) -> list[str]:
            texts = [f"{name} {n}" for n in range(count // 2)]
            for text in texts:
                await customer.posts(browser, text)
            return texts

        return [text for texts in await asyncio.gather(say(a, "a"), say(b, "b")) for text in texts]


async def test_positions_are_those_of_the_brokers_log(
    instances: tuple[Instance, Instance], customer: Customer
) -> None:
    one, two = instances
    async with one.browser(customer.token) as a, two.browser(customer.token) as b:
        positions = [await customer.posts(it, f"message {n}") for n in range(10) for it in (a, b)]
    assert positions == sorted(set(positions))
    epoch = one.app.state.chat.log.epoch
    assert [seq_of(epoch, offset_of(it)) for it in positions] == positions


# ---- what is accepted is stored ------------------------------------------------------------------


async def test_an_instance_that_leaves_has_its_partitions_stored_by_the_other(
    settings: Settings, neighbours: Neighbours
) -> None:
    customers = [Customer(neighbours) for _ in range(8)]
    async with running(settings, instance="1") as stays:
        async with running(settings, instance="2") as leaves:
            for customer in customers:
                await customer.opens(leaves)
        for customer in customers:
            async with stays.browser(customer.token) as browser:
                await customer.posts(browser, "after")
        store = stays.app.state.chat.store
        for customer in customers:

            async def stored(customer: Customer = customer) -> int:
                found = await store.load(customer.conversation)
                return len(found.positions) if found else 0

            # The opening, the message, and the bot's greeting.
            await eventually(stored, lambda count: count == 3)
