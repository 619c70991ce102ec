"""`pervichka appeals`: the inbox, one appeal, its end by silence or at the applicant's word."""

from typing import Annotated

import typer

from pervichka.surfaces.cli.command import command, group
from pervichka.surfaces.cli.language import tr
from pervichka.surfaces.cli.run import Run

_COLUMNS = ("number", "subject", "branch", "channel", "status", "received_at", "due_on", "overdue")


def register(app: typer.Typer) -> None:
    appeals = group("appeals", "Appeals of residents.", into=app)
    command(appeals, "list")(list_appeals)
    command(appeals, "show")(show)
    command(appeals, "settle")(settle)
    command(appeals, "erase")(erase)


def list_appeals(
    run: Run,
    state: Annotated[
        str,
        typer.Option("--state", help=tr("open, overdue, received, answered, closed or all.")),
    ] = "open",
    subject: Annotated[str, typer.Option("--subject", help=tr("A subject's code."))] = "",
    most: Annotated[int, typer.Option("--most", min=1, help=tr("How many at most."))] = 200,
) -> None:
    """List appeals by deadline, overdue first. Nobody's name stands in the list."""
    from pervichka.register.access.permissions import Permission
    from pervichka.register.access.policy import demand
    from pervichka.register.disclosure.actions import show as show_rows
    from pervichka.work.casework.queries import AppealFilter, appeals_of

    demand(run.actor, Permission.HANDLE_APPEALS)
    narrowed = AppealFilter(state=state, subject=subject)
    rows, _total = appeals_of(run.actor, narrowed, on=run.today, limit=most)
    # Branch, day and subject are often enough to know someone by.
    show_rows(people=[row.branch_id for row in rows], by=run.actor, at=run.at)
    run.rows(
        "Appeals",
        _COLUMNS,
        (
            (
                row.number,
                row.subject,
                row.branch_label,
                row.channel,
                row.status,
                row.received_at,
                row.due_on,
                row.overdue,
            )
            for row in rows
        ),
    )


def show(
    run: Run,
    number: Annotated[int, typer.Argument(metavar="NUMBER", help=tr("The appeal's number."))],
) -> None:
    """Show one appeal and its steps; its words to the branch that sees to it alone."""
    from django.core.exceptions import ObjectDoesNotExist

    from pervichka.foundation.refusal import refuse
    from pervichka.register.disclosure.actions import show as show_rows
    from pervichka.work.casework.actions import look_at_applicant
    from pervichka.work.casework.queries import appeal_numbered, appeal_page

    try:
        appeal = appeal_numbered(run.actor, number)
    except ObjectDoesNotExist:
        raise refuse("there is no appeal {number}", number=number) from None
    show_rows(people=[appeal.branch_id], by=run.actor, at=run.at)
    look_at_applicant(appeal=appeal, by=run.actor, at=run.at)
    page = appeal_page(run.actor, appeal, on=run.today)
    run.tell(
        "Appeal",
        {
            "number": appeal.number,
            "branch": appeal.branch.code,
            "subject": appeal.subject,
            "status": appeal.status,
            "due_on": appeal.due_on,
            "overdue": page.overdue,
            "words": page.words,
            "steps": [{"kind": step.kind, "at": step.at} for step in page.steps],
        },
    )


def settle(run: Run) -> None:
    """Close what was answered so long ago that silence means no objection.

    The worker does so each night; how long is said by the territory pack's policy.
    """
    from pervichka.work.casework.actions import settle_silent

    run.tell("Appeals closed", {"closed": settle_silent(by=run.actor, at=run.at)})


def erase(
    run: Run,
    number: Annotated[int, typer.Argument(metavar="NUMBER", help=tr("The appeal's number."))],
    commit: Annotated[
        bool, typer.Option("--commit", help=tr("Erase; else only show how much there is."))
    ] = False,
) -> None:
    """Show how much is kept of whoever appealed and asked to be deleted; with --commit, erase it.

    For those who have lost their code; with it, they delete it themselves on the appeal's page.
    Name, contacts, files and words go at once; days and counts stay. An open appeal ends by it.
    """
    from django.core.exceptions import ObjectDoesNotExist
    from django.db import transaction

    from pervichka.foundation.refusal import refuse
    from pervichka.standard.facts.actions.erasing import erase_own_appeal
    from pervichka.work.casework.queries import appeal_numbered

    try:
        appeal = appeal_numbered(run.actor, number)
    except ObjectDoesNotExist:
        raise refuse("there is no appeal {number}", number=number) from None
    with transaction.atomic():
        act = erase_own_appeal(record_id=appeal.id, by=run.actor, at=run.at)
        if not commit:
            transaction.set_rollback(True)
    told: dict[str, object] = {} if act is None else dict(act.counts)
    if commit and act is not None:
        told |= {"number": act.number, "hash": act.hash}
    run.tell("What was erased" if commit else "What would be erased", told)
    if not commit:
        run.say("Nothing was erased. Add --commit to erase it.")
