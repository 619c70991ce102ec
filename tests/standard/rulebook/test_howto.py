"""The guide to writing a standard tells the truth."""

import re
from pathlib import Path

from pervichka.standard.rulebook.cases import load_cases
from pervichka.standard.rulebook.catalogue import TABLES
from pervichka.standard.rulebook.parser import parse
from pervichka.standard.rulebook.where import parse_where

GUIDE = Path(__file__).parents[3] / "docs" / "howto" / "write-a-standard.md"
TEXT = GUIDE.read_text(encoding="utf-8")
HEAD, INDICATOR, CASE = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)


def test_its_example_is_a_standard() -> None:
    assert [i.id for i in parse(HEAD + INDICATOR, file=GUIDE.name).indicators] == [
        "minutes-on-time"
    ]


def test_its_case_is_a_case(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(CASE, encoding="utf-8")
    assert len(load_cases(path)) == 1


def test_its_conditions_can_be_read() -> None:
    section = TEXT.partition("## 4. Conditions")[2]
    listed = re.findall(r"```\n(.*?)```", section, re.DOTALL)[0].splitlines()
    tables = ["facts", "people", "posts", "people", "people"]
    for text, table in zip(listed, tables, strict=True):
        assert parse_where(text, table=table)


def test_its_tables_are_the_catalogue() -> None:
    for table, columns in TABLES.items():
        assert f"| `{table}` | `{' '.join(columns)}` |" in TEXT
