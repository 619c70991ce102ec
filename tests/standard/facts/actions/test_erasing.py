"""An erased person leaves no trace in the facts, and takes none of them along."""

from pathlib import Path

import pytest

from pervichka.foundation.tabular import write_rows
from pervichka.standard.facts.actions.deriving import rebuild_facts
from pervichka.standard.facts.actions.erasing import erase_everywhere
from pervichka.standard.facts.actions.importing import import_facts
from pervichka.standard.facts.models import Fact
from tests.builders.actors import OPERATOR
from tests.builders.branches import a_primary_branch
from tests.builders.events import AFTER, a_held_meeting
from tests.builders.people import members

pytestmark = pytest.mark.django_db


def test_counts_stay_under_codes_that_lead_nowhere(tmp_path: Path) -> None:
    people = members(of=a_primary_branch(), number=5)
    gone = people[0]
    a_held_meeting(branch=gone.branch, came=people[:3])
    rebuild_facts()
    file = tmp_path / "facts.csv"
    write_rows(
        file,
        ("kind", "branch", "person", "occurred_on", "source", "source_id"),
        [("course.passed", "RU-AD/1", gone.code, "2026-10-01", "school", n) for n in range(2)],
    )
    import_facts(file=file, by=OPERATOR, at=AFTER)
    before = Fact.objects.order_by("source_id").values_list("kind", "source_id", "occurred_on")
    kept, code = list(before), gone.code

    erase_everywhere(person=gone, by=OPERATOR, at=AFTER)

    assert list(before.all()) == kept
    assert not Fact.objects.filter(person=code).exists()
    # Whoever passed two courses still is one person.
    assert Fact.objects.filter(kind="course.passed").values("person").distinct().count() == 1
    columns = ("source_id", "person", "evidence")
    now = list(Fact.objects.filter(source="events").order_by("source_id").values_list(*columns))
    rebuild_facts()
    assert now == list(
        Fact.objects.filter(source="events").order_by("source_id").values_list(*columns)
    )
