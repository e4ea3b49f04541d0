"""The mail server: it takes whatever is sent to anybody, and puts it into a folder."""

import os
import time
import uuid
from email.header import Header
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from chassis.devstack.mailbox.folder import SUFFIX
from chassis.devstack.process import LOOPBACK, Server, free_port


class Mailbox(Server):
    """A mail server on loopback, in a thread of this process. The folder keeps its mails when it stops."""

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self.folder = folder
        self.port = port or free_port()
        self._controller: Controller | None = None

    @property
    def address(self) -> str:
        return f"{LOOPBACK}:{self.port}"

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Not before: it has an event loop of its own from the start, which a stop alone closes.
        self._controller = Controller(
            Keeper(self.folder), LOOPBACK, self.port, enable_SMTPUTF8=True
        )
        self._controller.start()

    def stop(self) -> None:
        if self._controller is not None and self._controller.server is not None:
            self._controller.stop()


class Keeper:
    """aiosmtpd's handler."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name for it
        self,
        server: SMTP,  # noqa: ARG002
        session: Session,  # noqa: ARG002
        envelope: Envelope,
    ) -> str:
        """Whoever is told 250 will not send it again, so by then it is on the disk."""
        trace = [f"Return-Path: <{envelope.mail_from}>"]
        trace += [f"Delivered-To: {Header(to).encode()}" for to in envelope.rcpt_tos]
        head = "".join(f"{line}\r\n" for line in trace).encode()
        _write(self._folder, head + (envelope.original_content or b""))
        return "250 Kept in the mailbox"


def _write(folder: Path, mail: bytes) -> None:
    # Named by the time, so that a listing of the folder is in order.
    name = f"{time.time_ns() // 1_000_000:013d}-{uuid.uuid4().hex[:8]}"
    draft = folder / f"{name}.draft"
    with draft.open("wb") as out:
        out.write(mail)
        out.flush()
        os.fsync(out.fileno())
    draft.rename(folder / f"{name}{SUFFIX}")
