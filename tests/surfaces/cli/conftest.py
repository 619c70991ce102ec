"""The command as its users meet it: arguments in, two streams and an exit code out."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from pervichka.surfaces.cli.__main__ import main


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Standard output as one JSON document; fails if there is anything else."""
        return json.loads(self.out)


Pervichka = Callable[..., Done]


@pytest.fixture
def pervichka(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Pervichka]:
    """Runs a command in this process, against this test's database."""

    def run(*arguments: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["pervichka", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        code = ended.value.code
        out, err = capsys.readouterr()
        assert isinstance(code, int | None)
        return Done(code or 0, out, err)

    with translation.override("en"):
        yield run


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PERVICHKA_HOME of its own, with a server of its own, for commands in their own process."""
    return tmp_path_factory.mktemp("home") / "var"


@pytest.fixture
def process(home: Path) -> Pervichka:
    """Runs a command as a process of its own, in a database of its own."""

    def run(*arguments: object, **environment: str) -> Done:
        done = subprocess.run(
            command(*arguments),
            env=surroundings(home) | environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    return run


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "pervichka.surfaces.cli", *map(str, arguments)]


def surroundings(home: Path) -> dict[str, str]:
    """The environment without what this machine or the tests have set."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "LANG", "LC_ALL", "LC_MESSAGES"}
    }
    return kept | {"PERVICHKA_HOME": str(home), "PERVICHKA_POSTGRES_LINGER": "5"}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A list of four branches: the root, a region, a local branch, a primary one."""
    file = tmp_path / "tree.csv"
    file.write_text(
        "code,parent,level,name,voters\n"
        "RU,,federal,Россия,\n"
        "RU-AD/1,RU-AD/m,primary,Первое,900\n"
        "RU-AD/m,RU-AD,local,Майкоп,\n"
        "RU-AD,RU,regional,Адыгея,\n"
    )
    return file
