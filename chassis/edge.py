"""What wraps every HTTP request: its id, its size limit, its headers, its measure, its last resort."""

import re
import time
from contextlib import nullcontext
from typing import Any, Final

import structlog
from fastapi.responses import JSONResponse
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis import asking, metrics, tracing
from chassis.errors import DeskbusError, Internal, RetryLater, TooLarge, render
from chassis.ids import new_id
from chassis.logs import logger

BODY_LIMIT: Final = 256 * 1024
RETRY_AFTER_SECONDS: Final = "1"
TOO_MANY: Final = 429
REQUEST_ID: Final = "x-request-id"

_CODE: Final = "error_code"
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_OWN_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
# JSON is data: no browser shall render, frame, sniff or keep it.
_JSON_HEADERS: Final = {
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
}

_log = logger(__name__)


def error_response(
    error: DeskbusError, request_id: str, headers: dict[str, str] | None = None
) -> JSONResponse:
    """The one form of an error over HTTP."""
    extra = {}
    if isinstance(error, RetryLater):
        extra["retry-after"] = RETRY_AFTER_SECONDS
    elif error.status == TOO_MANY and "seconds" in error.params:
        extra["retry-after"] = str(error.params["seconds"])
    body = {"error": {**render(error), "request_id": request_id}}
    return _ErrorResponse(error.code, body, error.status, {**(headers or {}), **extra})


class _ErrorResponse(JSONResponse):
    """Tells the edge by its scope which error it is, so that it is counted once, whoever answers it."""

    def __init__(
        self, code: str, body: dict[str, Any], status: int, headers: dict[str, str]
    ) -> None:
        super().__init__(body, status, headers)
        self._code = code

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["state"][_CODE] = self._code
        await super().__call__(scope, receive, send)


class Edge:
    """ASGI middleware; it stands inside Starlette's own error page, which so never shows."""

    def __init__(self, app: ASGIApp, service: str) -> None:
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection; sockets and lifespans pass untouched."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        asking.begin(scope)
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            await self._measured(scope, receive, _Answer(send, request_id))

    async def _measured(self, scope: Scope, receive: Receive, answer: "_Answer") -> None:
        # Neither pages nor probes ask for something that goes on elsewhere.
        asks = scope["path"].startswith("/api/")
        started = time.perf_counter()
        with tracing.begin("HTTP", "server") if asks else nullcontext():
            await self._guarded(scope, receive, answer)
            if asks:
                self._name_span(scope, answer)
        seconds = time.perf_counter() - started
        route = getattr(scope.get("route"), "path", "none")
        # Anybody can make a method up, and a label of each would stay for ever.
        method = scope["method"] if scope["method"] in _METHODS else "other"
        labels = (self._service, method, route, str(answer.status))
        metrics.HTTP_SECONDS.labels(*labels).observe(seconds)
        if code := scope["state"].get(_CODE):
            metrics.ERRORS.labels(self._service, code).inc()
        _log.debug("request", route=route, status=answer.status, milliseconds=round(seconds * 1e3))

    def _name_span(self, scope: Scope, answer: "_Answer") -> None:
        route = getattr(scope.get("route"), "path", "none")
        failed = str(answer.status) if answer.status >= Internal.status else ""
        facts: dict[str, tracing.Fact] = {
            "http.response.status_code": answer.status,
            "service": self._service,
        }
        if code := scope["state"].get(_CODE):
            facts["error.type"] = code
        tracing.name_it(f"{scope['method']} {route}", failed, **facts)

    async def _guarded(self, scope: Scope, receive: Receive, answer: "_Answer") -> None:
        if _announced_length(scope) > BODY_LIMIT:
            await error_response(TooLarge(), answer.request_id)(scope, receive, answer)
            return
        try:
            await self._app(scope, _Bounded(receive), answer)
        except Exception:
            _log.exception("request_failed", service=self._service)
            if answer.status:
                raise
            await error_response(Internal(), answer.request_id)(scope, receive, answer)


class _Answer:
    """Sends, and on the way remembers the status and adds the headers."""

    def __init__(self, send: Send, request_id: str) -> None:
        self._send = send
        self.request_id = request_id
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers[REQUEST_ID] = self.request_id
            if headers.get("content-type", "").startswith("application/json"):
                for name, value in _JSON_HEADERS.items():
                    headers.setdefault(name, value)
        await self._send(message)


class _Bounded:
    """Receives a body that did not announce its length, up to the limit."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._left = BODY_LIMIT

    async def __call__(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            # FastAPI turns any other exception in here into a 400.
            raise HTTPException(TooLarge.status)
        return message


def _request_id(scope: Scope) -> str:
    given = Headers(scope=scope).get(REQUEST_ID, "")
    return given if _OWN_ID.fullmatch(given) else new_id()


def _announced_length(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "0")
    return int(length) if length.isdecimal() else 0
