"""Collects what is wrong with one file, so that every mistake is reported at once."""

import functools
from pathlib import Path
from zoneinfo import available_timezones

from pervichka.foundation.refusal import Reason, Refused


@functools.cache
def _time_zones() -> frozenset[str]:
    # Each look goes through all files of the zones, and a pack has a zone for every region.
    return frozenset(available_timezones())


class Mistakes:
    """Mistakes of one file. `add` notes one; `raise_if_any` refuses the file with all of them."""

    def __init__(self, file: Path) -> None:
        self.file = str(file)
        self._reasons: list[Reason] = []

    def add(self, message: str, line: int | None, field: str | None, **params: object) -> None:
        self._reasons.append(
            Reason(message=message, params=params, file=self.file, line=line, column=field)
        )

    def raise_if_any(self) -> None:
        if self._reasons:
            raise Refused(*sorted(self._reasons, key=lambda reason: reason.line or 0))

    def check_time_zone(self, value: str, line: int | None, field: str) -> None:
        if value not in _time_zones():
            self.add(
                "{value} is not an IANA time zone; write one like Europe/Moscow.",
                line,
                field,
                value=value,
            )

    @classmethod
    def unheard(cls) -> "Mistakes":
        """Mistakes that nobody reads: those inside a field that was refused as a whole."""
        return cls(Path())
