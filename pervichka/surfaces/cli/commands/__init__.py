"""The commands, a file for each group of them; the order is the manual's.

They import actions and queries inside their functions: `--help` and a wrong option are answered
without Django, without a database, and without making any folder.
"""

import typer

from pervichka.surfaces.cli.commands import branches, facts, scores, standards


def register(app: typer.Typer) -> None:
    """Hang every command on the program."""
    for module in (branches, facts, standards, scores):
        module.register(app)
