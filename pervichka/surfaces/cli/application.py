"""The `pervichka` command: its groups and what stands before a command's name."""

from typing import Annotated

import typer

import pervichka
from pervichka.surfaces.cli.command import Asked
from pervichka.surfaces.cli.language import tr
from pervichka.surfaces.cli.plain import document
from pervichka.surfaces.cli.usage import Group, wants_json

ABOUT = """
The register, the work and the standard of an organisation's branches.

Try it: **pervichka demo** makes up an organisation with a year of work, scores it and shows it.

From a country's list of precincts to an explained score:

    pervichka precincts import precincts.csv.gz --grow-branches
    pervichka standard publish standard.yaml
    pervichka facts import facts.csv
    pervichka score --period 2026-10
    pervichka explain RU-AD meets --period 2026-10

Everything is kept in the folder PERVICHKA_HOME (default ./var), the database included;
DATABASE_URL names a PostgreSQL server of your own instead. Files may be .csv, .csv.gz, .xlsx or
.parquet. Exit codes: 0 done; 1 refused, with every reason; 2 wrong usage.
"""

app = typer.Typer(
    name="pervichka",
    cls=Group,
    help=tr(ABOUT),
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        version = pervichka.__version__
        typer.echo(document({"version": version}) if wants_json() else version)
        raise typer.Exit


@app.callback()
def _before_the_command(
    context: typer.Context,
    *,
    json: Annotated[
        bool, typer.Option("--json", help=tr("Print one JSON document and nothing else."))
    ] = False,
    as_: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="USER",
            help=tr("Act as this user; else as the local operator, with the whole tree."),
        ),
    ] = None,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help=tr("Print the version and stop.")
        ),
    ] = False,
) -> None:
    context.obj = Asked(json=json, user=as_)
