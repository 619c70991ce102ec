"""Queries over people under row-level security, beside the same statements without.

The statements are those that the application itself sends for an actor; they run by turns as the
application, bound by the actor's scope, and as the owner, bound by none.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass

NATIONAL = "a national join"


@dataclass(frozen=True)
class Figure:
    """Medians in milliseconds: under row-level security, and of the same without."""

    name: str
    people: int
    milliseconds: float
    baseline: float

    @property
    def ratio(self) -> float:
        return self.milliseconds / self.baseline

    @property
    def is_national(self) -> bool:
        return self.name == NATIONAL


def figures(people: int, branches: int) -> list[Figure]:
    """Measured in a throw-away installation of its own."""
    with tempfile.TemporaryDirectory(prefix="pervichka-bench-", ignore_cleanup_errors=True) as home:
        environment = {
            **os.environ,
            "PERVICHKA_HOME": home,
            "PERVICHKA_POSTGRES_LINGER": "1",
        }
        environment.pop("DATABASE_URL", None)
        prepare = [sys.executable, "-m", "pervichka.surfaces.cli", "facts", "kinds"]
        subprocess.run(prepare, env=environment, check=True, capture_output=True)  # noqa: S603 - our own program
        sizes = ["--people", str(people), "--branches", str(branches)]
        done = subprocess.run(  # noqa: S603 - as above
            [sys.executable, "-m", "bench.locks", *sizes],
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
        )
    return [Figure(**one) for one in json.loads(done.stdout)]
