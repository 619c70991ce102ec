"""Replays with nothing beside the draft: a standard's first version, and a file with mistakes."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pervichka.foundation.journal.models import Entry
from pervichka.foundation.periods import Month
from pervichka.foundation.refusal import Refused
from pervichka.register.branches.models import Branch
from pervichka.standard.scores.actions.scoring import score_period
from pervichka.standard.scores.models import PublishedStandard, Score, ScoredPeriod
from pervichka.standard.scores.queries.replaying import Replayed, replay
from tests.builders.actors import OPERATOR
from tests.builders.branches import a_branch, a_primary_branch
from tests.builders.events import a_held_meeting
from tests.builders.people import members
from tests.builders.standards import a_document, a_published_standard

pytestmark = pytest.mark.django_db(transaction=True)

SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)
NOW = datetime(2026, 11, 5, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def town(tmp_path: Path) -> None:
    """Two primary branches; in one of them three of five members met in October 2026."""
    people = members(of=a_primary_branch(), number=5)
    a_branch(code="RU-AD/2", parent=Branch.objects.get(code="RU-AD/local"))
    a_held_meeting(branch=people[0].branch, came=people[:3])
    a_published_standard(tmp_path)
    # Facts are derived where a month is computed.
    score_period(month=OCTOBER, by=OPERATOR, at=NOW)


def replayed(file: Path) -> list[Replayed]:
    return list(replay(file=file, first=SEPTEMBER, last=OCTOBER, by=OPERATOR))


def test_a_first_version_stands_alone_in_every_month_and_branch(tmp_path: Path) -> None:
    found = replayed(a_document(tmp_path, slug="another", target=1))

    branches = ["RU", "RU-AD", "RU-AD/1", "RU-AD/2", "RU-AD/local"]
    assert [(one.month, one.branch) for one in found] == [
        (month, branch) for month in (SEPTEMBER, OCTOBER) for branch in branches
    ]
    assert {(one.points_before, one.grade_before, one.difference) for one in found} == {
        (None, None, None)
    }
    assert {one.why for one in found} == {()}
    met = next(one for one in found if (one.month, one.branch) == (OCTOBER, "RU-AD/1"))
    assert met.grade_after == "A"


def test_a_version_in_force_only_later_stands_alone_before(tmp_path: Path) -> None:
    a_published_standard(tmp_path, slug="another", valid_from=OCTOBER.start)

    found = replayed(a_document(tmp_path, slug="another", version="2", target=1))

    before = {one.month: one.points_before for one in found if one.branch == "RU-AD/1"}
    assert before[SEPTEMBER] is None
    assert before[OCTOBER] is not None


def test_a_file_with_mistakes_is_refused_with_all_of_them_and_nothing_is_kept(
    tmp_path: Path,
) -> None:
    draft = a_document(tmp_path, slug="another")
    text = draft.read_text(encoding="utf-8")
    draft.write_text(text.replace("weight: 1", "weight: 0").replace("quarter", "fortnight"))
    counts = [model.objects.count() for model in (Score, ScoredPeriod, PublishedStandard, Entry)]

    with pytest.raises(Refused) as refused:
        replayed(draft)

    lines = draft.read_text(encoding="utf-8").splitlines()
    assert [lines[(reason.line or 0) - 1].strip() for reason in refused.value.reasons] == [
        "weight: 0",
        "period: fortnight",
    ]
    assert {reason.file for reason in refused.value.reasons} == {str(draft)}
    assert counts == [
        model.objects.count() for model in (Score, ScoredPeriod, PublishedStandard, Entry)
    ]


def test_a_file_that_is_not_yaml_or_not_there_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("standard: [")

    with pytest.raises(Refused, match="can't be read as YAML"):
        replayed(broken)
    with pytest.raises(Refused, match="the file can't be read"):
        replayed(tmp_path / "absent.yaml")
