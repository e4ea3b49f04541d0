"""A whole desk as separate processes, one for each service, as production runs it; and a way to kill them."""

import asyncio
import base64
import json
import os
import secrets
import signal
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import httpx

from chassis.devstack.process import free_port

SERVICES = ("portal", "chat", "cases", "notify", "transcripts")
PASSWORD = "correct horse battery staple"
PEOPLE = (
    {"name": "Ada Admin", "email": "ada@example.com", "role": "administrator"},
    {"name": "Greta Lindqvist", "email": "greta@example.com", "role": "technician"},
    {"name": "Tomás Vega", "email": "tomas@example.com", "role": "technician"},
)
PORTALS = (
    {"company": "Demo", "subdomain": "demo"},
    {"company": "Demo Shop", "subdomain": "shop", "email": "optional"},
)
READY_SECONDS = 180.0


@dataclass
class Death:
    """One end of a process, and how long the service was away: `died_at` is of the monotonic clock."""

    service: str
    cause: str
    died_at: float
    at: datetime
    ready_after: float | None = None


@dataclass
class Incarnation:
    """How the next process of a service is to be started: with a failpoint armed, or plainly."""

    failpoints: str = ""


@dataclass
class Desk:
    """Starts the services on given addresses, restarts what dies, and notes every death."""

    kafka: str
    mongo: str
    name: str
    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    """More settings of the services, by their names in the environment."""
    grace: int = 60
    """Seconds that the portals bear with a page that is gone."""
    embedded: bool = False
    """Whether the broker is the memory-only one."""
    secret: str = field(
        default_factory=lambda: base64.b64encode(secrets.token_bytes(32)).decode(), repr=False
    )
    deaths: list[Death] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ports = {service: free_port() for service in SERVICES}
        self._processes: dict[str, asyncio.subprocess.Process] = {}
        self._next: dict[str, list[Incarnation]] = {service: [] for service in SERVICES}
        self._keepers: list[asyncio.Task[None]] = []
        self._stopping = False
        self._account = self.folder / "first-account.json"
        people = [{**person, "password": PASSWORD} for person in PEOPLE]
        portals = [{**portal, "grace": self.grace} for portal in PORTALS]
        self._account.write_text(
            json.dumps({"account": "Demo", "portals": portals, "people": people})
        )

    def url(self, service: str) -> str:
        return f"http://127.0.0.1:{self.ports[service]}"

    @property
    def socket_url(self) -> str:
        return f"ws://127.0.0.1:{self.ports['chat']}/ws"

    def database(self, service: str) -> str:
        return f"{self.name}_{service}"

    async def __aenter__(self) -> Self:
        await self._provision()
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Start every service, and wait until all are ready."""
        self._stopping = False
        self._keepers = [asyncio.create_task(self._keep(service)) for service in SERVICES]
        await asyncio.gather(*(self.ready(service) for service in SERVICES))

    async def stop(self) -> None:
        """End every service as an operator would; what does not end in time is killed."""
        self._stopping = True
        for process in self._processes.values():
            if process.returncode is None:
                process.terminate()
        done, slow = await asyncio.wait(self._keepers, timeout=15)
        for process in self._processes.values():
            if slow and process.returncode is None:
                process.kill()
        await asyncio.gather(*done, *slow, return_exceptions=True)

    def pid(self, service: str) -> int:
        """The process that serves it now."""
        return self._processes[service].pid

    def arm(self, service: str, failpoints: str) -> None:
        """The next process of this service dies at a failpoint."""
        self._next[service].append(Incarnation(failpoints))

    def kill(self, service: str) -> None:
        """End a service as the kernel's out-of-memory killer would."""
        os.kill(self._processes[service].pid, signal.SIGKILL)

    def signal(self, service: str, number: signal.Signals) -> None:
        """Send its process a signal."""
        self._processes[service].send_signal(number)

    async def ready(self, service: str, seconds: float = READY_SECONDS) -> None:
        deadline = time.monotonic() + seconds
        async with httpx.AsyncClient() as client:
            while why_not := await self._missing(client, service):
                if time.monotonic() > deadline:
                    raise TimeoutError(
                        f"{service} was not ready in {seconds} s: {why_not}\n{self.log(service)[-3000:]}"
                    )
                await asyncio.sleep(0.1)

    def log(self, service: str) -> str:
        return (self.folder / f"{service}.log").read_text(errors="replace")

    async def _missing(self, client: httpx.AsyncClient, service: str) -> str:
        """Why the service is not ready; empty when it is."""
        try:
            answer = await client.get(f"{self.url(service)}/health/ready", timeout=2)
        except httpx.HTTPError as error:
            return type(error).__name__
        return "" if answer.status_code == httpx.codes.OK else answer.text

    async def _provision(self) -> None:
        command = [sys.executable, "-m", "chassis.cli", "provision"]
        process = await asyncio.create_subprocess_exec(
            *command, env=self._environment("portal", "")
        )
        if await process.wait() != 0:
            raise RuntimeError("deskbus provision failed")

    async def _keep(self, service: str) -> None:
        while not self._stopping:
            incarnation = self._next[service].pop(0) if self._next[service] else Incarnation()
            code = await self._run(service, incarnation)
            if self._stopping:
                return
            cause = incarnation.failpoints or f"signal or exit {code}"
            death = Death(service, cause, time.monotonic(), datetime.now(UTC))
            self.deaths.append(death)
            self._keepers.append(asyncio.create_task(self._time_return(death)))

    async def _time_return(self, death: Death) -> None:
        await self.ready(death.service)
        death.ready_after = time.monotonic() - death.died_at

    async def _run(self, service: str, incarnation: Incarnation) -> int:
        with (self.folder / f"{service}.log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "chassis.cli", "serve", service),
                env=self._environment(service, incarnation.failpoints),
                stdout=log,
                stderr=log,
            )
            self._processes[service] = process
            return await process.wait()

    def _environment(self, service: str, failpoints: str) -> dict[str, str]:
        return {
            **{
                name: value for name, value in os.environ.items() if not name.startswith("DESKBUS_")
            },
            "DESKBUS_KAFKA": self.kafka,
            "DESKBUS_MONGO": self.mongo,
            "DESKBUS_DATABASE_PREFIX": self.name,
            "DESKBUS_SECRET": self.secret,
            "DESKBUS_PUBLIC_URL": self.url("portal"),
            "DESKBUS_PORT": str(self.ports[service]),
            "DESKBUS_FAILPOINTS": failpoints,
            "DESKBUS_EMBEDDED": str(self.embedded),
            "DESKBUS_FIRST_ACCOUNT": str(self._account),
            # Whoever works by REST alone has no console that could be gone.
            "DESKBUS_AWAY_AFTER_SECONDS": "0",
            **self.settings,
        }
