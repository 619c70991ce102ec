"""A branch, and a way to load rows into it as a list of people."""

from pathlib import Path

import pytest

from pervichka.foundation.tabular import write_rows
from pervichka.register.branches.models import Branch
from pervichka.register.people.actions.importing import PeopleEffect, import_people
from tests.builders.actors import OPERATOR
from tests.builders.branches import a_primary_branch
from tests.register.people.importing.rows import AT


@pytest.fixture
def branch() -> Branch:
    return a_primary_branch()


@pytest.fixture
def load(tmp_path: Path):
    def go(
        *rows: dict[str, str], commit: bool = True, mapping: str = "", by=OPERATOR
    ) -> PeopleEffect:
        columns = list(dict.fromkeys(name for row in rows for name in row))
        file = tmp_path / "people.csv"
        write_rows(file, columns, [[row.get(name, "") for name in columns] for row in rows])
        # A spreadsheet's guard against formulas is not what is tried here.
        file.write_text(file.read_text().replace("'+", "+"))
        if mapping:
            (tmp_path / "mapping.yaml").write_text(mapping)
        return import_people(
            file=file,
            mapping=tmp_path / "mapping.yaml" if mapping else None,
            commit=commit,
            by=by,
            at=AT,
        )

    return go
