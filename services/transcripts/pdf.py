"""A document as PDF, set by a process of its own: see `typesetting`."""

import asyncio
import os
import sys
from dataclasses import asdict, replace
from typing import Final

import orjson

from chassis.errors import RetryLater
from chassis.logs import logger
from services.transcripts.document import Document

AT_ONCE: Final = 2
"""A long one takes a core for seconds; the others wait for their turn."""
PATIENCE_SECONDS: Final = 60.0
_COMMAND: Final = (sys.executable, "-P", "-m", "services.transcripts.typesetting")

_log = logger(__name__)


class TypesettingSlow(RetryLater):
    """The machine is too busy to set a PDF in time."""


class Typesetter:
    """Makes PDFs. One for each service; it bounds how many are made at once."""

    def __init__(self, patience: float = PATIENCE_SECONDS) -> None:
        self._patience = patience
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def pdf(self, document: Document) -> bytes:
        """The PDF; raises `TypesettingSlow`."""
        async with self._turn:
            process = await asyncio.create_subprocess_exec(
                *_COMMAND,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env=_without_ours(),
            )
            try:
                return await self._set(process, _json(document))
            finally:
                await _ended(process)

    async def _set(self, process: asyncio.subprocess.Process, document: bytes) -> bytes:
        try:
            async with asyncio.timeout(self._patience):
                made, _ = await process.communicate(document)
        except TimeoutError as error:
            _log.warning("typesetting_slow", rows=document.count(b'"who"'))
            raise TypesettingSlow from error
        if process.returncode != 0:
            # What it wrote may quote the conversation, so the status is all that is told.
            raise RuntimeError(f"The typesetter ended with status {process.returncode}.")
        return made


async def _ended(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.kill()
        await process.wait()


def _without_ours() -> dict[str, str]:
    """The environment without secrets and addresses, of which a typesetter needs nothing."""
    return {name: value for name, value in os.environ.items() if not name.startswith("DESKBUS_")}


def _json(document: Document) -> bytes:
    # Typst knows one kind of line break; the others would run lines together.
    rows = tuple(replace(row, text="\n".join(row.text.splitlines())) for row in document.rows)
    return orjson.dumps(asdict(replace(document, rows=rows)))
