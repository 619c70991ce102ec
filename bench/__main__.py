"""`python -m bench [NAME …] [--size small|region|nation]`: a JSON list of what was measured.

The figures and the machine they were measured on are kept in PERVICHKA_HOME/bench.json.
"""

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Literal

from bench import engine, journal, lists, locks
from pervichka.foundation import clock, home

Size = Literal["small", "region", "nation"]
PRIMARIES: dict[Size, int] = {"small": 1_000, "region": 4_000, "nation": 90_298}
ENTRIES: dict[Size, int] = {"small": 100_000, "region": 1_000_000, "nation": 10_000_000}
FACTS: dict[Size, int] = {"small": 100_000, "region": 500_000, "nation": 8_000_000}
PEOPLE: dict[Size, int] = {"small": 50_000, "region": 250_000, "nation": 5_000_000}


@dataclass(frozen=True, kw_only=True)
class Measured:
    """`ratio` is figure ÷ baseline_figure; `holds` says whether the aim was met, at its size."""

    name: str
    size: Size
    figure: float
    unit: str
    baseline: str
    baseline_figure: float
    ratio: float
    aim: str
    holds: bool


def score(size: Size) -> list[Measured]:
    """A month of ten indicators for every branch, beside a bare scan of the same columns."""
    figure = engine.measure(PRIMARIES[size], FACTS[size])
    one = Measured(
        name="score",
        size=size,
        figure=round(figure.seconds, 3),
        unit="s",
        baseline="a bare scan of the same columns",
        baseline_figure=round(figure.baseline, 3),
        ratio=round(figure.ratio, 2),
        aim="≤ 10 s at the size of a nation",
        holds=figure.seconds <= 10,
    )
    return [one]


def precincts(size: Size) -> list[Measured]:
    """A list of precincts with a branch grown for each, beside reading its rows."""
    taken, read = lists.seconds_of_import(PRIMARIES[size])
    one = Measured(
        name="precincts",
        size=size,
        figure=round(taken, 3),
        unit="s",
        baseline="reading the rows of the same file",
        baseline_figure=round(read, 3),
        ratio=round(taken / read, 2),
        aim="< 60 s at the size of a nation",
        holds=taken < 60,
    )
    return [one]


def row_security(size: Size) -> list[Measured]:
    """What the application asks of people under row-level security, beside the same without."""
    return [
        Measured(
            name=f"locks: {one.name}",
            size=size,
            figure=one.milliseconds,
            unit="ms",
            baseline="the same without row-level security",
            baseline_figure=one.baseline,
            ratio=round(one.ratio, 2),
            aim="≤ 2 ×" if one.is_national else "≤ 1.3 × or ≤ 20 ms",
            holds=one.ratio <= 2 if one.is_national else one.ratio <= 1.3 or one.milliseconds <= 20,
        )
        for one in locks.figures(PEOPLE[size], PRIMARIES[size])
    ]


def who_saw_what(size: Size) -> list[Measured]:
    """Each search of the journal asked for the first time, beside counting its entries."""
    found = journal.figures(ENTRIES[size])
    return [
        Measured(
            name=f"who_saw_what: {one.name}",
            size=size,
            figure=one.first,
            unit="s",
            baseline="counting the entries",
            baseline_figure=found.counting,
            ratio=round(one.first / found.counting, 4),
            aim="< 1 s at the size of a nation, asked again too",
            holds=max(one.first, one.again) < 1,
        )
        for one in found.searches
    ]


def journal_verify(size: Size) -> list[Measured]:
    """Verifying the chain, beside sealing it."""
    found = journal.figures(ENTRIES[size])
    one = Measured(
        name="journal_verify",
        size=size,
        figure=found.verified_a_second,
        unit="entries/s",
        baseline="sealing them",
        baseline_figure=found.sealed_a_second,
        ratio=round(found.verified_a_second / found.sealed_a_second, 2),
        aim="≥ 50,000 entries a second",
        holds=found.verified_a_second >= 50_000,
    )
    return [one]


MEASUREMENTS: dict[str, Callable[[Size], list[Measured]]] = {
    "score": score,
    "precincts": precincts,
    "locks": row_security,
    "who_saw_what": who_saw_what,
    "journal_verify": journal_verify,
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MEASUREMENTS))
    parser.add_argument("--size", choices=list(PRIMARIES), default="nation")
    given = parser.parse_args(arguments)
    unknown = [name for name in given.names if name not in MEASUREMENTS]
    if unknown:
        parser.error(f"there is no {', '.join(unknown)}; there are {', '.join(MEASUREMENTS)}")
    names = given.names or MEASUREMENTS
    found = [asdict(one) for name in names for one in MEASUREMENTS[name](given.size)]
    print(json.dumps(found, ensure_ascii=False))
    kept = {"at": clock.now().isoformat(), "machine": machine(), "measured": found}
    (home.folder() / "bench.json").write_text(
        json.dumps(kept, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    return 0


def machine() -> dict[str, object]:
    """What it was measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processors": os.cpu_count(),
        "memory_gib": round(memory / 2**30, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
