"""`pervichka doctor` says what is unpatched: packages, PostgreSQL, Python."""

from datetime import UTC, datetime, timedelta

import pytest

from pervichka.surfaces.cli import patches
from tests.surfaces.cli.conftest import Pervichka

NAMED = {"django": "5.2.19", "segno": "1.6.10"}


@pytest.mark.parametrize(
    ("installed", "well", "said"),
    [
        ({"django": "5.2.19", "segno": "1.6.10"}, True, "as the release names them"),
        ({"django": "5.2.9", "segno": "1.6.10"}, False, "django 5.2.9 < 5.2.19"),
        ({"django": "5.2.19", "segno": None}, False, "segno is absent < 1.6.10"),
        ({"django": "5.2.20", "segno": "1.6.10"}, True, "django 5.2.20 > 5.2.19"),
    ],
)
def test_packages_behind_the_release(
    installed: dict[str, str | None], well: bool, said: str
) -> None:
    assert patches.compared(NAMED, installed) == (well, said)


def test_the_lock_names_what_is_for_this_machine() -> None:
    lock = "django==5.2.19 \\\n    --hash=sha256:00\ncolorama==0.4.6 ; sys_platform == 'win32' \\\n"
    assert patches.pinned(lock) == {"django": "5.2.19"}


@pytest.mark.parametrize(
    ("number", "embedded", "well", "said"),
    [
        (180006, False, True, "18.6"),
        (180004, False, False, "18.4 is behind 18.6, which mends security holes"),
        (150019, False, False, "15.19 is behind 15.20"),
        (140023, False, False, "14.23 gets no fixes any more"),
        (200001, False, True, "20.1 is newer than what this release knows"),
        (180004, True, True, "18.4 is behind 18.6"),
    ],
)
def test_postgresql_behind_its_newest(
    monkeypatch: pytest.MonkeyPatch, number: int, embedded: bool, well: bool, said: str
) -> None:
    known = {"postgresql": {"newest": {15: 20, 18: 6}}}
    monkeypatch.setattr(patches, "_known", lambda: known)
    holds, finding = patches.judged(number, embedded=embedded)
    assert holds == well
    assert finding.startswith(said)


def test_python_near_its_end_and_past_it() -> None:
    end = datetime(2027, 10, 31, 12, tzinfo=UTC)
    assert patches.lasting("3.11", end - timedelta(days=400)) == (True, "3.11")
    near = "3.11 gets no fixes after 2027-10-31: plan a newer one"
    assert patches.lasting("3.11", end - timedelta(days=30)) == (True, near)
    past = "3.11 gets no fixes since 2027-10-31"
    assert patches.lasting("3.11", end + timedelta(days=1)) == (False, past)


@pytest.mark.django_db(transaction=True)
def test_the_doctor_reads_the_lock_that_is_shipped(
    pervichka: Pervichka, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patches, "_installed", lambda name: "0.1" if name == "django" else "9999")
    rows = {row["check"]: row for row in pervichka("doctor", "--json").document}
    parts = rows["The parts are those of the release"]
    assert not parts["holds"]
    assert parts["finding"].startswith("django 0.1 < ")
    assert {"PostgreSQL is patched", "Python is patched"} <= set(rows)
