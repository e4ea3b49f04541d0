"""`deskbus up`: MongoDB, a broker, a mailbox and all services, started in order, watched, and stopped in reverse.

A service process that dies is started again after 1, 2, then 4 seconds. A MongoDB that dies is
started again under the services, who wait for it. The embedded broker forgets everything when it
dies, so it takes the services with it: they publish again at their start what it must know.
"""

import asyncio
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Final

import typer

from chassis.devstack.mailbox.sink import Mailbox
from chassis.devstack.mongod import Mongod
from chassis.devstack.process import LOOPBACK, Process, StartFailed, free_port, port_is_free
from chassis.devstack.tansu import Tansu
from chassis.environment import check_environment
from chassis.folder import Folder
from chassis.settings import Settings, SettingsError
from chassis.topics import admin, provision
from contracts.topics import TOPICS

READY_SECONDS: Final = 180.0
WATCH_SECONDS: Final = 0.2
BACKOFF_SECONDS: Final = (1.0, 2.0, 4.0)
# After this time a process counts as healthy, and its next death as the first.
HEALTHY_SECONDS: Final = 30.0
_DEFAULT_PORT: Final = "8080"
DESK_ADDRESS: Final = "desk@deskbus.example"
"""From which a desk on one machine writes, and where it is answered; nothing of it leaves the machine."""


