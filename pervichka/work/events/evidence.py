"""How well it is known that someone came, that an event took place, that there was a quorum.

Plain rows in, classes out; the one place where this is decided.

- A code entered on the participant's own phone is *observed*.
- A row that stood in the list when another participant confirmed the head count is *verified*:
  so long as no more people are listed than heads were counted.
- What the branch above entered is self-reported until the branch's own secretary confirms it.
- Anything else is *self-reported*: the branch says so.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from pervichka.work.events.models import AnswerMeans, AttendanceMeans


class Evidence(IntEnum):
    """Ordered from the weakest."""

    SELF_REPORTED = 0
    OBSERVED = 1
    VERIFIED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """One who came: by what means it is known, since when, and whether they had a vote."""

    means: str
    recorded_at: datetime
    has_vote: bool = False
    from_above: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """The heads counted, and the moment at which another participant confirmed the number."""

    heads: int | None = None
    confirmed_at: datetime | None = None
    from_above: bool = False

    def covers(self, listed: int) -> bool:
        """Whether it is confirmed and no more people are listed than heads were counted."""
        if self.from_above:
            return False
        return self.confirmed_at is not None and self.heads is not None and listed <= self.heads


def of_attendance(row: Came, count: Count, *, listed: int) -> Evidence:
    """`listed` is how many are in the list altogether."""
    if row.from_above:
        return Evidence.SELF_REPORTED
    confirmed = count.confirmed_at
    if confirmed is not None and count.covers(listed) and row.recorded_at <= confirmed:
        return Evidence.VERIFIED
    return Evidence.OBSERVED if row.means == AttendanceMeans.CODE else Evidence.SELF_REPORTED


def of_event(rows: Collection[Came], count: Count) -> Evidence:
    """That it took place: the highest class that at least half of those who came have."""
    if not rows:
        return Evidence.VERIFIED if count.covers(0) else Evidence.SELF_REPORTED
    classes = sorted((of_attendance(row, count, listed=len(rows)) for row in rows), reverse=True)
    return classes[(len(classes) - 1) // 2]


def of_quorum(rows: Collection[Came], count: Count, *, quorum: int) -> Evidence | None:
    """The highest class in which enough people with a vote came; none: there was no quorum."""
    classes = sorted(
        (of_attendance(row, count, listed=len(rows)) for row in rows if row.has_vote),
        reverse=True,
    )
    return classes[quorum - 1] if len(classes) >= quorum else None


def of_plan(*, planned_at: datetime, starts_at: datetime) -> Evidence:
    """The system saw the plan if it was entered before the event began."""
    return Evidence.OBSERVED if planned_at <= starts_at else Evidence.SELF_REPORTED


def of_answer(answered_through: str) -> Evidence:
    """That someone was asked, or said they would come: observed if they answered by their link."""
    by_link = answered_through == AnswerMeans.LINK
    return Evidence.OBSERVED if by_link else Evidence.SELF_REPORTED
