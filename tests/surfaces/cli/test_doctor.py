"""`pervichka doctor` tries the keys and the pack, and says what is wrong in words."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from pervichka.register.people.actions import add_contact_point
from tests.builders.actors import OPERATOR
from tests.builders.branches import a_primary_branch
from tests.builders.people import a_person
from tests.surfaces.cli.conftest import Pervichka

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sealed(own_keys: Path) -> Path:
    """A person's number lies under version 1."""
    person = a_person(branch=a_primary_branch())
    add_contact_point(person=person, kind="phone", value="+79000000001", by=OPERATOR, at=AT)
    return own_keys


def found(pervichka: Pervichka, check: str) -> tuple[bool, str]:
    done = pervichka("doctor", "--json")
    assert "Traceback" not in done.err
    (row,) = (row for row in done.document if row["check"] == check)
    assert row["holds"] or done.code == 1
    return row["holds"], row["finding"]


def keys(pervichka: Pervichka) -> tuple[bool, str]:
    return found(pervichka, "Each key seals and opens")


def test_every_version_that_is_kept_is_tried(pervichka: Pervichka, sealed: Path) -> None:
    assert keys(pervichka) == (True, "key version 1")
    pervichka("keys", "rotate")
    assert keys(pervichka) == (True, "key version 1, 2")


def test_the_version_that_is_missing_is_named(pervichka: Pervichka, sealed: Path) -> None:
    sealed.write_text(sealed.read_text().replace("1 ", "7 ", 1))
    assert keys(pervichka) == (False, "key version 1 is missing")


def test_another_key_under_the_same_version_is_found_out(
    pervichka: Pervichka, sealed: Path
) -> None:
    sealed.write_text(f"1 {'ab' * 32}\n")
    holds, finding = keys(pervichka)
    assert not holds
    assert finding == "what is sealed under key version 1 does not open with it"


def test_without_any_key_it_says_so(pervichka: Pervichka, sealed: Path) -> None:
    sealed.unlink()
    holds, finding = keys(pervichka)
    assert not holds
    assert "there is no key" in finding


def test_a_pack_that_is_none_is_told_in_words(pervichka: Pervichka, settings: Settings) -> None:
    settings.PACK = "atlantis"
    holds, finding = found(pervichka, "The territory pack is sound")
    assert not holds
    assert "no territory pack atlantis; give one of ru, or a folder" in finding
    assert pervichka("serve", "--port", "28999").err == f"{finding}\n"
