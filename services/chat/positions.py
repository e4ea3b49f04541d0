"""Positions in the conversation log: `epoch * 2**40 + offset`, so that they grow across fresh logs.

A position is opaque to clients, increasing within a conversation, and not dense: a partition carries
many conversations. It fits a JSON number, because an epoch is below 2**13.
"""

from functools import lru_cache

from aiokafka.partitioner import murmur2

from chassis.topics import seq_of

__all__ = ["EPOCH_SPAN", "epoch_of", "offset_of", "partition_of", "seq_of"]

EPOCH_SPAN = 2**40


def epoch_of(seq: int) -> int:
    """The epoch that a position belongs to."""
    return seq // EPOCH_SPAN


def offset_of(seq: int) -> int:
    """The offset of a position within its epoch's log."""
    return seq % EPOCH_SPAN


@lru_cache(maxsize=20_000)
def partition_of(key: str, partitions: int) -> int:
    """Where Kafka's own partitioner, which producers use, puts a key."""
    return int(murmur2(key.encode()) & 0x7FFFFFFF) % partitions
