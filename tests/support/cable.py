"""A cable between a browser and the desk that a test can pull: bytes pass, or every connection is dead."""

import asyncio
import threading
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, Self

_CHUNK = 65_536


class Cable:
    """Listens on a free loopback port and passes everything on to another; runs in a thread of its own."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._plugged = True
        self._open: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        self._server = self._do(asyncio.start_server(self._pass, "127.0.0.1", 0)).result(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._do(self._close()).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    @property
    def address(self) -> str:
        if self._server is None:
            raise RuntimeError("The cable is not laid yet.")
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def pull(self) -> None:
        """Every connection is reset, and a new one is refused at once."""
        self._do(self._pull()).result(10)

    def plug_in(self) -> None:
        self._plugged = True

    def direct_to(self, port: int) -> None:
        """New connections go to this port; those that are there stay where they are."""
        self._target = port

    def _do(self, work: Any) -> Future[Any]:
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    async def _pull(self) -> None:
        self._plugged = False
        for writer in list(self._open):
            writer.transport.abort()

    async def _close(self) -> None:
        await self._pull()
        if self._server is not None:
            self._server.close()
        others = asyncio.all_tasks(self._loop) - {asyncio.current_task(self._loop)}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self._plugged:
            writer.transport.abort()
            return
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.transport.abort()
            return
        self._open |= {writer, far_writer}
        try:
            await asyncio.gather(_pump(reader, far_writer), _pump(far_reader, writer))
        except asyncio.CancelledError:
            # The cable is being put away; asyncio's own callback cannot bear a cancelled handler.
            return
        finally:
            self._open -= {writer, far_writer}
            writer.close()
            far_writer.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(_CHUNK):
            writer.write(data)
            await writer.drain()
    writer.close()
