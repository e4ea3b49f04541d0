"""Named places where a fault test can kill, fail or delay the process.

A failpoint that is not armed costs a dictionary look-up. The names are part of the chassis, so
that a fault test reads like a sentence: `DESKBUS_FAILPOINTS="publisher.after_publish=kill@3"`.
"""

import asyncio
import os
import signal
from dataclasses import dataclass

NAMES = frozenset(
    {
        "transaction.after_commit",
        "publisher.after_publish",
        "consumer.after_effect",
        "replay.after_effect",
        "relay.after_log",
        "persister.after_store",
        "mail.before_note",
        "mail.before_data",
        "mail.after_data",
    }
)
_HOW_TO = "Write {name}=kill@3, {name}=raise@1 or {name}=delay:0.5@*, not {part!r}."


class FailpointRaised(Exception):
    """The fault that `raise` stands for: nothing in the code expects it."""


class FailpointSpecError(ValueError):
    """The text of `DESKBUS_FAILPOINTS` cannot be understood; the message says what would be."""


@dataclass
class _Action:
    kind: str
    seconds: float
    hit: int | None
    """Which hit fires, from 1; None fires on every one."""
    hits: int = 0

    async def fire(self, name: str) -> None:
        self.hits += 1
        if self.hit is not None and self.hits != self.hit:
            return
        if self.kind == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.kind == "raise":
            raise FailpointRaised(name)
        await asyncio.sleep(self.seconds)


_armed: dict[str, _Action] = {}


async def failpoint(name: str) -> None:
    """Does what was armed for this place, and nothing otherwise."""
    action = _armed.get(name)
    if action is not None:
        await action.fire(name)


def arm(spec: str) -> None:
    """Replaces what is armed by `spec`, for example `name=kill@3,name=raise@1,name=delay:0.5@*`.

    Raises FailpointSpecError; an empty text disarms everything.
    """
    actions = dict(_parse(part.strip()) for part in spec.split(",") if part.strip())
    _armed.clear()
    _armed.update(actions)


def _parse(part: str) -> tuple[str, _Action]:
    name, _, rest = part.partition("=")
    action, _, hit = rest.partition("@")
    kind, _, seconds = action.partition(":")
    if name not in NAMES:
        raise FailpointSpecError(
            f"There is no failpoint {name!r}. There are: {', '.join(sorted(NAMES))}."
        )
    if kind not in {"kill", "raise", "delay"}:
        raise FailpointSpecError(_HOW_TO.format(name=name, part=part))
    try:
        return name, _Action(kind, float(seconds or 0), None if hit == "*" else int(hit or 1))
    except ValueError as error:
        raise FailpointSpecError(_HOW_TO.format(name=name, part=part)) from error
