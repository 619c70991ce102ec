"""Two lists of a country's precincts, three years apart.

With PERVICHKA_REAL_DATA the real ones of that folder, precincts_2021.csv.gz and _2024.csv.gz; else
made ones of the same shape, a fiftieth of the size.
"""

import os
import random
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pervichka.foundation.tabular import write_rows
from pervichka.register.branches.actions.listed import COLUMNS
from pervichka.register.branches.actions.precincts import PrecinctsImported, import_precincts
from pervichka.register.branches.models import Branch, Precinct
from pervichka.register.branches.packs import load_pack
from tests.builders.actors import OPERATOR
from tests.register.branches.soundness import demand_a_sound_tree

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)
LATER = date(2024, 3, 1)
REAL = os.environ.get("PERVICHKA_REAL_DATA")


@dataclass(frozen=True, kw_only=True)
class Lists:
    """Two files, and what is to come of them."""

    earlier: Path
    later: Path
    regions: int
    precincts: int
    moved: int
    voters_changed: int


def take(file: Path, since: date | None = None) -> PrecinctsImported:
    return import_precincts(file=file, grow=True, valid_from=since, by=OPERATOR, at=NOW)


@pytest.mark.scale
@pytest.mark.timeout(240)
@pytest.mark.skipif(not REAL, reason="PERVICHKA_REAL_DATA names no folder with the real lists")
def test_the_real_lists() -> None:
    folder = Path(REAL or "")
    follow_the_country(
        Lists(
            earlier=folder / "precincts_2021.csv.gz",
            later=folder / "precincts_2024.csv.gz",
            regions=83,
            precincts=90_298,
            moved=10_796,
            voters_changed=88_627,
        )
    )


def test_made_lists(tmp_path: Path) -> None:
    lists = made_lists(tmp_path)
    follow_the_country(lists)
    demand_a_sound_tree()


def follow_the_country(lists: Lists) -> None:
    take(lists.earlier)

    done = take(lists.later, LATER)

    living = Branch.objects.filter(closed_on=None)
    assert living.filter(level="regional").count() == lists.regions
    assert living.filter(level="primary").count() == lists.precincts
    assert Precinct.objects.filter(valid_to=None).count() == lists.precincts
    assert (done.moved, done.voters_changed) == (lists.moved, lists.voters_changed)
    assert not living.filter(level="local", children=None).exists()
    third = take(lists.later, LATER)
    assert third == PrecinctsImported(
        opened=0, closed=0, moved=0, voters_changed=0, unchanged=lists.precincts,
        branches_opened=0, branches_moved=0, branches_closed=0,
    )  # fmt: skip


def made_lists(folder: Path) -> Lists:
    """Twenty regions of ninety precincts; of each a few vanish, appear and change hands."""
    chance = random.Random(20_240_301)  # noqa: S311 - made data, the same each time
    earlier, later, moved, changed = [], [], 0, 0
    for region in [region.code for region in load_pack("ru").regions[:20]]:
        for number in range(1, 91):
            territory, voters = f"Район {number // 10}", chance.randrange(100, 3_000)
            if number > 3:
                earlier.append((region, territory, number, voters))
            if number > 88:
                continue
            moves, changes = chance.random() < 0.12, chance.random() < 0.98
            if number > 3:
                moved, changed = moved + moves, changed + changes
            territory = f"Округ {number // 30}" if moves else territory
            later.append((region, territory, number, voters + changes))
    write_rows(folder / "earlier.csv.gz", COLUMNS, earlier)
    write_rows(folder / "later.csv.gz", COLUMNS, later)
    return Lists(
        earlier=folder / "earlier.csv.gz",
        later=folder / "later.csv.gz",
        regions=20,
        precincts=len(later),
        moved=moved,
        voters_changed=changed,
    )
