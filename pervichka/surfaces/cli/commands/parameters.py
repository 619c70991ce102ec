"""Parameters that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from pervichka.foundation.periods import Month
from pervichka.foundation.refusal import Refused
from pervichka.surfaces.cli.language import tr
from pervichka.surfaces.cli.plain import sentence


def month(text: str) -> Month:
    """A month as an option's value; anything else is wrong usage."""
    try:
        return Month.parse(text)
    except Refused as refused:
        raise typer.BadParameter(sentence(refused.reasons[0])) from None


TableFile = Annotated[
    Path, typer.Argument(metavar="FILE", help=tr("A .csv, .csv.gz, .xlsx or .parquet file."))
]
StandardFile = Annotated[Path, typer.Argument(metavar="FILE", help=tr("A standard, as YAML."))]
Period = Annotated[
    Month,
    typer.Option("--period", parser=month, metavar="MONTH", help=tr("A month, like 2026-10.")),
]
Standard = Annotated[
    str | None,
    typer.Option(
        "--standard",
        metavar="SLUG",
        help=tr("Which standard; needed only where there are several."),
    ),
]
