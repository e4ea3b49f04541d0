"""When an entry counts as accepted: by the log that is followed, and on a forgetful broker by the store."""

import asyncio

import pytest

from chassis.codec import Record
from chassis.keyring import FakeKeyring
from chassis.producer import BrokerAway, Position
from contracts.topics import CHAT_LOG
from services.chat import log as log_module
from services.chat.log import Log, LogAway, NotStored
from services.chat.positions import partition_of, seq_of
from services.chat.tests.examples import CONVERSATION, ended
from services.chat.watermarks import Watermarks

PARTITION = partition_of(CONVERSATION, CHAT_LOG.partitions)


class Producer:
    """Gives every record the next offset, unless the broker is away."""

    def __init__(self, offset: int = 7, *, away: bool = False) -> None:
        self.offset = offset
        self.away = away

    async def send(self, record: Record) -> Position:
        await asyncio.sleep(0)
        if self.away:
            raise BrokerAway
        self.offset += 1
        return Position(record.topic, partition_of(record.key, CHAT_LOG.partitions), self.offset)


def a_log(producer: Producer, through: int = 0, stored: Watermarks | None = None) -> Log:
    log = Log(producer, FakeKeyring(), lambda _: through, stored)  # type: ignore[arg-type]
    log.epoch = 2
    return log


async def test_on_kafka_an_entry_is_accepted_when_the_log_has_it() -> None:
    assert await a_log(Producer(7)).append(ended("a")) == seq_of(2, 8)


async def test_entries_stand_in_the_order_in_which_they_were_handed_over() -> None:
    log = a_log(Producer(7))
    handed = [await log.begin(ended(str(n))) for n in range(5)]
    assert await asyncio.gather(*handed) == [seq_of(2, 8 + n) for n in range(5)]


async def test_on_a_forgetful_broker_it_is_accepted_when_the_store_has_it() -> None:
    watermarks = Watermarks()
    accepting = asyncio.create_task(a_log(Producer(7), stored=watermarks).append(ended("a")))
    watermarks.advance({PARTITION: seq_of(2, 7)})
    await asyncio.sleep(0.01)
    assert not accepting.done()
    watermarks.advance({PARTITION: seq_of(2, 8)})
    assert await accepting == seq_of(2, 8)


async def test_what_the_store_does_not_get_is_not_accepted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(log_module, "STORED_SECONDS", 0.01)
    with pytest.raises(NotStored):
        await a_log(Producer(7), stored=Watermarks()).append(ended("a"))


async def test_what_the_broker_does_not_confirm_is_not_accepted() -> None:
    with pytest.raises(BrokerAway):
        await a_log(Producer(away=True)).append(ended("a"))


async def test_a_position_that_was_read_already_is_one_of_another_log() -> None:
    with pytest.raises(LogAway):
        await a_log(Producer(7), through=seq_of(2, 100)).append(ended("a"))


async def test_nothing_is_accepted_while_no_log_is_followed() -> None:
    log = a_log(Producer())
    log.epoch = None
    with pytest.raises(LogAway):
        await log.append(ended("a"))
