"""`pervichka branches` and `pervichka precincts`: the tree and the country's precincts."""

from datetime import datetime
from typing import Annotated

import typer

from pervichka.surfaces.cli.command import command, group
from pervichka.surfaces.cli.commands.parameters import TableFile
from pervichka.surfaces.cli.language import tr
from pervichka.surfaces.cli.run import Run


def register(app: typer.Typer) -> None:
    branches = group("branches", "The tree of branches.", into=app)
    command(branches, "import")(import_branches)
    precincts = group("precincts", "The country's polling precincts.", into=app)
    command(precincts, "import")(import_precincts)


def import_branches(run: Run, file: TableFile) -> None:
    """Take over a list of branches, whole or not at all.

    Columns: code, parent, level, name and, optional, name_ru, voters, opened_on, closed_on. Levels
    are federal, regional, local and primary. The root has no parent; rows stand in any order. A
    code that is known is an update. Without opened_on a branch is living since always.
    """
    from pervichka.register.branches.actions.importing import import_branches as act

    with run.busy("Reading {file}…", file=file.name):
        done = act(file=file, by=run.actor, at=run.at)
    run.tell("Branches of {file}", done, file=file.name)


def import_precincts(
    run: Run,
    file: TableFile,
    grow_branches: Annotated[
        bool,
        typer.Option(
            "--grow-branches",
            help=tr("Make a regional, a local and a primary branch for what the list names."),
        ),
    ] = False,
    valid_from: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            metavar="DATE",
            help=tr("The day from which the list holds, like 2024-03-01; else since always."),
        ),
    ] = None,
) -> None:
    """Take over a list of precincts, whole or not at all.

    Columns: region, territory, number, registered_voters. A region is written as the territory
    pack has it: its code, such as RU-AD, a name or an alias. A precinct is known by its region and
    number. A later list closes what vanished, opens what is new, updates voters, and moves a
    precinct whose territory changed under the other local branch; locals left empty close. Once
    branches grew from a list, they follow every later one.
    """
    from pervichka.register.branches.actions.precincts import import_precincts as act

    with run.busy("Reading {file}…", file=file.name):
        done = act(
            file=file,
            grow=grow_branches,
            valid_from=valid_from.date() if valid_from else None,
            by=run.actor,
            at=run.at,
        )
    run.tell("Precincts of {file}", done, file=file.name)
