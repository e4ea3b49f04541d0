"""What a process does before it serves."""

import os

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
