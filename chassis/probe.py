"""The command `deskbus probe`: a synthetic customer that chats end to end, as a browser would.

Each run takes five steps by the public address: it is let in, redeems its ticket, opens a socket, sends a
message and waits until the same message comes back through the log, and ends the chat. What a run took and what
failed is told in a line and as metrics.
"""

import asyncio
import json
import os
import signal
import ssl
import time
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

import httpx
import typer
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server
from pydantic import Field
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin

from chassis.settings import Settings
from chassis.synthetic import probe_key, proof_of

STEPS: Final = ("admission", "redemption", "socket", "message", "end")
_SECONDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_PROTOCOL: Final = 1
_OWN_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_NOBODY_LISTENS: Final = "admission: ConnectError"
_TEXT: Final = "A message of the synthetic customer."

Frame = dict[str, Any]


class ProbeSettings(Settings):
    """The probe needs no broker and no database: it knows the desk from outside, and the secret."""

    kafka: str = Field("", exclude=True)
    mongo: str = Field("", exclude=True)


class StepFailed(Exception):
    """A step did not work; the text says why, in technical words."""

    def __init__(self, step: str, reason: str) -> None:
        super().__init__(f"{step}: {reason}")
        self.step = step


class Measures:
    """What is exported. Each step is there from the start, so that an alert can see the first failure."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        registry = self.registry
        self.step_seconds = Histogram(
            "deskbus_probe_step_seconds",
            "How long a step of the synthetic customer took",
            ["step"],
            buckets=_SECONDS,
            registry=registry,
        )
        self.seconds = Histogram(
            "deskbus_probe_seconds",
            "How long a whole run took",
            buckets=_SECONDS,
            registry=registry,
        )
        self.runs = Counter(
            "deskbus_probe_runs", "Runs by how they ended", ["outcome"], registry=registry
        )
        self.failures = Counter(
            "deskbus_probe_failures",
            "Failed runs by the step that failed",
            ["step"],
            registry=registry,
        )
        self.up = Gauge("deskbus_probe_up", "1 when the last run succeeded", registry=registry)
        self.last_success = Gauge(
            "deskbus_probe_last_success_timestamp_seconds",
            "When a run last succeeded",
            registry=registry,
        )
        for step in STEPS:
            self.step_seconds.labels(step)
            self.failures.labels(step)
        for outcome in ("success", "failure"):
            self.runs.labels(outcome)

    def note(self, took: dict[str, float], failed: str | None) -> None:
        """A run ended."""
        for step, seconds in took.items():
            self.step_seconds.labels(step).observe(seconds)
        self.runs.labels("failure" if failed else "success").inc()
        self.up.set(0 if failed else 1)
        if failed:
            self.failures.labels(failed).inc()
            return
        self.seconds.observe(sum(took.values()))
        self.last_success.set_to_current_time()


@dataclass
class Customer:
    """One run."""

    url: str
    portal: str
    key: bytes
    patience: float
    took: dict[str, float] = field(default_factory=dict)
    conversation: str = ""
    _secret: str = field(default_factory=lambda: uuid.uuid4().hex + uuid.uuid4().hex, repr=False)
    _token: str = field(default="", repr=False)

    async def chat(self) -> None:
        """All steps; raises `StepFailed`."""
        async with httpx.AsyncClient(
            base_url=f"{self.url}/api", timeout=self.patience, verify=trust_of(self.url)
        ) as http:
            async with self._step("admission"):
                ticket = await self._admission(http)
            async with self._step("redemption"):
                await self._post(http, "/chat/conversations", ticket=ticket, secret=self._secret)
            async with self._step("socket"):
                socket = await self._socket()
            try:
                async with self._step("message"):
                    await self._message(socket)
                async with self._step("end"):
                    await self._end(http, socket)
            finally:
                await socket.close()

    @asynccontextmanager
    async def _step(self, step: str) -> AsyncIterator[None]:
        began = time.perf_counter()
        try:
            async with asyncio.timeout(self.patience):
                yield
        except TimeoutError as error:
            raise StepFailed(step, f"no answer within {self.patience:g} s") from error
        except httpx.HTTPStatusError as error:
            raise StepFailed(step, _refusal(error.response)) from error
        except (httpx.HTTPError, WebSocketException, OSError) as error:
            raise StepFailed(step, type(error).__name__) from error
        except (KeyError, ValueError) as error:
            raise StepFailed(
                step, f"an answer that nobody expects ({type(error).__name__})"
            ) from error
        self.took[step] = time.perf_counter() - began

    async def _admission(self, http: httpx.AsyncClient) -> str:
        admission_id = str(uuid.uuid4())
        answer = await http.post(
            f"/portal/portals/{self.portal}/admissions",
            json={
                "admission_id": admission_id,
                "secret": self._secret,
                "first_name": "Synthetic",
                "last_name": "Customer",
                "email": "synthetic@example.com",
                "locale": "en",
                "probe": proof_of(self.key, admission_id),
            },
        )
        told = answer.raise_for_status().json()
        self.conversation, self._token = told["conversation_id"], told["access_token"]
        return str(told["ticket"])

    async def _socket(self) -> ClientConnection:
        address = self.url.replace("http", "ws", 1)
        trust = trust_of(self.url) if address.startswith("wss:") else None
        socket = await connect(f"{address}/ws", origin=Origin(self.url), ssl=trust)
        await _send(socket, {"t": "auth", "token": self._token, "protocol": _PROTOCOL})
        await _frame(socket, lambda frame: frame["t"] == "ready")
        await _send(socket, {"t": "watch", "conversation": self.conversation, "after": None})
        await _frame(socket, lambda frame: frame["t"] == "entries" and frame["complete"])
        return socket

    async def _message(self, socket: ClientConnection) -> None:
        """Acknowledged is not enough: the message has to come back through the log."""
        client_id = str(uuid.uuid4())
        ours = {"conversation": self.conversation, "client_id": client_id}
        await _send(socket, {"t": "send", "text": _TEXT, **ours})
        missing = {"ack", "entry"}

        def seen(frame: Frame) -> bool:
            entry = frame.get("entry", {})
            if client_id in (frame.get("client_id"), entry.get("client_id")):
                missing.discard(frame["t"])
            return not missing

        await _frame(socket, seen)

    async def _end(self, http: httpx.AsyncClient, socket: ClientConnection) -> None:
        path = f"/chat/conversations/{self.conversation}/end"
        await self._post(http, path, client_id=str(uuid.uuid4()))
        await _frame(socket, lambda frame: frame.get("entry", {}).get("kind") == "ended")

    async def _post(self, http: httpx.AsyncClient, path: str, **body: str) -> None:
        bearer = {"Authorization": f"Bearer {self._token}"}
        (await http.post(path, json=body, headers=bearer)).raise_for_status()


def trust_of(url: str) -> ssl.SSLContext:
    """Whom the probe believes: of its own machine it asks for no certificate, for nobody stands in between."""
    context = ssl.create_default_context()
    if urlsplit(url).hostname in _OWN_MACHINE:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


async def _send(socket: ClientConnection, frame: Frame) -> None:
    await socket.send(json.dumps(frame))


async def _frame(socket: ClientConnection, wanted: Callable[[Frame], bool]) -> None:
    """Reads until the wanted frame is there; an error that the server tells is a ValueError."""
    async for text in socket:
        frame = json.loads(text)
        if frame["t"] == "error":
            raise ValueError(frame["code"])
        if wanted(frame):
            return
    raise ConnectionError


def _refusal(answer: httpx.Response) -> str:
    """The status, the code of the error, and the fields that were not accepted."""
    try:
        error = answer.json()["error"]
        fields = [str(it["field"]) for it in error.get("fields") or ()]
        return " ".join([str(answer.status_code), error["code"], *fields])
    except (ValueError, KeyError):
        return str(answer.status_code)


# ---- running -------------------------------------------------------------------------------------


async def run_once(make: Callable[[], Customer], measures: Measures) -> str | None:
    """One run, told in a line; the failure, or None."""
    customer, failed = make(), None
    try:
        await customer.chat()
    except StepFailed as error:
        failed = error
    measures.note(customer.took, failed.step if failed else None)
    steps = ", ".join(f"{step} {seconds:.3f}" for step, seconds in customer.took.items())
    typer.echo(
        f"failed at {failed}" if failed else f"ok in {sum(customer.took.values()):.3f} s ({steps})",
        err=failed is not None,
    )
    return str(failed) if failed else None


async def run_for_ever(
    make: Callable[[], Customer], measures: Measures, every: float, give_up_after: int = 0
) -> int:
    """A run every so many seconds, until a signal; or until so many in a row found nobody listening, if it is not 0.

    Returns what the process ends with.
    """
    stopping, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    alone = 0
    while not stopping.is_set():
        began = loop.time()
        alone = alone + 1 if await run_once(make, measures) == _NOBODY_LISTENS else 0
        if give_up_after and alone >= give_up_after:
            return os.EX_UNAVAILABLE
        wait = max(0.0, every - (loop.time() - began))
        await asyncio.wait([asyncio.ensure_future(stopping.wait())], timeout=wait)
    return os.EX_OK


def probe(  # noqa: PLR0913, PLR0917 - the options
    url: Annotated[
        str, typer.Option(envvar="DESKBUS_PUBLIC_URL", help="Where browsers reach the desk.")
    ],
    portal: Annotated[str, typer.Option(help="The subdomain of the portal to chat at.")] = "demo",
    every: Annotated[float, typer.Option(min=1, help="Seconds from one run to the next.")] = 60,
    once: Annotated[
        bool, typer.Option("--once", help="One run; exits with 1 when it failed.")
    ] = False,
    patience: Annotated[float, typer.Option(min=0.1, help="Seconds that a step may take.")] = 10,
    host: Annotated[str, typer.Option(help="Where the metrics are served.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65_535, help="Their port; 0 serves none.")] = 9464,
    give_up_after: Annotated[
        int,
        typer.Option(
            min=0, help="Ends after so many runs in a row in which nobody listened; 0 never does."
        ),
    ] = 0,
) -> None:
    """Chat as a synthetic customer, end to end, and tell how it went.

    Each run is let in at a portal, redeems its ticket, opens a socket, sends a message, waits until that message
    comes back through the log, and ends the chat. Nobody is disturbed by it: a synthetic customer makes
    no case, rings nowhere and mails nothing, is let in whether or not somebody is available, and what it
    wrote is erased by the runs after it.

    Needs DESKBUS_SECRET, which proves to the desk that this is its own probe. Without --once it goes on until
    Ctrl-C and serves its metrics for Prometheus: deskbus_probe_up, deskbus_probe_runs_total,
    deskbus_probe_failures_total, deskbus_probe_step_seconds, deskbus_probe_seconds and
    deskbus_probe_last_success_timestamp_seconds. docs/operations.md says what to alert on.

    Try it: DESKBUS_SECRET=$(cat .deskbus/secret) deskbus probe --url http://127.0.0.1:8080 --once
    """
    key = probe_key(ProbeSettings.load().secret_key())
    measures = Measures()

    def make() -> Customer:
        return Customer(url.rstrip("/"), portal, key, patience)

    if once:
        raise typer.Exit(os.EX_OK if asyncio.run(run_once(make, measures)) is None else 1)
    if port:
        start_http_server(port, host, registry=measures.registry)
    raise typer.Exit(asyncio.run(run_for_ever(make, measures, every, give_up_after)))
