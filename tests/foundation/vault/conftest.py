"""A vault of the test's own."""

from pathlib import Path

import pytest

from pervichka.foundation import vault


@pytest.fixture(autouse=True)
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the keys of this test lie; the first is made."""
    file = tmp_path / "keys" / "vault"
    monkeypatch.setenv("PERVICHKA_VAULT_FILE", str(file))
    monkeypatch.delenv("PERVICHKA_VAULT_KEYS", raising=False)
    vault.ensure_key()
    return file
