"""An older backup brings nobody back who was erased since."""

from pathlib import Path

import psycopg
import pytest

from tests.surfaces.cli.conftest import Pervichka

pytestmark = [pytest.mark.timeout(240), pytest.mark.xdist_group("command-line-server")]
NAME, PHONE, CODE = "Вознесенская", "+79161234567", "crm-778899"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "people.csv"
    file.write_text(
        "external_id,last_name,first_name,born_on,phone,branch,affiliation,consent_text\n"
        f"{CODE},{NAME},Аделаида,1961-04-12,{PHONE},RU-AD/1,member,default\n"
        "crm-2,Остаётся,Пётр,1970-01-01,+79160000002,RU-AD/1,member,default\n"
    )
    return file


def everything(process: Pervichka) -> str:
    """Every row of every table that the role of backups reads."""
    url = process("db", "url", "--role", "backup").out.strip()
    with psycopg.connect(url) as session:
        queries = session.execute(
            "select format('select t::text from public.%I t', relname) from pg_class"
            " where relkind = 'r' and relnamespace = 'public'::regnamespace"
            " and has_table_privilege(oid, 'select')"
        ).fetchall()
        return "\n".join(
            str(row) for (query,) in queries for row in session.execute(query.encode())
        )


def test_a_restored_backup_erases_again_before_anybody_is_served(
    process: Pervichka, tree: Path, people: Path, tmp_path: Path
) -> None:
    file = tmp_path / "one.backup"
    assert process("branches", "import", tree).code == 0
    assert process("people", "import", people, "--commit", "--json").document["new"] == 2
    assert process("backup", file).code == 0

    shown = process("people", "erase", CODE, "--json").document
    assert shown["committed"] is False
    assert NAME in everything(process)
    act = process("people", "erase", CODE, "--commit", "--json").document
    assert (act["number"], act["erased"]["people"]) == (1, 1)
    assert NAME not in everything(process)

    restored = process("restore", file, "--json")
    assert restored.code == 0, restored.err
    assert restored.document["erased_again"] == 1
    left = everything(process)
    assert "Остаётся" in left
    assert NAME not in left
    assert CODE not in left
    effect = process("people", "import", people, "--commit", "--json")
    assert (effect.document["new"], effect.document["refused"]) == (0, 1)
    assert "does not wish to be held" in effect.err
    assert process("ledger", "verify").code == 0
    assert process("journal", "verify").code == 0
    assert process("doctor", "--json").code == 0

    # The act of before has its number still, and the next one goes on from it.
    again = process("people", "erase", "crm-2", "--commit", "--json").document
    assert again["number"] == 2
    assert process("restore", file, "--json").document["erased_again"] == 2


def test_an_unknown_code_is_refused(process: Pervichka, tree: Path) -> None:
    process("branches", "import", tree)
    assert process("people", "erase", "nobody", "--commit").code == 1
