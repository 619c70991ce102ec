"""`pervichka journal`: proving that what was done stays on record as it was."""

import typer

from pervichka.surfaces.cli.command import command, group
from pervichka.surfaces.cli.refusing import REFUSED
from pervichka.surfaces.cli.run import Run


def register(app: typer.Typer) -> None:
    journal = group("journal", "The journal of every act.", into=app)
    command(journal, "verify")(verify)


def verify(run: Run) -> None:
    """Compute every sealed entry anew; exit 1 naming each that was changed, deleted or moved.

    The head is the last block's hash: published or kept elsewhere, it shows that nothing was cut
    off.
    """
    from pervichka.foundation.journal import sealing
    from pervichka.register.access.permissions import Permission

    run.demand(Permission.READ_JOURNAL)
    with run.busy("Computing…"):
        flaws, head = sealing.verify(), sealing.head()
    columns = ("block", "row", "reason")
    found = [[getattr(flaw, name) for name in columns] for flaw in flaws]
    if run.json:
        run.document(
            {"head": head, "flaws": [dict(zip(columns, row, strict=True)) for row in found]}
        )
    elif flaws:
        run.rows("Flaws of the journal", columns, found)
    if flaws:
        raise typer.Exit(REFUSED)
    run.say("Every sealed entry is as it was. Head: {head}", head=head.hash)
