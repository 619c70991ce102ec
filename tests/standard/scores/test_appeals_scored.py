"""From an appeal to a number, and from the number back to it."""

from datetime import timedelta
from pathlib import Path

import pytest

from pervichka.foundation.periods import Month
from pervichka.register.branches.acting import acting_as
from pervichka.standard.facts.actions.deriving import rebuild_facts
from pervichka.standard.scores.actions.publishing import publish_standard
from pervichka.standard.scores.actions.scoring import score_period
from pervichka.standard.scores.models import Score
from pervichka.work.casework import actions
from tests.builders.actors import OPERATOR
from tests.builders.branches import LONG_AGO, a_primary_branch
from tests.builders.casework import ANSWERED, CAME, answered, applicant_of, registered

pytestmark = pytest.mark.django_db(transaction=True)
DOCUMENT = """
standard: appeals
version: "1"
title: {en: Appeals, ru: Обращения}
source: A resolution
valid_from: 2025-01-01
grades: {A: 85, B: 70, C: 50}
criteria:
  - id: appeals
    title: {en: Appeals, ru: Обращения}
    weight: 1
    indicators:
      - id: on-time
        title: {en: Answered on time, ru: Ответы в срок}
        period: month
        measure:
          numerator: {count: facts, where: "kind = 'appeal.answered_on_time'"}
          denominator: {count: facts, where: "kind = 'appeal.due'"}
        target: 0.98
        evidence: verified
"""


def test_what_the_applicant_confirmed_counts(tmp_path: Path) -> None:
    branch = a_primary_branch()
    solved = answered(branch=branch)
    answered(branch=branch, at=CAME + timedelta(days=1))
    registered(branch=branch)
    with acting_as(applicant_of(solved)):
        actions.confirm_solved(appeal=solved, by=applicant_of(solved), at=ANSWERED)
    rebuild_facts()
    file = tmp_path / "appeals.yaml"
    file.write_text(DOCUMENT, encoding="utf-8")
    publish_standard(file=file, by=OPERATOR, at=LONG_AGO)

    month = Month.of(solved.due_on)
    score_period(month=month, by=OPERATOR, at=ANSWERED)

    score = Score.objects.get(branch=branch, month=month.start)
    assert (score.numerators, score.denominators) == ([1], [3])
