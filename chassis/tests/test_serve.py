"""What a process does before it serves."""

import os
import subprocess
import sys

import pytest

from chassis import serve


@pytest.mark.parametrize(
    ("services", "steps"),
    [(["cases"], [5]), (["notify", "transcripts"], [5]), (["chat"], []), (["portal", "chat"], [])],
)
def test_a_process_without_sockets_lets_chat_come_first(
    services: list[str], steps: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[int] = []
    monkeypatch.setattr(os, "nice", taken.append)
    serve._let_chat_come_first(services)
    assert taken == steps


def test_whoever_looks_at_the_environment_knows_the_settings_of_all_parts() -> None:
    """In a process of its own: what has been imported here already would be known anyway."""
    look = "from chassis.environment import check_environment; check_environment()"
    known = {"DESKBUS_MAILBOX": "/nowhere", "DESKBUS_FIRST_ACCOUNT": "x", "DESKBUS_SMTP": "m:25"}
    for more, code in (({}, 0), ({"DESKBUS_MAILBOXES": "x"}, 1)):
        ended = subprocess.run(
            [sys.executable, "-c", look], env={**os.environ, **known, **more}, check=False
        )
        assert ended.returncode == code
