"""The description of all REST interfaces as one OpenAPI document, and the page that shows it.

Swagger UI comes from the package `fastapi-swagger`, so the page loads nothing from elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any, Final

import orjson
from fastapi import FastAPI
from starlette.responses import Response

_ASSETS: Final = "fastapi_swagger.resources"
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Deskbus REST API</title>
<link rel="icon" href="/api/docs/favicon-32x32.png">
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
</head>
<body>
<div id="api"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
"""
# A file and not a line in the page, whose policy forbids scripts within it.
_START: Final = """SwaggerUIBundle({
  url: "/api/openapi.json",
  dom_id: "#api",
  deepLinking: true,
  displayRequestDuration: true,
  filter: true,
  validatorUrl: null,
});
"""


_ABOUT: Final = """Everything that the pages of this desk do, they do by these interfaces and by the socket at `/ws`.

**Signing in.** `POST /api/portal/session` with `email` and `password` answers with an `access_token`, which is good for
ten minutes; press *Authorize* and put it there. `POST /api/portal/session/renew` exchanges the cookie for the next one.
Customers get theirs with their admission, for their own conversation only.

**Errors** have one form, `{"error": {"code", "message", "params", "fields", "request_id"}}`. The `code` is stable, and
what the pages translate. Somebody else's thing is `404`, as if it were not there. `503` with `Retry-After` asks to send
the same request again: nothing is done twice.
"""


@dataclass(frozen=True)
class _File:
    """A file of the page: its text stands here, or else it is one of Swagger UI's."""

    name: str
    media_type: str
    text: str | None = None

    def response(self) -> Response:
        headers = {
            "cache-control": "public, max-age=86400",
            "content-security-policy": _POLICY,
            "referrer-policy": "no-referrer",
            "x-content-type-options": "nosniff",
        }
        return Response(self._content, headers=headers, media_type=self.media_type)

    @cached_property
    def _content(self) -> bytes:
        if self.text is not None:
            return self.text.encode()
        return files(_ASSETS).joinpath(self.name).read_bytes()


FILES: Final = {
    file.name: file
    for file in (
        _File("", "text/html", _PAGE),
        _File("start.js", "text/javascript", _START),
        _File("swagger-ui-bundle.js", "text/javascript"),
        _File("swagger-ui.css", "text/css"),
        _File("favicon-32x32.png", "image/png"),
    )
}
"""The page under the empty name, and what it loads, by name."""


# ---- the document --------------------------------------------------------------------------------


def merged_openapi(apps: Mapping[str, FastAPI]) -> dict[str, Any]:
    """One document of all services; each operation is tagged with its service."""
    merged: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "Deskbus", "version": "1", "description": _ABOUT},
        "paths": {},
        "components": {"schemas": {}, "responses": {}, "securitySchemes": {}},
        "tags": [{"name": name} for name in apps],
    }
    for name, app in apps.items():
        _add(merged, name, app.openapi())
    return merged


def _add(merged: dict[str, Any], service: str, document: dict[str, Any]) -> None:
    document = _without_clashes(document, merged["components"]["schemas"], service)
    for path, operations in document["paths"].items():
        merged["paths"][path] = {
            method: {**operation, "tags": [service]} for method, operation in operations.items()
        }
    for kind in ("schemas", "responses", "securitySchemes"):
        merged["components"][kind] |= document.get("components", {}).get(kind, {})


def _without_clashes(
    document: dict[str, Any], taken: Mapping[str, Any], service: str
) -> dict[str, Any]:
    """The document, with a service's prefix on schemas that another service has with other content."""
    schemas = document.get("components", {}).get("schemas", {})
    clashing = [name for name, schema in schemas.items() if taken.get(name, schema) != schema]
    text = orjson.dumps(document)
    for name in clashing:
        text = text.replace(_reference(name), _reference(f"{service.title()}{name}"))
    renamed: dict[str, Any] = orjson.loads(text)
    for name in clashing:
        schemas = renamed["components"]["schemas"]
        schemas[f"{service.title()}{name}"] = schemas.pop(name)
    return renamed


def _reference(name: str) -> bytes:
    return f'"#/components/schemas/{name}"'.encode()
