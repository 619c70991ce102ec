"""Keys lie outside the database, several versions of them, and say what is wrong with them."""

import stat
import threading
from uuid import UUID

import pytest

from pervichka.foundation import vault

ROW = UUID(int=1)
CELL = vault.Cell("contact_point", "sealed")
ONE, TWO = "11" * 32, "22" * 32


def test_the_file_is_its_owner_s_alone_and_made_once(key_file):
    before = key_file.read_text()
    vault.ensure_key()
    assert key_file.read_text() == before
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600


def test_programs_that_begin_at_once_agree_on_one_key(key_file):
    key_file.unlink()
    threads = [threading.Thread(target=vault.ensure_key) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(key_file.read_text().splitlines()) == 1


def test_a_missing_key_is_said_and_never_made_anew(key_file):
    sealed = CELL.seal(ROW, "text")
    key_file.unlink()
    for use in (
        lambda: CELL.open(ROW, sealed),
        lambda: CELL.seal(ROW, "text"),
        lambda: vault.blind("phone", "text"),
    ):
        with pytest.raises(vault.KeyMissing, match=r"put .* back"):
            use()
    assert not key_file.exists()


def test_a_wrong_key_is_said(key_file):
    sealed = CELL.seal(ROW, "text")
    key_file.write_text(f"1 {ONE}\n")
    with pytest.raises(vault.Unopenable, match=r"contact_point\.sealed .* version 1"):
        CELL.open(ROW, sealed)


def test_a_version_that_is_gone_is_named(key_file):
    key_file.write_text(f"1 {ONE}\n2 {TWO}\n")
    sealed = CELL.seal(ROW, "text")
    key_file.write_text(f"1 {ONE}\n")
    with pytest.raises(vault.KeyMissing, match="version 2 is missing"):
        CELL.open(ROW, sealed)


@pytest.mark.parametrize(
    "text", ["1 abc\n", "one\n", f"0 {ONE}\n", f"256 {ONE}\n", f"1 {ONE}\n1 {TWO}\n", "\xff"]
)
def test_a_damaged_file_is_said(key_file, text):
    key_file.write_text(text, encoding="latin-1")
    with pytest.raises(vault.KeysDamaged) as told:
        vault.ring()
    assert ONE not in str(told.value)


def test_an_empty_file_holds_no_key(key_file):
    key_file.write_text("")
    with pytest.raises(vault.KeyMissing):
        vault.ring()


def test_a_new_version_seals_and_the_old_ones_open(key_file):
    sealed = CELL.seal(ROW, "text")
    assert vault.version_of(sealed) == 1
    assert vault.is_current(sealed)
    assert vault.add_key() == 2
    assert not vault.is_current(sealed)
    assert CELL.open(ROW, sealed) == "text"
    assert vault.version_of(CELL.seal(ROW, "text")) == 2
    assert len(key_file.read_text().splitlines()) == 2


def test_keys_from_the_environment_need_no_file(key_file, monkeypatch):
    key_file.unlink()
    monkeypatch.setenv("PERVICHKA_VAULT_KEYS", f"1:{ONE},2:{TWO}")
    vault.ensure_key()
    sealed = CELL.seal(ROW, "text")
    assert vault.version_of(sealed) == 2
    assert CELL.open(ROW, sealed) == "text"
    assert not key_file.exists()
    with pytest.raises(vault.KeyMissing, match="PERVICHKA_VAULT_KEYS"):
        vault.add_key()
    key_file.write_text(f"1 {ONE}\n2 {TWO}\n")
    monkeypatch.delenv("PERVICHKA_VAULT_KEYS")
    assert CELL.open(ROW, sealed) == "text"
