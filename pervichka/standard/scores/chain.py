"""The hashes by which closed periods are chained."""

import hashlib
import json
from collections.abc import Iterable

from pervichka.foundation.periods import Month

GENESIS = "0" * 64


def numbers_hash(rows: Iterable[tuple[object, ...]]) -> tuple[int, str]:
    """How many rows, and the hash over all of them in the order of export."""
    hasher, count = hashlib.sha256(), 0
    for row in rows:
        hasher.update(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        count += 1
    return count, hasher.hexdigest()


def chain_hash(previous: str, fingerprint: str, month: Month, numbers: str) -> str:
    """A closing's link: over the one before, the standard, the month and its numbers."""
    return hashlib.sha256(f"{previous}\n{fingerprint}\n{month}\n{numbers}".encode()).hexdigest()
