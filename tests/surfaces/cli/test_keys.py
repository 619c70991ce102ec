"""`pervichka keys`: which there are, and everything sealed anew under another."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pervichka.foundation import vault
from pervichka.register.people.actions import add_contact_point, resealing
from pervichka.register.people.models import ContactPoint
from tests.builders.actors import OPERATOR
from tests.builders.branches import a_primary_branch
from tests.builders.casework import taken_down
from tests.builders.people import members
from tests.surfaces.cli.conftest import Pervichka

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)
NUMBER = 7


@pytest.fixture
def people(own_keys: Path) -> None:
    branch = a_primary_branch()
    taken_down(branch=branch)
    for index, person in enumerate(members(of=branch, number=NUMBER)):
        value = f"+7900000000{index}"
        add_contact_point(person=person, kind="phone", value=value, by=OPERATOR, at=AT)


def by_version(pervichka: Pervichka) -> dict[int, int]:
    rows = pervichka("keys", "status", "--json").document
    return {row["version"]: row["contact_points"] for row in rows}


@pytest.mark.usefixtures("people")
def test_everything_is_sealed_anew(pervichka: Pervichka) -> None:
    done = pervichka("keys", "rotate", "--json")
    assert done.code == 0, done.err
    assert done.document == {
        "version": 2,
        "contact_points": NUMBER,
        "sessions": 0,
        "second_factors": 0,
        "sheets": 0,
        # Who asks, and what.
        "appeals": 2,
        "unopenable": 0,
    }
    assert by_version(pervichka) == {1: 0, 2: NUMBER}


@pytest.mark.usefixtures("people")
def test_cut_short_it_goes_on_under_the_same_key(
    pervichka: Pervichka, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resealing, "_AT_ONCE", 2)
    whole, calls = resealing.stored, []

    def killed(*given: object) -> tuple[bytes, bytes]:
        calls.append(given)
        if len(calls) > 4:
            raise KeyboardInterrupt
        return whole(*given)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(resealing, "stored", killed)
    assert pervichka("keys", "rotate").code != 0
    # Whole batches stay, the one that was cut short is undone.
    assert by_version(pervichka) == {1: NUMBER - 4, 2: 4}
    monkeypatch.setattr(resealing, "stored", whole)
    assert pervichka("keys", "rotate", "--json").document["contact_points"] == NUMBER - 4
    assert by_version(pervichka) == {1: 0, 2: NUMBER}
    assert len({point.value for point in ContactPoint.objects.all()}) == NUMBER


@pytest.mark.usefixtures("people")
def test_a_missing_key_is_told_in_one_line(pervichka: Pervichka, own_keys: Path) -> None:
    own_keys.unlink()
    done = pervichka("keys", "rotate")
    assert done.code == 1
    assert "there is no key" in done.err
    assert vault.key_file() == own_keys
    assert "Traceback" not in done.err
