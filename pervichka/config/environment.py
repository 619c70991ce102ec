"""Settings from the environment: `PERVICHKA_NAME`, typed, with a clear error for a bad value."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_SHORTEST, _FEWEST = 50, 5
_FALSE = {"0", "false", "no", "off", ""}


def text(name: str, *, default: str) -> str:
    return os.environ.get(f"PERVICHKA_{name}", default)


def words(name: str, *, default: list[str]) -> list[str]:
    """A comma-separated list."""
    value = os.environ.get(f"PERVICHKA_{name}")
    if value is None:
        return default
    return [word.strip() for word in value.split(",") if word.strip()]


def flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(f"PERVICHKA_{name}", "1" if default else "0").strip().lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    message = f"PERVICHKA_{name} is {value!r}; write 1 or 0"
    raise ImproperlyConfigured(message)


def number(name: str, *, default: int) -> int:
    value = os.environ.get(f"PERVICHKA_{name}", str(default)).strip()
    if not (value.isascii() and value.isdigit()):
        message = f"PERVICHKA_{name} is {value!r}; write a whole number"
        raise ImproperlyConfigured(message)
    return int(value)


def secret(name: str, home: Path) -> str:
    """A secret from the environment, else from a file of its own, made at first use.

    One that is short, of few letters, or an example's is refused.
    """
    value = os.environ.get(f"PERVICHKA_{name}")
    if value:
        if len(value) < _SHORTEST or len(set(value)) < _FEWEST or "insecure" in value.lower():
            message = f"PERVICHKA_{name} is too weak; leave it out and a good one is made"
            raise ImproperlyConfigured(message)
        return value
    file = home / "keys" / name.lower()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with os.fdopen(descriptor, "w") as stream:
        stream.write(secrets.token_urlsafe(50))
    return file.read_text().strip()
