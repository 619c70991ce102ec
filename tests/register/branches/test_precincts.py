"""A list of precincts, then a later one: what opens, closes, moves and stays."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pervichka.foundation.journal.models import Entry
from pervichka.foundation.refusal import Refused
from pervichka.foundation.tabular import write_rows
from pervichka.register.access.policy import Forbidden
from pervichka.register.access.roles import RegionalHead
from pervichka.register.branches.actions.branches import close_branch, merge_branch, move_branch
from pervichka.register.branches.actions.listed import COLUMNS
from pervichka.register.branches.actions.precincts import PrecinctsImported, import_precincts
from pervichka.register.branches.models import Branch, Precinct, PrecinctLink
from tests.builders.actors import OPERATOR, head_of
from tests.register.branches.soundness import demand_a_sound_tree

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)
FIRST_OF_MARCH = date(2024, 3, 1)
Rows = list[tuple[str, str, int | str, int | str]]
FIRST: Rows = [
    ("RU-AD", "Адыгейская", 1, 1200),
    ("RU-AD", "Адыгейская", 2, 800),
    ("RU-AD", "Тахтамукайская Северная", 3, 950),
    ("RU-AL", "Майминская", 1, 400),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def take(
    folder: Path,
    rows: Rows,
    *,
    since: date | None = None,
    grow: bool = True,
    ending: str = ".csv",
) -> PrecinctsImported:
    file = folder / f"precincts{ending}"
    write_rows(file, COLUMNS, rows)
    return import_precincts(file=file, grow=grow, valid_from=since, by=OPERATOR, at=NOW)


def living() -> dict[str, str]:
    """Codes of the branches that are open, and their parents'."""
    found = Branch.objects.filter(closed_on=None).select_related("parent")
    return {branch.code: branch.parent.code if branch.parent else "" for branch in found}


def everything() -> list[object]:
    return [
        list(Branch.objects.order_by("code").values_list()),
        list(Precinct.objects.order_by("id").values_list()),
        list(PrecinctLink.objects.order_by("id").values_list()),
    ]


def branch(code: str) -> Branch:
    return Branch.objects.get(code=code)


def test_a_tree_grows_from_the_first_list(folder: Path) -> None:
    done = take(folder, FIRST)

    assert living() == {
        "RU": "",
        "RU-AD": "RU",
        "RU-AL": "RU",
        "RU-AD/адыгейская": "RU-AD",
        "RU-AD/тахтамукайская-северная": "RU-AD",
        "RU-AL/майминская": "RU-AL",
        "RU-AD/1": "RU-AD/адыгейская",
        "RU-AD/2": "RU-AD/адыгейская",
        "RU-AD/3": "RU-AD/тахтамукайская-северная",
        "RU-AL/1": "RU-AL/майминская",
    }
    assert (done.opened, done.branches_opened) == (4, 10)
    assert {b.level for b in Branch.objects.filter(code__startswith="RU-AD/т")} == {"local"}
    assert branch("RU-AD/1").voters == 1200
    assert {b.opened_on for b in Branch.objects.all()} == {None}
    assert PrecinctLink.objects.filter(branch__code="RU-AD/3", precinct__number=3).count() == 1
    demand_a_sound_tree()


def test_a_list_without_growing_makes_no_branch(folder: Path) -> None:
    done = take(folder, FIRST, grow=False)

    assert (done.opened, done.branches_opened, Branch.objects.count()) == (4, 0, 0)
    assert Precinct.objects.filter(valid_from=None, valid_to=None).count() == 4


def test_branches_may_grow_later_from_the_same_list(folder: Path) -> None:
    take(folder, FIRST, grow=False)

    done = take(folder, FIRST, grow=True)

    assert (done.opened, done.branches_opened) == (0, 10)


@pytest.mark.parametrize("since", [None, FIRST_OF_MARCH])
def test_the_same_list_again_changes_nothing(folder: Path, since: date | None) -> None:
    take(folder, FIRST)
    before = everything()

    done = take(folder, FIRST, since=since, grow=False)

    assert everything() == before
    assert done.unchanged == 4
    assert not Entry.objects.filter(action__in=["branch.moved", "branch.closed"]).exists()


