"""The commands, a file for each group of them; the order is the manual's.

They import actions and queries inside their functions: `--help` and a wrong option are answered
without Django, without a database, and without making any folder.
"""

import typer

from pervichka.surfaces.cli.commands import (
    access,
    benching,
    branches,
    databases,
    explaining,
    facts,
    journals,
    keys,
    ledgers,
    messages,
    people,
    safekeeping,
    scores,
    serving,
    standards,
    texts,
    users,
)

_IN_ORDER = (
    serving,
    branches,
    people,
    facts,
    standards,
    scores,
    explaining,
    users,
    access,
    safekeeping,
    journals,
    keys,
    ledgers,
    texts,
    messages,
    databases,
    benching,
)


def register(app: typer.Typer) -> None:
    """Hang every command on the program."""
    for module in _IN_ORDER:
        module.register(app)
