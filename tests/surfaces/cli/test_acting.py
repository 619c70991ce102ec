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


@pytest.mark.parametrize(
    ("arguments", "permission"),
    [
        (["demo", "--no-serve"], "bulk.load"),
        (["serve", "--port", "1"], "database.keep"),
        (["worker"], "database.keep"),
        (["doctor"], "database.keep"),
        (["journal", "verify"], "journal.read"),
        (["ledger", "verify"], "journal.read"),
        (["keys", "status"], "keys.keep"),
        (["keys", "rotate"], "keys.keep"),
        (["precincts", "import", "list.csv"], "branches.change"),
        (["facts", "register", "x.a.b", "--purpose", "Work"], "facts.register"),
        (["facts", "import", "facts.csv"], "facts.register"),
        (["standard", "publish", "standard.yaml"], "standard.publish"),
        (["score", "--period", "2026-10"], "scores.compute"),
        (["period", "close", "2026-10"], "period.close"),
        (["user", "create", "bob"], "users.manage"),
    ],
    ids=lambda given: " ".join(given[:2]) if isinstance(given, list) else given,
)
def test_what_reaches_everyone_is_not_a_secretary_s(
    pervichka: Pervichka, tree: Path, arguments: list[str], permission: str
) -> None:
    pervichka("branches", "import", tree)
    pervichka("user", "create", "ann", "--branch", "RU-AD/1", "--post", "secretary")

    refused = pervichka(*arguments, "--as", "ann")

    assert (refused.code, refused.out) == (1, "")
    assert permission in refused.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["people", "import", "people.csv"], "people.change"),
        # What is out of sight is answered like what isn't there.
        (["explain", "RU", "meets", "--period", "2026-10"], "there is no branch RU"),
        (["scores", "export", "--period", "2026-10", "--output", "scores.csv"], "scores.see"),
        (["period", "verify"], "scores.see"),
        (["period", "late"], "scores.see"),
    ],
    ids=lambda given: " ".join(given[:2]) if isinstance(given, list) else given,
)
def test_whoever_holds_no_post_reads_nothing(
    pervichka: Pervichka, tree: Path, arguments: list[str], said: str
) -> None:
    pervichka("branches", "import", tree)
    pervichka("user", "create", "bob")

    refused = pervichka(*arguments, "--as", "bob")

    assert (refused.code, refused.out) == (1, "")
    assert said in refused.err


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
