"""A desk in one process, as its clients find it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from chassis.devstack.tansu import Tansu
from tests.support.whole import Whole, whole_desk


@dataclass(frozen=True)
class Gateway:
    """Every service at one address."""

    whole: Whole

    def url(self, service: str) -> str:
        return self.whole.address

    @property
    def socket_url(self) -> str:
        return f"ws{self.whole.address.removeprefix('http')}/ws"


@contextmanager
def one_process(mongo: str, prefix: str, folder: Path) -> Iterator[Gateway]:
    """A desk on a broker of its own, as `deskbus up` runs it."""
    with (
        Tansu(folder / "bus") as broker,
        whole_desk(broker.address, mongo, prefix, folder) as whole,
    ):
        yield Gateway(whole)
