"""Lists of branches, precincts and facts are taken whole or not at all; people row by row."""

from pathlib import Path

import pytest

from tests.surfaces.cli.conftest import Pervichka

pytestmark = pytest.mark.django_db(transaction=True)


def written(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def branch_count(pervichka: Pervichka, tree: Path) -> int:
    """How many rows of the list are known already."""
    return int(pervichka("branches", "import", tree, "--json").document["unchanged"])


def test_branches_are_taken_in(pervichka: Pervichka, tree: Path) -> None:
    done = pervichka("branches", "import", tree, "--json")
    assert done.code == 0
    assert done.document == {"created": 4, "moved": 0, "changed": 0, "unchanged": 0}
    assert branch_count(pervichka, tree) == 4


def test_json_may_stand_before_the_command(pervichka: Pervichka, tree: Path) -> None:
    assert pervichka("--json", "branches", "import", tree).document["created"] == 4


def test_without_json_it_speaks_to_people(pervichka: Pervichka, tree: Path) -> None:
    done = pervichka("branches", "import", tree)
    assert "Branches of tree.csv" in done.out
    assert done.err == ""


def test_a_wrong_list_names_every_place_and_keeps_nothing(
    pervichka: Pervichka, tree: Path, tmp_path: Path
) -> None:
    wrong = tree.read_text() + "RU-AD/2,RU-AD/n,primary,Второе,\nRU-AD/3,RU-AD/m,ward,Третье,many\n"
    done = pervichka("branches", "import", written(tmp_path / "wrong.csv", wrong))
    assert done.code == 1
    assert done.out == ""
    places = sorted(line.split(": ")[0] for line in done.err.splitlines())
    assert places == ["wrong.csv:6:parent", "wrong.csv:7:level", "wrong.csv:7:voters"]
    assert pervichka("branches", "import", tree, "--json").document["created"] == 4


def test_a_refusal_is_one_json_document_too(pervichka: Pervichka, tmp_path: Path) -> None:
    done = pervichka(
        "branches",
        "import",
        written(tmp_path / "b.csv", "code,parent,level,name\nX,,x,X\n"),
        "--json",
    )
    assert done.code == 1
    (refused,) = done.document["refused"]
    assert (refused["file"], refused["line"], refused["column"]) == ("b.csv", 2, "level")
    assert "b.csv:2:level" in done.err


@pytest.mark.parametrize("name", ["absent.csv", "tree.txt"])
def test_a_file_that_cannot_be_read_is_refused(
    pervichka: Pervichka, tmp_path: Path, name: str
) -> None:
    if name.endswith(".txt"):
        written(tmp_path / name, "code\n")
    done = pervichka("branches", "import", tmp_path / name)
    assert done.code == 1
    assert name in done.err


PRECINCTS = "region,territory,number,registered_voters\nRU-AD,Адыгейская,1,900\n"


def test_precincts_grow_branches(pervichka: Pervichka, tmp_path: Path) -> None:
    first = written(tmp_path / "first.csv", PRECINCTS + "RU-AD,Адыгейская,2,800\n")
    done = pervichka("precincts", "import", first, "--grow-branches", "--json")
    assert done.document["opened"] == 2
    assert done.document["branches_opened"] == 5
    later = written(tmp_path / "later.csv", PRECINCTS.replace("900", "950"))
    done = pervichka("precincts", "import", later, "--valid-from", "2024-03-01", "--json")
    assert (done.document["closed"], done.document["voters_changed"]) == (1, 1)
    again = pervichka("precincts", "import", later, "--valid-from", "2024-03-01", "--json")
    assert again.document["unchanged"] == 1


FACTS = "kind,branch,occurred_on,value,source,source_id\n"


def test_facts_are_taken_whole_or_not_at_all(
    pervichka: Pervichka, tree: Path, tmp_path: Path
) -> None:
    pervichka("branches", "import", tree)
    pervichka("facts", "register", "x.leaflet.given", "--purpose", "To count leaflets")
    good = "x.leaflet.given,RU-AD/1,2026-10-02,2.5,leaflets,1\n"
    bad = "x.leaflet.given,RU-AD/9,2026-10-02,1.0001,leaflets,2\n"
    refused = pervichka("facts", "import", written(tmp_path / "facts.csv", FACTS + good + bad))
    assert refused.code == 1
    assert "facts.csv:3:branch" in refused.err
    assert "facts.csv:3:value" in refused.err
    taken = pervichka("facts", "import", written(tmp_path / "facts.csv", FACTS + good), "--json")
    assert taken.document["added"] == 1
    assert taken.document["months"] == ["2026-10"]


def test_kinds_are_listed_with_those_registered(pervichka: Pervichka) -> None:
    pervichka("facts", "register", "x.leaflet.given", "--purpose", "To count leaflets")
    listed = {one["kind"]: one for one in pervichka("facts", "kinds", "--json").document}
    assert listed["x.leaflet.given"]["meaning"] == "To count leaflets"
    assert listed["meeting.quorate"]["registered"] is False


def test_a_kind_about_voting_is_refused(pervichka: Pervichka) -> None:
    done = pervichka("facts", "register", "x.voted", "--purpose", "Who voted how")
    assert done.code == 1
    assert done.err


PEOPLE = (
    "last_name,first_name,phone,branch\nИванов,Пётр,+79161234567,RU-AD/1\nНилова,Анна,,RU-AD/1\n"
)


def test_people_are_shown_before_they_are_taken(
    pervichka: Pervichka, tree: Path, tmp_path: Path
) -> None:
    pervichka("branches", "import", tree)
    file = written(tmp_path / "people.csv", PEOPLE)
    shown = pervichka("people", "import", file, "--json")
    assert shown.code == 0
    assert (shown.document["committed"], shown.document["new"]) == (False, 1)
    taken = pervichka("people", "import", file, "--commit", "--json")
    assert (taken.code, taken.document["new"], taken.document["refused"]) == (0, 1, 1)
    assert taken.document["refusals"][0]["line"] == 3
    assert "people.csv:3" in taken.err
    again = pervichka("people", "import", file, "--commit", "--json")
    assert (again.document["new"], again.document["duplicate"]) == (0, 1)


def test_a_list_of_people_of_which_none_is_good_is_reported_and_done(
    pervichka: Pervichka, tree: Path, tmp_path: Path
) -> None:
    pervichka("branches", "import", tree)
    file = written(tmp_path / "people.csv", PEOPLE.replace(",+79161234567,", ",,"))
    done = pervichka("people", "import", file, "--commit", "--json")
    assert (done.code, done.document["new"], done.document["refused"]) == (0, 0, 2)
    assert [line.split(":")[:2] for line in done.err.splitlines()] == [
        ["people.csv", "2"], ["people.csv", "3"],
    ]  # fmt: skip
