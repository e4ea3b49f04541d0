"""What a running service holds, how it tells whether it is ready, and what it shows to whoever operates it."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass
from typing import Final, Literal, Self, TypeVar

from starlette.datastructures import State

from chassis.clock import Clock, SystemClock
from chassis.errors import DeskbusError
from chassis.jobs import Job, stop, supervise
from chassis.settings import Settings

T = TypeVar("T")
Probe = Callable[[], Awaitable[str | None] | str | None]

PROBE_SECONDS: Final = 2.0
STILL_SECONDS: Final = 10.0
"""Behind and without a move for so long is worth a look; the watchdog ends the process a little later."""


@dataclass(frozen=True, slots=True)
class Consumption:
    """How far one reader of this instance is with a topic."""

    topic: str
    lag: int
    """Records that are written and not handled yet."""
    still_seconds: float = 0.0
    """For how long the partition that is worst off has been behind without a move."""
    waits_for: str | None = None
    """What is away, if that is why it does not move."""

    @property
    def state(self) -> Literal["idle", "moving", "waiting", "still"]:
        """Done with everything, at work, waiting for something known, or behind without a move."""
        if self.waits_for is not None:
            return "waiting"
        if not self.lag:
            return "idle"
        return "still" if self.still_seconds > STILL_SECONDS else "moving"


@dataclass(frozen=True, slots=True)
class Checked:
    """A check as it was just answered."""

    name: str
    reason: str | None
    """Why not, or None if it passed."""
    needed: bool
    """Whether the service is not ready without it."""


class Runtime:
    """What a running service holds: resources and jobs, entered in order and left in reverse.

    `state` is the application's: what `start` puts there, routes find in `request.app.state`.
    """

    def __init__(
        self,
        name: str,
        settings: Settings,
        clock: Clock = SystemClock(),  # noqa: B008 - it holds nothing
        state: State | None = None,
    ) -> None:
        self.name = name
        self.settings = settings
        self.clock = clock
        self.started_at = clock.now()
        self.state = State() if state is None else state
        self._stack = AsyncExitStack()
        self._needed: dict[str, Probe] = {}
        self._watched: dict[str, Probe] = {}
        self._readers: list[Callable[[], Sequence[Consumption]]] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Leave everything, the last first."""
        await self._stack.aclose()

    async def enter(self, resource: AbstractAsyncContextManager[T]) -> T:
        """Enter a resource; it is left when the service stops."""
        return await self._stack.enter_async_context(resource)

    def run(self, name: str, job: Job) -> None:
        """Run a job in the background until the service stops; a crash restarts it with back-off."""
        task = asyncio.create_task(supervise(self.name, name, job), name=f"{self.name}.{name}")
        self._stack.push_async_callback(stop, task)

    def check(self, name: str, probe: Probe, *, needed: bool = True) -> None:
        """Add to readiness. The probe raises, or returns the reason, when the service is not ready.

        What is not `needed` is measured and shown beside the others, and nobody is turned away for it.
        """
        (self._needed if needed else self._watched)[name] = probe

    def consumes(self, reader: Callable[[], Sequence[Consumption]]) -> None:
        """Add to what is told of consumption."""
        self._readers.append(reader)

    def consumption(self) -> list[Consumption]:
        """How far this instance is with each topic that it reads."""
        return [told for reader in self._readers for told in reader()]

    async def readiness(self) -> dict[str, str | None]:
        """Each check that is needed, with its reason for not being ready, or None."""
        return await _answers(self._needed)

    async def checks(self) -> list[Checked]:
        """Every check, those too without which the service is ready."""
        needed, watched = await asyncio.gather(_answers(self._needed), _answers(self._watched))
        return [
            *(Checked(name, reason, needed=True) for name, reason in needed.items()),
            *(Checked(name, reason, needed=False) for name, reason in watched.items()),
        ]


async def _answers(probes: dict[str, Probe]) -> dict[str, str | None]:
    reasons = await asyncio.gather(*map(_ask, probes.values()))
    return dict(zip(probes, reasons, strict=True))


async def _ask(probe: Probe) -> str | None:
    try:
        async with asyncio.timeout(PROBE_SECONDS):
            answer = probe()
            return await answer if inspect.isawaitable(answer) else answer
    except TimeoutError:
        return "does not answer"
    except Exception as error:  # noqa: BLE001 - whatever is wrong is a reason for not being ready
        # The class alone: an error's text may hold an address with its password.
        return error.code if isinstance(error, DeskbusError) else type(error).__name__
