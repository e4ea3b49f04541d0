"""What the REST interface says of deleted cases: the receipt, store by store, and what remains until when."""

from datetime import datetime, timedelta
from typing import Final, Literal

from pydantic import BaseModel

from chassis.topics import COMPACTION_LAG, DEAD_LETTERS_KEPT
from contracts.topics import DATA_KEYS, ERASURES, SERVICES, TOPICS, Topic
from services.cases import erasure as rules
from services.cases.directory import People
from services.cases.erasing import SECOND_TOMBSTONE
from services.cases.erasure import Erasure, Standing, Tombstone
from services.cases.erasure_store import ErasurePage
from services.cases.schemas import Person, person

SEGMENT: Final = timedelta(days=7)
"""Kafka deletes whole segments (`segment.ms`): a record goes with the youngest of its segment."""
CLEANING: Final = timedelta(minutes=10)
"""In which the cleaner of Kafka has looked at a partition that is due."""
OF_CASES: Final = {"conversation id", "case id"}

ServiceState = Literal["waiting", "failed", "purged"]
Remains = Literal["database_files", "backups", "mails_delivered"]


class StoreView(BaseModel):
    """One store. `failed` is a short code of why it could not be purged yet."""

    store: str
    removed: int
    failed: str


class ServiceView(BaseModel):
    """What a service has answered; `answered_at` is the last time."""

    service: str
    state: ServiceState
    answered_at: datetime | None
    stores: list[StoreView]


class TombstoneView(BaseModel):
    """The record on the broker that destroys the key there."""

    topic: str
    partition: int
    offset: int
    written_at: datetime


class KeyView(BaseModel):
    """The data key on the broker. On the embedded one nothing is due: it forgets all when it stops."""

    tombstones: list[TombstoneView]
    gone_by: datetime | None


class TopicView(BaseModel):
    """A topic on which the case stands as ciphertext that nobody can open; the last of it goes by `gone_by`."""

    topic: str
    gone_by: datetime | None


class ErasureView(BaseModel):
    """The receipt of a deleted case. It says nothing of what was in it, nor of its customer.

    `remains` names what no service can purge: blocks that MongoDB has given up and not overwritten yet,
    with its journal and oplog, and backups. All of it is ciphertext, the wrapped key included.
    """

    case_id: str
    number: int
    state: Standing
    requested_at: datetime
    requested_by: Person | None
    purged_at: datetime | None
    completed_at: datetime | None
    attempt: int
    services: list[ServiceView]
    key: KeyView
    topics: list[TopicView]
    remains: list[Remains]


class ErasureList(BaseModel):
    """Some deleted cases, the latest first."""

    erasures: list[ErasureView]
    next: str | None


def erasure_view(erasure: Erasure, people: People, *, embedded: bool) -> ErasureView:
    """The receipt as it is."""
    return ErasureView(
        case_id=erasure.id,
        number=erasure.number,
        state=rules.standing(erasure),
        requested_at=erasure.requested_at,
        requested_by=person(erasure.requested_by, people),
        purged_at=erasure.purged_at,
        completed_at=erasure.completed_at,
        attempt=erasure.attempt,
        services=[_service(erasure, name) for name in SERVICES],
        key=_key(erasure, embedded=embedded),
        topics=[
            topic_view
            for topic in TOPICS
            if topic.key in OF_CASES and topic is not ERASURES
            for topic_view in _topics(topic, erasure.requested_at, embedded=embedded)
        ],
        remains=["database_files", "backups", "mails_delivered"],
    )


def erasure_list(page: ErasurePage, people: People, *, embedded: bool) -> ErasureList:
    """A page."""
    views = [erasure_view(erasure, people, embedded=embedded) for erasure in page.erasures]
    return ErasureList(erasures=views, next=page.next)


def _service(erasure: Erasure, name: str) -> ServiceView:
    answer = erasure.answers.get(name)
    if answer is None:
        return ServiceView(service=name, state="waiting", answered_at=None, stores=[])
    stores = [
        StoreView(store=it.store, removed=it.removed, failed=it.failed) for it in answer.stores
    ]
    state: ServiceState = "failed" if answer.failed else "purged"
    return ServiceView(service=name, state=state, answered_at=answer.at, stores=stores)


def _key(erasure: Erasure, *, embedded: bool) -> KeyView:
    tombstones = [_tombstone(it) for it in erasure.tombstones]
    if embedded or not erasure.tombstones:
        return KeyView(tombstones=tombstones, gone_by=None)
    # The first takes effect once its segment is closed, which the second does, and is cleaned.
    second = erasure.tombstones[0].at + SECOND_TOMBSTONE
    latest = max(second, erasure.tombstones[-1].at)
    return KeyView(tombstones=tombstones, gone_by=latest + CLEANING)


def _tombstone(tombstone: Tombstone) -> TombstoneView:
    return TombstoneView(
        topic=DATA_KEYS.name,
        partition=tombstone.partition,
        offset=tombstone.offset,
        written_at=tombstone.at,
    )


def _topics(topic: Topic, since: datetime, *, embedded: bool) -> list[TopicView]:
    kept = {topic.name: topic.retention or COMPACTION_LAG}
    if topic.dead_letters:
        kept[topic.dead_letter_topic] = DEAD_LETTERS_KEPT
    return [
        TopicView(topic=name, gone_by=None if embedded else since + retention + SEGMENT)
        for name, retention in kept.items()
    ]
