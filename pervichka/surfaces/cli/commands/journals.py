"""`pervichka journal`: proving that what was done stays on record as it was."""

import typer

from pervichka.surfaces.cli.command import command, group
from pervichka.surfaces.cli.refusing import REFUSED
from pervichka.surfaces.cli.run import Run


def register(app: typer.Typer) -> None:
    journal = group("journal", "The journal of every act.", into=app)
    command(journal, "verify")(verify)


def verify(run: Run) -> None:
    """Compute every sealed block's hash anew; exit 1 if one no longer agrees."""
    from pervichka.foundation.journal import sealing
    from pervichka.register.access.permissions import Permission

    run.demand(Permission.READ_JOURNAL)
    with run.busy("Computing…"):
        flaws = sealing.verify()
    run.rows(
        "Flaws of the journal", ("block", "reason"), ((one.block, one.reason) for one in flaws)
    )
    if flaws:
        raise typer.Exit(REFUSED)
    run.say("Every sealed entry is as it was.")
