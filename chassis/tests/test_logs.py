"""One line an event, with its request, and nothing of what people typed."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from chassis.logs import configure, logger
from chassis.settings import Settings


@pytest.fixture(autouse=True)
def untouched() -> Iterator[None]:
    """Configuring is for the whole process, so it is undone."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def fail(typed: str) -> None:
    try:
        int("a defect")
    except ValueError:
        logger("deskbus.test").exception("job_crashed", length=len(typed))


def test_json_is_one_object_a_line_with_the_request(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(settings)
    with structlog.contextvars.bound_contextvars(request_id="r-1"):
        logger("deskbus.test").info("case_opened", number=7)
    logging.getLogger("library").warning("a library's %s", "warning")
    ours, theirs = map(json.loads, capsys.readouterr().err.splitlines())
    assert (ours["event"], ours["number"], ours["request_id"]) == ("case_opened", 7, "r-1")
    assert ours["timestamp"].endswith("Z")
    assert (theirs["event"], theirs["level"]) == ("a library's warning", "warning")


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_traceback_shows_no_variables(
    settings: Settings, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    configure(settings.model_copy(update={"log_format": form}))
    fail("my name is Max Muster")
    written = capsys.readouterr().err
    assert "a defect" in written
    assert "Muster" not in written


def test_the_level_is_a_setting(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    configure(settings.model_copy(update={"log_level": "warning"}))
    logger("deskbus.test").info("routine")
    assert capsys.readouterr().err == ""