class Supervisor:
    """Runs the desk whose data is in a folder. What is given in the environment is not started here."""

    def __init__(self, data: Path) -> None:
        self._folder = Folder(data)
        self._mongod: Mongod | None = None
        self._broker: Tansu | None = None
        self._mailbox: Mailbox | None = None
        # -P, so that no module is taken from the directory in which a person happens to be.
        command = [sys.executable, "-P", "-m", "chassis.cli", "serve", "all"]
        self._services = Process(command, self._folder.log)
        self._deaths = 0
        self._started_at = 0.0

    def run(self) -> None:
        """Run until Ctrl-C or SIGTERM. Raises `SettingsError`, `Unavailable` and `StartFailed`."""
        # Both: a shell has what it starts in its background ignore Ctrl-C, and whoever sends it means it.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.default_int_handler)
        check_environment()
        with self._folder.held():
            try:
                self._start()
                self._announce()
                while True:
                    time.sleep(WATCH_SECONDS)
                    self._watch()
            except KeyboardInterrupt:
                typer.echo("\nStopping. All data is kept.")
            finally:
                self._stop()

    # ---- starting and stopping -------------------------------------------------------------------

    def _start(self) -> None:
        typer.echo("Starting Deskbus ...")
        self._choose_settings()
        settings = Settings.load()
        if not port_is_free(settings.port):
            raise SettingsError(
                f"Port {settings.port} is in use. Stop what uses it, or choose another: DESKBUS_PORT=8090 deskbus up"
            )
        if self._mongod:
            self._mongod.launch()
        if self._mailbox:
            self._mailbox.start()
        # Meanwhile MongoDB elects itself, which takes the longest.
        self._start_broker()
        if self._mongod:
            self._mongod.await_primary()
        self._start_services()

    def _choose_settings(self) -> None:
        """Fill in what the environment leaves open; the services inherit it."""
        chosen = {"PORT": _DEFAULT_PORT, "LOG_FORMAT": "console", **self._addresses()}
        chosen["PUBLIC_URL"] = f"http://127.0.0.1:{os.environ.get('DESKBUS_PORT', _DEFAULT_PORT)}"
        chosen["FIRST_ACCOUNT"] = str(self._folder.first_account)
        if "DESKBUS_FIRST_ACCOUNT" not in os.environ:
            self._folder.account()
        if "DESKBUS_SECRET" not in os.environ:
            chosen["SECRET"] = self._folder.secret()
        for name, value in chosen.items():
            os.environ.setdefault(f"DESKBUS_{name}", value)

    def _addresses(self) -> dict[str, str]:
        chosen = {}
        if "DESKBUS_MONGO" not in os.environ:
            self._mongod = Mongod(self._folder.path / "mongo")
            chosen["MONGO"] = self._mongod.url
        if "DESKBUS_KAFKA" not in os.environ:
            self._broker = Tansu(self._folder.path / "broker")
            chosen |= {"KAFKA": self._broker.address, "EMBEDDED": "true"}
        return chosen | self._mail()

    def _mail(self) -> dict[str, str]:
        if "DESKBUS_SMTP" in os.environ:
            return {}
        self._mailbox = Mailbox(self._folder.path / "mailbox")
        return {
            "SMTP": self._mailbox.address,
            "SMTP_SECURITY": "none",
            "MAIL_FROM": DESK_ADDRESS,
            "MAIL_INTAKE": DESK_ADDRESS,
            "MAIL_DOMAIN": DESK_ADDRESS.rpartition("@")[2],
            "MAIL_LISTEN": f"{LOOPBACK}:{free_port()}",
            "MAILBOX": str(self._mailbox.folder),
        }

    def _start_broker(self) -> None:
        if self._broker:
            self._broker.start()
        asyncio.run(_provision())

    def _start_services(self) -> None:
        self._services.start()
        self._started_at = time.monotonic()
        self._services.wait_until(_ready, READY_SECONDS)

    def _stop(self) -> None:
        self._services.stop()
        for server in (self._mailbox, self._broker, self._mongod):
            if server:
                server.stop()

    # ---- watching --------------------------------------------------------------------------------

    def _watch(self) -> None:
        if self._mongod and not self._mongod.running:
            typer.echo("MongoDB ended unexpectedly; starting it again.")
            self._mongod.start()
        if self._broker and not self._broker.running:
            typer.echo("The broker ended unexpectedly; starting it and the services again.")
            self._services.stop()
            self._start_broker()
            self._restart_services()
        elif not self._services.running:
            typer.echo("The services ended unexpectedly; starting them again.")
            self._restart_services()

    def _restart_services(self) -> None:
        if time.monotonic() - self._started_at > HEALTHY_SECONDS:
            self._deaths = 0
        time.sleep(BACKOFF_SECONDS[min(self._deaths, len(BACKOFF_SECONDS) - 1)])
        self._deaths += 1
        try:
            self._start_services()
        except StartFailed as error:
            # The next look finds them dead and tries once more, a little later.
            typer.echo(str(error), err=True)
        else:
            typer.echo("Deskbus is back.")

    # ---- what a person sees ----------------------------------------------------------------------

    def _announce(self) -> None:
        url, account = Settings.load().public_url, self._folder.account()
        typer.secho("\nDeskbus is ready.\n", bold=True)
        typer.echo(f"  Console   {url}/console")
        for person in account["people"]:
            typer.echo(f"            {_sign_in(person)}")
        for portal in account["portals"]:
            address = f"{url}/p/{portal['subdomain']}"
            typer.echo(f"  Portal    {address}   (what customers of {portal['company']} see)")
        if self._mailbox:
            typer.echo(f"  Mailbox   {url}/mailbox   (every mail that the desk sends)")
            place = os.environ["DESKBUS_MAIL_LISTEN"]
            typer.echo(f"  Mail in   {place}   (SMTP; the mailbox says how to write to the desk)")
        typer.echo(f"  REST API  {url}/api/docs")
        typer.echo(f"  Data      {self._folder.path}")
        typer.echo(f"  Log       {self._folder.log}\n")
        typer.echo("Ctrl-C stops it; the next run goes on with the same data.")


def _sign_in(person: dict[str, Any]) -> str:
    return f"{person['email']:<20} {person['password']}   ({person['role']})"


async def _provision() -> None:
    async with admin(Settings.load()) as client:
        await provision(client, TOPICS)


def _ready() -> bool:
    url = f"http://127.0.0.1:{Settings.load().port}/health/ready"
    try:
        with urllib.request.urlopen(url, timeout=3) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004
    except (urllib.error.URLError, OSError):
        return False
