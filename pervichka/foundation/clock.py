"""The only reader of the clock. Surfaces call it and hand the moment on as a parameter."""

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC)
