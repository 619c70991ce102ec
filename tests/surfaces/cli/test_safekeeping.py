"""Backups are proved by restoring; commands that start at once share one server."""

import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from tests.surfaces.cli.conftest import Pervichka, command, surroundings

pytestmark = [pytest.mark.timeout(180), pytest.mark.xdist_group("command-line-server")]


def one(url: str, query: str) -> object:
    with psycopg.connect(url) as session:
        row = session.execute(query.encode()).fetchone()
        assert row is not None
        return row[0]


def test_two_commands_at_once_prepare_one_database(tmp_path: Path, tree: Path) -> None:
    environment = surroundings(tmp_path / "var")

    def run(arguments: list[str]) -> int:
        return subprocess.run(command(*arguments), env=environment, check=False).returncode

    with ThreadPoolExecutor(2) as pool:
        codes = list(
            pool.map(run, [["branches", "import", str(tree)], ["facts", "kinds", "--json"]])
        )
    assert codes == [0, 0]


def test_a_backup_restores_what_there_was(process: Pervichka, tree: Path, tmp_path: Path) -> None:
    file = tmp_path / "one.backup"
    assert process("branches", "import", tree).code == 0
    assert process("backup", file, "--json").document["bytes"] == file.stat().st_size
    assert file.stat().st_mode & 0o077 == 0
    url = process("db", "url", "--role", "owner").out.strip()
    highest = one(url, "select max(tick) from journal_entry")

    tree.write_text(tree.read_text() + "RU-AD/2,RU-AD/m,primary,Второе,1\n")
    assert process("branches", "import", tree, "--json").document["created"] == 1
    restored = process("restore", file, "--json")
    assert restored.code == 0, restored.err
    assert restored.document["kept_before_as"].startswith("pervichka_before_")

    assert process("branches", "import", tree, "--json").document["created"] == 1
    assert one(url, "select max(tick) from journal_entry") > highest  # type: ignore[operator]  # a number
    assert process("journal", "verify").code == 0
    assert process("ledger", "verify", "--json").document["flaws"] == []
    doctor = process("doctor", "--json")
    assert doctor.code == 0, doctor.out


def test_a_backup_comes_back_on_a_server_that_counts_anew(
    process: Pervichka, home: Path, tree: Path, tmp_path: Path
) -> None:
    file = tmp_path / "one.backup"
    process("branches", "import", tree)
    url = process("db", "url", "--role", "owner").out.strip()
    with psycopg.connect(url) as session:
        # As if this server had run for years before.
        session.execute("update journal_offset set offset_by = offset_by + 1000000000")
    tree.write_text(tree.read_text().replace("Адыгея", "Республика Адыгея"))
    process("branches", "import", tree)
    assert process("backup", file).code == 0
    highest = one(url, "select max(tick) from journal_entry")
    elsewhere = {"PERVICHKA_HOME": str(tmp_path / "elsewhere")}
    assert process("restore", file, **elsewhere).code == 0
    tree.write_text(tree.read_text() + "RU-AD/7,RU-AD/m,primary,Седьмое,1\n")
    assert process("branches", "import", tree, **elsewhere).code == 0
    there = process("db", "url", "--role", "owner", **elsewhere).out.strip()
    assert one(there, "select max(tick) from journal_entry") > highest  # type: ignore[operator]  # a number
    # Keys are in no backup: they come from where they are kept apart.
    without = process("doctor", "--json", **elsewhere)
    assert [row["check"] for row in without.document if not row["holds"]] == [
        "Each key seals and opens"
    ]
    shutil.copy(home / "keys" / "vault", tmp_path / "elsewhere" / "keys" / "vault")
    assert process("doctor", **elsewhere).code == 0


def test_what_is_no_backup_is_refused_and_harms_nothing(process: Pervichka, tree: Path) -> None:
    process("branches", "import", tree)
    refused = process("restore", tree)
    assert refused.code == 1
    assert "tree.csv" in refused.err
    assert process("restore", tree.with_name("absent")).code == 1
    assert process("branches", "import", tree, "--json").document["created"] == 0


def test_half_a_backup_is_refused_and_harms_nothing(
    process: Pervichka, tree: Path, tmp_path: Path
) -> None:
    process("branches", "import", tree)
    whole, half = tmp_path / "whole", tmp_path / "half"
    assert process("backup", whole).code == 0
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert process("restore", half).code == 1
    assert process("branches", "import", tree, "--json").document["created"] == 0


def test_the_address_of_each_role_lets_in_as_that_role(process: Pervichka) -> None:
    for role in ("app", "owner", "backup"):
        url = process("db", "url", "--role", role).out.strip()
        assert one(url, "select current_user") == f"pervichka_{role}"
