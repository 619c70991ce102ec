"""A country's list of precincts through the real command, beside reading the same rows alone."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pervichka.foundation.tabular import read_rows

COLUMNS = ("region", "territory", "number", "registered_voters")
REGIONS, TERRITORIES = 83, 30


def write_precincts(file: Path, number: int) -> None:
    """A made-up list: so many precincts over 83 regions of 30 territories."""
    with file.open("w", encoding="utf-8") as stream:
        stream.write(",".join(COLUMNS) + "\n")
        for index in range(number):
            region, place = index % REGIONS, index // REGIONS % TERRITORIES
            stream.write(
                f"RU-{region:02},Territory {place},{index // REGIONS + 1},{index % 3000}\n"
            )


def seconds_of_import(number: int) -> tuple[float, float]:
    """Seconds of importing with branches grown from it, and of reading the file alone."""
    with tempfile.TemporaryDirectory(
        prefix="pervichka-bench-", ignore_cleanup_errors=True
    ) as folder:
        file, home = Path(folder, "precincts.csv"), Path(folder, "var")
        write_precincts(file, number)
        environment = {
            **os.environ,
            "PERVICHKA_HOME": str(home),
            "PERVICHKA_POSTGRES_LINGER": "1",
        }
        environment.pop("DATABASE_URL", None)

        def command(*arguments: str) -> float:
            call = [sys.executable, "-m", "pervichka.surfaces.cli", *arguments, "--json"]
            start = time.perf_counter()
            done = subprocess.run(call, env=environment, check=True, capture_output=True)  # noqa: S603 - our own program
            json.loads(done.stdout)
            return time.perf_counter() - start

        command("facts", "kinds")  # makes the database
        taken = command("precincts", "import", str(file), "--grow-branches")
        start = time.perf_counter()
        rows = sum(1 for _ in read_rows(file, required=COLUMNS))
        read = time.perf_counter() - start
        if rows != number:
            raise AssertionError(rows)
    return taken, read
