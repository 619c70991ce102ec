"""A PERVICHKA_HOME of its own for each test here, with its server stopped in the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pervichka.foundation import postgres
from pervichka.foundation.postgres import server


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty PERVICHKA_HOME, whatever server the rest of the tests use."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("PERVICHKA_HOME", str(tmp_path / "home"))
    yield tmp_path / "home"
    postgres.stop()
    assert not server.lives()
