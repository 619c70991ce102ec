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


@pytest.mark.parametrize(
    "arguments", [["--json", "--version"], ["--version", "--json"], ["score", "--json"]]
)
def test_with_json_there_is_one_document_and_nothing_else(
    pervichka: Pervichka, arguments: list[str]
) -> None:
    done = pervichka(*arguments)
    if "--version" in arguments:
        assert (done.code, done.document) == (0, {"version": package.__version__})
    else:
        assert (done.code, done.document) == (2, {"wrong_usage": "Missing option --period."})
        assert done.err.endswith("Missing option --period.\n")


@pytest.mark.parametrize(
    "arguments",
    [["--json", "--help"], ["score", "--help", "--json"], ["--json", "period", "--help"]],
    ids=" ".join,
)
def test_with_json_the_manual_is_a_document(pervichka: Pervichka, arguments: list[str]) -> None:
    done = pervichka(*arguments)
    assert (done.code, done.err) == (0, "")
    assert list(done.document) == ["help"]
    assert "Usage: " in done.document["help"]


def test_a_group_without_a_command_is_wrong_usage(pervichka: Pervichka) -> None:
    assert pervichka("--json", "period").document == {"wrong_usage": "Name a command."}
    shown = pervichka("period")
    assert shown.code == 2
    assert "verify" in shown.out


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
    for english in ("Compute", "Usage", "Options", "required", "default", "Show this"):
        assert english not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["precincts", "import"], "Не указан аргумент FILE."),
        (["score"], "Не указан параметр --period."),
        (["score", "--perod", "2026-10"], "Нет параметра --perod"),
        (["expain", "RU"], "Нет команды expain"),
        (["serve", "--port", "0"], "Недопустимое значение '--port': не меньше 1"),
        (["serve", "--port", "x"], "Недопустимое значение '--port': нужно целое число"),
        (["db", "url", "--role", "admin"], "admin — не одно из: 'app', 'owner', 'backup'."),
        (["branches", "import", "a.csv", "b.csv"], "Лишние аргументы: b.csv."),
        (["score", "--period"], "После --period нужно значение."),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, list) else "",
)
def test_wrong_usage_is_told_in_russian(tmp_path: Path, arguments: list[str], says: str) -> None:
    environment = surroundings(tmp_path / "var") | {"LANG": "ru_RU.UTF-8"}
    done = subprocess.run(
        command(*arguments), env=environment, check=False, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "--help" in done.stderr.splitlines()[0]
    assert "Справка:" in done.stderr.splitlines()[0]
    assert says in done.stderr
