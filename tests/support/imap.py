"""A mailbox as a provider has it: as much of IMAP (RFC 3501, UIDPLUS, MOVE) as is asked of it, over real sockets."""

import asyncio
import re
import ssl
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass
class Lying:
    """A mail in a folder."""

    uid: int
    raw: bytes
    flags: set[str] = field(default_factory=set)


@dataclass
class Mailbox:
    """It listens on a port of its own while entered. What `breaks` names breaks the connection, so often."""

    user: str = "support@firm.example"
    password: str = 'pa"ss word'
    capabilities: str = "IMAP4rev1 UIDPLUS MOVE"
    tls: ssl.SSLContext | None = None
    implicit_tls: bool = False
    tells_next: bool = True
    makes_folders: bool = True
    validity: int = 7
    breaks: Counter[str] = field(default_factory=Counter)
    commands: list[str] = field(default_factory=list)
    folders: dict[str, list[Lying]] = field(default_factory=lambda: {"INBOX": [], "Done": []})
    port: int = 0

    def __post_init__(self) -> None:
        self._next = 1
        self._server: asyncio.Server | None = None

    @property
    def inbox(self) -> list[Lying]:
        return self.folders["INBOX"]

    def lay(self, raw: bytes) -> int:
        """A mail comes in; its uid."""
        self.inbox.append(Lying(self._next, raw))
        self._next += 1
        return self._next - 1

    def count_anew(self) -> None:
        """As a server that has lost its index."""
        self.validity += 1
        for uid, mail in enumerate(self.inbox, start=1):
            mail.uid = uid
        self._next = len(self.inbox) + 1

    async def __aenter__(self) -> Self:
        tls = self.tls if self.implicit_tls else None
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, ssl=tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"* OK ready\r\n")
        session = _Session(self, reader, writer)
        try:
            while line := await reader.readline():
                await session.command(line.decode().rstrip("\r\n"))
                await writer.drain()
        except (ConnectionError, _Broken):
            pass
        finally:
            writer.close()


class _Broken(Exception):
    """The connection breaks."""


class _Session:
    def __init__(
        self, box: Mailbox, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._box = box
        self._reader = reader
        self._writer = writer
        self._in = False
        self._folder: list[Lying] = []

    async def command(self, line: str) -> None:
        tag, _, rest = line.partition(" ")
        word, _, arguments = rest.partition(" ")
        name = word.upper()
        if name == "UID":
            name, _, arguments = arguments.partition(" ")
            name = f"UID {name.upper()}"
        self._box.commands.append(name)
        if self._box.breaks[name] > 0:
            self._box.breaks[name] -= 1
            raise _Broken
        work: Callable[[str], Any] | None = getattr(self, name.lower().replace(" ", "_"), None)
        if work is None or (name.startswith(("UID", "SELECT")) and not self._in):
            self._say(f"{tag} BAD what is {name}")
            return
        try:
            answer = work(arguments)
        except LookupError:
            self._say(f"{tag} NO there is none")
            return
        self._say(f"{tag} {answer or 'OK done'}")
        if name == "STARTTLS":
            assert self._box.tls is not None
            await self._writer.drain()
            await self._writer.start_tls(self._box.tls)

    def _say(self, line: str) -> None:
        self._writer.write(line.encode() + b"\r\n")

    # ---- commands --------------------------------------------------------------------------------

    def capability(self, _: str) -> None:
        offered = " STARTTLS" if self._box.tls and not self._box.implicit_tls else ""
        self._say(f"* CAPABILITY {self._box.capabilities}{offered}")

    def starttls(self, _: str) -> None:
        """TLS begins behind the answer."""

    def login(self, arguments: str) -> str | None:
        found = re.fullmatch(r'"?([^" ]+)"? "((?:[^"\\]|\\.)*)"', arguments)
        given = (found[1], re.sub(r"\\(.)", r"\1", found[2])) if found else None
        self._in = given == (self._box.user, self._box.password)
        return None if self._in else "NO [AUTHENTICATIONFAILED] wrong"

    def create(self, arguments: str) -> str | None:
        if not self._box.makes_folders:
            return "NO not here"
        self._box.folders.setdefault(arguments.strip('"'), [])
        return None

    def select(self, arguments: str) -> str:
        self._folder = self._box.folders[arguments.strip('"')]
        self._say(f"* {len(self._folder)} EXISTS")
        self._say(f"* OK [UIDVALIDITY {self._box.validity}] valid")
        if self._box.tells_next:
            self._say(f"* OK [UIDNEXT {max((it.uid for it in self._folder), default=0) + 1}] next")
        return "OK [READ-WRITE] open"

    def uid_search(self, arguments: str) -> None:
        every = [it.uid for it in self._folder]
        if found := re.fullmatch(r"UID (\d+):\*", arguments):
            every = sorted({it for it in every if it >= int(found[1])} | {*every[-1:]})
        else:
            assert re.fullmatch(r"SINCE \d{1,2}-[A-Z][a-z]{2}-\d{4}", arguments), arguments
        self._say(f"* SEARCH {' '.join(map(str, every))}".rstrip())

    def uid_fetch(self, arguments: str) -> None:
        uid, _, asked = arguments.partition(" ")
        for number, mail in enumerate(self._folder, start=1):
            if mail.uid == int(uid):
                self._fetched(number, mail, asked)

    def _fetched(self, number: int, mail: Lying, asked: str) -> None:
        head = f"* {number} FETCH (UID {mail.uid} "
        if asked == "(RFC822.SIZE)":
            self._say(f"{head}RFC822.SIZE {len(mail.raw)})")
            return
        assert asked == "(BODY.PEEK[])", asked
        self._writer.write(f"{head}BODY[] {{{len(mail.raw)}}}\r\n".encode() + mail.raw + b")\r\n")

    def uid_store(self, arguments: str) -> None:
        uid, action, flags = arguments.split(" ", 2)
        assert action == "+FLAGS"
        self._find(uid).flags |= {*flags.strip("()").split()}

    def uid_copy(self, arguments: str) -> None:
        uid, _, folder = arguments.partition(" ")
        self._box.folders[folder.strip('"')].append(self._find(uid))

    def uid_move(self, arguments: str) -> None:
        self.uid_copy(arguments)
        self._folder.remove(self._find(arguments.partition(" ")[0]))

    def uid_expunge(self, arguments: str) -> None:
        mail = self._find(arguments)
        assert r"\Deleted" in mail.flags
        self._folder.remove(mail)

    def _find(self, uid: str) -> Lying:
        found = [it for it in self._folder if it.uid == int(uid)]
        if not found:
            raise LookupError
        return found[0]
