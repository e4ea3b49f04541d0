"""The command `deskbus`."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from chassis import graveyard
from chassis.devstack.process import StartFailed, Unavailable
from chassis.errors import RetryLater
from chassis.probe import probe
from chassis.settings import Settings, SettingsError
from contracts.topics import SERVICES, TOPICS

ALL: Final = "all"

app = typer.Typer(
    help="Deskbus: a self-hosted support desk on a message bus.\n\n"
    "To try it, run `deskbus up`. In production, run `deskbus provision` once for each release and "
    "`deskbus serve SERVICE` for each service, with DESKBUS_KAFKA, DESKBUS_MONGO and DESKBUS_SECRET set.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(graveyard.app, name="dead-letters")
app.command()(probe)


@app.command()
def up(
    data: Annotated[
        Path, typer.Option(help="Where everything is kept: database, secret, first account, logs.")
    ] = Path(".deskbus"),
) -> None:
    """Run the whole desk on this machine; Ctrl-C stops it and keeps all data.

    Starts a MongoDB and a small Kafka-compatible broker, unless DESKBUS_MONGO and DESKBUS_KAFKA
    give the addresses of others, then all services at http://127.0.0.1:8080 (DESKBUS_PORT).
    Mails go to a mailbox that is shown at /mailbox, unless DESKBUS_SMTP names a mail server.
    """
    # Here, because the other commands need nothing of it.
    from chassis.supervisor import Supervisor  # noqa: PLC0415

    Supervisor(data).run()


@app.command()
def serve(
    service: Annotated[str, typer.Argument(help=f"One of {', '.join(SERVICES)}; or {ALL}.")],
) -> None:
    """Run one service, or all in one process, in the foreground.

    Settings come from the environment. Needed are DESKBUS_KAFKA, DESKBUS_MONGO and DESKBUS_SECRET
    (make one by: openssl rand -base64 32); a wrong or unknown one is told in a sentence.
    """
    if service not in {*SERVICES, ALL}:
        raise typer.BadParameter(f"there is no service {service!r}: {', '.join((*SERVICES, ALL))}")
    from chassis.serve import serve as run  # noqa: PLC0415

    raise typer.Exit(run(SERVICES if service == ALL else (service,)))


@app.command()
def provision() -> None:
    """Create the topics that the broker at DESKBUS_KAFKA lacks; safe to repeat."""
    created = asyncio.run(_provision(Settings.load()))
    typer.echo(f"Created {', '.join(created)}." if created else "All topics are there.")


@app.command()
def provision_mongo() -> None:
    """Make a new MongoDB on this host a replica set with users; safe to repeat.

    DESKBUS_MONGO, as the services have it, says which user, password and replica set it shall have;
    DESKBUS_MONGO_ROOT_PASSWORD is the password of its owner.
    """
    from chassis.replica_set import OwnerSettings, set_up  # noqa: PLC0415

    settings = OwnerSettings.load()
    databases = [settings.database(service) for service in SERVICES]
    set_up(settings.mongo, databases, settings.mongo_root_password.get_secret_value())
    typer.echo("MongoDB is set up.")


async def _provision(settings: Settings) -> list[str]:
    from chassis.topics import admin  # noqa: PLC0415
    from chassis.topics import provision as create_topics  # noqa: PLC0415

    async with admin(settings) as client:
        return await create_topics(client, TOPICS)


def main() -> None:
    """Run the command; what a person can mend is told in a sentence, not in a traceback."""
    try:
        app()
    except SettingsError as error:
        _end(os.EX_CONFIG, str(error))
    except Unavailable as error:
        _end(os.EX_UNAVAILABLE, str(error))
    except StartFailed as error:
        _end(1, str(error))
    except RetryLater as error:
        _end(
            os.EX_TEMPFAIL, f"{type(error).__name__}: {(type(error).__doc__ or '').splitlines()[0]}"
        )


def _end(code: int, text: str) -> None:
    typer.echo(text, err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
