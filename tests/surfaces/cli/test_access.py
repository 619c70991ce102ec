"""Posts are granted, agreed to, refused and ended from the command line, as on the pages."""

from datetime import timedelta
from pathlib import Path

import pytest

from pervichka.foundation import clock
from pervichka.foundation.journal.models import Entry
from pervichka.register.posts.models import PostHolding
from tests.surfaces.cli.conftest import Pervichka

pytestmark = pytest.mark.django_db(transaction=True)
SOON = (clock.now() + timedelta(days=30)).date().isoformat()


@pytest.fixture
def staff(pervichka: Pervichka, tree: Path) -> None:
    """An administrator, a data protection officer, and a user who holds nothing."""
    pervichka("branches", "import", tree)
    for name in ("admin", "officer", "vera"):
        pervichka("user", "create", name, "--json")
    pervichka("access", "grant", "administrator", "RU", "--user", "admin")
    pervichka("access", "grant", "data_protection_officer", "RU", "--user", "officer")


def test_granted_listed_and_ended(pervichka: Pervichka, staff: None) -> None:
    made = pervichka(
        "access", "grant", "branch_secretary", "RU-AD/1", "--user", "vera", "--until", SOON,
        "--as", "admin", "--json",
    ).document  # fmt: skip
    assert made["waits"] is False

    listed = pervichka("access", "list", "--branch", "RU-AD", "--never", "--json").document
    assert [(row["user_name"], row["term_ends_on"]) for row in listed["rows"]] == [("vera", SOON)]
    assert listed["total"] == 1
    assert pervichka("access", "list", "--as", "vera", "--json").document["total"] == 1
    forbidden = pervichka("access", "end", made["id"], "--as", "officer")
    assert forbidden.code == 1
    assert pervichka("access", "end", made["id"], "--as", "admin").code == 0
    assert pervichka("access", "list", "--branch", "RU-AD", "--json").document["rows"] == []
    assert Entry.objects.filter(action="post.vacated").exists()


def test_a_powerful_one_waits_for_another(pervichka: Pervichka, staff: None) -> None:
    grant = ("access", "grant", "regional_head", "RU-AD", "--user", "vera", "--as", "admin")
    made = pervichka(*grant, "--json").document
    assert made["waits"] is True
    (waiting,) = pervichka("access", "waiting", "--as", "officer", "--json").document
    assert (waiting["id"], waiting["may_decide"]) == (made["id"], True)

    alone = pervichka("access", "approve", made["id"], "--as", "admin")
    assert alone.code == 1
    assert "yourself" in alone.err
    refused = ("access", "refuse", made["id"], "--reason", "Не сейчас", "--as", "officer")
    assert pervichka(*refused).code == 0
    assert not PostHolding.objects.filter(user__name="vera").exists()
    again = pervichka(*grant, "--json").document
    assert pervichka("access", "approve", again["id"], "--as", "officer").code == 0
    assert PostHolding.objects.filter(user__name="vera").exists()
    assert pervichka("access", "approve", again["id"], "--as", "officer").code == 1


def test_a_secretary_gets_a_helper(pervichka: Pervichka, staff: None) -> None:
    assert pervichka("access", "helper", "--until", SOON).code == 1
    pervichka("access", "grant", "branch_secretary", "RU-AD/1", "--user", "vera")
    made = pervichka("access", "helper", "--until", SOON, "--as", "vera", "--json").document
    assert made["password"]
    assert PostHolding.objects.get(id=made["id"]).delegated_from is not None


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("grant", "branch_secretary", "RU-AD/1"), 2),
        (("grant", "branch_secretary", "RU-AD/1", "--user", "nobody"), 1),
        (("grant", "branch_secretary", "RU-XX", "--user", "vera"), 1),
        (("grant", "emperor", "RU-AD/1", "--user", "vera"), 1),
        (("grant", "branch_secretary", "RU-AD/1", "--user", "vera", "--until", "soon"), 2),
        (("grant", "branch_secretary", "RU-AD/1", "--person", "nobody"), 1),
        (("end", "00000000-0000-0000-0000-000000000000"), 1),
        (("approve", "00000000-0000-0000-0000-000000000000"), 1),
    ],
)
def test_what_is_wrong_is_said(
    pervichka: Pervichka, staff: None, arguments: tuple[str, ...], code: int
) -> None:
    done = pervichka("access", *arguments)
    assert done.code == code
    assert done.err
