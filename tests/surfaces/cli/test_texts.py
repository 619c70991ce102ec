"""`pervichka text` and `controller`; the doctor on the pack, on retention and on backups."""

from datetime import UTC, datetime, timedelta

import pytest

from pervichka.register.accounts.models import Tally
from pervichka.register.branches.models import Branch
from pervichka.register.people.models import Consent
from tests.builders.branches import a_primary_branch
from tests.builders.texts import a_document
from tests.builders.users import a_user_with_post

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "news.yaml"
    made.write_text(a_document(), encoding="utf-8")
    return made


def test_a_text_is_checked_published_and_listed(pervichka, file):
    a_primary_branch()
    checked = pervichka("text", "check", file, "--json").document
    assert (checked["code"], checked["version"]) == ("news", 1)
    done = pervichka("text", "publish", file, "--json").document
    assert done == checked | {"waits": False}
    assert pervichka("text", "publish", file, "--json").document == done
    listed = pervichka("text", "list", "--json").document
    assert [(one["code"], one["version"]) for one in listed] == [
        ("default", 2),
        ("default", 1),
        ("news", 1),
    ]


def test_mistakes_are_told_with_their_lines(pervichka, file):
    file.write_text(a_document(ru="Согласен.", en="I agree."), encoding="utf-8")
    done = pervichka("text", "check", file)
    assert done.code == 1
    assert f"{file}:8:text.ru" in done.err
    assert f"{file}:10:text.en" in done.err
    assert pervichka("text", "check", file.with_name("absent.yaml")).code == 1


def test_two_users_publish_one_document(pervichka, file):
    a_primary_branch()
    root = Branch.objects.get(code="RU")
    officer = a_user_with_post(branch=root, kind="data_protection_officer")
    editor = a_user_with_post(branch=root, kind="headquarters_editor")
    viewer = a_user_with_post(branch=root, kind="viewer")
    assert pervichka("text", "publish", file, "--as", viewer.name).code == 1
    for _ in range(2):
        first = pervichka("text", "publish", file, "--as", officer.name, "--json").document
        assert first["waits"]
    assert not pervichka("text", "publish", file, "--as", editor.name, "--json").document["waits"]


def test_an_import_takes_any_published_text(pervichka, file, tmp_path):
    branch = a_primary_branch()
    people = tmp_path / "people.csv"
    people.write_text(
        "external_id,last_name,first_name,branch,consent_text\n"
        f"1,Иванова,Анна,{branch.code},news\n",
        encoding="utf-8",
    )
    refused = pervichka("people", "import", people, "--commit")
    assert "write one of default" in refused.out + refused.err
    pervichka("text", "publish", file)
    file.write_text(a_document(version=2), encoding="utf-8")
    pervichka("text", "publish", file)
    assert pervichka("people", "import", people, "--commit").code == 0
    assert Consent.objects.values_list("text_code", "text_version").get() == ("news", 2)


def test_a_controller_is_named_shown_and_ended(pervichka):
    branch = a_primary_branch()
    assert pervichka("controller", "show", branch.code).code == 1
    said = ("--name", "Партия", "--number", "1", "--address", "Москва")
    assert pervichka("controller", "name", "RU", *said).code == 0
    shown = pervichka("controller", "show", branch.code, "--json").document
    assert (shown["name"], shown["branch_code"]) == ("Партия", "RU")
    assert pervichka("controller", "end", "RU").code == 0
    assert pervichka("controller", "show", branch.code).code == 1
    assert pervichka("controller", "show", "nowhere").code == 1


def looks(pervichka) -> dict[str, tuple[bool, str]]:
    found = pervichka("doctor", "--json").document
    return {one["check"]: (one["holds"], one["finding"]) for one in found}


def test_the_doctor_tells_what_is_overdue(pervichka, settings):
    a_primary_branch()
    assert looks(pervichka)["Nothing is kept past its time"] == (True, "")
    Tally.objects.create(key="x", since=datetime(2020, 1, 1, tzinfo=UTC), tries=1)
    assert looks(pervichka)["Nothing is kept past its time"] == (False, "tallies: 1")
    settings.ALLOWED_HOSTS = ["pervichka.example"]
    holds, finding = looks(pervichka)["Pages are served safely"]
    assert not holds
    assert "pervichka.example" in finding


def test_the_doctor_says_in_words_that_the_pack_is_wrong(pervichka, settings, tmp_path):
    a_primary_branch()
    settings.PACK = "atlantis"
    holds, finding = looks(pervichka)["The territory pack is sound"]
    assert not holds
    assert "There is no territory pack atlantis; give one of ru" in finding
    settings.PACK = str(tmp_path)
    holds, finding = looks(pervichka)["The territory pack is sound"]
    assert not holds
    assert "cannot be read" in finding


def test_the_doctor_knows_the_last_backup(pervichka, monkeypatch, tmp_path):
    from pervichka.foundation.postgres import dumping  # noqa: PLC0415 - replaced in this test alone
    from pervichka.surfaces.cli import health  # noqa: PLC0415 - as above

    a_primary_branch()
    assert looks(pervichka)["The last backup is recent"] == (True, "none is known")
    monkeypatch.setattr(dumping, "dump", lambda file: file.write_bytes(b"x"))
    assert pervichka("backup", tmp_path / "one").code == 0
    assert looks(pervichka)["The last backup is recent"][0]
    monkeypatch.setattr(health, "OLDEST_BACKUP", timedelta(0))
    assert not looks(pervichka)["The last backup is recent"][0]
