"""Who saw what, out of a large journal, and what sealing and verifying it takes."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, kw_only=True)
class Search:
    """Medians in seconds: asked for the first time, and again."""

    name: str
    first: float
    again: float


@dataclass(frozen=True, kw_only=True)
class Figures:
    """`counting` is how long it takes to count all entries, in seconds, as the same actor."""

    searches: Sequence[Search]
    counting: float
    sealed_a_second: float
    verified_a_second: float


@cache
def figures(entries: int) -> Figures:
    """Measured in a throw-away installation of its own, once for all that ask."""
    with tempfile.TemporaryDirectory(
        prefix="pervichka-bench-", ignore_cleanup_errors=True
    ) as folder:
        environment = {**os.environ, "PERVICHKA_HOME": folder, "PERVICHKA_POSTGRES_LINGER": "1"}
        environment.pop("DATABASE_URL", None)
        prepare = [sys.executable, "-m", "pervichka.surfaces.cli", "facts", "kinds", "--json"]
        measure = [sys.executable, "-m", "bench.journal", "--entries", str(entries)]
        subprocess.run(prepare, env=environment, check=True, capture_output=True)  # noqa: S603 - our own program
        done = subprocess.run(measure, env=environment, check=True, stdout=subprocess.PIPE)  # noqa: S603 - our own program
    found = json.loads(done.stdout)
    return Figures(**found | {"searches": [Search(**one) for one in found["searches"]]})
