"""A desk for what looks at the REST interface as a whole."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from chassis.devstack.process import Unavailable
from chassis.devstack.tansu import Tansu
from tests.support.whole import Whole, whole_desk


@pytest.fixture(scope="session")
def desk(mongo_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    """One for all who can bear what others leave there: rules that are switched on, or cases that are given out."""
    with _desk(mongo_url, tmp_path_factory) as desk:
        yield desk


@pytest.fixture
def own_desk(mongo_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    """One where nothing happens but what the test does."""
    with _desk(mongo_url, tmp_path_factory) as desk:
        yield desk


@contextmanager
def _desk(mongo_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    folder = tmp_path_factory.mktemp("rest")
    try:
        broker = Tansu(tmp_path_factory.mktemp("tansu"))
    except Unavailable as missing:
        pytest.skip(str(missing))
    with (
        broker,
        whole_desk(broker.address, mongo_url, f"rest{folder.stat().st_ino}", folder) as desk,
    ):
        yield desk
