"""The erasures once more, in a file beside the keys: what a restored backup is told anew.

A line is an act's number, its moment, the identifier that was erased and the act's hash: nothing
that leads to anybody, except in a backup made before. Lines are added and never changed.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from pervichka.foundation import home
from pervichka.foundation.locks import held
from pervichka.foundation.refusal import refuse


@dataclass(frozen=True, kw_only=True)
class Line:
    """One act of erasure, as the file has it."""

    number: int
    erased_at: datetime
    person_id: UUID
    hash: str

    def __str__(self) -> str:
        return f"{self.number} {self.erased_at.isoformat()} {self.person_id} {self.hash}"


def log_file() -> Path:
    return home.home() / "erasures"


def logged() -> Sequence[Line]:
    """Every act that the file knows, in its order. Raises `Refused` where it is damaged."""
    try:
        text = log_file().read_text(encoding="ascii")
    except FileNotFoundError:
        return []
    return [_line(number, line) for number, line in enumerate(text.splitlines(), start=1) if line]


def add(lines: Iterable[Line]) -> int:
    """Write those that are not there yet, safe from a power cut; how many."""
    home.folder()
    with held(log_file().with_name(".erasures.lock")):
        there = {line.person_id for line in logged()}
        new = [line for line in lines if line.person_id not in there]
        if not new:
            return 0
        descriptor = os.open(log_file(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.writelines(f"{line}\n" for line in new)
            file.flush()
            os.fsync(file.fileno())
        return len(new)


def _line(row: int, text: str) -> Line:
    try:
        number, at, person, hash_ = text.split()
        return Line(
            number=int(number),
            erased_at=datetime.fromisoformat(at),
            person_id=UUID(person),
            hash=hash_,
        )
    except ValueError:
        raise refuse(
            "{file} is damaged in line {line}: put back a copy of it",
            file=log_file(),
            line=row,
        ) from None
