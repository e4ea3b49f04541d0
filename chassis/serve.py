"""Runs one service, or all of them behind the gateway, in this process."""

import gc
import os
import resource
import signal
import socket
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from types import FrameType
from typing import Final

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp

from chassis import dozing, failpoints, logs, tracing
from chassis.devstack.mailbox import page
from chassis.environment import check_environment
from chassis.gateway import Gateway
from chassis.settings import Settings
from contracts.topics import SERVICES

# A frame over chat's own limit must reach chat, which says so before it closes.
_FRAME_LIMIT: Final = 256 * 1024
_STOP_SECONDS: Final = 5
_BEHIND_THE_RELAY: Final = 5
"""Where services share a machine, chat comes first: people wait for its answers, and for nobody else's as closely."""
START_FAILED: Final = 3


class Server(uvicorn.Server):
    """Gives services their word to their sockets, which uvicorn closes before their lifespan ends.

    A service with sockets puts a coroutine function into `app.state.farewell`.
    """

    def __init__(self, config: uvicorn.Config, apps: Iterable[FastAPI]) -> None:
        super().__init__(config)
        self._apps = list(apps)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal ends a start at once, also one that waits for what is away.

        uvicorn would wait for it. Nobody is served yet, and what has been begun is left as by a crash.
        """
        if not self.started:
            signal.signal(sig, signal.SIG_DFL)
            signal.raise_signal(sig)
        super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Say goodbye, then stop."""
        for app in self._apps:
            if farewell := getattr(app.state, "farewell", None):
                await farewell()
        await super().shutdown(sockets)


def serve(services: Sequence[str]) -> int:
    """Serve until a signal; returns the exit code. Raises `SettingsError`."""
    check_environment()
    settings = Settings.load()
    _allow_sockets()
    _let_chat_come_first(services)
    logs.configure(settings)
    failpoints.arm(settings.failpoints)
    dozing.arm(armed=settings.embedded and set(services) == set(SERVICES))
    named = f"deskbus-{services[0]}" if len(services) == 1 else "deskbus"
    tracing.arm(settings.traces, named, settings.instance)
    apps = {name: _create(name) for name in services}
    server = Server(_config(_together(apps), settings), apps.values())
    # What the imports made stays for ever; the collector need not look at it again.
    gc.collect()
    gc.freeze()
    server.run()
    tracing.disarm()
    return 0 if server.started else START_FAILED


def _let_chat_come_first(services: Sequence[str]) -> None:
    """Run at a lower priority, unless this process has people's sockets."""
    if "chat" not in services:
        os.nice(_BEHIND_THE_RELAY)


def _allow_sockets() -> None:
    """Use all of the file descriptors that the operator grants: many systems begin with 1,024 of them."""
    _, granted = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (granted, granted))


def _together(apps: Mapping[str, FastAPI]) -> ASGIApp:
    if len(apps) == 1:
        return next(iter(apps.values()))
    return Gateway(apps, page.routes(page.MailboxSettings.load()))


def _create(name: str) -> FastAPI:
    app: FastAPI = import_module(f"services.{name}.app").create()
    return app


def _config(app: ASGIApp, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        loop="auto",
        http="httptools",
        ws="websockets-sansio",
        ws_max_size=_FRAME_LIMIT,
        # Compression costs each idle socket more memory than all the rest of it.
        ws_per_message_deflate=False,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_STOP_SECONDS,
    )
