"""Lists of branches: taken whole or not at all, a known code being an update."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pervichka.foundation.journal.models import Entry
from pervichka.foundation.refusal import Refused
from pervichka.register.access.policy import Forbidden
from pervichka.register.access.roles import RegionalHead
from pervichka.register.branches.actions.branches import merge_branch, move_branch
from pervichka.register.branches.actions.importing import BranchesImported, import_branches
from pervichka.register.branches.models import Branch
from tests.builders.actors import OPERATOR, head_of
from tests.builders.people import a_person
from tests.register.branches.soundness import demand_a_sound_tree

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)
HEADER = "code,parent,level,name"
ROWS = ["P1,L,primary,One", "L,R,local,Local", "X,,federal,All", "R,X,regional,Region"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "branches.csv"


def take(file: Path, rows: list[str], header: str = HEADER) -> BranchesImported:
    file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return import_branches(file=file, by=OPERATOR, at=NOW)


def branch(code: str) -> Branch:
    return Branch.objects.get(code=code)


def everything() -> list[object]:
    return list(Branch.objects.order_by("code").values_list())


def test_rows_in_any_order_make_a_tree(file: Path) -> None:
    assert take(file, ROWS) == BranchesImported(created=4, moved=0, changed=0, unchanged=0)

    demand_a_sound_tree()
    assert branch("P1").parent == branch("L")
    assert (branch("P1").opened_on, branch("P1").voters) == (None, None)


def test_the_same_again_changes_nothing(file: Path) -> None:
    take(file, ROWS)
    before = everything()
    written = Entry.objects.count()

    assert take(file, ROWS).unchanged == 4
    assert everything() == before
    assert Entry.objects.count() == written


def test_a_known_code_is_an_update_and_columns_left_out_stay(file: Path) -> None:
    take(file, [row + ",700,2020-01-31" for row in ROWS], HEADER + ",voters,opened_on")
    person = a_person(branch=branch("P1"))

    done = take(file, ["P1,R,primary,First", "L,R,local,Local"])

    assert done == BranchesImported(created=0, moved=1, changed=0, unchanged=1)
    assert (branch("P1").name, branch("P1").parent) == ("First", branch("R"))
    assert (branch("P1").voters, branch("P1").opened_on) == (700, date(2020, 1, 31))
    person.refresh_from_db()
    assert person.place == branch("P1").place
    demand_a_sound_tree()


def test_a_new_root_may_come_above_the_old_one(file: Path) -> None:
    take(file, ["R,,regional,Region", "P,R,primary,One"])

    take(file, ["X,,federal,All", "R,X,regional,Region"])

    assert branch("R").parent == branch("X")
    demand_a_sound_tree()


def test_a_merged_branch_hinders_no_later_list(file: Path) -> None:
    take(file, [*ROWS, "P2,L,primary,Two"])
    merge_branch(branch=branch("P1"), into=branch("P2"), on=date(2026, 9, 1), by=OPERATOR, at=NOW)

    take(file, ["P2,L,primary,Two of two", "P1,P2,primary,One"])
    assert branch("P1").merged_into == branch("P2")

    take(file, ["P1,L,primary,One,"], HEADER + ",closed_on")
    assert (branch("P1").closed_on, branch("P1").merged_into) == (None, None)
    assert branch("P1").parent == branch("L")
    demand_a_sound_tree()


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        ("P1,L,primary,Again", "code", "stands in line 2 already"),
        (",L,primary,Nameless", "code", "nothing is given"),
        ("P2,L,primary,", "name", "nothing is given"),
        ("P2,nowhere,primary,Two", "parent", "no branch nowhere"),
        ("P2,,primary,Two", "parent", "more than one root"),
        ("P2,L,secondary,Two", "level", "'secondary' is not known; write one of federal"),
        ("L2,L,local,Two", "level", "can't stand below a local one"),
        ("R2,P1,regional,Two", "level", "can't stand below a primary one"),
        ("P2,P2,primary,Two", "parent", "P2 would lie below itself"),
    ],
)
def test_a_wrong_row_is_refused_with_its_place_and_nothing_is_kept(
    file: Path, row: str, column: str, says: str
) -> None:
    with pytest.raises(Refused, match=says) as refused:
        take(file, [*ROWS, row])

    assert ("branches.csv", 6, column) in {
        (reason.file, reason.line, reason.column) for reason in refused.value.reasons
    }
    assert not Branch.objects.exists()


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        ("P2,L,primary,Two,-1,,", "voters", "not a whole number"),
        ("P2,L,primary,Two,1,2024-02-30,", "opened_on", "not a date"),
        ("P2,L,primary,Two,1,,31.01.2024", "closed_on", "not a date"),
        ("P2,L,primary,Two,1,2024-02-01,2024-01-01", "closed_on", "closed before it opened"),
    ],
)
def test_wrong_optional_cells_are_refused(file: Path, row: str, column: str, says: str) -> None:
    rows = [known + ",,," for known in ROWS]
    with pytest.raises(Refused, match=says) as refused:
        take(file, [*rows, row], HEADER + ",voters,opened_on,closed_on")

    assert [(reason.line, reason.column) for reason in refused.value.reasons] == [(6, column)]
    assert not Branch.objects.exists()


def test_a_list_may_not_turn_the_known_tree_over(file: Path) -> None:
    take(file, ROWS)
    before = everything()

    for rows, says in (
        (["R,,federal,Region", "X,R,regional,All"], "more than one root"),
        (["R,L,regional,Region"], "can't stand below"),
        (["L,R,primary,Local"], "a primary branch can't stand below a primary one"),
        (["L,P1,primary,Local", "P1,L,primary,One"], "below itself"),
    ):
        with pytest.raises(Refused, match=says):
            take(file, rows)
        assert everything() == before


def test_a_closing_before_the_known_opening_is_refused(file: Path) -> None:
    take(file, [row + ",2025-01-01" for row in ROWS], HEADER + ",opened_on")

    with pytest.raises(Refused, match="closed before it opened"):
        take(file, ["P1,L,primary,One,2024-01-01"], HEADER + ",closed_on")


def test_only_who_may_change_the_whole_tree_imports(file: Path) -> None:
    take(file, ROWS)

    with pytest.raises(Forbidden):
        import_branches(file=file, by=head_of(branch("R"), role=RegionalHead), at=NOW)


def test_people_follow_a_move(file: Path) -> None:
    take(file, [*ROWS, "R2,X,regional,Other"])
    person = a_person(branch=branch("P1"))
    before = person.place

    move_branch(branch=branch("L"), parent=branch("R2"), by=OPERATOR, at=NOW)

    person.refresh_from_db()
    assert person.place == branch("P1").place != before
    assert branch("R2").place < person.place <= branch("R2").place_end
