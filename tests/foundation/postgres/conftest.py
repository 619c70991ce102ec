"""A PERVICHKA_HOME of its own for each test here, with its server stopped in the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pervichka.foundation import postgres
from pervichka.foundation.postgres import server
from tests.foundation.postgres import other_servers


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty PERVICHKA_HOME, whatever server the rest of the tests use."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("PERVICHKA_HOME", str(tmp_path / "home"))
    yield tmp_path / "home"
    postgres.stop()
    assert not server.lives()


@pytest.fixture(scope="session")
def other_server() -> Iterator[str]:
    """The address of a PostgreSQL server that is not ours, started from the machine's programs."""
    programs = other_servers.programs()
    if programs is None:
        pytest.skip("no PostgreSQL server of 15 or later is installed on this machine")
    with other_servers.running(programs) as url:
        yield url


@pytest.fixture(params=["embedded", "server"])
def database(
    request: pytest.FixtureRequest, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A prepared database: on the embedded server, then on one that DATABASE_URL names."""
    if request.param == "server":
        monkeypatch.setenv("DATABASE_URL", request.getfixturevalue("other_server"))
    postgres.ready()
