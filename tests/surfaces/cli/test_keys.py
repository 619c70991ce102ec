"""`pervichka keys`: which there are, and everything sealed anew under another."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from pervichka.foundation import vault
from pervichka.register.branches.acting import acting_as
from pervichka.register.branches.models import Branch
from pervichka.register.disclosure.actions import resealing as resealing_exports
from pervichka.register.people.actions import add_contact_point, resealing
from pervichka.register.people.models import ContactPoint
from pervichka.register.posts.queries import acting_user
from tests.builders.actors import OPERATOR
from tests.builders.branches import a_primary_branch
from tests.builders.casework import taken_down
from tests.builders.exports import an_export, content_of
from tests.builders.people import members
from tests.builders.users import a_user_with_post
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
        "exports": 0,
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


def exports_by_version(pervichka: Pervichka) -> dict[int, int]:
    rows = pervichka("keys", "status", "--json").document
    return {row["version"]: row["exports"] for row in rows}


@pytest.mark.usefixtures("people")
def test_files_of_exports_are_sealed_anew_and_open_as_before(
    pervichka: Pervichka, own_keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resealing_exports, "_AT_ONCE", 2)
    branch = Branch.objects.get(code="RU-AD/1")
    user = a_user_with_post(branch=branch)
    exports = [an_export(user=user, branch=branch, purpose="meeting", at=AT) for _ in range(3)]
    before = [content_of(export, at=AT) for export in exports]
    assert all(before)
    assert exports_by_version(pervichka) == {1: 3}

    assert pervichka("keys", "rotate", "--json").document["exports"] == 3

    assert exports_by_version(pervichka) == {1: 0, 2: 3}
    # The older key is of no use to them any more.
    own_keys.write_text("".join(own_keys.read_text().splitlines(keepends=True)[1:]))
    assert [content_of(export, at=AT) for export in exports] == before


@pytest.mark.usefixtures("people")
def test_a_file_alone_under_an_older_key_is_reason_to_go_on_with_the_newer(
    pervichka: Pervichka, monkeypatch: pytest.MonkeyPatch
) -> None:
    branch = Branch.objects.get(code="RU-AD/1")
    an_export(user=a_user_with_post(branch=branch), branch=branch, purpose="meeting", at=AT)
    whole = resealing_exports.stored

    def killed(*_given: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(resealing_exports, "stored", killed)
    assert pervichka("keys", "rotate").code != 0
    monkeypatch.setattr(resealing_exports, "stored", whole)
    done = pervichka("keys", "rotate", "--json").document
    assert (done["version"], done["exports"], done["contact_points"]) == (2, 1, 0)


@pytest.mark.usefixtures("people")
def test_nobody_who_signed_in_gets_at_sealed_files(own_keys: Path) -> None:
    """Not even whoever leads the whole tree."""
    root, branch = Branch.objects.get(code="RU"), Branch.objects.get(code="RU-AD/1")
    an_export(user=a_user_with_post(branch=branch), branch=branch, purpose="meeting", at=AT)
    administrator = acting_user(a_user_with_post(branch=root, kind="administrator"), at=AT)
    asked = "select count(*) from stale_export_files(9, 9)"
    with (
        acting_as(administrator),
        pytest.raises(DatabaseError, match="local operator alone"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(asked)
    with acting_as(OPERATOR), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(asked)
        assert cursor.fetchone() == (1,)


@pytest.mark.usefixtures("people")
def test_a_missing_key_is_told_in_one_line(pervichka: Pervichka, own_keys: Path) -> None:
    own_keys.unlink()
    done = pervichka("keys", "rotate")
    assert done.code == 1
    assert "there is no key" in done.err
    assert vault.key_file() == own_keys
    assert "Traceback" not in done.err
