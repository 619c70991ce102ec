"""`pervichka people`: lists of people, looked at before they are taken in."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pervichka.surfaces.cli.command import command, group
from pervichka.surfaces.cli.commands.parameters import TableFile
from pervichka.surfaces.cli.language import tr
from pervichka.surfaces.cli.plain import sentence
from pervichka.surfaces.cli.refusing import tell_lines
from pervichka.surfaces.cli.run import Run

if TYPE_CHECKING:
    from pervichka.foundation.refusal import Reason
    from pervichka.register.people.actions.importing import PeopleEffect

_MOST_LISTED = 20


def register(app: typer.Typer) -> None:
    people = group("people", "People: lists of them, with what each list would change.", into=app)
    command(people, "import")(import_people)
    command(people, "erase")(erase)


def import_people(
    run: Run,
    file: TableFile,
    mapping: Annotated[
        Path | None,
        typer.Option(metavar="M.yaml", help=tr("Which of the file's columns is which of ours.")),
    ] = None,
    commit: Annotated[
        bool, typer.Option("--commit", help=tr("Take the good rows in; else only show the effect."))
    ] = False,
) -> None:
    """Show what a list of people would change; with --commit, change it.

    Columns: external_id, last_name, first_name, patronymic, born_on, phone, email, address,
    branch, affiliation, affiliated_on, confirmed_on, consent_text, consented_on. All are optional
    but a name and one way to tell a person apart; a consent has its text's code, such as default,
    and its day. Good rows are kept and refused ones reported. Sure duplicates become one person;
    unsure ones stay apart and wait for a decision.
    """
    from pervichka.register.people.actions.importing import import_people as act

    with run.progress() as bar:
        task = bar.add_task(tr("Reading {file}…").format(file=file.name), total=None)
        effect = act(
            file=file,
            mapping=mapping,
            commit=commit,
            by=run.actor,
            at=run.at,
            progress=lambda rows: bar.update(task, completed=rows),
        )
    hidden = _hide_unsure(run, effect)
    if run.json:
        run.document(effect)
    else:
        _tell(run, effect, file)
    tell_lines(effect.refusals)
    if hidden is not None:
        tell_lines([hidden])


def _hide_unsure(run: Run, effect: "PeopleEffect") -> "Reason | None":
    """Codes of people found elsewhere draw on the budget; beyond it they stay out, and why is said.

    What was taken in stays taken in, so this is no refusal.
    """
    from pervichka.register.access.policy import BudgetExhausted
    from pervichka.register.disclosure.actions import spend

    if run.actor.level == "primary":
        return None
    try:
        spend(rows=len(effect.unsure), by=run.actor, at=run.at)
    except BudgetExhausted as exhausted:
        effect.unsure.clear()
        return exhausted.reason
    return None


def erase(
    run: Run,
    code: Annotated[str, typer.Argument(metavar="CODE", help=tr("The person's code."))],
    commit: Annotated[
        bool, typer.Option("--commit", help=tr("Erase; else only show how much there is."))
    ] = False,
) -> None:
    """Show how much is held of a person who asked to be deleted; with --commit, erase it.

    Everything that leads to them goes at once and can't be brought back: posts they hold end, their
    sign-in is deleted, no score moves. They are entered again by themselves alone.
    """
    from django.db import transaction

    from pervichka.foundation.refusal import refuse
    from pervichka.register.people.queries import person_by_code
    from pervichka.standard.facts.actions.erasing import erase_everywhere

    person = person_by_code(code=code, actor=run.actor)
    if person is None:
        raise refuse("there is no person {code}", code=code)
    with transaction.atomic():
        act = erase_everywhere(person=person, by=run.actor, at=run.at)
        if not commit:
            transaction.set_rollback(True)
    counts = {name: number for name, number in act.counts.items() if number}
    told = {"committed": commit, "number": act.number if commit else None}
    proof = {"hash": act.hash} if commit else {}
    if run.json:
        run.document(told | proof | {"erased": counts})
        return
    run.tell("What was erased" if commit else "What would be erased", counts | proof)
    if not commit:
        run.say("Nothing was erased. Add --commit to erase it.")


def _tell(run: Run, effect: "PeopleEffect", file: Path) -> None:
    counts = ("rows", "new", "updated", "duplicate", "refused", "suspicions")
    told = {name: getattr(effect, name) for name in counts}
    run.tell("People of {file}", told, file=file.name)
    if effect.reasons:
        reasons = [
            (one.reason.column or "", sentence(one.reason), one.rows)
            for one in sorted(effect.reasons, key=lambda one: -one.rows)
        ]
        run.rows("Why rows were refused", ("column", "reason", "rows"), reasons)
    if effect.unsure:
        rows = [
            (one.line, tr(one.reason), one.person, one.other)
            for one in effect.unsure[:_MOST_LISTED]
        ]
        run.rows("Perhaps the same person", ("line", "reason", "person", "other"), rows)
    if effect.unread_columns:
        run.say("Columns that were not read: {names}", names=", ".join(effect.unread_columns))
    if not effect.committed:
        run.say("Nothing was kept. Add --commit to take the good rows in.")
