"""The pages, without a database: only files and headers matter here."""

import gzip
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message

from chassis.app import Runtime, create_app
from chassis.settings import Settings
from services.portal import pages
from services.portal.pages import LANGUAGES, Pages, preferred_language

CONSOLE, PORTAL, STATUS = (f"<!doctype html>{name}" for name in ("console", "portal", "status"))
SCRIPT = "let a = 1;" * 50


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    root = tmp_path / "dist"
    for name, text in (("console", CONSOLE), ("portal", PORTAL), ("status", STATUS)):
        (root / name).mkdir(parents=True)
        (root / name / "index.html").write_text(text)
    (root / "assets").mkdir()
    (root / "assets" / "app-1a2b.js").write_text(SCRIPT)
    (root / "assets" / "app-1a2b.js.gz").write_bytes(gzip.compress(SCRIPT.encode()))
    (root / "assets" / "app-1a2b.css").write_text("body{}")
    (tmp_path / "secret.txt").write_text("outside")
    (root / "secret.txt").write_text("outside of assets")
    return root


def app_of(dist: Path, public_url: str = "http://127.0.0.1:8080") -> FastAPI:
    async def start(_: Runtime) -> None:
        pass

    site = Pages(dist, public_url)
    settings = Settings(kafka="-", mongo="-", secret="A" * 43 + "=")
    app = create_app("portal", settings, start=start, routers=[site.router()])
    site.show_unknown(app)
    return app


def client_of(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1:8080")


@pytest.fixture
async def client(dist: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(app_of(dist)) as client:
        yield client


async def test_the_root_leads_to_the_console(client: httpx.AsyncClient) -> None:
    answer = await client.get("/")
    assert answer.is_redirect
    assert answer.headers["location"] == "/console"


@pytest.mark.parametrize(
    ("path", "text"),
    [("/console", CONSOLE), ("/console/cases/7", CONSOLE), ("/p/demo", PORTAL), ("/c", STATUS)],
)
async def test_a_page_is_served_fresh_each_time(
    client: httpx.AsyncClient, path: str, text: str
) -> None:
    answer = await client.get(path)
    assert answer.text == text
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-type"].startswith("text/html")
    assert (await client.head(path)).status_code == 200


async def test_an_unchanged_page_is_not_sent_again(client: httpx.AsyncClient, dist: Path) -> None:
    tag = (await client.get("/console")).headers["etag"]
    again = await client.get("/console", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    (dist / "console" / "index.html").write_text("a new build")
    newer = await client.get("/console", headers={"if-none-match": tag})
    assert newer.text == "a new build"


async def test_assets_are_kept_for_ever(client: httpx.AsyncClient) -> None:
    answer = await client.get("/assets/app-1a2b.css")
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/css")


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, br", "gzip"), ("br", None), ("gzip;q=0", None), ("gzip;q=0.5", "gzip"), ("", None)],
)
async def test_a_compressed_variant_is_sent_to_whoever_takes_it(
    client: httpx.AsyncClient, accepted: str, encoding: str | None
) -> None:
    answer = await client.get("/assets/app-1a2b.js", headers={"accept-encoding": accepted})
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["vary"] == "accept-encoding"
    assert re.match("(text|application)/javascript", answer.headers["content-type"])
    assert answer.text == SCRIPT


@pytest.mark.parametrize(
    "path",
    [
        "/assets/nothing.js",
        "/assets/",
        "/assets/%2e%2e/secret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "/assets/%2fetc%2fpasswd",
        "/assets/a%00b",
        "/secret.txt",
        "/p/demo/deeper",
    ],
)
async def test_what_is_no_page_is_not_found_and_nothing_leaks(
    client: httpx.AsyncClient, path: str
) -> None:
    answer = await client.get(path, headers={"accept-language": "de-AT,de;q=0.9,en;q=0.5"})
    assert answer.status_code == 404
    assert '<html lang="de">' in answer.text
    assert "Hier gibt es keine Seite" in answer.text
    assert "outside" not in answer.text


async def test_programs_get_json(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/portal/nothing")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")
    assert (await client.post("/console")).json()["error"]["code"] == "method_not_allowed"


async def test_without_a_build_the_page_says_what_to_do(tmp_path: Path) -> None:
    async with client_of(app_of(tmp_path)) as client:
        answer = await client.get("/console", headers={"accept-language": "es"})
    assert answer.status_code == 503
    assert "make web" in answer.text
    assert '<html lang="es">' in answer.text


@pytest.mark.parametrize(
    ("public_url", "socket"),
    [
        ("http://127.0.0.1:8080", "ws://127.0.0.1:8080"),
        ("https://desk.example", "wss://desk.example"),
    ],
)
async def test_pages_may_load_and_connect_to_nothing_else(
    dist: Path, public_url: str, socket: str
) -> None:
    async with client_of(app_of(dist, public_url)) as client:
        headers = (await client.get("/console")).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["connect-src"] == f"'self' {socket}"
    assert policy["frame-ancestors"] == "'self'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("fr", "en"),
        ("fr, de;q=0.3, es;q=0.8", "es"),
        ("de-CH", "de"),
        ("es;q=0, de;q=0.1", "de"),
        ("es;q=wrong", "en"),
        ("*", "en"),
    ],
)
def test_the_viewers_language_is_the_first_of_ours(accepted: str, language: str) -> None:
    assert preferred_language(accepted) == language


def test_all_catalogs_have_the_same_messages() -> None:
    folder = Path(pages.__file__).parent / "locales"
    found = {language: _messages(folder / f"{language}.ftl") for language in LANGUAGES}
    assert found["en"] == found["es"] == found["de"] != set()


def _messages(file: Path) -> set[str]:
    resource = FluentParser().parse(file.read_text())
    return {entry.id.name for entry in resource.body if isinstance(entry, Message)}
