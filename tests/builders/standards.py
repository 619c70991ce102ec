"""Standards for tests: a short document over meetings and attendance."""

from datetime import date
from pathlib import Path

from pervichka.standard.scores.actions.publishing import publish_standard
from pervichka.standard.scores.models import PublishedStandard
from tests.builders.actors import OPERATOR
from tests.builders.branches import LONG_AGO

DOCUMENT = """
standard: {slug}
version: "{version}"
title: {{en: Work, ru: Работа}}
source: A resolution
valid_from: {valid_from}
grades: {{A: 85, B: 70, C: 50}}
criteria:
  - id: work
    title: {{en: Work, ru: Работа}}
    weight: 1
    indicators:
      - id: meetings
        title: {{en: Meetings with a quorum, ru: Собрания с кворумом}}
        period: month
        measure: {{numerator: {{count: facts, where: "kind = 'meeting.quorate'"}}}}
        target: {target}
      - id: came
        title: {{en: Of the members came, ru: Из членов пришли}}
        period: quarter
        measure:
          numerator: {{distinct: person, from: facts, where: "kind = 'event.attended'"}}
          denominator: {{count: people, where: "affiliation = 'member'"}}
        target: 0.7
"""


def a_document(
    folder: Path,
    *,
    slug: str = "work",
    version: str = "1",
    valid_from: date = date(2025, 1, 1),
    target: float = 3,
) -> Path:
    """The document as a file; `target` of meetings a month."""
    file = folder / f"{slug}-{version}.yaml"
    file.write_text(
        DOCUMENT.format(slug=slug, version=version, valid_from=valid_from, target=target),
        encoding="utf-8",
    )
    return file


def a_published_standard(
    folder: Path,
    *,
    slug: str = "work",
    version: str = "1",
    valid_from: date = date(2025, 1, 1),
    target: float = 3,
) -> PublishedStandard:
    file = a_document(folder, slug=slug, version=version, valid_from=valid_from, target=target)
    return publish_standard(file=file, by=OPERATOR, at=LONG_AGO)
