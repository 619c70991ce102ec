"""`pervichka db`: the way into the database for other programs."""

import os
from enum import StrEnum
from typing import Annotated

import typer

from pervichka.surfaces.cli.command import command, group
from pervichka.surfaces.cli.language import tr
from pervichka.surfaces.cli.run import Run


class Role(StrEnum):
    """The database's own roles that a person may take."""

    APP = "app"
    OWNER = "owner"
    BACKUP = "backup"


ROLE = Annotated[Role, typer.Option("--role", help=tr("As which of the database's roles."))]


def register(app: typer.Typer) -> None:
    database = group("db", "The database: its address, and a shell in it.", into=app)
    command(database, "url")(url)
    command(database, "shell")(shell)


def url(run: Run, role: ROLE = Role.APP) -> None:
    """Print the address of the database, starting the embedded server if it does not run.

    The server stays up while any program is connected to it, and for five minutes after.
    """
    from pervichka.foundation import postgres

    _demand_all(run)
    address = postgres.connect_info(role.value).url
    if run.json:
        run.document({"url": address, "role": role})
    else:
        run.output.print(address, markup=False, soft_wrap=True)


def shell(run: Run, role: ROLE = Role.APP) -> None:
    """Open psql in the database."""
    from pervichka.foundation import postgres
    from pervichka.foundation.postgres import programs

    _demand_all(run)
    program, arguments, environment = programs.call("psql", postgres.connect_info(role.value))
    # In place of this process; the server sees psql's own connection and stays up for it.
    os.execve(program, [str(program), *arguments], environment)  # noqa: S606 - psql itself


def _demand_all(run: Run) -> None:
    """Whoever holds the address of the database holds all that is in it."""
    from pervichka.register.access.permissions import Permission
    from pervichka.register.access.policy import demand

    demand(run.actor, Permission.KEEP_DATABASE)
