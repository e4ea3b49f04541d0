"""Asks a Kafka broker who is in its cluster: the question that tells whether it serves."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor

from aiokafka.client import AIOKafkaClient
from aiokafka.errors import KafkaError


def brokers_in(address: str) -> int:
    """How many brokers `address` (host:port) names as alive; 0 while it does not answer."""
    # In a thread of its own, because the caller may be inside a running event loop.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(_brokers_in(address))).result()


async def _brokers_in(address: str) -> int:
    logging.getLogger("aiokafka").addFilter(_drop)
    client = AIOKafkaClient(bootstrap_servers=address, request_timeout_ms=2000)
    try:
        await client.bootstrap()
        return len(client.cluster.brokers())
    except KafkaError:
        return 0
    finally:
        await client.close()
        logging.getLogger("aiokafka").removeFilter(_drop)


def _drop(_record: logging.LogRecord) -> bool:
    # That a starting broker does not answer yet is no error to report.
    return False
