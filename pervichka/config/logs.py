"""The log: lines on stderr, an error with its traceback; nobody's data in any of them.

What an exception says may hold a name or a number that somebody typed, and an address may hold a
personal link. So of an exception the log keeps its type and the lines of code that it came
through, and of a request its method and its route.
"""

import sys
import traceback
from collections.abc import Iterator
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

_PRE: list[Processor] = [
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
]


def name_route(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Of a request that failed: how it was answered, its method and its route."""
    request = getattr(event.get("_record"), "request", None)
    method = getattr(request, "method", None)
    if method is not None:
        match = getattr(request, "resolver_match", None)
        event["event"] = "request.failed"
        event["method"] = method
        event["route"] = match.route if match else "none"
        event["status"] = getattr(event["_record"], "status_code", "unknown")
    return event


def tell_error(_logger: object, _method: str, event: EventDict) -> EventDict:
    """In place of the exception its types and lines of code, the first cause first."""
    given = event.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()
    error = given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["exception"] = "".join(_told(error)).rstrip()
    return event


def _told(error: BaseException) -> Iterator[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _told(before)
        yield "and then\n"
    yield from traceback.format_tb(error.__traceback__)
    kind = type(error)
    yield f"{kind.__module__}.{kind.__qualname__}\n"


def logging() -> dict[str, Any]:
    """The `LOGGING` of the settings; sends what structlog is told the same way."""
    structlog.configure(
        processors=[*_PRE, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    line = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": _PRE,
        "processors": [
            name_route,
            tell_error,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.dev.ConsoleRenderer(colors=False),
        ],
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": line},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        # What merely isn't there (404) or isn't allowed (403) is no fault of ours.
        "loggers": {"django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
    }
