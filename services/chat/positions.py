"""Positions in the conversation log: `epoch * 2**40 + offset`, so that they grow across fresh logs.

A position is opaque to clients, increasing within a conversation, and not dense: a partition carries
many conversations. It fits a JSON number, because an epoch is below 2**13.
"""

from chassis import producer
from chassis.topics import seq_of

__all__ = ["EPOCH_SPAN", "epoch_of", "offset_of", "partition_of", "seq_of"]

EPOCH_SPAN = 2**40


def epoch_of(seq: int) -> int:
    """The epoch that a position belongs to."""
    return seq // EPOCH_SPAN


def offset_of(seq: int) -> int:
    """The offset of a position within its epoch's log."""
    return seq % EPOCH_SPAN


def partition_of(key: str, partitions: int) -> int:
    """Where the producer puts a key."""
    return producer.partition_of(key.encode(), partitions)
