"""kill -9 of a command, of the worker and of the database: nothing is lost, nothing half done.

Real processes on an embedded server of their own.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from pervichka.foundation import postgres
from pervichka.foundation.postgres import layout
from pervichka.foundation.tabular import write_rows
from pervichka.register.branches.actions.listed import COLUMNS
from pervichka.register.branches.packs import load_pack
from tests.builders.standards import a_document

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

REGIONS, EACH, FEW = 10, 2_000, 300
CODES = [region.code for region in load_pack("ru").regions]
PRECINCTS = REGIONS * EACH
MONTH = "2026-10"
Row = tuple[object, ...]


@dataclass(frozen=True)
class House:
    """An installation, its commands and what its database holds."""

    folder: Path

    def begin(self, *arguments: str | Path) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "pervichka.surfaces.cli", *map(str, arguments)]
        output = (self.folder / "output").open("a", encoding="utf-8")
        with output:
            return subprocess.Popen(
                command, stdout=output, stderr=subprocess.STDOUT, text=True, start_new_session=True
            )

    def run(self, *arguments: str | Path) -> None:
        code = self.begin(*arguments).wait(timeout=90)
        assert code == 0, (self.folder / "output").read_text(encoding="utf-8")

    def run_and_kill(self, *arguments: str | Path, after: float, database: bool) -> None:
        command = self.begin(*arguments)
        time.sleep(after)
        kill(command)
        if database:
            os.kill(postmaster(), signal.SIGKILL)

    def ask(self, query: str) -> list[Row]:
        postgres.ready()
        with psycopg.connect(postgres.connect_info("backup").url) as session:
            return session.execute(query.encode()).fetchall()

    def tree(self) -> tuple[Row, Row, Row]:
        """How much there is: precincts, links, branches; in force and ended."""
        (precincts,) = self.ask("select count(*), count(valid_to), sum(voters) from precinct")
        (links,) = self.ask("select count(*), count(valid_to) from precinct_link")
        (branches,) = self.ask("select count(*), count(closed_on), sum(voters) from branch")
        return precincts, links, branches

    def scores(self) -> list[Row]:
        return self.ask(
            "select branch_id::text, numerators::text, denominators::text, points, grade"
            " from score where month = '2026-10-01' order by branch_id"
        )


def kill(command: subprocess.Popen[str]) -> None:
    """The command and every process it began; the database's keeper is in a session of its own."""
    os.killpg(command.pid, signal.SIGKILL)
    command.wait()


