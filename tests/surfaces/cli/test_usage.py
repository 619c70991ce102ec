"""What the command says of itself, and how it answers wrong usage."""

import subprocess
from pathlib import Path

import pytest

import pervichka as package
from tests.surfaces.cli.conftest import Pervichka, command, surroundings

# The contract's commands; more may be added.
COMMANDS = """
demo
serve
worker
branches import
precincts import
people import
facts register
facts kinds
facts import
standard check
standard publish
standard list
standard show
standard replay
score
scores export
explain
period close
period verify
backup
restore
doctor
db url
db shell
bench
user create
""".strip().splitlines()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_page_in_the_manual(pervichka: Pervichka, name: str) -> None:
    shown = pervichka(*name.split(), "--help")
    assert shown.code == 0
    assert "--json" in shown.out
    assert "--as" in shown.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["--no-such-option"],
        ["no-such-command"],
        ["branches", "import"],
        ["score"],
        ["score", "--period", "2026-13"],
        ["score", "--period", "October"],
        ["score", "--period", "2026-10", "--engine", "abacus"],
        ["explain", "RU"],
        ["explain", "RU", "meets", "--period", "2026-10", "--side", "left"],
        ["precincts", "import", "x.csv", "--valid-from", "01.03.2024"],
        ["facts", "register", "x.a.b"],
        ["db", "url", "--role", "admin"],
        ["serve", "--port", "0"],
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_with_2(pervichka: Pervichka, arguments: list[str]) -> None:
    done = pervichka(*arguments)
    assert done.code == 2
    assert done.out == ""
    assert done.err


def test_the_version_is_the_package_s(pervichka: Pervichka) -> None:
    done = pervichka("--version")
    assert (done.code, done.out.strip()) == (0, package.__version__)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["score", "--help"], ["score"]])
def test_asking_makes_nothing(tmp_path: Path, arguments: list[str]) -> None:
    environment = surroundings(tmp_path / "var")
    subprocess.run(command(*arguments), env=environment, check=False, capture_output=True)
    assert not (tmp_path / "var").exists()


def test_the_manual_speaks_russian_where_the_environment_does(tmp_path: Path) -> None:
    environment = surroundings(tmp_path / "var") | {"LANG": "ru_RU.UTF-8"}
    done = subprocess.run(
        command("score", "--help"), env=environment, check=True, capture_output=True, text=True
    )
    assert "Посчитать" in done.stdout
    assert "Compute" not in done.stdout
