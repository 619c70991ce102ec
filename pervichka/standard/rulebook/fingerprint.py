"""The hash by which a published standard is known: of what it means, not of how it is laid out."""

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import date

from pervichka.standard.rulebook.document import Standard

_LAYOUT = frozenset({"line"})


def fingerprint(standard: Standard) -> str:
    """SHA-256 (hexadecimal) of the document as canonical JSON.

    Comments, the order of keys, lines and quotes change nothing; every name, number, word and
    the order of criteria and indicators do.
    """
    canonical = json.dumps(
        _plain(standard), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        content = {
            field.name: _plain(getattr(value, field.name))
            for field in fields(value)
            if field.name not in _LAYOUT
        }
        # Two forms of measure may have the same fields; the form is part of the meaning.
        return {"form": type(value).__name__, **content}
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
