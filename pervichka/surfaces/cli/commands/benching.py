"""`pervichka bench`: what takes how long, beside the simple way of doing the same."""

import json
from enum import StrEnum
from typing import Annotated

import typer

from pervichka.foundation.refusal import refuse
from pervichka.surfaces.cli.command import command
from pervichka.surfaces.cli.language import tr
from pervichka.surfaces.cli.run import Run

COLUMNS = (
    "name", "size", "figure", "unit", "baseline", "baseline_figure", "ratio", "aim", "holds",
)  # fmt: skip


class BenchSize(StrEnum):
    """How large the organisation is on which it is measured."""

    SMALL = "small"
    REGION = "region"
    NATION = "nation"


def register(app: typer.Typer) -> None:
    command(app, "bench", database=False)(bench)


def bench(
    run: Run,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME …]", help=tr("Which to run; all, if none.")),
    ] = None,
    size: Annotated[
        BenchSize, typer.Option(help=tr("On how large an organisation."))
    ] = BenchSize.NATION,
) -> None:
    """Measure what takes how long, beside the simple way of doing the same.

    Without names: everything. Says how many times the simple way's time it takes and whether the
    aim holds, and keeps the figures and the machine in PERVICHKA_HOME.
    """
    from pervichka.surfaces.cli import running

    told = running.run_bench([*(names or []), "--size", size.value])
    if told is None:
        raise refuse("the measurements are part of the source tree, not of the installed program")
    code, out = told
    if code:
        raise typer.Exit(code)
    found = json.loads(out)
    run.rows("Measurements", COLUMNS, [[one[name] for name in COLUMNS] for one in found])