def test_a_later_list_closes_opens_moves_and_updates(folder: Path) -> None:
    take(folder, FIRST)
    later: Rows = [
        ("RU-AD", "Адыгейская", 1, 1300),
        ("RU-AD", "Адыгейская", 3, 950),
        ("RU-AD", "Майкопская", 4, 700),
        ("RU-AL", "Майминская", 1, 400),
    ]

    # Without being told to grow: what has grown follows the list from then on.
    done = take(folder, later, since=FIRST_OF_MARCH, grow=False)

    assert done == PrecinctsImported(
        opened=1, closed=1, moved=1, voters_changed=1, unchanged=1,
        branches_opened=2, branches_moved=1, branches_closed=2,
    )  # fmt: skip
    assert branch("RU-AD/2").closed_on == FIRST_OF_MARCH
    assert branch("RU-AD/4").opened_on == FIRST_OF_MARCH
    assert branch("RU-AD/майкопская").opened_on == FIRST_OF_MARCH
    assert branch("RU-AD/1").voters == 1300
    assert living()["RU-AD/3"] == "RU-AD/адыгейская"
    # The only precinct of this territory moved away.
    assert branch("RU-AD/тахтамукайская-северная").closed_on == FIRST_OF_MARCH
    gone = Precinct.objects.get(region="RU-AD", number=2)
    assert gone.valid_to == FIRST_OF_MARCH
    assert gone.links.get().valid_to == FIRST_OF_MARCH
    assert Precinct.objects.get(number=4).valid_from == FIRST_OF_MARCH
    demand_a_sound_tree()

    before = everything()
    third = take(folder, later, since=FIRST_OF_MARCH)
    assert third.unchanged == 4
    assert everything() == before


def test_without_a_date_what_vanished_ends_today_and_what_is_new_is_since_always(
    folder: Path,
) -> None:
    take(folder, FIRST)
    take(folder, [*FIRST[1:], ("RU-AD", "Адыгейская", 9, 1)])

    assert branch("RU-AD/1").closed_on == date(2026, 10, 1)
    assert branch("RU-AD/9").opened_on is None


def test_a_number_that_comes_back_opens_its_branch_again(folder: Path) -> None:
    take(folder, FIRST)
    take(folder, FIRST[:3], since=FIRST_OF_MARCH)
    take(folder, [*FIRST[:2], ("RU-AL", "Майминская", 1, 1)], since=date(2025, 1, 1))
    take(folder, [*FIRST[:2], ("RU-AD", "Адыгейская", 3, 77)], since=date(2026, 1, 1))

    again = branch("RU-AD/3")
    assert (again.closed_on, again.voters) == (None, 77)
    assert living()["RU-AD/3"] == "RU-AD/адыгейская"
    spans = Precinct.objects.filter(region="RU-AD", number=3).order_by("valid_from")
    assert [(one.valid_from, one.valid_to) for one in spans] == [
        (date(2026, 1, 1), None),
        (None, date(2025, 1, 1)),
    ]
    assert PrecinctLink.objects.filter(branch=again, valid_to=None).count() == 1
    demand_a_sound_tree()


@pytest.mark.parametrize("grow", [True, False])
@pytest.mark.parametrize("since", [None, date(2024, 6, 1)])
def test_what_comes_back_within_its_own_time_goes_on_and_is_not_there_twice(
    folder: Path, since: date | None, grow: bool
) -> None:
    take(folder, FIRST, grow=grow)
    before = everything()
    take(folder, FIRST[1:], since=date(2025, 1, 1), grow=grow)

    done = take(folder, FIRST, since=since, grow=grow)

    assert (done.opened, done.branches_opened) == (1, 1 if grow else 0)
    assert everything() == before
    demand_a_sound_tree()


def test_a_merged_branch_whose_precinct_comes_back_opens_again(folder: Path) -> None:
    take(folder, FIRST)
    merge_branch(
        branch=branch("RU-AD/1"), into=branch("RU-AD/2"), on=FIRST_OF_MARCH, by=OPERATOR, at=NOW
    )
    take(folder, FIRST[1:], since=date(2025, 1, 1))

    take(folder, FIRST, since=date(2026, 1, 1))

    again = branch("RU-AD/1")
    assert (again.closed_on, again.merged_into) == (None, None)
    assert living()["RU-AD/1"] == "RU-AD/адыгейская"
    demand_a_sound_tree()


def test_a_region_that_the_list_does_not_name_stays(folder: Path) -> None:
    take(folder, FIRST)
    take(folder, FIRST[:3], since=FIRST_OF_MARCH)

    assert "RU-AL/1" in living()


