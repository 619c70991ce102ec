"""What should have come to its end and has not."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from pervichka.register.retention.kinds import kinds
from pervichka.register.retention.rules import rules

# The worker looks once an hour; what is a day late was not looked at.
LATE = timedelta(days=1)


def overdue(*, at: datetime) -> Mapping[str, int]:
    """How many rows of which kind are a day past their time; kinds without any are left out."""
    known = kinds()
    counted = {
        code: known[code].starts[rule.start](at - rule.kept - LATE).count()
        for code, rule in rules().items()
    }
    return {code: rows for code, rows in counted.items() if rows}
