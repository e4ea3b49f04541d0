"""A technician's console as the browser runs it, without a page: a Node process that takes commands."""

import asyncio
import json
import os
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, Self

WEB = Path(__file__).parents[2] / "web"
ANSWER_SECONDS = 60.0
CLOSE_SECONDS = 10.0
LONGEST_LINE = 1 << 26
"""In bytes: everything that one console sees is one line."""


class Place(Protocol):
    """Where a desk answers."""

    def url(self, service: str) -> str: ...

    @property
    def socket_url(self) -> str: ...


class Refused(Exception):
    """The console cannot do it: it does not know the case, for one."""


@dataclass
class Console:
    """One console. Commands may be given while others are under way, as a quick person does."""

    name: str
    id: str = ""
    """Of the technician who sits there."""
    _process: asyncio.subprocess.Process | None = None
    _answers: dict[int, asyncio.Future[Any]] = field(default_factory=dict)
    _reader: asyncio.Task[None] | None = None
    _count: int = 0

    @classmethod
    async def enter(cls, name: str, desk: Place, email: str, password: str) -> Self:
        """Open a console and sign in."""
        services = ("portal", "chat", "cases", "notify", "transcripts")
        place = {"api": {it: desk.url(it) for it in services}, "socket": desk.socket_url}
        # The one that the lock names, or else whichever there is.
        here = Path(sys.executable).parent / "node"
        node = str(here) if here.exists() else shutil.which("node")
        assert node, "there is no node"
        # In a group of its own it would outlive a test that is interrupted.
        process = await asyncio.create_subprocess_exec(
            node, "scripts/headless-console.mjs", json.dumps(place), cwd=WEB, env=os.environ,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=LONGEST_LINE,
        )  # fmt: skip
        console = cls(name, _process=process)
        console._reader = asyncio.create_task(console._read())
        console.id = (await console.do("enter", email=email, password=password))["id"]
        return console

    async def do(self, name: str, **said: Any) -> Any:
        """The answer to a command; raises `Refused`."""
        assert self._process is not None
        assert self._process.stdin is not None
        self._count += 1
        number, answer = self._count, asyncio.get_running_loop().create_future()
        self._answers[number] = answer
        line = json.dumps({"id": number, "do": name, "with": said})
        self._process.stdin.write(f"{line}\n".encode())
        return await asyncio.wait_for(answer, ANSWER_SECONDS)

    async def close(self) -> None:
        """Leave, without signing out: at the end of what it is told the console ends.

        To kill it would not do, because the lock's `node` is a program that starts the one that runs.
        """
        if self._process is None or self._reader is None:
            return
        assert self._process.stdin is not None
        self._process.stdin.close()
        await asyncio.wait_for(self._process.wait(), CLOSE_SECONDS)
        await self._reader

    async def _read(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            told = json.loads(line)
            answer = self._answers.pop(told["id"])
            if answer.done():
                continue
            if "error" in told:
                answer.set_exception(Refused(told["error"]))
            else:
                answer.set_result(told["ok"])
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(Refused("the console is closed"))
