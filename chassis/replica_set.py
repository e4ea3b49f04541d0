"""Makes a new MongoDB one that Deskbus can use: a replica set of one, an owner, and a user for the services.

MongoDB with a key file takes its first user from its own host alone, so this runs beside it. Each step looks first
whether it is done already: it may be repeated at any time, also after it was interrupted, and changes passwords to what
the settings say by then.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from pydantic import Field, SecretStr
from pymongo import MongoClient
from pymongo.errors import ConnectionFailure, OperationFailure
from pymongo.uri_parser import parse_uri

from chassis.errors import RetryLater
from chassis.settings import PREFIX, Settings, SettingsError

OWNER: Final = "root"
PATIENCE_SECONDS: Final = 60.0
_PAUSE_SECONDS: Final = 0.2
_ALREADY_INITIALIZED: Final = 23
_REFUSED: Final = frozenset({13, 18})
"""Unauthorized, AuthenticationFailed."""

Client = MongoClient[dict[str, Any]]


class NoPrimary(RetryLater):
    """MongoDB does not answer, or does not take writes yet."""


class OwnerSettings(Settings):
    """What only the setting up of a database needs to know."""

    mongo_root_password: SecretStr = Field(description="the password of the database's owner, root")


def set_up(
    address: str, databases: list[str], owner_password: str, host: str = "127.0.0.1"
) -> None:
    """Make what `address` (as in DESKBUS_MONGO, with user, password and replica set) names true.

    The user may read and write `databases`, and see how the server is. `host` is where MongoDB is reached from here.
    Raises `SettingsError` and `NoPrimary`.
    """
    wanted = parse_uri(address)
    member, port = wanted["nodelist"][0]
    name = wanted["options"].get("replicaSet")
    if not (name and wanted["username"] and wanted["password"]):
        raise SettingsError(f"{PREFIX}MONGO must name a user, a password and a replicaSet.")
    with _client(host, port) as stranger:
        _until_answered(lambda: _initiate(stranger, name, f"{member}:{port}"))
        _until(lambda: bool(stranger.admin.command("hello").get("isWritablePrimary")))
        _ensure_owner(stranger, lambda: _client(host, port, owner_password), owner_password)
    with _client(host, port, owner_password) as owner:
        _ensure_user(owner, wanted["username"], wanted["password"], databases)


def _client(host: str, port: int, owner_password: str | None = None) -> Client:
    return MongoClient(
        host,
        port,
        username=OWNER if owner_password else None,
        password=owner_password,
        directConnection=True,
        serverSelectionTimeoutMS=2_000,
    )


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        with suppress(ConnectionFailure):
            if holds():
                return
        if time.monotonic() > deadline:
            raise NoPrimary
        time.sleep(_PAUSE_SECONDS)


def _until_answered(work: Callable[[], None]) -> None:
    def done() -> bool:
        work()
        return True

    _until(done)


def _initiate(stranger: Client, name: str, member: str) -> None:
    """A member that has its configuration knows the name of its set; only a new one is given one."""
    if stranger.admin.command("hello").get("setName"):
        return
    members = [{"_id": 0, "host": member}]
    try:
        stranger.admin.command("replSetInitiate", {"_id": name, "members": members})
    except OperationFailure as error:
        # It has a configuration after all, and is still reading it.
        if error.code not in {_ALREADY_INITIALIZED, *_REFUSED}:
            raise


def _ensure_owner(stranger: Client, as_owner: Callable[[], Client], password: str) -> None:
    # A client that was refused once does not recover, so this one is thrown away.
    with as_owner() as owner:
        if _admitted(owner):
            return
    try:
        stranger.admin.command("createUser", OWNER, pwd=password, roles=["root"])
    except OperationFailure as error:
        if error.code not in _REFUSED:
            raise
        raise SettingsError(
            f"{PREFIX}MONGO_ROOT_PASSWORD is not the password that this database was made with."
        ) from error


def _admitted(owner: Client) -> bool:
    try:
        owner.admin.command("ping")
    except OperationFailure as error:
        if error.code not in _REFUSED:
            raise
        return False
    return True


def _ensure_user(owner: Client, name: str, password: str, databases: list[str]) -> None:
    roles: list[dict[str, str]] = [{"role": "readWrite", "db": database} for database in databases]
    # For the measures of the server; it shows no data.
    roles.append({"role": "clusterMonitor", "db": "admin"})
    there = owner.admin.command("usersInfo", name)["users"]
    command = "updateUser" if there else "createUser"
    owner.admin.command(command, name, pwd=password, roles=roles)
