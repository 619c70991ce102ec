"""Who acts: the local operator, or the user that `--as` names, in their post."""

from pathlib import Path

import pytest

from pervichka.foundation.journal.models import Entry
from tests.surfaces.cli.conftest import Pervichka

pytestmark = pytest.mark.django_db(transaction=True)


def test_without_as_the_operator_acts_and_is_journalled(pervichka: Pervichka, tree: Path) -> None:
    pervichka("branches", "import", tree)
    assert set(Entry.objects.values_list("actor", flat=True)) == {"operator"}


def test_a_user_acts_in_their_post_alone(pervichka: Pervichka, tree: Path) -> None:
    pervichka("branches", "import", tree)
    made = pervichka(
        "user", "create", "ann", "--branch", "RU-AD/1", "--post", "secretary", "--json"
    )
    assert made.document["name"] == "ann"
    refused = pervichka("branches", "import", tree, "--as", "ann")
    assert refused.code == 1
    assert "branches.change" in refused.err
    assert pervichka("--as", "ann", "branches", "import", tree, "--json").code == 1


@pytest.mark.parametrize(
    "arguments",
    [["backup", "all.backup"], ["restore", "all.backup"], ["db", "url"], ["db", "shell"]],
    ids=" ".join,
)
def test_a_user_gets_at_the_whole_database_no_more_than_at_its_rows(
    pervichka: Pervichka,
    tree: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    pervichka("branches", "import", tree)
    pervichka("user", "create", "ann", "--branch", "RU-AD/1", "--post", "secretary")

    refused = pervichka("--as", "ann", *arguments)

    assert refused.code == 1
    assert "database.keep" in refused.err
    assert refused.out == ""
    assert not (tmp_path / "all.backup").exists()


def test_a_user_who_is_not_there_is_refused(pervichka: Pervichka, tree: Path) -> None:
    done = pervichka("branches", "import", tree, "--as", "nobody")
    assert done.code == 1
    assert "'nobody'" in done.err


def test_a_drawn_password_is_shown_once_and_is_good(pervichka: Pervichka) -> None:
    made = pervichka("user", "create", "--json").document
    assert len(made["password"]) >= 12
    assert "@" not in made["name"]


def test_a_user_without_their_post_is_not_made(pervichka: Pervichka, tree: Path) -> None:
    pervichka("branches", "import", tree)
    refused = pervichka("user", "create", "ann", "--branch", "RU-XX", "--post", "secretary")
    assert refused.code == 1
    assert pervichka("user", "create", "ann").code == 0


def test_an_unknown_kind_of_post_is_refused_with_those_there_are(
    pervichka: Pervichka, tree: Path
) -> None:
    pervichka("branches", "import", tree)
    refused = pervichka("user", "create", "ann", "--branch", "RU-AD", "--post", "head")
    assert refused.code == 1
    assert refused.err.startswith("there is no kind of post 'head'; write one of secretary, ")
    assert "regional_head" in refused.err


def test_branch_and_post_go_together(pervichka: Pervichka) -> None:
    assert pervichka("user", "create", "ann", "--branch", "RU").code == 2
