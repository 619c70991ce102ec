"""Cells into values, gathering every mistake of a file with its line and column."""

import re
from collections.abc import Collection
from datetime import date
from decimal import Decimal

from pervichka.foundation.refusal import Reason, Refused
from pervichka.foundation.tabular.reading import Row

_MOST_REASONS = 1_000
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[+-]?(?=\.?[0-9])[0-9]*\.?([0-9]*)")
# PostgreSQL's text holds no NUL, and control characters in a name are never meant.
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
# Those that a standard can speak of; so no window before a date leaves the calendar.
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


class Check:
    """Reads cells of one file; `close` refuses the whole file if anything was wrong."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.reasons: list[Reason] = []

    def wrong(self, row: Row, column: str | None, message: str, **params: object) -> None:
        """Note a mistake in a cell, or in the row as a whole."""
        self.note(
            Reason(message=message, params=params, file=self._file, line=row.line, column=column)
        )

    def note(self, reason: Reason) -> None:
        """Note a mistake. Past a thousand, the rest goes unreported."""
        if len(self.reasons) < _MOST_REASONS:
            self.reasons.append(reason)

    def close(self) -> None:
        if self.reasons:
            raise Refused(*self.reasons)

    def text(self, row: Row, column: str, *, required: bool = False, most: int = 500) -> str:
        value = row.cells.get(column, "")
        if required and not value:
            self.wrong(row, column, "nothing is given")
        if len(value) > most:
            self.wrong(row, column, "longer than {most} characters", most=most)
        if _CONTROL.search(value):
            self.wrong(row, column, "holds a control character")
            return ""
        return value

    def choice(self, row: Row, column: str, allowed: Collection[str]) -> str:
        value = self.text(row, column, required=True)
        if value and value not in allowed:
            self.wrong(
                row,
                column,
                "{value} is not known; write one of {allowed}",
                value=repr(value),
                allowed=", ".join(allowed),
            )
        return value

    def day(self, row: Row, column: str, *, required: bool = False) -> date | None:
        value = self.text(row, column, required=required)
        if not value:
            return None
        try:
            if not _DATE.fullmatch(value):
                raise ValueError(value)
            found = date.fromisoformat(value)
        except ValueError:
            self.wrong(
                row, column, "{value} is not a date; write it like 2026-01-31", value=repr(value)
            )
            return None
        if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
            self.wrong(
                row, column, "{value} is not a date between 1900 and 2199", value=repr(value)
            )
            return None
        return found

    def integer(
        self, row: Row, column: str, *, least: int = 0, most: int = 10**9, required: bool = False
    ) -> int | None:
        value = self.text(row, column, required=required)
        if not value:
            return None
        if not _INTEGER.fullmatch(value) or not least <= int(value) <= most:
            self.wrong(
                row,
                column,
                "{value} is not a whole number from {least} to {most}",
                value=repr(value),
                least=least,
                most=most,
            )
            return None
        return int(value)

    def thousandths(self, row: Row, column: str, *, default: int) -> int:
        """A decimal with at most three places, as integer thousandths."""
        value = self.text(row, column)
        if not value:
            return default
        number = _DECIMAL.fullmatch(value)
        if not number:
            self.wrong(row, column, "{value} is not a number", value=repr(value))
            return default
        # Told by the digits as written: arithmetic would round a long number first.
        if len(number[1].rstrip("0")) > 3:
            self.wrong(row, column, "{value} has more than three decimals", value=repr(value))
            return default
        scaled = Decimal(value) * 1000
        if abs(scaled) >= 10**15:
            self.wrong(row, column, "{value} is too large", value=repr(value))
            return default
        return int(scaled)