def postmaster() -> int:
    return int((layout.data() / "postmaster.pid").read_text().split("\n", 1)[0])


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A prepared installation; in a short path, for the database's socket."""
    folder = Path(tempfile.mkdtemp(prefix="pk"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("PERVICHKA_HOME", str(folder / "home"))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    yield House(folder)
    postgres.stop()
    shutil.rmtree(folder)


@pytest.fixture
def chance() -> random.Random:
    seed = int(time.time())
    print("moments by seed", seed)  # noqa: T201 - shown where a test fails
    return random.Random(seed)  # noqa: S311 - moments to kill at


def a_list(folder: Path, name: str, *, numbers: Sequence[int], shift: int = 0) -> Path:
    rows = [
        (CODES[region], f"Район {(number + shift) // 50}", number, 500 + shift + number % 7)
        for region in range(REGIONS)
        for number in numbers
    ]
    file = folder / name
    write_rows(file, COLUMNS, rows)
    return file


def some_facts(folder: Path, *, each: int) -> Path:
    """So many quorate meetings in every twentieth primary branch."""
    file = folder / f"facts-{each}.csv"
    write_rows(
        file,
        ("kind", "branch", "occurred_on", "source", "source_id"),
        [
            (
                "meeting.quorate",
                f"{CODES[region]}/{number}",
                f"2026-10-{day:02}",
                "crm",
                f"{region}-{number}-{day}",
            )
            for region in range(REGIONS)
            for number in range(1, FEW, 20)
            for day in range(1, each + 1)
        ],
    )
    return file


def test_an_import_is_there_whole_or_not_at_all(house: House, chance: random.Random) -> None:
    first = a_list(house.folder, "first.csv", numbers=range(1, EACH + 1))
    second = a_list(house.folder, "second.csv", numbers=range(100, EACH + 1), shift=25)
    house.run("facts", "kinds")
    nothing = house.tree()

    for database in (True, False, True):
        house.run_and_kill(
            "precincts", "import", first, "--grow-branches",
            after=chance.uniform(1, 4), database=database,
        )  # fmt: skip
        assert house.tree()[0][0] in (0, PRECINCTS)
        assert (house.tree() == nothing) == (house.tree()[0][0] == 0)
    house.run("precincts", "import", first, "--grow-branches")
    whole = house.tree()
    assert (whole[0][0], whole[1][0]) == (PRECINCTS, PRECINCTS)
    assert house.ask("select count(*) from branch where level = 'primary'") == [(PRECINCTS,)]

    later = ("precincts", "import", second, "--valid-from", "2024-03-01")
    states = [whole]
    for database in (True, False):
        house.run_and_kill(*later, after=chance.uniform(1, 5), database=database)
        states.append(house.tree())
    house.run(*later)
    done = house.tree()
    assert all(state in (whole, done) for state in states)
    assert done[0][1] == REGIONS * 99
    assert house.ask(
        "select count(*) from branch child join branch parent on parent.id = child.parent_id"
        " where child.place <= parent.place or child.place_end > parent.place_end"
    ) == [(0,)]
    house.run(*later)
    assert house.tree() == done


def test_scores_are_the_old_or_the_new_ones_and_the_worker_takes_up_what_it_lost(
    house: House, chance: random.Random
) -> None:
    house.run(
        "precincts", "import", a_list(house.folder, "list.csv", numbers=range(1, FEW + 1)),
        "--grow-branches",
    )  # fmt: skip
    house.run("standard", "publish", a_document(house.folder))
    house.run("facts", "import", some_facts(house.folder, each=1))
    house.run("score", "--period", MONTH)
    old = house.scores()
    house.run("facts", "import", some_facts(house.folder, each=2))

    kept = []
    for database in (True, False, True):
        house.run_and_kill(
            "score", "--period", MONTH, after=chance.uniform(0.5, 2.5), database=database
        )
        kept.append(house.scores())
    house.run("score", "--period", MONTH)
    new = house.scores()
    assert old != new
    assert len(old) == len(new) > REGIONS * FEW
    assert all(scores in (old, new) for scores in kept)

    house.run("facts", "import", some_facts(house.folder, each=3))
    worker = house.begin("worker")
    wait_for(house, "select 1 from procrastinate_jobs where status = 'doing'")
    kill(worker)
    assert house.ask("select count(*) from procrastinate_jobs where status = 'doing'") == [(1,)]
    worker = house.begin("worker")
    wait_for(
        house,
        "select 1 where not exists"
        " (select from procrastinate_jobs where status in ('todo', 'doing'))",
    )
    worker.terminate()
    assert worker.wait(timeout=30) == 0
    (top,) = house.ask(
        "select numerators[1] from score join branch on branch.id = branch_id"
        " where parent_id is null and month = '2026-10-01'"
    )
    assert top == (REGIONS * (FEW // 20) * 3,)


def wait_for(house: House, query: str, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not house.ask(query):
        assert time.monotonic() < deadline, (house.folder / "output").read_text(encoding="utf-8")
        time.sleep(0.05)


def some_people(folder: Path, *, number: int) -> Path:
    """A list in which every hundredth row speaks of the person before once more."""
    file = folder / "people.csv"
    write_rows(
        file,
        ("last_name", "first_name", "phone", "branch", "affiliation", "affiliated_on"),
        [
            (
                f"Иванова{row - (row % 100 == 99)}",
                "Анна",
                f"8900{row - (row % 100 == 99):07}",
                f"{CODES[0]}/{row % FEW + 1}",
                "supporter",
                "2026-01-01",
            )
            for row in range(number)
        ],
    )
    return file


def test_a_list_of_people_goes_on_behind_its_last_whole_batch(
    house: House, chance: random.Random
) -> None:
    house.run(
        "precincts", "import", a_list(house.folder, "list.csv", numbers=range(1, FEW + 1)),
        "--grow-branches",
    )  # fmt: skip
    rows = 40_000
    people = some_people(house.folder, number=rows)
    for database in (False, True, False):
        house.run_and_kill(
            "people", "import", people, "--commit", after=chance.uniform(1.5, 4), database=database
        )
        ((there,),) = house.ask("select count(*) from person")
        noted = house.ask("select (counts->>'new')::int, (up_to_line - 1)::int from people_import")
        assert [new for new, _ in noted] == ([there] if there or noted else [])
        assert all(done % 5_000 == 0 for _, done in noted)
    house.run("people", "import", people, "--commit")
    assert house.ask("select count(*), count(distinct code) from person") == [
        (rows * 99 // 100, rows * 99 // 100)
    ]
    for table in ("contact_point", "affiliation"):
        assert house.ask(f"select count(*) from {table}") == [(rows * 99 // 100,)]
    ((new, duplicate, unfinished),) = house.ask(
        "select (counts->>'new')::int, (counts->>'duplicate')::int, finished_at is null"
        " from people_import"
    )
    assert (new, duplicate, unfinished) == (rows * 99 // 100, rows // 100, False)
