"""The directory in which `deskbus up` keeps everything: secret, first account, database, logs."""

import base64
import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from chassis.devstack.process import Unavailable
from chassis.settings import SECRET_BYTES

PEOPLE: Final = (
    ("Ada Admin", "ada@example.com", "administrator"),
    ("Greta Lindqvist", "greta@example.com", "technician"),
    ("Tomás Vega", "tomas@example.com", "technician"),
)
PORTALS: Final = (
    {"company": "Demo", "subdomain": "demo", "email": "required"},
    {"company": "Demo Shop", "subdomain": "shop", "email": "optional"},
)
_PASSWORD_BYTES: Final = 12


class Folder:
    """Made at the first run and found again by the next; only its owner can read it."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self.first_account = self.path / "first-account.json"
        self.log = self.path / "services.log"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep a second run out; the lock goes with the process, however it ends."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.path / "lock").open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                lock.seek(0)
                raise Unavailable(
                    f"Deskbus is running already with the data in {self.path} (process {lock.read().strip()}). "
                    "Stop that one first, or choose another directory: deskbus up --data DIRECTORY"
                ) from error
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
            yield

    def secret(self) -> str:
        """The secret that wraps the data keys; without it what customers wrote cannot be read."""
        file = self.path / "secret"
        if not file.exists():
            _write_private(file, base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode())
        return file.read_text()

    def account(self) -> dict[str, Any]:
        """The first account: portals `demo` and `shop`, an administrator and two technicians."""
        if not self.first_account.exists():
            _write_private(
                self.first_account, json.dumps(_new_account(), indent=2, ensure_ascii=False)
            )
        account: dict[str, Any] = json.loads(self.first_account.read_text())
        return account


def _new_account() -> dict[str, Any]:
    people = [
        {
            "name": name,
            "email": email,
            "role": role,
            "password": secrets.token_urlsafe(_PASSWORD_BYTES),
        }
        for name, email, role in PEOPLE
    ]
    return {"account": "Demo", "portals": PORTALS, "people": people}


def _write_private(file: Path, text: str) -> None:
    """Write a file that appears whole and was never readable by others."""
    draft = file.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    draft.rename(file)
