"""One desk for what looks at the REST interface as a whole."""

from collections.abc import Iterator

import pytest

from chassis.devstack.process import Unavailable
from chassis.devstack.tansu import Tansu
from tests.support.whole import Whole, whole_desk


@pytest.fixture(scope="session")
def desk(mongo_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
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
