"""The whole compose file, running: what is killed comes back, and what was said is there (deploy/standins/prove.sh).

DESKBUS_COMPOSE is the command that speaks with it, DESKBUS_JOURNEY its address.
"""

import asyncio
import json
import os
import shlex
import signal
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import httpx
import pytest

from contracts.topics import SERVICES
from tests.support.client import DeskClient
from tests.support.desk import Desk
from tests.support.journal import Journal
from tests.support.people import Customer, Technician

pytestmark = [
    pytest.mark.skipif("DESKBUS_COMPOSE" not in os.environ, reason="no compose file is running"),
    pytest.mark.timeout(600),
]

STAYS = (*SERVICES, "kafka", "mongo", "gateway")
ONE_SHOTS = ("mongo-key", "mongo-setup", "provision")
SECONDS = 180.0


def compose(*arguments: str, check: bool = True) -> str:
    command = [*shlex.split(os.environ["DESKBUS_COMPOSE"]), "--progress", "quiet", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=500, check=False)
    assert not check or done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
    return done.stdout.strip()


def inspected(service: str) -> dict[str, Any]:
    name = compose("ps", "--all", "--quiet", service)
    done = subprocess.run(["docker", "inspect", name], capture_output=True, check=True, timeout=60)
    found: dict[str, Any] = json.loads(done.stdout)[0]
    return found


async def until(holds: Callable[[], bool], pause: float = 0.05) -> None:
    async with asyncio.timeout(SECONDS):
        while not holds():
            await asyncio.sleep(pause)


def healthy(service: str) -> bool:
    state = inspected(service)["State"]
    return bool(state["Running"] and state["Health"]["Status"] == "healthy")


class Gateway:
    """A desk behind one address."""

    def url(self, _: str) -> str:
        return os.environ["DESKBUS_JOURNEY"]

    @property
    def socket_url(self) -> str:
        return f"{self.url('chat').replace('http', 'ws', 1)}/ws"


@dataclass
class Talk:
    """A customer and a technician in one conversation, who write all the time."""

    journal: Journal
    customer: Customer
    technician: Technician
    clients: list[DeskClient] = field(default_factory=list)

    async def say(self, times: int) -> None:
        """Both say something so many times, and are heard."""
        for number in range(times):
            for client in self.clients:
                client.send(self.customer.conversation, f"{client.name} {number}")
            await until(lambda: all(client.idle() for client in self.clients))

    async def compare(self) -> None:
        """Both see what was acknowledged, once and in one order; and so does the store."""
        conversation = self.customer.conversation
        sent = sorted(self.journal.of(conversation), key=lambda entry: entry.seq or 0)
        wanted = [entry.id for entry in sent]
        assert None not in wanted
        for client in self.clients:
            view = client.views[conversation]
            await until(lambda v=view: len(v.messages()) == len(wanted))  # type: ignore[misc]
            assert view.messages() == wanted
        stored = [
            entry["id"]
            for entry in await self.technician.entries(conversation)
            if entry["kind"] == "message"
        ]
        assert stored == wanted
        assert self.journal.violations == []


@asynccontextmanager
async def talk(name: str) -> AsyncIterator[Talk]:
    place, journal = cast(Desk, Gateway()), Journal()
    async with httpx.AsyncClient() as http:
        technician = Technician(place, http, "greta@example.com")
        await technician.sign_in()
        await technician.set_available(True)
        customer = Customer(place, http, name)
        theirs, hers = await customer.enter(journal), technician.connect(journal)
        await until(lambda: hers.connections == 1)
        case = await technician.case(customer.conversation)
        await hers.watch(customer.conversation)
        (await technician.act(case, "assign")).raise_for_status()
        await until(lambda: hers.views[customer.conversation].complete)
        yield Talk(journal, customer, technician, [theirs, hers])
        for client in (theirs, hers):
            await client.close()


async def test_everything_is_up_and_what_runs_once_has_ended_well() -> None:
    for service in STAYS:
        await until(lambda s=service: healthy(s), 1.0)  # type: ignore[misc]
    for service in ONE_SHOTS:
        assert inspected(service)["State"]["ExitCode"] == 0


def test_what_runs_once_may_run_again() -> None:
    for service in ONE_SHOTS:
        told = compose("run", "--rm", "--no-deps", service)
        if service == "provision":
            assert told.endswith("All topics are there.")


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_cannot_write_and_is_nobody(service: str) -> None:
    asked = "id -u; touch /opt/deskbus/x 2>/dev/null || echo refused; cat /proc/1/status"
    told = compose("exec", "-T", service, "sh", "-c", asked)
    assert told.startswith("10001\nrefused")
    assert "CapEff:\t0000000000000000" in told
    assert "NoNewPrivs:\t1" in told
    assert 0 < inspected(service)["HostConfig"]["Memory"] <= 2**30


def test_nobody_outside_reads_what_is_for_inside() -> None:
    for path in ("/metrics", "/health/ready", "/health/live", "/api/nothing"):
        assert httpx.get(f"{os.environ['DESKBUS_JOURNEY']}{path}").status_code == 404
    too_large = b"x" * (33 * 1024 * 1024)
    url = f"{os.environ['DESKBUS_JOURNEY']}/api/portal/session"
    assert httpx.post(url, content=too_large).status_code == 413


def test_mongodb_lets_nobody_in_without_a_password() -> None:
    script = (
        "from pymongo import MongoClient; from pymongo.errors import OperationFailure\n"
        "try: MongoClient('mongo').deskbus_chat.entries.find_one()\n"
        "except OperationFailure as error: print(error.code)"
    )
    assert compose("exec", "-T", "chat", "python", "-c", script) == "13"


@pytest.mark.parametrize("service", STAYS)
async def test_a_killed_container_comes_back_and_nothing_is_lost(service: str) -> None:
    async with talk(f"Kill{service}") as both:
        await both.say(3)
        before = inspected(service)
        saying = asyncio.create_task(both.say(20))
        # From outside of the container, as the kernel would; `docker kill` counts as a wish that it stay away.
        os.kill(before["State"]["Pid"], signal.SIGKILL)
        await until(
            lambda: inspected(service)["State"]["StartedAt"] != before["State"]["StartedAt"], 0.2
        )
        await until(lambda: healthy(service), 1.0)
        await saying
        await both.say(3)
        await both.compare()


async def test_all_of_it_stops_and_starts_again_and_everything_is_there() -> None:
    async with talk("Restart") as both:
        await both.say(5)
        compose("down", "--timeout", "20")
        compose("up", "--detach", "--no-build")
        for service in STAYS:
            await until(lambda s=service: healthy(s), 1.0)  # type: ignore[misc]
        await both.say(3)
        await both.compare()
