"""The contracts hold, and each turns red when someone breaks it.

A copy of the tree is broken in one place and checked as `make check` would check it.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# From the folder that is to be checked, and without a cache of what it was before.
_RUN = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command as c"
CHECK = [sys.executable, "-c", f"{_RUN}; c()", "--no-cache", "--no-logo"]
MODELS = "Surfaces call actions and queries, never models"
LAYERS = "The house"
BREACHES = [
    ("work/events/actions/planning.py", "import pervichka.standard.facts.queries.kinds", LAYERS),
    ("register/people/models.py", "import pervichka.work.events.queries", LAYERS),
    ("foundation/periods.py", "import pervichka.register.access.roles", LAYERS),
    ("surfaces/cli/run.py", "import pervichka.config.settings", LAYERS),
    ("surfaces/web/views.py", "from pervichka.register.branches.models import Branch", MODELS),
    ("surfaces/cli/run.py", "from pervichka.register.accounts import models", MODELS),
    ("surfaces/jobs/lazily.py", "def f(): import pervichka.standard.facts.models", MODELS),
    ("surfaces/api/events.py", "import pervichka.work.events.models.event", MODELS),
    ("surfaces/jobs/worker.py", "import pervichka.surfaces.web.paging", "Surfaces know nothing"),
    ("register/access/roles.py", "import pervichka.register.people.names", "The register"),
    ("register/branches/models.py", "import pervichka.register.posts.models", "The register"),
    ("standard/rulebook/parser.py", "import pervichka.standard.engine.run", "The standard"),
    ("standard/facts/rows.py", "import pervichka.standard.scores.models", "The standard"),
    ("standard/engine/run.py", "import django.conf", "no Django"),
    ("standard/rulebook/limits.py", "import pervichka.foundation.journal.journal", "no Django"),
    ("standard/facts/sources/late.py", "import pervichka.work.events.models", "its queries"),
    ("register/access/policy.py", "from django.db import models", "plain types"),
    ("work/events/actions/planning.py", "from pervichka.foundation import clock", "the clock"),
    ("standard/scores/actions/late.py", "import pervichka.foundation.clock", "the clock"),
    ("foundation/postgres/ready.py", "import pervichka.foundation.journal.models", "foundation"),
    ("foundation/loose.py", "", "foundation"),
    ("loose/__init__.py", "", LAYERS),
]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / ".importlinter", folder)
    shutil.copytree(
        ROOT / "pervichka",
        folder / "pervichka",
        ignore=lambda _folder, names: [
            name for name in names if Path(name).suffix not in {"", ".py"} or name == "__pycache__"
        ],
    )
    return folder


def broken(house: Path) -> list[str]:
    """The names of the contracts that do not hold there."""
    done = subprocess.run(CHECK, cwd=house, capture_output=True, text=True, check=False)
    said = " ".join(done.stdout.split())
    assert "Contracts:" in said, done.stdout + done.stderr
    told = said.partition("---------")[2]
    assert (done.returncode == 0) == (" BROKEN" not in said)
    return [part.split(" KEPT ")[-1] for part in told.split(" BROKEN")[:-1]]


def test_the_house_as_it_stands_keeps_every_contract(house: Path) -> None:
    assert broken(house) == []


@pytest.mark.parametrize(("file", "line", "contract"), BREACHES, ids=lambda value: value or "empty")
def test_a_breach_turns_it_red(house: Path, file: str, line: str, contract: str) -> None:
    path = house / "pervichka" / file
    before = path.read_text() if path.exists() else None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((before or "") + f"\n{line}\n")
    try:
        assert any(contract in name for name in broken(house))
    finally:
        if before is None:
            path.unlink()
            if not any(path.parent.iterdir()):
                path.parent.rmdir()
        else:
            path.write_text(before)


def test_two_kinds_of_work_stay_strangers(house: Path) -> None:
    kind = house / "pervichka" / "work" / "surveys"
    kind.mkdir()
    try:
        (kind / "__init__.py").write_text("import pervichka.work.events.queries\n")
        assert any("Kinds of work" in name for name in broken(house))
    finally:
        shutil.rmtree(kind)


def test_an_import_for_type_checking_alone_is_free(house: Path) -> None:
    path = house / "pervichka" / "surfaces" / "cli" / "typed.py"
    path.write_text(
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    from pervichka.register.branches.models import Branch\n"
    )
    try:
        assert broken(house) == []
    finally:
        path.unlink()
