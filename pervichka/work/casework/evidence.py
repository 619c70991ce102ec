"""How well it is known that an appeal came, was answered, was solved.

Plain rows in, classes out; the one place where this is decided. What a padder would try: write
appeals that nobody sent and answer them; answer with nothing and call it closed; say that the
applicant was glad. So:

- that there was an appeal and an answer is *verified* once the applicant, who wrote on the public
  page, said by their own code whether it is solved, whichever way;
- *observed* if they wrote there and have not said: the system saw it come and saw the answer;
- what a branch entered for somebody is *self-reported*. Once somebody acted on it with the code it
  is *observed* and no more, since the branch has held that code in its hands;
- what another unit entered for the branch is *self-reported*;
- that it is solved is known from the applicant alone: a branch that was told so says so itself.
"""

from dataclasses import dataclass
from enum import IntEnum

from pervichka.work.casework.models import ConfirmedBy


class Evidence(IntEnum):
    """Ordered from the weakest."""

    SELF_REPORTED = 0
    OBSERVED = 1
    VERIFIED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How one round went. `spoke`: the applicant said by their code how it ended, or rated it."""

    by_applicant: bool
    entered_from_above: bool = False
    spoke: bool = False


def of_appeal(course: Course) -> Evidence:
    """That there was something to answer, and that it was answered."""
    if course.by_applicant:
        return Evidence.VERIFIED if course.spoke else Evidence.OBSERVED
    if course.entered_from_above:
        return Evidence.SELF_REPORTED
    return Evidence.OBSERVED if course.spoke else Evidence.SELF_REPORTED


def of_solution(course: Course, confirmed_by: str) -> Evidence:
    """That it is solved."""
    if confirmed_by != ConfirmedBy.APPLICANT:
        return Evidence.SELF_REPORTED
    return Evidence.VERIFIED if course.by_applicant else Evidence.OBSERVED