def test_a_list_dated_before_the_last_one_ends_nothing_before_it_began(folder: Path) -> None:
    take(folder, FIRST, since=FIRST_OF_MARCH)

    take(folder, FIRST[1:], since=date(2020, 1, 1))

    gone = Precinct.objects.get(region="RU-AD", number=1)
    assert (gone.valid_from, gone.valid_to) == (FIRST_OF_MARCH, FIRST_OF_MARCH)
    assert branch("RU-AD/1").closed_on == FIRST_OF_MARCH


def test_what_people_decided_about_a_branch_is_not_undone(folder: Path) -> None:
    take(folder, FIRST)
    elsewhere = branch("RU-AD/тахтамукайская-северная")
    move_branch(branch=branch("RU-AD/1"), parent=elsewhere, by=OPERATOR, at=NOW)
    for code in ("RU-AL/1", "RU-AL/майминская"):
        close_branch(branch=branch(code), on=FIRST_OF_MARCH, by=OPERATOR, at=NOW)
    before = everything()

    take(folder, FIRST)

    assert everything() == before


@pytest.mark.parametrize("ending", [".csv.gz", ".xlsx", ".parquet"])
def test_every_format_gives_the_same(folder: Path, ending: str) -> None:
    take(folder, FIRST)
    before = everything()

    assert take(folder, FIRST, ending=ending).unchanged == 4
    assert everything() == before


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        (("RU-AD", "Адыгейская", 2, 5), "number", "stands in line 3 already"),
        (("RU-AD", "Адыгейская", "2а", 5), "number", "not a whole number"),
        (("RU-AD", "Адыгейская", 0, 5), "number", "not a whole number"),
        (("RU-AD", "Адыгейская", "", 5), "number", "nothing is given"),
        (("", "Адыгейская", 9, 5), "region", "nothing is given"),
        (("RU-AD", "", 9, 5), "territory", "nothing is given"),
        (("RU-AD", "Адыгейская", 9, -5), "registered_voters", "not a whole number"),
        (("RU-AD", "Адыгейская", 9, "1.5"), "registered_voters", "not a whole number"),
    ],
)
def test_a_wrong_list_is_refused_whole(
    folder: Path, row: tuple[str, str, int | str, int | str], column: str, says: str
) -> None:
    take(folder, FIRST[:1])
    before = everything()

    with pytest.raises(Refused, match=says) as refused:
        take(folder, [*FIRST, row])

    (reason,) = refused.value.reasons
    assert (reason.file, reason.line, reason.column) == ("precincts.csv", 6, column)
    assert everything() == before


def test_a_region_stands_as_the_pack_has_it_however_it_is_written(folder: Path) -> None:
    take(folder, FIRST)
    before = everything()
    written: Rows = [("республика АДЫГЕЯ", *row[1:]) for row in FIRST[:3]]

    assert take(folder, [*written, FIRST[3]]).unchanged == 4
    assert everything() == before


def test_a_region_that_the_pack_lacks_grows_no_branch(folder: Path) -> None:
    rows: Rows = [*FIRST, ("RU-XX", "Нигде", 1, 10)]
    with pytest.raises(Refused, match="'RU-XX' is not a region of the territory pack") as refused:
        take(folder, rows)

    (reason,) = refused.value.reasons
    assert (reason.file, reason.line, reason.column) == ("precincts.csv", 6, "region")
    assert "RU-AD" in str(reason)
    assert Branch.objects.count() == 0
    # Where no branch grows from it, a list may name regions of a tree of one's own.
    assert take(folder, rows, grow=False).opened == 5


def test_every_mistake_is_told_ragged_rows_too(folder: Path) -> None:
    file = folder / "list.csv"
    file.write_text(",".join(COLUMNS) + "\nRU-AD,А,x,1\nRU-AD,А\nRU-AD,А,1,y\n", encoding="utf-8")

    with pytest.raises(Refused) as refused:
        import_precincts(file=file, grow=True, valid_from=None, by=OPERATOR, at=NOW)

    assert [reason.line for reason in refused.value.reasons] == [2, 3, 4]


def test_a_code_that_another_level_bears_is_refused(folder: Path) -> None:
    take(folder, FIRST[:1])
    Branch.objects.filter(code="RU-AD/1").update(code="RU-AL")

    with pytest.raises(Refused, match="RU-AL is a primary branch already"):
        take(folder, FIRST)


def test_only_who_may_change_the_whole_tree_imports(folder: Path) -> None:
    take(folder, FIRST)
    head = head_of(branch("RU-AD"), role=RegionalHead)
    file = folder / "precincts.csv"

    with pytest.raises(Forbidden):
        import_precincts(file=file, grow=True, valid_from=None, by=head, at=NOW)
