"""Every kind of work has the files that docs/howto/add-a-kind-of-work.md asks for."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from pervichka.standard.facts.sources import SOURCES
from pervichka.standard.rulebook.catalogue import KINDS

ROOT = Path(__file__).resolve().parents[2]
HOWTO = ROOT / "docs" / "howto" / "add-a-kind-of-work.md"
ROWS = re.findall(r"^\| `([^`]*NAME[^`]*)` \|", HOWTO.read_text(encoding="utf-8"), re.MULTILINE)
WORK = sorted(path.parent.name for path in (ROOT / "pervichka" / "work").glob("*/__init__.py"))


def asked_of(kind: str) -> Iterator[Path]:
    for row in ROWS:
        yield ROOT / row.replace("NAME", kind)


def is_there(path: Path) -> bool:
    """As a file, as a module, or as a package or folder with something in it."""
    if path.suffix:
        return path.is_file()
    return path.with_suffix(".py").is_file() or any(path.glob("*.py"))


def test_the_howto_asks_for_every_part() -> None:
    parts = ("/models", "/actions", "/queries", "facts/sources/", "surfaces/web/", "surfaces/api/")

    assert all(any(part in row for row in ROWS) for part in parts)
    assert any(row.startswith("tests/work/") for row in ROWS)
    assert "events" in WORK


@pytest.mark.parametrize("kind", WORK)
def test_a_kind_has_them_all(kind: str) -> None:
    assert [str(path.relative_to(ROOT)) for path in asked_of(kind) if not is_there(path)] == []


@pytest.mark.parametrize("kind", WORK)
def test_a_kind_is_known_where_it_must_be(kind: str) -> None:
    assert f"pervichka.work.{kind}" in settings.INSTALLED_APPS
    assert kind in {source.SOURCE for source in SOURCES}
    assert any(each.derived for each in KINDS if each.room == kind)


@pytest.mark.parametrize("kind", WORK)
def test_the_tables_of_a_kind_are_tied_to_their_branch(kind: str) -> None:
    folder = ROOT / "pervichka" / "work" / kind
    models = "\n".join(
        file.read_text(encoding="utf-8")
        for file in [*folder.glob("models.py"), *folder.glob("models/*.py")]
    )
    migrations = "\n".join(
        file.read_text(encoding="utf-8") for file in folder.glob("migrations/*.py")
    )
    tables = re.findall(r'db_table = "(\w+)"', models)

    assert tables
    assert [name for name in tables if f'placed_foreign_key("{name}")' not in migrations] == []
