"""Every topic delivered twice, and replayed from the start: the same documents, and nobody is told anything again."""

import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiokafka import ConsumerRecord, TopicPartition

from chassis.devstack.process import free_port
from contracts.topics import CHAT_SIGNALS, TOPICS
from tests.replay.digest import RESTARTED, Digest, differences, digest
from tests.replay.history import INTAKE, History
from tests.replay.settling import forget_all_positions, settled
from tests.replay.stories import STORIES
from tests.support.desk import Desk
from tests.support.mail import MailServer
from tests.support.topics import deliver_again, read_partitions

pytestmark = [pytest.mark.desk, pytest.mark.mongo, pytest.mark.timeout(900)]

SEED = 20261123
FOR_EVER = "86400"


@dataclass(frozen=True)
class Outside:
    """What people outside have been told: mails by their ids, and how often each alert rang."""

    mails: Counter[str]
    alerts: Counter[tuple[str, str]]


@asynccontextmanager
async def played(
    kafka: str, mongo_url: str, name: str, folder: Path, *, embedded: bool
) -> AsyncIterator[tuple[Desk, History]]:
    """A desk with its history, at rest. Nothing is due by itself while the test looks at it."""
    async with MailServer() as server, httpx.AsyncClient() as http:
        settings = {
            "DESKBUS_SMTP": server.address,
            "DESKBUS_SMTP_SECURITY": "none",
            "DESKBUS_MAIL_FROM": INTAKE,
            "DESKBUS_MAIL_INTAKE": INTAKE,
            "DESKBUS_MAIL_LISTEN": f"127.0.0.1:{free_port()}",
            "DESKBUS_MAIL_RETRY_SECONDS": "1",
            "DESKBUS_RING_AGAIN_SECONDS": "2",
            "DESKBUS_RING_AGAIN_TIMES": "0",
            "DESKBUS_ASK_EMAIL_SECONDS": FOR_EVER,
        }
        desk = Desk(
            kafka, mongo_url, name, folder, settings, grace=int(FOR_EVER), embedded=embedded
        )
        async with desk:
            history = History(desk, http, server, SEED)
            try:
                await history.play(STORIES)
                yield desk, history
            finally:
                await history.go_home()


async def test_on_the_embedded_broker(
    own_tansu: str, mongo_url: str, db_prefix: str, tmp_path: Path
) -> None:
    async with played(own_tansu, mongo_url, db_prefix, tmp_path, embedded=True) as (desk, history):
        await prove(desk, history)


@pytest.mark.kafka
async def test_on_kafka(own_kafka: str, mongo_url: str, db_prefix: str, tmp_path: Path) -> None:
    async with played(own_kafka, mongo_url, db_prefix, tmp_path, embedded=False) as (desk, history):
        await prove(desk, history)


async def prove(desk: Desk, history: History) -> None:
    records = await settled(desk)
    expect_variety(records)
    before, outside, shown = digest(desk), told(history), await seen(history)
    expect_mails(outside, history.mails + len(to_staff(records)))

    await deliver_again(desk.kafka, records)
    expect_twice(records, await settled(desk))
    expect_same(before, digest(desk))
    assert told(history) == outside
    assert await seen(history) == shown

    before = digest(desk, RESTARTED.keys())
    await desk.stop()
    await forget_all_positions(desk)
    await desk.start()
    await settled(desk)
    # The inboxes that were emptied are among what must be as before: so everything was indeed handled again.
    expect_same(before, digest(desk, RESTARTED.keys()))
    assert told(history) == outside
    assert await seen(history) == shown
    await expect_no_dead_letters(desk)


# ---- what is looked at ---------------------------------------------------------------------------


def told(history: History) -> Outside:
    """Who was told what, as they have it: the mail server its mails, the consoles their alerts."""
    alerts = Counter(
        (frame["case_id"], technician.email)
        for technician in history.technicians
        if technician.socket is not None
        for frame in technician.socket.frames
        if frame["t"] == "alert"
    )
    return Outside(
        Counter(str(mail.message["Message-ID"]) for mail in history.server.taken), alerts
    )


async def seen(history: History) -> dict[str, Any]:
    """What a technician finds in the desk: the cases, and each conversation line by line."""
    technician = history.technicians[0]
    cases = await technician.all_cases()
    chats = [case["id"] for case in cases if case["ended_at"] or case["live"]]
    return {
        "cases": cases,
        "entries": {chat: await technician.entries(chat) for chat in chats},
        "mails": {case["id"]: await technician.mails(case["id"]) for case in cases},
    }


# ---- what is expected ----------------------------------------------------------------------------


LASTING = [topic for topic in TOPICS if topic != CHAT_SIGNALS]
"""Signals are delivered again with all others, but the broker may throw them away at any moment."""


ELSEWHERE = {
    # What is erased is replayed by `tests/erasure`, which also looks for what must be nowhere.
    *("case.deleted", "erasure.requested", "erasure.answered"),
    # Nobody in the history has keys or rules made.
    *("api_key.used", "directory.api_key", "case.ruled"),
    # The shortest promise is a minute, for which nobody waits; a warning, which is played, is told in the same way.
    "case.sla_breached",
    # It changes nothing anywhere: consoles ask anew (`services/chat/tests/test_service.py`).
    "kept.changed",
}
"""What the history does not play."""


def expect_variety(records: list[ConsumerRecord]) -> None:
    """Else the test would prove nothing of a kind of message that was never there."""
    found = {dict(record.headers)["type"].decode() for record in records}
    known = {message.type_name() for topic in LASTING for message in topic.messages}
    assert known - found - ELSEWHERE == set(), "play it in tests/replay/history.py"


def to_staff(records: list[ConsumerRecord]) -> set[str]:
    """The mails to technicians, because nobody came to a chat: how many there are depends on who was faster."""
    told = [it for it in records if ("type", b"mail.staff_changed") in it.headers]
    return {json.loads(it.value)["mail_id"] for it in told}


def expect_mails(outside: Outside, mails: int) -> None:
    """One was refused for good; of one the server has told nobody that it has it."""
    assert len(outside.mails) == mails - 1
    assert set(outside.mails.values()) == {1}
    assert outside.alerts, "nobody was alerted"


def expect_twice(before: list[ConsumerRecord], after: list[ConsumerRecord]) -> None:
    """Also that nobody has answered a repetition with a record of their own."""
    once, now = _times(before), _times(after)
    assert now == Counter({record: 2 * count for record, count in once.items()})


def _times(records: list[ConsumerRecord]) -> Counter[Any]:
    names = {topic.name for topic in LASTING}
    return Counter(
        (it.topic, it.partition, it.key, it.value) for it in records if it.topic in names
    )


def expect_same(before: Digest, after: Digest) -> None:
    changes = differences(before, after)
    assert changes == [], "\n".join(changes)


async def expect_no_dead_letters(desk: Desk) -> None:
    places = [TopicPartition(topic.dead_letter_topic, 0) for topic in TOPICS if topic.dead_letters]
    assert await read_partitions(desk.kafka, places) == []
