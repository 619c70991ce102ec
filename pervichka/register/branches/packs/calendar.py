"""The voting days of a territory, from `voting_days.csv` beside its pack."""

from datetime import date, timedelta
from pathlib import Path

from pervichka.foundation.tabular import Check, read_rows
from pervichka.register.branches.packs.reader import folder_of

FILE = "voting_days.csv"


def load_voting_days(source: str | Path) -> frozenset[date]:
    """Every voting day of the pack; none where it has no such file. Raises `Refused`."""
    file = folder_of(source) / FILE
    if not file.exists():
        return frozenset()
    check = Check(file.name)
    days: set[date] = set()
    for row in read_rows(file, required=("first", "last"), optional=("what",)):
        first = check.day(row, "first", required=True)
        last = check.day(row, "last", required=True)
        if first and last:
            days |= {first + timedelta(days=day) for day in range((last - first).days + 1)}
    check.close()
    return frozenset(days)
