"""What administrators see of every service, and the one thing that they do here: replay dead letters.

Mounted by the application factory under `/api/<service>/operations`. Health and consumption are those of the instance
that answers; dead letters are the service's. A dead letter is shown by its envelope and by what its contract
declares as not personal: the sealed part is never opened, and of a record that no contract describes only the
size is told.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Final, Literal

import orjson
from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field, StringConstraints

from chassis.admits import current_administrator
from chassis.codec import SEALED
from chassis.dead_letters import COUNTED, DeadLetters
from chassis.deaths import Asker, DeadLetter, Replay, Wanted
from chassis.describing import fails
from chassis.errors import NotFound, RetryLater
from chassis.tokens import Identity
from contracts.envelope import UUID_PATTERN
from contracts.topics import MESSAGES

PAGE: Final = 20
LONGEST_PAGE: Final = 100
_CURSOR: Final = r"^[0-9a-f]{12}[0-9a-f]{32}$"
_KEY_LENGTH: Final = 80

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9._-]{1,64}$")]


# ---- what is answered ----------------------------------------------------------------------------


class Check(BaseModel):
    """One thing that the service needs; `reason` is why it is not there, in technical words."""

    name: str
    reason: str | None
    needed: bool = True
    """Whether the service is not ready without it."""


class Lag(BaseModel):
    """How far this instance is with a topic."""

    topic: str
    records: int
    state: Literal["idle", "moving", "waiting", "still"]
    still_seconds: float
    waits_for: str | None


class DeadCount(BaseModel):
    """How many dead letters of a topic are open, those included that are being replayed."""

    topic: str
    dead: int
    asked: int


class Operations(BaseModel):
    """A service as it is now."""

    service: str
    instance: str
    """Which of the service's instances answers."""
    started_at: datetime
    ready: bool
    checks: list[Check]
    consumption: list[Lag]
    dead_letters: list[DeadCount] | None
    """Absent while the database is away."""
    counted_all: bool
    """Whether there are no more dead letters than were counted."""


class ReplayNote(BaseModel):
    """A replay of one dead letter; without `ended_at` it is under way."""

    by: str
    at: datetime
    waits_for: str | None = None
    ended_at: datetime | None = None
    outcome: str | None = None
    reason: str = ""


class DeadLetterView(BaseModel):
    """A dead letter in a list."""

    id: str
    topic: str
    partition: int
    offset: int
    type: str
    key: str | None
    """Absent where the key is none of ours."""
    bytes: int
    code: str
    """`unreadable`, `failed`, or the code of an error."""
    reason: str
    tries: int
    written_at: datetime
    died_at: datetime
    state: str
    """`dead`, `asked` (for a replay), or how its replay ended: `done`, `parked`, `skipped`."""
    replay: ReplayNote | None


class DeadLetterDetails(DeadLetterView):
    """The same with what may be shown of its content."""

    content: dict[str, Any] | None
    """Absent where nobody can tell what is personal in it."""
    sealed: bool
    withheld: list[str]
    """The names of fields that are there and not shown."""
    replays: list[ReplayNote]


class DeadLetterPage(BaseModel):
    """The newest first; `next` continues behind them."""

    dead_letters: list[DeadLetterView]
    next: str | None


class ReplayWish(BaseModel):
    """What to handle again: one dead letter, or all that are dead and match what is named."""

    replay_id: Annotated[str, StringConstraints(pattern=UUID_PATTERN)]
    """Made by who asks; the same id again is the same replay."""
    id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")] | None = None
    topic: Name | None = None
    type: Name | None = None
    code: Name | None = None


class ReplayView(BaseModel):
    """How far a replay is. What failed is dead again, with the new reason."""

    replay_id: str
    by: str
    at: datetime
    total: int
    done: int
    parked: int
    skipped: int
    failed: int
    left: int = Field(ge=0)


# ---- routes --------------------------------------------------------------------------------------

Administrator = Annotated[Identity, Depends(current_administrator)]


def _letters(request: Request) -> DeadLetters | None:
    # A service that consumes nothing has none.
    letters: DeadLetters | None = getattr(request.app.state, "dead_letters", None)
    return letters


Letters = Annotated[DeadLetters | None, Depends(_letters)]


def router(service: str) -> APIRouter:
    """The operations of one service."""
    routes = APIRouter(prefix=f"/api/{service}/operations", tags=["operations"])
    routes.get("", name="show_operations")(_show)
    routes.get("/dead-letters", name="list_dead_letters")(_list)
    routes.get("/dead-letters/{letter_id}", name="show_dead_letter")(_one)
    routes.post("/replays", name="replay", status_code=202)(_replay)
    routes.get("/replays/{replay_id}", name="show_replay")(_progress)
    return routes


async def _show(request: Request, administrator: Administrator, letters: Letters) -> Operations:
    """The service's health, how far it is with each topic, and how many dead letters there are."""
    runtime = request.app.state.runtime
    checks = await runtime.checks()
    counts = await _counts(letters, administrator.tenant)
    return Operations(
        service=runtime.name,
        instance=runtime.settings.instance,
        started_at=runtime.started_at,
        ready=not any(it.needed and it.reason for it in checks),
        checks=[Check(name=it.name, reason=it.reason, needed=it.needed) for it in checks],
        consumption=[
            Lag(
                topic=it.topic,
                records=it.lag,
                state=it.state,
                still_seconds=round(it.still_seconds, 1),
                waits_for=it.waits_for,
            )
            for it in runtime.consumption()
        ],
        dead_letters=counts,
        counted_all=sum(it.dead + it.asked for it in counts or ()) < COUNTED,
    )


