"""Structured logs through structlog: one line an event, JSON or for the eye, never personal data.

Events are named in snake_case; values are ids, codes, counts and times. Messages, names and
addresses are never passed to a logger.
"""

import logging
import sys

import structlog
from structlog.processors import ExceptionRenderer
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import EventDict, Processor

from chassis import tracing
from chassis.settings import Settings

# Libraries that log each call or connection at info.
_QUIET = ("aiokafka", "faststream", "httpx", "motor", "pymongo", "uvicorn")


def configure(settings: Settings) -> None:
    """Send our events and those of libraries to standard error in one form."""
    shared = _shared()
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(settings, shared))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.upper())
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def logger(name: str) -> structlog.stdlib.BoundLogger:
    """The logger of a module."""
    log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return log


def _add_trace(_: object, __: str, event: EventDict) -> EventDict:
    if trace_id := tracing.current_id():
        event["trace_id"] = trace_id
    return event


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        _add_trace,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _formatter(settings: Settings, shared: list[Processor]) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.ExtraAdder(), *shared],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *_rendering(settings),
        ],
    )


def _rendering(settings: Settings) -> list[Processor]:
    # Frames without their variables: those could hold what people typed.
    if settings.log_format == "json":
        frames = ExceptionDictTransformer(show_locals=False)
        return [ExceptionRenderer(frames), structlog.processors.JSONRenderer()]
    plain = structlog.dev.plain_traceback
    return [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)]
