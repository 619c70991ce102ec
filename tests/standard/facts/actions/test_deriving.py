"""Facts derived anew from nothing are those that were kept up to date."""

import pytest

from pervichka.standard.facts.actions.deriving import rebuild_facts, refresh_facts
from pervichka.standard.facts.models import Fact
from pervichka.standard.facts.sources import events as source
from tests.builders.branches import a_primary_branch
from tests.builders.events import AFTER, a_held_meeting, tick
from tests.builders.people import members

pytestmark = pytest.mark.django_db

COLUMNS = (
    "kind", "branch_id", "place", "person", "occurred_on", "value", "evidence", "source",
    "source_id",
)  # fmt: skip


def everything() -> list[tuple[object, ...]]:
    return list(Fact.objects.order_by("source", "source_id").values_list(*COLUMNS))


def test_a_rebuild_from_nothing_gives_what_refreshing_gave() -> None:
    people = members(of=a_primary_branch(), number=5)
    branch = people[0].branch
    first = a_held_meeting(branch=branch, came=people[:3])
    second = a_held_meeting(branch=branch, came=people[:4], head_count=4, confirmed_by=people[0])
    refresh_facts(source=source, subjects=[first.id, second.id])
    tick(first, people[1:], at=AFTER, reason="Перепутали")
    refresh_facts(source=source, subjects=[first.id])
    kept = everything()

    assert rebuild_facts() == len(kept) == 14
    assert everything() == kept
