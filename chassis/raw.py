"""Records as they came: what FastStream is given in place of its own parser and decoder, which cannot fail."""

from aiokafka import ConsumerRecord
from faststream.kafka.message import FAKE_CONSUMER, KafkaAckableMessage


async def raw_message(record: ConsumerRecord) -> KafkaAckableMessage:
    """Nothing is read from the record here: FastStream's own parser fails on a header that is not text.

    Asynchronous, because FastStream gives what is not to a thread, for each record.
    """
    return KafkaAckableMessage(raw_message=record, body=b"", consumer=FAKE_CONSUMER)


async def raw_record(message: KafkaAckableMessage) -> ConsumerRecord:
    """The record that `raw_message` put there."""
    return message.raw_message
