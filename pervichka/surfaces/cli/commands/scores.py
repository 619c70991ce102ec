"""`pervichka score`, `scores export`, `period`: from facts to frozen numbers."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pervichka.foundation.periods import Month
from pervichka.foundation.refusal import refuse
from pervichka.surfaces.cli.command import command, group
from pervichka.surfaces.cli.commands.parameters import Period, Standard, month
from pervichka.surfaces.cli.language import tr
from pervichka.surfaces.cli.refusing import REFUSED
from pervichka.surfaces.cli.run import Run


class Engine(StrEnum):
    """What computes."""

    DUCKDB = "duckdb"
    SPARK = "spark"
    REFERENCE = "reference"


def register(app: typer.Typer) -> None:
    command(app, "score")(score)
    scores = group("scores", "Scores, for other programs.", into=app)
    command(scores, "export")(export)
    period = group("period", "Closing a month, and proving that closed ones stayed so.", into=app)
    command(period, "close")(close)
    command(period, "late")(late)
    command(period, "verify")(verify)


def score(
    run: Run,
    period: Period,
    standard: Standard = None,
    engine: Annotated[
        Engine, typer.Option(help=tr("What computes; the reference is slow and plain."))
    ] = Engine.DUCKDB,
) -> None:
    """Compute a month in full, for every living branch, and store its numbers."""
    from pervichka.standard.scores import computing
    from pervichka.standard.scores.actions.scoring import score_period

    if engine is Engine.SPARK:
        raise refuse("the engine {engine} is not part of this release", engine=engine.value)
    with run.busy("Computing {month}…", month=period):
        scored = score_period(
            month=period,
            slug=standard,
            engine=computing.Engine(engine.value),
            by=run.actor,
            at=run.at,
        )
    run.tell("Scored", {"period": period, "engine": engine, "branches": scored})


def export(
    run: Run,
    period: Period,
    output: Annotated[
        Path,
        typer.Option(metavar="FILE", help=tr("A .csv, .csv.gz, .xlsx or .parquet file.")),
    ],
    standard: Standard = None,
) -> None:
    """Write a month's scores to a file.

    Columns: branch, level, criterion, indicator, numerator, denominator, value, points, grade. A
    row per branch and indicator; one per branch and criterion, its indicator empty; one per branch,
    its criterion empty too and its grade filled. Numbers in full precision. With --as: the
    branches that this user sees.
    """
    from pervichka.foundation.tabular import write_rows
    from pervichka.register.access.permissions import Permission
    from pervichka.register.access.policy import demand
    from pervichka.register.branches.queries.units import visible_to
    from pervichka.standard.scores.queries.export import COLUMNS, export_rows

    demand(run.actor, Permission.SEE_SCORES)
    with run.busy("Writing {file}…", file=output.name):
        seen = set(visible_to(run.actor).values_list("code", flat=True))
        rows = (row for row in export_rows(period, standard) if row[0] in seen)
        count = write_rows(output, COLUMNS, rows)
    run.tell("Exported", {"period": period, "file": output, "rows": count})


def close(
    run: Run,
    period: Annotated[
        Month, typer.Argument(parser=month, metavar="MONTH", help=tr("A month, like 2026-10."))
    ],
    standard: Standard = None,
) -> None:
    """Freeze a month that is over: its numbers stay, chained by hash to the closing before.

    It is computed first, so all that came before this moment is in it. What comes later changes it
    no more; `period late` lists it.
    """
    from pervichka.standard.scores.actions.closing import close_period

    closed = close_period(month=period, slug=standard, by=run.actor, at=run.at)
    told = {"period": period, "rows": closed.rows, "numbers": closed.numbers_hash}
    run.tell("Closed", {**told, "hash": closed.hash})


def late(
    run: Run,
    period: Annotated[
        Month | None,
        typer.Argument(
            parser=month, metavar="MONTH", help=tr("A closed month; all of them, if none.")
        ),
    ] = None,
    standard: Standard = None,
) -> None:
    """List what came too late for closed months: the difference it would make, added nowhere.

    A row per branch and indicator whose numbers would come out otherwise today, as they were closed
    and as they would be now. With --as: of the branches that this user sees.
    """
    from pervichka.standard.scores.queries.late import late_differences

    columns = (
        "standard", "period", "branch", "indicator", "numerator_closed", "numerator_now",
        "denominator_closed", "denominator_now", "points_closed", "points_now",
    )  # fmt: skip
    with run.busy("Computing…"):
        found = list(late_differences(month=period, slug=standard, by=run.actor))
    rows = [tuple(getattr(one, name) for name in columns) for one in found]
    run.rows("What came too late", columns, rows)


def verify(run: Run) -> None:
    """Compute every closed month's hashes anew; exit 1 if one no longer agrees."""
    from pervichka.register.access.permissions import Permission
    from pervichka.register.access.policy import demand
    from pervichka.standard.scores.queries.closings import verify_periods

    demand(run.actor, Permission.SEE_SCORES)
    verified = verify_periods()
    run.rows(
        "Closed periods",
        ("standard", "version", "period", "hash", "flaw"),
        ((one.standard, one.version, one.month, one.hash, one.flaw) for one in verified),
    )
    if any(one.flaw for one in verified):
        raise typer.Exit(REFUSED)
