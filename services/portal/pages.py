"""The pages that browsers open, from the web build's directory.

A file of its own, because it is the only part of Deskbus that serves HTML: what browsers may load,
frame and keep is decided here alone.
"""

import base64
import hashlib
import html
import mimetypes
from collections.abc import Awaitable, Callable
from pathlib import Path
from string import Template
from typing import Final

from fastapi import APIRouter, FastAPI, Request
from fluent.runtime import FluentBundle, FluentResource
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from chassis.links import PAGE as LINKS

IMMUTABLE: Final = "public, max-age=31536000, immutable"
FRESH: Final = "no-cache"
ENCODINGS: Final = (("br", ".br"), ("gzip", ".gz"))
"""Compressed variants that the build may have put beside a file, the best first."""
LANGUAGES: Final = ("en", "es", "de")
BUILD: Final = "make web"

_STYLE: Final = (
    ":root{color-scheme:light dark}"
    "body{margin:0;min-height:100vh;display:grid;place-content:center;padding:24px;"
    "box-sizing:border-box;font:16px/1.5 system-ui,sans-serif;"
    "color:light-dark(#17181d,#eceef2);background:light-dark(#f8f9fb,#0c0e12)}"
    "main{max-width:416px;padding:32px;border:1px solid light-dark(#e1e3e8,#2a2d34);"
    "border-radius:14px;background:light-dark(#fff,#14171c)}"
    "h1{margin:0 0 8px;font-size:24px;line-height:1.25;font-weight:600}"
    "p{margin:0;color:light-dark(#4b4e57,#b4b8c1)}"
)
_PAGE: Final = Template(
    '<!doctype html><html lang="$language"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width,initial-scale=1">'
    f"<title>$title</title><style>{_STYLE}</style></head>"
    "<body><main><h1>$title</h1><p>$text</p></main></body></html>"
)
_STYLE_HASH: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_LOCALES: Final = Path(__file__).parent / "locales"


class Pages:
    """The routes of the pages. `dist` is looked into at each request: a build needs no restart."""

    def __init__(self, dist: Path, public_url: str) -> None:
        self._dist = dist.resolve()
        self._headers = _security(public_url)
        self._catalogs = {language: _catalog(language) for language in LANGUAGES}

    def router(self) -> APIRouter:
        """Plain routes: pages are no part of the REST interface."""
        router = APIRouter()
        router.add_route("/", self._root)
        router.add_route("/console", self._console)
        router.add_route("/console/{path:path}", self._console)
        router.add_route("/p/{subdomain}", self._portal)
        router.add_route(LINKS, self._status)
        router.add_route("/assets/{path:path}", self._asset)
        return router

    def show_unknown(self, app: FastAPI) -> None:
        """Give people who are lost a page in their language; programs still get JSON."""
        as_json: Callable[[Request, Exception], Awaitable[Response]]
        as_json = app.exception_handlers[HTTPException]  # type: ignore[assignment]

        @app.exception_handler(HTTPException)
        async def unknown(request: Request, error: HTTPException) -> Response:
            if error.status_code != 404 or request.url.path.startswith("/api/"):  # noqa: PLR2004
                return await as_json(request, error)
            return self._say(request, "unknown", 404)

    def _root(self, _: Request) -> Response:
        return RedirectResponse("/console", headers={"cache-control": FRESH})

    def _console(self, request: Request) -> Response:
        return self._page(request, "console")

    def _portal(self, request: Request) -> Response:
        return self._page(request, "portal")

    def _status(self, request: Request) -> Response:
        return self._page(request, "status")

    def _page(self, request: Request, name: str) -> Response:
        file = self._dist / name / "index.html"
        if not file.is_file():
            return self._say(request, "unbuilt", 503)
        return _file(request, file, {**self._headers, "cache-control": FRESH})

    def _asset(self, request: Request) -> Response:
        file = _inside(self._dist / "assets", request.path_params["path"])
        if file is None:
            return self._say(request, "unknown", 404)
        return _file(request, file, {**self._headers, "cache-control": IMMUTABLE})

    def _say(self, request: Request, what: str, status: int) -> Response:
        language = preferred_language(request.headers.get("accept-language", ""))
        catalog = self._catalogs[language]
        title, text = (_text(catalog, f"{what}-{part}") for part in ("title", "text"))
        policy = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; frame-ancestors 'none'"
        headers = {**self._headers, "content-security-policy": policy, "cache-control": "no-store"}
        body = _PAGE.substitute(language=language, title=title, text=text)
        return HTMLResponse(body, status, headers)


def _catalog(language: str) -> FluentBundle:
    # Isolating marks would be copied along with the command that a page tells people to enter.
    bundle = FluentBundle([language], use_isolating=False)
    bundle.add_resource(FluentResource((_LOCALES / f"{language}.ftl").read_text("utf-8")))
    return bundle


def _text(catalog: FluentBundle, message: str) -> str:
    pattern = catalog.get_message(message).value
    assert pattern is not None  # noqa: S101 - every message of these catalogs has a text
    text, _ = catalog.format_pattern(pattern, {"command": BUILD})
    return html.escape(str(text))


def preferred_language(accepted: str) -> str:
    """The first of our languages in an `Accept-Language` header, by weight; English otherwise."""
    wanted = sorted(map(_weighted, accepted.split(",")), key=lambda pair: -pair[0])
    languages = (tag.partition("-")[0] for weight, tag in wanted if weight > 0)
    return next((language for language in languages if language in LANGUAGES), LANGUAGES[0])


def _weighted(part: str) -> tuple[float, str]:
    """Weight and name in one part of an `Accept` header."""
    name, _, weight = part.partition(";q=")
    try:
        return float(weight or 1), name.strip().lower()
    except ValueError:
        return 0.0, name.strip().lower()


def _security(public_url: str) -> dict[str, str]:
    scheme, _, host = public_url.partition("://")
    socket = f"{'wss' if scheme == 'https' else 'ws'}://{host}"
    policy = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        # Older browsers do not count a socket of the same origin as 'self'.
        "connect-src": f"'self' {socket}",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }
    return {
        "content-security-policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
    }


# ---- files ---------------------------------------------------------------------------------------


def _inside(folder: Path, path: str) -> Path | None:
    """The file, unless there is none or the path leads out of the folder."""
    try:
        file = (folder / path).resolve()
    except ValueError:  # a null byte
        return None
    return file if file.is_relative_to(folder) and file.is_file() else None


def _file(request: Request, file: Path, headers: dict[str, str]) -> Response:
    variant, encoding = _variant(file, request.headers.get("accept-encoding", ""))
    headers = {**headers, "vary": "accept-encoding"}
    if encoding:
        headers["content-encoding"] = encoding
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    response = FileResponse(variant, media_type=kind, headers=headers, stat_result=variant.stat())
    if request.headers.get("if-none-match") != response.headers["etag"]:
        return response
    return Response(status_code=304, headers={**headers, "etag": response.headers["etag"]})


def _variant(file: Path, accepted: str) -> tuple[Path, str | None]:
    """The file as the browser takes it, and the name of its compression."""
    for encoding, suffix in ENCODINGS:
        compressed = file.with_name(file.name + suffix)
        if _takes(accepted, encoding) and compressed.is_file():
            return compressed, encoding
    return file, None


def _takes(accepted: str, encoding: str) -> bool:
    return any(
        name == encoding and weight > 0 for weight, name in map(_weighted, accepted.split(","))
    )
