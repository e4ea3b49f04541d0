"""The erasure of a deleted case: who was asked, what each has answered, what is missing. Pure rules.

Everybody is asked again until all have answered without a fault, and then once more: an erasure is
complete when a second look has found nothing that came while the first purged.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from chassis.errors import DeskbusError
from contracts.erasure import ErasureAnswered, StorePurged
from contracts.topics import SERVICES
from services.cases.domain import Case

LONGEST_WAIT: Final = timedelta(hours=1)
"""Between two tries, while somebody does not answer."""

GONE_WITH_THE_DECISION: Final = {("cases", "cases"): 1}
"""By service and store, what was removed before anybody was asked: the case itself, out of every list at once."""

Standing = Literal["purging", "incomplete", "purged", "complete"]
"""Asked a moment ago; asked in vain by somebody; purged once by all; and looked at again by all."""


class AdministratorsOnly(DeskbusError):
    """This is for administrators, and the person who asks is none (any more)."""

    code = "administrators_only"
    status = 403
    text = "Only administrators can do this."


class ChatNotEnded(DeskbusError):
    """The live chat of the case still goes on."""

    code = "chat_not_ended"
    status = 409
    text = "This case can be deleted once its chat has ended."


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service has said until now: what it removed in all attempts, and what failed in the last."""

    attempt: int
    at: datetime
    stores: tuple[StorePurged, ...]
    found: int
    """How much the last attempt removed."""

    @property
    def failed(self) -> bool:
        """Whether a store could not be purged."""
        return any(store.failed for store in self.stores)


@dataclass(frozen=True, slots=True)
class Tombstone:
    """The record on `data-keys` that destroys the key on the topic too."""

    partition: int
    offset: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Erasure:
    """A deleted case. It holds nothing personal, and is kept."""

    id: str
    """The id that the case had."""
    tenant: str
    company_id: str
    number: int
    requested_at: datetime
    requested_by: str
    correlation_id: str
    attempt: int = 1
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """By service."""
    tombstones: tuple[Tombstone, ...] = ()
    purged_at: datetime | None = None
    completed_at: datetime | None = None


def check_deletable(case: Case) -> None:
    """Raises `ChatNotEnded`; what is no live chat has no chat to wait for (S32)."""
    if case.now.live:
        raise ChatNotEnded


def begin(case: Case, by: str, at: datetime, correlation_id: str) -> Erasure:
    """A case that its administrator deletes."""
    return Erasure(
        id=case.id,
        tenant=case.tenant,
        company_id=case.company_id,
        number=case.now.number,
        requested_at=at,
        requested_by=by,
        correlation_id=correlation_id,
    )


def hear(erasure: Erasure, told: ErasureAnswered, at: datetime) -> Erasure:
    """The erasure after an answer; one to an older attempt than the last heard adds its counts only."""
    before = erasure.answers.get(told.service)
    answers = {**erasure.answers, told.service: _merged(before, told, at)}
    after = replace(erasure, answers=answers)
    if after.purged_at is None and not missing(after):
        after = replace(after, purged_at=at)
    if after.completed_at is None and _looked_at_twice(after):
        after = replace(after, completed_at=at)
    return after


def _merged(before: Answer | None, told: ErasureAnswered, at: datetime) -> Answer:
    found = sum(store.removed for store in told.stores)
    if before is None:
        return Answer(told.attempt, at, tuple(_at_first(told)), found)
    removed = {store.store: store.removed for store in before.stores}
    if told.attempt < before.attempt:
        added = {store.store: store.removed for store in told.stores}
        stores = tuple(_with(store, added.get(store.store, 0)) for store in before.stores)
        return replace(before, stores=stores)
    stores = tuple(_with(store, removed.get(store.store, 0)) for store in told.stores)
    return Answer(told.attempt, at, stores, found)


def _at_first(told: ErasureAnswered) -> Iterator[StorePurged]:
    for store in told.stores:
        yield _with(store, GONE_WITH_THE_DECISION.get((told.service, store.store), 0))


def _with(store: StorePurged, more: int) -> StorePurged:
    return store.model_copy(update={"removed": store.removed + more})


def missing(erasure: Erasure) -> list[str]:
    """The services that have not answered, or could not purge all."""
    known = erasure.answers
    return [name for name in SERVICES if name not in known or known[name].failed]


def _looked_at_twice(erasure: Erasure) -> bool:
    return not missing(erasure) and all(
        answer.attempt > 1 and answer.found == 0 for answer in erasure.answers.values()
    )


def ask_again(erasure: Erasure) -> Erasure | None:
    """The next attempt; None when nothing is left to ask for."""
    if erasure.completed_at is not None:
        return None
    return replace(erasure, attempt=erasure.attempt + 1)


def wait_after(attempt: int, first: timedelta) -> timedelta:
    """How long the answers to an attempt are waited for; `first` to the first one."""
    doubled: int = 2 ** min(attempt - 1, 10)
    return min(first * doubled, LONGEST_WAIT)


def standing(erasure: Erasure) -> Standing:
    """How far it is."""
    if erasure.completed_at is not None:
        return "complete"
    if not missing(erasure):
        return "purged"
    failed = any(answer.failed for answer in erasure.answers.values())
    return "incomplete" if failed or erasure.attempt > 1 else "purging"


def bury(erasure: Erasure, tombstone: Tombstone) -> Erasure:
    """A tombstone was written."""
    return replace(erasure, tombstones=(*erasure.tombstones, tombstone))
