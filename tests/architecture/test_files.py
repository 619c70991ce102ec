"""What the linters can't say of files: their length, their names, where what belongs."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MOST_LINES = 400
WRITTEN_BY_HAND = {".py", ".html", ".css", ".js", ".md", ".sh"}
# Written by programs: migrations, locks.
GENERATED = re.compile(r"/migrations/|package-lock\.json$|^requirements/")
# Ways to models that need no import statement.
BACK_DOORS = {"get_model", "get_user_model", "import_module", "__import__"}

_PATHS = re.compile(r"`((?:pervichka|tests|docs|make|bench|requirements)/[\w./-]+)`")


def tracked() -> Iterator[Path]:
    """Files that are, or are about to be, part of the project."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    for name in listed.stdout.splitlines():
        if not GENERATED.search(name) and (ROOT / name).is_file():
            yield ROOT / name


def sources() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".py" and "pervichka" in path.parts]


def test_no_file_is_too_long() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked()
        if path.suffix in WRITTEN_BY_HAND
        and (lines := path.read_text(encoding="utf-8").count("\n")) > MOST_LINES
    }
    assert long == {}


def test_nothing_is_called_utils() -> None:
    vague = {"utils.py", "helpers.py", "misc.py", "common.py", "signals.py"}
    assert [str(path) for path in tracked() if path.name in vague] == []


def test_surfaces_take_no_back_door_to_models() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources()
        if "surfaces" in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in BACK_DOORS
    ]
    assert found == []


def test_every_write_is_keyword_only_and_says_who_and_when() -> None:
    """What an `actions` file runs in a transaction of its own takes nothing by position."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in sources()
        if "actions" in {*path.parts, path.stem} and "surfaces" not in path.parts
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and "transaction.atomic" in map(ast.unparse, node.decorator_list)
        and node.args.args
    ]
    assert found == []


def test_every_room_has_what_a_room_has() -> None:
    """A kind of work is a folder of models, queries and actions, and a source of facts."""
    package = ROOT / "pervichka"
    for room in (package / "work").iterdir():
        if not (room / "__init__.py").exists():
            continue
        for part in ("models", "queries", "actions"):
            assert (room / f"{part}.py").exists() or (room / part).is_dir(), f"{room.name}: {part}"
        assert (package / "standard" / "facts" / "sources" / f"{room.name}.py").exists()
        assert (ROOT / "tests" / "work" / room.name).is_dir()


def test_the_how_to_of_a_kind_of_work_names_what_there_is() -> None:
    """Each path that it spells with NAME exists for the events, the pattern of all kinds."""
    text = (ROOT / "docs" / "howto" / "add-a-kind-of-work.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:pervichka|tests)/[^`]*NAME[^`]*)`", text))
    assert len(named) >= 5
    missing = [name for name in named if not (ROOT / name.replace("NAME", "events")).exists()]
    assert missing == []


def test_every_path_that_a_document_names_exists() -> None:
    missing = [
        f"{document.relative_to(ROOT)}: {name}"
        for document in tracked()
        if document.suffix == ".md" and "changelog.d" not in document.parts
        for name in _PATHS.findall(document.read_text(encoding="utf-8"))
        if not re.search("CODE|NAME", name) and not (ROOT / name).exists()
    ]
    assert missing == []


def test_every_how_to_and_decision_is_listed() -> None:
    for folder, index in (("howto", "CONTRIBUTING.md"), ("adr", "docs/adr/README.md")):
        text = (ROOT / index).read_text(encoding="utf-8")
        for file in (ROOT / "docs" / folder).glob("*.md"):
            assert file.name == "README.md" or file.name in text, f"{index} lacks {file.name}"
