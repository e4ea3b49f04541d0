"""A chat instance is replaced as Kubernetes does it, and nobody who is in a chat misses or repeats a message.

First the new one is ready, then new connections go there, then the old one is told to stop (SIGTERM): it has every socket
come back (`resume`), which finds the new one and goes on where it was.
"""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import httpx
import pytest

from chassis.devstack.process import free_port
from tests.support.cable import Cable
from tests.support.client import DeskClient, View
from tests.support.desk import Desk
from tests.support.journal import Journal
from tests.support.people import Customer, Technician

pytestmark = [pytest.mark.mongo, pytest.mark.kafka, pytest.mark.timeout(300)]

SECONDS = 60.0


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(SECONDS):
        while not holds():
            await asyncio.sleep(0.02)


class Balanced(Desk):
    """A desk whose sockets pass a load balancer, here a cable."""

    cable: Cable

    @property
    def socket_url(self) -> str:
        return f"{self.cable.address.replace('http', 'ws')}/ws"


@asynccontextmanager
async def second_chat(desk: Desk) -> AsyncIterator[tuple[asyncio.subprocess.Process, int]]:
    """Another instance of chat, once it is ready, and its port."""
    port = free_port()
    environment = desk._environment("chat", "") | {
        "DESKBUS_PORT": str(port),
        "DESKBUS_INSTANCE": "chat-2",
    }
    with (desk.folder / "chat-2.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "chassis.cli", "serve", "chat"),
            env=environment,
            stdout=log,
            stderr=log,
        )
    try:
        await until_ready(f"http://127.0.0.1:{port}/health/ready")
        yield process, port
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def until_ready(url: str) -> None:
    async with httpx.AsyncClient() as http, asyncio.timeout(SECONDS):
        while True:
            try:
                if (await http.get(url, timeout=2)).status_code == httpx.codes.OK:
                    return
            except httpx.HTTPError:
                pass
            await asyncio.sleep(0.1)


async def talk(client: DeskClient, conversation: str, ended: asyncio.Event) -> None:
    """Write without a pause, so that some are on their way at every moment."""
    for number in range(2_000):
        if ended.is_set():
            return
        client.send(conversation, f"{client.name} {number}")
        await until(client.idle)


async def test_nobody_in_a_chat_misses_a_message_while_chat_is_replaced(
    own_kafka: str, mongo_url: str, db_prefix: str, tmp_path: Path
) -> None:
    journal = Journal()
    desk = Balanced(own_kafka, mongo_url, db_prefix.rstrip("_"), tmp_path)
    with Cable(desk.ports["chat"]) as cable:
        desk.cable = cable
        async with desk, httpx.AsyncClient() as http, second_chat(desk) as (new, new_port):
            people = await _enter(desk, http, journal)
            conversation = people[0][1]
            ended = asyncio.Event()
            talking = [asyncio.create_task(talk(c, conversation, ended)) for c, _ in people]
            await until(lambda: len(journal.acknowledged_at) > 20)

            cable.direct_to(new_port)
            old = desk.pid("chat")
            desk.signal("chat", signal.SIGTERM)
            await until(lambda: all(client.connections == 2 for client, _ in people))
            await until(lambda: any(death.service == "chat" for death in desk.deaths))
            for client, _ in people:
                told = [frame["reason"] for frame in client.frames if frame["t"] == "resume"]
                assert told == ["restart"], "the old instance went without a goodbye"
            reached = len(journal.acknowledged_at)
            await until(lambda: len(journal.acknowledged_at) > reached + 20)
            ended.set()
            await asyncio.gather(*talking)

            assert desk.pid("chat") != old
            assert new.returncode is None
            wanted = [
                sent.id for sent in sorted(journal.of(conversation), key=lambda s: s.seq or 0)
            ]
            assert None not in wanted
            for client, _ in people:
                view = client.views[conversation]
                await until(partial(_shows, view, len(wanted)))
                assert view.messages() == wanted
            assert journal.violations == []
            # The desk looks after its dead until they are back, and would wait for this one at its own end.
            await until(lambda: desk.deaths[0].ready_after is not None)
            for client, _ in people:
                await client.close()


def _shows(view: View, count: int) -> bool:
    return len(view.messages()) == count


async def _enter(
    desk: Desk, http: httpx.AsyncClient, journal: Journal
) -> list[tuple[DeskClient, str]]:
    greta = Technician(desk, http, "greta@example.com")
    await greta.sign_in()
    await greta.set_available(True)
    customer = Customer(desk, http, "Nora")
    theirs = await customer.enter(journal)
    hers = greta.connect(journal)
    await until(lambda: hers.connections == 1)
    case = await greta.case(customer.conversation)
    await hers.watch(customer.conversation)
    (await greta.act(case, "assign")).raise_for_status()
    await until(lambda: hers.views[customer.conversation].complete)
    return [(theirs, customer.conversation), (hers, customer.conversation)]
