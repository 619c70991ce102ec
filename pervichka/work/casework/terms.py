"""When something must be done by: days of the jurisdiction's policy over its working calendar."""

from datetime import date, timedelta

from pervichka.register.branches.packs.policy import BEFORE, AppealPolicy
from pervichka.register.branches.queries.calendar import working_day
from pervichka.register.branches.queries.policy import appeal_policy


def policy() -> AppealPolicy:
    return appeal_policy()


def register_by(received: date) -> date:
    """The last day on which an appeal that came that day may be registered."""
    return _end(received, policy().register_within)


def answer_by(registered: date) -> date:
    """The last day for an answer to what was registered that day."""
    return _end(registered, policy().answer_within)


def letter_by(sent: date) -> date:
    """The last day on which an authority is to answer a letter of that day."""
    return _end(sent, policy().letter_within)


def extended(due: date, days: int) -> date:
    """The deadline moved on; never before it."""
    return max(due, _end(due, days))


def _end(start: date, days: int) -> date:
    end = start + timedelta(days=days)
    moved = working_day(end, before=policy().ends_on_day_off == BEFORE)
    # Within a long holiday the working day before may lie before the beginning itself.
    return moved if moved >= start else working_day(end, before=False)
