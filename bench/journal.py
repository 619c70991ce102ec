"""Who saw what, out of a large journal, and what sealing and verifying it takes.

Run as `python -m bench.journal --entries 10000000`, in a PERVICHKA_HOME of its own.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

from pervichka.foundation import clock

BRANCHES, ACTORS, PEOPLE = 90_000, 20_000, 3_000_000
# A region's and a district's part of the tree, in places of the made-up entries.
REGION, WIDE = (40_000, 41_100), (10_000, 30_000)
_AT_ONCE = 1_000_000

# Most entries change something, one in twenty is a look. The region's lie in the first half of the
# journal alone: its newest are far from the newest of all.
_FILL = """
insert into journal_entry
  (tick, at, actor, action, subject_type, subject_id, branch_id, place, fields, look)
select i / 2, timestamptz '2020-01-01' + i * interval '1 second',
  'user:' || md5((i %% {actors})::text)::uuid,
  case when i %% 20 = 0 then 'look.person' else 'person.enrolled' end,
  'people.person', md5((i %% {people})::text)::uuid::text,
  md5(place::text)::uuid, place, '[]', i %% 20 = 0
from (
  select i, case when place between 40000 and 41100 and i > {total} / 2
    then place + 2000 else place end as place
  from (
    select i, ('x' || substr(md5('b' || i), 1, 8))::bit(32)::bigint %% {branches} as place
    from generate_series(%s, %s) as series (i)
  ) drawn
) placed
"""


QUESTIONS = (
    "person",
    "actor",
    "actor's looks",
    "branch",
    "region",
    "region's looks",
    "20,000 branches",
    "20,000 branches' looks",
    "everything",
    "all looks",
    "all looks, deep",
)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def fill(entries: int) -> None:
    """So many entries, written as the owner, whose transactions are all over."""
    from django.db import connections  # noqa: PLC0415 - after Django is set up

    text = _FILL.format(actors=ACTORS, people=PEOPLE, branches=BRANCHES, total=entries)
    with connections["owner"].cursor() as cursor:
        cursor.execute("update journal_offset set offset_by = %s", [entries])
        for first in range(0, entries, _AT_ONCE):
            cursor.execute(text, [first + 1, min(first + _AT_ONCE, entries)])
        cursor.execute("vacuum analyze journal_entry")


def measured(entries: int) -> dict[str, float]:
    """Seconds of each question; rows a second of sealing and verifying a million."""
    from django.db import connections  # noqa: PLC0415 - after Django is set up

    from pervichka.foundation.journal import queries, sealing  # noqa: PLC0415 - as above
    from pervichka.foundation.journal.models import Entry  # noqa: PLC0415 - as above
    from pervichka.register.branches.acting import OPERATOR, acting_as  # noqa: PLC0415 - as above

    fill(entries)
    with connections["owner"].cursor() as cursor:
        # One of those who looked at somebody, as every twentieth entry is a look.
        look = entries // 60 * 20
        cursor.execute(
            "select subject_id, actor from journal_entry where tick = %s and look", [look // 2]
        )
        person, actor = cursor.fetchone()
    questions: list[dict[str, object]] = [
        {"subjects": [person]},
        {"actor": actor},
        {"actor": actor, "looks": True},
        {"within": (70_000, 70_000)},
        {"within": REGION},
        {"within": REGION, "looks": True},
        {"within": WIDE},
        {"within": WIDE, "looks": True},
        {},
        {"looks": True},
        {"looks": True, "before": entries // 2},
    ]
    at, found = clock.now(), {}
    with acting_as(OPERATOR):
        for name, question in zip(QUESTIONS, questions, strict=True):
            start = time.perf_counter()
            rows = queries.entries(**question)  # type: ignore[arg-type]  # each as its name says
            found[name] = time.perf_counter() - start
            if not rows:
                raise AssertionError(name)
        found["counting"] = seconds(Entry.objects.count)
        sealed, taken = 0, 0.0
        while sealed < min(entries, 1_000_000):
            start = time.perf_counter()
            sealed += sealing.seal(at=at)
            taken += time.perf_counter() - start
        found["sealed a second"] = sealed / taken
        found["verified a second"] = sealed / seconds(sealing.verify)
    return found


def in_a_home_of_its_own(entries: int) -> dict[str, float]:
    """The same, in a process with a database that is thrown away."""
    with tempfile.TemporaryDirectory(
        prefix="pervichka-bench-", ignore_cleanup_errors=True
    ) as folder:
        environment = {**os.environ, "PERVICHKA_HOME": folder, "PERVICHKA_POSTGRES_LINGER": "1"}
        environment.pop("DATABASE_URL", None)
        prepare = [sys.executable, "-m", "pervichka.surfaces.cli", "facts", "kinds", "--json"]
        measure = [sys.executable, "-m", "bench.journal", "--entries", str(entries)]
        subprocess.run(prepare, env=environment, check=True, capture_output=True)  # noqa: S603 - our own program
        done = subprocess.run(measure, env=environment, check=True, stdout=subprocess.PIPE)  # noqa: S603 - our own program
        found: dict[str, float] = json.loads(done.stdout)
        return found


if __name__ == "__main__":
    import django

    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=1_000_000)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pervichka.config.settings")
    django.setup()
    print(json.dumps(measured(given.entries), indent=2))