async def _counts(letters: DeadLetters | None, tenant: str) -> list[DeadCount] | None:
    if letters is None:
        return []
    try:
        found = await letters.counts(tenant)
    except RetryLater:
        return None
    topics = sorted({topic for topic, _ in found})
    return [
        DeadCount(topic=t, dead=found.get((t, "dead"), 0), asked=found.get((t, "asked"), 0))
        for t in topics
    ]


async def _list(  # noqa: PLR0913, PLR0917 - the filter
    administrator: Administrator,
    letters: Letters,
    topic: Annotated[Name | None, Query()] = None,
    kind: Annotated[Name | None, Query(alias="type")] = None,
    code: Annotated[Name | None, Query()] = None,
    open_: Annotated[bool, Query(alias="open", description="false: those replayed lately")] = True,
    after: Annotated[str | None, Query(pattern=_CURSOR, description="`next` of a page")] = None,
    limit: Annotated[int, Query(ge=1, le=LONGEST_PAGE)] = PAGE,
) -> DeadLetterPage:
    """A page of dead letters, the newest first."""
    if letters is None:
        return DeadLetterPage(dead_letters=[], next=None)
    wanted = Wanted(topic=topic, type=kind, code=code)
    found, behind = await letters.page(
        administrator.tenant, wanted, open_=open_, after=after, limit=limit
    )
    return DeadLetterPage(dead_letters=[DeadLetterView(**view(it)) for it in found], next=behind)


@fails(NotFound)
async def _one(letter_id: str, administrator: Administrator, letters: Letters) -> DeadLetterDetails:
    """One dead letter, with what may be shown of its content."""
    letter = await letters.get(administrator.tenant, letter_id) if letters else None
    if letter is None:
        raise NotFound
    return details(letter)


@fails(NotFound)
async def _replay(wish: ReplayWish, administrator: Administrator, letters: Letters) -> ReplayView:
    """Have dead letters handled again, as if they came for the first time; by this service alone."""
    if letters is None:
        raise NotFound
    by = Asker(administrator.id, administrator.name, administrator.tenant)
    wanted = Wanted(topic=wish.topic, type=wish.type, code=wish.code, id=wish.id)
    return _replay_view(await letters.ask(wish.replay_id, by, wanted), administrator)


@fails(NotFound)
async def _progress(replay_id: str, administrator: Administrator, letters: Letters) -> ReplayView:
    """How far a replay is."""
    found = await letters.replay(replay_id) if letters else None
    if found is None:
        raise NotFound
    return _replay_view(found, administrator)


# ---- from rows to JSON ---------------------------------------------------------------------------


def view(letter: DeadLetter) -> dict[str, Any]:
    """The fields of `DeadLetterView`."""
    return {
        **{name: getattr(letter, name) for name in ("id", "topic", "partition", "offset", "type")},
        "key": _key(letter.key),
        "bytes": len(letter.value or b""),
        "code": letter.death.code,
        "reason": letter.death.reason,
        "tries": letter.death.tries,
        **{name: getattr(letter, name) for name in ("written_at", "died_at", "state")},
        "replay": _note(letter.replay) if letter.replay else None,
    }


def details(letter: DeadLetter) -> DeadLetterDetails:
    """The letter with its content, but for what is sealed, personal or not in the contract."""
    content, withheld = _shown(letter.value)
    sealed = SEALED in withheld
    return DeadLetterDetails(
        **view(letter),
        content=content,
        sealed=sealed,
        withheld=[name for name in withheld if name != SEALED],
        replays=[_note(it) for it in reversed(letter.replays)],
    )


def _shown(value: bytes | None) -> tuple[dict[str, Any] | None, list[str]]:
    """What may be shown, and the names of fields that may not."""
    try:
        body = orjson.loads(value or b"")
    except orjson.JSONDecodeError:
        return None, []
    kind = MESSAGES.get(str(body.get("type"))) if isinstance(body, dict) else None
    if kind is None:
        return None, []
    open_fields = kind.model_fields.keys() - kind.personal_fields()
    content = {name: it for name, it in body.items() if name in open_fields}
    # A name that the contract does not have may itself be anything.
    known = {*kind.model_fields, SEALED}
    withheld = [name if name in known else "?" for name in body if name not in open_fields]
    return content, sorted(set(withheld))


def _key(key: bytes | None) -> str | None:
    text = (key or b"").decode("ascii", errors="replace")
    is_ours = len(text) <= _KEY_LENGTH and text.replace("-", "").replace(":", "").isalnum()
    return text if is_ours and text.isascii() else None


def _note(note: Mapping[str, Any]) -> ReplayNote:
    told: Sequence[str] = ("at", "waits_for", "ended_at", "outcome", "reason")
    return ReplayNote(by=note["name"], **{name: note[name] for name in told if name in note})


def _replay_view(replay: Replay, administrator: Identity) -> ReplayView:
    if replay.tenant not in (administrator.tenant, None):
        raise NotFound
    ended = {name: replay.outcomes.get(name, 0) for name in ("done", "parked", "skipped", "failed")}
    return ReplayView(
        replay_id=replay.id,
        by=replay.name,
        at=replay.at,
        total=replay.total,
        **ended,
        left=max(0, replay.total - sum(ended.values())),
    )
