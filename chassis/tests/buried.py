"""Records that nobody can read, and who asks for them."""

from chassis.deaths import Asker
from chassis.ids import new_id
from chassis.tests.messages import TENANT

ADA = Asker(new_id(), "Ada Admin", TENANT)
STRANGER = Asker(new_id(), "Somebody Else", new_id())
CORRUPT = b"not json: Max Mustermann"


class Record:
    """A record as aiokafka has it."""

    topic, partition, key = "alerts", 2, b"0190a1b2-0000-7000-8000-000000000001"
    timestamp = 1_767_600_000_000

    def __init__(self, value: bytes, offset: int = 7, tenant: str | None = TENANT) -> None:
        self.value, self.offset = value, offset
        self.headers = [("type", b"alert.raised")]
        if tenant is not None:
            self.headers.append(("tenant", tenant.encode()))
