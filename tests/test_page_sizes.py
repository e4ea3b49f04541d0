"""What a customer's browser has to load, in bytes as they are sent (gzip). A page that grows past this is too slow on a phone."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

DIST = Path(__file__).parents[1] / "web" / "dist"
KB = 1024
FIRST = 26 * KB
"""Until a customer reads the form: page, icon, styles, code, and the texts of one language."""
OPEN_CHAT = 39 * KB
"""With all that an open chat needs besides."""
CHAT = "portal/ChatPage.tsx"


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    """Which file is made of what: https://vite.dev/guide/backend-integration."""
    file = DIST / "portal" / "manifest.json"
    assert file.is_file(), "the pages are not built: make web"
    built: dict[str, Any] = json.loads(file.read_text())
    return built


@pytest.mark.parametrize("language", ["en", "es", "de"])
def test_the_portal_page_is_small(manifest: dict[str, Any], language: str) -> None:
    texts = f"shared/locales/{language}.ftl?parts=shared,portal"
    first = set(_files(manifest, "portal/index.html")) | set(_files(manifest, texts))
    chat = first | set(_files(manifest, CHAT))
    page = DIST / "portal" / "index.html"
    assert _sent(page) + sum(_sent(DIST / it) for it in first) <= FIRST
    assert _sent(page) + sum(_sent(DIST / it) for it in chat) <= OPEN_CHAT


def test_what_an_open_chat_does_not_need_comes_later(manifest: dict[str, Any]) -> None:
    chat = {*_files(manifest, "portal/index.html"), *_files(manifest, CHAT)}
    assert not chat & {manifest["portal/afterwards.ts"]["file"]}
    assert set(_files(manifest, CHAT)) - set(_files(manifest, "portal/index.html"))


def _files(manifest: dict[str, Any], part: str) -> Iterator[str]:
    """The files of a part with those that it imports, and not those that it loads when they are needed."""
    built = manifest[part]
    yield built["file"]
    yield from (*built.get("css", ()), *built.get("assets", ()))
    for other in built.get("imports", ()):
        yield from _files(manifest, other)


def _sent(file: Path) -> int:
    return file.with_name(f"{file.name}.gz").stat().st_size
