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
CONSOLE = 97 * KB
"""Until a technician sees Cases: the same of the console, beside its font. German has the longest texts."""
CASE = 28 * KB
"""A case that is opened, brought as soon as the list is there."""
LATER = (
    "console/parts/CasePanes.ts",
    "console/palette/Palette.tsx",
    "console/making/NewCaseDialog.tsx",
    "console/merging/MergeCaseDialog.tsx",
    "console/settings/SettingsPage.tsx",
    "console/contact/ContactsPage.tsx",
    "console/operations/Operations.tsx",
    "console/settings/AuditLog.tsx",
)


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    return _manifest("portal")


@pytest.fixture(scope="module")
def console() -> dict[str, Any]:
    return _manifest("console")


def _manifest(page: str) -> dict[str, Any]:
    """Which file is made of what: https://vite.dev/guide/backend-integration."""
    file = DIST / page / "manifest.json"
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


@pytest.mark.parametrize("language", ["en", "es", "de"])
def test_the_first_view_of_the_console_is_small(console: dict[str, Any], language: str) -> None:
    texts = f"shared/locales/{language}.ftl?parts=shared,portal,portal-later,console"
    first = _first(console) | set(_files(console, texts))
    page = DIST / "console" / "index.html"
    assert _sent(page) + sum(_sent(DIST / it) for it in first) <= CONSOLE
    case = _without_fonts(_files(console, "console/parts/CasePanes.ts")) - first
    assert sum(_sent(DIST / it) for it in case) <= CASE


def test_what_the_first_view_needs_comes_in_one_piece(console: dict[str, Any]) -> None:
    """In many small files each would be asked for, and compressed, by itself."""
    scripts = [it for it in _first(console) if it.endswith(".js")]
    assert len(scripts) <= 2


@pytest.mark.parametrize("part", LATER)
def test_what_few_need_at_once_comes_later(console: dict[str, Any], part: str) -> None:
    assert console[part]["file"] not in _first(console)


def _first(console: dict[str, Any]) -> set[str]:
    """All but the fonts, of which a browser loads those of the scripts that it shows."""
    return _without_fonts(_files(console, "console/index.html"))


def _without_fonts(files: Iterator[str]) -> set[str]:
    return {it for it in files if not it.endswith(".woff2")}


def _files(manifest: dict[str, Any], part: str) -> Iterator[str]:
    """The files of a part with those that it imports, and not those that it loads when they are needed."""
    built = manifest[part]
    yield built["file"]
    yield from (*built.get("css", ()), *built.get("assets", ()))
    for other in built.get("imports", ()):
        yield from _files(manifest, other)


def _sent(file: Path) -> int:
    return file.with_name(f"{file.name}.gz").stat().st_size
