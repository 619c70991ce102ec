"""`pervichka ledger`: proving on what grounds the register holds people."""

import typer

from pervichka.surfaces.cli.command import command, group
from pervichka.surfaces.cli.refusing import REFUSED
from pervichka.surfaces.cli.run import Run


def register(app: typer.Typer) -> None:
    ledger = group("ledger", "The ledger of legal bases.", into=app)
    command(ledger, "verify")(verify)


def verify(run: Run) -> None:
    """Compute every sealed row anew; exit 1 naming each that was changed, deleted or moved.

    Also named are people whose rows were exchanged, and consents without a row that says so. The
    head is the last block's hash: kept elsewhere, it shows that nothing was cut off.
    """
    from pervichka.register.access.permissions import Permission
    from pervichka.register.people.queries.proving import verify_ledger

    # Within a part of the tree rows of the others would seem to be missing.
    run.demand(Permission.READ_JOURNAL)
    with run.busy("Computing…"):
        proof = verify_ledger()
    if run.json:
        run.document(proof)
    elif proof.flaws:
        columns = ("where", "reason")
        run.rows("Flaws of the ledger", columns, ((one.where, one.reason) for one in proof.flaws))
    if proof.flaws:
        raise typer.Exit(REFUSED)
    run.say("Every sealed row is as it was. Head: {head}", head=proof.head)
